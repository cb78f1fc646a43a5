//! Gaps in the threads: yearly tasks of which nothing is said yet, and links of which one side is missing.

use std::collections::BTreeMap;

use super::threads::Threads;
use crate::base::{Code, Diagnostic, Label, Message, SitePath};
use crate::message;
use crate::model::index::PlanIndex;
use crate::parse::catalogues::threads::{EndKind, FILE, LinkKind, ThreadsFile};
use crate::settings::Language;
use crate::site::{ItemRef, Plan, Plans, Series, Task};

/// Finds missing records: in each traced series the fate of its tasks, one diagnostic for each plan;
/// and the other half of a split or merger.
///
/// A link to a work requirement or a link of kind `related` does not make a successor: a task that lives
/// on in nothing else is `dropped`, with a residue.
pub fn find(
    plans: &Plans,
    series: &[Series],
    languages: &[Language],
    catalogue: &ThreadsFile,
    all: &Threads,
) -> Vec<Diagnostic> {
    let traced = series.iter().filter(|series| series.traced);
    let unexamined = traced.flat_map(|series| {
        series.plans.iter().filter_map(move |plan| Unexamined::of(plans, series, *plan, all))
    });
    let mut faults: Vec<_> = unexamined.map(|open| open.diagnostic(&thread(catalogue), languages)).collect();
    faults.extend(halves(catalogue, all));
    faults
}

/// The tasks of a plan of which nothing is said yet.
struct Unexamined<'a> {
    plan: &'a Plan,
    /// Those without a predecessor, though there is an earlier plan.
    new: Vec<&'a Task>,
    /// Those without a successor, though there is a later plan.
    dropped: Vec<&'a Task>,
}

impl<'a> Unexamined<'a> {
    fn of(plans: &'a Plans, series: &Series, plan: PlanIndex, all: &Threads) -> Option<Self> {
        let (before, after) = series.beside(plan);
        let open = |beside: Option<PlanIndex>, end: EndKind| -> Vec<&Task> {
            let tasks = plans[plan].tasks.iter().filter(|_| beside.is_some());
            tasks.filter(|task| !leads(plans, all, task, end)).collect()
        };
        let found = Self {
            plan: &plans[plan],
            new: open(before, EndKind::New),
            dropped: open(after, EndKind::Dropped),
        };
        (!found.new.is_empty() || !found.dropped.is_empty()).then_some(found)
    }

    fn diagnostic(&self, thread: &str, languages: &[Language]) -> Diagnostic {
        let Self { plan, new, dropped } = self;
        let id = &plan.id;
        let side = |tasks: &[&Task], zh: &str, en: &str| {
            let numbers: Vec<_> = tasks.iter().map(|task| task.number.to_string()).collect();
            let (in_zh, in_en) = (numbers.join("、"), numbers.join(", "));
            (!tasks.is_empty()).then(|| message!("{zh}：{in_zh}", "{en}: {in_en}"))
        };
        let sides = [
            side(new, "与上一年未核对的任务", "not compared with the year before"),
            side(dropped, "与下一年未核对的任务", "not compared with the year after"),
        ];
        let sides: Vec<Message> = sides.into_iter().flatten().collect();
        let zh = sides.iter().map(|side| side.zh.as_str()).collect::<Vec<_>>().join("；");
        let en = sides.iter().map(|side| side.en.as_str()).collect::<Vec<_>>().join("; ");
        let (first, end) = match (new.first(), dropped.first()) {
            (Some(task), _) => (task, EndKind::New),
            (None, task) => (task.expect("a task is open"), EndKind::Dropped),
        };
        Diagnostic::new(Code::NO_COUNTERPART, message!("{id} {zh}", "{id}: tasks {en}"))
            .at(&plan.path, plan.nodes[first.node].span.clone())
            .rests_on(SitePath::fixed(FILE))
            .rests_on(SitePath::fixed("content/plans"))
            .hint(message!(
                "在 content/threads.toml 中加一条 [[link]]（gongbao suggest 可给出建议）；确实没有对应任务的，加下面这样一条：",
                "add a [[link]] to content/threads.toml (`gongbao suggest` proposes some); for a task that has no counterpart, add a record like this:"
            ))
            .hint(record(thread, &format!("{id}/{}", first.number), end, languages))
    }
}

/// A whole record, the same in both languages.
fn record(thread: &str, task: &str, end: EndKind, languages: &[Language]) -> Message {
    let reasons: Vec<_> = languages.iter().map(|language| format!("{} = \"…\"", language.code)).collect();
    let reasons = reasons.join(", ");
    let text = format!(
        "[[end]]\nthread = \"{thread}\"\ntask = \"{task}\"\ntype = \"{}\"\nreason = {{ {reasons} }}",
        end.as_str()
    );
    Message { zh: text.clone(), en: text }
}

/// The first line of work, as an example.
fn thread(catalogue: &ThreadsFile) -> String {
    catalogue.threads.first().map_or_else(|| "…".to_owned(), |thread| thread.slug.value.clone())
}

/// Returns whether a task has a counterpart on the side on which the end would be, or the end.
fn leads(plans: &Plans, all: &Threads, task: &Task, end: EndKind) -> bool {
    let is_task = |item: ItemRef| plans[item.plan].task_of(item.node).is_some();
    let links = if end == EndKind::New { &task.before } else { &task.after };
    let linked = links.iter().map(|link| &all.links[*link]).any(|link| {
        let other = if end == EndKind::New { link.from } else { link.to };
        link.kind != LinkKind::Related && is_task(other)
    });
    linked || task.ends.iter().any(|index| all.ends[*index].kind == end)
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
        LinkKind::SplitsInto => branches[&link.from] < 2,
        LinkKind::MergesInto => sources[&link.to] < 2,
        _ => false,
    });
    halves
        .map(|(link, entry)| {
            let kind = link.kind.as_str();
            Diagnostic::new(
                Code::ONE_SIDED_LINK,
                message!("{kind} 只有这一条", "this is the only link of a task that {kind}"),
            )
            .label(Label::new(&file, entry.span.clone()))
            .rests_on(file.clone())
            .rests_on(SitePath::fixed("content/plans"))
            .hint(message!(
                "补上另一半，或改为 type = \"continues\"",
                "add the other half, or make it type = \"continues\""
            ))
        })
        .collect()
}
