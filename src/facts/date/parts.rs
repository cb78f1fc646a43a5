//! The parts of written times: halves, quarters, months, days, and what follows them.

use super::Edge;
use super::calendar::YearPart;
use crate::facts::scan::Cursor;

/// Separators between the ends of a range.
pub(super) const TO: &[&str] = &["——", "至", "到", "—", "–", "-", "－", "~", "～", "―", "─"];

/// Words for the end of a period; longer ones first.
const ENDS: &[&str] = &["规划期末", "年底", "年末", "年终", "期末", "月末", "月底", "底", "末期", "末"];

/// Words for the course of a period.
const COURSES: &[&str] =
    &["规划期内", "规划期间", "规划期", "时期", "期间", "期内", "年内", "以内", "之内", "全年"];

/// How the text relates to a time, and whether to its end in so many words.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeRelation {
    pub(super) edge: Edge,
    pub(super) end: bool,
}

impl TimeRelation {
    /// Before a period: before its first day or its last? `6月前` does not say.
    pub(super) fn is_open(self, day: bool) -> bool {
        self.edge == Edge::Before && !self.end && !day
    }
}

pub(super) fn part_of_year(c: &mut Cursor<'_>) -> YearPart {
    let vague = |c: &mut Cursor<'_>| {
        let start = c.eat_unless("年初", &["步"]) || c.eat_unless("初", &["步"]);
        start || middle(c, &["年年中", "年中", "中"])
    };
    half(c)
        .or_else(|| quarter(c))
        .or_else(|| part_of_month(c))
        .or_else(|| vague(c).then_some(YearPart::Vague))
        .unwrap_or(YearPart::Year)
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

pub(super) fn half(c: &mut Cursor<'_>) -> Option<YearPart> {
    let word = c.eat_any(&["上半年", "下半年"])?;
    Some(YearPart::Half(if word == "上半年" { 1 } else { 2 }))
}

/// `第一季度`, `一季度`, `第1季度`, `Q3`, `前三季度`.
pub(super) fn quarter(c: &mut Cursor<'_>) -> Option<YearPart> {
    let mut attempt = *c;
    let several = attempt.eat("前");
    attempt.eat("第");
    let western = !several && (attempt.eat("Q") || attempt.eat("q"));
    let run = attempt.number()?;
    let found = match western {
        true => run.chars == 1 && (1..=4).contains(&run.value),
        false => run.chars <= 2 && attempt.eat("季度"),
    };
    if found {
        *c = attempt;
    }
    let part = if several { YearPart::FirstQuarters } else { YearPart::Quarter };
    found.then_some(part(run.value))
}

/// A month, with its day or third if it has one; `1` of `1—6月`.
pub(super) fn part_of_month(c: &mut Cursor<'_>) -> Option<YearPart> {
    let month = month(c).or_else(|| month_before_dash(c))?;
    if let Some(day) = day(c) {
        return Some(YearPart::Day(month, day));
    }
    let third = ["上旬", "中旬", "下旬"].iter().position(|word| c.eat(word));
    if let Some(third) = third {
        return Some(YearPart::TenDays(month, third as u32 + 1));
    }
    let vague = c.eat_unless("初", &["步"]) || middle(c, &["中"]);
    Some(if vague { YearPart::Vague } else { YearPart::Month(month) })
}

pub(super) fn month(c: &mut Cursor<'_>) -> Option<u32> {
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

pub(super) fn day(c: &mut Cursor<'_>) -> Option<u32> {
    let mut attempt = *c;
    let run = attempt.number().filter(|run| run.chars <= 3)?;
    let found = attempt.eat_unless("日", &["内", "均", "之内", "以内", "报"]) || attempt.eat("号");
    if found {
        *c = attempt;
    }
    found.then_some(run.value)
}

/// Takes what relates the text to the time: 底前, 末, 前, 期间, 起 or nothing.
pub(super) fn edge(c: &mut Cursor<'_>) -> TimeRelation {
    let end = c.eat_any(ENDS).is_some();
    let edge = if eat_before(c) {
        Edge::Before
    } else if end {
        Edge::End
    } else if eat_from(c) {
        Edge::From
    } else {
        if c.eat_any(COURSES).is_none() {
            c.eat_unless("内", &["地", "容", "部", "设", "外", "涵", "需"]);
        }
        Edge::Within
    };
    TimeRelation { edge, end }
}

fn eat_from(c: &mut Cursor<'_>) -> bool {
    c.eat_unless("起", &["草", "诉", "源", "步", "到"])
        || c.eat_any(&["开始", "以来", "之后", "以后"]).is_some()
}

fn eat_before(c: &mut Cursor<'_>) -> bool {
    let mut attempt = *c;
    let found = (eat_hour(&mut attempt) && eat_word_before(&mut attempt)) || {
        attempt = *c;
        eat_word_before(&mut attempt)
    };
    if found {
        *c = attempt;
    }
    found
}

/// The hour of a day, which no deadline keeps: `24时`, `17:00`.
fn eat_hour(c: &mut Cursor<'_>) -> bool {
    let hour = c.number().is_some_and(|run| run.chars <= 2);
    hour && (c.eat_any(&["时", "点"]).is_some()
        || (c.eat_any(&[":", "："]).is_some() && c.number().is_some()))
}

fn eat_word_before(c: &mut Cursor<'_>) -> bool {
    let quarters = |c: &Cursor<'_>| {
        let mut after = *c;
        after.eat("前") && after.number().is_some() && after.sees_any(&["季度", "个"])
    };
    c.eat_any(&["之前", "以前"]).is_some()
        || (!quarters(c) && c.eat_unless("前", &["往", "后", "期", "沿", "瞻", "列", "款"]))
}
