//! Terms → the items that use them: one pass of one automaton over every original.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use super::plans::node_of;
use super::site::{Glossary, ItemRef, Plan, Term, TermUse};
use crate::parse;

/// What finds the terms in a text.
///
/// Of terms that begin at the same place the longest counts, so that 专利 is
/// not found in 专利侵权. Titles in 《》 count as text.
pub fn automaton(glossary: &parse::glossary::Glossary) -> AhoCorasick {
    let patterns = glossary.terms.iter().map(|term| &term.original.value);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .expect("a glossary is far smaller than what an automaton can hold")
}

/// Writes the terms that every original block of a plan uses into the plan.
pub fn mark(plan: &mut Plan, automaton: &AhoCorasick) {
    for block in &mut plan.blocks {
        block.terms = uses(automaton, &block.original.text);
    }
}

/// The glossary with the items that use each term, from plans that have been marked.
pub fn resolve(plans: &[Plan], glossary: &parse::glossary::Glossary) -> Glossary {
    let mut terms: Vec<Term> = (0..glossary.terms.len()).map(|index| term(glossary, index)).collect();
    for (index, plan) in plans.iter().enumerate() {
        for (block, of_block) in plan.blocks.iter().enumerate().filter(|(_, b)| !b.terms.is_empty()) {
            let item = ItemRef { plan: index, node: node_of(plan, block) };
            for found in &of_block.terms {
                terms[found.term].used_by.insert(item);
            }
        }
    }
    Glossary { terms, added: glossary.added.clone() }
}

fn term(glossary: &parse::glossary::Glossary, index: usize) -> Term {
    let entry = &glossary.terms[index];
    let same = |other: &parse::glossary::TermEntry| entry.group.is_some() && entry.group == other.group;
    let others = glossary.terms.iter().enumerate().filter(|(i, other)| *i != index && same(other));
    Term {
        entry: entry.clone(),
        synonyms: others.map(|(other, _)| other).collect(),
        used_by: BTreeSet::new(),
    }
}

fn uses(automaton: &AhoCorasick, text: &str) -> Vec<TermUse> {
    automaton
        .find_iter(text)
        .map(|found| TermUse { span: found.range(), term: found.pattern().as_usize() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_counts() {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(["专利", "专利侵权", "商标法"])
            .unwrap();
        let text = "《商标法》与专利侵权、专利";
        let found: Vec<_> = uses(&automaton, text).into_iter().map(|u| text[u.span].to_owned()).collect();
        assert_eq!(found, ["商标法", "专利侵权", "专利"]);
    }
}
