//! Index: the site → the files of its search: what can be found, and the engine that finds it.

mod concepts;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gongbao_search::{Lexicon, MANIFEST, Record, RecordDeadline};
use sha2::{Digest, Sha256};

use crate::base::{Code, Diagnostic, Lang, SitePath};
use crate::facts::deadline::Deadline;
use crate::message;
use crate::model::NodeKind;
use crate::model::index::NodeIndex;
use crate::parse::plan::Stated;
use crate::routes::{self, Route};
use crate::settings::Localized;
use crate::site::{ItemRef, Plan, Site};

/// The folder of the search in the output.
pub use crate::routes::SEARCH as FOLDER;

/// The files of the search, by their paths in the output, or what kept them from being made.
pub fn files(site: &Site) -> Result<BTreeMap<SitePath, Arc<[u8]>>, Diagnostic> {
    let bundle = gongbao_search::build(&records(site), &lexicon(site)).map_err(|error| failed(&error))?;
    let index = bundle.files.into_iter().map(|(name, bytes)| (path(&name), Arc::from(bytes)));
    Ok(index.chain(engine().map(|(path, bytes)| (path, Arc::from(bytes.as_ref())))).collect())
}

/// Paths of the engine and its scripts.
pub fn engine_paths() -> impl Iterator<Item = SitePath> {
    gongbao_search::dist::names().map(path)
}

/// The engine and its scripts.
pub fn engine() -> impl Iterator<Item = (SitePath, Cow<'static, [u8]>)> {
    gongbao_search::dist::files().map(|(name, bytes)| (path(name), bytes))
}

/// The inputs of the index of one language.
pub struct IndexInput<'a> {
    records: Vec<Record>,
    lexicon: &'a Lexicon,
}

/// The index of one language.
pub struct LanguageIndex {
    /// Its files, by their paths in the output.
    pub files: BTreeMap<SitePath, Vec<u8>>,
    /// Its part of the manifest.
    pub manifest: Vec<u8>,
}

impl<'a> IndexInput<'a> {
    /// The records of a site in a language.
    pub fn new(site: &Site, lang: Lang, lexicon: &'a Lexicon) -> Self {
        Self { records: records_in(site, lang).collect(), lexicon }
    }

    /// The digest of all of it.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(postcard::to_stdvec(self.lexicon).expect("words are written into memory"));
        for record in &self.records {
            hasher.update(postcard::to_stdvec(record).expect("a record is written into memory"));
        }
        hasher.finalize().into()
    }

    /// Makes the index.
    ///
    /// # Errors
    /// Returns an error if the index cannot be written.
    pub fn part(&self) -> Result<LanguageIndex, Diagnostic> {
        let mut files = gongbao_search::build(&self.records, self.lexicon).map_err(|e| failed(&e))?.files;
        let manifest = files.remove(MANIFEST).unwrap_or_default();
        Ok(LanguageIndex {
            files: files.into_iter().map(|(name, bytes)| (path(&name), bytes)).collect(),
            manifest,
        })
    }
}

/// The manifest of the parts of all languages.
///
/// # Errors
/// If one is none.
pub fn manifest(parts: &[&[u8]]) -> Result<(SitePath, Vec<u8>), Diagnostic> {
    let bytes = gongbao_search::join(parts).map_err(|error| failed(&error))?;
    Ok((path(MANIFEST), bytes))
}

fn path(name: &str) -> SitePath {
    SitePath::new(&format!("{FOLDER}/{name}")).expect("the search names its files in plain ASCII")
}

fn failed(error: &gongbao_search::Error) -> Diagnostic {
    Diagnostic::new(
        Code::SEARCH_INDEX,
        message!("无法建立检索索引：{error}", "the search index cannot be made: {error}"),
    )
}

/// Every record of the site: each item of each plan, once in each language it is there in.
pub fn records(site: &Site) -> Vec<Record> {
    let languages = site.settings.languages.iter().map(|language| language.code);
    languages.flat_map(|lang| records_in(site, lang)).collect()
}

fn records_in(site: &Site, lang: Lang) -> impl Iterator<Item = Record> {
    let plans = site.plans.iter_enumerated();
    let items =
        plans.flat_map(|(index, plan)| plan.nodes.indices().map(move |node| ItemRef { plan: index, node }));
    (0..).zip(items).filter_map(move |(place, item)| Some(Record { place, ..record(site, lang, item)? }))
}

/// The text of an item, if it is a record in a language.
fn text(site: &Site, lang: Lang, item: ItemRef) -> Option<String> {
    let plan = &site.plans[item.plan];
    let text = plan.text(item.node, lang, site.settings.original())?;
    plan.headings[item.node].get(&lang)?;
    plan.title.get(&lang)?;
    (!text.is_empty() || plan.nodes[item.node].kind != NodeKind::Section).then_some(text)
}

/// The other languages in which an item is a record.
fn other_languages(site: &Site, lang: Lang, item: ItemRef) -> Vec<String> {
    let others = site.settings.languages.iter().map(|language| language.code).filter(|code| *code != lang);
    others.filter(|code| text(site, *code, item).is_some()).map(|code| code.to_string()).collect()
}

fn record(site: &Site, lang: Lang, item: ItemRef) -> Option<Record> {
    let (plan, index) = (&site.plans[item.plan], item.node);
    let node = &plan.nodes[index];
    let text = text(site, lang, item)?;
    let heading = plan.headings[index].get(&lang)?;
    let plan_title = plan.title.get(&lang)?;
    // A part without a title is shown under that of its plan, which is not the text of each part.
    let untitled = heading.title.is_empty();
    let title = if untitled { plan_title } else { &heading.title };
    let whole = plan.whole_title(index, lang, site.settings.original());
    let section = node.parent.and_then(|parent| plan.headings[parent].get(&lang));
    Some(Record {
        id: site.item_id(item),
        lang: lang.to_string(),
        langs: other_languages(site, lang, item),
        kind: kind(node.kind).to_owned(),
        plan: plan.id.to_string(),
        plan_title: plan_title.clone(),
        year: plan.listed_year().map(i32::from),
        date: plan.day().map(|day| day.to_string()),
        number: node.number.filter(|_| node.kind == NodeKind::Task),
        section: section.map(|heading| heading.title.clone()).unwrap_or_default(),
        title: whole.unwrap_or(title).to_owned(),
        untitled,
        text,
        url: url(site, lang, item),
        topics: topics(site, plan, index),
        bodies: bodies(site, plan, index),
        deadlines: deadlines(plan, index),
        ..Record::default()
    })
}

fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Task | NodeKind::Requirement | NodeKind::Notice => kind.as_str(),
        NodeKind::Preamble | NodeKind::Section | NodeKind::Attachments => "section",
    }
}

fn url(site: &Site, lang: Lang, item: ItemRef) -> String {
    let (page, anchor) = routes::place(site, item);
    routes::url(site, &Route::Page(lang, page)) + &anchor
}

fn deadlines(plan: &Plan, node: NodeIndex) -> Vec<RecordDeadline> {
    let Some(task) = plan.task_at(node) else { return Vec::new() };
    let deadline = |d: &Stated<Deadline>| RecordDeadline {
        kind: d.kind.as_str().to_owned(),
        date: d.date.map(|date| date.to_string()),
    };
    task.deadlines.iter().map(deadline).collect()
}

/// The slugs of the topics of a task.
fn topics(site: &Site, plan: &Plan, node: NodeIndex) -> Vec<String> {
    let topics = plan.task_at(node).map_or(&[][..], |task| &task.topics);
    topics.iter().map(|topic| site.topics[*topic].slug.clone()).collect()
}

/// The present names of the bodies of a task in the original's language, each once.
fn bodies(site: &Site, plan: &Plan, node: NodeIndex) -> Vec<String> {
    let bodies = plan.task_at(node).map_or(&[][..], |task| &task.bodies);
    let present =
        |name: &String| site.bodies[*site.body_names.get(name)?].name.get(&site.settings.original()).cloned();
    let names: BTreeSet<String> = bodies.iter().filter_map(|body| present(&body.name)).collect();
    names.into_iter().collect()
}

/// The lexicon of the site: names of instruments and terms are words that jieba must keep
/// whole, terms and works are concepts with all their wordings, and topics have names.
pub fn lexicon(site: &Site) -> Lexicon {
    let original = site.settings.original();
    let titles = site.instruments.iter().filter_map(|instrument| instrument.title.get(&original));
    let entries = site.instruments.iter().filter_map(|instrument| instrument.entry.as_ref());
    let terms = site.glossary.terms.iter().map(|term| &term.entry.original.value);
    let words: BTreeSet<&String> =
        titles.chain(entries.flat_map(|entry| &entry.named)).chain(terms).collect();
    let names =
        |names: &Localized| names.iter().map(|(lang, name)| (lang.to_string(), name.clone())).collect();
    let bodies =
        site.bodies.iter().filter_map(|body| Some((body.name.get(&original)?.clone(), names(&body.name))));
    Lexicon {
        words: words.into_iter().cloned().collect(),
        concepts: concepts::concepts(site),
        topics: site.topics.iter().map(|topic| (topic.slug.clone(), names(&topic.title))).collect(),
        bodies: bodies.collect(),
    }
}
