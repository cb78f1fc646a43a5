//! The catalogues of a site: `content/instruments.toml` and its like, one file a catalogue.
//!
//! Reading checks what one file can show by itself: keys, values, ids used
//! twice. Whether an id leads to a task, and whether a quotation is exact, is
//! for the resolver to say, which knows the plans.

pub mod bodies;
pub mod evidence;
pub mod instruments;
pub mod threads;
pub mod topics;

use std::collections::BTreeMap;

use crate::base::fields::{At, Fields};
use crate::base::{Code, Diagnostic, Label, Lang, SitePath, Span};
use crate::message;
use crate::model::id::is_slug;
use crate::settings::{Language, Localized, localized};

/// The texts under a key that must be there, one a language.
fn texts<'a>(fields: &mut Fields<'a>, key: &'a str, languages: &[Language]) -> Option<Localized> {
    let texts = fields.table(key, |table| {
        let (texts, place) = (localized(table, languages), table.span());
        for lang in texts.iter().filter(|(_, text)| text.trim().is_empty()).map(|(lang, _)| lang) {
            table.report(unwritten(table.path(), place.clone(), key, *lang));
        }
        texts
    });
    fields.require(key, texts)
}

fn unwritten(path: &SitePath, place: Span, key: &str, lang: Lang) -> Diagnostic {
    let title = message!("{key} 的 {lang} 文字没有写", "the {lang} text of `{key}` is empty");
    Diagnostic::new(Code::UNWRITTEN_TEXT, title)
        .at(path, place)
        .hint(message!("写上文字；页面上这一处是空的", "write it; pages show nothing in its place"))
}

/// The terms under a key, without those that are empty, which are reported.
pub(super) fn terms<'a>(fields: &mut Fields<'a>, key: &'a str) -> Vec<At<String>> {
    let (empty, terms): (Vec<_>, Vec<_>) =
        fields.texts(key).into_iter().partition(|term| term.value.trim().is_empty());
    empty.iter().for_each(|term| fields.report(empty_term(fields.path(), key, term)));
    terms
}

/// A finding for a term without a character.
pub(super) fn empty_term(path: &SitePath, key: &str, term: &At<String>) -> Diagnostic {
    let title = message!("{key} 中有空的词语", "`{key}` has an empty term");
    let hint = message!("写上词语，或删去这一项", "write the term, or remove it");
    Diagnostic::new(Code::NO_EFFECT, title).at(path, term.span.clone()).hint(hint)
}

/// The word under a key that must be there and be one of a few.
fn choice<'a, T: Copy>(fields: &mut Fields<'a>, key: &'a str, names: &[(&str, T)]) -> Option<T> {
    let word = fields.required_text(key)?;
    fields.one_of(word, names).map(|word| word.value)
}

/// A diagnostic for an id that no entry has.
pub fn unknown_id(path: &SitePath, id: &At<String>) -> Diagnostic {
    Diagnostic::new(Code::UNKNOWN_ID, message!("没有编号为“{}”的条目", "there is no entry `{}`", id.value))
        .at(path, id.span.clone())
        .hint(message!("对照目录改正编号", "compare with the catalogue and correct the id"))
}

/// A word that goes into a URL.
pub(super) fn slug(fields: &mut Fields<'_>, key: &'static str) -> Option<At<String>> {
    let slug = fields.required_text(key)?;
    url_word(fields, slug)
}

/// The text if it can be a part of a URL; if not, that is reported.
fn url_word(fields: &mut Fields<'_>, slug: At<String>) -> Option<At<String>> {
    if is_slug(&slug.value) {
        return Some(slug);
    }
    let title = message!("“{}”不能用在网址中", "“{}” cannot be used in a URL", slug.value);
    let hint = message!("用小写字母、数字和连字符", "use lower-case letters, digits and hyphens");
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), slug.span).hint(hint));
    None
}

/// A diagnostic for each id that was used before.
pub(super) fn repeated<'a>(path: &SitePath, ids: impl Iterator<Item = &'a At<String>>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Span> = BTreeMap::new();
    let mut faults = Vec::new();
    for id in ids {
        if let Some(before) = first.insert(&id.value, &id.span) {
            faults.push(duplicate(path, &id.value, id.span.clone(), before.clone()));
        }
    }
    faults
}

fn duplicate(path: &SitePath, id: &str, again: Span, before: Span) -> Diagnostic {
    Diagnostic::new(Code::DUPLICATE_ID, message!("“{id}”用了两次", "`{id}` is used twice"))
        .at(path, again)
        .label(Label::new(path, before).with_text(message!("第一次在这里", "first used here")))
        .hint(message!("改用另一个，或删去一条", "choose another, or delete one of them"))
}
