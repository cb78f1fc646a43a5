//! The numbers of tasks: which were lost, which are wrong, and what is written.

use std::collections::BTreeSet;

use super::account::DoubtKind;
use super::log::Log;
use super::marker::{self, MarkerKind};
use super::paragraphs::{Chunk, Paragraph};
use super::scheme::{Scheme, as_text};
use crate::model::TaskMarking;

/// Counts the tasks of one plan.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Lines of bullets that are where numbers are missing.
    lost: BTreeSet<usize>,
    /// The last number written.
    written: Option<u32>,
    /// The last number in the source.
    read: Option<u32>,
    /// Whether a heading has begun a section since the last task, so that numbers may start again at 1.
    is_new_section: bool,
}

impl Numbering {
    /// Looks at all of a plan to see which bullets are numbers that were lost.
    pub(super) fn of(chunks: &[Chunk], scheme: Scheme) -> Self {
        let mut numbering = Self::default();
        if scheme.tasks == Some(TaskMarking::List) {
            numbering.lost = lost_numbers(chunks);
        }
        numbering
    }

    /// Whether the bullet on `line` is a task whose number was lost.
    pub(super) fn is_lost_number(&self, line: usize) -> bool {
        self.lost.contains(&line)
    }

    /// Notes that a heading begins a section.
    pub(super) fn open_section(&mut self) {
        self.is_new_section = true;
    }

    /// Starts again at 1 in a new section, if the source does.
    fn restart(&mut self, read: Option<u32>) {
        if std::mem::take(&mut self.is_new_section) && read == Some(1) {
            (self.written, self.read) = (None, None);
        }
    }

    /// Notes a task that keeps its number, whether or not that is its turn.
    pub(super) fn check(&mut self, number: u32, paragraph: &Paragraph, log: &mut Log) {
        self.restart(Some(number));
        if number != self.read.map_or(1, |last| last.saturating_add(1)) {
            log.doubt(DoubtKind::Numbering, paragraph.line(), &paragraph.text);
        }
        self.read = Some(number);
    }

    /// A list that opens after a heading or a paragraph may skip numbers as the source does;
    /// it goes back only where a section starts again at 1.
    pub(super) fn open_list(&mut self, read: Option<u32>) {
        self.restart(read);
        let ahead = read.filter(|&read| self.written.is_none_or(|last| read > last));
        self.written = ahead.and_then(|read| read.checked_sub(1)).or(self.written);
    }

    /// The number to write for the next list item: inside a list numbers go on without gaps,
    /// as CommonMark counts them.
    pub(super) fn next(&mut self, read: Option<u32>, paragraph: &Paragraph, log: &mut Log) -> u32 {
        if let (Some(read), Some(last)) = (read, self.read)
            && read != last.saturating_add(1)
        {
            log.doubt(DoubtKind::Numbering, paragraph.line(), &paragraph.text);
        }
        let number = self.written.map_or(1, |last| last.saturating_add(1));
        self.written = Some(number);
        self.read = Some(read.unwrap_or(number));
        number
    }
}

/// A run of bullets is a run of lost numbers when the numbers around it leave room for just
/// as many, or when the plan has no numbers at all.
fn lost_numbers(chunks: &[Chunk]) -> BTreeSet<usize> {
    let marks: Vec<(usize, Option<u32>)> = chunks.iter().filter_map(as_text).filter_map(mark).collect();
    let any_number = marks.iter().any(|(_, number)| number.is_some());
    let mut lost = BTreeSet::new();
    let mut last = 0;
    let mut at = 0;
    while at < marks.len() {
        let run = marks[at..].iter().take_while(|(_, number)| number.is_none()).count();
        let next = marks.get(at + run).and_then(|(_, number)| *number);
        let fits = next.is_some_and(|next| next as usize == last as usize + run + 1);
        if run > 0 && (fits || !any_number) {
            lost.extend(marks[at..at + run].iter().map(|(line, _)| *line));
        }
        last = next.unwrap_or(last);
        at += run + 1;
    }
    lost
}

/// The line of a list item and its number, if it has one.
fn mark(paragraph: &Paragraph) -> Option<(usize, Option<u32>)> {
    if paragraph.bullet.is_some() {
        return (paragraph.indent < 2).then_some((paragraph.line(), None));
    }
    let marker = marker::parse(&paragraph.text).filter(|m| m.kind == MarkerKind::Item)?;
    Some((paragraph.line(), Some(marker.number)))
}
