//! Targets: figures that an item commits to.
//!
//! A target is a figure with a unit and a word that binds it: 稳定在7个月, 7000件以上,
//! 缩短15天, 达到90%以上. Years, dates, ordinals (第31届), document numbers (〔2022〕5号) and
//! plain counts (十二省市) are none. 以上, 以下 and 以内 include the figure itself (Civil Code,
//! article 1259).

mod figure;
mod words;

use std::cell::LazyCell;

use super::index::Cover;
use super::{Span, citation, date, number, scan};
use figure::Figure;
use words::Lead;

/// Whether the figure says where something shall stand or by how much it shall change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Stand there: 稳定在7个月, 压减到16.5个月以内, 建成50个.
    Level,
    /// Grow by it: 年均增长5%, 新增100家.
    Increase,
    /// Shrink by it: 缩短15天.
    Decrease,
}

/// How the figure binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The figure or more: 7000件以上, 不少于, 达到.
    AtLeast,
    /// The figure or less: 16.5个月以内, 不超过, 压减到.
    AtMost,
    /// The figure: 稳定在7个月, 缩短15天.
    Exactly,
    /// The figure more or less: 90%左右.
    About,
}

/// A figure that a text commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The figure in ASCII digits, 万 and 亿 worked in: `16.5`, `7000`, `12000` for 1.2万.
    pub value: String,
    /// The end of a range: `15` of 10%—15%.
    pub upper: Option<String>,
    /// The unit as written: 个月, 件, %, 个百分点.
    pub unit: String,
    /// Whether a level or a change.
    pub change: Change,
    /// How the figure binds.
    pub bound: Bound,
    /// Whether the figure is for each year: 年均增长5%.
    pub yearly: bool,
    /// What it measures, in the words of the clause; empty if the clause names nothing.
    pub measures: String,
    /// Where those words are.
    pub measures_span: Span,
    /// The binding words with figure and unit: 压减到16.5个月以内.
    pub span: Span,
    /// Those words.
    pub text: String,
}

/// Reads the targets that `text` states.
pub fn read(text: &str) -> Vec<Target> {
    // Few texts have a figure that binds, and reading dates takes the longest.
    let taken = LazyCell::new(|| taken(text));
    let mut targets: Vec<Target> = Vec::new();
    let (mut at, mut seen, mut clause) = (0, 0, 0);
    while let Some(start) = next_figure(text, at) {
        clause = scan::behind_last(&text[seen..start], scan::ends_clause).map_or(clause, |i| seen + i);
        seen = start;
        let Some(figure) = figure::read(text, start) else {
            at = figure::end(text, start);
            continue;
        };
        at = figure.span.end;
        let known = targets.last().map_or(0, |target| target.span.end);
        targets.extend(target(text, figure, clause.max(known), || taken.contains(start)));
    }
    targets
}

/// Dates, titles and document numbers.
fn taken(text: &str) -> Cover {
    let dates = date::read(text, Some(2000));
    let moments = dates.moments.into_iter().map(|m| m.span);
    let problems = dates.problems.into_iter().map(|p| p.span);
    let titles = citation::read(text).citations.into_iter().map(|c| c.span);
    Cover::new(moments.chain(problems).chain(titles))
}

/// The next place where a number starts that is not an ordinal.
fn next_figure(text: &str, from: usize) -> Option<usize> {
    let mut chars = text[from..].char_indices();
    chars.find(|&(_, c)| number::is_numeral(c)).map(|(i, _)| from + i)
}

/// The target that `figure` is, if words bind it. They begin at `from` at the earliest: in its clause,
/// behind the target before. A figure that `is_taken` belongs to something else.
fn target(text: &str, figure: Figure, from: usize, is_taken: impl FnOnce() -> bool) -> Option<Target> {
    let before = &text[from..figure.span.start];
    let (limit, end) = words::limit(text, figure.span.end);
    let near = words::lead(before);
    let alone = near.is_none() && limit.is_none() && figure.arabic && closes(text, end);
    let far = alone.then(|| words::distant_lead(before)).flatten();
    let (change, bound) = words::binding(near.or(far), limit, &figure.unit)?;
    // 打造一批, 提升一个: counts in words, not commitments.
    let loose = near.is_some_and(|lead| lead.act) || figure.value == "1";
    if loose && !figure.arabic && limit.is_none() || is_taken() {
        return None;
    }
    let start = near.or(far).map_or(figure.span.start, |lead| from + lead.start);
    let measures_span = match far {
        Some(_) => words::object(text, start..figure.span.start),
        None => measured(text, from..start, end, near),
    };
    let yearly = text[from..start].ends_with("年均") || text[start..end].starts_with("年均");
    Some(Target {
        value: figure.value,
        upper: figure.upper,
        unit: figure.unit,
        change,
        bound,
        yearly,
        measures: text[measures_span.clone()].to_owned(),
        measures_span,
        text: text[start..end].to_owned(),
        span: start..end,
    })
}

/// Whether a clause or a member of a list ends at `end`.
fn closes(text: &str, end: usize) -> bool {
    let next = text[end..].trim_start().chars().next();
    next.is_none_or(|c| scan::ends_clause(c) || matches!(c, '、' | '（' | '('))
}

/// How many characters name what a figure measures at most. Where more follow without a mark, every
/// figure would be said to measure all the rest of the text.
const LONGEST_NOUN: usize = 200;

/// The words before the binding ones, or, where an act such as 建成 binds or nothing stands
/// before, those behind the figure.
fn measured(text: &str, before: Span, end: usize, lead: Option<Lead>) -> Span {
    let noun = words::noun(text, before);
    let act = lead.is_some_and(|lead| lead.act);
    if !act && !noun.is_empty() {
        return noun;
    }
    let stop = |c: char| scan::ends_clause(c) || matches!(c, '、' | '（' | '(' | '《');
    let limit = text[end..].char_indices().nth(LONGEST_NOUN).map_or(text.len(), |(i, _)| end + i);
    let behind = match text[end..limit].find(stop) {
        Some(i) => end + i,
        None if limit == text.len() => limit,
        None => return noun,
    };
    let start = if text[end..behind].starts_with('的') { end + '的'.len_utf8() } else { end };
    let behind = scan::trim(text, start..behind);
    if behind.is_empty() { noun } else { behind }
}
