//! The glossary of a site: `content/glossary.toml`, the terms of the originals and how they are rendered.

use std::collections::BTreeMap;

use index_vec::IndexVec;

use super::catalogues::{empty_term, repeated, slug, terms};
use crate::base::fields::{self, At, Fields};
use crate::base::{Diagnostic, Lang, SitePath};
use crate::model::index::TermIndex;
use crate::settings::{Language, Localized, localized};

/// Where the glossary is kept.
pub const FILE: &str = "content/glossary.toml";

/// The glossary, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlossaryFile {
    /// Its terms, in the order of the file.
    pub terms: IndexVec<TermIndex, TermEntry>,
    /// For each language the numbers and abbreviations that may be in a
    /// translation although the original has none.
    pub added: BTreeMap<Lang, Vec<String>>,
    /// Words of one meaning, in any language, that only the search knows: abbreviations, shorthand, words of
    /// other regions. A group that shares a word with a term belongs to it.
    pub search: Vec<Vec<String>>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermEntry {
    /// Its anchor on the glossary page, and its place in the file.
    pub id: At<String>,
    /// The term in the language of the originals.
    pub original: At<String>,
    /// How it is rendered in other languages.
    pub renderings: BTreeMap<Lang, Renderings>,
    /// The word that terms of one meaning share.
    pub group: Option<String>,
    /// A note for readers.
    pub note: Localized,
}

/// How a term is rendered in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renderings {
    /// The one to use.
    pub approved: String,
    /// Others that are as good.
    pub accepted: Vec<String>,
    /// Those that are mistakes where they stand for this term.
    pub wrong: Vec<String>,
}

impl Renderings {
    /// The approved rendering and the accepted ones.
    pub fn right(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.approved).chain(&self.accepted).map(String::as_str)
    }
}

/// Reads the glossary (`[[term]]`, `[added]`, `[[search]]`). The first of the languages is that of the originals.
pub fn read(path: &SitePath, text: &str, languages: &[Language]) -> (GlossaryFile, Vec<Diagnostic>) {
    let (glossary, mut faults) = fields::parse(path, text, 0, |f| GlossaryFile {
        terms: f.tables("term", |f| term(f, languages)).into_iter().flatten().collect(),
        added: f.table("added", |f| added(f, languages)).unwrap_or_default(),
        search: f.tables("search", search),
    });
    faults.extend(repeated(path, glossary.terms.iter().map(|term| &term.id)));
    faults.extend(repeated(path, glossary.terms.iter().map(|term| &term.original)));
    (glossary, faults)
}

fn term(fields: &mut Fields<'_>, languages: &[Language]) -> Option<TermEntry> {
    let (own, others) = languages.split_first()?;
    let id = slug(fields, "id");
    let original = key(fields, own).and_then(|key| fields.text(key));
    let original = fields.require(own.code.as_str(), original);
    if let Some(empty) = original.as_ref().filter(|term| term.value.trim().is_empty()) {
        fields.report(empty_term(fields.path(), own.code.as_str(), empty));
    }
    let original = original.filter(|term| !term.value.trim().is_empty());
    let mut rendered = BTreeMap::new();
    for language in others {
        let found = key(fields, language).and_then(|key| fields.table(key, renderings)?);
        rendered.extend(found.map(|found| (language.code, found)));
    }
    Some(TermEntry {
        renderings: rendered,
        group: fields.text("group").map(|group| group.value),
        note: fields.table("note", |f| localized(f, languages)).unwrap_or_default(),
        id: id?,
        original: original?,
    })
}

/// Words of one meaning for the search.
fn search(fields: &mut Fields<'_>) -> Vec<String> {
    let words = Some(texts(fields, "words")).filter(|words| !words.is_empty());
    fields.require("words", words).unwrap_or_default()
}

/// The key of a language, if the table has it.
fn key<'a>(fields: &Fields<'a>, language: &Language) -> Option<&'a str> {
    fields.keys().into_iter().map(|key| key.value).find(|key| *key == language.code.as_str())
}

fn renderings(fields: &mut Fields<'_>) -> Option<Renderings> {
    let approved = fields.required_text("approved");
    let (accepted, wrong) = (texts(fields, "accepted"), texts(fields, "wrong"));
    Some(Renderings { approved: approved?.value, accepted, wrong })
}

fn added(fields: &mut Fields<'_>, languages: &[Language]) -> BTreeMap<Lang, Vec<String>> {
    let mut added = BTreeMap::new();
    for language in languages {
        if let Some(key) = key(fields, language) {
            added.insert(language.code, texts(fields, key));
        }
    }
    added
}

fn texts<'a>(fields: &mut Fields<'a>, key: &'a str) -> Vec<String> {
    terms(fields, key).into_iter().map(|text| text.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn check(text: &str, codes: &[&str]) -> GlossaryFile {
        let (glossary, faults) = read(&SitePath::new(FILE).unwrap(), text, &Settings::default().languages);
        assert_eq!(faults.iter().map(|f| f.code.name()).collect::<Vec<_>>(), codes);
        glossary
    }

    #[test]
    fn a_term() {
        let glossary = check(
            "[[term]]\nid = \"cnipa\"\nzh = \"国家知识产权局\"\ngroup = \"g\"\n\
             en = { approved = \"A\", accepted = [\"B\"], wrong = [\"C\"] }\nnote = { en = \"N\" }\n\
             [added]\nen = [\"42\"]\n",
            &[],
        );
        let en = Lang::new("en").unwrap();
        let term = &glossary.terms[0];
        assert_eq!((term.id.value.as_str(), term.original.value.as_str()), ("cnipa", "国家知识产权局"));
        assert_eq!(term.renderings[&en].right().collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!((term.renderings[&en].wrong[0].as_str(), glossary.added[&en][0].as_str()), ("C", "42"));
    }

    #[test]
    fn faults_of_a_glossary() {
        check("[[term]]\nid = \"A b\"\nzh = \"甲\"\n", &["bad-value"]);
        check("[[term]]\nid = \"a\"\n", &["missing-key"]);
        check("[[term]]\nid = \"a\"\nzh = \"甲\"\nen = { accepted = [] }\n", &["missing-key"]);
        let twice = "[[term]]\nid = \"a\"\nzh = \"甲\"\n[[term]]\nid = \"a\"\nzh = \"甲\"\n";
        check(twice, &["duplicate-id", "duplicate-id"]);
    }
}
