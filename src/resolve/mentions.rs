//! Mentions: works that a text names without book-title marks, in wordings the catalogue knows.

use aho_corasick::AhoCorasick;

use super::plans::node_of;
use super::site::{Instrument, ItemRef, Mention, Plan, TextBlock};
use crate::base::Span;

/// Finds the mentions outside the citations of every block, and counts them for the works.
///
/// Of the wordings of one work the longest counts. Wordings of two works that
/// overlap name both: 商标法及其实施条例 the law and its regulations,
/// 中欧、中法地理标志协定 the agreement with either side.
pub fn find(plans: &mut [Plan], works: &mut [Instrument]) {
    let wordings: Vec<(usize, String)> = works
        .iter()
        .enumerate()
        .flat_map(|(work, of_work)| {
            let named = of_work.entry.iter().flat_map(|entry| &entry.named);
            named.map(move |wording| (work, wording.clone()))
        })
        .collect();
    let Ok(automaton) = AhoCorasick::new(wordings.iter().map(|(_, wording)| wording)) else { return };
    for (index, plan) in plans.iter_mut().enumerate() {
        for block in 0..plan.blocks.len() {
            let found = in_block(&plan.blocks[block], &automaton, &wordings);
            let item = ItemRef { plan: index, node: node_of(plan, block) };
            for mention in &found {
                *works[mention.instrument].named_by.entry(item).or_insert(0) += 1;
            }
            plan.blocks[block].mentions = found;
        }
    }
}

fn in_block(block: &TextBlock, automaton: &AhoCorasick, wordings: &[(usize, String)]) -> Vec<Mention> {
    let text = &block.original.text;
    let cited =
        |span: &Span| block.citations.iter().any(|c| span.start < c.span.end && c.span.start < span.end);
    let mut hits: Vec<Mention> = automaton
        .find_overlapping_iter(text)
        .map(|hit| Mention { span: hit.range(), instrument: wordings[hit.pattern().as_usize()].0 })
        .filter(|hit| !cited(&hit.span))
        .collect();
    // The shortest first: they take their part, longer ones of other works what is left.
    hits.sort_by_key(|hit| (hit.span.len(), hit.span.start));
    let mut kept: Vec<Mention> = Vec::new();
    for (place, hit) in hits.iter().enumerate() {
        let within = |other: &Mention| other.instrument == hit.instrument && overlap(&other.span, &hit.span);
        if !hits[place + 1..].iter().any(within) {
            let span = kept.iter().fold(hit.span.clone(), |span, other| without(text, span, &other.span));
            kept.push(Mention { span, instrument: hit.instrument });
        }
    }
    kept.sort_by_key(|mention| mention.span.start);
    kept
}

fn overlap(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// What is left of a stretch without another: what stands before it, or else what stands after it.
fn without(text: &str, span: Span, other: &Span) -> Span {
    if !overlap(&span, other) {
        return span;
    }
    if span.start < other.start {
        let before = text[span.start..other.start].trim_end_matches(['、', '和', '及']);
        return span.start..span.start + before.len();
    }
    other.end.min(span.end)..span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind};
    use crate::resolve::site::Citation;

    /// Marks each mention in the text as `[wording|work]`.
    fn check(text: &str, cited: Option<Span>, expected: &str) {
        let wordings = [
            (0, "商标法"),
            (1, "商标法及其实施条例"),
            (2, "中欧、中法协定"),
            (3, "中法协定"),
            (4, "援助规范"),
            (4, "维权援助规范"),
        ];
        let wordings = wordings.map(|(work, wording)| (work, wording.to_owned()));
        let automaton = AhoCorasick::new(wordings.iter().map(|(_, wording)| wording)).unwrap();
        let citations = cited.into_iter().map(|span| Citation { span, instrument: 9, short: false });
        let original = Block {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            marks: vec![],
            span: 0..text.len(),
            depth: 0,
            origin: vec![],
        };
        let block = TextBlock {
            original: original.into(),
            citations: citations.collect(),
            mentions: vec![],
            terms: vec![],
            translations: Default::default(),
        };
        let mut shown = text.to_owned();
        for mention in in_block(&block, &automaton, &wordings).iter().rev() {
            let wording = &text[mention.span.clone()];
            shown.replace_range(mention.span.clone(), &format!("[{wording}|{}]", mention.instrument));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn wordings_that_overlap_name_both_works() {
        check("推进商标法及其实施条例修订", None, "推进[商标法|0][及其实施条例|1]修订");
        check("落实中欧、中法协定", None, "落实[中欧|2]、[中法协定|3]");
    }

    #[test]
    fn the_longest_wording_of_a_work_counts_once() {
        check("完善维权援助规范", None, "完善[维权援助规范|4]");
    }

    #[test]
    fn citations_are_no_mentions() {
        check("《商标法》和商标法", Some(0..15), "《商标法》和[商标法|0]");
    }
}
