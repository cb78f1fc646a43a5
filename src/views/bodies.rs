//! Public bodies: all of them, and one with its plans and tasks.

use std::cmp::Reverse;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::facts::body::BodyRole;
use crate::model::index::BodyIndex;
use crate::routes::{self, Page, Scope};
use crate::site::{ItemRef, NamedBody};
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::plans::{self, PlanYear};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::topics::{self, TopicPlan};

/// All bodies that issue plans or that tasks name.
#[derive(Clone, Debug, Serialize)]
pub struct BodiesView {
    /// The bodies that issue plans, those with the most plans first. Empty if there is only one.
    pub issuers: Vec<BodyRow>,
    /// The bodies that tasks name, those with the most tasks first.
    pub bodies: Vec<BodyRow>,
}

/// A body in the list.
#[derive(Clone, Debug, Serialize)]
pub struct BodyRow {
    /// Its page.
    pub link: Link,
    /// How many tasks name it.
    pub tasks: usize,
    /// For how many of them it answers: it leads or is responsible.
    pub answers: usize,
    /// How many plans it issued.
    pub plans: usize,
}

/// One body.
#[derive(Clone, Debug, Serialize)]
pub struct BodyPage {
    /// Its other names.
    pub aliases: Vec<Phrase>,
    /// The names that it had before.
    pub former: Vec<Phrase>,
    /// True for a class of bodies: 各区政府.
    pub is_class: bool,
    /// The plans that it issued, by year and the latest first.
    pub issued: Vec<PlanYear>,
    /// Figures of these plans.
    pub figures: IssuedFigures,
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

/// Figures of the plans that a body issued.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IssuedFigures {
    /// Number of plans.
    pub plans: usize,
    /// Number of tasks.
    pub tasks: usize,
    /// Number of deadlines with a day.
    pub dated: usize,
    /// Number of ongoing tasks.
    pub ongoing: usize,
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
    let entry = |(index, body): (BodyIndex, &NamedBody)| BodyRow {
        link: link(reader, index),
        tasks: body.items().len(),
        answers: body.answers(),
        plans: body.issued.len(),
    };
    let all = || reader.site.bodies.iter_enumerated().map(entry);
    let mut issuers: Vec<BodyRow> = all().filter(|body| body.plans > 0).collect();
    issuers.sort_by_key(|body| Reverse(body.plans));
    let content = BodiesView { issuers, bodies: all().filter(|body| body.tasks > 0).collect() };
    let title = reader.label(strings::bodies_title());
    let description = reader.say(strings::bodies_description(content.bodies.len(), content.issuers.len()));
    head::frame(reader, "bodies", title, description, vec![head::home_crumb(reader)], content)
}

/// A body by its index in the site, as a link.
pub fn link(reader: &PageContext<'_>, index: BodyIndex) -> Link {
    reader.link(Page::Body(index), reader.localized(&reader.site.bodies[index].name))
}

/// The page of one body.
pub fn one(reader: &PageContext<'_>, index: BodyIndex) -> PageView<BodyPage> {
    let body = &reader.site.bodies[index];
    let scope = Scope::Body(index);
    let original = reader.original();
    let names = |names: &[String]| names.iter().map(|name| reader.phrase(name, original)).collect();
    let name = body.name.get(&original).map_or("", String::as_str);
    let content = BodyPage {
        aliases: names(&body.aliases),
        former: names(&body.former),
        is_class: body.is_class,
        issued: plans::by_year(reader, body.issued.iter().copied()),
        figures: figures(reader, body),
        roles: BodyRole::NAMES.iter().filter_map(|(_, role)| of_role(reader, body, *role)).collect(),
        tasks: body.items().len(),
        calendar: share::calendar(reader, scope),
        feed: routes::has_feed(reader.site, scope).then(|| share::feed(reader, scope)),
        search: format!("{}?body={}", reader.href(Page::Search), utf8_percent_encode(name, NON_ALPHANUMERIC)),
    };
    let title = reader.localized(&body.name);
    let crumbs =
        vec![head::home_crumb(reader), reader.link(Page::Bodies, reader.label(strings::bodies_title()))];
    let description = match content.tasks {
        0 => reader.say(strings::issuer_description(content.figures.plans)),
        tasks => reader.say(strings::body_description(tasks)),
    };
    head::frame(reader, "body", title, description, crumbs, content)
}

fn figures(reader: &PageContext<'_>, body: &NamedBody) -> IssuedFigures {
    let plans = body.issued.iter().map(|plan| &reader.site.plans[*plan]);
    plans.fold(IssuedFigures::default(), |sum, plan| IssuedFigures {
        plans: sum.plans + 1,
        tasks: sum.tasks + plan.tasks.len(),
        dated: sum.dated + plan.timed.due,
        ongoing: sum.ongoing + plan.timed.all - plan.timed.due,
    })
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
