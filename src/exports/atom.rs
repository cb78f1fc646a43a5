//! Feeds: Atom (RFC 4287). No clock: a rebuild without a change changes nothing.
//!
//! The feed of the site has an entry for each plan, newest first: a new plan is
//! what a subscriber waits for. The feed of a plan has the plan and then an
//! entry for each task; that of a topic has its newest tasks. `updated` is the day of
//! the plan. A text that was corrected later keeps its entry and its date, and
//! one entry of its own, above all others, says what it said before: a build
//! keeps no state between runs, so editors record that (`[[corrections]]`).

use std::cmp::Reverse;

use crate::base::Date;
use crate::model::index::{PlanIndex, TaskIndex};
use crate::routes::{self, Page, Route, Scope};
use crate::site::{Correction, ItemRef, Plan};
use crate::views::context::PageContext;
use crate::views::corrections;
use crate::views::plan;
use crate::views::share;
use crate::views::strings;
use crate::xml::{self, XmlWriter, text};

/// How many plans the feed of the site has, and tasks that of a topic: a subscriber is told what is
/// new, and reads what is old on the pages.
const NEWEST: usize = 200;

/// One thing a subscriber is told.
struct FeedEntry {
    title: String,
    address: String,
    day: Option<Date>,
    published: bool,
    summary: String,
}

/// The feed of the site, of a plan or of a topic, in the reader's language.
pub fn feed(reader: &PageContext<'_>, scope: Scope) -> String {
    xml::document(|writer| write(writer, reader, scope))
}

fn write(writer: &mut XmlWriter, reader: &PageContext<'_>, scope: Scope) -> std::io::Result<()> {
    let entries = entries(reader, scope);
    let own = routes::absolute(reader.site, reader.route);
    let page = routes::absolute(reader.site, &Route::Page(reader.lang, scope.page()));
    let root = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    root.with_attribute(("xml:lang", reader.language.tag.as_str())).write_inner_content(|writer| {
        text(writer, "id", &own)?;
        text(writer, "title", &share::name(reader, scope).text)?;
        text(writer, "updated", &stamp(entries.iter().filter_map(|entry| entry.day).max()))?;
        link(writer, "self", &own, "application/atom+xml")?;
        link(writer, "alternate", &page, "text/html")?;
        writer.create_element("author").write_inner_content(|writer| {
            text(writer, "name", &reader.localized(&reader.site.settings.title).text)
        })?;
        entries.iter().try_for_each(|one| entry(writer, one))
    })?;
    Ok(())
}

fn entry(writer: &mut XmlWriter, entry: &FeedEntry) -> std::io::Result<()> {
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "id", &entry.address)?;
        text(writer, "title", &entry.title)?;
        text(writer, "updated", &stamp(entry.day))?;
        if entry.published {
            text(writer, "published", &stamp(entry.day))?;
        }
        link(writer, "alternate", &entry.address, "text/html")?;
        text(writer, "summary", &entry.summary)
    })?;
    Ok(())
}

fn link(writer: &mut XmlWriter, rel: &str, href: &str, kind: &str) -> std::io::Result<()> {
    let link = writer.create_element("link").with_attribute(("rel", rel));
    link.with_attribute(("type", kind)).with_attribute(("href", href)).write_empty()?;
    Ok(())
}

/// RFC 3339, which Atom asks for. A day is given as its first instant in UTC; what states no day gets the first there is.
fn stamp(day: Option<Date>) -> String {
    format!("{}T00:00:00Z", day.unwrap_or(Date::constant(1970, 1, 1)))
}

fn entries(reader: &PageContext<'_>, scope: Scope) -> Vec<FeedEntry> {
    let mut entries = corrected(reader, scope);
    let plans = &reader.site.plans;
    let of_item = |item: &ItemRef| Some(of_task(reader, item.plan, plans[item.plan].task_of(item.node)?));
    match scope {
        Scope::Site => entries.extend(plans.indices().take(NEWEST).map(|plan| of_plan(reader, plan))),
        Scope::Plan(plan) => {
            entries.push(of_plan(reader, plan));
            entries.extend(plans[plan].tasks.indices().map(|task| of_task(reader, plan, task)));
        }
        Scope::Topic(topic) => {
            entries.extend(reader.site.topics[topic].tasks.iter().take(NEWEST).filter_map(of_item));
        }
        Scope::Body(body) => {
            let body = &reader.site.bodies[body];
            let items = body.covered(plans);
            entries.extend(body.issued.iter().take(NEWEST).map(|plan| of_plan(reader, *plan)));
            entries.extend(items.iter().take(NEWEST).filter_map(of_item));
        }
    }
    entries
}

/// The corrections of a scope, the latest first.
fn corrected(reader: &PageContext<'_>, scope: Scope) -> Vec<FeedEntry> {
    let mut entries = Vec::new();
    let plans = match scope {
        Scope::Plan(plan) => plan.index()..plan.index() + 1,
        Scope::Site | Scope::Topic(_) | Scope::Body(_) => 0..reader.site.plans.len(),
    };
    for index in plans.map(PlanIndex::new) {
        let plan = &reader.site.plans[index];
        let told = plan.corrections.iter().filter(|one| corrections::concerns(reader, one));
        let inside = told.filter(|one| is_in(reader, scope, index, one));
        entries.extend(inside.map(|one| of_correction(reader, index, one)));
    }
    entries.sort_by_key(|entry| Reverse(entry.day));
    entries
}

fn is_in(reader: &PageContext<'_>, scope: Scope, plan: PlanIndex, correction: &Correction) -> bool {
    match scope {
        Scope::Site => true,
        Scope::Plan(of) => of == plan,
        Scope::Topic(topic) => {
            let tasks = &reader.site.topics[topic].tasks;
            correction.node.is_some_and(|node| tasks.binary_search(&ItemRef { plan, node }).is_ok())
        }
        Scope::Body(body) => {
            let body = &reader.site.bodies[body];
            let mut tasks = body.tasks.iter();
            let is_named = |node| tasks.any(|(_, item)| *item == ItemRef { plan, node });
            body.issued.contains(&plan) || correction.node.is_some_and(is_named)
        }
    }
}

fn of_correction(reader: &PageContext<'_>, index: PlanIndex, correction: &Correction) -> FeedEntry {
    let plan = &reader.site.plans[index];
    let task = correction.node.and_then(|node| plan.task_of(node));
    let whole = match task {
        Some(task) => of_task(reader, index, task),
        None => of_plan(reader, index),
    };
    let change = reader.say(strings::correction_change(&correction.old, &correction.new));
    let note = reader.localized(&correction.note).text;
    FeedEntry {
        title: reader.say(strings::correction_entry(&whole.title)),
        address: format!("{}#{}", whole.address, correction.anchor),
        day: Some(correction.date),
        published: true,
        summary: [change, note].join(" ").trim_end().to_owned(),
    }
}

fn of_plan(reader: &PageContext<'_>, index: PlanIndex) -> FeedEntry {
    let plan = &reader.site.plans[index];
    FeedEntry {
        title: reader.plan_title(plan).text,
        address: routes::absolute(reader.site, &Route::Page(reader.lang, Page::Plan(index))),
        day: day(plan),
        published: plan.published.is_some(),
        summary: plan::description(reader, plan),
    }
}

fn of_task(reader: &PageContext<'_>, index: PlanIndex, task: TaskIndex) -> FeedEntry {
    let plan = &reader.site.plans[index];
    let number = plan.tasks[task].number.to_string();
    let title = reader.node_title(plan, plan.tasks[task].node).text;
    FeedEntry {
        title: reader.say(strings::task_entry(&number, &title)),
        address: routes::absolute(reader.site, &Route::Page(reader.lang, Page::Task(index, task))),
        day: day(plan),
        published: plan.published.is_some(),
        summary: brief(reader.task_text(plan, task)),
    }
}

/// The day on which the public could read it; what does not state one, the day by which plans are ordered.
/// The longest text in bytes that a feed repeats. A task of many topics is in the feed of each.
const LONGEST: usize = 16 << 10;

fn brief(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

fn day(plan: &Plan) -> Option<Date> {
    plan.published.or_else(|| plan.day())
}
