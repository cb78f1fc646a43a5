//! Targets: figures that an item commits to.
//!
//! A target is a figure with a unit and a word that binds it: 稳定在7个月, 7000件以上,
//! 缩短15天, 达到90%以上. An act binds every figure of its list: 新增网点30家、食堂45个、学校2所.
//! Years, dates, ordinals (第31届), document numbers (〔2022〕5号), plain counts (十二省市), figures
//! that say which things are meant (使用年限超过30年的管道, 10人以上单位) and figures of what is
//! already there (已建成50个) are none. 以上, 以下 and 以内 include the figure itself (Civil Code,
//! article 1259).

mod figure;
mod setting;
mod words;

use std::cell::LazyCell;

use super::index::Cover;
use super::{Span, citation, date, number, scan, script};
use figure::Figure;
use setting::Setting;
use words::Lead;

/// Whether the figure is the level that something shall reach or the change of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Stand there: 稳定在7个月, 压减到16.5个月以内, 建成50个.
    Level,
    /// Grow by it: 年均增长5%, 新增100家.
    Increase,
    /// Shrink by it: 缩短15天.
    Decrease,
}

impl Change {
    /// All changes with their names in data and front matter.
    pub const NAMES: [(&str, Change); 3] =
        [("level", Self::Level), ("increase", Self::Increase), ("decrease", Self::Decrease)];

    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
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

impl Bound {
    /// All bounds with their names in data and front matter.
    pub const NAMES: [(&str, Bound); 4] = [
        ("at-least", Self::AtLeast),
        ("at-most", Self::AtMost),
        ("exactly", Self::Exactly),
        ("about", Self::About),
    ];

    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
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
    /// The quantity that it measures, in the words of the clause; empty if the clause names none.
    pub measures: String,
    /// Where those words are.
    pub measures_span: Span,
    /// The binding words with figure and unit: 压减到16.5个月以内.
    pub span: Span,
    /// Those words.
    pub text: String,
    /// Where the unit ends.
    unit_end: usize,
}

impl Target {
    /// A figure that an editor states; its places are found by its words.
    pub fn stated(value: String, unit: String, change: Change, bound: Bound, text: &str) -> Self {
        Self {
            value,
            upper: None,
            unit,
            change,
            bound,
            yearly: false,
            measures: String::new(),
            measures_span: 0..0,
            span: 0..text.len(),
            text: text.to_owned(),
            unit_end: 0,
        }
    }

    /// Where the unit is, if it is written as [`Target::unit`] says, but for the script.
    fn unit_span(&self) -> Span {
        self.unit_end.saturating_sub(self.unit.len())..self.unit_end
    }
}

/// Reads the targets that `text` states: every figure that it commits to, and no criteria.
pub fn read(text: &str) -> Vec<Target> {
    let plain = script::simplified(text);
    let mut reader = TargetReader { text: &plain, targets: Vec::new(), act: None };
    // Few texts have a figure that binds, and reading dates takes the longest.
    let taken = LazyCell::new(|| taken(&plain));
    let mut at = 0;
    while let Some(start) = next_figure(&plain, at) {
        let Some(figure) = figure::read(&plain, start) else {
            at = figure::end(&plain, start);
            continue;
        };
        at = figure.span.end;
        let Some((target, act)) = reader.target(figure) else { continue };
        if !taken.contains(start) {
            reader.act = act;
            reader.targets.push(target);
        }
    }
    reader.finish(text)
}

/// Dates, titles and document numbers.
fn taken(text: &str) -> Cover {
    let dates = date::read(text, Some(2000));
    let moments = dates.moments.into_iter().map(|m| m.span);
    let problems = dates.problems.into_iter().map(|p| p.span);
    let titles = citation::read(text).citations.into_iter().map(|c| c.span);
    Cover::new(moments.chain(problems).chain(titles))
}

/// The next place where a number starts.
fn next_figure(text: &str, from: usize) -> Option<usize> {
    let mut chars = text[from..].char_indices();
    chars.find(|&(_, c)| number::is_numeral(c)).map(|(i, _)| from + i)
}

/// Reads figure after figure: an act such as 新增 binds all figures of its list.
struct TargetReader<'a> {
    text: &'a str,
    targets: Vec<Target>,
    /// The change and bound that the act before the last target gives to figures, if an act binds it.
    act: Option<(Change, Bound)>,
}

impl TargetReader<'_> {
    /// The target that `figure` is, if words bind it, and what its act makes of further figures.
    fn target(&self, figure: Figure) -> Option<(Target, Option<(Change, Bound)>)> {
        let text = self.text;
        let known = self.targets.last().map_or(0, |target| target.span.end);
        let from = scan::clause_start_within(text, figure.span.start).max(known);
        let before = &text[from..figure.span.start];
        let (limit, end) = words::limit(text, figure.span.end);
        let near = words::lead(before);
        let setting = Setting { text, from, figure: &figure, near, limit, end };
        if setting.is_criterion() || setting.is_told() {
            return None;
        }
        let unbound = near.is_none() && words::binding(None, limit, &figure.unit).is_none();
        let alone = unbound && figure.arabic && closes(text, end);
        let far = alone.then(|| words::distant_lead(before)).flatten().filter(|_| !figure.is_time());
        let listed = alone || near.is_none() && limit.is_none() && figure.arabic && before.ends_with('、');
        let listed = self.act.filter(|_| listed && far.is_none() && joins(before, from == known));
        let (change, bound) = match listed {
            Some(bound) => bound,
            None => words::binding(near.or(far), limit, &figure.unit)?,
        };
        // 打造一批, 提升一个: counts in words, not commitments.
        let loose = near.is_some_and(|lead| lead.act) || figure.value == "1";
        if loose && !figure.arabic && limit.is_none() {
            return None;
        }
        let act = near.or(far).is_some_and(|lead| lead.act) || listed.is_some();
        let bond = Bond { from, near, far, end, change, bound };
        Some((bond.target(text, figure), act.then_some((change, bound))))
    }

    /// The targets in the words of `text`.
    fn finish(self, text: &str) -> Vec<Target> {
        let mut targets = self.targets;
        for target in &mut targets {
            text[target.measures_span.clone()].clone_into(&mut target.measures);
            text[target.span.clone()].clone_into(&mut target.text);
            if let Some(written) =
                text.get(target.unit_span()).filter(|w| script::simplified(w) == target.unit)
            {
                written.clone_into(&mut target.unit);
            }
        }
        targets
    }
}

/// The words that bind a figure.
struct Bond {
    /// Where its clause begins, or the target before it ends.
    from: usize,
    near: Option<Lead>,
    far: Option<Lead>,
    /// The end of the figure with its limit.
    end: usize,
    change: Change,
    bound: Bound,
}

impl Bond {
    fn target(self, text: &str, figure: Figure) -> Target {
        let Self { from, near, far, end, change, bound } = self;
        let start = near.or(far).map_or(figure.span.start, |lead| from + lead.start);
        let measures_span = match far {
            Some(_) => words::object(text, start..figure.span.start),
            None => measured(text, from..start, end, near),
        };
        Target {
            value: figure.value,
            upper: figure.upper,
            unit: figure.unit,
            change,
            bound,
            yearly: ["年均", "每年"].iter().any(|word| text[from..end].contains(word)),
            measures: String::new(),
            measures_span,
            text: String::new(),
            span: words::hedged(text, from, start)..end,
            unit_end: figure.span.end,
        }
    }
}

/// Returns whether `before`, the words since the last target, only join a further member to its list.
fn joins(before: &str, behind_last: bool) -> bool {
    let joints = ["、", "和", "及", "以及", "与"];
    behind_last && joints.iter().any(|joint| before.starts_with(joint))
}

/// Whether a clause or a member of a list ends at `end`.
fn closes(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    let joined = ["和", "及", "以及", "与"].iter().any(|joint| rest.starts_with(joint));
    joined || rest.chars().next().is_none_or(|c| scan::ends_clause(c) || matches!(c, '、' | '（' | '('))
}

/// How many characters name what a figure measures at most. Where more follow without a mark, every
/// figure would be said to measure all the rest of the text.
const LONGEST_NOUN: usize = 200;

/// The words before the binding ones, or, where an act such as 建成 binds or nothing is
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
