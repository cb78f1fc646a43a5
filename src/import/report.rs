//! The account of an import for the editor to check: plain data, serialisable as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::account::{Doubt, Dropped, Edit, Layout, Rule};
use super::log::Log;
use super::proof::Proof;
use crate::container::InputFacts;

/// The account of one import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The encoding and size of the input.
    pub input: InputFacts,
    /// How the source shows where a paragraph ends.
    pub layout: Layout,
    /// Lines that are not in the Markdown.
    pub dropped: Vec<Dropped>,
    /// The facts in the front matter.
    pub metadata: Vec<Metadata>,
    /// Changes to characters, by rule.
    pub normalisations: BTreeMap<Rule, Vec<Edit>>,
    /// The doubts for the editor to decide.
    pub doubts: Vec<Doubt>,
    /// The recognised structure.
    pub structure: Structure,
    /// The text written equals the text read.
    pub proof: Proof,
}

/// One value of the front matter and the lines that state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// Key in the front matter.
    pub field: &'static str,
    /// Its value.
    pub value: String,
    /// Line of the source, or 0 when an option or the whole text says so.
    pub line: usize,
}

/// The counts of the recognised structure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Structure {
    /// Whether a covering notice comes before the plan.
    pub notice: bool,
    /// Headings that are neither tasks nor requirements.
    pub sections: usize,
    /// Tasks.
    pub tasks: usize,
    /// Requirements.
    pub requirements: usize,
    /// Paragraphs of the plan.
    pub paragraphs: usize,
    /// Tables.
    pub tables: usize,
    /// Tasks with a deadline.
    pub deadlines: usize,
    /// Days set for reports.
    pub milestones: usize,
}

/// The parts of a report that the stages hand over whole.
pub(super) struct ReportParts {
    pub(super) input: InputFacts,
    pub(super) layout: Layout,
    pub(super) dropped: Vec<Dropped>,
    pub(super) metadata: Vec<Metadata>,
    pub(super) structure: Structure,
    pub(super) proof: Proof,
}

impl Report {
    /// Puts the report together, changes and doubts in the order of the source.
    pub(super) fn new(account: ReportParts, mut log: Log) -> Self {
        let mut normalisations: BTreeMap<Rule, Vec<Edit>> = BTreeMap::new();
        // Pieces of columns stay in the order in which they are read.
        log.edits.sort_by_key(|e| if e.rule == Rule::Columns { 0 } else { e.line });
        log.doubts.sort_by_key(|d| d.line);
        for edit in log.edits {
            normalisations.entry(edit.rule).or_default().push(edit);
        }
        let ReportParts { input, layout, dropped, metadata, structure, proof } = account;
        Self { input, layout, dropped, metadata, normalisations, doubts: log.doubts, structure, proof }
    }
}
