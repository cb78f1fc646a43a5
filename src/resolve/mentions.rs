//! Mentions: instruments that a text names without book-title marks, in wordings the catalogue knows.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use index_vec::IndexSlice;

use crate::base::Span;
use crate::model::index::CatalogueIndex;
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::site::BlockCitation;

/// An entry of the catalogue named in a text.
#[derive(Clone, Debug)]
pub struct Naming {
    /// Where, in bytes of the text. Of two wordings that overlap each has a part of its own.
    pub span: Span,
    /// The entry.
    pub entry: CatalogueIndex,
}

/// A finder of the wordings that a catalogue knows.
pub struct Wordings {
    /// The entry of each wording.
    entries: Vec<CatalogueIndex>,
    /// Nothing, where there is no wording.
    automaton: Option<AhoCorasick>,
}

impl Wordings {
    /// Takes the wordings of the catalogue.
    pub fn new(catalogue: &IndexSlice<CatalogueIndex, [InstrumentEntry]>) -> Self {
        let named = |(index, entry): (CatalogueIndex, &InstrumentEntry)| {
            entry.named.iter().map(|wording| (index, wording.clone())).collect::<Vec<_>>()
        };
        Self::of(catalogue.iter_enumerated().flat_map(named))
    }

    fn of(wordings: impl Iterator<Item = (CatalogueIndex, String)>) -> Self {
        let (entries, wordings): (Vec<_>, Vec<_>) = wordings.unzip();
        let automaton = AhoCorasick::new(wordings).ok().filter(|_| !entries.is_empty());
        Self { entries, automaton }
    }
}

/// The namings outside the citations of a text.
///
/// Of the wordings of one entry the longest counts. Wordings of two entries that
/// overlap name both: 商标法及其实施条例 the law and its regulations,
/// 中欧、中法地理标志协定 the agreement with either side.
pub fn in_block(text: &str, citations: &[BlockCitation], wordings: &Wordings) -> Vec<Naming> {
    let Some(automaton) = &wordings.automaton else { return Vec::new() };
    let hits: Vec<Naming> = automaton
        .find_overlapping_iter(text)
        .map(|hit| Naming { span: hit.range(), entry: wordings.entries[hit.pattern().as_usize()] })
        .filter(|hit| !is_cited(&hit.span, citations))
        .collect();
    let mut kept = NamingIndex::default();
    for hit in longest_of_entries(hits) {
        let others = kept.around(&hit.span);
        let span = others.into_iter().fold(hit.span.clone(), |span, other| without(text, span, other));
        kept.add(hit.span.start, Naming { span, entry: hit.entry });
    }
    let mut kept = kept.list;
    kept.sort_by_key(|mention| mention.span.start);
    kept
}

/// Returns whether a stretch is a part of a citation; they are in the order of the text, and none within another.
fn is_cited(span: &Span, citations: &[BlockCitation]) -> bool {
    let next = citations.partition_point(|citation| citation.span.end <= span.start);
    citations.get(next).is_some_and(|citation| overlap(span, &citation.span))
}

/// The hits without those that lie over a longer one of the same entry, or over a later one as long. The
/// shortest first: they take their part, longer ones of other entries what is left.
fn longest_of_entries(mut hits: Vec<Naming>) -> Vec<Naming> {
    hits.sort_by_key(|hit| (hit.span.len(), hit.span.start));
    let mut longer: BTreeMap<CatalogueIndex, NamingIndex> = BTreeMap::new();
    let mut kept: Vec<Naming> = Vec::new();
    for hit in hits.into_iter().rev() {
        let of_entry = longer.entry(hit.entry).or_default();
        if of_entry.around(&hit.span).is_empty() {
            kept.push(hit.clone());
        }
        of_entry.add(hit.span.start, hit);
    }
    kept.reverse();
    kept
}

/// Namings by the places where their wordings begin, so that those around a stretch are found without
/// asking all of them.
#[derive(Default)]
struct NamingIndex {
    list: Vec<Naming>,
    by_start: BTreeMap<usize, Vec<usize>>,
    /// The length of the longest wording.
    longest: usize,
}

impl NamingIndex {
    fn add(&mut self, start: usize, mention: Naming) {
        self.longest = self.longest.max(mention.span.end.saturating_sub(start));
        self.by_start.entry(start).or_default().push(self.list.len());
        self.list.push(mention);
    }

    /// The stretches that lie over this one, in the order in which they were added.
    fn around(&self, span: &Span) -> Vec<&Span> {
        let starts = self.by_start.range(span.start.saturating_sub(self.longest)..span.end);
        let mut near: Vec<usize> = starts.flat_map(|(_, places)| places).copied().collect();
        near.sort_unstable();
        let spans = near.into_iter().map(|place| &self.list[place].span);
        spans.filter(|other| overlap(other, span)).collect()
    }
}

fn overlap(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// The rest of a stretch without another: the part before it, or else the part after it.
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

    /// Marks each mention in the text as `[wording|entry]`.
    fn check(text: &str, cited: Option<Span>, expected: &str) {
        let wordings = [
            (0, "商标法"),
            (1, "商标法及其实施条例"),
            (2, "中欧、中法协定"),
            (3, "中法协定"),
            (4, "援助规范"),
            (4, "维权援助规范"),
        ];
        let wordings = wordings.map(|(entry, wording)| (CatalogueIndex::new(entry), wording.to_owned()));
        let wordings = Wordings::of(wordings.into_iter());
        let citations: Vec<_> = cited
            .into_iter()
            .map(|span| BlockCitation { span, instrument: 9.into(), short: false })
            .collect();
        let mut shown = text.to_owned();
        for mention in in_block(text, &citations, &wordings).iter().rev() {
            let wording = &text[mention.span.clone()];
            shown.replace_range(mention.span.clone(), &format!("[{wording}|{}]", mention.entry.index()));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn wordings_that_overlap_name_both_entries() {
        check("推进商标法及其实施条例修订", None, "推进[商标法|0][及其实施条例|1]修订");
        check("落实中欧、中法协定", None, "落实[中欧|2]、[中法协定|3]");
    }

    #[test]
    fn the_longest_wording_of_an_entry_counts_once() {
        check("完善维权援助规范", None, "完善[维权援助规范|4]");
    }

    #[test]
    fn citations_are_no_mentions() {
        check("《商标法》和商标法", Some(0..15), "《商标法》和[商标法|0]");
    }
}
