//! The timeline: every due day of every plan, in order of time.

use super::revisions::revisions;
use super::site::{Due, DueItem, Plan, Task};
use crate::facts::date::Precision;
use crate::facts::deadline::Kind;

/// Collects what is due, sorted by day, then by plan and number.
pub fn collect(plans: &[Plan]) -> Vec<Due> {
    let mut timeline: Vec<Due> =
        plans.iter().enumerate().flat_map(|(index, plan)| of_plan(index, plan)).collect();
    timeline.sort_by_key(|due| (due.date, due.plan, order(due.what)));
    timeline
}

/// Whether a plan has a due day.
pub fn is_dated(plan: &Plan) -> bool {
    !plan.milestones.is_empty() || plan.tasks.iter().any(|task| task.due_days().next().is_some())
}

fn order(item: DueItem) -> (u8, usize) {
    match item {
        DueItem::Milestone(index) => (0, index),
        DueItem::Task(index) => (1, index),
    }
}

fn of_plan(index: usize, plan: &Plan) -> Vec<Due> {
    let milestones = plan.milestones.iter().enumerate().map(|(milestone, m)| Due {
        id: format!("{}#milestone-{}", plan.id, milestone + 1),
        date: m.due,
        precision: Precision::Day,
        then_ongoing: false,
        revised: revisions(plan, DueItem::Milestone(milestone), m.due),
        plan: index,
        what: DueItem::Milestone(milestone),
    });
    let tasks = plan.tasks.iter().enumerate().flat_map(|(task, t)| {
        let then_ongoing = t.is_ongoing();
        let due = t.deadlines.iter().filter(|d| d.kind == Kind::Due);
        due.enumerate().filter_map(move |(nth, deadline)| {
            let date = deadline.date?;
            Some(Due {
                id: task_due_id(plan, t, nth),
                date,
                precision: deadline.precision.unwrap_or(Precision::Day),
                then_ongoing,
                revised: revisions(plan, DueItem::Task(task), date),
                plan: index,
                what: DueItem::Task(task),
            })
        })
    });
    milestones.chain(tasks).collect()
}

/// The anchor of a task's due day on its page, counted from 0 among those.
pub fn due_anchor(nth: usize) -> String {
    format!("due-{}", nth + 1)
}

fn task_due_id(plan: &Plan, task: &Task, nth: usize) -> String {
    let anchor = if nth == 0 { String::new() } else { format!("#{}", due_anchor(nth)) };
    plan.task_id(task) + &anchor
}
