//! Days, periods and recurrences as Chinese official texts write them.
//!
//! Dates follow GB/T 9704 (公文格式: Arabic digits, year in full, no leading zeros) and the
//! older custom of Chinese numerals (二〇二五年十二月三十一日). A *period* is a stretch of the
//! calendar with a first and a last day, whatever it was written as; its last day is what a
//! deadline takes as the due day.
//!
//! - `底` and `末` mean the last day of the month, quarter, half-year, year or plan period.
//! - `前` after a day names that day: the text's date is kept, and [`Edge::Before`] tells
//!   that it was written with `前`, which taken strictly leaves that day out.
//! - A date without a year takes the year stated last in its sentence, then the year of the
//!   document. A day without a month takes the month stated last in the same way.
//! - `“十四五”期间` are the five years of the plan: the third plan began in 1966, and each
//!   one since has begun five years after the one before (十四五: 2021–2025).

mod calendar;
mod grammar;
mod parts;

use std::borrow::Cow;

use jiff::civil::Date;

pub use super::scan::ends_sentence;
use super::scan::{Cursor, behind_last};
use super::{Problem, ProblemKind, Span, number, script};

/// How finely a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// `2023年3月15日`
    Day,
    /// `2023年3月上旬`: a third of a month (旬).
    TenDays,
    /// `2023年3月底`
    Month,
    /// `2023年第一季度`
    Quarter,
    /// `2023年上半年`
    HalfYear,
    /// `2023年底`
    Year,
    /// `“十四五”期间`.
    FiveYear,
}

impl Precision {
    /// All precisions with their names in data and front matter.
    pub const NAMES: [(&str, Precision); 7] = [
        ("day", Self::Day),
        ("ten-day", Self::TenDays),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("half-year", Self::HalfYear),
        ("year", Self::Year),
        ("five-year", Self::FiveYear),
    ];

    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// How the text relates to the period it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// In its course: `2023年第一季度`, `2023年内`, `“十四五”期间`.
    Within,
    /// At its end: `2025年底`, `“十四五”末`.
    End,
    /// Before it, or before its end: `3月15日前`, `2025年12月底前`.
    Before,
    /// From it on: `2023年1月1日起`.
    From,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Its last day: the due day when the period is a deadline.
    pub last: Date,
    /// How finely it was written; that of the end, for a range.
    pub precision: Precision,
    /// Whether it was written from–to: `2022年至2025年`.
    pub range: bool,
}

/// How often something comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycle {
    /// `每年`
    Yearly,
    /// `每半年`
    HalfYearly,
    /// `每季度`
    Quarterly,
    /// `每月`
    Monthly,
    /// `每周`
    Weekly,
}

/// A time that comes round: `每年12月31日前`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// How often.
    pub cycle: Cycle,
    /// The month of the year by whose end it is due, 1–12, if stated.
    pub month: Option<i8>,
    /// The day of the month, 1–31, if stated; without it the month's last day.
    pub day: Option<i8>,
}

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Once.
    Once(Period),
    /// Again and again.
    Every(Recurrence),
}

/// A time that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The words that name it, with 前, 底 or 期间.
    pub span: Span,
    /// When it is.
    pub when: When,
    /// How the text relates to it.
    pub edge: Edge,
    /// True if 前 is directly behind a period, `6月前`: before its first day or before its last?
    pub open: bool,
}

/// The result of [`read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateReading {
    /// In the order of the text, never overlapping.
    pub moments: Vec<Moment>,
    /// Dates that the calendar does not have, or that no day follows from.
    pub problems: Vec<Problem>,
}

/// Reads every time that `text` names. `context_year` is the year of the document: it
/// is used where a sentence states none (`12月底前`, `年底前`, `今年`).
pub fn read(text: &str, context_year: Option<i16>) -> DateReading {
    let plain = script::simplified(text);
    read_simplified(&plain, matches!(plain, Cow::Owned(_)), context_year)
}

/// Reads the times of a text in simplified characters. `traditional` says that it was written in
/// traditional ones, where years may be those of the Republic (民國112年).
pub(super) fn read_simplified(text: &str, traditional: bool, context_year: Option<i16>) -> DateReading {
    let mut reading = DateReading::default();
    let fresh = Carry { year: context_year, month: None, republic: traditional };
    let mut carry = fresh;
    let mut at = 0;
    while at < text.len() {
        let end = match grammar::time(text, at, &carry) {
            Some(found) => {
                carry.learn(&found, context_year);
                reading.take(at, &found);
                found.end
            }
            None => skip(text, at),
        };
        if text[at..end].contains(ends_sentence) {
            carry = fresh;
        }
        at = end;
    }
    share_edges(text, &mut reading.moments);
    reading
}

/// The sentences that a stretch of a text touches, with their marks. The times in them are read the same
/// without the rest of the text.
pub fn sentences(text: &str, stretch: Span) -> Span {
    let start = behind_last(&text[..stretch.start], ends_sentence).unwrap_or(0);
    let mut behind = text[stretch.end..].char_indices();
    let mark = behind.find(|&(_, c)| ends_sentence(c));
    start..mark.map_or(text.len(), |(at, c)| stretch.end + at + c.len_utf8())
}

/// The parts of a time that a sentence has stated so far.
#[derive(Clone, Copy, Debug)]
struct Carry {
    year: Option<i16>,
    month: Option<u32>,
    /// True if years of three digits are those of the Republic of China.
    republic: bool,
}

impl Carry {
    /// A year before that of the document is told of the past: what is due later in the sentence
    /// is due in the document's year.
    fn learn(&mut self, found: &grammar::TimeMatch, context_year: Option<i16>) {
        let later = found.year.filter(|year| context_year.is_none_or(|own| *year >= own));
        self.year = later.or(self.year);
        self.month = found.month.or(self.month);
    }
}

impl DateReading {
    fn take(&mut self, at: usize, found: &grammar::TimeMatch) {
        let span = at..found.end;
        match &found.when {
            Ok(when) => self.moments.push(Moment { span, when: *when, edge: found.edge, open: found.open }),
            // 3月 and 上半年 in running text need not be dates at all.
            Err(ProblemKind::YearNotStated) if !found.firm => {}
            Err(kind) => self.problems.push(Problem::new(span, kind.clone())),
        }
    }
}

/// The place to look at next when no date starts at `at`: behind a whole number, so that no
/// date is read out of its tail (`16.5月`, `20255年`), or behind one character.
fn skip(text: &str, at: usize) -> usize {
    let is_number = |c: char| number::arabic(c).is_some() || c == '.' || c == '．';
    let rest = &text[at..];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if number::leading_arabic(rest).is_some() {
        return rest.find(|c| !is_number(c)).map_or(text.len(), |i| at + i);
    }
    at + number::leading_han(rest).map_or(first, |run| run.bytes)
}

/// In `2022年2月28日和12月1日前` the 前 belongs to both days, in `6月、9月底前` to both months.
fn share_edges(text: &str, moments: &mut [Moment]) {
    share_cycles(text, moments);
    for i in (1..moments.len()).rev() {
        let between = text[moments[i - 1].span.end..moments[i].span.start].trim();
        let listed = matches!(between, "、" | "和" | "及" | "与" | "以及");
        let shared = moments[i].edge == Edge::Before && moments[i - 1].edge == Edge::Within;
        if listed && shared && are_alike(&moments[i - 1], &moments[i]) {
            moments[i - 1].edge = Edge::Before;
        }
    }
}

/// In `每年6月底和12月底前` both months come round.
fn share_cycles(text: &str, moments: &mut [Moment]) {
    for i in 1..moments.len() {
        let between = text[moments[i - 1].span.end..moments[i].span.start].trim();
        let listed = matches!(between, "、" | "和" | "及" | "与" | "以及");
        let yearly = |r: &Recurrence| r.cycle == Cycle::Yearly && r.month.is_some();
        let dated = !text[moments[i].span.clone()].contains('年');
        let (When::Every(cycle), When::Once(period)) = (moments[i - 1].when, moments[i].when) else {
            continue;
        };
        if listed && dated && yearly(&cycle) && period.precision <= Precision::Month {
            let day = (period.precision == Precision::Day).then(|| period.last.day());
            moments[i].when = When::Every(Recurrence { month: Some(period.last.month()), day, ..cycle });
        }
    }
}

fn are_alike(one: &Moment, other: &Moment) -> bool {
    let precision = |moment: &Moment| match moment.when {
        When::Once(period) if !period.range && !moment.open => Some(period.precision),
        _ => None,
    };
    let both = precision(one);
    both == precision(other) && matches!(both, Some(Precision::Day | Precision::Month))
}

/// Whether words that no rule reads may be meant as a time.
pub(super) fn hints_at_time(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "年底",
        "年内",
        "年末",
        "月底",
        "月末",
        "季度",
        "半年",
        "期间",
        "每年",
        "每月",
        "五”",
        "旬",
        "五年规划",
        "工作日",
        "日内",
        "天内",
        "周内",
        "月内",
    ];
    let dated = text.char_indices().any(|(i, c)| {
        let before = text[..i].chars().next_back();
        matches!(c, '年' | '月' | '日') && before.is_some_and(number::is_numeral)
    });
    dated || WORDS.iter().any(|word| text.contains(word)) || starts_like_iso(text)
}

fn starts_like_iso(text: &str) -> bool {
    let mut cursor = Cursor::new(text, 0);
    let year = cursor.number().is_some_and(|run| run.chars == 4);
    year && cursor.eat_any(grammar::ISO_MARKS).is_some() && cursor.number().is_some()
}
