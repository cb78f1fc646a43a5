//! Topics: which task has which subject heading.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use index_vec::{IndexSlice, IndexVec};

use super::found::PlanMatches;
use super::items::Items;
use crate::base::characters::ordinarily;
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::model::index::{BlockIndex, TaskIndex, TopicIndex};
use crate::parse::catalogues::topics::{FILE, TopicEntry};
use crate::site::{ItemRef, Plan, Plans, TextBlock, Topic};

/// The matches of the catalogue's terms in the tasks of one plan.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The headings and their tasks, as indices, in order and each once.
    tasks: Vec<(TopicIndex, TaskIndex)>,
    /// The terms that occur, as indices into all terms of the catalogue.
    terms: Vec<usize>,
}

/// A finder of the terms of all headings at once.
pub struct TopicFinder {
    /// The heading of each term.
    headings: Vec<TopicIndex>,
    /// Nothing, where there is no term.
    automaton: Option<AhoCorasick>,
}

impl TopicFinder {
    /// Takes the terms of the catalogue.
    pub fn new(catalogue: &IndexSlice<TopicIndex, [TopicEntry]>) -> Self {
        let terms = || terms(catalogue);
        let automaton = AhoCorasick::new(terms().map(|(_, term)| &term.value)).ok();
        let headings: Vec<_> = terms().map(|(heading, _)| heading).collect();
        Self { automaton: automaton.filter(|_| !headings.is_empty()), headings }
    }

    /// Seeks in the original texts of the tasks of a plan.
    pub fn hits(&self, plan: &Plan, blocks: &IndexSlice<BlockIndex, [TextBlock]>) -> Hits {
        let (mut tasks, mut terms) = (BTreeSet::new(), BTreeSet::new());
        let Some(automaton) = &self.automaton else { return Hits::default() };
        for (task, node) in plan.tasks.iter_enumerated().map(|(index, task)| (index, task.node)) {
            let blocks = &blocks[plan.nodes[node].blocks.clone()];
            for text in blocks.iter().map(|block| ordinarily(&block.original.text)) {
                for hit in automaton.find_overlapping_iter(&*text) {
                    let term = hit.pattern().as_usize();
                    tasks.insert((self.headings[term], task));
                    terms.insert(term);
                }
            }
        }
        Hits { tasks: tasks.into_iter().collect(), terms: terms.into_iter().collect() }
    }
}

/// The terms of all headings, each with its heading.
fn terms(
    catalogue: &IndexSlice<TopicIndex, [TopicEntry]>,
) -> impl Iterator<Item = (TopicIndex, &At<String>)> {
    catalogue
        .iter_enumerated()
        .flat_map(|(heading, entry)| entry.terms.iter().map(move |term| (heading, term)))
}

/// Gives each task the topics whose terms its original text contains, with the
/// corrections made by hand, and writes them into the plans.
///
/// A correction without effect and a term that occurs nowhere are worth an editor's look.
pub fn resolve(
    plans: &mut Plans,
    found: &[&PlanMatches],
    items: &Items,
    catalogue: &IndexSlice<TopicIndex, [TopicEntry]>,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<TopicIndex, Topic> {
    let file = SitePath::fixed(FILE);
    let used: BTreeSet<usize> = found.iter().flat_map(|found| &found.topics.terms).copied().collect();
    let unused = terms(catalogue).enumerate().filter(|(term, _)| !used.contains(term));
    faults.extend(unused.map(|(_, (_, term))| no_effect(&file, term)));
    let mut topics: IndexVec<TopicIndex, Topic> = catalogue.iter().map(topic).collect();
    for (index, found) in plans.indices().zip(found) {
        let plan = &mut plans[index];
        for (heading, task) in &found.topics.tasks {
            let task = &mut plan.tasks[*task];
            task.topics.push(*heading);
            topics[*heading].tasks.push(ItemRef { plan: index, node: task.node });
        }
    }
    for (heading, entry) in catalogue.iter_enumerated() {
        correct((heading, &mut topics[heading]), entry, plans, items, &file, faults);
    }
    topics
}

fn topic(entry: &TopicEntry) -> Topic {
    Topic {
        slug: entry.slug.value.clone(),
        title: entry.title.clone(),
        note: entry.note.clone(),
        tasks: Vec::new(),
        removed: BTreeSet::new(),
    }
}

/// Puts into practice what an editor says.
fn correct(
    (heading, topic): (TopicIndex, &mut Topic),
    entry: &TopicEntry,
    plans: &mut Plans,
    items: &Items,
    file: &SitePath,
    faults: &mut Vec<Diagnostic>,
) {
    let mut change = |item: ItemRef, change: &dyn Fn(&mut Vec<TopicIndex>)| {
        plans[item.plan].task_at_mut(item.node).into_iter().for_each(|task| change(&mut task.topics));
    };
    let mut tasks: BTreeSet<ItemRef> = std::mem::take(&mut topic.tasks).into_iter().collect();
    for id in &entry.remove {
        let Some(item) = items.find(file, id, faults) else { continue };
        topic.removed.insert(item);
        if tasks.remove(&item) {
            change(item, &|topics| topics.retain(|other| *other != heading));
        } else {
            faults.push(no_effect(file, id));
        }
    }
    for id in &entry.add {
        let Some(item) = items.find(file, id, faults) else { continue };
        if tasks.insert(item) {
            change(item, &|topics| {
                topics.push(heading);
                topics.sort_unstable();
            });
        } else {
            faults.push(no_effect(file, id));
        }
    }
    topic.tasks = tasks.into_iter().collect();
}

fn no_effect(file: &SitePath, entry: &At<String>) -> Diagnostic {
    Diagnostic::new(Code::NO_EFFECT, message!("“{}”不起作用", "“{}” has no effect", entry.value))
        .at(file, entry.span.clone())
        .hint(message!("没有任务因它而改变；改正或删去", "it changes no task; correct or remove it"))
        .rests_on(file.clone())
        .rests_on(SitePath::fixed("content/plans"))
}
