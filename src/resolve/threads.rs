//! Threads: lines of work through the years, and what leads from task to task.

use std::collections::BTreeMap;
use std::sync::Arc;

use index_vec::IndexVec;

use super::items::{self, Items};
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::model::index::{EndIndex, LinkIndex, ThreadIndex};
use crate::parse::catalogues::threads::{EndEntry, EndKind, FILE, LinkEntry, ThreadEntry, ThreadsFile};
use crate::settings::Localized;
use crate::site::{ItemRef, Plans, Site, Task, Thread, ThreadEnd, ThreadLink};

/// Everything the catalogue of threads says, resolved.
#[derive(Clone, Debug, Default)]
pub struct Threads {
    /// The lines of work, in the order of the catalogue.
    pub threads: IndexVec<ThreadIndex, Thread>,
    /// The links, in the order of the catalogue.
    pub links: IndexVec<LinkIndex, ThreadLink>,
    /// The ends, in the order of the catalogue.
    pub ends: IndexVec<EndIndex, ThreadEnd>,
}

/// A link as a row of data. Items are named by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow<'a> {
    /// The id of the earlier item; of a new task empty.
    pub from: String,
    /// The id of the later item; of a dropped task its residue, or empty.
    pub to: String,
    /// `continues`, `splits-into`, `merges-into`, `related`, `new` or `dropped`.
    pub kind: &'static str,
    /// The slug of the thread.
    pub thread: &'a str,
    /// The reason, by language.
    pub reason: &'a Localized,
}

/// Every link and every end as data, in the order of the catalogue.
pub fn rows(site: &Site) -> impl Iterator<Item = LinkRow<'_>> {
    let thread = |index: ThreadIndex| site.threads[index].slug.as_str();
    let links = site.links.iter().map(move |link| LinkRow {
        from: site.item_id(link.from),
        to: site.item_id(link.to),
        kind: link.kind.as_str(),
        thread: thread(link.thread),
        reason: &link.reason,
    });
    let ends = site.ends.iter().map(move |end| {
        let (task, residue) = (site.item_id(end.task), end.residue.map(|item| site.item_id(item)));
        let (from, to) = match end.kind {
            EndKind::New => (String::new(), task),
            EndKind::Dropped => (task, residue.unwrap_or_default()),
        };
        LinkRow { from, to, kind: end.kind.as_str(), thread: thread(end.thread), reason: &end.reason }
    });
    links.chain(ends)
}

/// Resolves the catalogue and writes threads, links and ends into the tasks.
///
/// A link leads from a plan to a plan of a later year, so that no chain of
/// links comes back to where it began.
pub fn resolve(
    plans: &mut Plans,
    items: &Items,
    catalogue: &ThreadsFile,
    faults: &mut Vec<Diagnostic>,
) -> Threads {
    let file = SitePath::fixed(FILE);
    let slugs = catalogue.threads.iter_enumerated().map(|(index, t)| (t.slug.value.as_str(), index));
    let mut reader = ThreadReader { plans, items, file: &file, slugs: slugs.collect(), faults };
    let mut all = Threads {
        threads: catalogue.threads.iter().map(|entry| reader.thread(entry)).collect(),
        links: catalogue.links.iter().filter_map(|entry| reader.link(entry)).collect(),
        ends: catalogue.ends.iter().filter_map(|entry| reader.end(entry)).collect(),
    };
    for (index, link) in all.links.iter_enumerated() {
        all.threads[link.thread].links.push(index);
    }
    for (index, end) in all.ends.iter_enumerated() {
        all.threads[end.thread].ends.push(index);
    }
    record(plans, &all);
    all
}

struct ThreadReader<'a> {
    plans: &'a Plans,
    items: &'a Items,
    file: &'a SitePath,
    slugs: BTreeMap<&'a str, ThreadIndex>,
    faults: &'a mut Vec<Diagnostic>,
}

impl ThreadReader<'_> {
    fn find(&mut self, id: &At<String>) -> Option<ItemRef> {
        self.items.find(self.file, id, self.faults)
    }

    fn thread(&mut self, entry: &ThreadEntry) -> Thread {
        Thread {
            slug: entry.slug.value.clone(),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            counterparts: entry.counterparts.iter().filter_map(|id| self.find(id)).collect(),
            links: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn link(&mut self, entry: &LinkEntry) -> Option<ThreadLink> {
        let (from, to) = (self.find(&entry.from), self.find(&entry.to));
        let (from, to) = (from?, to?);
        let year = |item: ItemRef| self.plans[item.plan].listed_year();
        if year(from) >= year(to) {
            self.faults.push(backwards(self.file, entry));
            return None;
        }
        let thread = *self.slugs.get(entry.thread.value.as_str())?;
        Some(ThreadLink { thread, from, to, kind: entry.kind, reason: Arc::clone(&entry.reason) })
    }

    fn end(&mut self, entry: &EndEntry) -> Option<ThreadEnd> {
        let task = self.find(&entry.task);
        let residue = entry.residue.as_ref().and_then(|id| self.find(id));
        let thread = *self.slugs.get(entry.thread.value.as_str())?;
        Some(ThreadEnd { thread, task: task?, kind: entry.kind, residue, reason: Arc::clone(&entry.reason) })
    }
}

fn backwards(file: &SitePath, entry: &LinkEntry) -> Diagnostic {
    let (from, to) = (&entry.from.value, &entry.to.value);
    let fault = Diagnostic::new(
        Code::LINK_BACKWARDS,
        message!("{to} 的年份不晚于 {from}", "the year of {to} is not later than that of {from}"),
    );
    let plans = [from, to].into_iter().filter_map(|id| items::folder(id));
    plans.fold(fault.at(file, entry.to.span.clone()), Diagnostic::rests_on).hint(message!(
        "from 写较早的任务，to 写较晚的任务；同年和跨类的任务写进 counterparts",
        "`from` is the earlier task and `to` the later one; tasks of the same year go into `counterparts`"
    ))
}

/// Writes into each task its threads, the links before and after it, and its ends.
fn record(plans: &mut Plans, all: &Threads) {
    let mut threads: Vec<(ItemRef, ThreadIndex)> = Vec::new();
    let mut note = |item: ItemRef, thread: ThreadIndex| threads.push((item, thread));
    for (index, thread) in all.threads.iter_enumerated() {
        thread.counterparts.iter().for_each(|item| note(*item, index));
    }
    for (index, link) in all.links.iter_enumerated() {
        note(link.from, link.thread);
        note(link.to, link.thread);
        with_task(plans, link.from, |task| task.after.push(index));
        with_task(plans, link.to, |task| task.before.push(index));
    }
    for (index, end) in all.ends.iter_enumerated() {
        note(end.task, end.thread);
        with_task(plans, end.task, |task| task.ends.push(index));
    }
    threads.sort_unstable();
    threads.dedup();
    for (item, thread) in threads {
        with_task(plans, item, |task| task.threads.push(thread));
    }
}

fn with_task(plans: &mut Plans, item: ItemRef, write: impl FnOnce(&mut Task)) {
    if let Some(task) = plans[item.plan].task_at_mut(item.node) {
        write(task);
    }
}
