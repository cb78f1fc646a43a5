//! Words of the query → clauses to look up in a volume: phrases and their synonyms.

use crate::answer::{Understood, UnderstoodKind};
use crate::error::{Result, every};
use crate::find::{Phrase, Scope, find, is_part};
use crate::forms::{forms, inflected, is_abbreviation, of_abbreviation, wildcard};
use crate::query::{Query, Term, joined};
use crate::text::{Script, is_han, texts};
use crate::understand::{is_question_word, without_questions};
use crate::volume::Volume;

/// A clause of the query; a record matches if it contains any of the phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The phrase as typed, then its synonyms.
    pub(crate) any: Vec<Phrase>,
}

impl Clause {
    fn one(phrase: Phrase) -> Clause {
        Clause { any: vec![phrase] }
    }

    /// True if there is anything to look up.
    fn asks(&self) -> bool {
        self.any.iter().any(|phrase| !phrase.slots.is_empty())
    }
}

/// A query prepared for a volume.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// Clauses that a record must match.
    pub(crate) wanted: Vec<Clause>,
    /// Clauses that a record must not match.
    pub(crate) unwanted: Vec<Clause>,
    /// Synonyms that occur in the volume.
    pub(crate) synonyms: Vec<String>,
    /// Interpretations of the query.
    pub(crate) understood: Vec<Understood>,
}

/// Consecutive terms that together name a concept, or one term.
struct Run {
    term: Term,
    /// True if it names a concept.
    named: bool,
    /// Synonyms.
    others: Vec<String>,
}

/// Prepares a query; without `widen`, synonyms are listed but not searched.
pub(crate) fn clauses(volume: &Volume, query: &Query, widen: bool) -> Result<Clauses> {
    let (unwanted, wanted): (Vec<&Term>, Vec<&Term>) = query.terms.iter().partition(|term| term.negated);
    let unwanted = as_typed(volume, &unwanted);
    let clauses = match widen {
        true => meant(volume, &wanted),
        false => as_typed(volume, &wanted).map(|wanted_clauses| Clauses {
            wanted: wanted_clauses,
            synonyms: runs(volume, &wanted).into_iter().flat_map(|run| run.others).collect(),
            ..Clauses::default()
        }),
    };
    Ok(Clauses { unwanted: unwanted?, ..clauses? })
}

/// A clause for each term that has units to look up.
fn as_typed(volume: &Volume, terms: &[&Term]) -> Result<Vec<Clause>> {
    let clauses = every(terms.iter().map(|term| phrase(volume, term, false).map(Clause::one)))?;
    Ok(clauses.into_iter().filter(Clause::asks).collect())
}

/// Clauses of the required terms with their synonyms.
fn meant(volume: &Volume, terms: &[&Term]) -> Result<Clauses> {
    let mut clauses = Clauses::default();
    let law = names_law(volume, terms);
    let runs = match law {
        Ok(true) => vec![Run { named: true, ..unnamed(volume, &joined(terms.iter().copied())) }],
        _ => runs(volume, terms),
    };
    let wanted = every(runs.into_iter().map(|run| {
        let parts = parts(volume, run, &mut clauses.understood)?;
        every(parts.iter().map(|run| widened(volume, run, &mut clauses.synonyms)))
    }));
    law?;
    clauses.wanted = wanted?.into_iter().flatten().filter(Clause::asks).collect();
    Ok(clauses)
}

/// The terms as runs, without question words unless there are only question words.
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

/// Splits a Chinese run that does not occur into the phrases that it asks for; returns any other unchanged.
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
    let text = joined(parts.iter().map(|run| &run.term));
    understood.push(Understood { kind: UnderstoodKind::Words, text, typed: typed.to_owned() });
    parts
}

/// Splits a text that does not occur around a concept in it, if the remaining parts occur.
fn around_concept(volume: &Volume, text: &str) -> Result<Vec<Run>> {
    let whole = unnamed(volume, text);
    if whole.named || has(volume, text)? || has_any(volume, &whole.others)? {
        return Ok(vec![whole]);
    }
    let folded = texts(&volume.units(text)).concat();
    let Some(name) = volume.concepts().longest_in(&folded) else {
        return Ok(vec![whole]);
    };
    let (before, after) = folded.split_once(name).unwrap_or((&folded, ""));
    let rest: Vec<&str> = [before, after].into_iter().filter(|rest| !rest.is_empty()).collect();
    for rest in &rest {
        if rest.chars().nth(1).is_none() || !has(volume, rest)? {
            return Ok(vec![whole]);
        }
    }
    let parts = [before, name, after].into_iter().filter(|part| !part.is_empty());
    Ok(parts.map(|part| unnamed(volume, part)).collect())
}

/// A run that consists of one text.
fn unnamed(volume: &Volume, text: &str) -> Run {
    run(volume, &[&Term { text: text.to_owned(), ..Term::default() }]).0
}

/// The phrase of a name; `None` if it does not occur.
fn found(volume: &Volume, text: &str) -> Result<Option<Phrase>> {
    let phrase = phrase(volume, &Term { text: text.to_owned(), ..Term::default() }, true)?;
    let records = find(volume, &phrase, Scope::Record)?;
    Ok((!records.is_empty()).then_some(phrase))
}

fn has(volume: &Volume, text: &str) -> Result<bool> {
    Ok(found(volume, text)?.is_some())
}

fn has_any(volume: &Volume, texts: &[String]) -> Result<bool> {
    Ok(every(texts.iter().map(|text| has(volume, text)))?.contains(&true))
}

/// The clause of a run: the text as typed, and its synonyms that occur in the volume.
fn widened(volume: &Volume, run: &Run, said: &mut Vec<String>) -> Result<Clause> {
    let typed = phrase(volume, &run.term, run.named);
    let others = every(run.others.iter().map(|text| found(volume, text)));
    let mut any = vec![typed?];
    for (text, phrase) in run.others.iter().zip(others?) {
        if let Some(phrase) = phrase.filter(|phrase| !any.contains(phrase)) {
            said.push(text.clone());
            any.push(phrase);
        }
    }
    Ok(Clause { any })
}

/// The phrase of a term; the words of a name are not matched by prefix.
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
    let slot = |(at, unit): (usize, &String)| match (open && at == 0, close && at == last) {
        (false, false) if open || close => Ok(vec![unit.clone()]),
        (false, false) if name => inflected(volume, unit),
        (false, false) => forms(volume, unit),
        ends => wildcard(volume, unit, ends),
    };
    let slots = every(units.iter().enumerate().map(slot))?;
    Ok(Phrase { slots, whole: name && is_law(text) })
}

/// The longest run of terms that names a concept, or else the first term; and the number of its terms.
/// Quoted terms do not name concepts.
fn run(volume: &Volume, terms: &[&Term]) -> (Run, usize) {
    let (concepts, variants) = (volume.concepts(), &volume.header.variants);
    let open = terms.iter().position(|term| term.quoted).unwrap_or(terms.len());
    for taken in (1..=open).rev() {
        let text = joined(terms[..taken].iter().copied());
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

/// Returns whether English words may be the name of a law.
fn is_law(text: &str) -> bool {
    text.to_lowercase().ends_with(" law")
}

/// Returns whether the terms name a law that occurs: `Patent Law` is not any law about patents.
fn names_law(volume: &Volume, terms: &[&Term]) -> Result<bool> {
    let open = volume.script == Script::Words && !terms.iter().any(|term| term.quoted);
    let text = joined(terms.iter().copied());
    Ok(open && is_law(&text) && has(volume, &text)?)
}
