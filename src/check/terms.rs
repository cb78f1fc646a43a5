//! The terms of an original block, and whether its translation renders them as the glossary asks.

use std::collections::BTreeSet;

use index_vec::IndexVec;

use super::TextPair;
use super::words::{WordReader, Words};
use crate::base::{Code, Diagnostic, Label, Span};
use crate::message;
use crate::model::index::TermIndex;
use crate::settings::Language;
use crate::site::{Glossary, Term, TermUse};

/// The renderings of all terms in one language.
pub struct LanguageRenderings {
    reader: WordReader,
    terms: IndexVec<TermIndex, Option<Rendered>>,
}

/// How one term is rendered.
struct Rendered {
    term: String,
    approved: String,
    right: Vec<Words>,
    wrong: Vec<Words>,
}

impl LanguageRenderings {
    /// The renderings in a language.
    pub fn new(glossary: &Glossary, language: &Language) -> Self {
        let reader = WordReader::new(&language.tag);
        let rendered = |term: &Term| {
            let renderings = term.entry.renderings.get(&language.code)?;
            Some(Rendered {
                term: term.entry.original.value.clone(),
                approved: renderings.approved.clone(),
                right: renderings.right().map(|form| reader.read(form)).collect(),
                wrong: renderings.wrong.iter().map(|form| reader.read(form)).collect(),
            })
        };
        let terms = glossary.terms.iter().map(rendered).collect();
        Self { reader, terms }
    }
}

/// The renderings in the translation of a block that differ from the glossary.
pub fn check(pair: &TextPair<'_>, rules: &LanguageRenderings) -> Vec<Diagnostic> {
    let used = used(pair, rules);
    if used.is_empty() {
        return Vec::new();
    }
    let text = rules.reader.read(&pair.translation.text);
    let right: Vec<Vec<Span>> = used.iter().map(|(_, rendered)| right(&text, rendered)).collect();
    let all = CoveredRanges::new(right.iter().flatten());
    let mut faults = Vec::new();
    for ((term, rendered), right) in used.iter().zip(&right) {
        if right.is_empty() {
            faults.push(missing(pair, term, rendered));
        }
        let wrong = rendered.wrong.iter().flat_map(|form| text.find_exact(form));
        // What is wrong for one term may be right for another, or part of it.
        let wrong = wrong.filter(|place| !all.covers(place));
        faults.extend(wrong.map(|place| wrong_rendering(pair, (term, rendered), place)));
    }
    faults
}

/// Where a term is rendered as it should be. Hyphens and spaces make no difference, unless they make it
/// a wording that the glossary calls wrong: `trade mark` for `trademark`.
fn right(text: &Words, rendered: &Rendered) -> Vec<Span> {
    type Places = BTreeSet<(usize, usize)>;
    let exact = |forms: &[Words]| -> Places {
        forms.iter().flat_map(|form| text.find_exact(form)).map(|place| (place.start, place.end)).collect()
    };
    let (wrong, exact) = (exact(&rendered.wrong), exact(&rendered.right));
    let places = rendered.right.iter().flat_map(|form| text.find(form));
    let is_right = |place: &(usize, usize)| !wrong.contains(place) || exact.contains(place);
    places.filter(|place| is_right(&(place.start, place.end))).collect()
}

/// The terms of the block that are rendered in the language, each where it occurs first.
fn used<'r>(pair: &'r TextPair<'_>, rules: &'r LanguageRenderings) -> Vec<(&'r TermUse, &'r Rendered)> {
    let mut met = BTreeSet::new();
    let first = pair.original.terms.iter().filter(|found| met.insert(found.term));
    first.filter_map(|found| Some((found, rules.terms[found.term].as_ref()?))).collect()
}

/// Stretches, asked whether one of them covers another stretch.
struct CoveredRanges {
    starts: Vec<usize>,
    /// For each start the last end of a stretch that begins there or before.
    ends: Vec<usize>,
}

impl CoveredRanges {
    fn new<'a>(stretches: impl Iterator<Item = &'a Span>) -> Self {
        let mut all: Vec<_> = stretches.map(|stretch| (stretch.start, stretch.end)).collect();
        all.sort_unstable();
        let (starts, mut ends): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        for at in 1..ends.len() {
            ends[at] = ends[at].max(ends[at - 1]);
        }
        Self { starts, ends }
    }

    fn covers(&self, stretch: &Span) -> bool {
        let last = self.starts.partition_point(|start| *start <= stretch.start).checked_sub(1);
        last.is_some_and(|last| self.ends[last] >= stretch.end)
    }
}

fn missing(pair: &TextPair<'_>, found: &TermUse, rendered: &Rendered) -> Diagnostic {
    let (term, approved, original) = (&rendered.term, &rendered.approved, &pair.original.original);
    let here = message!("译文在这里", "the translation is here");
    Diagnostic::new(
        Code::GLOSSARY_TERM_MISSING,
        message!("“{term}”没有按术语表翻译", "“{term}” is not translated as the glossary has it"),
    )
    .at(pair.original_path, original.locate(&found.span))
    .label(Label::new(pair.translation_path, pair.translation_start()).with_text(here))
    .hint(message!(
        "译作“{approved}”，或把所用的译法写进术语表的 accepted",
        "write “{approved}”, or put the wording into `accepted` in the glossary"
    ))
}

fn wrong_rendering(pair: &TextPair<'_>, (found, rendered): (&TermUse, &Rendered), place: Span) -> Diagnostic {
    let (term, approved) = (&rendered.term, &rendered.approved);
    let wording = &pair.translation.text[place.clone()];
    let there = message!("原文在这里", "the original is here");
    Diagnostic::new(
        Code::GLOSSARY_WRONG_RENDERING,
        message!("“{wording}”不是“{term}”的译法", "“{wording}” does not render “{term}”"),
    )
    .at(pair.translation_path, pair.translation.locate(&place))
    .label(Label::new(pair.original_path, pair.original.original.locate(&found.span)).with_text(there))
    .hint(message!("译作“{approved}”", "write “{approved}”"))
}
