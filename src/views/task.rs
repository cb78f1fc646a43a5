//! The page of a task: what, when, what it cites, where it is, how to link to it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::base::Date;
use crate::model::index::{NodeIndex, PlanIndex, TaskIndex};
use crate::parse::catalogues::threads::EndKind;
use crate::routes::{self, Page};
use crate::site::{Plan, Task, TextBlock};
use crate::views::blocks::{self, BlockView};
use crate::views::bodies;
use crate::views::cite::{self, CiteView};
use crate::views::context::{Day, Link, PageContext, Phrase};
use crate::views::corrections::{self, CorrectionView};
use crate::views::deadline::{self, DeadlineView};
use crate::views::evidence::{self, EvidenceView};
use crate::views::head::{self, PageView};
use crate::views::links::{self, EndView, LinkView};
use crate::views::plan::{self, PlanFacts};
use crate::views::strings;
use crate::views::targets::{self, TargetView};
use crate::views::topics;

/// A task.
#[derive(Clone, Debug, Serialize)]
pub struct TaskView {
    /// Its id: `2023/5`.
    pub id: String,
    /// Its number in the plan.
    pub number: u32,
    /// The number as written.
    pub label: String,
    /// Its title.
    pub title: Phrase,
    /// The heading as it is in the plan; absent if the task is an item of a list.
    pub heading: Option<BlockView>,
    /// Its text.
    pub body: Vec<BlockView>,
    /// Its promises about time.
    pub deadlines: Vec<DeadlineView>,
    /// The figures it commits to.
    pub targets: Vec<TargetView>,
    /// The agencies it names.
    pub bodies: Vec<BodyView>,
    /// The instruments it cites.
    pub instruments: Vec<Link>,
    /// The instruments it names without book-title marks only.
    pub named: Vec<Link>,
    /// The short names in it, each with the instrument it means in this plan.
    pub short_names: Vec<ShortName>,
    /// Its subject headings.
    pub topics: Vec<Link>,
    /// Its lines of work.
    pub threads: Vec<Link>,
    /// True if lines of work are followed through the years: on the site, and in the series of a yearly plan.
    pub traced: bool,
    /// The year of a yearly plan; absent if the plan is not yearly.
    pub yearly: Option<i16>,
    /// True if its series has a plan for an earlier year.
    pub has_earlier: bool,
    /// True if its series has a plan for a later year.
    pub has_later: bool,
    /// The links to it.
    pub before: Vec<LinkView>,
    /// The links from it.
    pub after: Vec<LinkView>,
    /// The statements that it has no counterpart.
    pub ends: Vec<EndView>,
    /// Whether it is said to have no predecessor.
    pub is_new: bool,
    /// Whether it is said to have no successor.
    pub is_dropped: bool,
    /// The evidence in later documents.
    pub evidence: Vec<EvidenceView>,
    /// The sections it is in, outermost first, linked to the plan page.
    pub sections: Vec<Link>,
    /// Its place on the plan page.
    pub in_plan: String,
    /// The plan.
    pub plan: PlanFacts,
    /// The task before it.
    pub previous: Option<Link>,
    /// The task after it.
    pub next: Option<Link>,
    /// The day its plan was published, if the task was due before it.
    pub due_before: Option<Day>,
    /// The corrections, the latest first.
    pub corrections: Vec<CorrectionView>,
    /// How to cite it.
    pub cite: CiteView,
    /// Its full address, to copy.
    pub permalink: String,
    /// The language beside the original's, by its name, if there is one.
    pub companion: Option<Phrase>,
}

/// A short name that a plan defines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortName {
    /// As it is written, with its marks, in the original's language.
    pub name: Phrase,
    /// Its meaning.
    pub instrument: Link,
}

/// An agency that a task names.
#[derive(Clone, Debug, Serialize)]
pub struct BodyView {
    /// Its page, by its name in the original's language.
    pub link: Link,
    /// Its role, in words.
    pub role: String,
    /// True if the original leaves the list open behind it (等).
    pub others: bool,
}

/// The page of a task.
pub fn view(reader: &PageContext<'_>, plan_index: PlanIndex, index: TaskIndex) -> PageView<TaskView> {
    let plan = &reader.site.plans[plan_index];
    let task = &plan.tasks[index];
    let node = &plan.nodes[task.node];
    let (heading, _) = plan.heading(task.node, reader.lang, reader.original());
    let plan_href = reader.href(Page::Plan(plan_index));
    let sections = plan.sections(task.node);
    let section = |n: &NodeIndex| Link {
        href: format!("{plan_href}#{}", plan.nodes[*n].id),
        text: reader.numbered_title(plan, *n),
    };
    let series = reader.site.series_of(plan_index);
    let beside = series.map_or((None, None), |series| series.beside(plan_index));
    let content = TaskView {
        id: plan.task_id(task),
        number: task.number,
        label: heading.label.clone(),
        title: reader.node_title(plan, task.node),
        heading: node.headed.then(|| blocks::view(reader, plan, node.blocks.start, node.id.block(0))),
        body: blocks::views(reader, plan, task.node, node.body()),
        deadlines: deadline::of_task(reader, task),
        targets: targets::of_task(reader, plan, index),
        bodies: task.bodies.iter().map(|body| body_view(reader, body)).collect(),
        instruments: plan.instruments_of(&task.cited).map(|i| reader.instrument_link(i)).collect(),
        named: plan.instruments_of(&task.named).map(|i| reader.instrument_link(i)).collect(),
        short_names: short_names(reader, plan, task.node),
        topics: task.topics.iter().map(|topic| topics::link(reader, *topic)).collect(),
        threads: task.threads.iter().map(|thread| links::thread(reader, *thread)).collect(),
        traced: !reader.site.threads.is_empty() && series.is_none_or(|series| series.traced),
        yearly: plan.listed_year().filter(|_| series.is_some()),
        has_earlier: beside.0.is_some(),
        has_later: beside.1.is_some(),
        before: task.before.iter().map(|link| links::view(reader, *link)).collect(),
        after: task.after.iter().map(|link| links::view(reader, *link)).collect(),
        ends: task.ends.iter().map(|end| links::end(reader, *end)).collect(),
        is_new: ends(reader, plan, index, EndKind::New),
        is_dropped: ends(reader, plan, index, EndKind::Dropped),
        evidence: task.evidence.iter().map(|evidence| evidence::view(reader, *evidence)).collect(),
        in_plan: format!("{plan_href}#{}", node.id),
        sections: sections.iter().map(section).collect(),
        plan: plan::facts(reader, plan_index),
        previous: (index > TaskIndex::new(0)).then(|| neighbour(reader, plan_index, index - 1)),
        next: (index < plan.tasks.last_idx()).then(|| neighbour(reader, plan_index, index + 1)),
        due_before: plan.published.filter(|day| is_early(task, *day)).map(|day| reader.day(day)),
        corrections: corrections::of_task(reader, plan_index, task),
        cite: cite::of_task(reader, plan, index),
        permalink: routes::absolute(reader.site, reader.route),
        companion: blocks::companion_name(reader),
    };
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Plan(plan_index), reader.plan_title(plan))];
    let title = content.title.clone();
    let description = excerpt(reader, plan, index);
    head::frame(reader, "task", title, description, crumbs, content)
}

fn ends(reader: &PageContext<'_>, plan: &Plan, task: TaskIndex, kind: EndKind) -> bool {
    plan.tasks[task].ends.iter().any(|end| reader.site.ends[*end].kind == kind)
}

/// The short names in the blocks of a node, each once.
fn short_names(reader: &PageContext<'_>, plan: &Plan, node: NodeIndex) -> Vec<ShortName> {
    let mut met = BTreeSet::new();
    let written = plan.blocks[plan.nodes[node].blocks.clone()].iter().flat_map(TextBlock::short_names);
    let each = written.filter(|name| met.insert(*name));
    each.map(|(name, instrument)| ShortName {
        name: reader.phrase(name, reader.original()),
        instrument: reader.instrument_link(plan.instruments[instrument]),
    })
    .collect()
}

fn body_view(reader: &PageContext<'_>, body: &crate::facts::body::Body) -> BodyView {
    let link = match reader.site.body_names.get(&body.name) {
        Some(index) => bodies::link(reader, *index),
        None => Link { href: String::new(), text: reader.phrase(&body.name, reader.original()) },
    };
    BodyView { link, role: reader.say(strings::body_role(body.role)), others: body.others }
}

fn neighbour(reader: &PageContext<'_>, plan_index: PlanIndex, index: TaskIndex) -> Link {
    let plan = &reader.site.plans[plan_index];
    reader.link(Page::Task(plan_index, index), reader.numbered_title(plan, plan.tasks[index].node))
}

/// Whether a task was due before its plan was published.
fn is_early(task: &Task, published: Date) -> bool {
    task.due_days().any(|date| date < published)
}

/// The beginning of the task's text in the reader's language, for search engines.
fn excerpt(reader: &PageContext<'_>, plan: &Plan, index: TaskIndex) -> String {
    let node = &plan.nodes[plan.tasks[index].node];
    let Some(block) = plan.blocks[node.body()].first() else { return String::new() };
    let text = match block.translations.get(&reader.lang) {
        Some(translation) => &translation.block.text,
        None if reader.lang == reader.original() => &block.original.text,
        None => return reader.say(strings::translation_missing()),
    };
    let limit = if text.is_ascii() { 160 } else { 80 };
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.clone(),
    }
}
