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
    /// Heading of the section that the record stands in.
    pub section: String,
    /// Title of the record; searched, and weighs more than the text.
    pub title: String,
    /// True for a part without a title of its own: `title` is that of its plan, shown but not searched.
    pub untitled: bool,
    /// Text of the record without markup; searched. Paragraphs end in `\n`.
    pub text: String,
    /// Address relative to the site's base URL.
    pub url: String,
    /// Slugs of the record's topics.
    pub topics: Vec<String>,
    /// The promises of the text about time.
    pub deadlines: Vec<RecordDeadline>,
}

/// One promise about time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordDeadline {
    /// `due` or `ongoing`.
    pub kind: String,
    /// The last day in ISO 8601 (`2025-12-31`), for `due`.
    pub date: Option<String>,
}

/// The site's words beyond the texts themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lexicon {
    /// Words that jieba must keep whole: glossary terms, instrument titles.
    pub words: Vec<String>,
    /// Concepts with their wordings, across languages.
    pub concepts: Vec<Concept>,
    /// Topic slug → language → name.
    pub topics: BTreeMap<String, BTreeMap<String, String>>,
}

/// One thing and the ways to write it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Concept {
    /// Wordings that mean it wherever they stand: typing one searches for all.
    pub wordings: Vec<String>,
    /// Wordings that are only typed: mistakes, or ones that mean other things in the texts as well.
    pub typed: Vec<String>,
}
