//! `content/threads.toml`: lines of work, the links between their tasks, and tasks without a counterpart.

use std::sync::Arc;

use index_vec::IndexVec;

use super::{choice, repeated, slug, texts, unknown_id};
use crate::base::fields::{self, At, Fields};
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::model::index::ThreadIndex;
use crate::settings::{Language, Localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/threads.toml";

/// The catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadsFile {
    /// The lines of work (`[[thread]]`).
    pub threads: IndexVec<ThreadIndex, ThreadEntry>,
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
    /// The relation of the later item to the earlier one.
    pub kind: LinkKind,
    /// The reason, in each language.
    pub reason: Arc<Localized>,
    /// Where it is in the file.
    pub span: Span,
}

/// A task without a predecessor or without a successor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndEntry {
    /// The slug of the thread it belongs to.
    pub thread: At<String>,
    /// The id of the task.
    pub task: At<String>,
    /// Whether the thread begins or ends.
    pub kind: EndKind,
    /// The id of the item in which something of a dropped task lives on.
    pub residue: Option<At<String>>,
    /// The reason, in each language.
    pub reason: Arc<Localized>,
}

/// The relation of a later item to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// It carries the earlier one on.
    Continues,
    /// It carries on a part of the earlier one.
    SplitsInto,
    /// It carries on the earlier one together with others.
    MergesInto,
    /// It is about the same work.
    Related,
}

impl LinkKind {
    /// The kinds, with their names in the catalogue and in data.
    pub const NAMES: [(&str, Self); 4] = [
        ("continues", Self::Continues),
        ("splits-into", Self::SplitsInto),
        ("merges-into", Self::MergesInto),
        ("related", Self::Related),
    ];

    /// The name of the kind.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// Why a task has no counterpart in a year beside its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndKind {
    /// It is the first of its thread.
    New,
    /// It is the last of its thread.
    Dropped,
}

impl EndKind {
    /// The kinds, with their names in the catalogue and in data.
    pub const NAMES: [(&str, Self); 2] = [("new", Self::New), ("dropped", Self::Dropped)];

    /// The name of the kind.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

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
    let kind = choice(fields, "type", &LinkKind::NAMES);
    let reason = texts(fields, "reason", languages);
    let suggested = fields.flag("suggested").filter(|suggested| suggested.value);
    let span = fields.span();
    let entry =
        LinkEntry { thread: thread?, from: from?, to: to?, kind: kind?, reason: reason?.into(), span };
    if let Some(suggested) = suggested {
        fields.report(unreviewed(fields.path(), suggested.span, &entry));
    }
    Some(entry)
}

fn unreviewed(path: &SitePath, place: Span, link: &LinkEntry) -> Diagnostic {
    let (from, to) = (&link.from.value, &link.to.value);
    let title = message!(
        "{from} 与 {to} 的联系由程序建议，尚未核对",
        "the link from {from} to {to} was suggested by the program and not reviewed"
    );
    Diagnostic::new(Code::UNREVIEWED_LINK, title).at(path, place).hint(message!(
        "对照两项任务：属实的，写明 reason，删去 suggested；不属实的，删去这条记录",
        "compare the two tasks: if the link is right, write its `reason` and delete `suggested`; if not, delete the record"
    ))
}

fn end(fields: &mut Fields<'_>, languages: &[Language]) -> Option<EndEntry> {
    let (thread, task) = (slug(fields, "thread"), fields.required_text("task"));
    let kind = choice(fields, "type", &EndKind::NAMES);
    let residue = fields.text("residue");
    let reason = texts(fields, "reason", languages);
    Some(EndEntry { thread: thread?, task: task?, kind: kind?, residue, reason: reason?.into() })
}
