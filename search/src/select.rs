//! Query and options → the records of one volume, in order, and what is shown of them.

use std::collections::BTreeMap;

use crate::answer::{FacetValue, Hit, Options, Results, Sort};
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

/// The records of one volume that a query selects, in order.
pub(crate) struct Selection {
    exact: bool,
    /// Record and score, best first or as sorted.
    docs: Vec<(DocId, i64)>,
    facets: BTreeMap<&'static str, Vec<FacetValue>>,
    phrases: Vec<Phrase>,
    synonyms: Vec<String>,
    widened: bool,
}

/// Selects. With `widen`, synonyms count as what was typed.
pub(crate) fn select(volume: &Volume, query: &Query, options: &Options, widen: bool) -> Result<Selection> {
    let columns = volume.columns();
    let clauses = clauses(volume, query, widen)?;
    let ranked = rank(volume, &clauses)?;
    columns?;
    let mut selection = choose(volume, ranked, query, options)?;
    selection.widened = widen && !clauses.synonyms.is_empty();
    selection.synonyms = clauses.synonyms;
    Ok(selection)
}

/// The records of `own` whose counterparts in `other`, a volume in another language, match the query.
///
/// Counterparts are found by their position in the plan. Plans with a different number of records in the two
/// languages are left out.
pub(crate) fn select_from(
    own: &Volume,
    other: &Volume,
    query: &Query,
    options: &Options,
) -> Result<Selection> {
    let (columns, others) = (own.columns(), other.columns());
    let clauses = clauses(other, query, true)?;
    let mut ranked = rank(other, &clauses)?;
    let counterparts = counterparts(own, &columns?.0, other, &others?.0);
    ranked.docs = ranked
        .docs
        .into_iter()
        .filter_map(|(doc, score)| Some((counterparts.get(doc as usize).copied().flatten()?, score)))
        .collect();
    ranked.phrases = Vec::new();
    choose(own, ranked, query, options)
}

/// For each record of another volume the record of this one that is its translation.
fn counterparts(own: &Volume, rows: &[Row], other: &Volume, others: &[Row]) -> Vec<Option<DocId>> {
    let of_plan = |volume: &Volume, rows: &[Row]| {
        let mut docs: BTreeMap<String, Vec<DocId>> = BTreeMap::new();
        for (doc, row) in (0..).zip(rows) {
            let plan = volume.header.plans.get(row.plan as usize).map(|plan| plan.id.clone());
            docs.entry(plan.unwrap_or_default()).or_default().push(doc);
        }
        docs
    };
    let (own, other) = (of_plan(own, rows), of_plan(other, others));
    let mut counterparts = vec![None; others.len()];
    for (plan, docs) in other {
        let same = own.get(&plan).filter(|own| own.len() == docs.len());
        for (doc, own) in docs.into_iter().zip(same.into_iter().flatten()) {
            counterparts[doc as usize] = Some(*own);
        }
    }
    counterparts
}

/// Keeps the records that pass the filters, in order.
fn choose(volume: &Volume, ranked: Ranked, query: &Query, options: &Options) -> Result<Selection> {
    let Ranked { exact, docs, phrases } = ranked;
    let columns = volume.columns()?;
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
        widened: false,
        synonyms: Vec::new(),
    })
}

/// The filters of the query and of the options together.
fn filters(query: &Query, options: &Options) -> Vec<Filter> {
    let mut filters = query.filters.clone();
    for filter in filters.iter_mut().filter(|filter| filter.facet == Facet::Due && filter.value == "past") {
        filter.value = options.today.as_ref().map_or_else(|| "..".to_owned(), |today| format!("<{today}"));
    }
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
            synonyms: self.synonyms.clone(),
            widened: self.widened,
            ..Results::default()
        }
    }

    /// Returns whether some record matches everything that was asked for.
    pub(crate) fn has_all(&self) -> bool {
        self.exact_total() > 0
    }

    /// Number of records that have everything that was asked for.
    pub(crate) fn exact_total(&self) -> usize {
        if self.exact { self.docs.len() } else { 0 }
    }

    /// The hits asked for whose texts are here, and what went wrong with another.
    pub(crate) fn hits(&self, volume: &Volume, options: &Options) -> (Vec<Hit>, Option<Error>) {
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
