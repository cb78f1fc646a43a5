//! `content/threads.toml`: lines of work, the links between their tasks, and tasks without a counterpart.

use std::sync::Arc;

use super::{choice, repeated, slug, texts, unknown_id};
use crate::base::fields::{self, At, Fields};
use crate::base::{Diagnostic, SitePath, Span};
use crate::settings::{Language, Localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/threads.toml";

/// The catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadsFile {
    /// The lines of work (`[[thread]]`).
    pub threads: Vec<ThreadEntry>,
    /// The links between tasks (`[[link]]`).
    pub links: Vec<LinkEntry>,
    /// The tasks that begin or end a line of work (`[[end]]`).
    pub ends: Vec<EndEntry>,
}

/// A line of work that is followed through the plans of several years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadEntry {
    /// The word in its URL, and its place in the file.
    pub slug: At<String>,
    /// Its name in each language.
    pub title: Localized,
    /// Its story in each language.
    pub summary: Localized,
    /// Ids of tasks in plans that are not yearly and bear on the same work.
    pub counterparts: Vec<At<String>>,
}

/// A link from a task of one year to a task of a later year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEntry {
    /// The slug of the thread it belongs to.
    pub thread: At<String>,
    /// The id of the earlier item.
    pub from: At<String>,
    /// The id of the later item.
    pub to: At<String>,
    /// The kind of link: a word of [`LINK_KINDS`].
    pub kind: &'static str,
    /// The reason, in each language.
    pub reason: Arc<Localized>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A task without a predecessor or without a successor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndEntry {
    /// The slug of the thread it belongs to.
    pub thread: At<String>,
    /// The id of the task.
    pub task: At<String>,
    /// `new` or `dropped`.
    pub kind: &'static str,
    /// The id of the item in which something of a dropped task lives on.
    pub residue: Option<At<String>>,
    /// The reason, in each language.
    pub reason: Arc<Localized>,
}

/// The kinds of links.
pub const LINK_KINDS: [&str; 4] = ["continues", "splits-into", "merges-into", "related"];

/// The kinds of ends.
pub const END_KINDS: [&str; 2] = ["new", "dropped"];

/// Reads the catalogue.
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (ThreadsFile, Vec<Diagnostic>) {
    let (file, mut faults) = fields::parse(path, text, 0, |f| ThreadsFile {
        threads: f.tables("thread", |f| thread(f, languages)).into_iter().flatten().collect(),
        links: f.tables("link", |f| link(f, languages)).into_iter().flatten().collect(),
        ends: f.tables("end", |f| end(f, languages)).into_iter().flatten().collect(),
    });
    faults.extend(repeated(path, file.threads.iter().map(|thread| &thread.slug)));
    let pair = |link: &LinkEntry| At {
        value: format!("{} → {}", link.from.value, link.to.value),
        span: link.span.clone(),
    };
    let pairs: Vec<_> = file.links.iter().map(pair).collect();
    faults.extend(repeated(path, pairs.iter()));
    let named = file.links.iter().map(|link| &link.thread).chain(file.ends.iter().map(|end| &end.thread));
    let known: std::collections::BTreeSet<_> = file.threads.iter().map(|t| &t.slug.value).collect();
    faults.extend(named.filter(|slug| !known.contains(&slug.value)).map(|slug| unknown_id(path, slug)));
    (file, faults)
}

fn thread(fields: &mut Fields<'_>, languages: &[Language]) -> Option<ThreadEntry> {
    let slug = slug(fields, "slug");
    let title = texts(fields, "title", languages);
    let summary = texts(fields, "summary", languages);
    let counterparts = fields.texts("counterparts");
    Some(ThreadEntry { slug: slug?, title: title?, summary: summary?, counterparts })
}

fn link(fields: &mut Fields<'_>, languages: &[Language]) -> Option<LinkEntry> {
    let thread = slug(fields, "thread");
    let (from, to) = (fields.required_text("from"), fields.required_text("to"));
    let kind = choice(fields, "type", &LINK_KINDS);
    let reason = texts(fields, "reason", languages);
    let span = fields.span();
    Some(LinkEntry { thread: thread?, from: from?, to: to?, kind: kind?, reason: reason?.into(), span })
}

fn end(fields: &mut Fields<'_>, languages: &[Language]) -> Option<EndEntry> {
    let (thread, task) = (slug(fields, "thread"), fields.required_text("task"));
    let kind = choice(fields, "type", &END_KINDS);
    let residue = fields.text("residue");
    let reason = texts(fields, "reason", languages);
    Some(EndEntry { thread: thread?, task: task?, kind: kind?, residue, reason: reason?.into() })
}
