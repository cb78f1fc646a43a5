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
    /// Whether to search for what is meant: other wordings, time in words, words that were misspelled. Words in
    /// quotes mean themselves all the same.
    pub widen: bool,
    /// The day on which it is asked (`2026-11-26`), by which deadlines are past; without it, all of them are.
    pub today: Option<String>,
    /// Language that the query is in, if it is not that of the records: they are found through
    /// their texts in it.
    pub through: String,
    /// Whether to count the hits that are there in the other languages.
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
    /// Number of hits in all.
    pub total: usize,
    /// Whether the hits have everything that was typed. If not, no record does, and
    /// these have most of it.
    pub exact: bool,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Facet → its values. Counts are of the records that choosing the value would give.
    pub facets: BTreeMap<&'static str, Vec<FacetValue>>,
    /// The language in whose texts the hits were found.
    pub through: String,
    /// Hits in other languages, if asked for.
    pub others: Vec<OtherLanguage>,
    /// Other wordings of what was typed.
    pub synonyms: Vec<String>,
    /// Whether the synonyms were searched for too.
    pub widened: bool,
    /// The meaning found in the query beyond its words.
    pub understood: Vec<Understood>,
}

/// A part of the query that was understood as something else. A query with that part in
/// quotes, or without [`Options::widen`], takes it as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// As what.
    pub kind: UnderstoodKind,
    /// The filter (`due:2025`), the words that were looked for instead, or the language.
    pub text: String,
    /// The words typed.
    pub typed: String,
}

/// The kinds of things that a part of a query can be understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnderstoodKind {
    /// A filter.
    Filter,
    /// Words without those that only ask.
    Words,
    /// Words that were probably meant, where those typed do not occur.
    Correction,
    /// Words of another language, found in the texts of that language.
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
    /// Number of hits that it has: as many as there are with [`Options::through`] as in the answer.
    pub total: usize,
}

/// The words found in the text of a record in another language.
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
    /// The words found, if they were found in another language.
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
}
