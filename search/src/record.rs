//! Input of the index: records and the site's lexicon.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One searchable unit of the site, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// `2023/5`, `2023/requirement-1`, `2023/notice`; the same in every language.
    pub id: String,
    /// Language tag: `zh`, `en`.
    pub lang: String,
    /// Number of the record on the site; the same in every language.
    pub place: u32,
    /// Tags of the other languages that have the record.
    pub langs: Vec<String>,
    /// `task`, `requirement`, `notice` or `section`.
    pub kind: String,
    /// Plan id: `2023`, `promotion-plan`.
    pub plan: String,
    /// Title of the plan, in the record's language.
    pub plan_title: String,
    /// Year the plan is for.
    pub year: Option<i32>,
    /// Date of the plan in ISO 8601, for sorting by date.
    pub date: Option<String>,
    /// Number of a task in its plan.
    pub number: Option<u32>,
    /// Heading of the record's section.
    pub section: String,
    /// Title of the record; searched, and weighs more than the text.
    pub title: String,
    /// True for a part without a title of its own: `title` is the plan's, displayed but not searched.
    pub untitled: bool,
    /// Text of the record without markup; searched. Paragraphs end in `\n`.
    pub text: String,
    /// Address relative to the site's base URL.
    pub url: String,
    /// Slugs of the record's topics.
    pub topics: Vec<String>,
    /// Names, in the original's language, of the bodies that are responsible for a task or take part in it.
    pub bodies: Vec<String>,
    /// Deadlines stated in the text.
    pub deadlines: Vec<RecordDeadline>,
}

/// A deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordDeadline {
    /// `due` or `ongoing`.
    pub kind: String,
    /// The last day in ISO 8601 (`2025-12-31`), for `due`.
    pub date: Option<String>,
}

/// Vocabulary of the site beyond the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lexicon {
    /// Words that jieba must not split: glossary terms, instrument titles.
    pub words: Vec<String>,
    /// Concepts with their wordings, across languages.
    pub concepts: Vec<Concept>,
    /// Topic slug → language → name.
    pub topics: BTreeMap<String, BTreeMap<String, String>>,
    /// Name of a body in the original's language → language → name.
    pub bodies: BTreeMap<String, BTreeMap<String, String>>,
}

/// A concept and its wordings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Concept {
    /// Synonyms: a search for one of them includes the others.
    pub wordings: Vec<String>,
    /// Wordings recognised in queries only: misspellings, or words with other meanings in the texts.
    pub typed: Vec<String>,
}
