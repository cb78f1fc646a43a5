//! Spelling corrections of words that do not occur: one wrong character, one or two wrong letters.
//!
//! Suggestions come from the site's concepts only.

use std::collections::BTreeSet;

use strsim::osa_distance;

use crate::error::Result;
use crate::forms::inflected;
use crate::query::Query;
use crate::text::{Script, is_han, texts};
use crate::volume::Volume;

/// Minimum length, in characters, of a Chinese word that is corrected.
const FEWEST_HAN: usize = 3;
/// Minimum length, in letters, of an English word that is corrected.
const FEWEST_LETTERS: usize = 6;

/// The query with misspelled words corrected; `None` if there is no correction.
pub(crate) fn corrected(volume: &Volume, query: &Query) -> Result<Option<Query>> {
    let mut corrected = query.clone();
    for term in corrected.terms.iter_mut().filter(|term| !term.quoted && !term.negated) {
        let better = match volume.script {
            Script::Han if term.text.chars().any(is_han) => chinese(volume, &term.text),
            Script::Words => english(volume, &term.text)?,
            Script::Han => None,
        };
        if let Some(better) = better {
            term.text = better;
        }
    }
    Ok((corrected != *query).then_some(corrected))
}

/// Replaces the part of the text that differs in one character from the longest such word of the site.
fn chinese(volume: &Volume, text: &str) -> Option<String> {
    let typed: Vec<String> = texts(&volume.units(text));
    let words = volume.concepts().keys().filter(|word| word.chars().all(is_han));
    let mut best: Option<(usize, Vec<String>)> = None;
    for word in words {
        let wanted = texts(&volume.units(word));
        if wanted.len() < FEWEST_HAN || best.as_ref().is_some_and(|(length, _)| *length >= wanted.len()) {
            continue;
        }
        let near = |window: &&[String]| window.iter().zip(&wanted).filter(|(a, b)| a != b).count() == 1;
        let found = typed.windows(wanted.len()).position(|window| near(&window));
        if let Some(at) = found {
            let mut whole = typed.clone();
            whole.splice(at..at + wanted.len(), wanted.iter().cloned());
            best = Some((wanted.len(), whole));
        }
    }
    best.map(|(_, whole)| whole.concat())
}

/// The nearest word of the site to a word that does not occur.
fn english(volume: &Volume, text: &str) -> Result<Option<String>> {
    let typed = text.to_lowercase();
    let is_word = typed.len() >= FEWEST_LETTERS && typed.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || inflected(volume, &typed)?.len() > 1 || !volume.units_with(&typed, |_| true)?.is_empty() {
        return Ok(None);
    }
    let words: BTreeSet<String> = volume
        .header
        .concepts
        .iter()
        .flat_map(|concept| concept.wordings.iter().chain(&concept.typed))
        .flat_map(|wording| wording.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|word| word.len() >= FEWEST_LETTERS)
        .map(str::to_lowercase)
        .collect();
    let allowed = if typed.len() > 7 { 2 } else { 1 };
    let nearest = words.iter().map(|word| (osa_distance(&typed, word), word)).min();
    let near = nearest.filter(|(far, _)| *far <= allowed).map(|(_, word)| word.clone());
    let sounds = sound(&typed);
    Ok(near.or_else(|| words.into_iter().find(|word| sound(word) == sounds && sounds.len() > 2)))
}

/// Phonetic key of a word: its consonants, with those that sound alike merged.
fn sound(word: &str) -> String {
    let word =
        word.replace("ph", "f").replace("gh", "").replace("wr", "r").replace("kn", "n").replace("ck", "k");
    let consonants = word.chars().filter_map(|c| match c {
        'c' | 'q' => Some('k'),
        'z' => Some('s'),
        'd' => Some('t'),
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => None,
        other => Some(other),
    });
    let mut sound: Vec<char> = consonants.collect();
    sound.dedup();
    sound.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared() {
        assert_eq!(osa_distance("arbitraton", "arbitration"), 1);
        assert_eq!(osa_distance("tradmeark", "trademark"), 1);
        assert_eq!(osa_distance("patent", "parent"), 1);
        assert_eq!(sound("copywrite"), sound("copyright"));
        assert_ne!(sound("patent"), sound("trademark"));
    }
}
