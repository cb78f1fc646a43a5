//! The catalogues of a site: `content/instruments.toml` and its like.

use crate::base::fields::{self, At, Fields};
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::model::id::is_slug;
use crate::settings::{Language, Localized, localized};

/// The catalogue of cited instruments.
pub const INSTRUMENTS: &str = "content/instruments.toml";

/// One entry of the catalogue of instruments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentEntry {
    /// The word in its URL, and its place in the file.
    pub slug: At<String>,
    /// Its title in each language.
    pub title: Localized,
    /// What it is: one of [`INSTRUMENT_KINDS`].
    pub kind: &'static str,
    /// Other titles under which the same work is cited.
    pub also: Vec<OtherTitle>,
    /// Wordings that name the work without book-title marks.
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

/// Another title of a work, and why it is the same work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTitle {
    /// The title in the original's language.
    pub title: String,
    /// Why it is the same work.
    pub reason: Localized,
}

/// The instrument that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Its slug.
    pub slug: At<String>,
    /// What shows that it did.
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
pub fn instruments(
    path: &SitePath,
    text: &str,
    languages: &[Language],
) -> (Vec<InstrumentEntry>, Vec<Diagnostic>) {
    let (entries, mut faults) = fields::parse(path, text, 0, |f| {
        f.tables("instrument", |f| instrument(f, languages)).into_iter().flatten().collect::<Vec<_>>()
    });
    faults.extend(repeated(path, entries.iter().map(|entry| &entry.slug)));
    faults.extend(entries.iter().filter_map(|entry| {
        let slug = &entry.successor.as_ref()?.slug;
        (!entries.iter().any(|e| e.slug.value == slug.value)).then(|| unknown_id(path, slug))
    }));
    (entries, faults)
}

fn instrument(fields: &mut Fields<'_>, languages: &[Language]) -> Option<InstrumentEntry> {
    let slug = slug(fields, "slug");
    let title = fields.table("title", |t| localized(t, languages));
    let title = fields.require("title", title);
    let kind = instrument_kind(fields);
    let entry = InstrumentEntry {
        also: fields.tables("also", |f| other_title(f, languages)).into_iter().flatten().collect(),
        named: fields.texts("named").into_iter().map(|wording| wording.value).collect(),
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

fn instrument_kind(fields: &mut Fields<'_>) -> Option<&'static str> {
    let kind = fields.text("kind");
    let kind = fields.require("kind", kind)?;
    let known = INSTRUMENT_KINDS.into_iter().find(|known| *known == kind.value);
    if known.is_none() {
        let list = INSTRUMENT_KINDS.join(", ");
        let title = message!("“{}”不是可用的值", "“{}” is not one of the values known here", kind.value);
        let fault = Diagnostic::new(Code::BAD_VALUE, title).at(&fields.path().clone(), kind.span);
        fields.report(fault.hint(message!("可用的值：{list}", "use one of: {list}")));
    }
    known
}

fn other_title(fields: &mut Fields<'_>, languages: &[Language]) -> Option<OtherTitle> {
    let title = fields.text("title");
    let title = fields.require("title", title);
    let reason = fields.table("reason", |t| localized(t, languages));
    let reason = fields.require("reason", reason);
    Some(OtherTitle { title: title?.value, reason: reason? })
}

fn successor(fields: &mut Fields<'_>, languages: &[Language]) -> Option<Successor> {
    let slug = slug(fields, "slug");
    let reason = fields.table("reason", |t| localized(t, languages));
    let reason = fields.require("reason", reason);
    Some(Successor { slug: slug?, reason: reason? })
}

fn unknown_id(path: &SitePath, id: &At<String>) -> Diagnostic {
    Diagnostic::new(Code::UNKNOWN_ID, message!("没有编号为“{}”的条目", "there is no entry `{}`", id.value))
        .at(path, id.span.clone())
        .hint(message!("对照目录改正编号", "compare with the catalogue and mend the id"))
}

/// A word that goes into a URL.
pub(super) fn slug(fields: &mut Fields<'_>, key: &'static str) -> Option<At<String>> {
    let slug = fields.text(key);
    let slug = fields.require(key, slug)?;
    if is_slug(&slug.value) {
        return Some(slug);
    }
    let title = message!("“{}”不能用在网址中", "“{}” cannot stand in a URL", slug.value);
    let hint = message!("用小写字母、数字和连字符", "use lower-case letters, digits and hyphens");
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(&fields.path().clone(), slug.span).hint(hint));
    None
}

/// A diagnostic for each id that was used before.
pub(super) fn repeated<'a>(path: &SitePath, ids: impl Iterator<Item = &'a At<String>>) -> Vec<Diagnostic> {
    let mut first: std::collections::BTreeMap<&str, &Span> = std::collections::BTreeMap::new();
    let mut faults = Vec::new();
    for id in ids {
        if let Some(before) = first.insert(&id.value, &id.span) {
            faults.push(duplicate(path, &id.value, id.span.clone(), before.clone()));
        }
    }
    faults
}

fn duplicate(path: &SitePath, id: &str, again: Span, before: Span) -> Diagnostic {
    use crate::base::Label;
    Diagnostic::new(Code::DUPLICATE_ID, message!("“{id}”用了两次", "`{id}` is used twice"))
        .at(path, again)
        .label(Label::new(path, before).with_text(message!("第一次在这里", "first used here")))
        .hint(message!("改用另一个，或删去一条", "choose another, or delete one of them"))
}
