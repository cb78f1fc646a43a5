//! Instruments of one plan: which one each 《…》 and each naming without marks means.

use std::collections::BTreeMap;

use index_vec::{IndexSlice, IndexVec};

use super::mentions::{self, Naming, Wordings};
use crate::base::characters::ordinarily;
use crate::base::{Code, Diagnostic, Lang, SitePath};
use crate::facts::citation::{self, key};
use crate::message;
use crate::model::index::{BlockIndex, CatalogueIndex, NodeIndex, PlanInstrumentIndex};
use crate::parse::catalogues::instruments::{FILE, InstrumentEntry};
use crate::parse::plan::{BlockFacts, ParsedPlan};
use crate::site::{BlockCitation, Mention, Plan, TextBlock};

/// How often each item has an instrument.
pub type InstrumentCounts = BTreeMap<(PlanInstrumentIndex, NodeIndex), usize>;

/// The instruments that a plan cites and names.
#[derive(Clone, Debug, Default)]
pub struct PlanInstruments {
    /// Each once, in the order of the text; citations and mentions give places in it.
    pub list: IndexVec<PlanInstrumentIndex, UnresolvedInstrument>,
    /// Where they are cited. What the title of the plan cites is cited by what is first in it.
    pub cited: InstrumentCounts,
    /// Where they are named without book-title marks.
    pub named: InstrumentCounts,
    /// Titles that the catalogue does not know.
    pub faults: Vec<Diagnostic>,
}

/// An instrument, before all instruments of the site are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnresolvedInstrument {
    /// That of an entry of the catalogue.
    Listed(CatalogueIndex),
    /// One that the catalogue does not know.
    Unlisted {
        /// The key of its title; see [`key`].
        key: String,
        /// As it is first written.
        title: String,
    },
}

/// A finder of the instruments of the catalogue in texts.
pub struct InstrumentFinder {
    by_key: BTreeMap<String, CatalogueIndex>,
    wordings: Wordings,
}

impl InstrumentFinder {
    /// Takes the titles that the catalogue gives in the original language.
    pub fn new(catalogue: &IndexSlice<CatalogueIndex, [InstrumentEntry]>, original: Lang) -> Self {
        let titles = |entry: &InstrumentEntry| {
            let others = entry.also.iter().map(|other| &other.title);
            entry.title.get(&original).into_iter().chain(others).map(|title| key(title)).collect::<Vec<_>>()
        };
        let by_key = catalogue.iter_enumerated();
        Self {
            by_key: by_key.flat_map(|(i, e)| titles(e).into_iter().map(move |key| (key, i))).collect(),
            wordings: Wordings::new(catalogue),
        }
    }

    /// Finds the instruments of a plan and writes the citations and mentions into its blocks.
    ///
    /// A short name defined by 以下简称 means its full title in its own plan only.
    pub fn find(
        &self,
        plan: &Plan,
        blocks: &mut IndexSlice<BlockIndex, [TextBlock]>,
        source: &ParsedPlan,
    ) -> PlanInstruments {
        let mut finder = Finder {
            titles: self,
            aliases: aliases(&source.facts),
            known: BTreeMap::new(),
            places: BTreeMap::new(),
            found: PlanInstruments::default(),
        };
        for citation in citation::read(&ordinarily(&source.document.meta.title.value)).citations {
            finder.cite(&citation, NodeIndex::new(0));
        }
        for ((index, block), facts) in blocks.iter_mut_enumerated().zip(&source.facts) {
            let node = plan.node_of(index);
            block.citations = facts.citations.iter().map(|c| finder.cite(c, node)).collect();
            finder.report(source, index, &block.citations);
            let found =
                mentions::in_block(&ordinarily(&block.original.text), &block.citations, &self.wordings);
            let place = |found| finder.name(found, node);
            block.mentions = found.into_iter().map(place).collect();
        }
        finder.found
    }
}

/// The short names of a plan, as keys, with the keys of what they stand for.
fn aliases(facts: &IndexSlice<BlockIndex, [BlockFacts]>) -> BTreeMap<String, String> {
    let all = facts.iter().flat_map(|f| &f.aliases);
    all.filter(|alias| alias.cited).map(|alias| (key(&alias.name), key(&alias.full))).collect()
}

struct Finder<'a> {
    titles: &'a InstrumentFinder,
    aliases: BTreeMap<String, String>,
    /// For each title that was met, by its key: its instrument, and whether it is a short name.
    known: BTreeMap<String, (PlanInstrumentIndex, bool)>,
    /// The instruments by what tells them apart.
    places: BTreeMap<InstrumentKey, PlanInstrumentIndex>,
    found: PlanInstruments,
}

/// The identity of an instrument, however its title is written: its entry in the catalogue, or the key.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum InstrumentKey {
    Listed(CatalogueIndex),
    Unlisted(String),
}

impl Finder<'_> {
    fn cite(&mut self, citation: &citation::Citation, node: NodeIndex) -> BlockCitation {
        let written = citation.key();
        let (instrument, short) = match self.known.get(&written) {
            Some(known) => *known,
            None => self.meet(written, &citation.title),
        };
        *self.found.cited.entry((instrument, node)).or_insert(0) += 1;
        BlockCitation { span: citation.span.clone(), instrument, short }
    }

    /// The instrument of a title that was not met before, and whether that is a short name.
    fn meet(&mut self, written: String, title: &str) -> (PlanInstrumentIndex, bool) {
        let alias = self.aliases.get(&written);
        let short = alias.is_some_and(|full| *full != written);
        let full = alias.unwrap_or(&written);
        let instrument = match self.titles.by_key.get(full) {
            Some(listed) => UnresolvedInstrument::Listed(*listed),
            None => UnresolvedInstrument::Unlisted { key: full.clone(), title: title.to_owned() },
        };
        let found = (self.place(instrument), short);
        self.known.insert(written, found);
        found
    }

    fn name(&mut self, naming: Naming, node: NodeIndex) -> Mention {
        let instrument = self.place(UnresolvedInstrument::Listed(naming.entry));
        *self.found.named.entry((instrument, node)).or_insert(0) += 1;
        Mention { span: naming.span, instrument }
    }

    /// The place of an instrument in the list of the plan.
    fn place(&mut self, instrument: UnresolvedInstrument) -> PlanInstrumentIndex {
        let identity = match &instrument {
            UnresolvedInstrument::Listed(index) => InstrumentKey::Listed(*index),
            UnresolvedInstrument::Unlisted { key, .. } => InstrumentKey::Unlisted(key.clone()),
        };
        let list = &mut self.found.list;
        *self.places.entry(identity).or_insert_with(|| list.push(instrument))
    }

    fn report(&mut self, source: &ParsedPlan, block: BlockIndex, found: &[BlockCitation]) {
        let is_unlisted = |citation: &&BlockCitation| {
            matches!(self.found.list[citation.instrument], UnresolvedInstrument::Unlisted { .. })
        };
        let unlisted: Vec<_> = found.iter().filter(is_unlisted).map(|c| unlisted(source, block, c)).collect();
        self.found.faults.extend(unlisted);
    }
}

fn unlisted(source: &ParsedPlan, block: BlockIndex, citation: &BlockCitation) -> Diagnostic {
    let document = &source.document;
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
    .rests_on(SitePath::fixed(FILE))
}
