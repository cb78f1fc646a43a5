//! From what was written to days of the calendar.

use jiff::civil::Date;

use super::{Carry, Cycle, Period, Precision, ProblemKind, Recurrence};

/// One end of a time, as written: its parts, not yet checked against the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// The year, if it was written in figures.
    pub(super) year: Option<i16>,
    /// The part of the year.
    pub(super) part: YearPart,
}

/// A part of the year that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearPart {
    /// All of it.
    Year,
    /// 1 or 2.
    Half(u32),
    /// 1–4 if the calendar has it.
    Quarter(u32),
    /// From the first to this one: 前三季度.
    FirstQuarters(u32),
    /// 1–12 if the calendar has it.
    Month(u32),
    /// Month, and 1–3 for 上旬, 中旬, 下旬.
    TenDays(u32, u32),
    /// Month and day.
    Day(u32, u32),
    /// A day of the month stated before.
    DayOnly(u32),
    /// A five-year plan by its ordinal.
    FiveYear(u32),
    /// 初 or 中 of a year or month.
    Vague,
}

impl Point {
    /// The month that later days of the sentence may lean on.
    pub(super) fn month(&self) -> Option<u32> {
        match self.part {
            YearPart::Month(month) | YearPart::TenDays(month, _) | YearPart::Day(month, _) => Some(month),
            _ => None,
        }
    }

    /// The days it covers.
    pub(super) fn resolve(&self, carry: &Carry) -> Result<Period, ProblemKind> {
        if let YearPart::FiveYear(ordinal) = self.part {
            return five_years(ordinal).ok_or_else(|| self.impossible(None));
        }
        if self.part == YearPart::Vague {
            return Err(ProblemKind::VagueDate);
        }
        let year = self.year.or(carry.year);
        // A month or day that no year has is wrong, whether or not the year is known.
        let trial = year.unwrap_or(2000);
        let period = self.in_year(trial, carry);
        let period = period.ok_or_else(|| self.impossible(year))?;
        year.map(|_| period).ok_or(ProblemKind::YearNotStated)
    }

    fn in_year(&self, year: i16, carry: &Carry) -> Option<Period> {
        match self.part {
            YearPart::Year => months(year, 1, 12, Precision::Year),
            YearPart::Half(half) => months(year, half * 6 - 5, half * 6, Precision::HalfYear),
            YearPart::Quarter(quarter @ 1..=4) => {
                months(year, quarter * 3 - 2, quarter * 3, Precision::Quarter)
            }
            YearPart::FirstQuarters(last @ 1..=4) => months(year, 1, last * 3, Precision::Quarter),
            YearPart::Month(month) => months(year, month, month, Precision::Month),
            YearPart::TenDays(month, third) => ten_days(year, month, third),
            YearPart::Day(month, day) => one_day(year, month, day),
            YearPart::DayOnly(day) => one_day(year, carry.month?, day),
            YearPart::Quarter(_) | YearPart::FirstQuarters(_) | YearPart::FiveYear(_) | YearPart::Vague => {
                None
            }
        }
    }

    fn impossible(&self, year: Option<i16>) -> ProblemKind {
        let day = match self.part {
            YearPart::Day(_, day) | YearPart::DayOnly(day) => Some(day),
            _ => None,
        };
        ProblemKind::ImpossibleDate { year, month: self.month(), day }
    }
}

/// The period from the start of `from` to the end of `to`.
pub(super) fn span(from: Period, to: Period) -> Result<Period, ProblemKind> {
    let period = Period { first: from.first, last: to.last, precision: to.precision, range: true };
    (from.first <= to.last).then_some(period).ok_or(ProblemKind::ReversedRange)
}

/// A recurrence, if the calendar has its month and day (29 February it has).
pub(super) fn recurrence(
    cycle: Cycle,
    month: Option<u32>,
    day: Option<u32>,
) -> Result<Recurrence, ProblemKind> {
    let known = one_day(2000, month.unwrap_or(1), day.unwrap_or(1)).is_some();
    let narrow = |n: Option<u32>| n.and_then(|n| i8::try_from(n).ok());
    known
        .then_some(Recurrence { cycle, month: narrow(month), day: narrow(day) })
        .ok_or(ProblemKind::ImpossibleDate { year: None, month, day })
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn one_day(year: i16, month: u32, day: u32) -> Option<Period> {
    let date = date(year, month, day)?;
    Some(period(date, date, Precision::Day))
}

fn months(year: i16, first: u32, last: u32, precision: Precision) -> Option<Period> {
    let last = date(year, last, 1)?.last_of_month();
    Some(period(date(year, first, 1)?, last, precision))
}

fn ten_days(year: i16, month: u32, third: u32) -> Option<Period> {
    let first = date(year, month, third * 10 - 9)?;
    let last = match third {
        3 => first.last_of_month(),
        _ => date(year, month, third * 10)?,
    };
    Some(period(first, last, Precision::TenDays))
}

/// Plans six (1981–1985) to thirty: the earlier ones are not cited by 几五 any more.
fn five_years(ordinal: u32) -> Option<Period> {
    let ordinal = i16::try_from(ordinal).ok().filter(|n| (6..=30).contains(n))?;
    let start = 1966 + 5 * (ordinal - 3);
    let last = months(start + 4, 1, 12, Precision::Year)?.last;
    Some(period(date(start, 1, 1)?, last, Precision::FiveYear))
}

fn period(first: Date, last: Date, precision: Precision) -> Period {
    Period { first, last, precision, range: false }
}
