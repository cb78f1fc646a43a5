//! Citations → instruments: which work each 《…》 means, and who cites it.

use std::collections::BTreeMap;

use super::mentions;
use super::plans::node_of;
use super::site::{Citation, Instrument, ItemRef, Plan};
use crate::base::{Code, Diagnostic, Lang, digest};
use crate::facts::citation::{self, key};
use crate::message;
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::parse::plan::{BlockFacts, ParsedPlan};

/// Finds the instrument behind every citation, writes the citations into the
/// plans, and gives the instruments in order of their titles.
///
/// `parsed` holds the original of each plan. A title cited in the title of a
/// plan is cited by what stands first in it. A short name defined by 以下简称
/// means its full title in its own plan only. A title that the catalogue does
/// not know becomes an instrument of its own, and a diagnostic.
pub fn resolve(
    plans: &mut [Plan],
    parsed: &[&ParsedPlan],
    catalogue: &[InstrumentEntry],
    original: Lang,
) -> (Vec<Instrument>, Vec<Diagnostic>) {
    let mut works = Works::new(catalogue, plans, original);
    let mut faults = Vec::new();
    for (index, parsed) in parsed.iter().enumerate() {
        let aliases = aliases(&parsed.facts);
        let whole = ItemRef { plan: index, node: 0 };
        for citation in citation::read(&parsed.document.meta.title).citations {
            works.cite(&citation, whole, &aliases, original);
        }
        for (block, facts) in parsed.facts.iter().enumerate() {
            let node = node_of(&plans[index], block);
            let item = ItemRef { plan: index, node };
            let find = |c: &citation::Citation| works.cite(c, item, &aliases, original);
            let found: Vec<_> = facts.citations.iter().map(find).collect();
            faults.extend(unknown(&works, parsed, block, &found));
            plans[index].blocks[block].citations = found;
        }
    }
    mentions::find(plans, &mut works.list);
    plans.iter_mut().for_each(collect);
    (works.sorted(plans, original), faults)
}

/// The short names of a plan, as keys, with the keys of what they stand for.
fn aliases(facts: &[BlockFacts]) -> BTreeMap<String, String> {
    let all = facts.iter().flat_map(|f| &f.aliases);
    all.filter(|alias| alias.cited).map(|alias| (key(&alias.name), key(&alias.full))).collect()
}

struct Works {
    list: Vec<Instrument>,
    by_title: BTreeMap<String, usize>,
}

impl Works {
    fn new(catalogue: &[InstrumentEntry], plans: &[Plan], original: Lang) -> Self {
        let mut works = Self { list: Vec::new(), by_title: BTreeMap::new() };
        for entry in catalogue {
            let others = entry.also.iter().map(|other| &other.title);
            let titles = entry.title.get(&original).into_iter().chain(others);
            for title in titles {
                works.by_title.insert(key(title), works.list.len());
            }
            works.list.push(Instrument {
                slug: entry.slug.value.clone(),
                title: entry.title.clone(),
                entry: Some(entry.clone()),
                plan: plan_of(entry, plans),
                cited_by: BTreeMap::new(),
                named_by: BTreeMap::new(),
            });
        }
        works
    }

    fn cite(
        &mut self,
        citation: &citation::Citation,
        item: ItemRef,
        aliases: &BTreeMap<String, String>,
        original: Lang,
    ) -> Citation {
        let written = citation.key();
        let alias = aliases.get(&written);
        let full = alias.unwrap_or(&written);
        let instrument = match self.by_title.get(full) {
            Some(known) => *known,
            None => self.add(full, citation, original),
        };
        *self.list[instrument].cited_by.entry(item).or_insert(0) += 1;
        Citation {
            span: citation.span.clone(),
            instrument,
            short: alias.is_some_and(|full| *full != written),
        }
    }

    fn add(&mut self, full: &str, citation: &citation::Citation, original: Lang) -> usize {
        self.by_title.insert(full.to_owned(), self.list.len());
        self.list.push(Instrument {
            slug: format!("title-{}", short_hash(full)),
            title: [(original, citation.title.clone())].into(),
            entry: None,
            plan: None,
            cited_by: BTreeMap::new(),
            named_by: BTreeMap::new(),
        });
        self.list.len() - 1
    }

    /// Sorts the instruments by title and puts their new places into the plans. Works nobody cites or names are left out.
    fn sorted(self, plans: &mut [Plan], original: Lang) -> Vec<Instrument> {
        let used = |work: &Instrument| !work.cited_by.is_empty() || !work.named_by.is_empty();
        let mut order: Vec<usize> = (0..self.list.len()).filter(|i| used(&self.list[*i])).collect();
        order.sort_by_key(|i| (self.list[*i].title.get(&original), &self.list[*i].slug));
        let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        for plan in plans {
            let cited = plan.blocks.iter_mut().flat_map(|block| &mut block.citations);
            cited.for_each(|citation| citation.instrument = place[&citation.instrument]);
            let named = plan.blocks.iter_mut().flat_map(|block| &mut block.mentions);
            named.for_each(|mention| mention.instrument = place[&mention.instrument]);
            let listed = plan.tasks.iter_mut().flat_map(|t| t.instruments.iter_mut().chain(&mut t.named));
            listed.for_each(|instrument| *instrument = place[instrument]);
        }
        let mut list: Vec<_> = self.list.into_iter().map(Some).collect();
        order.into_iter().filter_map(|old| list[old].take()).collect()
    }
}

fn plan_of(entry: &InstrumentEntry, plans: &[Plan]) -> Option<usize> {
    let id = entry.plan.as_ref()?;
    plans.iter().position(|plan| plan.id.as_str() == id.value)
}

fn short_hash(text: &str) -> String {
    digest::hex(&digest::sha256(text.as_bytes())[..4])
}

/// Lists the instruments that each task cites and those it only names, each once, in the order of the text.
fn collect(plan: &mut Plan) {
    for task in &mut plan.tasks {
        let blocks = plan.nodes[task.node].blocks.clone();
        for citation in blocks.flat_map(|block| &plan.blocks[block].citations) {
            if !task.instruments.contains(&citation.instrument) {
                task.instruments.push(citation.instrument);
            }
        }
        let blocks = plan.nodes[task.node].blocks.clone();
        for mention in blocks.flat_map(|block| &plan.blocks[block].mentions) {
            if !task.instruments.contains(&mention.instrument) && !task.named.contains(&mention.instrument) {
                task.named.push(mention.instrument);
            }
        }
    }
}

fn unknown(works: &Works, parsed: &ParsedPlan, block: usize, found: &[Citation]) -> Vec<Diagnostic> {
    let document = &parsed.document;
    let unknown = found.iter().filter(|citation| works.list[citation.instrument].entry.is_none());
    unknown
        .map(|citation| {
            let block = &document.blocks[block];
            let title = &block.text[citation.span.clone()];
            Diagnostic::new(
                Code::UNKNOWN_INSTRUMENT,
                message!("文件目录中没有{title}", "{title} is not in the catalogue of instruments"),
            )
            .at(&document.path, block.locate(&citation.span))
            .hint(message!(
                "在 content/instruments.toml 中加一条 [[instrument]]，或把它写进已有一条的 also",
                "add an [[instrument]] to content/instruments.toml, or put the title into the `also` of one"
            ))
        })
        .collect()
}
