//! The page of a task: what, when, what it cites, where it stands, how to link to it.

use serde::Serialize;

use super::blocks::{self, BlockView};
use super::deadline::{self, DeadlineView};
use super::head::{self, PageView};
use super::plan::{self, PlanFacts};
use super::reader::{Link, Phrase, Reader};
use crate::facts::body::Role;
use crate::resolve::site::Plan;
use crate::routes::{self, Page};

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
    /// The heading as it stands in the plan; absent if the task is an item of a list.
    pub heading: Option<BlockView>,
    /// Its text.
    pub body: Vec<BlockView>,
    /// What it promises about time.
    pub deadlines: Vec<DeadlineView>,
    /// The figures it commits to, in the words of the original.
    pub targets: Vec<Phrase>,
    /// The agencies it names.
    pub bodies: Vec<BodyView>,
    /// The instruments it cites.
    pub instruments: Vec<Link>,
    /// The sections it stands in, outermost first, linked to the plan page.
    pub sections: Vec<Link>,
    /// Its place on the plan page.
    pub in_plan: String,
    /// The plan.
    pub plan: PlanFacts,
    /// The task before it.
    pub previous: Option<Link>,
    /// The task after it.
    pub next: Option<Link>,
    /// Its full address, to copy.
    pub permalink: String,
    /// The language beside the original's, by its name, if there is one.
    pub companion: Option<Phrase>,
}

/// An agency that a task names.
#[derive(Clone, Debug, Serialize)]
pub struct BodyView {
    /// Its name, in the original's language.
    pub name: Phrase,
    /// What it does, in words.
    pub role: String,
}

/// The page of a task.
pub fn view(reader: &Reader<'_>, plan_index: usize, index: usize) -> PageView<TaskView> {
    let plan = &reader.site.plans[plan_index];
    let task = &plan.tasks[index];
    let node = &plan.nodes[task.node];
    let (heading, _) = plan.heading(task.node, reader.lang, reader.original());
    let plan_href = reader.href(Page::Plan(plan_index));
    let sections = plan.sections(task.node);
    let section = |n: &usize| Link {
        href: format!("{plan_href}#{}", plan.nodes[*n].id),
        text: numbered_title(reader, plan, *n),
    };
    let content = TaskView {
        id: format!("{}/{}", plan.id, task.number),
        number: task.number,
        label: heading.label.clone(),
        title: reader.node_title(plan, task.node),
        heading: node.headed.then(|| blocks::view(reader, plan, node.blocks.start, node.id.block(0))),
        body: blocks::views(reader, plan, task.node, node.body()),
        deadlines: deadline::of_task(reader, task),
        targets: targets(reader, plan, index),
        bodies: task.bodies.iter().map(|body| body_view(reader, body)).collect(),
        instruments: task.instruments.iter().map(|i| instrument(reader, *i)).collect(),
        in_plan: format!("{plan_href}#{}", node.id),
        sections: sections.iter().map(section).collect(),
        plan: plan::facts(reader, plan_index),
        previous: index.checked_sub(1).map(|before| neighbour(reader, plan_index, before)),
        next: (index + 1 < plan.tasks.len()).then(|| neighbour(reader, plan_index, index + 1)),
        permalink: routes::absolute(reader.site, reader.route),
        companion: blocks::companion_name(reader),
    };
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Plan(plan_index), reader.plan_title(plan))];
    let title = content.title.clone();
    let description = excerpt(reader, plan, index);
    head::frame(reader, "task", title, description, crumbs, content)
}

/// The number and title of a node.
pub fn numbered_title(reader: &Reader<'_>, plan: &Plan, node: usize) -> Phrase {
    let (heading, lang) = plan.heading(node, reader.lang, reader.original());
    let tight = heading.label.ends_with(['、', '）']) || heading.label.is_empty();
    let space = if tight { "" } else { " " };
    reader.phrase(&format!("{}{space}{}", heading.label, heading.title), lang)
}

/// A link to an instrument.
pub fn instrument(reader: &Reader<'_>, index: usize) -> Link {
    let title = reader.localized(&reader.site.instruments[index].title);
    reader.link(Page::Instrument(index), title)
}

fn targets(reader: &Reader<'_>, plan: &Plan, index: usize) -> Vec<Phrase> {
    let quote = |(block, target): &(usize, crate::facts::target::Target)| {
        let text = &plan.blocks[*block].original.text;
        let start = if target.measures.is_empty() { target.span.start } else { target.measures_span.start };
        reader.phrase(&text[start.min(target.span.start)..target.span.end], reader.original())
    };
    plan.tasks[index].targets.iter().map(quote).collect()
}

fn body_view(reader: &Reader<'_>, body: &crate::facts::body::Body) -> BodyView {
    let role = match body.role {
        Role::Lead => "body-lead",
        Role::Responsible => "body-responsible",
        Role::Participating => "body-participating",
    };
    BodyView { name: reader.phrase(&body.name, reader.original()), role: reader.say(role) }
}

fn neighbour(reader: &Reader<'_>, plan_index: usize, index: usize) -> Link {
    let plan = &reader.site.plans[plan_index];
    reader.link(Page::Task(plan_index, index), numbered_title(reader, plan, plan.tasks[index].node))
}

/// The beginning of the task's text in the reader's language, for search engines.
fn excerpt(reader: &Reader<'_>, plan: &Plan, index: usize) -> String {
    let node = &plan.nodes[plan.tasks[index].node];
    let Some(block) = node.body().next().map(|i| &plan.blocks[i]) else { return String::new() };
    let text = match block.translations.get(&reader.lang) {
        Some(translation) => &translation.block.text,
        None if reader.lang == reader.original() => &block.original.text,
        None => return reader.say("translation-missing"),
    };
    let limit = if text.is_ascii() { 160 } else { 80 };
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.clone(),
    }
}
