//! Evidence: what later documents show of earlier promises, each quotation compared with the text.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::IndexVec;

use super::items::{self, Items, quoted};
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::model::index::{BlockIndex, EvidenceIndex};
use crate::parse::catalogues::evidence::{EvidenceEntry, FILE};
use crate::site::{Evidence, ItemRef, Plans, Quotation};

/// Finds the quotations and writes the evidence into the tasks that promise.
pub fn resolve(
    plans: &mut Plans,
    items: &Items,
    catalogue: &[EvidenceEntry],
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<EvidenceIndex, Evidence> {
    let file = SitePath::fixed(FILE);
    let mut all = IndexVec::new();
    let mut places = Places::default();
    for entry in catalogue {
        places.seek(items.known(&entry.task.value), &entry.promise.value);
        places.seek(items.known(&entry.later.value), &entry.quote.value);
    }
    let places = places.find(plans);
    for entry in catalogue {
        let mut find = |id: &At<String>, words: &At<String>| {
            let item = items.find(&file, id, faults)?;
            let found = places.get(&(item, words.value.as_str())).cloned();
            if found.is_none() {
                faults.push(inexact(&file, id, words));
            }
            let (block, span) = found?;
            Some(Quotation { item, block, span })
        };
        let (promise, quote) = (find(&entry.task, &entry.promise), find(&entry.later, &entry.quote));
        let (Some(promise), Some(quote)) = (promise, quote) else { continue };
        if plans[quote.item.plan].day() < plans[promise.item.plan].day() {
            faults.push(earlier(&file, entry));
            continue;
        }
        let item = promise.item;
        let evidence = all.push(Evidence { promise, quote, note: entry.note.clone() });
        if let Some(task) = plans[item.plan].task_at_mut(item.node) {
            task.evidence.push(evidence);
        }
    }
    all
}

/// The quoted words, by item, so that each item is read once however often it is quoted.
#[derive(Default)]
struct Places<'a>(BTreeMap<ItemRef, BTreeSet<&'a str>>);

impl<'a> Places<'a> {
    fn seek(&mut self, item: Option<ItemRef>, words: &'a str) {
        if let Some(item) = item {
            self.0.entry(item).or_default().insert(words);
        }
    }

    /// Where the quotations are: the block, and the bytes of its text.
    fn find(self, plans: &Plans) -> BTreeMap<(ItemRef, &'a str), (BlockIndex, Span)> {
        let of_item = |(item, words): (ItemRef, BTreeSet<&'a str>)| {
            let words = Vec::from_iter(words);
            let found = quoted(&plans[item.plan], item.node, &words);
            let all = words.into_iter().zip(found);
            all.filter_map(move |(words, place)| Some(((item, words), place?))).collect::<Vec<_>>()
        };
        self.0.into_iter().flat_map(of_item).collect()
    }
}

fn inexact(file: &SitePath, id: &At<String>, words: &At<String>) -> Diagnostic {
    let id = &id.value;
    let plan = items::folder(id);
    let fault = Diagnostic::new(
        Code::INEXACT_QUOTATION,
        message!("{id} 的原文中没有这句话", "the original of {id} does not contain these words"),
    );
    plan.into_iter().fold(fault.at(file, words.span.clone()), Diagnostic::rests_on).hint(message!(
        "从原文逐字复制，标点也要一致，不跨段落",
        "copy them from the original, marks included, from within one paragraph"
    ))
}

fn earlier(file: &SitePath, entry: &EvidenceEntry) -> Diagnostic {
    let (later, task) = (&entry.later.value, &entry.task.value);
    let fault = Diagnostic::new(
        Code::LINK_BACKWARDS,
        message!("{later} 比 {task} 早", "{later} is earlier than {task}"),
    );
    let plans = [later, task].into_iter().filter_map(|id| items::folder(id));
    plans
        .fold(fault.at(file, entry.later.span.clone()), Diagnostic::rests_on)
        .hint(message!("证据应来自后来的文件", "evidence comes from a later document"))
}
