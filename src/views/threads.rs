//! Threads: all yearly tasks against the years, and one line of work with its story.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::index::{NodeIndex, PlanIndex, ThreadIndex};
use crate::resolve::series::yearly;
use crate::routes::Page;
use crate::site::{ItemRef, Site, Thread};
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::items::{self, ItemView};
use crate::views::links::{self, EndView, LinkView};
use crate::views::strings;
use crate::views::transition;

/// All lines of work.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadsView {
    /// The yearly plans, from the first year to the last: the columns.
    pub years: Vec<YearHead>,
    /// The lines of work: the rows.
    pub rows: Vec<ThreadRow>,
    /// The pages of what changed from year to year.
    pub transitions: Vec<Link>,
    /// How many yearly tasks there are.
    pub tasks: usize,
}

/// A year of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct YearHead {
    /// The year.
    pub year: i16,
    /// The plan's page.
    pub href: String,
}

/// A line of work in the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: Phrase,
    /// Its items in each year.
    pub years: Vec<YearItems>,
}

/// The items of a line of work in one year.
#[derive(Clone, Debug, Serialize)]
pub struct YearItems {
    /// The year.
    pub year: i16,
    /// The items; none if the plan of that year has no counterpart.
    pub items: Vec<ItemView>,
}

/// One line of work.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadView {
    /// Its story in a few sentences.
    pub summary: Phrase,
    /// The tasks of each year's plan.
    pub years: Vec<Chapter>,
    /// The tasks of plans that are not yearly, by plan.
    pub counterparts: Vec<ItemView>,
    /// How many links it has.
    pub links: usize,
}

/// A year in the story of a line of work.
#[derive(Clone, Debug, Serialize)]
pub struct Chapter {
    /// The year.
    pub year: i16,
    /// The title of the plan.
    pub plan: crate::views::context::Link,
    /// The items of the line of work.
    pub items: Vec<ItemView>,
    /// The links to later years.
    pub links: Vec<LinkView>,
    /// Tasks that have no counterpart.
    pub ends: Vec<EndView>,
}

/// The page of all lines of work.
pub fn list(reader: &PageContext<'_>) -> PageView<ThreadsView> {
    let site = reader.site;
    let years = traced(site);
    let threads = site.threads.iter_enumerated();
    let content = ThreadsView {
        rows: threads.map(|(index, thread)| row(reader, index, thread, &years)).collect(),
        transitions: years.iter().filter_map(|plan| transition::link(reader, *plan)).collect(),
        tasks: years.iter().map(|plan| site.plans[*plan].tasks.len()).sum(),
        years: years
            .iter()
            .map(|plan| YearHead { year: year(reader, *plan), href: reader.href(Page::Plan(*plan)) })
            .collect(),
    };
    let title = reader.label(strings::threads_title());
    let description = reader.say(strings::threads_description(content.tasks, content.rows.len()));
    head::frame(reader, "threads", title, description, vec![head::home_crumb(reader)], content)
}

/// The yearly plans of the series that are traced; all of them if none is.
fn traced(site: &Site) -> Vec<PlanIndex> {
    let is_traced = |plan: &PlanIndex| site.series_of(*plan).is_some_and(|series| series.traced);
    let mut years = yearly(&site.plans);
    if site.series.iter().any(|series| series.traced) {
        years.retain(is_traced);
    }
    years
}

/// The yearly plans of the series that items belong to; all that are traced if they belong to none.
fn of_series(site: &Site, items: &BTreeSet<ItemRef>) -> Vec<PlanIndex> {
    let plans: BTreeSet<PlanIndex> = items.iter().map(|item| item.plan).collect();
    let is_near = |plan: &PlanIndex| {
        site.series_of(*plan).is_some_and(|series| series.plans.iter().any(|plan| plans.contains(plan)))
    };
    let near: Vec<PlanIndex> = traced(site).into_iter().filter(is_near).collect();
    if near.is_empty() { traced(site) } else { near }
}

fn year(reader: &PageContext<'_>, plan: PlanIndex) -> i16 {
    reader.site.plans[plan].listed_year().unwrap_or_default()
}

fn row(reader: &PageContext<'_>, index: ThreadIndex, thread: &Thread, years: &[PlanIndex]) -> ThreadRow {
    let all = members(reader, thread);
    let of_year =
        |plan: &PlanIndex| YearItems { year: year(reader, *plan), items: of_plan(reader, &all, *plan) };
    ThreadRow {
        href: reader.href(Page::Thread(index)),
        title: reader.localized(&thread.title),
        years: years.iter().map(of_year).collect(),
    }
}

/// The items that the links and ends of a line of work join, in the order of the site.
fn members(reader: &PageContext<'_>, thread: &Thread) -> BTreeSet<ItemRef> {
    let links = thread.links.iter().map(|link| &reader.site.links[*link]);
    let ends = thread.ends.iter().map(|end| &reader.site.ends[*end]);
    let ends = ends.flat_map(|end| std::iter::once(end.task).chain(end.residue));
    links.flat_map(|link| [link.from, link.to]).chain(ends).collect()
}

fn of_plan(reader: &PageContext<'_>, members: &BTreeSet<ItemRef>, plan: PlanIndex) -> Vec<ItemView> {
    let bounds =
        ItemRef { plan, node: NodeIndex::new(0) }..ItemRef { plan: plan + 1, node: NodeIndex::new(0) };
    members.range(bounds).map(|item| items::view(reader, *item)).collect()
}

/// The page of one line of work.
pub fn one(reader: &PageContext<'_>, index: ThreadIndex) -> PageView<ThreadView> {
    let thread = &reader.site.threads[index];
    let all = members(reader, thread);
    let years = of_series(reader.site, &all);
    let content = ThreadView {
        summary: reader.localized(&thread.summary),
        years: years.into_iter().map(|plan| chapter(reader, thread, &all, plan)).collect(),
        counterparts: thread.counterparts.iter().map(|item| items::view(reader, *item)).collect(),
        links: thread.links.len(),
    };
    let title = reader.localized(&thread.title);
    let up = reader.label(strings::threads_title());
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Threads, up)];
    let described = reader.own_or(&title, strings::thread());
    let description = reader.say(strings::thread_description(&described));
    head::frame(reader, "thread", title, description, crumbs, content)
}

fn chapter(reader: &PageContext<'_>, thread: &Thread, all: &BTreeSet<ItemRef>, plan: PlanIndex) -> Chapter {
    let of_plan = &reader.site.plans[plan];
    let links = thread.links.iter().filter(|link| reader.site.links[**link].from.plan == plan);
    let ends = thread.ends.iter().filter(|end| reader.site.ends[**end].task.plan == plan);
    Chapter {
        year: year(reader, plan),
        plan: reader.link(Page::Plan(plan), reader.plan_title(of_plan)),
        items: self::of_plan(reader, all, plan),
        links: links.map(|link| links::view(reader, *link)).collect(),
        ends: ends.map(|end| links::end(reader, *end)).collect(),
    }
}
