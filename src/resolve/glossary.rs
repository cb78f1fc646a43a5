//! Terms → the items that use them: one pass of one automaton over every original.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use index_vec::{IndexSlice, IndexVec};

use super::found::PlanMatches;
use crate::base::characters::ordinarily;
use crate::model::index::{BlockIndex, NodeIndex, PlanIndex, TermIndex};
use crate::parse;
use crate::site::{Glossary, ItemRef, Plan, Term, TermUse, TextBlock};

/// A finder of the terms in a text.
///
/// Of terms that begin at the same place the longest counts, so that 专利 is
/// not found in 专利侵权. Titles in 《》 count as text.
pub struct TermFinder(AhoCorasick);

impl TermFinder {
    /// Takes the terms of the glossary.
    pub fn new(glossary: &parse::glossary::GlossaryFile) -> Self {
        Self::of(glossary.terms.iter().map(|term| term.original.value.as_str()))
    }

    fn of<'a>(terms: impl Iterator<Item = &'a str>) -> Self {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(terms);
        Self(automaton.expect("a glossary is far smaller than what an automaton can contain"))
    }

    /// Writes the terms that each original uses into the texts.
    pub fn mark<'a>(&self, blocks: impl Iterator<Item = &'a mut TextBlock>) {
        for block in blocks {
            block.terms = self.uses(&ordinarily(&block.original.text));
        }
    }

    fn uses(&self, text: &str) -> Vec<TermUse> {
        let found = self.0.find_iter(text);
        found
            .map(|found| TermUse { span: found.range(), term: TermIndex::new(found.pattern().as_usize()) })
            .collect()
    }
}

/// The terms of marked blocks and the nodes that use them, in order and each once.
pub fn users(plan: &Plan, blocks: &IndexSlice<BlockIndex, [TextBlock]>) -> Vec<(TermIndex, NodeIndex)> {
    let of_block = |(index, block): (BlockIndex, &TextBlock)| {
        let node = plan.node_of(index);
        block.terms.iter().map(move |found| (found.term, node)).collect::<Vec<_>>()
    };
    let mut users: Vec<_> = blocks.iter_enumerated().flat_map(of_block).collect();
    users.sort_unstable();
    users.dedup();
    users
}

/// The glossary with the items that use each term.
pub fn resolve(found: &[&PlanMatches], glossary: &parse::glossary::GlossaryFile) -> Glossary {
    let mut groups: BTreeMap<&str, Vec<TermIndex>> = BTreeMap::new();
    for (index, entry) in glossary.terms.iter_enumerated() {
        entry.group.iter().for_each(|group| groups.entry(group).or_default().push(index));
    }
    let mut terms: IndexVec<TermIndex, Term> =
        glossary.terms.indices().map(|index| term(glossary, &groups, index)).collect();
    for (plan, found) in found.iter().enumerate() {
        let plan = PlanIndex::new(plan);
        for (term, node) in &found.terms {
            terms[*term].used_by.push(ItemRef { plan, node: *node });
        }
    }
    Glossary { terms, added: glossary.added.clone(), search: glossary.search.clone() }
}

fn term(
    glossary: &parse::glossary::GlossaryFile,
    groups: &BTreeMap<&str, Vec<TermIndex>>,
    index: TermIndex,
) -> Term {
    let entry = &glossary.terms[index];
    let group = entry.group.as_ref().and_then(|group| groups.get(group.as_str()));
    let others = group.into_iter().flatten().copied().filter(|other| *other != index);
    Term { entry: entry.clone(), synonyms: others.collect(), used_by: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_counts() {
        let seeker = TermFinder::of(["专利", "专利侵权", "商标法"].into_iter());
        let text = "《商标法》与专利侵权、专利";
        let found: Vec<_> = seeker.uses(text).into_iter().map(|u| text[u.span].to_owned()).collect();
        assert_eq!(found, ["商标法", "专利侵权", "专利"]);
    }
}
