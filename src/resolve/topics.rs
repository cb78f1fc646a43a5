//! Topics: which task has which subject heading.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::items::Items;
use super::site::{ItemRef, Plan};
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::parse::catalogues::topics::{FILE, TopicEntry};
use crate::settings::Localized;

/// A subject heading with its tasks.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The word in its URL.
    pub slug: String,
    /// Its name.
    pub title: Localized,
    /// What it takes in.
    pub note: Localized,
    /// Its tasks, plans in the order of the site.
    pub tasks: Vec<ItemRef>,
    /// The tasks that an editor says it does not take in.
    pub removed: BTreeSet<ItemRef>,
}

/// Gives each task the topics whose terms its original text holds, with the
/// corrections made by hand, and writes them into the plans.
///
/// All terms are sought at once. A correction without effect, a term that
/// occurs nowhere and a task without any topic are worth an editor's look.
pub fn resolve(
    plans: &mut [Plan],
    items: &Items,
    catalogue: &[TopicEntry],
    faults: &mut Vec<Diagnostic>,
) -> Vec<Topic> {
    let file = SitePath::fixed(FILE);
    let terms: Vec<(usize, &At<String>)> = catalogue
        .iter()
        .enumerate()
        .flat_map(|(topic, entry)| entry.terms.iter().map(move |term| (topic, term)))
        .collect();
    let mut found = Found { tasks: vec![BTreeSet::new(); catalogue.len()], used: BTreeSet::new() };
    if let Ok(automaton) = AhoCorasick::new(terms.iter().map(|(_, term)| &term.value)) {
        found.read(plans, &automaton, &terms);
    }
    let unused = (0..terms.len()).filter(|term| !found.used.contains(term));
    faults.extend(unused.map(|term| no_effect(&file, terms[term].1)));
    let mut topics = Vec::with_capacity(catalogue.len());
    for (entry, mut tasks) in catalogue.iter().zip(found.tasks) {
        let removed = correct(entry, &mut tasks, items, &file, faults);
        topics.push(topic(entry, tasks, removed));
    }
    record(plans, &topics);
    topics
}

fn topic(entry: &TopicEntry, tasks: BTreeSet<ItemRef>, removed: BTreeSet<ItemRef>) -> Topic {
    Topic {
        slug: entry.slug.value.clone(),
        title: entry.title.clone(),
        note: entry.note.clone(),
        tasks: tasks.into_iter().collect(),
        removed,
    }
}

/// What the terms find: the tasks of each topic, and the terms that occur.
struct Found {
    tasks: Vec<BTreeSet<ItemRef>>,
    used: BTreeSet<usize>,
}

impl Found {
    fn read(&mut self, plans: &[Plan], automaton: &AhoCorasick, terms: &[(usize, &At<String>)]) {
        for (plan, of_plan) in plans.iter().enumerate() {
            for node in of_plan.tasks.iter().map(|task| task.node) {
                let blocks = &of_plan.blocks[of_plan.nodes[node].blocks.clone()];
                let hits = blocks.iter().flat_map(|b| automaton.find_overlapping_iter(&b.original.text));
                for hit in hits {
                    let term = hit.pattern().as_usize();
                    self.tasks[terms[term].0].insert(ItemRef { plan, node });
                    self.used.insert(term);
                }
            }
        }
    }
}

/// Puts into practice what an editor says; gives the tasks that are taken out.
fn correct(
    entry: &TopicEntry,
    tasks: &mut BTreeSet<ItemRef>,
    items: &Items,
    file: &SitePath,
    faults: &mut Vec<Diagnostic>,
) -> BTreeSet<ItemRef> {
    let mut removed = BTreeSet::new();
    for id in &entry.remove {
        let Some(item) = items.find(file, id, faults) else { continue };
        removed.insert(item);
        if !tasks.remove(&item) {
            faults.push(no_effect(file, id));
        }
    }
    for id in &entry.add {
        if let Some(item) = items.find(file, id, faults)
            && !tasks.insert(item)
        {
            faults.push(no_effect(file, id));
        }
    }
    removed
}

fn no_effect(file: &SitePath, entry: &At<String>) -> Diagnostic {
    Diagnostic::new(Code::NO_EFFECT, message!("“{}”不起作用", "“{}” has no effect", entry.value))
        .at(file, entry.span.clone())
        .hint(message!("没有任务因它而改变；改正或删去", "no task changes by it; mend it or leave it out"))
}

/// Writes the topics into the tasks.
fn record(plans: &mut [Plan], topics: &[Topic]) {
    for (index, topic) in topics.iter().enumerate() {
        for item in &topic.tasks {
            if let Some(task) = plans[item.plan].task_of(item.node) {
                plans[item.plan].tasks[task].topics.push(index);
            }
        }
    }
}
