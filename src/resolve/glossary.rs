//! Terms → the items that use them: one pass of one automaton over every original.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use super::plans::node_of;
use super::site::{Glossary, ItemRef, Plan, Term, TermUse};
use crate::parse;

/// Finds the terms in every original block, writes them into the plans, and
/// gives the glossary with the items that use each term.
///
/// Of terms that begin at the same place the longest counts, so that 专利 is
/// not found in 专利侵权. Titles in 《》 count as text.
pub fn resolve(plans: &mut [Plan], glossary: &parse::glossary::Glossary) -> Glossary {
    let mut terms: Vec<Term> = (0..glossary.terms.len()).map(|index| term(glossary, index)).collect();
    let patterns = glossary.terms.iter().map(|term| &term.original.value);
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .expect("a glossary is far smaller than what an automaton can hold");
    for (index, plan) in plans.iter_mut().enumerate() {
        for block in 0..plan.blocks.len() {
            let item = ItemRef { plan: index, node: node_of(plan, block) };
            let found = uses(&automaton, &plan.blocks[block].original.text);
            for found in &found {
                terms[found.term].used_by.insert(item);
            }
            plan.blocks[block].terms = found;
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
