//! `content/evidence.toml`: what a later document shows of an earlier promise.

use super::texts;
use crate::base::fields::{self, At, Fields};
use crate::base::{Diagnostic, SitePath};
use crate::settings::{Language, Localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/evidence.toml";

/// A promise, and words of a later document about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceEntry {
    /// The id of the task that promises.
    pub task: At<String>,
    /// Its words, exactly as they are in the original.
    pub promise: At<String>,
    /// The id of the later item.
    pub later: At<String>,
    /// The words of the later item, exactly as they are in the original.
    pub quote: At<String>,
    /// The meaning of the words, and the questions that they leave open, in each language.
    pub note: Localized,
}

/// Reads the catalogue (`[[evidence]]`).
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (Vec<EvidenceEntry>, Vec<Diagnostic>) {
    fields::parse(path, text, 0, |f| {
        f.tables("evidence", |f| evidence(f, languages)).into_iter().flatten().collect()
    })
}

fn evidence(fields: &mut Fields<'_>, languages: &[Language]) -> Option<EvidenceEntry> {
    let (task, promise) = (fields.required_text("task"), fields.required_text("promise"));
    let (later, quote) = (fields.required_text("later"), fields.required_text("quote"));
    let note = texts(fields, "note", languages);
    Some(EvidenceEntry { task: task?, promise: promise?, later: later?, quote: quote?, note: note? })
}
