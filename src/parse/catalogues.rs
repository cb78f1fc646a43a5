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
    /// Other titles under which the same work is cited.
    pub also: Vec<String>,
    /// The plan of this site that it is, if it is one.
    pub plan: Option<At<String>>,
}

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
    (entries, faults)
}

fn instrument(fields: &mut Fields<'_>, languages: &[Language]) -> Option<InstrumentEntry> {
    let slug = slug(fields, "slug");
    let title = fields.table("title", |t| localized(t, languages));
    let title = fields.require("title", title);
    let also = fields.texts("also").into_iter().map(|title| title.value).collect();
    let plan = fields.text("plan");
    Some(InstrumentEntry { slug: slug?, title: title?, also, plan })
}

/// A word that goes into a URL.
fn slug(fields: &mut Fields<'_>, key: &'static str) -> Option<At<String>> {
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
fn repeated<'a>(path: &SitePath, ids: impl Iterator<Item = &'a At<String>>) -> Vec<Diagnostic> {
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
