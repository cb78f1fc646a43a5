//! Lists of tasks: all of them on one page, by plan.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::index::{NodeIndex, PlanIndex, TaskIndex};
use crate::routes::Page;
use crate::site::Task;
use crate::views::context::{PageContext, Phrase};
use crate::views::deadline::{self, DeadlineView};
use crate::views::head::{self, PageView};
use crate::views::plan::{self, PlanFacts};
use crate::views::strings;

/// All tasks.
#[derive(Clone, Debug, Serialize)]
pub struct TasksView {
    /// The plans with their tasks.
    pub plans: Vec<PlanTasks>,
    /// The years in which something is due, to choose from.
    pub years: BTreeSet<i16>,
    /// How many tasks there are.
    pub total: usize,
}

/// The tasks of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanTasks {
    /// The plan.
    pub plan: PlanFacts,
    /// Its tasks, by section.
    pub groups: Vec<Group>,
}

/// Tasks that are in one section.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The section; absent for tasks that are in none.
    pub section: Option<Phrase>,
    /// The tasks.
    pub tasks: Vec<TaskRow>,
}

/// A task in a list.
#[derive(Clone, Debug, Serialize)]
pub struct TaskRow {
    /// Its id: `2023/5`.
    pub id: String,
    /// Its number in the plan.
    pub number: u32,
    /// Its title.
    pub title: Phrase,
    /// Its page.
    pub href: String,
    /// When it is due, to choose by: years and `ongoing` with a space between, or `none`.
    pub when: String,
    /// Its promises about time.
    pub deadlines: Vec<DeadlineView>,
    /// The slugs of its subject headings, to choose by; on the timeline only.
    pub topics: Vec<String>,
}

/// The page of all tasks.
pub fn view(reader: &PageContext<'_>) -> PageView<TasksView> {
    let plans = reader.site.plans.indices();
    let total = reader.site.tasks().count();
    let content =
        TasksView { plans: plans.map(|index| of_plan(reader, index)).collect(), years: years(reader), total };
    let title = reader.label(strings::tasks_title());
    let description = reader.say(strings::tasks_description(total));
    head::frame(reader, "tasks", title, description, vec![head::home_crumb(reader)], content)
}

fn of_plan(reader: &PageContext<'_>, index: PlanIndex) -> PlanTasks {
    let plan = &reader.site.plans[index];
    let mut groups: Vec<(Option<NodeIndex>, Group)> = Vec::new();
    for (task, of_task) in plan.tasks.iter_enumerated() {
        let parent = plan.nodes[of_task.node].parent;
        if groups.last().is_none_or(|(section, _)| *section != parent) {
            let section = parent.map(|node| reader.numbered_title(plan, node));
            groups.push((parent, Group { section, tasks: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.tasks.push(row(reader, index, task));
        }
    }
    PlanTasks {
        plan: plan::facts(reader, index),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
    }
}

/// A task as a row of a list.
pub fn row(reader: &PageContext<'_>, plan_index: PlanIndex, index: TaskIndex) -> TaskRow {
    let plan = &reader.site.plans[plan_index];
    let task = &plan.tasks[index];
    TaskRow {
        id: plan.task_id(task),
        number: task.number,
        title: reader.node_title(plan, task.node),
        href: reader.href(Page::Task(plan_index, index)),
        when: when(task),
        deadlines: deadline::of_task(reader, task),
        topics: Vec::new(),
    }
}

/// The words of the subject headings of a task in URLs.
pub fn topics(reader: &PageContext<'_>, task: &Task) -> Vec<String> {
    task.topics.iter().map(|topic| reader.site.topics[*topic].slug.clone()).collect()
}

fn when(task: &Task) -> String {
    let mut when: BTreeSet<String> = task.due_days().map(|date| date.year().to_string()).collect();
    if task.is_ongoing() {
        when.insert("ongoing".into());
    }
    if when.is_empty() { "none".into() } else { Vec::from_iter(when).join(" ") }
}

/// The years in which a task is due.
fn years(reader: &PageContext<'_>) -> BTreeSet<i16> {
    let tasks = reader.site.plans.iter().flat_map(|plan| &plan.tasks);
    tasks.flat_map(Task::due_days).map(|date| date.year()).collect()
}
