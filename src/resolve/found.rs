//! Matches of catalogues and glossary in one plan, independent of the other plans.

use index_vec::IndexSlice;

use super::Catalogues;
use super::glossary;
use super::plan_instruments::{InstrumentFinder, PlanInstruments};
use super::topics;
use crate::base::Lang;
use crate::model::index::{BlockIndex, NodeIndex, TermIndex};
use crate::parse::plan::ParsedPlan;
use crate::site::{Plan, TextBlock};

/// The matches in a plan.
#[derive(Clone, Debug, Default)]
pub struct PlanMatches {
    /// The instruments that it cites and names.
    pub instruments: PlanInstruments,
    /// The subject headings of its tasks.
    pub topics: topics::Hits,
    /// The glossary's terms and the nodes that use them, in order and each once.
    pub terms: Vec<(TermIndex, NodeIndex)>,
}

/// The finders for every plan, for one set of catalogues, one glossary and one original language.
pub struct Seekers {
    titles: InstrumentFinder,
    topics: topics::TopicFinder,
    /// The terms of the glossary.
    pub terms: glossary::TermFinder,
}

impl Seekers {
    /// Prepares to seek.
    pub fn new(catalogues: &Catalogues, original: Lang) -> Self {
        Self {
            titles: InstrumentFinder::new(&catalogues.instruments, original),
            topics: topics::TopicFinder::new(&catalogues.topics),
            terms: glossary::TermFinder::new(&catalogues.glossary),
        }
    }

    /// Seeks in a plan, and writes into its blocks what it finds there.
    pub fn seek(
        &self,
        plan: &Plan,
        blocks: &mut IndexSlice<BlockIndex, [TextBlock]>,
        source: &ParsedPlan,
    ) -> PlanMatches {
        self.terms.mark(blocks.iter_mut());
        PlanMatches {
            instruments: self.titles.find(plan, blocks, source),
            topics: self.topics.hits(plan, blocks),
            terms: glossary::users(plan, blocks),
        }
    }
}
