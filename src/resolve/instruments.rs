//! Instruments of all plans: what is cited or named, and by whom.

use std::collections::{BTreeMap, BTreeSet};

use index_vec::{IndexSlice, IndexVec, define_index_type};

use super::found::PlanMatches;
use super::plan_instruments::{InstrumentCounts, UnresolvedInstrument};
use crate::base::{Lang, digest};
use crate::model::index::{CatalogueIndex, InstrumentIndex, PlanIndex, PlanInstrumentIndex};
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::site::{Instrument, ItemRef, Plan, TextBlock};

define_index_type! {
    /// An instrument before they are sorted: those of the catalogue first, then the others.
    struct UnsortedIndex = u32;
}

/// Gives the instruments that the plans cite or name, in order of their titles, and tells the
/// plans which of them theirs are.
///
/// A title that the catalogue does not know is an instrument of its own.
pub fn resolve(
    plans: &mut IndexSlice<PlanIndex, [Plan]>,
    found: &[&PlanMatches],
    catalogue: &IndexSlice<CatalogueIndex, [InstrumentEntry]>,
    original: Lang,
) -> IndexVec<InstrumentIndex, Instrument> {
    let mut all = All::new(catalogue, plans);
    let mut lists = Vec::new();
    for (plan, found) in plans.indices().zip(found) {
        let found = &found.instruments;
        let list: PlanList = found.list.iter().map(|one| all.place(one, original)).collect();
        for (item, instrument, count) in counted(&found.cited, plan, &list) {
            all.list[instrument].cited_by.push((item, count));
        }
        for (item, instrument, count) in counted(&found.named, plan, &list) {
            all.list[instrument].named_by.push((item, count));
        }
        lists.push(list);
    }
    let (mut instruments, places) = all.sorted(original);
    for (plan, list) in plans.iter_mut().zip(lists) {
        plan.instruments = list.iter().map(|unsorted| places[unsorted]).collect();
    }
    name_shortly(&mut instruments, plans);
    follow(&mut instruments);
    instruments
}

/// The instruments of a plan, before those of the site are sorted.
type PlanList = IndexVec<PlanInstrumentIndex, UnsortedIndex>;

/// Notes the short names under which plans cite instruments.
fn name_shortly(
    instruments: &mut IndexSlice<InstrumentIndex, [Instrument]>,
    plans: &IndexSlice<PlanIndex, [Plan]>,
) {
    for (index, plan) in plans.iter_enumerated() {
        let mut met = BTreeSet::new();
        for (name, instrument) in plan.blocks.iter().flat_map(TextBlock::short_names) {
            if met.insert((name, instrument)) {
                instruments[plan.instruments[instrument]].short_names.push((index, name.to_owned()));
            }
        }
    }
}

/// Notes which instruments took the place of which.
fn follow(instruments: &mut IndexSlice<InstrumentIndex, [Instrument]>) {
    let all = || instruments.iter_enumerated();
    let by_slug: BTreeMap<&str, InstrumentIndex> =
        all().map(|(index, one)| (one.slug.as_str(), index)).collect();
    let successor = |(index, one): (InstrumentIndex, &Instrument)| {
        let successor = one.entry.as_ref()?.successor.as_ref()?;
        Some((index, *by_slug.get(successor.slug.value.as_str())?))
    };
    let pairs: Vec<_> = all().filter_map(successor).collect();
    for (earlier, later) in pairs {
        instruments[earlier].successor = Some(later);
        instruments[later].predecessors.push(earlier);
    }
}

/// The counts of a plan: the item, the instrument, and how often.
fn counted(
    counts: &InstrumentCounts,
    plan: PlanIndex,
    list: &PlanList,
) -> impl Iterator<Item = (ItemRef, UnsortedIndex, usize)> {
    counts.iter().map(move |((one, node), count)| (ItemRef { plan, node: *node }, list[*one], *count))
}

struct All {
    list: IndexVec<UnsortedIndex, Instrument>,
    /// Those that the catalogue does not know, by their keys.
    unlisted: BTreeMap<String, UnsortedIndex>,
}

impl All {
    fn new(
        catalogue: &IndexSlice<CatalogueIndex, [InstrumentEntry]>,
        plans: &IndexSlice<PlanIndex, [Plan]>,
    ) -> Self {
        let plans: BTreeMap<&str, PlanIndex> =
            plans.iter_enumerated().map(|(index, plan)| (plan.id.as_str(), index)).collect();
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

    fn place(&mut self, instrument: &UnresolvedInstrument, original: Lang) -> UnsortedIndex {
        match instrument {
            // The list begins with those of the catalogue.
            UnresolvedInstrument::Listed(entry) => UnsortedIndex::new(entry.index()),
            UnresolvedInstrument::Unlisted { key, title } => {
                if let Some(known) = self.unlisted.get(key) {
                    return *known;
                }
                let place = self.list.push(unlisted(key, title, original));
                self.unlisted.insert(key.clone(), place);
                place
            }
        }
    }

    /// Sorts the instruments by title, and gives the new place of each. Those nobody cites or names are left out.
    fn sorted(
        self,
        original: Lang,
    ) -> (IndexVec<InstrumentIndex, Instrument>, BTreeMap<UnsortedIndex, InstrumentIndex>) {
        let used = |one: &Instrument| !one.cited_by.is_empty() || !one.named_by.is_empty();
        let mut order: Vec<_> = self.list.into_iter_enumerated().filter(|(_, one)| used(one)).collect();
        order.sort_by(|(_, a), (_, b)| {
            (a.title.get(&original), &a.slug).cmp(&(b.title.get(&original), &b.slug))
        });
        let places =
            order.iter().enumerate().map(|(new, (old, _))| (*old, InstrumentIndex::new(new))).collect();
        (order.into_iter().map(|(_, one)| one).collect(), places)
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
