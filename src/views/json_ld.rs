//! The description of a page for machines: JSON-LD in the vocabulary of schema.org.
//!
//! Only what a text states is said: a plan without a document number has no
//! `legislationIdentifier`, and a task, which never has one, leads to its plan.

use serde_json::{Map, Value, json};

use crate::html::{self, Html};
use crate::model::index::{InstrumentIndex, PlanIndex, TaskIndex};
use crate::routes::{self, DataFile, Page, Route};
use crate::site::Plan;
use crate::views::context::{Link, PageContext};

/// The description of a page: what it is about, and the way to it.
pub fn of_page(reader: &PageContext<'_>, title: &str, description: &str, crumbs: &[Link]) -> Html {
    let mut graph = vec![subject(reader, title, description)];
    if !crumbs.is_empty() {
        graph.push(trail(reader, crumbs, title));
    }
    html::json(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn subject(reader: &PageContext<'_>, title: &str, description: &str) -> Value {
    match *reader.route {
        Route::Page(_, Page::Plan(plan)) => plan_of(reader, plan, description),
        Route::Page(_, Page::Task(plan, task)) => task_of(reader, (plan, task), title, description),
        Route::Page(_, Page::Data) => dataset(reader, title, description),
        Route::Root | Route::RootNotFound | Route::Page(_, Page::Home) => site(reader, title, description),
        _ => Value::Object(page(reader, "WebPage", title, description)),
    }
}

/// The properties of everything on a page: kind, address, name and language.
fn page(reader: &PageContext<'_>, kind: &str, title: &str, description: &str) -> Map<String, Value> {
    let address = routes::absolute(reader.site, reader.route);
    let mut map = Map::new();
    map.insert("@type".into(), kind.into());
    map.insert("@id".into(), address.as_str().into());
    map.insert("url".into(), address.into());
    map.insert("name".into(), title.into());
    map.insert("description".into(), description.into());
    map.insert("inLanguage".into(), reader.language.tag.as_str().into());
    map
}

fn site(reader: &PageContext<'_>, title: &str, description: &str) -> Value {
    let mut map = page(reader, "WebSite", title, description);
    let search = routes::absolute(reader.site, &Route::Page(reader.lang, Page::Search));
    map.insert(
        "potentialAction".into(),
        json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{search}?q={{search_term_string}}") },
            "query-input": "required name=search_term_string",
        }),
    );
    Value::Object(map)
}

fn dataset(reader: &PageContext<'_>, title: &str, description: &str) -> Value {
    let mut map = page(reader, "Dataset", title, description);
    let download = |file: DataFile| {
        let format = if file.name().ends_with(".csv") { "text/csv" } else { "application/json" };
        let address = routes::absolute(reader.site, &Route::Data(file));
        json!({ "@type": "DataDownload", "name": file.name(), "encodingFormat": format, "contentUrl": address })
    };
    map.insert("distribution".into(), DataFile::ALL.map(download).to_vec().into());
    Value::Object(map)
}

fn plan_of(reader: &PageContext<'_>, index: PlanIndex, description: &str) -> Value {
    let plan = &reader.site.plans[index];
    let mut map = page(reader, "Legislation", &reader.plan_title(plan).text, description);
    if let Some(number) = number(reader, plan) {
        map.insert("legislationIdentifier".into(), number.into());
    }
    map.insert("legislationType".into(), reader.kind(plan).into());
    if let Some(source) = &plan.source {
        map.insert("sameAs".into(), source.as_str().into());
    }
    dated(reader, plan, &mut map);
    let cited = plan.blocks.iter().flat_map(|block| &block.citations).map(|c| plan.instruments[c.instrument]);
    let cited: std::collections::BTreeSet<InstrumentIndex> = cited.collect();
    finish(reader, Page::Plan(index), cited.into_iter(), map)
}

fn task_of(
    reader: &PageContext<'_>,
    (p, t): (PlanIndex, TaskIndex),
    title: &str,
    description: &str,
) -> Value {
    let plan = &reader.site.plans[p];
    let task = &plan.tasks[t];
    let mut map = page(reader, "Legislation", title, description);
    map.insert("position".into(), task.number.into());
    let mut whole = Map::new();
    whole.insert("@type".into(), "Legislation".into());
    whole.insert("@id".into(), absolute(reader, Page::Plan(p)).into());
    whole.insert("name".into(), reader.plan_title(plan).text.into());
    if let Some(number) = number(reader, plan) {
        whole.insert("legislationIdentifier".into(), number.into());
    }
    map.insert("isPartOf".into(), Value::Object(whole));
    dated(reader, plan, &mut map);
    finish(reader, Page::Task(p, t), plan.instruments_of(&task.cited), map)
}

/// The document number as the source writes it.
fn number<'a>(reader: &PageContext<'_>, plan: &'a Plan) -> Option<&'a str> {
    plan.number.get(&reader.original()).map(String::as_str)
}

/// When a plan was made and published, and by whom, as far as it is stated.
fn dated(reader: &PageContext<'_>, plan: &Plan, map: &mut Map<String, Value>) {
    let dates = [("legislationDate", plan.issued), ("datePublished", plan.published)];
    for (name, date) in dates {
        map.extend(date.map(|date| (name.to_owned(), Value::from(date.to_string()))));
    }
    if !plan.issuer.is_empty() {
        let issuer = reader.localized(&plan.issuer).text;
        map.insert("publisher".into(), json!({ "@type": "GovernmentOrganization", "name": issuer }));
    }
}

/// Adds what a text cites and its versions in other languages.
fn finish(
    reader: &PageContext<'_>,
    page: Page,
    cited: impl Iterator<Item = InstrumentIndex>,
    mut map: Map<String, Value>,
) -> Value {
    let cite = |index: InstrumentIndex| {
        let name = reader.localized(&reader.site.instruments[index].title).text;
        json!({ "@type": "CreativeWork", "name": name, "url": absolute(reader, Page::Instrument(index)) })
    };
    let citations: Vec<Value> = cited.map(cite).collect();
    if !citations.is_empty() {
        map.insert("citation".into(), citations.into());
    }
    let version = |lang| json!({ "@id": routes::absolute(reader.site, &Route::Page(lang, page)) });
    if reader.lang == reader.original() {
        let versions: Vec<_> = reader.site.settings.translations().map(|l| version(l.code)).collect();
        map.insert("workTranslation".into(), versions.into());
    } else {
        map.insert("translationOfWork".into(), version(reader.original()));
    }
    Value::Object(map)
}

fn absolute(reader: &PageContext<'_>, page: Page) -> String {
    routes::absolute(reader.site, &Route::Page(reader.lang, page))
}

/// The trail of crumbs, which ends with the page itself.
fn trail(reader: &PageContext<'_>, crumbs: &[Link], title: &str) -> Value {
    let full = |href: &str| {
        let url = href.strip_prefix(reader.root.as_str()).unwrap_or(href);
        reader.site.settings.base_url.clone() + url
    };
    let above = crumbs.iter().map(|crumb| (crumb.text.text.as_str(), full(&crumb.href)));
    let here = (title, routes::absolute(reader.site, reader.route));
    let item = |(index, (name, address)): (usize, (&str, String))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": address });
    let items: Vec<Value> = above.chain([here]).enumerate().map(item).collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}
