//! The terms of an original block, and whether its translation renders them as the glossary asks.

use super::Pair;
use super::words::{Reader, Words};
use crate::base::{Code, Diagnostic, Label, Span};
use crate::message;
use crate::resolve::site::{Glossary, Term, TermUse};
use crate::settings::Language;

/// The renderings of all terms in one language, read once.
pub struct Rules<'a> {
    glossary: &'a Glossary,
    reader: Reader,
    terms: Vec<Option<Rendered<'a>>>,
}

/// How one term is rendered.
struct Rendered<'a> {
    approved: &'a str,
    right: Vec<Words>,
    wrong: Vec<Words>,
}

impl<'a> Rules<'a> {
    /// The rules for a language.
    pub fn new(glossary: &'a Glossary, language: &Language) -> Self {
        let reader = Reader::new(&language.tag);
        let rendered = |term: &'a Term| {
            let renderings = term.entry.renderings.get(&language.code)?;
            Some(Rendered {
                approved: &renderings.approved,
                right: renderings.right().map(|form| reader.read(form)).collect(),
                wrong: renderings.wrong.iter().map(|form| reader.read(form)).collect(),
            })
        };
        let terms = glossary.terms.iter().map(rendered).collect();
        Self { glossary, reader, terms }
    }
}

/// What the translation of a block does otherwise than the glossary says.
pub fn check(pair: &Pair<'_>, rules: &Rules<'_>) -> Vec<Diagnostic> {
    let text = rules.reader.read(&pair.translation.text);
    let used = used(pair, rules);
    let right: Vec<Vec<Span>> = used.iter().map(|(_, rendered)| places(&text, &rendered.right)).collect();
    let all: Vec<&Span> = right.iter().flatten().collect();
    let mut faults = Vec::new();
    for ((term, rendered), right) in used.iter().zip(&right) {
        if right.is_empty() {
            faults.push(missing(pair, rules, term, rendered));
        }
        let wrong = rendered.wrong.iter().flat_map(|form| text.find_exact(form));
        // What is wrong for one term may be right for another, or part of it.
        let wrong = wrong.filter(|place| !all.iter().any(|r| r.start <= place.start && place.end <= r.end));
        faults.extend(wrong.map(|place| wrong_rendering(pair, rules, (term, rendered), place)));
    }
    faults
}

fn places(text: &Words, forms: &[Words]) -> Vec<Span> {
    forms.iter().flat_map(|form| text.find(form)).collect()
}

/// The terms of the block that are rendered in the language, each where it occurs first.
fn used<'r>(pair: &'r Pair<'_>, rules: &'r Rules<'_>) -> Vec<(&'r TermUse, &'r Rendered<'r>)> {
    let mut used: Vec<(&TermUse, &Rendered<'_>)> = Vec::new();
    for found in &pair.original.terms {
        if let Some(rendered) = &rules.terms[found.term]
            && used.iter().all(|(before, _)| before.term != found.term)
        {
            used.push((found, rendered));
        }
    }
    used
}

fn missing(pair: &Pair<'_>, rules: &Rules<'_>, found: &TermUse, rendered: &Rendered<'_>) -> Diagnostic {
    let term = &rules.glossary.terms[found.term].entry.original.value;
    let (approved, original) = (rendered.approved, &pair.original.original);
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

fn wrong_rendering(
    pair: &Pair<'_>,
    rules: &Rules<'_>,
    (found, rendered): (&TermUse, &Rendered<'_>),
    place: Span,
) -> Diagnostic {
    let term = &rules.glossary.terms[found.term].entry.original.value;
    let (approved, wording) = (rendered.approved, &pair.translation.text[place.clone()]);
    let there = message!("原文在这里", "the original is here");
    Diagnostic::new(
        Code::GLOSSARY_WRONG_RENDERING,
        message!("“{wording}”不是“{term}”的译法", "“{wording}” does not render “{term}”"),
    )
    .at(pair.translation_path, pair.translation.locate(&place))
    .label(Label::new(pair.original_path, pair.original.original.locate(&found.span)).with_text(there))
    .hint(message!("译作“{approved}”", "write “{approved}”"))
}
