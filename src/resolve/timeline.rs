//! The timeline: every due day of every plan, in order of time, and what is due at no stated day.

use crate::facts::date::Precision;
use crate::facts::deadline::DeadlineKind;
use crate::model::index::{PlanIndex, TaskIndex};
use crate::site::{Due, DueItem, ItemRef, Plan, Plans, Task, Undated};

/// Collects what is due, sorted by day, then by plan and number.
pub fn collect(plans: &Plans) -> Vec<Due> {
    sorted(plans.iter_enumerated().flat_map(|(index, plan)| all_of(index, plan)))
}

/// The due days of one plan, in the same order.
pub fn of_plan(plans: &Plans, index: PlanIndex) -> Vec<Due> {
    sorted(all_of(index, &plans[index]).into_iter())
}

/// The due days of some tasks, in the same order.
pub fn of_tasks(plans: &Plans, items: &[ItemRef]) -> Vec<Due> {
    let of_task = |item: &ItemRef| {
        let plan = &plans[item.plan];
        Some(of_task(item.plan, plan, plan.task_of(item.node)?))
    };
    sorted(items.iter().filter_map(of_task).flatten())
}

fn sorted(dues: impl Iterator<Item = Due>) -> Vec<Due> {
    let mut dues: Vec<Due> = dues.collect();
    dues.sort_by_key(|due| (due.date, due.plan, order(due.what), due.deadline));
    dues
}

/// Whether a plan has a due day.
pub fn is_dated(plan: &Plan) -> bool {
    !plan.milestones.is_empty() || plan.timed.dated > 0
}

fn order(item: DueItem) -> (u8, usize) {
    match item {
        DueItem::Milestone(index) => (0, index.index()),
        DueItem::Task(index) => (1, index.index()),
    }
}

fn all_of(index: PlanIndex, plan: &Plan) -> Vec<Due> {
    let milestones = plan.milestones.iter_enumerated().map(|(milestone, m)| Due {
        id: format!("{}#milestone-{}", plan.id, milestone.index() + 1),
        date: m.due,
        precision: Precision::Day,
        then_ongoing: false,
        revised: plan.revisions.of(DueItem::Milestone(milestone), m.due),
        plan: index,
        what: DueItem::Milestone(milestone),
        deadline: 0,
    });
    milestones.chain(plan.tasks.indices().flat_map(|task| of_task(index, plan, task))).collect()
}

fn of_task(index: PlanIndex, plan: &Plan, task: TaskIndex) -> Vec<Due> {
    let t = &plan.tasks[task];
    let then_ongoing = t.is_ongoing();
    dues(plan, t)
        .filter_map(|(id, deadline)| {
            let fact = &t.deadlines[deadline].fact;
            let date = fact.date?;
            Some(Due {
                id,
                date,
                precision: fact.precision.unwrap_or(Precision::Day),
                then_ongoing,
                revised: plan.revisions.of(DueItem::Task(task), date),
                plan: index,
                what: DueItem::Task(task),
                deadline,
            })
        })
        .collect()
}

/// Collects what is due at a time that names no day. What only recurs is left out: it has no place
/// in the order of time.
pub fn undated(plans: &Plans) -> Vec<Undated> {
    let of_task = |plan: PlanIndex, task: TaskIndex| {
        let t = &plans[plan].tasks[task];
        dues(&plans[plan], t).filter_map(move |(id, deadline)| {
            let fact = &t.deadlines[deadline].fact;
            let open = fact.date.is_none() && fact.recurrence.is_none();
            open.then(|| Undated { id, falls: fact.falls(), plan, task, deadline })
        })
    };
    let tasks = plans.iter_enumerated().flat_map(|(p, plan)| plan.tasks.indices().map(move |t| (p, t)));
    let mut undated: Vec<Undated> = tasks.flat_map(|(plan, task)| of_task(plan, task)).collect();
    undated.sort_by_key(|due| (due.falls.is_none(), due.falls, due.plan, due.task, due.deadline));
    undated
}

/// The due deadlines of a task, each with its id and its place among the task's deadlines.
fn dues<'a>(plan: &'a Plan, task: &'a Task) -> impl Iterator<Item = (String, usize)> + 'a {
    let due = task.deadlines.iter().enumerate().filter(|(_, d)| d.kind == DeadlineKind::Due);
    due.enumerate().map(move |(nth, (deadline, _))| (task_due_id(plan, task, nth), deadline))
}

/// The anchor of a task's due day on its page, counted from 0 among those.
pub fn due_anchor(nth: usize) -> String {
    format!("due-{}", nth + 1)
}

fn task_due_id(plan: &Plan, task: &Task, nth: usize) -> String {
    let anchor = if nth == 0 { String::new() } else { format!("#{}", due_anchor(nth)) };
    plan.task_id(task) + &anchor
}
