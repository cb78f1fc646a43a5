//! Sense: dates and plans that can be written down but are probably slips.

use std::collections::BTreeMap;

use super::Parsed;
use crate::base::fields::At;
use crate::base::{Code, Diagnostic, Label, Lang, SitePath, Span};
use crate::message;
use crate::model::document::Meta;
use crate::parse::catalogues::instruments::{self, InstrumentEntry};
use crate::site::{Plan, Plans};

/// How many years a date may lie from the year of its plan. Plans look ahead over two five-year plans
/// at most, and refer back as far.
const YEARS: i16 = 20;

/// Dates that cannot be meant, plans that are there twice, and instruments that name a plan that is not there.
pub fn check(plans: &Plans, parsed: &Parsed, original: Lang, entries: &[InstrumentEntry]) -> Vec<Diagnostic> {
    let of_plan = |plan: &Plan| {
        let meta = &parsed.plans[&plan.id][&original].document.meta;
        let mut found = of_meta(&plan.path, meta);
        found.extend(of_deadlines(plan));
        found
    };
    let mut found: Vec<_> = plans.iter().flat_map(of_plan).collect();
    found.extend(duplicates(plans, original));
    let known = |plan: &At<String>| parsed.plans.keys().any(|id| id.as_str() == plan.value);
    found.extend(entries.iter().filter_map(|e| e.plan.as_ref()).filter(|plan| !known(plan)).map(no_plan));
    found
}

/// The dates of the front matter, against each other and the year.
fn of_meta(path: &SitePath, meta: &Meta) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let (Some(issued), Some(published)) = (&meta.issued, &meta.published)
        && published.value < issued.value
    {
        let title = message!(
            "发布日期 {0} 早于成文日期 {1}",
            "published on {0}, before it was issued on {1}",
            published.value,
            issued.value
        );
        let there = message!("成文日期在这里", "the day of issue is here");
        found.push(
            unlikely(path, published.span.clone(), title)
                .label(Label::new(path, issued.span.clone()).with_text(there)),
        );
    }
    let Some(year) = meta.year else { return found };
    let milestones = meta.milestones.iter().filter_map(|milestone| milestone.due.as_ref());
    let dates = milestones.chain(&meta.issued).chain(&meta.published);
    let far = dates.filter(|date| is_far(date.value.year(), year));
    found.extend(far.map(|date| far_off(path, date.span.clone(), &date.value.to_string(), year)));
    found
}

/// The due days of tasks, against the year.
fn of_deadlines(plan: &Plan) -> Vec<Diagnostic> {
    let Some(year) = plan.listed_year() else { return Vec::new() };
    let mut found = Vec::new();
    for task in &plan.tasks {
        let far =
            task.deadlines.iter().filter(|deadline| deadline.date.is_some_and(|d| is_far(d.year(), year)));
        found.extend(far.map(|deadline| {
            let block = &plan.blocks[deadline.block].original;
            far_off(&plan.path, block.locate(&deadline.time), &block.text[deadline.time.clone()], year)
        }));
    }
    found
}

fn is_far(year: i16, of_plan: i16) -> bool {
    (year - of_plan).abs() > YEARS
}

fn far_off(path: &SitePath, place: Span, words: &str, year: i16) -> Diagnostic {
    let title = message!(
        "“{words}”与计划的年份 {year} 相差超过 {YEARS} 年",
        "“{words}” is more than {YEARS} years from {year}, the year of the plan"
    );
    unlikely(path, place, title)
}

fn unlikely(path: &SitePath, place: Span, title: crate::base::Message) -> Diagnostic {
    Diagnostic::new(Code::UNLIKELY_DATE, title).at(path, place).hint(message!(
        "对照原件核对数字；原件如此的，保留即可",
        "compare the figures with the source; keep them if it says so"
    ))
}

/// Plans that say the same under two ids.
fn duplicates(plans: &Plans, original: Lang) -> Vec<Diagnostic> {
    let mut first: BTreeMap<_, &Plan> = BTreeMap::new();
    let mut by_id: Vec<&Plan> = plans.iter().filter(|plan| !plan.tasks.is_empty()).collect();
    by_id.sort_by_key(|plan| &plan.id);
    let mut found = Vec::new();
    for plan in by_id {
        let tasks: Vec<&str> = plan
            .tasks
            .iter()
            .flat_map(|task| plan.blocks[plan.nodes[task.node].blocks.clone()].iter())
            .map(|block| block.original.text.as_str())
            .collect();
        match first.get(&(plan.title.get(&original), plan.year, tasks.clone())) {
            Some(other) => found.push(duplicate(plan, other)),
            None => drop(first.insert((plan.title.get(&original), plan.year, tasks), plan)),
        }
    }
    found
}

fn duplicate(plan: &Plan, other: &Plan) -> Diagnostic {
    let title = message!(
        "{0} 与 {1} 的标题、年份和任务完全相同",
        "{0} has the title, year and tasks of {1}",
        plan.id,
        other.id
    );
    let there = message!("另一份在这里", "the other one is here");
    Diagnostic::new(Code::IDENTICAL_PLANS, title)
        .at(&plan.path, 0..0)
        .label(Label::new(&other.path, 0..0).with_text(there))
        .hint(message!("删去其中一份，或改正其中一份的内容", "remove one of them, or correct its content"))
}

fn no_plan(plan: &At<String>) -> Diagnostic {
    let title = message!("没有编号为“{}”的计划", "there is no plan `{}`", plan.value);
    Diagnostic::new(Code::NO_EFFECT, title)
        .at(&SitePath::fixed(instruments::FILE), plan.span.clone())
        .hint(message!("写 content/plans 中一个文件夹的名称", "write the name of a folder in content/plans"))
        .rests_on(SitePath::fixed("content/plans"))
}
