//! Revisions: the corrections of a text that moved a due day. Calendar programs keep the old day of an
//! entry unless its `SEQUENCE` grows (RFC 5545 §3.8.7.4).

use std::collections::BTreeMap;

use super::corrections::Correction;
use super::site::{DueItem, Plan};
use crate::base::{Date, Span};
use crate::facts::date::{self, When};

/// The corrections of a plan's original that moved days, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    moves: Vec<Move>,
    /// The moves to a day in the blocks of a task, or in those of none, as indices.
    by_day: BTreeMap<(Option<usize>, Date), Vec<usize>>,
}

/// A correction that put a day there.
#[derive(Clone, Debug)]
struct Move {
    /// The day of the correction.
    corrected: Date,
    /// The day that it took the place of.
    earlier: Option<Date>,
}

impl Revisions {
    /// Undoes the corrections from the latest to the first, each in its block.
    pub(super) fn new(plan: &Plan) -> Self {
        let mut revisions = Self::default();
        if plan.corrections.is_empty() {
            return revisions;
        }
        let mut texts: Vec<RevisionText> =
            plan.blocks.iter().map(|block| RevisionText::new(&block.original.text)).collect();
        for correction in plan.corrections.iter().filter(|one| !plan.translations.contains_key(&one.lang)) {
            let Some((block, at)) = place(plan, correction, &texts) else { continue };
            let (put, earlier) = texts[block].undo(correction, at, plan.year);
            let owner = plan.task_of(plan.node_of(block));
            for day in put {
                revisions.by_day.entry((owner, day)).or_default().push(revisions.moves.len());
            }
            revisions.moves.push(Move { corrected: correction.date, earlier });
        }
        revisions
    }

    /// The days on which corrections moved a due day, the latest first: one that put the day there is a
    /// revision, and the day it took the place of is the one that earlier corrections moved. The blocks of
    /// a task tell of it, and those of no task of milestones.
    pub(super) fn of(&self, what: DueItem, mut due: Date) -> Vec<Date> {
        let owner = match what {
            DueItem::Task(task) => Some(task),
            DueItem::Milestone(_) => None,
        };
        let (mut revised, mut from) = (Vec::new(), 0);
        while let Some(moves) = self.by_day.get(&(owner, due))
            && let Some(index) = moves.get(moves.partition_point(|index| *index < from))
        {
            let Move { corrected, earlier } = &self.moves[*index];
            revised.push(*corrected);
            let Some(earlier) = earlier else { break };
            (due, from) = (*earlier, index + 1);
        }
        revised
    }
}

/// The block that a correction changed, and where, as its text was then.
fn place(plan: &Plan, correction: &Correction, texts: &[RevisionText]) -> Option<(usize, usize)> {
    let mut blocks = correction.node.map_or(0..texts.len(), |node| plan.nodes[node].blocks.clone());
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
