//! Chunks and facts → front matter and body.

use super::ImportOptions;
use super::account::{DoubtKind, Rule};
use super::annex;
use super::error::ImportError;
use super::front::{self, FrontMatter, MilestoneEntry};
use super::head::{self, DocumentParts};
use super::log::Log;
use super::milestones::{self, FoundMilestone};
use super::paragraphs::{Chunk, Paragraph};
use super::provenance::{Facts, StatedValue};
use super::report::Metadata;
use super::scheme::{self, as_text};
use super::structure::{self, BodyBlock};
use super::title;
use crate::model::TaskMarking;

/// A document ready to be written.
pub(super) struct ImportedDocument {
    pub(super) front: FrontMatter,
    pub(super) blocks: Vec<BodyBlock>,
    /// How many days are set for reports.
    pub(super) milestones: usize,
    /// True if a covering notice comes before the plan.
    pub(super) has_notice: bool,
    pub(super) metadata: Vec<Metadata>,
    /// The title's lines, when the title is in the front matter only.
    pub(super) title_lines: Vec<usize>,
}

/// Puts the document together.
pub(super) fn assemble(
    mut chunks: Vec<Chunk>,
    mut facts: Facts,
    options: &ImportOptions,
    log: &mut Log,
) -> Result<ImportedDocument, ImportError> {
    let parts = match &options.title {
        Some(title) => head::parts_titled(&mut chunks, title, log)?,
        None => head::parts(&mut chunks, log),
    };
    let title = parts.plan.and_then(|at| as_text(&chunks[at])).cloned();
    let notice: Vec<&Paragraph> = match (parts.notice, parts.plan) {
        // The number may be above the title of the notice.
        (Some(_), Some(to)) => chunks[..to].iter().filter_map(as_text).collect(),
        _ => Vec::new(),
    };
    let milestones = milestones::read(&notice, log);
    let signed: Vec<&Paragraph> =
        if notice.is_empty() { chunks.iter().filter_map(as_text).collect() } else { notice };
    head::read_facts(&signed, &mut facts);
    let (blocks, tasks) = body(chunks, &parts, options, log);
    let metadata = metadata(title.as_ref(), &facts, &milestones, tasks, options);
    doubt_missing(&metadata, log);
    let front = front_matter(&metadata, title.as_ref(), &milestones, tasks, options);
    let title_lines = title.filter(|_| parts.notice.is_none()).map(|t| t.lines).unwrap_or_default();
    let (milestones, has_notice) = (milestones.len(), parts.notice.is_some());
    Ok(ImportedDocument { front, blocks, milestones, has_notice, metadata, title_lines })
}

/// The notice under its title, then the plan; the title of a plan alone is not part of the body.
fn body(
    mut chunks: Vec<Chunk>,
    parts: &DocumentParts,
    options: &ImportOptions,
    log: &mut Log,
) -> (Vec<BodyBlock>, Option<TaskMarking>) {
    let mut plan = chunks.split_off(parts.plan.unwrap_or(0));
    let title = parts.plan.map(|_| plan.remove(0));
    let mut blocks = before_plan(chunks, parts.notice, log);
    if let (Some(Chunk::Text(title)), true) = (title, parts.notice.is_some()) {
        blocks.push(BodyBlock::Heading { level: 1, text: title.text });
    }
    annex::join_titles(&mut plan, log);
    let scheme = scheme::infer(&plan, options.tasks);
    let plan = structure::build(plan, scheme, log);
    let marking = structure::marking(scheme, &plan);
    blocks.extend(plan);
    (blocks, marking)
}

/// The blocks before the plan, unchanged, under the title of the notice.
fn before_plan(chunks: Vec<Chunk>, notice: Option<usize>, log: &mut Log) -> Vec<BodyBlock> {
    let block = |(index, chunk)| match chunk {
        Chunk::Text(Paragraph { text, .. }) if Some(index) == notice && title::is_notice(&text) => {
            BodyBlock::Heading { level: 1, text }
        }
        Chunk::Text(Paragraph { bullet: Some(mark), text, lines, .. }) => {
            log.edit(Rule::ListNumber, lines.first().copied().unwrap_or(0), mark, "");
            BodyBlock::Bullet { text, in_item: false }
        }
        Chunk::Text(Paragraph { text, .. }) => BodyBlock::Paragraph { text, in_item: false },
        Chunk::Table { rows, .. } => BodyBlock::Table { rows },
    };
    chunks.into_iter().enumerate().map(block).collect()
}

/// The front matter, with the places where it is stated.
fn metadata(
    title: Option<&Paragraph>,
    facts: &Facts,
    milestones: &[FoundMilestone],
    tasks: Option<TaskMarking>,
    options: &ImportOptions,
) -> Vec<Metadata> {
    let name = title.map_or("", |t| t.text.as_str());
    let line = title.map_or(0, Paragraph::line);
    let from_title = |known: bool| if known { 0 } else { line };
    let kind = options.kind.or_else(|| title::kind(name)).map(|k| k.as_str().to_owned());
    let year = options.year.or_else(|| title::year(name)).map(|y| y.to_string());
    let stated = [
        ("kind", kind, from_title(options.kind.is_some())),
        ("year", year, from_title(options.year.is_some())),
        ("title", title.map(|t| t.text.clone()), line),
        ("tasks", tasks.map(|t| t.as_str().to_owned()), 0),
    ];
    let own =
        stated.into_iter().filter_map(|(field, value, line)| Some(Metadata { field, value: value?, line }));
    let facts = facts.iter().map(|(&field, StatedValue { value, line })| Metadata {
        field,
        value: value.clone(),
        line: *line,
    });
    let dues = milestones.iter().map(|m| Metadata {
        field: "milestones",
        value: format!("{} {}", m.due, m.title),
        line: m.line,
    });
    own.chain(facts).chain(dues).collect()
}

fn doubt_missing(metadata: &[Metadata], log: &mut Log) {
    let wanted = [
        ("title", DoubtKind::NoTitle),
        ("kind", DoubtKind::NoKind),
        ("year", DoubtKind::NoYear),
        ("tasks", DoubtKind::NoTasks),
    ];
    for (_, kind) in wanted.iter().filter(|(field, _)| !metadata.iter().any(|m| m.field == *field)) {
        log.doubt(*kind, 0, "");
    }
}

fn front_matter(
    metadata: &[Metadata],
    title: Option<&Paragraph>,
    milestones: &[FoundMilestone],
    tasks: Option<TaskMarking>,
    options: &ImportOptions,
) -> FrontMatter {
    let value = |field: &str| metadata.iter().find(|m| m.field == field).map(|m| m.value.clone());
    let date = |field: &str| value(field).and_then(|v| v.parse().ok()).map(front::local_date);
    FrontMatter {
        kind: options.kind.or_else(|| title.and_then(|t| title::kind(&t.text))),
        year: value("year").and_then(|y| y.parse().ok()),
        title: value("title"),
        number: value("number"),
        issuer: value("issuer"),
        issued: date("issued"),
        published: date("published"),
        source: value("source"),
        tasks,
        milestones: milestones.iter().map(MilestoneEntry::from).collect(),
    }
}
