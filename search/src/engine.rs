//! The engine: supply it with pieces, ask it queries.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clause::{Clauses, clauses};
use crate::error::{Error, Result, corrupt};
use crate::filter::{Counter, Filters};
use crate::format::columns::Row;
use crate::format::layout::{piece_hash, piece_name};
use crate::format::manifest::{Manifest, VolumeEntry};
use crate::paging::Pieces;
use crate::query::{Facet, Filter, Query};
use crate::rank::{Ranked, rank};
use crate::record::RecordDeadline;
use crate::snippet::{Run, highlight, snippet};
use crate::volume::{DocId, Volume};

/// How often a query may ask for pieces before the bundle is taken to be damaged: a
/// term's block, its lists, the texts, and the same for each other language.
const ROUNDS: usize = 32;

/// An open bundle.
pub struct Engine {
    manifest: Manifest,
    pieces: Arc<Pieces>,
    volumes: BTreeMap<String, Volume>,
}

/// How to search. All members have defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Language of the records to search; the first of the bundle if empty.
    pub lang: String,
    /// Number of hits to return.
    pub limit: usize,
    /// Number of hits to skip.
    pub offset: usize,
    /// Facet → values, any of which may hold: `{"plan": ["2023", "2024"]}`.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether synonyms count as what was typed.
    pub widen: bool,
    /// Whether to count the hits in the other languages; this loads their indexes.
    pub others: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            lang: String::new(),
            limit: 20,
            offset: 0,
            filters: BTreeMap::new(),
            sort: Sort::Relevance,
            widen: false,
            others: false,
        }
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest plan first.
    Date,
    /// Earliest deadline first, records without one last.
    Due,
}

/// What a step of a search gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The answer.
    Done(Box<Results>),
    /// The engine must be supplied with these pieces, and asked again.
    Needs {
        /// Names of the pieces in the bundle.
        pieces: Vec<String>,
        /// What can be said already: all but the hits whose texts are missing.
        partial: Option<Box<Results>>,
    },
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Results {
    /// Number of hits in all.
    pub total: usize,
    /// Whether the hits have everything that was typed. If not, no record does, and
    /// these have most of it.
    pub exact: bool,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Facet → its values. Counts are of the records that choosing the value would give.
    pub facets: BTreeMap<&'static str, Vec<FacetValue>>,
    /// Hits in other languages, if asked for.
    pub others: Vec<OtherLanguage>,
    /// Other wordings of what was typed.
    pub synonyms: Vec<String>,
    /// Whether the synonyms were searched for too.
    pub widened: bool,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value, as a filter takes it.
    pub value: String,
    /// Its name in the language of the records.
    pub label: String,
    /// Number of records.
    pub count: u32,
}

/// The same query in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherLanguage {
    /// Language tag.
    pub lang: String,
    /// Number of hits, found with synonyms across languages.
    pub total: usize,
}

/// A record found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hit {
    /// Record id.
    pub id: String,
    /// Address relative to the site's base URL.
    pub url: String,
    /// Title.
    pub title: String,
    /// The title in runs.
    pub title_runs: Vec<Run>,
    /// The part of the text that matches best, in runs.
    pub snippet: Vec<Run>,
    /// Rank; comparable within one answer only.
    pub score: f64,
    /// Kind of record.
    pub kind: String,
    /// Plan id.
    pub plan: String,
    /// Title of the plan.
    pub plan_title: String,
    /// Year of the plan.
    pub year: Option<i32>,
    /// Number of a task in its plan.
    pub number: Option<u32>,
    /// Heading of the section.
    pub section: String,
    /// Deadlines.
    pub deadlines: Vec<RecordDeadline>,
    /// Topic slugs.
    pub topics: Vec<String>,
}

impl Engine {
    /// Opens a bundle by its manifest (`index.json`).
    ///
    /// # Errors
    /// If it is damaged or of another format.
    pub fn open(manifest: &[u8]) -> Result<Engine> {
        let manifest = Manifest::decode(manifest)?;
        Ok(Engine { manifest, pieces: Arc::default(), volumes: BTreeMap::new() })
    }

    /// The languages of the bundle, each with its number of records.
    pub fn languages(&self) -> Vec<(&str, u32)> {
        self.manifest.volumes.iter().map(|entry| (entry.lang.as_str(), entry.records)).collect()
    }

    /// Hands a piece over that [`Step::Needs`] named.
    ///
    /// # Errors
    /// If the content is not the one that its name stands for.
    pub fn supply(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        let hash = piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))?;
        self.pieces.supply(hash, bytes)
    }

    /// Names of the pieces to load before the first query in a language, so that the
    /// first query does not have to wait for one round more.
    ///
    /// # Errors
    /// If the bundle does not have the language.
    pub fn first_pieces(&self, lang: &str) -> Result<Vec<String>> {
        let entry = self.entry(lang)?;
        Ok(std::iter::once(entry.head.clone()).chain(entry.with.iter().cloned()).collect())
    }

    /// Answers a query, or says which pieces are needed for it.
    ///
    /// # Errors
    /// If the bundle is damaged or does not have the language; never for the query.
    pub fn search(&mut self, query: &str, options: &Options) -> Result<Step> {
        self.pieces.take_wanted();
        let mut shown = None;
        let answer = self.answer(query, options, &mut shown);
        let wanted = self.pieces.take_wanted();
        if wanted.is_empty() {
            return answer.map(|results| Step::Done(Box::new(results)));
        }
        let pieces = wanted.into_iter().map(piece_name).collect();
        Ok(Step::Needs { pieces, partial: shown.map(Box::new) })
    }

    /// Answers a query, fetching pieces by name as they are needed.
    ///
    /// # Errors
    /// As [`Engine::search`], and if a piece cannot be fetched.
    pub fn search_with(
        &mut self,
        query: &str,
        options: &Options,
        mut fetch: impl FnMut(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Results> {
        for _ in 0..ROUNDS {
            match self.search(query, options)? {
                Step::Done(results) => return Ok(*results),
                Step::Needs { pieces, .. } => {
                    for name in pieces {
                        let bytes =
                            fetch(&name).map_err(|cause| Error::Fetch { name: name.clone(), cause })?;
                        self.supply(&name, bytes)?;
                    }
                }
            }
        }
        Err(corrupt("a query asks for pieces without end"))
    }

    fn entry(&self, lang: &str) -> Result<&VolumeEntry> {
        let entry = self.manifest.volumes.iter().find(|entry| lang.is_empty() || entry.lang == lang);
        entry.ok_or_else(|| Error::Language(lang.to_owned()))
    }

    /// Opens the volume of a language if it is not open yet.
    fn open_volume(&mut self, lang: &str) -> Result<String> {
        let VolumeEntry { lang, head, with, .. } = self.entry(lang)?.clone();
        if !self.volumes.contains_key(&lang) {
            let hash = |name: &String| {
                piece_hash(name).ok_or_else(|| corrupt(format!("no piece has the name `{name}`")))
            };
            for name in &with {
                // Only notes that it is wanted: the volume opens without it.
                let _ = self.pieces.get(hash(name)?);
            }
            let volume = Volume::open(self.pieces.clone(), hash(&head)?)?;
            self.volumes.insert(lang.clone(), volume);
        }
        Ok(lang)
    }

    fn answer(&mut self, query: &str, options: &Options, shown: &mut Option<Results>) -> Result<Results> {
        let query = Query::parse(query);
        let lang = self.open_volume(&options.lang)?;
        let volume = &self.volumes[&lang];
        let selection = select(volume, &query, options, options.widen)?;
        let mut results = selection.results();
        let (hits, missing) = selection.hits(volume, options);
        results.hits = hits;
        *shown = Some(results.clone());
        missing.map_or(Ok(()), Err)?;
        if options.others {
            results.others = self.count_others(&query, options, &lang)?;
        }
        Ok(results)
    }

    fn count_others(&mut self, query: &Query, options: &Options, own: &str) -> Result<Vec<OtherLanguage>> {
        let langs: Vec<String> = self.manifest.volumes.iter().map(|entry| entry.lang.clone()).collect();
        let count = |lang: String| {
            let lang = self.open_volume(&lang)?;
            let selection = select(&self.volumes[&lang], query, options, true)?;
            let total = if selection.exact { selection.docs.len() } else { 0 };
            Ok(OtherLanguage { lang, total })
        };
        let counts: Vec<Result<OtherLanguage>> =
            langs.into_iter().filter(|lang| lang != own).map(count).collect();
        counts.into_iter().collect()
    }
}

/// The records of one volume that a query selects, in order.
struct Selection {
    exact: bool,
    docs: Vec<(DocId, i64)>,
    facets: BTreeMap<&'static str, Vec<FacetValue>>,
    phrases: Vec<crate::find::Phrase>,
    synonyms: Vec<String>,
    widened: bool,
}

fn select(volume: &Volume, query: &Query, options: &Options, widen: bool) -> Result<Selection> {
    let columns = volume.columns();
    let clauses: Clauses = clauses(volume, query, widen)?;
    let Ranked { exact, docs, phrases } = rank(volume, &clauses)?;
    let columns = columns?;
    let filters = Filters::new(&filters(query, options), &volume.header);
    let mut counter = Counter::new(&volume.header);
    let mut kept: Vec<(DocId, i64, &Row)> = Vec::new();
    for (doc, score) in docs {
        let Some(row) = columns.0.get(doc as usize) else {
            continue;
        };
        let failed = filters.failed(row);
        counter.add(row, &failed);
        if failed.is_empty() {
            kept.push((doc, score, row));
        }
    }
    sort(&mut kept, options.sort);
    Ok(Selection {
        exact,
        docs: kept.into_iter().map(|(doc, score, _)| (doc, score)).collect(),
        facets: facets(counter),
        phrases,
        widened: widen && !clauses.synonyms.is_empty(),
        synonyms: clauses.synonyms,
    })
}

/// The filters of the query and of the options together.
fn filters(query: &Query, options: &Options) -> Vec<Filter> {
    let mut filters = query.filters.clone();
    for (name, values) in &options.filters {
        if let Some(facet) = Facet::named(name) {
            let filter = |value: &String| Filter { facet, value: value.clone(), negated: false };
            filters.extend(values.iter().map(filter));
        }
    }
    filters
}

fn sort(docs: &mut [(DocId, i64, &Row)], order: Sort) {
    let date = |row: &Row| {
        if row.date > 0 { row.date } else { row.year.saturating_sub(1) * 10_000 }
    };
    let due = |row: &Row| row.due.first().copied().unwrap_or(u32::MAX);
    docs.sort_by_key(|&(doc, score, row)| {
        let first = match order {
            Sort::Relevance => 0,
            Sort::Date => u32::MAX - date(row),
            Sort::Due => due(row),
        };
        (first, -score, doc)
    });
}

fn facets(counter: Counter<'_>) -> BTreeMap<&'static str, Vec<FacetValue>> {
    let values = |counts: crate::filter::Counts| {
        let value = |(value, (label, count))| FacetValue { value, label, count };
        counts.into_iter().map(value).collect()
    };
    counter.finish().into_iter().map(|(facet, counts)| (facet, values(counts))).collect()
}

impl Selection {
    /// Everything but the hits.
    fn results(&self) -> Results {
        Results {
            total: self.docs.len(),
            exact: self.exact,
            facets: self.facets.clone(),
            synonyms: self.synonyms.clone(),
            widened: self.widened,
            ..Results::default()
        }
    }

    /// The hits asked for whose texts are here, and what went wrong with another.
    fn hits(&self, volume: &Volume, options: &Options) -> (Vec<Hit>, Option<Error>) {
        let page = self.docs.iter().skip(options.offset).take(options.limit);
        let mut failed = None;
        let mut hits = Vec::new();
        for &(doc, score) in page {
            match self.hit(volume, doc, score) {
                Ok(hit) => hits.push(hit),
                Err(error) => failed = Some(error),
            }
        }
        (hits, failed)
    }

    fn hit(&self, volume: &Volume, doc: DocId, score: i64) -> Result<Hit> {
        let shown = volume.doc(doc)?;
        let missing = || corrupt("a record has no columns");
        let row = volume.columns()?.0.get(doc as usize).ok_or_else(missing)?;
        let plan = volume.header.plans.get(row.plan as usize).cloned().unwrap_or_default();
        let slug = |&topic: &u32| volume.header.topics.get(topic as usize).map(|(slug, _)| slug.clone());
        Ok(Hit {
            title_runs: highlight(volume, &shown.title, &self.phrases),
            snippet: snippet(volume, &shown.text, &self.phrases),
            id: shown.id,
            url: shown.url,
            title: shown.title,
            score: score as f64 / 1000.0,
            kind: volume.header.kinds.get(row.kind as usize).cloned().unwrap_or_default(),
            plan: plan.id,
            plan_title: plan.title,
            year: row.year.checked_sub(1).and_then(|year| i32::try_from(year).ok()),
            number: shown.number.checked_sub(1),
            section: shown.section,
            deadlines: deadlines(row),
            topics: row.topics.iter().filter_map(slug).collect(),
        })
    }
}

fn deadlines(row: &Row) -> Vec<RecordDeadline> {
    let day = |day: &u32| RecordDeadline {
        kind: "due".to_owned(),
        date: Some(format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)),
    };
    let ongoing = row.ongoing.then(|| RecordDeadline { kind: "ongoing".to_owned(), date: None });
    row.due.iter().map(day).chain(ongoing).collect()
}
