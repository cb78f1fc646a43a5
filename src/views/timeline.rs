//! The timeline: every due day, and the tasks that are ongoing without one.

use serde::Serialize;

use crate::facts::deadline::{Basis, DeadlineKind};
use crate::model::index::PlanIndex;
use crate::routes::{self, Page};
use crate::site::{Due, DueItem, Plan, Topic, Undated};
use crate::views::chart::{self, Chart};
use crate::views::context::{Day, PageContext, Phrase};
use crate::views::deadline;
use crate::views::head::{self, PageView};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::tasks::{self, TaskRow};

/// The timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// The picture; absent if nothing is due.
    pub chart: Option<Chart>,
    /// The plans with a due day or an ongoing task, to choose from.
    pub plans: Vec<Choice>,
    /// The subject headings with a due day or an ongoing task, to choose from.
    pub topics: Vec<Choice>,
    /// The next due days; none if all have gone by.
    pub next: Vec<DueView>,
    /// The last due day of all.
    pub last: Option<Day>,
    /// Of how many due days later documents show what became of them.
    pub shown: usize,
    /// The calendars: of the site, then of each plan with a due day.
    pub calendars: Vec<Offer>,
    /// Due items by year and day; those without a stated day where they fall.
    pub years: Vec<Year>,
    /// Due items without a stated day or year.
    pub unplaced: Vec<DueView>,
    /// The tasks that are ongoing and have no due day, by plan.
    pub ongoing: Vec<Ongoing>,
    /// How many due days there are.
    pub due: usize,
    /// How many tasks are only ongoing.
    pub ongoing_count: usize,
}

/// A plan or subject heading to choose.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Its id, as in its URL.
    pub id: String,
    /// Its title.
    pub title: Phrase,
}

/// The due days of a year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// The due days, in order.
    pub dues: Vec<DueView>,
}

/// Something due on a day.
#[derive(Clone, Debug, Serialize)]
pub struct DueView {
    /// Its anchor on the page.
    pub anchor: String,
    /// The day, ISO 8601; of a period its last. Empty if no day is stated.
    pub date: String,
    /// How exactly it is stated; empty if no day is.
    pub precision: &'static str,
    /// When, in the reader's language.
    pub words: String,
    /// The clause of the original, where the deadline does not go with all of the item.
    pub clause: Option<Phrase>,
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
    /// The thing that is due.
    pub title: Phrase,
    /// Where to read about it.
    pub href: String,
    /// The plan.
    pub plan: Phrase,
    /// The id of the plan.
    pub plan_id: String,
    /// The year of the day.
    pub year: i16,
    /// The words of its subject headings in URLs.
    pub topics: Vec<String>,
    /// The day the plan was published, if that was after the due day.
    pub published_later: Option<Day>,
}

/// The ongoing tasks of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Ongoing {
    /// The plan.
    pub plan: Phrase,
    /// The id of the plan.
    pub plan_id: String,
    /// The tasks.
    pub tasks: Vec<TaskRow>,
}

/// The page of the timeline.
pub fn view(reader: &PageContext<'_>) -> PageView<TimelineView> {
    let site = reader.site;
    let placed = site.undated.iter().filter_map(|due| Some((due.falls?, undated(reader, due))));
    let mut dues: Vec<_> = site.timeline.iter().map(|due| (due.date, self::due(reader, due))).collect();
    dues.extend(placed);
    dues.sort_by_key(|(day, _)| *day);
    let mut years: Vec<Year> = Vec::new();
    for (day, due) in dues {
        let year = day.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(Year { year, dues: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.dues.push(due);
        }
    }
    let ongoing: Vec<_> =
        site.plans.indices().map(|index| ongoing(reader, index)).filter(|o| !o.tasks.is_empty()).collect();
    let ongoing_count = ongoing.iter().map(|o| o.tasks.len()).sum();
    let content = TimelineView {
        chart: chart::chart(reader),
        plans: choices(reader),
        topics: topics(reader),
        next: next(reader),
        last: site.timeline.last().map(|due| reader.day(due.date)),
        shown: shown(reader),
        calendars: share::calendars(reader),
        years,
        unplaced: site
            .undated
            .iter()
            .filter(|due| due.falls.is_none())
            .map(|due| undated(reader, due))
            .collect(),
        ongoing,
        due: site.timeline.len(),
        ongoing_count,
    };
    let title = reader.label(strings::timeline_title());
    let description = reader.say(strings::timeline_description());
    head::frame(reader, "timeline", title, description, vec![head::home_crumb(reader)], content)
}

/// The plans that say anything about time.
fn choices(reader: &PageContext<'_>) -> Vec<Choice> {
    let timed = |plan: &&Plan| {
        !plan.milestones.is_empty() || plan.tasks.iter().any(|task| !task.deadlines.is_empty())
    };
    let choice = |plan: &Plan| Choice { id: plan.id.to_string(), title: reader.plan_title(plan) };
    reader.site.plans.iter().filter(timed).map(choice).collect()
}

/// The subject headings of tasks that say anything about time.
fn topics(reader: &PageContext<'_>) -> Vec<Choice> {
    let timed = |topic: &&Topic| {
        topic.tasks.iter().any(|item| {
            let task = reader.site.plans[item.plan].task_at(item.node);
            task.is_some_and(|task| !task.deadlines.is_empty())
        })
    };
    let choice = |topic: &Topic| Choice { id: topic.slug.clone(), title: reader.localized(&topic.title) };
    reader.site.topics.iter().filter(timed).map(choice).collect()
}

/// Of how many due days later documents show what became of them.
pub fn shown(reader: &PageContext<'_>) -> usize {
    let has_evidence = |due: &&Due| match due.what {
        DueItem::Task(task) => !reader.site.plans[due.plan].tasks[task].evidence.is_empty(),
        DueItem::Milestone(_) => false,
    };
    reader.site.timeline.iter().filter(has_evidence).count()
}

/// The next due days, at most five; none if all have gone by.
pub fn next(reader: &PageContext<'_>) -> Vec<DueView> {
    let coming = reader.site.timeline.iter().filter(|due| due.date >= reader.site.today);
    coming.take(5).map(|due| self::due(reader, due)).collect()
}

/// Something due, in the reader's language.
pub fn due(reader: &PageContext<'_>, due: &Due) -> DueView {
    let plan = &reader.site.plans[due.plan];
    let (words, clause) = told(reader, due);
    let (kind, number, title, href, topics) = match due.what {
        DueItem::Task(index) => {
            let task = &plan.tasks[index];
            let (title, href) =
                (reader.node_title(plan, task.node), reader.href(Page::Task(due.plan, index)));
            ("task", Some(task.number), title, href, tasks::topics(reader, task))
        }
        DueItem::Milestone(index) => {
            let href = reader.href(routes::page_of(due)) + due.anchor();
            ("milestone", None, reader.localized(&plan.milestones[index].title), href, Vec::new())
        }
    };
    DueView {
        anchor: chart::anchor(due),
        date: due.date.to_string(),
        precision: due.precision.as_str(),
        words,
        clause,
        relation: relation(reader, due),
        passed: due.date < reader.site.today,
        then_ongoing: due.then_ongoing,
        kind,
        number,
        title,
        href,
        plan: reader.plan_title(plan),
        plan_id: plan.id.to_string(),
        year: due.date.year(),
        topics,
        published_later: plan.published.filter(|_| chart::is_early(reader, due)).map(|day| reader.day(day)),
    }
}

/// When something is due, in words, and the clause that says so.
fn told(reader: &PageContext<'_>, due: &Due) -> (String, Option<Phrase>) {
    let period = deadline::period(reader, due.date, due.precision, false);
    let DueItem::Task(task) = due.what else { return (period, None) };
    let stated = &reader.site.plans[due.plan].tasks[task].deadlines[due.deadline];
    let words = match stated.basis {
        Basis::Stated => period,
        Basis::Latest | Basis::Computed => deadline::words(reader, stated).text,
    };
    (words, deadline::clause(reader, stated))
}

/// Something due at no stated day, in the reader's language.
fn undated(reader: &PageContext<'_>, due: &Undated) -> DueView {
    let plan = &reader.site.plans[due.plan];
    let task = &plan.tasks[due.task];
    let row = tasks::row(reader, due.plan, due.task);
    let stated = &task.deadlines[due.deadline];
    DueView {
        anchor: chart::anchor_of(&due.id),
        date: String::new(),
        precision: "",
        words: match stated.occasion {
            Some(_) => deadline::words(reader, stated).text,
            None => reader.say(strings::deadline_no_day()),
        },
        clause: Some(reader.phrase(&stated.text, reader.original())),
        relation: String::new(),
        passed: false,
        then_ongoing: task.is_ongoing(),
        kind: "task",
        number: Some(row.number),
        title: row.title,
        href: row.href,
        plan: reader.plan_title(plan),
        plan_id: plan.id.to_string(),
        year: due.falls.map_or(0, |day| day.year()),
        topics: tasks::topics(reader, task),
        published_later: None,
    }
}

fn relation(reader: &PageContext<'_>, due: &Due) -> String {
    match due.what {
        DueItem::Task(index) => {
            deadline::task_relation(reader, &reader.site.plans[due.plan].tasks[index], due.date)
        }
        DueItem::Milestone(_) => deadline::relation(reader, due.date),
    }
}

fn ongoing(reader: &PageContext<'_>, index: PlanIndex) -> Ongoing {
    let plan = &reader.site.plans[index];
    let only_ongoing = |task: &crate::site::Task| {
        !task.deadlines.is_empty() && task.deadlines.iter().all(|d| d.kind == DeadlineKind::Ongoing)
    };
    let tasks = plan.tasks.iter_enumerated().filter(|(_, task)| only_ongoing(task));
    let row = |(at, task)| TaskRow { topics: tasks::topics(reader, task), ..tasks::row(reader, index, at) };
    Ongoing { plan: reader.plan_title(plan), plan_id: plan.id.to_string(), tasks: tasks.map(row).collect() }
}
