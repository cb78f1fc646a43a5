//! Numbers, dates, percentages and abbreviations: what one side states, the other states too.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::TextPair;
use super::figures::{self, ComparedFigure, FigureMatch};
use crate::base::{Code, Diagnostic, Label, Span};
use crate::message;
use crate::model::Block;
use crate::model::index::TermIndex;
use crate::parse::numbering;
use crate::site::Glossary;

/// The figures of an original block or its English translation that the other lacks.
///
/// The number before a heading is compared when blocks are paired. A number
/// inside a term is the glossary's business, and so is what a rendering of the
/// block's terms brings along (`IP`, `G20`).
pub fn check(pair: &TextPair<'_>, glossary: &Glossary) -> Vec<Diagnostic> {
    let original = below_label(&pair.original.original, figures::chinese);
    let translation = below_label(pair.translation, figures::english);
    // Few blocks have a figure that the original has not, and to read the renderings takes a while.
    let brought = LazyCell::new(|| figures_of(&brought(pair, glossary)));
    let (in_original, in_translation) = (figures_of(&original), figures_of(&translation));
    // Terms are in the order of the text, and none overlaps another.
    let in_term = |span: &Span| {
        let terms = &pair.original.terms;
        let last = terms.partition_point(|term| term.span.start <= span.start).checked_sub(1);
        last.is_some_and(|last| span.end <= terms[last].span.end)
    };
    let lost = original
        .iter()
        .filter(|found| found.certain && !in_term(&found.span) && !in_translation.contains(&found.figure))
        .map(|found| lost(pair, found));
    let added = translation
        .iter()
        .filter(|found| {
            found.certain && !in_original.contains(&found.figure) && !brought.contains(&found.figure)
        })
        .map(|found| added(pair, found));
    lost.chain(added).collect()
}

fn figures_of(list: &[FigureMatch]) -> BTreeSet<ComparedFigure> {
    list.iter().map(|found| found.figure.clone()).collect()
}

/// The figures of a block, those in the number before a heading left out.
fn below_label(block: &Block, read: fn(&str) -> Vec<FigureMatch>) -> Vec<FigureMatch> {
    let label = if block.is_heading() { numbering::split(&block.text).label.len() } else { 0 };
    let mut found = read(&block.text);
    found.retain(|found| found.span.start >= label);
    found
}

/// The figures that the translation may have because of the block's terms, or anywhere.
fn brought(pair: &TextPair<'_>, glossary: &Glossary) -> Vec<FigureMatch> {
    let terms: BTreeSet<TermIndex> = pair.original.terms.iter().map(|found| found.term).collect();
    let terms = terms.into_iter().map(|term| &glossary.terms[term].entry);
    let renderings = terms.filter_map(|entry| entry.renderings.get(&pair.lang));
    let anywhere = glossary.added.get(&pair.lang).into_iter().flatten().map(String::as_str);
    renderings.flat_map(|r| r.right()).chain(anywhere).flat_map(figures::english).collect()
}

fn lost(pair: &TextPair<'_>, found: &FigureMatch) -> Diagnostic {
    let text = &pair.original.original.text[found.span.clone()];
    let there = message!("译文中没有", "it is not in the translation");
    Diagnostic::new(
        Code::NUMBER_MISMATCH,
        message!("“{text}”在译文中没有对应", "“{text}” has no counterpart in the translation"),
    )
    .at(pair.original_path, pair.original.original.locate(&found.span))
    .label(Label::new(pair.translation_path, pair.translation_start()).with_text(there))
    .hint(message!("对照原文补上或改正", "compare with the original and correct the translation"))
}

fn added(pair: &TextPair<'_>, found: &FigureMatch) -> Diagnostic {
    let text = &pair.translation.text[found.span.clone()];
    let there = message!("原文中没有", "it is not in the original");
    Diagnostic::new(
        Code::NUMBER_MISMATCH,
        message!("“{text}”在原文中没有对应", "“{text}” has no counterpart in the original"),
    )
    .at(pair.translation_path, pair.translation.locate(&found.span))
    .label(Label::new(pair.original_path, pair.original_start()).with_text(there))
    .hint(message!(
        "对照原文改正；译文惯用的缩写写进术语表的 [added]",
        "compare with the original; what the language always adds goes into `[added]` of the glossary"
    ))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const UNITS: [(&str, &str); 20] = [
    ("zero", "zeroth"),
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];

const TENS: [(&str, &str); 8] = [
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];

/// Numbers that an English text writes as words, months among them.
pub fn words(text: &str) -> Vec<FigureMatch> {
    let mut found: Vec<FigureMatch> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let span = at..at + letters.len();
        at += word.len();
        let Some((value, certain)) = value(letters) else { continue };
        match found.last_mut() {
            Some(last) if continues(last, value, &span) => join(last, value, span.end),
            _ => found.push(FigureMatch { figure: ComparedFigure::Number(value * 1000), span, certain }),
        }
    }
    found
}

fn value(word: &str) -> Option<(u64, bool)> {
    if let Some((_, month)) = MONTHS.iter().zip(1..).find(|(name, _)| **name == word) {
        return Some((month, word != "May"));
    }
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    let named = |(cardinal, ordinal): &(&str, &str)| is(cardinal) || is(ordinal);
    let unit = UNITS.iter().zip(0..).find(|(names, _)| named(names)).map(|(_, value)| value);
    let tens = || TENS.iter().zip(2..).find(|(names, _)| named(names)).map(|(_, value)| value * 10);
    let scales = [(("hundred", "hundredth"), 100), (("thousand", "thousandth"), 1000)];
    let scale = || scales.iter().find(|(names, _)| named(names)).map(|(_, value)| *value);
    Some((unit.or_else(tens).or_else(scale)?, false))
}

/// Whether a word goes on with the number before it: `twenty-five`, `one hundred`.
fn continues(last: &FigureMatch, value: u64, span: &Span) -> bool {
    let ComparedFigure::Number(before) = last.figure else { return false };
    let before = before / 1000;
    let adjoins = last.span.end + 1 == span.start && !last.certain;
    let unit = (20..100).contains(&before) && before % 10 == 0 && (1..10).contains(&value);
    let scale = before < 100 && matches!(value, 100 | 1000);
    adjoins && (unit || scale)
}

fn join(last: &mut FigureMatch, value: u64, end: usize) {
    if let ComparedFigure::Number(before) = &mut last.figure {
        *before = if value >= 100 { *before * value } else { *before + value * 1000 };
    }
    last.span.end = end;
}
