//! Cited instruments: all of them, and one with everyone who cites it.

use serde::Serialize;

use super::head::{self, PageView};
use super::plan::{self, PlanFacts};
use super::reader::{Link, Phrase, Reader, Value};
use super::task;
use crate::model::NodeKind;
use crate::parse::catalogues::instruments::{InstrumentEntry, OtherTitle};
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
    /// What kind of instrument it is, in words.
    pub kind: Option<String>,
    /// The body that issued it, where a document of the site states it.
    pub issuer: Option<Phrase>,
    /// Its document number, where a document of the site states it.
    pub number: Option<Phrase>,
    /// Other titles under which it is cited, and why they mean the same work.
    pub also: Vec<OtherTitleView>,
    /// What took its place.
    pub successor: Option<Related>,
    /// What it took the place of.
    pub predecessors: Vec<Related>,
    /// The plan of this site that it is.
    pub plan: Option<PlanFacts>,
    /// Whether the catalogue knows it.
    pub known: bool,
    /// Who cites it, by plan.
    pub cited_by: Vec<Citing>,
    /// How often it is cited in all.
    pub citations: usize,
}

/// Another title of a work.
#[derive(Clone, Debug, Serialize)]
pub struct OtherTitleView {
    /// The title, in the original's language.
    pub title: Phrase,
    /// Why it means the same work.
    pub reason: Phrase,
}

/// An instrument that took the place of another, or the other.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// The instrument.
    pub instrument: Link,
    /// What shows that one took the other's place.
    pub reason: Phrase,
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
    let entry = instrument.entry.as_ref();
    let content = InstrumentView {
        titles: titles.collect(),
        kind: entry.map(|entry| reader.say(&format!("instrument-{}", entry.kind))),
        issuer: entry.filter(|e| !e.issuer.is_empty()).map(|e| reader.localized(&e.issuer)),
        number: entry.and_then(|e| Some(reader.phrase(e.number.as_ref()?, reader.original()))),
        also: entry.map(|entry| also(reader, entry)).unwrap_or_default(),
        successor: entry.and_then(|entry| successor(reader, entry)),
        predecessors: predecessors(reader, instrument),
        plan: instrument.plan.map(|plan| plan::facts(reader, plan)),
        known: entry.is_some(),
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

fn also(reader: &Reader<'_>, entry: &InstrumentEntry) -> Vec<OtherTitleView> {
    let view = |other: &OtherTitle| OtherTitleView {
        title: reader.phrase(&other.title, reader.original()),
        reason: reader.localized(&other.reason),
    };
    entry.also.iter().map(view).collect()
}

fn successor(reader: &Reader<'_>, entry: &InstrumentEntry) -> Option<Related> {
    let successor = entry.successor.as_ref()?;
    let index = reader.site.instruments.iter().position(|i| i.slug == successor.slug.value)?;
    Some(Related { instrument: task::instrument(reader, index), reason: reader.localized(&successor.reason) })
}

fn predecessors(reader: &Reader<'_>, instrument: &Instrument) -> Vec<Related> {
    let all = reader.site.instruments.iter().enumerate();
    all.filter_map(|(index, other)| {
        let successor = other.entry.as_ref()?.successor.as_ref()?;
        let reason = reader.localized(&successor.reason);
        (successor.slug.value == instrument.slug)
            .then(|| Related { instrument: task::instrument(reader, index), reason })
    })
    .collect()
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
