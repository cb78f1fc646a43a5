//! Concepts and their synonyms: a search for one wording includes the others.

use std::collections::BTreeSet;

use crate::forms::{is_abbreviation, stem};
use crate::record::Concept;
use crate::text::{STOP, Script, Variants, is_han, texts};

/// The concepts of a volume with the keys by which their wordings are compared.
#[derive(Debug, Default)]
pub(crate) struct Concepts(Vec<Keyed>);

#[derive(Debug)]
struct Keyed {
    /// Wordings with their keys.
    wordings: Vec<(String, String)>,
    /// Keys of wordings that are recognised in queries but not searched.
    typed: Vec<String>,
}

impl Concepts {
    /// Computes the keys.
    pub(crate) fn new(concepts: &[Concept], variants: &Variants) -> Concepts {
        let keyed = |concept: &Concept| Keyed {
            wordings: concept.wordings.iter().map(|text| (text.clone(), key(text, variants))).collect(),
            typed: concept.typed.iter().map(|text| key(text, variants)).collect(),
        };
        Concepts(concepts.iter().map(keyed).collect())
    }

    /// The synonyms, in a script, of the concept that a text names; `None` if it names none.
    pub(crate) fn named(&self, text: &str, script: Script, variants: &Variants) -> Option<Vec<String>> {
        let typed = key(text, variants);
        let mut found: Vec<&Keyed> = self.0.iter().filter(|concept| concept.has(&typed)).collect();
        if let (true, Some(singular)) = (found.is_empty(), typed.strip_suffix('s')) {
            found = self.0.iter().filter(|concept| concept.has_abbreviation(singular)).collect();
        }
        (!found.is_empty()).then(|| others(found.into_iter(), script, &units(text, variants)))
    }

    /// Keys of all wordings.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(Keyed::keys)
    }

    /// The longest wording in a folded Chinese text.
    pub(crate) fn longest_in(&self, text: &str) -> Option<&str> {
        self.longest(text).map(|(key, _)| key)
    }

    fn longest(&self, text: &str) -> Option<(&str, &Keyed)> {
        let inside = |key: &str| match key.chars().all(is_han) {
            true => text.contains(key),
            false => is_word_of(text, key),
        };
        let keys = self.0.iter().flat_map(|concept| concept.keys().map(move |key| (key, concept)));
        keys.filter(|(key, _)| inside(key)).max_by_key(|(key, _)| key.len())
    }

    /// Variants of a Chinese text in which the longest wording that it contains is replaced by its synonyms.
    pub(crate) fn inside(&self, text: &str, variants: &Variants) -> Vec<String> {
        let typed = key(text, variants);
        let Some((key, concept)) = self.longest(&typed) else {
            return Vec::new();
        };
        let replacements = others(std::iter::once(concept), Script::Han, &units(key, variants)).into_iter();
        replacements.filter(|text| text.chars().any(is_han)).map(|other| typed.replace(key, &other)).collect()
    }
}

/// Returns whether a text contains a Latin word with no letter or digit next to it.
fn is_word_of(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
        })
}

impl Keyed {
    fn keys(&self) -> impl Iterator<Item = &str> {
        self.wordings.iter().map(|(_, key)| key.as_str()).chain(self.typed.iter().map(String::as_str))
    }

    fn has(&self, typed: &str) -> bool {
        self.keys().any(|key| key == typed)
    }

    fn has_abbreviation(&self, typed: &str) -> bool {
        self.wordings.iter().any(|(text, key)| key == typed && is_abbreviation(text))
    }
}

/// The wordings in a script, each once, except those that contain the typed units.
fn others<'a>(concepts: impl Iterator<Item = &'a Keyed>, script: Script, typed: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut others = Vec::new();
    for (text, _) in concepts.flat_map(|concept| &concept.wordings) {
        let units = units(text, &Variants::new());
        let part = units.windows(typed.len().max(1)).any(|window| window == typed);
        if belongs(text, script) && !part && seen.insert(units) {
            others.push(text.clone());
        }
    }
    others
}

/// Returns whether a wording is in the language of a script. Abbreviations are in every language.
fn belongs(text: &str, script: Script) -> bool {
    is_abbreviation(text) || text.chars().any(is_han) == (script == Script::Han)
}

/// The key of a wording: its stems or characters without separators.
fn key(text: &str, variants: &Variants) -> String {
    units(text, variants).concat()
}

fn units(text: &str, variants: &Variants) -> Vec<String> {
    let script = if text.chars().any(is_han) { Script::Han } else { Script::Words };
    let units = texts(&script.units(text, variants)).into_iter();
    match script {
        Script::Han => units.filter(|unit| unit != STOP && unit != " ").collect(),
        Script::Words => units.map(|unit| stem(&unit)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, script: Script, expected: Option<&str>) {
        let concept = |wordings: &[&str], typed: &[&str]| Concept {
            wordings: wordings.iter().map(|text| (*text).to_owned()).collect(),
            typed: typed.iter().map(|text| (*text).to_owned()).collect(),
        };
        let concepts = [
            concept(&["人工智能", "artificial intelligence", "AI"], &["人工智慧"]),
            concept(&["著作权", "版权", "copyright"], &[]),
            concept(&["电子商务", "e-commerce"], &[]),
        ];
        let variants = Variants::from([('權', '权')]);
        let concepts = Concepts::new(&concepts, &variants);
        let named = concepts.named(text, script, &variants).map(|words| words.join("|"));
        assert_eq!(named.as_deref(), expected, "{text}");
    }

    #[test]
    fn wordings_lead_to_each_other() {
        check("AI", Script::Han, Some("人工智能"));
        check("ai", Script::Words, Some("artificial intelligence"));
        check("人工智慧", Script::Han, Some("人工智能|AI"));
        check("版權", Script::Han, Some("著作权"));
        check("copyrights", Script::Han, Some("著作权|版权"));
    }

    #[test]
    fn what_is_between_words_does_not_matter() {
        check("ecommerce", Script::Han, Some("电子商务"));
        check("E commerce", Script::Words, Some(""));
        check("ecommerce", Script::Words, Some("e-commerce"));
    }

    #[test]
    fn abbreviations_in_chinese_are_spelled_out() {
        let wordings = vec!["人工智能".to_owned(), "AI".to_owned()];
        let concepts = [Concept { wordings, typed: Vec::new() }];
        let concepts = Concepts::new(&concepts, &Variants::new());
        assert_eq!(concepts.inside("AI专利", &Variants::new()), ["人工智能专利"]);
        assert!(concepts.inside("AIPPI专利", &Variants::new()).is_empty());
    }

    #[test]
    fn an_abbreviation_is_a_whole_word() {
        check("AIs", Script::Han, Some("人工智能"));
        check("aid", Script::Han, None);
        check("版", Script::Han, None);
    }
}
