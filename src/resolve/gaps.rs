//! Gaps in the threads: yearly tasks that lead nowhere, and links of which one side is missing.

use std::collections::BTreeMap;

use super::site::{ItemRef, Plan, Task};
use super::threads::{Threads, yearly};
use crate::base::{Code, Diagnostic, Label, SitePath};
use crate::message;
use crate::parse::catalogues::threads::{FILE, ThreadsFile};
use crate::parse::plan::ParsedPlan;

/// What is missing: a predecessor or successor that is neither linked nor
/// said not to exist, and the other half of a split or merger.
///
/// `sources` holds the original of each plan. A link to a work requirement or
/// a link of kind `related` does not make a successor: a task that lives on in
/// nothing else is `dropped`, with a residue.
pub fn find(
    plans: &[Plan],
    sources: &[&ParsedPlan],
    catalogue: &ThreadsFile,
    all: &Threads,
) -> Vec<Diagnostic> {
    let years = yearly(plans);
    let ends_of_time = (years.first().copied(), years.last().copied());
    let tasks = years.into_iter().flat_map(|plan| plans[plan].tasks.iter().map(move |task| (plan, task)));
    let lonely = tasks.flat_map(|(plan, task)| {
        let missing = [
            (ends_of_time.0 != Some(plan) && !leads(plans, all, task, "new")).then_some("new"),
            (ends_of_time.1 != Some(plan) && !leads(plans, all, task, "dropped")).then_some("dropped"),
        ];
        missing.into_iter().flatten().map(move |end| lonely(&plans[plan], sources[plan], task, end))
    });
    let mut faults: Vec<_> = lonely.collect();
    faults.extend(halves(catalogue, all));
    faults
}

/// Whether a task has a counterpart on the side on which the end would stand, or the end.
fn leads(plans: &[Plan], all: &Threads, task: &Task, end: &str) -> bool {
    let is_task = |item: ItemRef| plans[item.plan].task_of(item.node).is_some();
    let links = if end == "new" { &task.before } else { &task.after };
    let linked = links.iter().map(|link| &all.links[*link]).any(|link| {
        let other = if end == "new" { link.from } else { link.to };
        link.kind != "related" && is_task(other)
    });
    linked || task.ends.iter().any(|index| all.ends[*index].kind == end)
}

fn lonely(plan: &Plan, source: &ParsedPlan, task: &Task, end: &str) -> Diagnostic {
    let (id, number) = (&plan.id, task.number);
    let title = match end {
        "new" => message!("{id}/{number} 没有前一年的任务", "{id}/{number} has no predecessor"),
        _ => message!("{id}/{number} 没有后一年的任务", "{id}/{number} has no successor"),
    };
    Diagnostic::new(Code::NO_COUNTERPART, title)
        .at(&source.document.path, source.document.nodes[task.node].span.clone())
        .hint(message!(
            "在 content/threads.toml 中加一条 [[link]]；确实没有的，加 [[end]]，type = \"{end}\"",
            "add a [[link]] to content/threads.toml; if there is none, an [[end]] with type = \"{end}\""
        ))
}

/// Splits into one, and mergers of one.
fn halves(catalogue: &ThreadsFile, all: &Threads) -> Vec<Diagnostic> {
    let (mut branches, mut sources): (BTreeMap<_, usize>, BTreeMap<_, usize>) = Default::default();
    for link in &all.links {
        *branches.entry(link.from).or_default() += 1;
        *sources.entry(link.to).or_default() += 1;
    }
    if all.links.len() != catalogue.links.len() {
        // Links were left out, with faults of their own; the counts would mislead.
        return Vec::new();
    }
    let file = SitePath::fixed(FILE);
    let halves = all.links.iter().zip(&catalogue.links).filter(|(link, _)| match link.kind {
        "splits-into" => branches[&link.from] < 2,
        "merges-into" => sources[&link.to] < 2,
        _ => false,
    });
    halves
        .map(|(link, entry)| {
            let kind = link.kind;
            Diagnostic::new(
                Code::ONE_SIDED_LINK,
                message!("{kind} 只有这一条", "this is the only link of a task that {kind}"),
            )
            .label(Label::new(&file, entry.span.clone()))
            .hint(message!(
                "补上另一半，或改为 type = \"continues\"",
                "add the other half, or make it type = \"continues\""
            ))
        })
        .collect()
}
