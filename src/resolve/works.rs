//! Works of one plan: which work each 《…》 and each naming without marks means.

use std::collections::BTreeMap;

use super::mentions::{self, Wordings};
use super::site::{BlockCitation, Mention, Plan, TextBlock};
use crate::base::characters::ordinarily;
use crate::base::{Code, Diagnostic, Lang, SitePath};
use crate::facts::citation::{self, key};
use crate::message;
use crate::parse::catalogues::instruments::{FILE, InstrumentEntry};
use crate::parse::plan::{BlockFacts, ParsedPlan};

/// How often each item has a work: the work's place in the list of its plan, and the node.
pub type InstrumentCounts = BTreeMap<(usize, usize), usize>;

/// The works that a plan cites and names.
#[derive(Clone, Debug, Default)]
pub struct PlanInstruments {
    /// Each once, in the order of the text; citations and mentions give places in it.
    pub list: Vec<UnresolvedInstrument>,
    /// Where they are cited. What the title of the plan cites is cited by what stands first in it.
    pub cited: InstrumentCounts,
    /// Where they are named without book-title marks.
    pub named: InstrumentCounts,
    /// Titles that the catalogue does not know.
    pub faults: Vec<Diagnostic>,
}

/// A work, before all works of the site are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnresolvedInstrument {
    /// That of the catalogue at this index.
    Listed(usize),
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
    by_key: BTreeMap<String, usize>,
    wordings: Wordings,
}

impl InstrumentFinder {
    /// Takes the titles that the catalogue gives in the original language.
    pub fn new(catalogue: &[InstrumentEntry], original: Lang) -> Self {
        let titles = |entry: &InstrumentEntry| {
            let others = entry.also.iter().map(|other| &other.title);
            entry.title.get(&original).into_iter().chain(others).map(|title| key(title)).collect::<Vec<_>>()
        };
        let by_key = catalogue.iter().enumerate();
        Self {
            by_key: by_key.flat_map(|(i, e)| titles(e).into_iter().map(move |key| (key, i))).collect(),
            wordings: Wordings::new(catalogue),
        }
    }

    /// Finds the works of a plan and writes the citations and mentions into its blocks.
    ///
    /// A short name defined by 以下简称 means its full title in its own plan only.
    pub fn find(&self, plan: &Plan, blocks: &mut [TextBlock], source: &ParsedPlan) -> PlanInstruments {
        let mut finder = Finder {
            titles: self,
            aliases: aliases(&source.facts),
            known: BTreeMap::new(),
            places: BTreeMap::new(),
            works: PlanInstruments::default(),
        };
        for citation in citation::read(&ordinarily(&source.document.meta.title.value)).citations {
            finder.cite(&citation, 0);
        }
        for (index, (block, facts)) in blocks.iter_mut().zip(&source.facts).enumerate() {
            let node = plan.node_of(index);
            block.citations = facts.citations.iter().map(|c| finder.cite(c, node)).collect();
            finder.report(source, index, &block.citations);
            let found =
                mentions::in_block(&ordinarily(&block.original.text), &block.citations, &self.wordings);
            let place = |found| finder.name(found, node);
            block.mentions = found.into_iter().map(place).collect();
        }
        finder.works
    }
}

/// The short names of a plan, as keys, with the keys of what they stand for.
fn aliases(facts: &[BlockFacts]) -> BTreeMap<String, String> {
    let all = facts.iter().flat_map(|f| &f.aliases);
    all.filter(|alias| alias.cited).map(|alias| (key(&alias.name), key(&alias.full))).collect()
}

struct Finder<'a> {
    titles: &'a InstrumentFinder,
    aliases: BTreeMap<String, String>,
    /// For each title that was met, by its key: the place of its work, and whether it is a short name.
    known: BTreeMap<String, (usize, bool)>,
    /// The places of works by what tells them apart.
    places: BTreeMap<InstrumentKey, usize>,
    works: PlanInstruments,
}

/// The identity of a work, however its title is written: the index in the catalogue, or the key.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum InstrumentKey {
    Listed(usize),
    Unlisted(String),
}

impl Finder<'_> {
    fn cite(&mut self, citation: &citation::Citation, node: usize) -> BlockCitation {
        let written = citation.key();
        let (work, short) = match self.known.get(&written) {
            Some(known) => *known,
            None => self.meet(written, &citation.title),
        };
        *self.works.cited.entry((work, node)).or_insert(0) += 1;
        BlockCitation { span: citation.span.clone(), work, short }
    }

    /// The place of the work of a title that was not met before, and whether that is a short name.
    fn meet(&mut self, written: String, title: &str) -> (usize, bool) {
        let alias = self.aliases.get(&written);
        let short = alias.is_some_and(|full| *full != written);
        let full = alias.unwrap_or(&written);
        let work = match self.titles.by_key.get(full) {
            Some(listed) => UnresolvedInstrument::Listed(*listed),
            None => UnresolvedInstrument::Unlisted { key: full.clone(), title: title.to_owned() },
        };
        let found = (self.place(work), short);
        self.known.insert(written, found);
        found
    }

    fn name(&mut self, mut mention: Mention, node: usize) -> Mention {
        mention.work = self.place(UnresolvedInstrument::Listed(mention.work));
        *self.works.named.entry((mention.work, node)).or_insert(0) += 1;
        mention
    }

    /// The place of a work in the list of the plan.
    fn place(&mut self, work: UnresolvedInstrument) -> usize {
        let identity = match &work {
            UnresolvedInstrument::Listed(index) => InstrumentKey::Listed(*index),
            UnresolvedInstrument::Unlisted { key, .. } => InstrumentKey::Unlisted(key.clone()),
        };
        let list = &mut self.works.list;
        *self.places.entry(identity).or_insert_with(|| {
            list.push(work);
            list.len() - 1
        })
    }

    fn report(&mut self, source: &ParsedPlan, block: usize, found: &[BlockCitation]) {
        let is_unlisted = |citation: &&BlockCitation| {
            matches!(self.works.list[citation.work], UnresolvedInstrument::Unlisted { .. })
        };
        let unlisted: Vec<_> = found.iter().filter(is_unlisted).map(|c| unlisted(source, block, c)).collect();
        self.works.faults.extend(unlisted);
    }
}

fn unlisted(source: &ParsedPlan, block: usize, citation: &BlockCitation) -> Diagnostic {
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
