//! Promises in running text: `2027年6月底前，完成12个社区活动室改造`, `于12月1日前报送`.
//!
//! A time counts if it is written with 前, 底 or 末, after 到 or a word like 力争, or directly
//! before a word of completion, and nothing beside it says otherwise: times that have gone by
//! (截至…已…), that say which things are meant (2000年底前建成的小区), of validity and entry into
//! force, and all times within titles are none.

use super::clause::dated;
use super::words::{ADVERBS, ATTRIBUTES, COMPLETIONS, FOLLOWING, HEDGES, NO_PROMISE, VERBS};
use super::{Basis, Context, Deadline, DeadlineKind, FactPlace, occasion, quote, stretch};
use crate::facts::date::{DateReading, Edge, Moment, Precision, When};
use crate::facts::index::Cover;
use crate::facts::scan::{self, Cursor};
use crate::facts::{Problem, ProblemKind, Span};

/// Words directly before a time that make it a start or a comparison.
const FROM: &[&str] = &["自", "从", "较", "比", "与", "同", "早在", "含"];

/// Further acts directly behind an occasion: 汛前清理河道, 春节前将….
const WORKS: &[&str] = &[
    "对",
    "把",
    "将",
    "开放",
    "安装",
    "改造",
    "修复",
    "修缮",
    "清",
    "拆除",
    "更换",
    "检修",
    "维修",
    "排查",
    "治理",
    "整治",
    "储备",
    "投放",
    "调试",
    "试运行",
    "通车",
    "供水",
    "供暖",
    "供热",
    "兑现",
    "发放",
    "支付",
    "结清",
    "淘汰",
    "播种",
    "收割",
    "抢修",
    "疏通",
    "加固",
    "备足",
    "转移",
    "安置",
    "种植",
    "补植",
    "兑付",
    "足额",
    "投入",
    "投用",
    "竣工",
    "完工",
    "交付",
    "销号",
    "核查",
    "摸清",
    "搬迁",
];

/// The promises of running text, and what is wrong with its times.
pub(super) fn read(
    text: &str,
    dates: &DateReading,
    elsewhere: &Cover,
    context: &Context,
) -> (Vec<Deadline>, Vec<Problem>) {
    let outside = |span: &Span| !elsewhere.contains(span.start);
    let mut found: Vec<Deadline> = Vec::new();
    let moments = dates.moments.iter().filter(|m| outside(&m.span));
    found.extend(moments.filter_map(|m| of_moment(text, m, context)));
    found.extend(occasions(text, context).into_iter().filter(|d| outside(&d.time)));
    found.extend(issues(text, context).into_iter().filter(|d| outside(&d.time)));
    let mut problems = Vec::new();
    for problem in dates.problems.iter().filter(|problem| outside(&problem.span)) {
        let told = text[problem.span.clone()].ends_with(['前', '底', '末'])
            && acts_behind(text, &problem.span)
            && !denies(text, &problem.span);
        match problem.kind {
            ProblemKind::ImpossibleDate { .. } | ProblemKind::ReversedRange => problems.push(problem.clone()),
            ProblemKind::YearNotStated if told => {
                found.push(Deadline::in_words(text, problem.span.clone()));
                problems.push(problem.clone());
            }
            ProblemKind::RelativeDate if told => problems.push(problem.clone()),
            _ => {}
        }
    }
    found.sort_by_key(|deadline| deadline.time.start);
    found.dedup_by(|next, last| next.time.start < last.time.end);
    quote::extend(text, &mut found, elsewhere.stretches());
    (found, problems)
}

fn of_moment(text: &str, moment: &Moment, context: &Context) -> Option<Deadline> {
    if let Some(stretch) = stretch::from_moment(text, moment).filter(|s| !denies(text, &s.span)) {
        return Some(of_stretch(text, &stretch));
    }
    let past = match moment.when {
        When::Once(period) => context.is_past(period.last) || (period.range && moment.edge == Edge::Within),
        When::Every(_) => !matches!(moment.edge, Edge::Before | Edge::End),
    };
    let told = !past && !denies(text, &moment.span) && promises(text, moment, context);
    told.then(|| dated(text, moment, moment.span.clone()).at(FactPlace::Text))
}

/// Returns whether the words around a time make it a due day.
fn promises(text: &str, moment: &Moment, context: &Context) -> bool {
    let before = clause_before(text, moment.span.start);
    let period = match moment.when {
        When::Once(period) => Some(period),
        When::Every(_) => None,
    };
    let fine = period.is_none_or(|p| p.precision < Precision::Year);
    match moment.edge {
        Edge::Before => true,
        Edge::End => is_led(before) || acts_behind(text, &moment.span),
        Edge::From => false,
        Edge::Within => {
            let course = text[moment.span.clone()].ends_with('内');
            let own = period.is_some_and(|p| Some(p.last.year()) == context.year) && !fine;
            let set_off = text[moment.span.end..].starts_with(['，', ',']);
            (course && acts_behind(text, &moment.span))
                || is_led(before) && (set_off || acts_behind(text, &moment.span))
                || (!own && completes(text, moment.span.end))
        }
    }
}

/// Returns whether a clause leads in to a due time: 到, 力争, 确保到. 达到2025年水平 does not.
fn is_led(before: &str) -> bool {
    let hedged = |words: &str| HEDGES.iter().any(|word| words.ends_with(word));
    let to = quote::without_marker(before).strip_suffix(['到', '至']).map(str::trim_end);
    hedged(before)
        || to.is_some_and(|rest| rest.is_empty() || hedged(rest) || rest.ends_with(['并', '、', '要']))
}

/// Returns whether words around a time deny that it is a due time.
fn denies(text: &str, time: &Span) -> bool {
    let before = clause_before(text, time.start);
    let rest = &text[time.end..scan::clause_end_within(text, time.end)];
    let told = |words: &str| NO_PROMISE.iter().any(|word| words.contains(word));
    let gone = |rest: &str| rest.trim_start().starts_with(['已', '的', '曾', '原', '以']);
    let behind = text[time.end..].trim_start_matches(['，', ',']);
    told(before)
        || FROM.iter().any(|word| before.ends_with(word))
        || gone(rest)
        || gone(behind)
        || behind.starts_with("全市已")
        || FOLLOWING.iter().any(|word| rest.contains(word))
        || describes(rest)
}

/// Returns whether a time with the verb behind it says which things are meant: …前建成的小区.
fn describes(rest: &str) -> bool {
    let Some((head, noun)) = rest.split_once('的') else { return false };
    let mut head = head.trim();
    for lead in ["已", "未", "尚未", "经", "依法", "首次", "由"] {
        head = head.strip_prefix(lead).unwrap_or(head);
    }
    let verb = ATTRIBUTES.iter().find_map(|verb| head.strip_prefix(verb));
    let whole = verb.is_some_and(|rest| {
        rest.is_empty() || ATTRIBUTES.iter().any(|verb| rest.trim_start_matches(['并', '或', '、']) == *verb)
    });
    whole && !noun.is_empty()
}

/// Whether the rest of the sentence says what will be done, not what has been.
fn acts_behind(text: &str, span: &Span) -> bool {
    let end = scan::sentence_end_within(text, span.end);
    let rest = &text[span.end..end];
    let start = scan::clause_start_within(text, span.start);
    let before = &text[start..span.start];
    VERBS.iter().any(|verb| rest.contains(verb))
        || rest.is_empty() && VERBS.iter().any(|v| before.contains(v))
}

/// Returns whether a word of completion is directly behind `at`.
fn completes(text: &str, at: usize) -> bool {
    let mut cursor = Cursor::new(text, at);
    while cursor.eat_any(ADVERBS).is_some() {}
    cursor.sees_any(COMPLETIONS)
}

/// The words of a clause before `at`.
fn clause_before(text: &str, at: usize) -> &str {
    text[scan::clause_start_within(text, at)..at].trim_end()
}

/// The occasions before which something is due.
fn occasions(text: &str, context: &Context) -> Vec<Deadline> {
    let named = text.match_indices('前').filter_map(|(at, _)| {
        let named = occasion::before(text, at, context.year)?;
        let behind = text[named.span.end..].trim_start_matches(['，', ',', ' ']);
        let mut cursor = Cursor::new(behind, 0);
        while cursor.eat_any(ADVERBS).is_some() {}
        let acts = cursor.sees_any(VERBS) || cursor.sees_any(WORKS);
        let set_off = text[named.span.end..].starts_with(['，', ',']) && acts_behind(text, &named.span);
        let told = (acts || set_off) && !behind.starts_with(['后', '夕']) && !denies(text, &named.span);
        told.then(|| Deadline::before(text, &named, context).at(FactPlace::Text))
    });
    named.collect()
}

/// Stretches from the day of issue.
fn issues(text: &str, context: &Context) -> Vec<Deadline> {
    let stretches = text.match_indices("之日起").filter_map(|(at, _)| stretch::from_issue(text, at, context));
    stretches.filter(|s| !denies(text, &s.span)).map(|s| of_stretch(text, &s)).collect()
}

fn of_stretch(text: &str, stretch: &stretch::Stretch) -> Deadline {
    let mut deadline = Deadline::in_words(text, stretch.span.clone());
    deadline.kind = DeadlineKind::Due;
    deadline.edge = Some(Edge::Within);
    if let Some((day, precision)) = stretch.last {
        deadline.date = Some(day);
        deadline.precision = Some(precision);
        deadline.basis = Basis::Computed;
    }
    deadline
}
