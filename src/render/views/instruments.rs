//! Cited instruments: all of them, and one with everyone who cites it.

use serde::Serialize;

use super::head::{self, PageView};
use super::plan::{self, PlanFacts};
use super::reader::{Link, Phrase, Reader, Value};
use super::task;
use crate::model::NodeKind;
use crate::resolve::site::{Instrument, ItemRef};
use crate::routes::Page;

/// All instruments.
#[derive(Clone, Debug, Serialize)]
pub struct InstrumentsView {
    /// The instruments, in order of their original titles.
    pub instruments: Vec<Row>,
    /// How many citations there are in all.
    pub citations: usize,
}

/// An instrument in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Phrase,
    /// Its title in the original's language, if the page is in another.
    pub original: Option<Phrase>,
    /// How often it is cited.
    pub citations: usize,
    /// How many items cite it.
    pub items: usize,
}

/// One instrument.
#[derive(Clone, Debug, Serialize)]
pub struct InstrumentView {
    /// Its title in every language it is known in.
    pub titles: Vec<Phrase>,
    /// Other titles under which it is cited, in the original's language.
    pub also: Vec<Phrase>,
    /// The plan of this site that it is.
    pub plan: Option<PlanFacts>,
    /// Whether the catalogue knows it.
    pub known: bool,
    /// Who cites it, by plan.
    pub cited_by: Vec<Citing>,
    /// How often it is cited in all.
    pub citations: usize,
}

/// The items of a plan that cite an instrument.
#[derive(Clone, Debug, Serialize)]
pub struct Citing {
    /// The plan.
    pub plan: Link,
    /// The items.
    pub items: Vec<Item>,
}

/// An item that cites an instrument.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Where it is.
    pub href: String,
    /// Its number and title.
    pub title: Phrase,
    /// How often it cites the instrument.
    pub citations: usize,
}

/// The page of all instruments.
pub fn list(reader: &Reader<'_>) -> PageView<InstrumentsView> {
    let instruments = &reader.site.instruments;
    let rows: Vec<_> = instruments.iter().enumerate().map(|(index, i)| row(reader, index, i)).collect();
    let citations = rows.iter().map(|row| row.citations).sum();
    let title = Phrase { text: reader.say("instruments-title"), lang: None };
    let description = reader.say_with("instruments-description", &[("instruments", number(rows.len()))]);
    let content = InstrumentsView { instruments: rows, citations };
    head::frame(reader, "instruments", title, description, vec![head::home_crumb(reader)], content)
}

fn number(count: usize) -> Value<'static> {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn row(reader: &Reader<'_>, index: usize, instrument: &Instrument) -> Row {
    let original =
        instrument.title.get(&reader.original()).map(|title| reader.phrase(title, reader.original()));
    Row {
        href: reader.href(Page::Instrument(index)),
        title: reader.localized(&instrument.title),
        original: original
            .filter(|title| title.lang.is_some() && instrument.title.contains_key(&reader.lang)),
        citations: instrument.cited_by.values().sum(),
        items: instrument.cited_by.len(),
    }
}

/// The page of one instrument.
pub fn one(reader: &Reader<'_>, index: usize) -> PageView<InstrumentView> {
    let instrument = &reader.site.instruments[index];
    let languages = reader.site.settings.languages.iter();
    let titles = languages.filter_map(|l| Some(reader.phrase(instrument.title.get(&l.code)?, l.code)));
    let content = InstrumentView {
        titles: titles.collect(),
        also: instrument.also.iter().map(|title| reader.phrase(title, reader.original())).collect(),
        plan: instrument.plan.map(|plan| plan::facts(reader, plan)),
        known: instrument.known,
        cited_by: cited_by(reader, instrument),
        citations: instrument.cited_by.values().sum(),
    };
    let title = reader.localized(&instrument.title);
    let args = [("title", Value::Text(&title.text)), ("items", number(instrument.cited_by.len()))];
    let description = reader.say_with("instrument-description", &args);
    let up = Phrase { text: reader.say("instruments-title"), lang: None };
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Instruments, up)];
    head::frame(reader, "instrument", title, description, crumbs, content)
}

fn cited_by(reader: &Reader<'_>, instrument: &Instrument) -> Vec<Citing> {
    let mut plans: Vec<(usize, Vec<Item>)> = Vec::new();
    for (item, count) in &instrument.cited_by {
        if plans.last().is_none_or(|(plan, _)| *plan != item.plan) {
            plans.push((item.plan, Vec::new()));
        }
        if let Some((_, items)) = plans.last_mut() {
            items.push(self::item(reader, *item, *count));
        }
    }
    let title = |plan: usize| reader.plan_title(&reader.site.plans[plan]);
    plans
        .into_iter()
        .map(|(plan, items)| Citing { plan: reader.link(Page::Plan(plan), title(plan)), items })
        .collect()
}

fn item(reader: &Reader<'_>, item: ItemRef, citations: usize) -> Item {
    let plan = &reader.site.plans[item.plan];
    let node = &plan.nodes[item.node];
    let task = (node.kind == NodeKind::Task).then(|| plan.task_of(item.node)).flatten();
    let href = match task {
        Some(task) => reader.href(Page::Task(item.plan, task)),
        None => format!("{}#{}", reader.href(Page::Plan(item.plan)), node.id),
    };
    Item { href, title: title(reader, item), citations }
}

/// What to call an item: its number and title, or its kind if it has none.
pub fn title(reader: &Reader<'_>, item: ItemRef) -> Phrase {
    let plan = &reader.site.plans[item.plan];
    let node = &plan.nodes[item.node];
    match node.kind {
        NodeKind::Notice | NodeKind::Preamble | NodeKind::Attachments => {
            Phrase { text: reader.say(&format!("node-{}", node.kind.as_str())), lang: None }
        }
        _ => task::numbered_title(reader, plan, item.node),
    }
}
