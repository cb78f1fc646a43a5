//! Typed words → clauses to look up in a volume: phrases, widened by synonyms.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::find::Phrase;
use crate::forms::{forms, stem, wildcard};
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
        keep(&mut clauses.unwanted, clause(volume, term, &[]));
    }
    let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.negated).collect();
    let mut at = 0;
    while at < wanted.len() {
        let (taken, known) = synonyms(volume, &wanted[at..]);
        let together = Term {
            text: join(&wanted[at..at + taken]),
            quoted: taken == 1 && wanted[at].quoted,
            negated: false,
        };
        clauses.synonyms.extend(known.iter().cloned());
        if widen && !known.is_empty() {
            keep(&mut clauses.wanted, clause(volume, &together, &known));
        } else {
            for term in &wanted[at..at + taken] {
                keep(&mut clauses.wanted, clause(volume, term, &[]));
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

fn clause(volume: &Volume, term: &Term, synonyms: &[String]) -> Result<Clause> {
    let typed = phrase(volume, term);
    let synonym = |text: &String| phrase(volume, &Term { text: text.clone(), ..Term::default() });
    let others: Vec<Result<Phrase>> = synonyms.iter().map(synonym).collect();
    let any = std::iter::once(typed).chain(others).collect::<Result<Vec<Phrase>>>()?;
    Ok(Clause { any })
}

fn phrase(volume: &Volume, term: &Term) -> Result<Phrase> {
    let units = texts(&volume.units(&term.text));
    if volume.script == Script::Han {
        return Ok(Phrase::exact(units));
    }
    let text = term.text.trim();
    let (open, close) = (text.starts_with('*'), text.ends_with('*'));
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

/// The longest run of terms that a group of synonyms has, and the group's other
/// wordings in the volume's language. Without any, the run is the first term.
fn synonyms(volume: &Volume, terms: &[&Term]) -> (usize, Vec<String>) {
    let groups = volume.synonyms.get_or_init(|| groups(volume));
    let quoted = terms.iter().position(|term| term.quoted).unwrap_or(terms.len());
    for count in (1..=quoted.max(1)).rev() {
        let typed = key(volume, &join(&terms[..count]));
        let known = groups.iter().filter(|group| group.iter().any(|(_, member)| *member == typed));
        let known = others(volume, known, &typed);
        if !known.is_empty() {
            return (count, known);
        }
    }
    (1, inside(volume, groups, terms[0]))
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
