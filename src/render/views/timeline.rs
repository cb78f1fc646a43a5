//! The timeline: every due day, and the tasks that are ongoing without one.

use serde::Serialize;

use super::deadline;
use super::head::{self, PageView};
use super::reader::{Phrase, Reader};
use super::tasks::{self, TaskRow};
use crate::facts::deadline::Kind;
use crate::resolve::site::{Due, DueItem};
use crate::routes::Page;

/// The timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// What is due, by year and day.
    pub years: Vec<Year>,
    /// The tasks that are ongoing and have no due day, by plan.
    pub ongoing: Vec<Ongoing>,
    /// How many due days there are.
    pub due: usize,
    /// How many tasks are only ongoing.
    pub ongoing_count: usize,
}

/// What is due in a year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// What is due, by day.
    pub dues: Vec<DueView>,
}

/// Something due on a day.
#[derive(Clone, Debug, Serialize)]
pub struct DueView {
    /// The day, ISO 8601; of a period its last.
    pub date: String,
    /// How exactly it is stated.
    pub precision: &'static str,
    /// When, in the reader's language.
    pub words: String,
    /// How the day relates to today.
    pub relation: String,
    /// Whether the day has gone by.
    pub passed: bool,
    /// Whether work goes on afterwards.
    pub then_ongoing: bool,
    /// `task` or `milestone`.
    pub kind: &'static str,
    /// Its number, if it is a task.
    pub number: Option<u32>,
    /// What is due.
    pub title: Phrase,
    /// Where to read about it.
    pub href: String,
    /// The plan.
    pub plan: Phrase,
    /// The id of the plan.
    pub plan_id: String,
}

/// The ongoing tasks of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Ongoing {
    /// The plan.
    pub plan: Phrase,
    /// The tasks.
    pub tasks: Vec<TaskRow>,
}

/// The page of the timeline.
pub fn view(reader: &Reader<'_>) -> PageView<TimelineView> {
    let site = reader.site;
    let mut years: Vec<Year> = Vec::new();
    for due in &site.timeline {
        let year = due.date.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(Year { year, dues: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.dues.push(self::due(reader, due));
        }
    }
    let ongoing: Vec<_> =
        (0..site.plans.len()).map(|index| ongoing(reader, index)).filter(|o| !o.tasks.is_empty()).collect();
    let ongoing_count = ongoing.iter().map(|o| o.tasks.len()).sum();
    let content = TimelineView { years, ongoing, due: site.timeline.len(), ongoing_count };
    let title = Phrase { text: reader.say("timeline-title"), lang: None };
    let description = reader.say("timeline-description");
    head::frame(reader, "timeline", title, description, vec![head::home_crumb(reader)], content)
}

/// Something due, in the reader's language.
pub fn due(reader: &Reader<'_>, due: &Due) -> DueView {
    let plan = &reader.site.plans[due.plan];
    let (kind, number, title, href) = match due.what {
        DueItem::Task(index) => {
            let row = tasks::row(reader, due.plan, index);
            ("task", Some(row.number), row.title, row.href)
        }
        DueItem::Milestone(index) => {
            let href = format!("{}#milestones", reader.href(Page::Plan(due.plan)));
            ("milestone", None, reader.localized(&plan.milestones[index].title), href)
        }
    };
    DueView {
        date: due.date.to_string(),
        precision: due.precision.as_str(),
        words: deadline::period(reader, due.date, due.precision, false),
        relation: relation(reader, due),
        passed: due.date < reader.site.today,
        then_ongoing: due.then_ongoing,
        kind,
        number,
        title,
        href,
        plan: reader.plan_title(plan),
        plan_id: plan.id.to_string(),
    }
}

fn relation(reader: &Reader<'_>, due: &Due) -> String {
    match due.what {
        DueItem::Task(index) => {
            deadline::task_relation(reader, &reader.site.plans[due.plan].tasks[index], due.date)
        }
        DueItem::Milestone(_) => deadline::relation(reader, due.date),
    }
}

fn ongoing(reader: &Reader<'_>, index: usize) -> Ongoing {
    let plan = &reader.site.plans[index];
    let only_ongoing = |task: &crate::resolve::site::Task| {
        !task.deadlines.is_empty() && task.deadlines.iter().all(|d| d.kind == Kind::Ongoing)
    };
    let tasks = plan.tasks.iter().enumerate().filter(|(_, task)| only_ongoing(task));
    Ongoing {
        plan: reader.plan_title(plan),
        tasks: tasks.map(|(t, _)| tasks::row(reader, index, t)).collect(),
    }
}
