//! `content/topics.toml`: subject headings, and the terms that assign them.

use super::{repeated, slug, terms, texts};
use crate::base::fields::{self, At, Fields};
use crate::base::{Diagnostic, SitePath};
use crate::settings::{Language, Localized, localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/topics.toml";

/// A subject heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicEntry {
    /// The word in its URL, and its place in the file.
    pub slug: At<String>,
    /// Its name in each language.
    pub title: Localized,
    /// Its scope, in each language.
    pub note: Localized,
    /// A task whose original text contains one of these has the heading.
    pub terms: Vec<At<String>>,
    /// Ids of tasks that have the heading without any term.
    pub add: Vec<At<String>>,
    /// Ids of tasks that contain a term and have the heading nevertheless not.
    pub remove: Vec<At<String>>,
}

/// Reads the catalogue (`[[topic]]`).
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (Vec<TopicEntry>, Vec<Diagnostic>) {
    let (entries, mut faults) = fields::parse(path, text, 0, |f| {
        f.tables("topic", |f| topic(f, languages)).into_iter().flatten().collect::<Vec<_>>()
    });
    faults.extend(repeated(path, entries.iter().map(|entry| &entry.slug)));
    (entries, faults)
}

fn topic(fields: &mut Fields<'_>, languages: &[Language]) -> Option<TopicEntry> {
    let slug = slug(fields, "slug");
    let title = texts(fields, "title", languages);
    let entry = TopicEntry {
        note: fields.table("note", |t| localized(t, languages)).unwrap_or_default(),
        terms: terms(fields, "terms"),
        add: fields.texts("add"),
        remove: fields.texts("remove"),
        slug: slug?,
        title: title?,
    };
    Some(entry)
}
