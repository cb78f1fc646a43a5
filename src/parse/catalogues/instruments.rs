//! `content/instruments.toml`: the instruments that plans cite or name.

use std::collections::{BTreeMap, BTreeSet};

use super::{choice, repeated, slug, terms, texts, unknown_id};
use crate::base::fields::{self, At, Fields};
use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::settings::{Language, Localized, localized};

/// Where the catalogue is kept.
pub const FILE: &str = "content/instruments.toml";

/// One entry of the catalogue of instruments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentEntry {
    /// The word in its URL, and its place in the file.
    pub slug: At<String>,
    /// Its title in each language.
    pub title: Localized,
    /// Its kind: one of [`INSTRUMENT_KINDS`].
    pub kind: &'static str,
    /// Other titles under which the same instrument is cited.
    pub also: Vec<OtherTitle>,
    /// Wordings that name the instrument without book-title marks.
    pub named: Vec<String>,
    /// The body that issued it, where a document of the site states it.
    pub issuer: Localized,
    /// Its document number, where a document of the site states it.
    pub number: Option<String>,
    /// The plan of this site that it is, if it is one.
    pub plan: Option<At<String>>,
    /// The instrument that took its place.
    pub successor: Option<Successor>,
}

/// Another title of an instrument, and why it is the same instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTitle {
    /// The title in the original's language.
    pub title: String,
    /// Why it is the same instrument.
    pub reason: Localized,
}

/// The instrument that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Its slug.
    pub slug: At<String>,
    /// The reason.
    pub reason: Localized,
}

/// The kinds of instruments.
pub const INSTRUMENT_KINDS: [&str; 10] = [
    "law",
    "regulation",
    "rules",
    "judicial-interpretation",
    "judicial-policy",
    "standard",
    "plan",
    "policy",
    "guidelines",
    "treaty",
];

/// Reads the catalogue of instruments (`[[instrument]]`).
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (Vec<InstrumentEntry>, Vec<Diagnostic>) {
    let (entries, mut faults) = fields::parse(path, text, 0, |f| {
        f.tables("instrument", |f| instrument(f, languages)).into_iter().flatten().collect::<Vec<_>>()
    });
    faults.extend(repeated(path, entries.iter().map(|entry| &entry.slug)));
    faults.extend(successors(path, &entries));
    (entries, faults)
}

fn instrument(fields: &mut Fields<'_>, languages: &[Language]) -> Option<InstrumentEntry> {
    let slug = slug(fields, "slug");
    let title = texts(fields, "title", languages);
    let kind = choice(fields, "kind", &INSTRUMENT_KINDS.map(|kind| (kind, kind)));
    let entry = InstrumentEntry {
        also: fields.tables("also", |f| other_title(f, languages)).into_iter().flatten().collect(),
        named: terms(fields, "named").into_iter().map(|wording| wording.value).collect(),
        issuer: fields.table("issuer", |t| localized(t, languages)).unwrap_or_default(),
        number: fields.text("number").map(|number| number.value),
        plan: fields.text("plan"),
        successor: fields.table("successor", |f| successor(f, languages)).flatten(),
        slug: slug?,
        title: title?,
        kind: kind?,
    };
    Some(entry)
}

fn other_title(fields: &mut Fields<'_>, languages: &[Language]) -> Option<OtherTitle> {
    let title = fields.required_text("title");
    let reason = texts(fields, "reason", languages);
    Some(OtherTitle { title: title?.value, reason: reason? })
}

fn successor(fields: &mut Fields<'_>, languages: &[Language]) -> Option<Successor> {
    let slug = slug(fields, "slug");
    let reason = texts(fields, "reason", languages);
    Some(Successor { slug: slug?, reason: reason? })
}

/// The diagnostics of successors: one that is not in the catalogue, or instruments that follow each other in a circle.
fn successors(path: &SitePath, entries: &[InstrumentEntry]) -> Vec<Diagnostic> {
    let pairs = entries.iter().map(|entry| {
        let next = entry.successor.as_ref().map(|successor| successor.slug.value.as_str());
        (entry.slug.value.as_str(), next)
    });
    let after: BTreeMap<&str, Option<&str>> = pairs.collect();
    let in_circles = in_circles(&after);
    let fault = |entry: &InstrumentEntry| {
        let slug = &entry.successor.as_ref()?.slug;
        if !after.contains_key(slug.value.as_str()) {
            return Some(unknown_id(path, slug));
        }
        in_circles.contains(entry.slug.value.as_str()).then(|| circle(path, slug))
    };
    entries.iter().filter_map(fault).collect()
}

/// The instruments from which the way through their successors leads back to them.
fn in_circles<'a>(after: &BTreeMap<&'a str, Option<&'a str>>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    // For each instrument that was passed the walk on which it was.
    let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
    for (walk, start) in after.keys().enumerate() {
        let mut way = Vec::new();
        let mut at = Some(*start);
        while let Some(slug) = at.filter(|slug| !passed.contains_key(slug)) {
            passed.insert(slug, walk);
            way.push(slug);
            at = after.get(slug).copied().flatten();
        }
        // The walk has come back to itself: from there on it was a circle.
        if let Some(slug) = at.filter(|slug| passed.get(slug) == Some(&walk)) {
            found.extend(way.into_iter().skip_while(|other| *other != slug));
        }
    }
    found
}

fn circle(path: &SitePath, slug: &At<String>) -> Diagnostic {
    Diagnostic::new(
        Code::LINK_CYCLE,
        message!("后来的文件又回到了这一份", "what took the work's place leads back to the work itself"),
    )
    .at(path, slug.span.clone())
    .hint(message!("改正或删去一条 successor", "correct or delete one `successor`"))
}
