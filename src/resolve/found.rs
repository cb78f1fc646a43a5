//! Matches of catalogues and glossary in one plan, independent of the other plans.

use super::Catalogues;
use super::glossary;
use super::site::{Plan, TextBlock};
use super::topics;
use super::works::{InstrumentFinder, PlanInstruments};
use crate::base::Lang;
use crate::parse::plan::ParsedPlan;

/// The matches in a plan.
#[derive(Clone, Debug, Default)]
pub struct PlanMatches {
    /// The works that it cites and names.
    pub works: PlanInstruments,
    /// The subject headings of its tasks.
    pub topics: topics::Hits,
    /// The glossary's terms and the nodes that use them, as indices, in order and each once.
    pub terms: Vec<(usize, usize)>,
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
    pub fn seek(&self, plan: &Plan, blocks: &mut [TextBlock], source: &ParsedPlan) -> PlanMatches {
        self.terms.mark(blocks.iter_mut());
        PlanMatches {
            works: self.titles.find(plan, blocks, source),
            topics: self.topics.hits(plan, blocks),
            terms: glossary::users(plan, blocks),
        }
    }
}
