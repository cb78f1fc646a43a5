//! Cited instruments: all of them, and one with everyone who cites it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::index::{InstrumentIndex, PlanIndex};
use crate::parse::catalogues::instruments::{InstrumentEntry, OtherTitle};
use crate::routes::Page;
use crate::site::{Instrument, ItemRef};
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::items::{self, ItemView};
use crate::views::plan::{self, PlanFacts};
use crate::views::strings;

/// All instruments.
#[derive(Clone, Debug, Serialize)]
pub struct InstrumentsView {
    /// The instruments, in order of their original titles.
    pub instruments: Vec<InstrumentRow>,
    /// How many citations there are in all.
    pub citations: usize,
    /// How many instruments are cited.
    pub cited: usize,
    /// How many are named without book-title marks only.
    pub only_named: usize,
}

/// An instrument in the list.
#[derive(Clone, Debug, Serialize)]
pub struct InstrumentRow {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Phrase,
    /// Its title in the original's language, if the page is in another.
    pub original: Option<Phrase>,
    /// How often it is cited.
    pub citations: usize,
    /// How often it is named without book-title marks.
    pub mentions: usize,
}

/// One instrument.
#[derive(Clone, Debug, Serialize)]
pub struct InstrumentView {
    /// Its title in every language it is known in.
    pub titles: Vec<Phrase>,
    /// The kind of instrument, in words.
    pub kind: Option<String>,
    /// The body that issued it, where a document of the site states it.
    pub issuer: Option<Phrase>,
    /// Its document number, where a document of the site states it.
    pub number: Option<Phrase>,
    /// Other titles under which it is cited, and why they mean the same instrument.
    pub also: Vec<OtherTitleView>,
    /// The short names that plans give it, each for itself.
    pub short_names: Vec<ShortTitle>,
    /// Its successor.
    pub successor: Option<Related>,
    /// Its predecessors.
    pub predecessors: Vec<Related>,
    /// The plan of this site that it is.
    pub plan: Option<PlanFacts>,
    /// Whether the catalogue knows it.
    pub known: bool,
    /// Who cites it, by year.
    pub cited_by: Vec<CitingYear>,
    /// How often it is cited in all.
    pub citations: usize,
    /// Who names it without book-title marks, by year.
    pub named_by: Vec<CitingYear>,
    /// How often it is named so in all.
    pub mentions: usize,
}

/// Another title of an instrument.
#[derive(Clone, Debug, Serialize)]
pub struct OtherTitleView {
    /// The title, in the original's language.
    pub title: Phrase,
    /// Why it means the same instrument.
    pub reason: Phrase,
}

/// A short name of an instrument, which means it in one plan only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortTitle {
    /// The name with its marks, in the original's language.
    pub name: Phrase,
    /// The plan.
    pub plan: Link,
}

/// An instrument that took the place of another, or the other.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// The instrument.
    pub instrument: Link,
    /// The reason why one is the successor of the other.
    pub reason: Phrase,
}

/// The items of a year's plans that cite an instrument.
#[derive(Clone, Debug, Serialize)]
pub struct CitingYear {
    /// The year, if the plans state one.
    pub year: Option<i16>,
    /// The plans of the year.
    pub plans: Vec<Citing>,
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
    /// The item.
    pub item: ItemView,
    /// How often it cites the instrument.
    pub citations: usize,
}

/// The page of all instruments.
pub fn list(reader: &PageContext<'_>) -> PageView<InstrumentsView> {
    let instruments = &reader.site.instruments;
    let rows: Vec<_> = instruments.iter_enumerated().map(|(index, i)| row(reader, index, i)).collect();
    let citations = rows.iter().map(|row| row.citations).sum();
    let cited = rows.iter().filter(|row| row.citations > 0).count();
    let title = reader.label(strings::instruments_title());
    let description = reader.say(strings::instruments_description(cited));
    let content = InstrumentsView { only_named: rows.len() - cited, instruments: rows, citations, cited };
    head::frame(reader, "instruments", title, description, vec![head::home_crumb(reader)], content)
}

fn row(reader: &PageContext<'_>, index: InstrumentIndex, instrument: &Instrument) -> InstrumentRow {
    let original =
        instrument.title.get(&reader.original()).map(|title| reader.phrase(title, reader.original()));
    InstrumentRow {
        href: reader.href(Page::Instrument(index)),
        title: reader.localized(&instrument.title),
        original: original
            .filter(|title| title.lang.is_some() && instrument.title.contains_key(&reader.lang)),
        citations: instrument.citations(),
        mentions: instrument.mentions(),
    }
}

/// The page of one instrument.
pub fn one(reader: &PageContext<'_>, index: InstrumentIndex) -> PageView<InstrumentView> {
    let instrument = &reader.site.instruments[index];
    let languages = reader.site.settings.languages.iter();
    let titles = languages.filter_map(|l| Some(reader.phrase(instrument.title.get(&l.code)?, l.code)));
    let entry = instrument.entry.as_ref();
    let content = InstrumentView {
        titles: titles.collect(),
        kind: entry.map(|entry| reader.say(strings::instrument_kind(entry.kind))),
        issuer: entry.filter(|e| !e.issuer.is_empty()).map(|e| reader.localized(&e.issuer)),
        number: entry.and_then(|e| Some(reader.phrase(e.number.as_ref()?, reader.original()))),
        also: entry.map(|entry| also(reader, entry)).unwrap_or_default(),
        short_names: short_names(reader, instrument),
        successor: successor(reader, instrument),
        predecessors: predecessors(reader, instrument),
        plan: instrument.plan.map(|plan| plan::facts(reader, plan)),
        known: entry.is_some(),
        cited_by: by_year(reader, &instrument.cited_by),
        citations: instrument.citations(),
        named_by: by_year(reader, &instrument.named_by),
        mentions: instrument.mentions(),
    };
    let title = reader.localized(&instrument.title);
    let described = reader.own_or(&title, strings::instrument());
    let description = match instrument.cited_by.len() {
        0 => reader.say(strings::instrument_named_description(&described, instrument.named_by.len())),
        items => reader.say(strings::instrument_description(&described, items)),
    };
    let up = reader.label(strings::instruments_title());
    let crumbs = vec![head::home_crumb(reader), reader.link(Page::Instruments, up)];
    head::frame(reader, "instrument", title, description, crumbs, content)
}

fn also(reader: &PageContext<'_>, entry: &InstrumentEntry) -> Vec<OtherTitleView> {
    let view = |other: &OtherTitle| OtherTitleView {
        title: reader.phrase(&other.title, reader.original()),
        reason: reader.localized(&other.reason),
    };
    entry.also.iter().map(view).collect()
}

/// The short names under which an instrument is cited, each plan's once.
fn short_names(reader: &PageContext<'_>, instrument: &Instrument) -> Vec<ShortTitle> {
    let view = |(index, name): &(PlanIndex, String)| {
        let title = reader.plan_title(&reader.site.plans[*index]);
        let name = reader.phrase(name, reader.original());
        ShortTitle { name, plan: reader.link(Page::Plan(*index), title) }
    };
    instrument.short_names.iter().map(view).collect()
}

fn successor(reader: &PageContext<'_>, instrument: &Instrument) -> Option<Related> {
    related(reader, instrument.successor?, instrument)
}

fn predecessors(reader: &PageContext<'_>, instrument: &Instrument) -> Vec<Related> {
    let all = instrument.predecessors.iter();
    all.filter_map(|index| related(reader, *index, &reader.site.instruments[*index])).collect()
}

/// One of two instruments that follow each other, for the page of the other; the `earlier` says why.
fn related(reader: &PageContext<'_>, index: InstrumentIndex, earlier: &Instrument) -> Option<Related> {
    let successor = earlier.entry.as_ref()?.successor.as_ref()?;
    Some(Related { instrument: reader.instrument_link(index), reason: reader.localized(&successor.reason) })
}

/// Items by the year and the plan they are in, from the first year to the last.
fn by_year(reader: &PageContext<'_>, items: &[(ItemRef, usize)]) -> Vec<CitingYear> {
    let mut years: BTreeMap<Option<i16>, BTreeMap<PlanIndex, Vec<Item>>> = BTreeMap::new();
    for (item, count) in items {
        let year = reader.site.plans[item.plan].listed_year();
        let of_plan = years.entry(year).or_default().entry(item.plan).or_default();
        of_plan.push(Item { item: items::view(reader, *item), citations: *count });
    }
    let title = |plan: PlanIndex| reader.plan_title(&reader.site.plans[plan]);
    let citing = |(plan, items)| Citing { plan: reader.link(Page::Plan(plan), title(plan)), items };
    let of_year = |(year, plans): (_, BTreeMap<PlanIndex, Vec<Item>>)| CitingYear {
        year,
        plans: plans.into_iter().map(citing).collect(),
    };
    years.into_iter().map(of_year).collect()
}
