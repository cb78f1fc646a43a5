//! Works of all plans → instruments: what is cited or named, and by whom.

use std::collections::{BTreeMap, BTreeSet};

use super::found::PlanMatches;
use super::site::{Instrument, ItemRef, Plan, TextBlock};
use super::works::{InstrumentCounts, UnresolvedInstrument};
use crate::base::{Lang, digest};
use crate::parse::catalogues::instruments::InstrumentEntry;

/// Gives the instruments that the plans cite or name, in order of their titles, and tells the
/// plans which of them their works are.
///
/// A title that the catalogue does not know is an instrument of its own.
pub fn resolve(
    plans: &mut [Plan],
    found: &[&PlanMatches],
    catalogue: &[InstrumentEntry],
    original: Lang,
) -> Vec<Instrument> {
    let mut all = All::new(catalogue, plans);
    for (index, (plan, found)) in plans.iter_mut().zip(found).enumerate() {
        let works = &found.works;
        plan.works = works.list.iter().map(|work| all.place(work, original)).collect();
        for (item, work, count) in counted(&works.cited, index, &plan.works) {
            all.list[work].cited_by.push((item, count));
        }
        for (item, work, count) in counted(&works.named, index, &plan.works) {
            all.list[work].named_by.push((item, count));
        }
    }
    let mut instruments = all.sorted(plans, original);
    name_shortly(&mut instruments, plans);
    follow(&mut instruments);
    instruments
}

/// Notes the short names under which plans cite instruments.
fn name_shortly(instruments: &mut [Instrument], plans: &[Plan]) {
    for (index, plan) in plans.iter().enumerate() {
        let mut met = BTreeSet::new();
        for (name, work) in plan.blocks.iter().flat_map(TextBlock::short_names) {
            if met.insert((name, work)) {
                instruments[plan.works[work]].short_names.push((index, name.to_owned()));
            }
        }
    }
}

/// Notes which instruments took the place of which.
fn follow(instruments: &mut [Instrument]) {
    let all = || instruments.iter().enumerate();
    let by_slug: BTreeMap<&str, usize> = all().map(|(index, one)| (one.slug.as_str(), index)).collect();
    let successor = |(index, one): (usize, &Instrument)| {
        let successor = one.entry.as_ref()?.successor.as_ref()?;
        Some((index, *by_slug.get(successor.slug.value.as_str())?))
    };
    let pairs: Vec<(usize, usize)> = all().filter_map(successor).collect();
    for (earlier, later) in pairs {
        instruments[earlier].successor = Some(later);
        instruments[later].predecessors.push(earlier);
    }
}

/// The counts of a plan: the item, the work of the site, and how often.
fn counted(
    counts: &InstrumentCounts,
    plan: usize,
    works: &[usize],
) -> impl Iterator<Item = (ItemRef, usize, usize)> {
    counts.iter().map(move |((work, node), count)| (ItemRef { plan, node: *node }, works[*work], *count))
}

struct All {
    list: Vec<Instrument>,
    /// The works that the catalogue does not know, by their keys.
    unlisted: BTreeMap<String, usize>,
}

impl All {
    fn new(catalogue: &[InstrumentEntry], plans: &[Plan]) -> Self {
        let plans: BTreeMap<&str, usize> =
            plans.iter().enumerate().map(|(index, plan)| (plan.id.as_str(), index)).collect();
        let plan_of = |entry: &InstrumentEntry| plans.get(entry.plan.as_ref()?.value.as_str()).copied();
        let instrument = |entry: &InstrumentEntry| Instrument {
            slug: entry.slug.value.clone(),
            title: entry.title.clone(),
            entry: Some(entry.clone()),
            plan: plan_of(entry),
            cited_by: Vec::new(),
            named_by: Vec::new(),
            short_names: Vec::new(),
            successor: None,
            predecessors: Vec::new(),
        };
        Self { list: catalogue.iter().map(instrument).collect(), unlisted: BTreeMap::new() }
    }

    fn place(&mut self, work: &UnresolvedInstrument, original: Lang) -> usize {
        match work {
            UnresolvedInstrument::Listed(index) => *index,
            UnresolvedInstrument::Unlisted { key, title } => {
                if let Some(known) = self.unlisted.get(key) {
                    return *known;
                }
                self.unlisted.insert(key.clone(), self.list.len());
                self.list.push(unlisted(key, title, original));
                self.list.len() - 1
            }
        }
    }

    /// Sorts the instruments by title and puts their new places into the plans. Works nobody cites or names are left out.
    fn sorted(self, plans: &mut [Plan], original: Lang) -> Vec<Instrument> {
        let used = |work: &Instrument| !work.cited_by.is_empty() || !work.named_by.is_empty();
        let mut order: Vec<usize> = (0..self.list.len()).filter(|i| used(&self.list[*i])).collect();
        order.sort_by_key(|i| (self.list[*i].title.get(&original), &self.list[*i].slug));
        let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        plans.iter_mut().flat_map(|plan| &mut plan.works).for_each(|work| *work = place[work]);
        let mut list: Vec<_> = self.list.into_iter().map(Some).collect();
        order.into_iter().filter_map(|old| list[old].take()).collect()
    }
}

fn unlisted(key: &str, title: &str, original: Lang) -> Instrument {
    Instrument {
        slug: format!("title-{}", short_hash(key)),
        title: [(original, title.to_owned())].into(),
        entry: None,
        plan: None,
        cited_by: Vec::new(),
        named_by: Vec::new(),
        short_names: Vec::new(),
        successor: None,
        predecessors: Vec::new(),
    }
}

fn short_hash(text: &str) -> String {
    digest::hex(&digest::sha256(text.as_bytes())[..4])
}
