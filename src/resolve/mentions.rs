//! Mentions: works that a text names without book-title marks, in wordings the catalogue knows.

use aho_corasick::AhoCorasick;

use super::site::{Citation, Mention};
use crate::base::Span;
use crate::parse::catalogues::instruments::InstrumentEntry;

/// What finds the wordings that a catalogue knows.
pub struct Wordings {
    /// The work of each wording, as an index into the catalogue.
    works: Vec<usize>,
    /// Nothing, where there is no wording.
    automaton: Option<AhoCorasick>,
}

impl Wordings {
    /// Takes the wordings of the catalogue.
    pub fn new(catalogue: &[InstrumentEntry]) -> Self {
        let named = |(work, entry): (usize, &InstrumentEntry)| {
            entry.named.iter().map(|wording| (work, wording.clone())).collect::<Vec<_>>()
        };
        Self::of(catalogue.iter().enumerate().flat_map(named))
    }

    fn of(wordings: impl Iterator<Item = (usize, String)>) -> Self {
        let (works, wordings): (Vec<_>, Vec<_>) = wordings.unzip();
        let automaton = AhoCorasick::new(wordings).ok().filter(|_| !works.is_empty());
        Self { works, automaton }
    }
}

/// The mentions outside the citations of a text, with works as indices into the catalogue.
///
/// Of the wordings of one work the longest counts. Wordings of two works that
/// overlap name both: 商标法及其实施条例 the law and its regulations,
/// 中欧、中法地理标志协定 the agreement with either side.
pub fn in_block(text: &str, citations: &[Citation], wordings: &Wordings) -> Vec<Mention> {
    let Some(automaton) = &wordings.automaton else { return Vec::new() };
    let cited = |span: &Span| citations.iter().any(|citation| overlap(span, &citation.span));
    let mut hits: Vec<Mention> = automaton
        .find_overlapping_iter(text)
        .map(|hit| Mention { span: hit.range(), work: wordings.works[hit.pattern().as_usize()] })
        .filter(|hit| !cited(&hit.span))
        .collect();
    // The shortest first: they take their part, longer ones of other works what is left.
    hits.sort_by_key(|hit| (hit.span.len(), hit.span.start));
    let mut kept: Vec<Mention> = Vec::new();
    for (place, hit) in hits.iter().enumerate() {
        let within = |other: &Mention| other.work == hit.work && overlap(&other.span, &hit.span);
        if !hits[place + 1..].iter().any(within) {
            let span = kept.iter().fold(hit.span.clone(), |span, other| without(text, span, &other.span));
            kept.push(Mention { span, work: hit.work });
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
        let wordings = Wordings::of(wordings.into_iter());
        let citations: Vec<_> =
            cited.into_iter().map(|span| Citation { span, work: 9, short: false }).collect();
        let mut shown = text.to_owned();
        for mention in in_block(text, &citations, &wordings).iter().rev() {
            let wording = &text[mention.span.clone()];
            shown.replace_range(mention.span.clone(), &format!("[{wording}|{}]", mention.work));
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
