//! Responsible bodies: all of them, and one with its tasks.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::facts::body::BodyRole;
use crate::model::index::BodyIndex;
use crate::routes::{self, Page, Scope};
use crate::site::{ItemRef, NamedBody};
use crate::views::context::{Link, PageContext};
use crate::views::head::{self, PageView};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::topics::{self, TopicPlan};

/// All bodies that tasks name.
#[derive(Clone, Debug, Serialize)]
pub struct BodiesView {
    /// The bodies, those with the most tasks first.
    pub bodies: Vec<BodyEntry>,
}

/// A body in the list.
#[derive(Clone, Debug, Serialize)]
pub struct BodyEntry {
    /// Its page.
    pub link: Link,
    /// How many tasks name it.
    pub tasks: usize,
    /// For how many of them it answers: it leads or is responsible.
    pub answers: usize,
}

/// One body.
#[derive(Clone, Debug, Serialize)]
pub struct BodyPage {
    /// Its tasks by its role in them.
    pub roles: Vec<RoleTasks>,
    /// How many tasks name it.
    pub tasks: usize,
    /// Its calendar, if anything is due.
    pub calendar: Option<Offer>,
    /// Its feed.
    pub feed: Option<Offer>,
    /// The search page with a filter for the body.
    pub search: String,
}

/// The tasks in which a body has one role.
#[derive(Clone, Debug, Serialize)]
pub struct RoleTasks {
    /// `lead`, `responsible`, `cooperate`, `guide` or `participate`.
    pub kind: &'static str,
    /// The role in words.
    pub words: String,
    /// How many tasks there are.
    pub count: usize,
    /// The tasks, by plan.
    pub plans: Vec<TopicPlan>,
}

/// The page of all bodies.
pub fn list(reader: &PageContext<'_>) -> PageView<BodiesView> {
    let entry = |(index, body): (BodyIndex, &NamedBody)| BodyEntry {
        link: link(reader, index),
        tasks: body.items().len(),
        answers: body.answers(),
    };
    let content = BodiesView { bodies: reader.site.bodies.iter_enumerated().map(entry).collect() };
    let title = reader.label(strings::bodies_title());
    let description = reader.say(strings::bodies_description(content.bodies.len()));
    head::frame(reader, "bodies", title, description, vec![head::home_crumb(reader)], content)
}

/// A body by its index in the site, as a link.
pub fn link(reader: &PageContext<'_>, index: BodyIndex) -> Link {
    reader.link(Page::Body(index), reader.phrase(&reader.site.bodies[index].name, reader.original()))
}

/// The page of one body.
pub fn one(reader: &PageContext<'_>, index: BodyIndex) -> PageView<BodyPage> {
    let body = &reader.site.bodies[index];
    let scope = Scope::Body(index);
    let content = BodyPage {
        roles: BodyRole::NAMES.iter().filter_map(|(_, role)| of_role(reader, body, *role)).collect(),
        tasks: body.items().len(),
        calendar: share::calendar(reader, scope),
        feed: routes::has_feed(reader.site, scope).then(|| share::feed(reader, scope)),
        search: format!(
            "{}?body={}",
            reader.href(Page::Search),
            utf8_percent_encode(&body.name, NON_ALPHANUMERIC)
        ),
    };
    let title = reader.phrase(&body.name, reader.original());
    let crumbs =
        vec![head::home_crumb(reader), reader.link(Page::Bodies, reader.label(strings::bodies_title()))];
    let description = reader.say(strings::body_description(content.tasks));
    head::frame(reader, "body", title, description, crumbs, content)
}

fn of_role(reader: &PageContext<'_>, body: &NamedBody, role: BodyRole) -> Option<RoleTasks> {
    let tasks = body.tasks.iter().filter(|(of, _)| *of == role);
    let items: Vec<ItemRef> = tasks.map(|(_, item)| *item).collect();
    (!items.is_empty()).then(|| RoleTasks {
        kind: role.as_str(),
        words: reader.say(strings::body_role(role)),
        count: items.len(),
        plans: topics::by_plan(reader, &items),
    })
}
