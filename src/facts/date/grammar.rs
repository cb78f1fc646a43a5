//! The grammar of written times: one attempt at one place.

use super::calendar::{self, Part, Point};
use super::{Carry, Cycle, Edge, ProblemKind, When, number};
use crate::facts::number::Run;
use crate::facts::scan::Cursor;

/// What stands between the numbers of `2025-12-31`.
pub(super) const ISO_MARKS: &[&str] = &["-", "/", ".", "－", "．"];

const TO: &[&str] = &["——", "至", "到", "—", "–", "-", "－", "~", "～", "―", "─"];

const ENDS: &[&str] = &["规划期末", "年底", "年末", "年终", "期末", "月末", "月底", "底", "末期", "末"];

const COURSES: &[&str] =
    &["规划期内", "规划期间", "规划期", "时期", "期间", "期内", "年内", "以内", "之内", "全年"];

/// Words after which 年底 or a month is not this year's.
const OTHER_YEARS: &str = "去上往前近每多数几次明翌两历半同隔全周";

/// A time found, whether or not the calendar has it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) when: Result<When, ProblemKind>,
    pub(super) edge: Edge,
    /// The year that later dates of the sentence take.
    pub(super) year: Option<i16>,
    /// The month that later days of the sentence take.
    pub(super) month: Option<u32>,
    /// Whether the words can only be meant as a date.
    pub(super) firm: bool,
}

/// The time that starts at `at`, if one does.
pub(super) fn time(text: &str, at: usize, carry: &Carry) -> Option<Found> {
    if text[at..].starts_with(char::is_whitespace) || follows_number(text, at) {
        return None;
    }
    let cursor = Cursor::new(text, at);
    every(cursor).or_else(|| relative(cursor)).or_else(|| once(cursor, carry, text[..at].chars().next_back()))
}

/// Whether `at` is inside a number or behind 第: `16.5月`, `第12月`.
fn follows_number(text: &str, at: usize) -> bool {
    let starts = text[at..].chars().next().is_some_and(number::is_numeral);
    let before = text[..at].chars().next_back();
    let inside = |c: char| number::is_numeral(c) || matches!(c, '.' | '．' | '第');
    starts && before.is_some_and(inside)
}

/// `每年12月31日前`, `每季度`, `按月`.
fn every(mut c: Cursor<'_>) -> Option<Found> {
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
    let &(_, cycle) = CYCLES.iter().find(|(word, _)| c.eat(word))?;
    let month = (cycle == Cycle::Yearly).then(|| month(&mut c)).flatten();
    let day = (month.is_some() || cycle == Cycle::Monthly).then(|| day(&mut c)).flatten();
    let edge = edge(&mut c);
    let due = matches!(edge, Edge::End | Edge::Before);
    let year_end = cycle == Cycle::Yearly && due && month.is_none();
    let month = month.or(year_end.then_some(12));
    Some(Found {
        end: c.at(),
        when: calendar::recurrence(cycle, month, day).map(When::Every),
        edge,
        year: None,
        month: None,
        firm: true,
    })
}

/// `本月底`, `次年3月底前`: told from a day that the text does not state.
fn relative(mut c: Cursor<'_>) -> Option<Found> {
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
    c.eat_any(WORDS)?;
    let part = month(&mut c).is_some() || half(&mut c).is_some() || quarter(&mut c).is_some();
    let day = day(&mut c).is_some();
    let edge = edge(&mut c);
    let dated = part || day || matches!(edge, Edge::End | Edge::Before);
    dated.then_some(Found {
        end: c.at(),
        when: Err(ProblemKind::RelativeDate),
        edge,
        year: None,
        month: None,
        firm: true,
    })
}

/// A point in time, or a range from one to another.
fn once(start: Cursor<'_>, carry: &Carry, before: Option<char>) -> Option<Found> {
    let mut c = start;
    let from = five_year(&mut c).or_else(|| point(&mut c, carry, before))?;
    let first_edge = edge(&mut c);
    let mut carry_on = *carry;
    carry_on.year = from.year.or(carry.year);
    carry_on.month = from.month().or(carry.month);
    let to = matches!(first_edge, Edge::Within | Edge::From | Edge::End)
        .then(|| range_end(&mut c, &carry_on))
        .flatten();
    let period = match to {
        None => from.resolve(carry),
        Some((to, _)) => {
            (from.resolve(carry)).and_then(|first| calendar::span(first, to.resolve(&carry_on)?))
        }
    };
    let edge = to.map_or(first_edge, |(_, edge)| edge);
    let last = to.map_or(from, |(to, _)| to);
    Some(Found {
        end: c.at(),
        when: period.map(When::Once),
        edge,
        year: last.year.or(from.year),
        month: last.month().or(from.month()),
        firm: edge != Edge::Within || matches!(last.part, Part::Day(..) | Part::DayOnly(_)),
    })
}

/// `至2025年`, `—6月底前`.
fn range_end(c: &mut Cursor<'_>, carry: &Carry) -> Option<(Point, Edge)> {
    let mut attempt = *c;
    attempt.eat_any(TO)?;
    let to = point(&mut attempt, carry, Some('至'))?;
    let edge = edge(&mut attempt);
    *c = attempt;
    Some((to, edge))
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
    let part = if vague { Part::Vague } else { Part::FiveYear(ordinal) };
    Some(Point { year: None, part })
}

/// A year and what of it, or what of the year stated before.
fn point(c: &mut Cursor<'_>, carry: &Carry, before: Option<char>) -> Option<Point> {
    let mut attempt = *c;
    let found = iso(&mut attempt)
        .or_else(|| in_stated_year(&mut attempt))
        .or_else(|| in_this_year(&mut attempt, before))
        .or_else(|| in_carried_year(&mut attempt, carry))?;
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
    Some(Point { year: Some(year), part: Part::Day(month.value, day.value) })
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
    let part = if ranged { Part::Year } else { part_of_year(c) };
    Some(Point { year: Some(year), part })
}

/// `今年6月底前`, and `年底前` by itself.
fn in_this_year(c: &mut Cursor<'_>, before: Option<char>) -> Option<Point> {
    const ENDS: &[&str] = &["年底", "年末", "年内", "年终", "底", "末", "内"];
    let other = |c: char| number::is_numeral(c) || OTHER_YEARS.contains(c);
    let mut attempt = *c;
    let named = attempt.eat_any(&["今年", "本年度", "本年", "当年"]).is_some();
    let part = if named { part_of_year(&mut attempt) } else { Part::Year };
    let ends = attempt.sees_any(if named { ENDS } else { &ENDS[..4] });
    let stopped = attempt.sees_any(&["年内容", "内容", "内部"]) || (!named && before.is_some_and(other));
    if stopped || (part == Part::Year && !ends) {
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
        .or_else(|| carry.month.and_then(|_| day(&mut attempt)).map(Part::DayOnly))?;
    *c = attempt;
    let year = None;
    Some(Point { year, part })
}

fn part_of_year(c: &mut Cursor<'_>) -> Part {
    let vague = |c: &mut Cursor<'_>| {
        let start = c.eat_unless("年初", &["步"]) || c.eat_unless("初", &["步"]);
        start || middle(c, &["年年中", "年中", "中"])
    };
    half(c)
        .or_else(|| quarter(c))
        .or_else(|| part_of_month(c))
        .or_else(|| vague(c).then_some(Part::Vague))
        .unwrap_or(Part::Year)
}

/// 年中 and 月中, only where the words end there: `2025年中国…` is not the middle of a year.
fn middle(c: &mut Cursor<'_>, words: &[&'static str]) -> bool {
    let mut attempt = *c;
    let found = attempt.eat_any(words).is_some()
        && (attempt.ahead().is_empty() || attempt.sees_any(&["前", "完成", "，", "。", "、", "）", ")"]));
    if found {
        *c = attempt;
    }
    found
}

fn half(c: &mut Cursor<'_>) -> Option<Part> {
    let word = c.eat_any(&["上半年", "下半年"])?;
    Some(Part::Half(if word == "上半年" { 1 } else { 2 }))
}

/// `第一季度`, `一季度`, `第1季度`, `四季度`.
fn quarter(c: &mut Cursor<'_>) -> Option<Part> {
    let mut attempt = *c;
    attempt.eat("第");
    let run = attempt.number()?;
    let found = run.chars <= 2 && attempt.eat("季度");
    if found {
        *c = attempt;
    }
    found.then_some(Part::Quarter(run.value))
}

/// A month, with its day or third if it has one; `1` of `1—6月`.
fn part_of_month(c: &mut Cursor<'_>) -> Option<Part> {
    let month = month(c).or_else(|| month_before_dash(c))?;
    if let Some(day) = day(c) {
        return Some(Part::Day(month, day));
    }
    let third = ["上旬", "中旬", "下旬"].iter().position(|word| c.eat(word));
    if let Some(third) = third {
        return Some(Part::TenDays(month, third as u32 + 1));
    }
    let vague = c.eat_unless("初", &["步"]) || middle(c, &["中"]);
    Some(if vague { Part::Vague } else { Part::Month(month) })
}

fn month(c: &mut Cursor<'_>) -> Option<u32> {
    let mut attempt = *c;
    let run = attempt.number().filter(|run| run.chars <= 2)?;
    if !attempt.eat("月") || attempt.sees_any(&["球", "饼"]) {
        return None;
    }
    attempt.eat("份");
    *c = attempt;
    Some(run.value)
}

fn month_before_dash(c: &mut Cursor<'_>) -> Option<u32> {
    let mut attempt = *c;
    let run = attempt.number().filter(|run| run.chars <= 2)?;
    let behind = attempt;
    attempt.eat_any(TO)?;
    month(&mut attempt)?;
    *c = behind;
    Some(run.value)
}

fn day(c: &mut Cursor<'_>) -> Option<u32> {
    let mut attempt = *c;
    let run = attempt.number().filter(|run| run.chars <= 3)?;
    let found = attempt.eat_unless("日", &["内", "均", "之内", "以内", "报"]) || attempt.eat("号");
    if found {
        *c = attempt;
    }
    found.then_some(run.value)
}

/// Takes what relates the text to the time: 底前, 末, 前, 期间, 起 or nothing.
fn edge(c: &mut Cursor<'_>) -> Edge {
    let end = c.eat_any(ENDS).is_some();
    if eat_before(c) {
        return Edge::Before;
    }
    if end {
        return Edge::End;
    }
    let onward = c.eat_unless("起", &["草", "诉", "源", "步", "到"]);
    if onward || c.eat_any(&["开始", "以来", "之后", "以后"]).is_some() {
        return Edge::From;
    }
    if c.eat_any(COURSES).is_none() {
        c.eat_unless("内", &["地", "容", "部", "设", "外", "涵", "需"]);
    }
    Edge::Within
}

fn eat_before(c: &mut Cursor<'_>) -> bool {
    let quarters = |c: &Cursor<'_>| {
        let mut after = *c;
        after.eat("前") && after.number().is_some() && after.sees_any(&["季度", "个"])
    };
    c.eat_any(&["之前", "以前"]).is_some()
        || (!quarters(c) && c.eat_unless("前", &["往", "后", "期", "沿", "瞻", "列", "款"]))
}

fn as_year(run: Run) -> Option<i16> {
    let year = i16::try_from(run.value).ok()?;
    (run.chars == 4 && (1900..2200).contains(&year)).then_some(year)
}
