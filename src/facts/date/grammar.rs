//! The grammar of written times: one attempt at one place.

use super::calendar::{self, Point, YearPart};
use super::parts::{TO, TimeRelation, day, edge, half, month, part_of_month, part_of_year, quarter};
use super::{Carry, Cycle, Edge, ProblemKind, When, number};
use crate::facts::number::NumeralRun;
use crate::facts::scan::{Cursor, is_space};

/// Separators between the numbers of `2025-12-31`.
pub(super) const ISO_MARKS: &[&str] = &["-", "/", ".", "－", "．"];

/// Words after which 年底 or a month is not this year's.
const OTHER_YEARS: &str = "去上往前近每多数几次明翌两历半同隔全周";

/// A time found, whether or not the calendar has it.
#[derive(Clone, Debug)]
pub(super) struct TimeMatch {
    pub(super) end: usize,
    pub(super) when: Result<When, ProblemKind>,
    pub(super) edge: Edge,
    /// The year that later dates of the sentence take.
    pub(super) year: Option<i16>,
    /// The month that later days of the sentence take.
    pub(super) month: Option<u32>,
    /// Whether the words can only be meant as a date.
    pub(super) firm: bool,
    /// True if 前 is directly behind a period.
    pub(super) open: bool,
}

/// The time that starts at `at`, if one does.
pub(super) fn time(text: &str, at: usize, carry: &Carry) -> Option<TimeMatch> {
    if text[at..].starts_with(char::is_whitespace) || follows_number(text, at) {
        return None;
    }
    let cursor = Cursor::new(text, at);
    every(cursor)
        .or_else(|| relative(cursor))
        .or_else(|| once(cursor, carry, text[..at].trim_end_matches(is_space).chars().next_back()))
}

/// Whether `at` is inside a number or behind 第: `16.5月`, `第12月`.
fn follows_number(text: &str, at: usize) -> bool {
    let starts = text[at..].chars().next().is_some_and(number::is_numeral);
    let before = text[..at].chars().next_back();
    let inside = |c: char| number::is_numeral(c) || matches!(c, '.' | '．' | '第');
    starts && before.is_some_and(inside)
}

/// `每年12月31日前`, `每季度`, `按月`.
fn every(mut c: Cursor<'_>) -> Option<TimeMatch> {
    const CYCLES: &[(&str, Cycle)] = &[
        ("每年度", Cycle::Yearly),
        ("每年", Cycle::Yearly),
        ("每半年", Cycle::HalfYearly),
        ("每个季度", Cycle::Quarterly),
        ("每季度", Cycle::Quarterly),
        ("每季", Cycle::Quarterly),
        ("每个月", Cycle::Monthly),
        ("每月", Cycle::Monthly),
        ("每周", Cycle::Weekly),
        ("按年度", Cycle::Yearly),
        ("按季度", Cycle::Quarterly),
        ("按半年", Cycle::HalfYearly),
        ("按月", Cycle::Monthly),
    ];
    // Nearly every place of a text is asked, and hardly one begins so.
    if !c.rest().starts_with(['每', '按']) {
        return None;
    }
    let &(_, cycle) = CYCLES.iter().find(|(word, _)| c.eat(word))?;
    let month = (cycle == Cycle::Yearly).then(|| month(&mut c)).flatten();
    let day = (month.is_some() || cycle == Cycle::Monthly).then(|| day(&mut c)).flatten();
    let bound = edge(&mut c);
    let due = matches!(bound.edge, Edge::End | Edge::Before);
    let year_end = cycle == Cycle::Yearly && due && month.is_none();
    let month = month.or(year_end.then_some(12));
    let open = bound.is_open(day.is_some());
    let when = if open { Err(ProblemKind::BeforePeriod) } else { calendar::recurrence(cycle, month, day) };
    Some(TimeMatch {
        end: c.at(),
        when: when.map(When::Every),
        edge: bound.edge,
        year: None,
        month: None,
        firm: true,
        open: false,
    })
}

/// `本月底`, `次年3月底前`: told from a day that the text does not state.
fn relative(mut c: Cursor<'_>) -> Option<TimeMatch> {
    const WORDS: &[&str] = &[
        "本月",
        "当月",
        "下个月",
        "下月",
        "次月",
        "本季度",
        "下季度",
        "本周",
        "下周",
        "次年",
        "明年",
        "翌年",
        "下一年度",
        "下一年",
        "下年度",
        "下年",
    ];
    if !c.rest().starts_with(['本', '当', '下', '次', '明', '翌']) {
        return None;
    }
    c.eat_any(WORDS)?;
    let part = month(&mut c).is_some() || half(&mut c).is_some() || quarter(&mut c).is_some();
    let day = day(&mut c).is_some();
    let TimeRelation { edge, .. } = edge(&mut c);
    let dated = part || day || matches!(edge, Edge::End | Edge::Before);
    dated.then_some(TimeMatch {
        end: c.at(),
        when: Err(ProblemKind::RelativeDate),
        edge,
        year: None,
        month: None,
        firm: true,
        open: false,
    })
}

/// A point in time, or a range from one to another.
fn once(start: Cursor<'_>, carry: &Carry, before: Option<char>) -> Option<TimeMatch> {
    let mut c = start;
    let from = five_year(&mut c).or_else(|| point(&mut c, carry, before))?;
    let first = edge(&mut c);
    let mut later = *carry;
    later.year = from.year.or(carry.year);
    later.month = from.month().or(carry.month);
    let to = (first.edge != Edge::Before).then(|| range_end(&mut c, &later)).flatten();
    let (last, bound) = to.unwrap_or((from, first));
    let period = from.resolve(carry).and_then(|period| match to {
        None => Ok(period),
        Some((to, _)) => calendar::span(period, to.resolve(&later)?),
    });
    let day = matches!(last.part, YearPart::Day(..) | YearPart::DayOnly(_));
    let open = period.is_ok() && bound.is_open(day);
    Some(TimeMatch {
        end: c.at(),
        when: period.map(When::Once),
        edge: bound.edge,
        year: last.year.or(from.year),
        month: last.month().or(from.month()),
        firm: bound.edge != Edge::Within || day,
        open,
    })
}

/// `至2025年`, `—6月底前`.
fn range_end(c: &mut Cursor<'_>, carry: &Carry) -> Option<(Point, TimeRelation)> {
    let mut attempt = *c;
    attempt.eat_any(TO)?;
    let to = point(&mut attempt, carry, Some('至'))?;
    let bound = edge(&mut attempt);
    *c = attempt;
    Some((to, bound))
}

/// `“十四五”期间`, `十四五末`. Without 期间 or 末 the words name a plan, not a time.
fn five_year(c: &mut Cursor<'_>) -> Option<Point> {
    let mut attempt = *c;
    attempt.eat_any(&["“", "\"", "「"]);
    let spelt = attempt.eat("第");
    let run = number::leading_han(attempt.ahead())?;
    let numerals = &attempt.ahead()[..run.bytes];
    let ordinal = match numerals.strip_suffix('五') {
        _ if spelt => run.value,
        Some("") | None => return None,
        Some(head) => number::leading_han(head)?.value,
    };
    attempt.number()?;
    if spelt && !attempt.eat("个五年规划") {
        return None;
    }
    attempt.eat_any(&["”", "\"", "」"]);
    let vague = attempt.eat_any(&["初期", "中期", "前期", "后期"]).is_some();
    if !vague && !attempt.sees_any(&["期", "时期", "规划期", "末", "以来"]) {
        return None;
    }
    *c = attempt;
    let part = if vague { YearPart::Vague } else { YearPart::FiveYear(ordinal) };
    Some(Point { year: None, part })
}

/// A year and what of it, or what of the year stated before.
fn point(c: &mut Cursor<'_>, carry: &Carry, before: Option<char>) -> Option<Point> {
    let mut attempt = *c;
    let found = iso(&mut attempt)
        .or_else(|| in_stated_year(&mut attempt))
        .or_else(|| carry.republic.then(|| in_year_of_republic(&mut attempt)).flatten())
        .or_else(|| in_this_year(&mut attempt, before))
        .or_else(|| {
            // 25年12月底前: a year that cannot be read must not give way to another.
            let unread = before == Some('年');
            (!unread).then(|| in_carried_year(&mut attempt, carry)).flatten()
        })?;
    *c = attempt;
    Some(found)
}

/// `2025-12-31`, `2025/12/31`, `2025.12.31` (GB/T 7408 and its relatives).
fn iso(c: &mut Cursor<'_>) -> Option<Point> {
    let mut attempt = *c;
    let year = as_year(number::leading_arabic(attempt.ahead())?)?;
    attempt.number()?;
    let mark = attempt.eat_any(ISO_MARKS)?;
    let month = attempt.number().filter(|run| run.chars <= 2)?;
    let day = (attempt.eat(mark).then(|| attempt.number())?).filter(|run| run.chars <= 2)?;
    if attempt.sees_any(&["年", "月", "%", "."]) {
        return None;
    }
    *c = attempt;
    Some(Point { year: Some(year), part: YearPart::Day(month.value, day.value) })
}

/// `2025年…`; the first year of `2022—2025年` too.
fn in_stated_year(c: &mut Cursor<'_>) -> Option<Point> {
    let mut attempt = *c;
    let year = as_year(attempt.number()?)?;
    let mut after = attempt;
    let ranged = after.eat_any(TO).is_some() && after.number().and_then(as_year).is_some() && after.eat("年");
    if !ranged && !attempt.eat("年") {
        return None;
    }
    attempt.eat_unless("度", &["假"]);
    *c = attempt;
    let part = if ranged { YearPart::Year } else { part_of_year(c) };
    Some(Point { year: Some(year), part })
}

/// `112年12月31日`, of the Republic of China: 1911 years later.
fn in_year_of_republic(c: &mut Cursor<'_>) -> Option<Point> {
    let mut attempt = *c;
    attempt.eat("民国");
    let run = attempt.number().filter(|run| run.chars == 3 && (90..200).contains(&run.value))?;
    let part = attempt.eat("年").then(|| part_of_year(&mut attempt))?;
    if part == YearPart::Year && !attempt.sees_any(&["底", "末", "内", "度"]) {
        return None;
    }
    *c = attempt;
    Some(Point { year: i16::try_from(run.value + 1911).ok(), part })
}

/// `今年6月底前`, and `年底前` by itself.
fn in_this_year(c: &mut Cursor<'_>, before: Option<char>) -> Option<Point> {
    const ENDS: &[&str] = &["年底", "年末", "年内", "年终", "底", "末", "内"];
    let other = |c: char| number::is_numeral(c) || OTHER_YEARS.contains(c);
    let mut attempt = *c;
    let named = attempt.eat_any(&["今年", "本年度", "本年", "当年"]).is_some();
    let part = if named { part_of_year(&mut attempt) } else { YearPart::Year };
    let ends = attempt.sees_any(if named { ENDS } else { &ENDS[..4] });
    let stopped = attempt.sees_any(&["年内容", "内容", "内部"]) || (!named && before.is_some_and(other));
    if stopped || (part == YearPart::Year && !ends) {
        return None;
    }
    *c = attempt;
    Some(Point { year: None, part })
}

/// `12月底`, `第一季度`, `15日`: the year, or the month, was stated before.
fn in_carried_year(c: &mut Cursor<'_>, carry: &Carry) -> Option<Point> {
    let mut attempt = *c;
    let part = half(&mut attempt)
        .or_else(|| quarter(&mut attempt))
        .or_else(|| part_of_month(&mut attempt))
        .or_else(|| carry.month.and_then(|_| day(&mut attempt)).map(YearPart::DayOnly))?;
    *c = attempt;
    let year = None;
    Some(Point { year, part })
}

fn as_year(run: NumeralRun) -> Option<i16> {
    let year = i16::try_from(run.value).ok()?;
    (run.chars == 4 && (1900..2200).contains(&year)).then_some(year)
}
