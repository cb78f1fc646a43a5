//! Revisions: the corrections of a text that moved a due day. Calendar programs keep the old day of an
//! entry unless its `SEQUENCE` grows (RFC 5545 §3.8.7.4).

use std::collections::BTreeMap;

use index_vec::{IndexSlice, IndexVec};

use crate::base::{Date, Span};
use crate::facts::date::{self, When};
use crate::model::index::{self, BlockIndex};
use crate::site::{Correction, Plan, Revisions};

/// Undoes the corrections of a plan from the latest to the first, each in its block, and notes which moved days.
pub(super) fn of(plan: &Plan) -> Revisions {
    let mut revisions = Revisions::default();
    if plan.corrections.is_empty() {
        return revisions;
    }
    let mut texts: IndexVec<BlockIndex, RevisionText> =
        plan.blocks.iter().map(|block| RevisionText::new(&block.original.text)).collect();
    for correction in plan.corrections.iter().filter(|one| !plan.translations.contains_key(&one.lang)) {
        let Some((block, at)) = place(plan, correction, &texts) else { continue };
        let (put, earlier) = texts[block].undo(correction, at, plan.year);
        revisions.add(correction.date, plan.task_of(plan.node_of(block)), put, earlier);
    }
    revisions
}

/// The block that a correction changed, and where, as its text was then.
fn place(
    plan: &Plan,
    correction: &Correction,
    texts: &IndexSlice<BlockIndex, [RevisionText]>,
) -> Option<(BlockIndex, usize)> {
    let all = BlockIndex::new(0)..BlockIndex::new(texts.len());
    let mut blocks = index::blocks(correction.node.map_or(all, |node| plan.nodes[node].blocks.clone()));
    blocks.find_map(|block| Some((block, texts[block].words.find(&correction.new)?)))
}

/// A block as it was at a time.
struct RevisionText {
    words: String,
    /// How often it names each day, once that has been asked.
    days: Option<BTreeMap<Date, usize>>,
}

impl RevisionText {
    fn new(words: &str) -> Self {
        Self { words: words.to_owned(), days: None }
    }

    /// Undoes a correction. Gives the days that it put there, and the first that it took away. Only the
    /// sentences that it changed are read again, and they only where a day may have changed.
    fn undo(&mut self, correction: &Correction, at: usize, year: Option<i16>) -> (Vec<Date>, Option<Date>) {
        let place = at..at + correction.new.len();
        if !self.may_move(&place, &correction.old) {
            self.words.replace_range(place, &correction.old);
            return (Vec::new(), None);
        }
        let counts = self.days.get_or_insert_with(|| counted(&self.words, year));
        let changed = date::sentences(&self.words, place.clone());
        let behind = self.words.len() - changed.end;
        let new = days(&self.words[changed.clone()], year);
        self.words.replace_range(place, &correction.old);
        let old = days(&self.words[changed.start..self.words.len() - behind], year);
        let is_named =
            |counts: &BTreeMap<Date, usize>, day: &Date| counts.get(day).is_some_and(|count| *count > 0);
        let gone = old.iter().find(|day| !is_named(counts, day)).copied();
        for day in &new {
            counts.entry(*day).and_modify(|count| *count = count.saturating_sub(1));
        }
        old.iter().for_each(|day| *counts.entry(*day).or_default() += 1);
        (new.into_iter().filter(|day| !is_named(counts, day)).collect(), gone)
    }

    /// Returns whether other words at a place may change a day: if the times near it are others, or a sentence
    /// ends elsewhere, so that a day takes its year from another.
    fn may_move(&self, place: &Span, old: &str) -> bool {
        let before = self.words[..place.start].char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
        let after = self.words[place.end..].char_indices().nth(NEAR);
        let after = after.map_or(self.words.len(), |(at, _)| place.end + at);
        let [front, new, back] = [before..place.start, place.clone(), place.end..after];
        let [front, new, back] = [&self.words[front], &self.words[new], &self.words[back]];
        // Any year will do: it is the same on both sides.
        let read = |words: &str| days(&[front, words, back].concat(), Some(2000));
        [old, new].iter().any(|words| words.contains(date::ends_sentence)) || read(old) != read(new)
    }
}

/// How many characters beside a correction a time may have that it is a part of.
const NEAR: usize = 32;

fn counted(text: &str, year: Option<i16>) -> BTreeMap<Date, usize> {
    let mut counts = BTreeMap::new();
    days(text, year).into_iter().for_each(|day| *counts.entry(day).or_default() += 1);
    counts
}

/// The days that a text names; of a period its last.
fn days(text: &str, year: Option<i16>) -> Vec<Date> {
    let once = |when| match when {
        When::Once(period) => Some(period.last),
        When::Every(_) => None,
    };
    date::read(text, year).moments.iter().filter_map(|moment| once(moment.when)).collect()
}
