//! Typed words → clauses to look up in a volume: phrases, widened by other wordings.

use crate::answer::{Understood, UnderstoodKind};
use crate::error::Result;
use crate::find::{Phrase, Scope, find, is_part};
use crate::forms::{forms, inflected, is_abbreviation, of_abbreviation, wildcard};
use crate::query::{Query, Term};
use crate::text::{Script, is_han, texts};
use crate::understand::{is_question_word, without_questions};
use crate::volume::Volume;

/// A part of the query: a record has it if it contains any of the phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The phrase as typed, then its other wordings.
    pub(crate) any: Vec<Phrase>,
}

impl Clause {
    fn one(phrase: Phrase) -> Clause {
        Clause { any: vec![phrase] }
    }
}

/// A query made ready for a volume.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// All of these are wanted.
    pub(crate) wanted: Vec<Clause>,
    /// None of these is.
    pub(crate) unwanted: Vec<Clause>,
    /// Other wordings of what was typed that the volume has.
    pub(crate) synonyms: Vec<String>,
    /// How what was typed was understood.
    pub(crate) understood: Vec<Understood>,
}

/// Terms that are one thing.
struct Run {
    term: Term,
    /// Whether it is a wording of a concept.
    named: bool,
    /// Other wordings.
    others: Vec<String>,
}

/// Makes a query ready; without `widen`, other wordings are only named.
pub(crate) fn clauses(volume: &Volume, query: &Query, widen: bool) -> Result<Clauses> {
    let mut clauses = Clauses::default();
    // Every phrase is attempted before the first failure is reported: see `find::open`.
    let mut failed = None;
    for term in query.terms.iter().filter(|term| term.negated) {
        let clause = phrase(volume, term, false).map(Clause::one);
        keep(&mut clauses.unwanted, clause, &mut failed);
    }
    let wanted: Vec<&Term> = query.terms.iter().filter(|term| !term.negated).collect();
    if !widen {
        for term in &wanted {
            keep(&mut clauses.wanted, phrase(volume, term, false).map(Clause::one), &mut failed);
        }
    }
    let runs = match widen && names_law(volume, &wanted)? {
        true => vec![Run { named: true, ..unnamed(volume, &join(&wanted)) }],
        false => runs(volume, &wanted),
    };
    for run in runs {
        if !widen {
            clauses.synonyms.extend(run.others);
            continue;
        }
        match parts(volume, run, &mut clauses.understood) {
            Ok(parts) => parts.into_iter().for_each(|run| {
                let clause = widened(volume, &run, &mut clauses.synonyms);
                keep(&mut clauses.wanted, clause, &mut failed);
            }),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(clauses), Err)
}

/// The terms as runs, without words that only ask, if there are others.
fn runs(volume: &Volume, terms: &[&Term]) -> Vec<Run> {
    let (mut runs, mut at) = (Vec::new(), 0);
    while at < terms.len() {
        let (run, taken) = run(volume, &terms[at..]);
        runs.push(run);
        at += taken;
    }
    let asks = |run: &Run| !run.named && !run.term.quoted && is_question_word(&run.term.text);
    if !runs.iter().all(asks) {
        runs.retain(|run| !asks(run));
    }
    runs
}

/// A Chinese run that no text has, cut into what it asks for; any other as it is.
fn parts(volume: &Volume, whole: Run, understood: &mut Vec<Understood>) -> Result<Vec<Run>> {
    let text = &whole.term.text;
    let open = volume.script == Script::Han && !whole.named && !whole.term.quoted && text.chars().any(is_han);
    if !open || has(volume, text)? || has_any(volume, &whole.others)? {
        return Ok(vec![whole]);
    }
    let pieces = without_questions(text);
    let joined = unnamed(volume, &pieces.concat());
    if joined.named {
        return Ok(said(&whole.term.text, vec![joined], understood));
    }
    let mut parts = Vec::new();
    for piece in &pieces {
        parts.extend(around_concept(volume, piece)?);
    }
    match parts.len() {
        0 => Ok(vec![whole]),
        1 if parts[0].term.text == *text => Ok(parts),
        _ => Ok(said(&whole.term.text, parts, understood)),
    }
}

fn said(typed: &str, parts: Vec<Run>, understood: &mut Vec<Understood>) -> Vec<Run> {
    let text = parts.iter().map(|run| run.term.text.as_str()).collect::<Vec<_>>().join(" ");
    understood.push(Understood { kind: UnderstoodKind::Words, text, typed: typed.to_owned() });
    parts
}

/// A text that no record has, cut where a concept in it begins and ends, if records have the rest.
fn around_concept(volume: &Volume, text: &str) -> Result<Vec<Run>> {
    let whole = unnamed(volume, text);
    if whole.named || has(volume, text)? || has_any(volume, &whole.others)? {
        return Ok(vec![whole]);
    }
    let folded = texts(&volume.units(text)).concat();
    let Some(name) = volume.concepts().longest_in(&folded) else {
        return Ok(vec![whole]);
    };
    let (before, after) = folded.split_once(&name).unwrap_or((&folded, ""));
    let rest: Vec<&str> = [before, after].into_iter().filter(|rest| !rest.is_empty()).collect();
    for rest in &rest {
        if rest.chars().nth(1).is_none() || !has(volume, rest)? {
            return Ok(vec![whole]);
        }
    }
    let parts = [before, &name, after].into_iter().filter(|part| !part.is_empty());
    Ok(parts.map(|part| unnamed(volume, part)).collect())
}

/// A run of one text.
fn unnamed(volume: &Volume, text: &str) -> Run {
    run(volume, &[&Term { text: text.to_owned(), ..Term::default() }]).0
}

fn has(volume: &Volume, text: &str) -> Result<bool> {
    let phrase = phrase(volume, &Term { text: text.to_owned(), ..Term::default() }, true)?;
    Ok(!find(volume, &phrase, Scope::Record)?.is_empty())
}

fn has_any(volume: &Volume, texts: &[String]) -> Result<bool> {
    let found: Vec<Result<bool>> = texts.iter().map(|text| has(volume, text)).collect();
    Ok(found.into_iter().collect::<Result<Vec<_>>>()?.contains(&true))
}

fn keep(target: &mut Vec<Clause>, clause: Result<Clause>, failed: &mut Option<crate::error::Error>) {
    match clause {
        Ok(clause) if clause.any.iter().all(|phrase| phrase.slots.is_empty()) => {}
        Ok(clause) => target.push(clause),
        Err(error) => *failed = Some(error),
    }
}

/// The clause of a run: what was typed, and the other wordings that the volume has.
fn widened(volume: &Volume, run: &Run, said: &mut Vec<String>) -> Result<Clause> {
    let typed = phrase(volume, &run.term, run.named);
    let other = |text: &String| {
        let phrase = phrase(volume, &Term { text: text.clone(), ..Term::default() }, true)?;
        let found = !find(volume, &phrase, Scope::Record)?.is_empty();
        Ok(found.then_some((text.clone(), phrase)))
    };
    let others: Vec<Result<Option<(String, Phrase)>>> = run.others.iter().map(other).collect();
    let mut any = vec![typed?];
    for found in others {
        if let Some((text, phrase)) = found?
            && !any.contains(&phrase)
        {
            said.push(text);
            any.push(phrase);
        }
    }
    Ok(Clause { any })
}

/// The phrase of a term; that of a name is matched by whole words only.
fn phrase(volume: &Volume, term: &Term, name: bool) -> Result<Phrase> {
    let units = texts(&volume.units(&term.text));
    let text = term.text.trim();
    if volume.script == Script::Han {
        let latin = !term.quoted && !text.is_empty() && !text.chars().any(is_han);
        let whole = latin && (name || is_abbreviation(text));
        return Ok(Phrase { whole, ..Phrase::exact(units) });
    }
    let (open, close) = (text.starts_with('*'), text.ends_with('*'));
    if !open && !close && term.quoted {
        return Ok(Phrase::exact(units));
    }
    if units.len() == 1 && is_abbreviation(text) {
        return Ok(Phrase { slots: vec![of_abbreviation(&units[0])], whole: false });
    }
    let last = units.len().saturating_sub(1);
    let slots: Vec<Result<Vec<String>>> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| match (open && at == 0, close && at == last) {
            (false, false) if open || close => Ok(vec![unit.clone()]),
            (false, false) if name => inflected(volume, unit),
            (false, false) => forms(volume, unit),
            ends => wildcard(volume, unit, ends),
        })
        .collect();
    let whole = name && is_law(text);
    Ok(Phrase { slots: slots.into_iter().collect::<Result<_>>()?, whole })
}

/// The longest run of terms that is a wording of a concept, or else the first term; and how many it takes.
/// Quoted terms are only what they say.
fn run(volume: &Volume, terms: &[&Term]) -> (Run, usize) {
    let (concepts, variants) = (volume.concepts(), &volume.header.variants);
    let open = terms.iter().position(|term| term.quoted).unwrap_or(terms.len());
    for taken in (1..=open).rev() {
        let text = join(&terms[..taken]);
        let next = terms.get(taken).map(|term| term.text.to_lowercase());
        if volume.script == Script::Words && is_law(&text) && is_part(volume.script, None, next.as_deref()) {
            continue;
        }
        if let Some(others) = concepts.named(&text, volume.script, variants) {
            let term = Term { text, ..Term::default() };
            return (Run { term, named: true, others }, taken);
        }
    }
    let term = terms[0].clone();
    let others = match volume.script == Script::Han && !term.quoted {
        true => concepts.inside(&term.text, variants),
        false => Vec::new(),
    };
    (Run { term, named: false, others }, 1)
}

/// Whether English words may be the name of a law.
fn is_law(text: &str) -> bool {
    text.to_lowercase().ends_with(" law")
}

/// Whether a query is the name of a law that the texts have: `Patent Law` is not any law about patents.
fn names_law(volume: &Volume, terms: &[&Term]) -> Result<bool> {
    let open = volume.script == Script::Words && !terms.iter().any(|term| term.quoted);
    Ok(open && is_law(&join(terms)) && has(volume, &join(terms))?)
}

fn join(terms: &[&Term]) -> String {
    terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ")
}
