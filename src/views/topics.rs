//! Topics: all subject headings, and one with its tasks.

use serde::Serialize;

use crate::model::index::TopicIndex;
use crate::routes::{self, Page, Scope};
use crate::site::ItemRef;
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::plan::{self, PlanFacts};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::tasks::TaskRow;

/// All subject headings.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsView {
    /// The headings, in the order of the catalogue.
    pub topics: Vec<TopicRow>,
}

/// A subject heading in the list.
#[derive(Clone, Debug, Serialize)]
pub struct TopicRow {
    /// Its page.
    pub link: Link,
    /// Its scope.
    pub note: Phrase,
    /// How many tasks have it.
    pub tasks: usize,
}

/// One subject heading.
#[derive(Clone, Debug, Serialize)]
pub struct TopicView {
    /// Its scope.
    pub note: Phrase,
    /// Its name in the original's language, if the page is in another.
    pub original: Option<Phrase>,
    /// Its tasks, by plan.
    pub plans: Vec<TopicPlan>,
    /// How many tasks have it.
    pub tasks: usize,
    /// Its calendar, if anything is due.
    pub calendar: Option<Offer>,
    /// Its feed, if it has a task.
    pub feed: Option<Offer>,
}

/// The tasks of a plan that have a subject heading.
#[derive(Clone, Debug, Serialize)]
pub struct TopicPlan {
    /// The plan.
    pub plan: PlanFacts,
    /// The tasks.
    pub tasks: Vec<TaskRow>,
}

/// The page of all subject headings.
pub fn list(reader: &PageContext<'_>) -> PageView<TopicsView> {
    let content = TopicsView { topics: rows(reader) };
    let title = reader.label(strings::topics_title());
    let description = reader.say(strings::topics_description(content.topics.len()));
    head::frame(reader, "topics", title, description, vec![head::home_crumb(reader)], content)
}

/// All subject headings, in the order of the catalogue.
pub fn rows(reader: &PageContext<'_>) -> Vec<TopicRow> {
    let row = |(index, topic): (TopicIndex, &crate::site::Topic)| TopicRow {
        link: link(reader, index),
        note: reader.localized(&topic.note),
        tasks: topic.tasks.len(),
    };
    reader.site.topics.iter_enumerated().map(row).collect()
}

/// A subject heading by its index in the site, as a link.
pub fn link(reader: &PageContext<'_>, index: TopicIndex) -> Link {
    reader.link(Page::Topic(index), reader.localized(&reader.site.topics[index].title))
}

/// The page of one subject heading.
pub fn one(reader: &PageContext<'_>, index: TopicIndex) -> PageView<TopicView> {
    let topic = &reader.site.topics[index];
    let scope = Scope::Topic(index);
    let title = reader.localized(&topic.title);
    let note = reader.localized(&topic.note);
    let original = topic.title.get(&reader.original()).map(|name| reader.phrase(name, reader.original()));
    let content = TopicView {
        original: original.filter(|name| name.lang.is_some()),
        tasks: topic.tasks.len(),
        note: note.clone(),
        plans: by_plan(reader, &topic.tasks),
        calendar: share::calendar(reader, scope),
        feed: routes::has_feed(reader.site, scope).then(|| share::feed(reader, scope)),
    };
    let up = reader.label(strings::topics_title());
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Topics, up)];
    let description = reader.own_or(&note, strings::topic());
    head::frame(reader, "topic", title, description, crumbs, content)
}

/// Tasks as rows of lists, by plan. They are in the order of the site.
pub fn by_plan(reader: &PageContext<'_>, tasks: &[ItemRef]) -> Vec<TopicPlan> {
    let mut plans: Vec<TopicPlan> = Vec::new();
    let mut last = None;
    for item in tasks {
        let Some(task) = reader.site.plans[item.plan].task_of(item.node) else { continue };
        if last != Some(item.plan) {
            last = Some(item.plan);
            plans.push(TopicPlan { plan: plan::facts(reader, item.plan), tasks: Vec::new() });
        }
        if let Some(of_plan) = plans.last_mut() {
            of_plan.tasks.push(crate::views::tasks::row(reader, item.plan, task));
        }
    }
    plans
}
