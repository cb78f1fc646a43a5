//! Deadlines: what an item promises about time.
//!
//! The promise stands in the item's last parenthesis (DESIGN §5), half-width or full-width,
//! perhaps next to the one that names the responsible bodies: `（A、B负责）（2025年底前完成）`
//! and `（A、B负责，2025年底前完成）` are both read. Earlier parentheses belong to the item's
//! words; one that reads as a promise all the same is a problem, as is a last one that looks
//! like a promise and is not understood.
//!
//! `底前` means by the last day of that month or year. `前` after a day keeps that day as
//! the due day ([`Edge::Before`] tells that it was written so): the Civil Code, article
//! 1259, says of 以上, 以下, 以内 and 届满 that they include the figure and is silent on 前.

mod clause;
mod in_text;
mod words;

use jiff::civil::Date;

pub use super::date::{Cycle, Edge, Precision, Recurrence};
pub use in_text::in_text;

use super::paren::{self, Paren, Parens};
use super::scan::is_space;
use super::{Problem, ProblemKind, Span};
use clause::Sense;

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To be done by a day: `2025年12月底前完成`.
    Due,
    /// To be kept up: `持续推进`.
    Ongoing,
}

impl Kind {
    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Ongoing => "ongoing",
        }
    }
}

/// One promise about time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What is promised.
    pub kind: Kind,
    /// The due day: the last day of the period named. For something ongoing, the day it
    /// goes on until, if stated (`2022年至2025年持续推进`). None for what only recurs.
    pub date: Option<Date>,
    /// The first day, where the text states a range, a plan period or a start
    /// (`2022年至2025年`, `“十四五”期间`, `2023年起`).
    pub start: Option<Date>,
    /// How finely the date was written; none without a date or start.
    pub precision: Option<Precision>,
    /// How the text relates to the date: 前, 底, within, or from.
    pub edge: Option<Edge>,
    /// For `每年12月31日前`, `每季度`.
    pub recurrence: Option<Recurrence>,
    /// The words that make this promise.
    pub span: Span,
    /// Those words.
    pub text: String,
}

/// What [`read`] and [`in_text()`] find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the text.
    pub deadlines: Vec<Deadline>,
    /// What looks like a promise and is not understood or not possible.
    pub problems: Vec<Problem>,
    /// The parenthesis that holds the deadlines, with its marks. It may name bodies too.
    pub parenthesis: Option<Span>,
}

/// Reads the deadline of one item: of all of its text. `context_year` is the year of the
/// document, for deadlines that state none.
pub fn read(text: &str, context_year: Option<i16>) -> Reading {
    let parens = paren::read(text);
    let (last, earlier) = split_last(text, &parens.pairs);
    let mut reading = Reading::default();
    for paren in last {
        reading.take(paren, clause::sense(text, paren.inner.clone(), context_year));
    }
    for paren in earlier {
        let sense = clause::sense(text, paren.inner.clone(), context_year);
        if sense.is_plain_promise() {
            let problem = Problem::new(paren.span.clone(), ProblemKind::DeadlineNotLast);
            reading.problems.push(problem);
        }
    }
    reading.problems.extend(unpaired(text, &parens, context_year));
    reading.problems.sort_by_key(|problem| problem.span.start);
    reading
}

impl Reading {
    fn take(&mut self, paren: &Paren, sense: Sense) {
        if !sense.deadlines.is_empty() {
            self.parenthesis = Some(paren.span.clone());
        }
        self.deadlines.extend(sense.deadlines);
        self.problems.extend(sense.problems);
    }
}

/// The parentheses that end the text, one directly behind the other, and those before them.
fn split_last<'a>(text: &str, pairs: &'a [Paren]) -> (&'a [Paren], &'a [Paren]) {
    let mut end = text.len();
    let mut first = pairs.len();
    while let Some(paren) = first.checked_sub(1).and_then(|i| pairs.get(i)) {
        if trim_marks(&text[..end]) != paren.span.end {
            break;
        }
        end = paren.span.start;
        first -= 1;
    }
    let (earlier, last) = pairs.split_at(first);
    (last, earlier)
}

/// Where `text` ends, but for white space and the marks that may follow a deadline.
fn trim_marks(text: &str) -> usize {
    let mark = |c: char| {
        is_space(c) || c.is_whitespace() || matches!(c, '。' | '．' | '.' | '；' | ';' | '，' | '、')
    };
    text.trim_end_matches(mark).len()
}

/// What looks like a promise at the end, in a parenthesis that lacks a mark.
fn unpaired(text: &str, parens: &Parens, year: Option<i16>) -> Option<Problem> {
    let end = trim_marks(text);
    let width = |at: usize| text[at..].chars().next().map_or(0, char::len_utf8);
    if let Some(&open) = parens.unclosed.last() {
        let mark = open..open + width(open);
        let sense = clause::sense(text, mark.end..end.max(mark.end), year);
        let told = !sense.deadlines.is_empty() || !sense.problems.is_empty();
        return told.then(|| Problem::new(mark, ProblemKind::UnclosedParenthesis));
    }
    let &close = parens.unopened.last()?;
    let sentence = text[..close].rfind(['。', '；', '\n']);
    let sentence = sentence.map_or(0, |at| at + width(at));
    let told = close + width(close) == end && clause::hints_at_deadline(&text[sentence..close]);
    told.then(|| Problem::new(close..end, ProblemKind::UnopenedParenthesis))
}
