//! Quickwit: the records of the search as lines of JSON, and the configuration of an index for them, for
//! collections that outgrow one machine (<https://quickwit.io/docs/configuration/index-config>).
//!
//! `title` and `text` are indexed by characters with their positions, so that a phrase finds what Ctrl+F
//! would find. `words` contains jieba's words, in lower case with spaces between them, for ranking: a query
//! for it must be cut the same way.

use serde::Serialize;

use crate::base::Lang;
use crate::compare::{Script, WordSegmenter};
use crate::index;
use crate::site::Site;

/// The configuration of the index, for `quickwit index create --index-config`.
pub const CONFIG: &str = include_str!("index-config.json");

/// A record as Quickwit reads it. Absent values are left out.
#[derive(Debug, Serialize)]
struct QuickwitDocument<'a> {
    id: &'a str,
    lang: &'a str,
    kind: &'a str,
    plan: &'a str,
    plan_title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    /// RFC 3339, as all days: midnight, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    section: &'a str,
    title: &'a str,
    text: &'a str,
    words: String,
    /// The full address.
    url: String,
    topics: &'a [String],
    due: Vec<String>,
    ongoing: bool,
}

/// Every record of the site, each in a line.
pub fn documents(site: &Site) -> String {
    let records = index::records(site);
    let texts = records.iter().flat_map(|record| [record.title.as_str(), record.text.as_str()]);
    let (han, spaced) = (WordSegmenter::new(Script::Han, texts), WordSegmenter::new(Script::Spaced, []));
    let mut lines = String::new();
    for record in &records {
        let tag = Lang::new(&record.lang).map_or("", |lang| site.settings.tag(lang));
        let cutter = match Script::of(tag) {
            Script::Han => &han,
            Script::Spaced => &spaced,
        };
        let document = document(site, record, cutter);
        lines.push_str(&serde_json::to_string(&document).expect("a record is plain data"));
        lines.push('\n');
    }
    lines
}

fn document<'a>(
    site: &Site,
    record: &'a gongbao_search::Record,
    cutter: &WordSegmenter,
) -> QuickwitDocument<'a> {
    let midnight = |day: &String| format!("{day}T00:00:00Z");
    QuickwitDocument {
        id: &record.id,
        lang: &record.lang,
        kind: &record.kind,
        plan: &record.plan,
        plan_title: &record.plan_title,
        year: record.year,
        date: record.date.as_ref().map(midnight),
        number: record.number,
        section: &record.section,
        title: &record.title,
        text: &record.text,
        words: words(&record.title, cutter) + " " + &words(&record.text, cutter),
        url: format!("{}{}", site.settings.base_url, record.url),
        topics: &record.topics,
        due: record.deadlines.iter().filter_map(|deadline| deadline.date.as_ref().map(midnight)).collect(),
        ongoing: record.deadlines.iter().any(|deadline| deadline.kind == "ongoing"),
    }
}

/// The words of a text in lower case, spaces between them; what is not a word is left out.
fn words(text: &str, cutter: &WordSegmenter) -> String {
    let words = cutter.words(text).into_iter().filter(|word| word.chars().any(char::is_alphanumeric));
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
