//! Query and options → sorted records of one volume, and the hits displayed.

use std::collections::BTreeMap;

use crate::answer::{FacetValue, Hit, HitBody, Options, Original, Results, Sort, Understood, UnderstoodKind};
use crate::clause::clauses;
use crate::error::{Error, Result, corrupt};
use crate::filter::{Counter, Counts, Filters};
use crate::find::Phrase;
use crate::format::columns::Row;
use crate::query::{Facet, Filter, Query};
use crate::rank::{Ranked, rank};
use crate::record::RecordDeadline;
use crate::snippet::{highlight, snippet};
use crate::volume::{DocId, Volume};

/// The sorted records of one volume that match a query.
pub(crate) struct Selection {
    exact: bool,
    found: bool,
    /// Record and score, best first or as sorted.
    docs: Vec<(DocId, i64)>,
    facets: BTreeMap<&'static str, Vec<FacetValue>>,
    /// Language → number of these records available in it.
    others: BTreeMap<String, usize>,
    phrases: Vec<Phrase>,
    understood: Vec<Understood>,
    synonyms: Vec<String>,
    widened: bool,
    through: Option<Through>,
}

/// A match by text in another language.
struct Through {
    phrases: Vec<Phrase>,
    /// Record → its id in the other volume.
    docs: BTreeMap<DocId, DocId>,
}

/// Selects the records that match a query, by their text in the volume or in that of another language.
pub(crate) fn select(
    volume: &Volume,
    through: Option<&Volume>,
    query: &Query,
    options: &Options,
) -> Result<Selection> {
    let columns = volume.columns();
    let source = through.unwrap_or(volume);
    let clauses = clauses(source, query, options.widen)?;
    let Ranked { exact, docs, phrases } = rank(source, &clauses)?;
    let columns = columns?;
    let found = exact && !docs.is_empty();
    let mut understood = clauses.understood;
    if through.is_some() && found {
        let (kind, text) = (UnderstoodKind::OtherLanguage, source.header.lang.clone());
        understood.push(Understood { kind, text, typed: query.words() });
    }
    let (docs, phrases, through) = match through {
        Some(other) => {
            let same = same_records(volume, other)?;
            let docs: Vec<(DocId, DocId, i64)> =
                docs.into_iter().filter_map(|(doc, score)| Some((*same.get(&doc)?, doc, score))).collect();
            let through = Through { phrases, docs: docs.iter().map(|&(own, doc, _)| (own, doc)).collect() };
            let own = own_wordings(volume, query)?;
            (docs.into_iter().map(|(own, _, score)| (own, score)).collect(), own, Some(through))
        }
        None => (docs, phrases, None),
    };
    let filters = Filters::new(&filters(query, options), &volume.header, options.today.as_deref());
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
        found,
        others: others(&volume.header.langs, &kept),
        docs: kept.into_iter().map(|(doc, score, _)| (doc, score)).collect(),
        facets: facets(counter),
        phrases,
        widened: options.widen && !clauses.synonyms.is_empty(),
        synonyms: clauses.synonyms,
        understood,
        through,
    })
}

/// Record ids of another volume → ids of the same records in this volume.
fn same_records(volume: &Volume, other: &Volume) -> Result<BTreeMap<DocId, DocId>> {
    let (columns, others) = (volume.columns(), other.columns());
    let places: BTreeMap<u32, DocId> = (0..).zip(&columns?.0).map(|(doc, row)| (row.place, doc)).collect();
    let same = |(doc, row): (DocId, &Row)| Some((doc, *places.get(&row.place)?));
    Ok((0..).zip(&others?.0).filter_map(same).collect())
}

/// The phrases of a volume for a query in another language: synonyms of its concepts.
fn own_wordings(volume: &Volume, query: &Query) -> Result<Vec<Phrase>> {
    let wanted = clauses(volume, query, true)?.wanted;
    Ok(wanted.into_iter().flat_map(|clause| clause.any).collect())
}

/// Numbers of records available in each other language.
fn others(langs: &[String], kept: &[(DocId, i64, &Row)]) -> BTreeMap<String, usize> {
    let mut others: BTreeMap<String, usize> = langs.iter().map(|lang| (lang.clone(), 0)).collect();
    for lang in kept.iter().flat_map(|(_, _, row)| &row.langs).filter_map(|&lang| langs.get(lang as usize)) {
        *others.entry(lang.clone()).or_default() += 1;
    }
    others
}

/// The filters of both query and options.
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
        (row.empty, first, -score, doc)
    });
}

fn facets(counter: Counter<'_>) -> BTreeMap<&'static str, Vec<FacetValue>> {
    let values = |counts: Counts| {
        let value = |(value, (label, count))| FacetValue { value, label, count };
        counts.into_iter().map(value).collect()
    };
    counter.finish().into_iter().map(|(facet, counts)| (facet, values(counts))).collect()
}

impl Selection {
    /// Everything but the hits.
    pub(crate) fn results(&self) -> Results {
        Results {
            total: self.docs.len(),
            exact: self.exact,
            facets: self.facets.clone(),
            synonyms: self.synonyms(),
            understood: self.understood.clone(),
            widened: self.widened,
            ..Results::default()
        }
    }

    /// The selection, marked as that of a corrected query.
    pub(crate) fn corrected(mut self, query: &Query, meant: &Query) -> Selection {
        let correction =
            Understood { kind: UnderstoodKind::Correction, text: meant.words(), typed: query.words() };
        self.understood.insert(0, correction);
        self
    }

    /// Synonyms without duplicates.
    fn synonyms(&self) -> Vec<String> {
        let mut synonyms: Vec<String> = Vec::new();
        for text in &self.synonyms {
            if !synonyms.contains(text) {
                synonyms.push(text.clone());
            }
        }
        synonyms
    }

    /// Returns whether a record matches the whole query, regardless of filters.
    pub(crate) fn found(&self) -> bool {
        self.found
    }

    /// The number of exact matches available in another language.
    pub(crate) fn others(&self, lang: &str) -> usize {
        if self.exact { self.others.get(lang).copied().unwrap_or(0) } else { 0 }
    }

    /// The number of exact matches.
    pub(crate) fn exact_total(&self) -> usize {
        if self.exact { self.docs.len() } else { 0 }
    }

    /// The requested hits whose texts are loaded, and the error of another.
    pub(crate) fn hits(
        &self,
        volume: &Volume,
        through: Option<&Volume>,
        options: &Options,
    ) -> (Vec<Hit>, Option<Error>) {
        let page = self.docs.iter().skip(options.offset).take(options.limit);
        let mut failed = None;
        let mut hits = Vec::new();
        for &(doc, score) in page {
            match self.hit(volume, through, doc, score) {
                Ok(hit) => hits.push(hit),
                Err(error) => failed = Some(error),
            }
        }
        (hits, failed)
    }

    fn hit(&self, volume: &Volume, through: Option<&Volume>, doc: DocId, score: i64) -> Result<Hit> {
        let original = self.original(through, doc);
        let shown = volume.doc(doc)?;
        let missing = || corrupt("a record has no columns");
        let row = volume.columns()?.0.get(doc as usize).ok_or_else(missing)?;
        let plan = volume.header.plans.get(row.plan as usize).cloned().unwrap_or_default();
        let slug = |&topic: &u32| volume.header.topics.get(topic as usize).map(|(slug, _)| slug.clone());
        let body = |&body: &u32| {
            let (value, label) = volume.header.bodies.get(body as usize)?.clone();
            Some(HitBody { value, label })
        };
        Ok(Hit {
            title_runs: highlight(volume, &shown.title, &self.phrases),
            snippet: snippet(volume, &shown.title, &shown.text, &self.phrases),
            id: shown.id,
            url: shown.url,
            title: shown.title,
            original: original?,
            score: score as f64 / 1000.0,
            kind: volume.header.kinds.get(row.kind as usize).cloned().unwrap_or_default(),
            plan: plan.id,
            plan_title: plan.title,
            year: row.year.checked_sub(1).and_then(|year| i32::try_from(year).ok()),
            number: shown.number.checked_sub(1),
            section: shown.section,
            deadlines: deadlines(row),
            topics: row.topics.iter().filter_map(slug).collect(),
            bodies: row.bodies.iter().filter_map(body).collect(),
        })
    }
}

impl Selection {
    /// The matched text in the other language.
    fn original(&self, through: Option<&Volume>, doc: DocId) -> Result<Option<Original>> {
        let (Some(found), Some(volume)) = (&self.through, through) else {
            return Ok(None);
        };
        let Some(&doc) = found.docs.get(&doc) else {
            return Ok(None);
        };
        let snippet = snippet(volume, "", &volume.doc(doc)?.text, &found.phrases);
        Ok(Some(Original { lang: volume.header.lang.clone(), snippet }))
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
