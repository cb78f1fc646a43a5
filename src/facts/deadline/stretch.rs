//! Stretches of time from a stated start: 自2025年1月1日起三年内, 自印发之日起30日内.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Context;
use crate::facts::Span;
use crate::facts::date::{Edge, Moment, Precision, When};
use crate::facts::scan::Cursor;

/// A stretch of time: the words that name it, and its last day where one follows.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) span: Span,
    pub(super) last: Option<(Date, Precision)>,
}

/// The stretch that begins with a start of the calendar: 2025年起三年内.
pub(super) fn from_moment(text: &str, moment: &Moment) -> Option<Stretch> {
    let When::Once(period) = moment.when else { return None };
    let (length, end) = length(text, moment.span.end).filter(|_| moment.edge == Edge::From)?;
    let precision = if period.precision == Precision::Year { Precision::Year } else { Precision::Day };
    let last = length.last_from(period.first);
    Some(Stretch { span: led(text, moment.span.start)..end, last: last.map(|day| (day, precision)) })
}

/// The stretch from a day that only the front matter states: 印发之日起三年内. `at` is where 之日起
/// begins.
pub(super) fn from_issue(text: &str, at: usize, context: &Context) -> Option<Stretch> {
    let (length, end) = length(text, at + "之日起".len())?;
    let issued = ["印发", "发布", "下发"].iter().any(|word| text[..at].ends_with(word));
    let first = context.issued.filter(|_| issued);
    let last = first.and_then(|first| length.last_from(first)).map(|day| (day, Precision::Day));
    let from = ["自", "从"].iter().filter_map(|word| text[near(text, at)..at].rfind(word)).max();
    let start = from.map_or(at, |from| near(text, at) + from);
    Some(Stretch { span: start..end, last })
}

/// A place a few words before `at`.
fn near(text: &str, at: usize) -> usize {
    text[..at].char_indices().rev().take(12).last().map_or(at, |(at, _)| at)
}

/// Where a start begins, with 自.
fn led(text: &str, at: usize) -> usize {
    ["自", "从"].iter().find(|word| text[..at].ends_with(**word)).map_or(at, |word| at - word.len())
}

#[derive(Clone, Copy)]
enum Length {
    Years(u32),
    Months(u32),
    Days(u32),
    /// Working days, which depend on holidays that no calendar knows ahead.
    Unknown,
}

impl Length {
    /// The last day of the stretch; 起 counts the first day in.
    fn last_from(self, first: Date) -> Option<Date> {
        let span = match self {
            Self::Years(n) => i64::from(n).years(),
            Self::Months(n) => i64::from(n).months(),
            Self::Days(n) => i64::from(n).days(),
            Self::Unknown => return None,
        };
        first.checked_add(span).ok()?.yesterday().ok()
    }
}

/// `三年内`, `6个月内`, and where it ends.
fn length(text: &str, at: usize) -> Option<(Length, usize)> {
    let mut c = Cursor::new(text, at);
    c.eat_any(&["，", "的"]);
    let number = c.number().filter(|run| run.value <= 3660)?.value;
    let unit = c.eat_any(&["个工作日", "工作日", "个月", "年", "日", "天"])?;
    c.eat_any(&["以内", "之内", "内"])?;
    let length = match unit {
        "年" if number <= 50 => Length::Years(number),
        "个月" => Length::Months(number),
        "日" | "天" => Length::Days(number),
        _ => Length::Unknown,
    };
    Some((length, c.at()))
}
