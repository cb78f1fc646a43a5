//! Documents as they come – DOCX, web pages, PDF, text – → Markdown in the content format.
//!
//! [`import`] runs the stages in order, each a pure function in its own module:
//!
//! | stage | from → to |
//! |---|---|
//! | [`mod@crate::container`] | file → text, marked with what the file states of its structure |
//! | `lines` (`markup`) | text → lines, numbered, their markup undone |
//! | `noise` (`pages`, `site`, `provenance`) | lines → lines of the document, the rest accounted for |
//! | `layout`, `paragraphs` (`joints`, `tables`, `columns`, `normalise`) | lines → paragraphs and tables |
//! | `document` (`head`, `annex`, `scheme`, `structure`, `numbering`) | paragraphs → front matter and blocks |
//! | `front`, `markdown` | front matter and blocks → Markdown |
//! | `proof` (`plain`) | source and Markdown → the same text, or an error |
//! | `count` | Markdown → the counts of what the site will have |
//!
//! [`RawTexts`] proves plans against the raw texts that they were made from.
//!
//! It is written for the genre – Chinese policy plans – and knows no single document. What
//! it drops, changes and doubts is in the [`Report`].

use jiff::civil::Date;

mod account;
mod annex;
mod columns;
mod count;
mod deadlines;
mod document;
mod error;
mod front;
mod head;
mod joints;
mod layout;
mod lines;
mod log;
mod markdown;
mod marker;
mod markup;
mod milestones;
mod noise;
mod normalise;
mod numbering;
mod pages;
mod paragraphs;
mod plain;
mod proof;
mod provenance;
mod render;
mod report;
mod scheme;
mod site;
mod sources;
mod structure;
mod tables;
mod title;

pub use account::{Doubt, DoubtKind, Dropped, Edit, Layout, Rule};
pub use error::{ImportError, ProofDifference};
pub use proof::Proof;
pub use report::{Metadata, Report, Structure};
pub use sources::{RawTexts, Verdict};

use crate::base::characters::is_private;
use crate::container;
pub use crate::container::{Container, DropReason, InputFacts, Unreadable};
use crate::model::TaskMarking;
use crate::model::document::PlanKind;
use log::Log;
use proof::ClaimedEdits;

/// Facts that the editor knows and the source may not state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The kind of the plan, instead of the one that its title shows.
    pub kind: Option<PlanKind>,
    /// The year of the plan, instead of the one that its title names.
    pub year: Option<u16>,
    /// Where the source was found, if it does not say so itself.
    pub source: Option<String>,
    /// When the source was published, if it does not say so itself.
    pub published: Option<Date>,
    /// The title of the plan as written in the document, instead of the one that was found.
    pub title: Option<String>,
    /// The document number, instead of the one that was found.
    pub number: Option<String>,
    /// The issuer, instead of the one that was found.
    pub issuer: Option<String>,
    /// How tasks are marked, instead of what the numbers show.
    pub tasks: Option<TaskMarking>,
}

/// A document in the content format and the account of how it came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Front matter and body.
    pub markdown: String,
    /// The account of dropped, changed and doubtful text, and the proof.
    pub report: Report,
}

/// Turns `bytes` into Markdown in the content format.
///
/// # Errors
/// When the bytes are no text, when there is nothing but noise, and when the proof fails:
/// nothing is returned that does not say what the source says.
pub fn import(bytes: &[u8], options: &ImportOptions) -> Result<Import, ImportError> {
    let input = container::read(bytes)?;
    let mut clean = noise::drop(lines::split(&input.text), &input.outside);
    if clean.lines.is_empty() {
        return Err(ImportError::Empty { lines: input.facts.lines });
    }
    let mut log = Log { doubts: std::mem::take(&mut clean.doubts), ..Log::default() };
    doubt_characters(&clean.lines, &mut log);
    state_options(&mut clean.facts, options);
    for (field, value) in input.stated {
        provenance::state(&mut clean.facts, field, value, 0);
    }
    let layout = match input.facts.container {
        Container::Html | Container::Docx => Layout::Stated,
        Container::Text => layout::infer(&clean.lines),
        Container::Pdf => layout::infer_pages(&clean.lines),
    };
    let chunks = paragraphs::build(&clean.lines, layout, &mut log);
    let document = document::assemble(chunks, clean.facts, options, &mut log)?;
    let dropped = drop_title(clean.dropped, &clean.lines, &document.title_lines);
    let body = markdown::write(&document.blocks);
    let markdown = format!("{}\n{body}", front::write(&document.front)?);
    let claims = ClaimedEdits { dropped: &dropped, edits: &log.edits };
    let proof = proof::prove(&input.text, &markdown, claims).map_err(ImportError::Unfaithful)?;
    let mut structure = count::structure(&markdown);
    (structure.notice, structure.milestones) = (document.has_notice, document.milestones);
    let account = report::ReportParts {
        input: input.facts,
        layout,
        dropped,
        metadata: document.metadata,
        structure,
        proof,
    };
    Ok(Import { markdown, report: Report::new(account, log) })
}

/// Proves that `markdown` says what `bytes` say, given what `report` says was dropped and
/// changed. For content that was corrected by hand after its import.
///
/// # Errors
/// The first difference, or why the bytes are no text.
pub fn prove(bytes: &[u8], markdown: &str, report: &Report) -> Result<Proof, ImportError> {
    let input = container::read(bytes)?;
    let edits: Vec<Edit> = report.normalisations.values().flatten().cloned().collect();
    let claims = ClaimedEdits { dropped: &report.dropped, edits: &edits };
    proof::prove(&input.text, markdown, claims).map_err(ImportError::Unfaithful)
}

fn doubt_characters(lines: &[lines::Line], log: &mut Log) {
    for line in lines {
        if line.raw.contains('\u{FFFD}') {
            log.doubt(DoubtKind::Undecodable, line.number, &line.text);
        }
        if line.raw.contains(is_private) {
            log.doubt(DoubtKind::PrivateUse, line.number, &line.text);
        }
    }
}

/// The number and the issuer that an editor gives replace those found; of the rest the source takes precedence.
fn state_options(facts: &mut provenance::Facts, options: &ImportOptions) {
    let published = options.published.map(|day| day.to_string());
    for (field, value) in [("number", &options.number), ("issuer", &options.issuer)] {
        let value = value.iter().cloned();
        facts.extend(value.map(|value| (field, provenance::StatedValue { value, line: 0 })));
    }
    for (field, value) in [("source", options.source.clone()), ("published", published)] {
        value.into_iter().for_each(|value| provenance::state(facts, field, value, 0));
    }
}

fn drop_title(mut dropped: Vec<Dropped>, lines: &[lines::Line], title: &[usize]) -> Vec<Dropped> {
    let titles = lines.iter().filter(|l| title.contains(&l.number));
    dropped.extend(titles.map(|l| Dropped {
        line: l.number,
        text: l.raw.trim().to_owned(),
        reason: DropReason::Title,
    }));
    dropped.sort_by_key(|d| d.line);
    dropped
}
