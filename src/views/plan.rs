//! The page of a plan: its text, whole, and its contents.

use serde::Serialize;

use crate::model::NodeKind;
use crate::model::index::{NodeIndex, PlanIndex};
use crate::routes::{Page, Scope};
use crate::site::Plan;
use crate::views::blocks::{self, BlockView};
use crate::views::bodies;
use crate::views::context::{Day, Link, PageContext, Phrase};
use crate::views::corrections::{self, CorrectionView};
use crate::views::deadline::{self, DeadlineView};
use crate::views::head::{self, PageView};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::transition;

/// A plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanView {
    /// The facts that it states about itself.
    pub facts: PlanFacts,
    /// The milestones for reports.
    pub milestones: Vec<MilestoneView>,
    /// Its parts, in reading order.
    pub nodes: Vec<NodeView>,
    /// The corrections, the latest first.
    pub corrections: Vec<CorrectionView>,
    /// The language beside the original's, by its name, if there is one.
    pub companion: Option<Phrase>,
}

/// The facts that a plan states about itself. Facts that its source does not state are absent.
#[derive(Clone, Debug, Serialize)]
pub struct PlanFacts {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// `annual-plan`, `key-points` or `promotion-plan`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: String,
    /// Its title.
    pub title: Phrase,
    /// The year it is for.
    pub year: Option<i16>,
    /// The name on each printed sheet: its document number as in the original, else its title.
    pub sheet: Phrase,
    /// Its document number (发文字号).
    pub number: Option<Phrase>,
    /// The body that issued it.
    pub issuer: Option<Phrase>,
    /// The pages of its issuers, if they have any.
    pub issuers: Vec<Link>,
    /// The day it was made.
    pub issued: Option<Day>,
    /// The day it was published.
    pub published: Option<Day>,
    /// Where it was published.
    pub source: Option<String>,
    /// How many tasks it has.
    pub tasks: usize,
    /// How many of them have a due day.
    pub dated: usize,
    /// How many are only ongoing.
    pub ongoing: usize,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its calendar, if anything is due.
    pub calendar: Option<Offer>,
    /// The page of what changed since the plan of the year before, if there is one.
    pub since: Option<Link>,
    /// The page of what became of it in the plan of the year after.
    pub until: Option<Link>,
    /// Its feed.
    pub feed: Offer,
    /// Its Akoma Ntoso version in the language of the page, if it has one.
    pub akn: Option<Offer>,
}

/// A due day that a covering notice sets.
#[derive(Clone, Debug, Serialize)]
pub struct MilestoneView {
    /// The day.
    pub day: Day,
    /// The thing that is due.
    pub title: Phrase,
    /// How the day relates to today.
    pub relation: String,
}

/// A part of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct NodeView {
    /// Its id and anchor.
    pub id: String,
    /// `notice`, `preamble`, `section`, `task`, `requirement` or `attachments`.
    pub kind: &'static str,
    /// The number as written.
    pub label: String,
    /// The title, for the table of contents.
    pub title: Phrase,
    /// How deep it is, from 1.
    pub depth: u8,
    /// The heading, if it has one.
    pub heading: Option<BlockView>,
    /// The text below the heading.
    pub body: Vec<BlockView>,
    /// The page of the task, if it is one.
    pub href: Option<String>,
    /// The promises of a task about time.
    pub deadlines: Vec<DeadlineView>,
}

/// The page of a plan.
pub fn view(reader: &PageContext<'_>, index: PlanIndex) -> PageView<PlanView> {
    let plan = &reader.site.plans[index];
    let content = PlanView {
        facts: facts(reader, index),
        milestones: milestones(reader, plan),
        nodes: plan.nodes.indices().map(|n| node(reader, index, n)).collect(),
        corrections: corrections::of_plan(reader, index),
        companion: blocks::companion_name(reader),
    };
    let title = reader.plan_title(plan);
    let description = description(reader, plan);
    head::frame(reader, "plan", title, description, vec![head::home_crumb(reader)], content)
}

/// A plan in one sentence.
pub fn description(reader: &PageContext<'_>, plan: &Plan) -> String {
    let title = reader.own_or(&reader.plan_title(plan), strings::plan_kind(plan.kind));
    reader.say(strings::plan_description(&title, plan.tasks.len()))
}

/// The facts that a plan states about itself.
pub fn facts(reader: &PageContext<'_>, index: PlanIndex) -> PlanFacts {
    let plan = &reader.site.plans[index];
    let stated = |texts: &crate::settings::Localized| (!texts.is_empty()).then(|| reader.localized(texts));
    PlanFacts {
        id: plan.id.to_string(),
        href: reader.href(Page::Plan(index)),
        kind: plan.kind.as_str(),
        kind_name: reader.kind(plan),
        title: reader.plan_title(plan),
        year: plan.year,
        sheet: sheet(reader, plan),
        number: stated(&plan.number),
        issuer: stated(&plan.issuer),
        issuers: plan.issuers.iter().map(|body| bodies::link(reader, *body)).collect(),
        issued: plan.issued.map(|day| reader.day(day)),
        published: plan.published.map(|day| reader.day(day)),
        source: plan.source.clone(),
        tasks: plan.tasks.len(),
        dated: plan.timed.due,
        ongoing: plan.timed.all - plan.timed.due,
        draft: plan.draft,
        calendar: share::calendar(reader, Scope::Plan(index)),
        since: transition::link(reader, index),
        until: reader.site.next(index).and_then(|next| transition::link(reader, next)),
        feed: share::feed(reader, Scope::Plan(index)),
        akn: share::akn(reader, index),
    }
}

fn sheet(reader: &PageContext<'_>, plan: &Plan) -> Phrase {
    let original = reader.original();
    plan.number
        .get(&original)
        .map_or_else(|| reader.plan_title(plan), |number| reader.phrase(number, original))
}

fn milestones(reader: &PageContext<'_>, plan: &Plan) -> Vec<MilestoneView> {
    let view = |m: &crate::site::Milestone| MilestoneView {
        day: reader.day(m.due),
        title: reader.localized(&m.title),
        relation: deadline::relation(reader, m.due),
    };
    plan.milestones.iter().map(view).collect()
}

fn node(reader: &PageContext<'_>, plan_index: PlanIndex, index: NodeIndex) -> NodeView {
    let plan = &reader.site.plans[plan_index];
    let node = &plan.nodes[index];
    let task = (node.kind == NodeKind::Task).then(|| plan.task_of(index)).flatten();
    let (heading, _) = plan.heading(index, reader.lang, reader.original());
    NodeView {
        id: node.id.to_string(),
        kind: node.kind.as_str(),
        label: heading.label.clone(),
        title: reader.node_title(plan, index),
        depth: node.depth,
        heading: node.headed.then(|| blocks::view(reader, plan, node.blocks.start, node.id.block(0))),
        body: blocks::views(reader, plan, index, node.body()),
        href: task.map(|task| reader.href(Page::Task(plan_index, task))),
        deadlines: task.map(|t| deadline::of_task(reader, &plan.tasks[t])).unwrap_or_default(),
    }
}
