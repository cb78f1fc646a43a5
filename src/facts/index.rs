//! Indices of a text: made once, so that each of its places is looked up and not searched for again.

use aho_corasick::AhoCorasick;

use super::Span;

/// The bytes that some stretches cover.
pub(super) struct Cover(Vec<Span>);

impl Cover {
    pub(super) fn new(stretches: impl Iterator<Item = Span>) -> Self {
        let mut all: Vec<Span> = stretches.collect();
        all.sort_unstable_by_key(|stretch| stretch.start);
        all.dedup_by(|next, last| {
            let touches = next.start <= last.end;
            last.end = if touches { last.end.max(next.end) } else { last.end };
            touches
        });
        Self(all)
    }

    /// Whether a stretch covers the byte.
    pub(super) fn contains(&self, at: usize) -> bool {
        let next = self.0.partition_point(|stretch| stretch.end <= at);
        self.0.get(next).is_some_and(|stretch| stretch.start <= at)
    }
}

/// The parts of a text between marks, such as its clauses.
pub(super) struct Parts {
    /// Each mark, in order.
    marks: Vec<Span>,
    end: usize,
}

impl Parts {
    pub(super) fn new(text: &str, is_mark: fn(char) -> bool) -> Self {
        let marks = text.char_indices().filter(|&(_, c)| is_mark(c));
        Self { marks: marks.map(|(at, c)| at..at + c.len_utf8()).collect(), end: text.len() }
    }

    /// Where the part begins that `at` is in.
    pub(super) fn start(&self, at: usize) -> usize {
        let next = self.marks.partition_point(|mark| mark.end <= at);
        next.checked_sub(1).map_or(0, |last| self.marks[last].end)
    }

    /// Where the part ends that `at` is in, before its mark.
    pub(super) fn end(&self, at: usize) -> usize {
        let next = self.marks.partition_point(|mark| mark.start < at);
        self.marks.get(next).map_or(self.end, |mark| mark.start)
    }
}

/// Where some words stand in a text.
pub(super) struct Occurrences {
    starts: Vec<usize>,
    /// For each start the first end of a word that begins there or later.
    ends: Vec<usize>,
}

impl Occurrences {
    pub(super) fn new(text: &str, words: &AhoCorasick) -> Self {
        let mut found: Vec<Span> = words.find_overlapping_iter(text).map(|word| word.range()).collect();
        found.sort_unstable_by_key(|word| (word.start, word.end));
        let mut ends: Vec<usize> = found.iter().map(|word| word.end).collect();
        for at in (1..ends.len()).rev() {
            ends[at - 1] = ends[at - 1].min(ends[at]);
        }
        Self { starts: found.into_iter().map(|word| word.start).collect(), ends }
    }

    /// Whether a word stands within a stretch.
    pub(super) fn any_in(&self, stretch: &Span) -> bool {
        let first = self.starts.partition_point(|start| *start < stretch.start);
        self.ends.get(first).is_some_and(|end| *end <= stretch.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_cover_one_stretch() {
        let cover = Cover::new([5..7, 0..2, 1..3, 3..4].into_iter());
        let held: Vec<usize> = (0..9).filter(|at| cover.contains(*at)).collect();
        assert_eq!(held, [0, 1, 2, 3, 5, 6]);
    }

    #[test]
    fn parts_are_found_from_any_place_in_them() {
        let parts = Parts::new("ab,c", |c| c == ',');
        let found: Vec<_> = (0..=4).map(|at| (parts.start(at), parts.end(at))).collect();
        assert_eq!(found, [(0, 2), (0, 2), (0, 2), (3, 4), (3, 4)]);
    }

    #[test]
    fn words_count_only_where_all_of_them_is_inside() {
        let words = AhoCorasick::new(["abc", "b"]).expect("two words");
        let found = Occurrences::new("abcb", &words);
        let inside = [0..2, 0..1, 1..2, 2..3, 2..4, 0..4].map(|stretch| found.any_in(&stretch));
        assert_eq!(inside, [true, false, true, false, true, true]);
    }
}
