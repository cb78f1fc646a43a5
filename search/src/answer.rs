//! Requests and answers of a search.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::RecordDeadline;
use crate::snippet::Run;

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
    /// Interpret the query: synonyms, dates in words, misspellings. Quoted words are never interpreted.
    pub widen: bool,
    /// Current date in ISO 8601, for `due:past`; without it every deadline counts as past.
    pub today: Option<String>,
    /// Language of the query, if it differs from that of the records: records are then matched by
    /// their text in that language.
    pub through: String,
    /// Count the hits available in the other languages.
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
            widen: true,
            today: None,
            through: String::new(),
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

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Results {
    /// Total number of hits.
    pub total: usize,
    /// True if the hits match the whole query; false if no record does and these match most of it.
    pub exact: bool,
    /// The requested hits.
    pub hits: Vec<Hit>,
    /// Facet → its values. The count of a value is the number of hits if it were selected.
    pub facets: BTreeMap<&'static str, Vec<FacetValue>>,
    /// The language in whose texts the hits were found.
    pub through: String,
    /// Numbers of hits in other languages, if requested.
    pub others: Vec<OtherLanguage>,
    /// Synonyms of words of the query.
    pub synonyms: Vec<String>,
    /// True if the synonyms were searched as well.
    pub widened: bool,
    /// Parts of the query that were interpreted.
    pub understood: Vec<Understood>,
}

/// A part of the query that was interpreted. Quotes around that part, or a search without
/// [`Options::widen`], prevent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// Kind of interpretation.
    pub kind: UnderstoodKind,
    /// The filter (`due:2025`), the words searched instead, or the language tag.
    pub text: String,
    /// The words typed.
    pub typed: String,
}

/// Kinds of interpretation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnderstoodKind {
    /// A filter.
    Filter,
    /// The query without question words.
    Words,
    /// A spelling correction of words that do not occur.
    Correction,
    /// A query in another language, matched against the text in that language.
    OtherLanguage,
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
    /// Number of hits; a search with [`Options::through`] as in the answer returns as many.
    pub total: usize,
}

/// The matched text of a record in another language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Original {
    /// Language tag.
    pub lang: String,
    /// The part of the text that matches best, in runs.
    pub snippet: Vec<Run>,
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
    /// The matched text, if it is in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
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
    /// Responsible and participating bodies.
    pub bodies: Vec<HitBody>,
}

/// A body of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitBody {
    /// Its name in the original's language, as a filter takes it.
    pub value: String,
    /// Its name in the language of the record, if it has one there.
    pub label: String,
}
