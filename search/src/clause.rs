//! Typed words → clauses to look up in a volume: phrases, widened by synonyms.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::find::Phrase;
use crate::forms::{forms, itself_first, stem, wildcard, word_forms};
use crate::query::{Query, Term};
use crate::text::{Script, is_han, texts};
use crate::volume::{Group, Volume};

/// A part of the query: a record has it if it contains any of the phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The phrase as typed, then its synonyms.
    pub(crate) any: Vec<Phrase>,
}

/// A query made ready for a volume.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// All of these are wanted.
    pub(crate) wanted: Vec<Clause>,
    /// None of these is.
    pub(crate) unwanted: Vec<Clause>,
    /// Other wordings that the volume's language has for what was typed.
    pub(crate) synonyms: Vec<String>,
}

/// Makes a query ready; with `widen`, synonyms count as what was typed.
pub(crate) fn clauses(volume: &Volume, query: &Query, widen: bool) -> Result<Clauses> {
    let mut clauses = Clauses::default();
    // Every phrase is attempted before the first failure is reported: see `find::open`.
    let mut failed = None;
    let mut keep = |target: &mut Vec<Clause>, clause: Result<Clause>| match clause {
        Ok(clause) if clause.any.iter().all(|phrase| phrase.0.is_empty()) => {}
        Ok(clause) => target.push(clause),
        Err(error) => failed = Some(error),
    };
    for term in query.terms.iter().filter(|term| term.negated) {
        keep(&mut clauses.unwanted, clause(volume, term, &[], phrase));
    }
    let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.negated).collect();
    let mut at = 0;
    while at < wanted.len() {
        let Wording { taken, others, is_term } = wording(volume, &wanted[at..]);
        let together = Term {
            text: join(&wanted[at..at + taken]),
            quoted: taken == 1 && wanted[at].quoted,
            negated: false,
        };
        clauses.synonyms.extend(others.iter().cloned());
        if widen && (is_term || !others.is_empty()) {
            // A known term is that term: neither its words apart nor the beginning of another word.
            let read = if is_term { whole_words } else { phrase };
            keep(&mut clauses.wanted, clause(volume, &together, &others, read));
        } else {
            for term in &wanted[at..at + taken] {
                keep(&mut clauses.wanted, clause(volume, term, &[], phrase));
            }
        }
        at += taken;
    }
    clauses.synonyms.dedup();
    failed.map_or(Ok(clauses), Err)
}

fn join(terms: &[&Term]) -> String {
    terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The clause of a term and of its other wordings, each made a phrase by `read`.
fn clause(
    volume: &Volume,
    term: &Term,
    synonyms: &[String],
    read: fn(&Volume, &Term) -> Result<Phrase>,
) -> Result<Clause> {
    let synonym = |text: &String| read(volume, &Term { text: text.clone(), ..Term::default() });
    let typed = read(volume, term);
    let others: Vec<Result<Phrase>> = synonyms.iter().map(synonym).collect();
    let any = std::iter::once(typed).chain(others).collect::<Result<Vec<Phrase>>>()?;
    Ok(Clause { any })
}

/// The words of a term side by side, each in its own forms; abbreviations as they are.
fn whole_words(volume: &Volume, term: &Term) -> Result<Phrase> {
    let units = texts(&volume.units(&term.text));
    if volume.script == Script::Han {
        return Ok(Phrase::exact(units));
    }
    let is_abbreviation = is_abbreviation(term.text.trim());
    let slot =
        |unit: &String| if is_abbreviation { Ok(abbreviation(unit)) } else { word_forms(volume, unit) };
    let slots: Vec<Result<Vec<String>>> = units.iter().map(slot).collect();
    slots.into_iter().collect::<Result<_>>().map(Phrase)
}

/// Returns whether a word is an abbreviation by its form: GI, GIs, RCEP.
fn is_abbreviation(text: &str) -> bool {
    let letters = text.strip_suffix('s').unwrap_or(text);
    (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// An abbreviation and its plural, the typed one first.
fn abbreviation(unit: &str) -> Vec<String> {
    let one = unit.strip_suffix('s').filter(|one| one.len() >= 2).unwrap_or(unit);
    itself_first(unit, vec![one.to_owned(), format!("{one}s")])
}

fn phrase(volume: &Volume, term: &Term) -> Result<Phrase> {
    let units = texts(&volume.units(&term.text));
    if volume.script == Script::Han {
        return Ok(Phrase::exact(units));
    }
    let text = term.text.trim();
    let (open, close) = (text.starts_with('*'), text.ends_with('*'));
    if is_abbreviation(text) && !term.quoted {
        return whole_words(volume, term);
    }
    if !open && !close && term.quoted {
        return Ok(Phrase::exact(units));
    }
    let last = units.len().saturating_sub(1);
    let slots: Vec<Result<Vec<String>>> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| match (open && at == 0, close && at == last) {
            (false, false) if open || close => Ok(vec![unit.clone()]),
            (false, false) => forms(volume, unit),
            ends => wildcard(volume, unit, ends),
        })
        .collect();
    slots.into_iter().collect::<Result<_>>().map(Phrase)
}

/// A run of typed terms that is one wording, with its synonyms.
struct Wording {
    /// Number of typed terms in the run.
    taken: usize,
    /// The other wordings in the volume's language.
    others: Vec<String>,
    /// True if it is in a group of wordings.
    is_term: bool,
}

/// The longest run of terms that a group of synonyms has. Without any, the run is the first term.
fn wording(volume: &Volume, terms: &[&Term]) -> Wording {
    if terms[0].quoted {
        return Wording { taken: 1, others: Vec::new(), is_term: false };
    }
    let groups = volume.synonyms.get_or_init(|| groups(volume));
    let unquoted = terms.iter().position(|term| term.quoted).unwrap_or(terms.len());
    for taken in (1..=unquoted).rev() {
        let typed = key(volume, &join(&terms[..taken]));
        // Written together or apart: e-commerce, dili biaozhi.
        let joined = compact(&typed);
        let has = |group: &&Group| group.iter().any(|(_, member)| compact(member) == joined);
        let known: Vec<&Group> = groups.iter().filter(has).collect();
        if !known.is_empty() && !joined.is_empty() {
            let others = others(volume, known.into_iter(), &typed);
            return Wording { taken, others, is_term: true };
        }
    }
    Wording { taken: 1, others: inside(volume, groups, terms[0]), is_term: false }
}

/// The letters of a wording, without what parts them.
fn compact(units: &[String]) -> String {
    units.iter().flat_map(|unit| unit.chars()).filter(|c| c.is_alphanumeric()).collect()
}

/// The synonyms with what they are compared by; made once.
fn groups(volume: &Volume) -> Vec<Group> {
    let group = |group: &Vec<String>| group.iter().map(|text| (text.clone(), key(volume, text))).collect();
    volume.header.synonyms.iter().map(group).collect()
}

/// The wordings of these groups other than the one typed, in the volume's language.
fn others<'a>(volume: &Volume, groups: impl Iterator<Item = &'a Group>, typed: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::from([typed.to_vec()]);
    groups
        .flatten()
        .filter(|(text, key)| belongs(volume, text) && seen.insert(key.clone()))
        .map(|(text, _)| text.clone())
        .collect()
}

/// For a Chinese term that contains a wording: the term with that wording replaced.
fn inside(volume: &Volume, groups: &[Group], term: &Term) -> Vec<String> {
    if volume.script != Script::Han {
        return Vec::new();
    }
    let typed = key(volume, &term.text).concat();
    let member = |group: &Group| {
        let members = group.iter().map(|(_, key)| key.concat());
        members
            .filter(|text| text.chars().any(is_han) && typed.contains(text.as_str()))
            .max_by_key(String::len)
    };
    let longest =
        groups.iter().filter_map(|group| Some((member(group)?, group))).max_by_key(|(text, _)| text.len());
    let Some((text, group)) = longest else {
        return Vec::new();
    };
    let own: Vec<String> = text.chars().map(String::from).collect();
    let replacements = others(volume, std::iter::once(group), &own);
    replacements.iter().map(|other| typed.replace(&text, other)).collect()
}

/// The common form of equal wordings.
fn key(volume: &Volume, text: &str) -> Vec<String> {
    let units = texts(&volume.units(text));
    match volume.script {
        Script::Han => units,
        Script::Words => units.iter().map(|unit| stem(unit)).collect(),
    }
}

/// Whether a wording is of the volume's language.
fn belongs(volume: &Volume, text: &str) -> bool {
    text.chars().any(is_han) == (volume.script == Script::Han)
}
