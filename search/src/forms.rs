//! The forms of a word that count as that word.

use frostem::{Algorithm, Stemmer};

use crate::error::Result;
use crate::volume::Volume;

/// The stem of an English word (Snowball).
pub(crate) fn stem(word: &str) -> String {
    // Han characters and numbers have no endings.
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Stemmer::new(Algorithm::English).stem(word).into_owned()
    } else {
        word.to_owned()
    }
}

/// The words of the volume that a typed word stands for, the word itself first.
///
/// A word of the texts, or one with the same stem, stands for the words of that stem.
/// Otherwise it is a piece of a word, as while typing: it stands for the words that
/// begin with it, or else for those that contain it.
pub(crate) fn forms(volume: &Volume, word: &str) -> Result<Vec<String>> {
    let same_stem = same_stem(volume, word)?;
    if !same_stem.is_empty() {
        return Ok(itself_first(word, same_stem));
    }
    let beginning = volume.units_with(word, |_| true)?;
    if !beginning.is_empty() {
        return Ok(itself_first(word, beginning));
    }
    Ok(itself_first(word, volume.units_with("", |unit| unit.contains(word))?))
}

/// The words of the volume that are the same word, itself first; none that only begin with it.
pub(crate) fn word_forms(volume: &Volume, word: &str) -> Result<Vec<String>> {
    Ok(itself_first(word, same_stem(volume, word)?))
}

fn same_stem(volume: &Volume, word: &str) -> Result<Vec<String>> {
    let wanted = stem(word);
    // Endings change the last letter of a stem at most (policy, policies: polici).
    let shared = word.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = word.get(..shared.saturating_sub(1).max(2)).unwrap_or(word);
    volume.units_with(prefix, |unit| unit == word || stem(unit) == wanted)
}

/// Forms of a word with the word itself in front.
pub(crate) fn itself_first(word: &str, mut forms: Vec<String>) -> Vec<String> {
    forms.retain(|form| form != word);
    forms.insert(0, word.to_owned());
    forms
}

/// The words that match `*word`, `word*` or `*word*`.
pub(crate) fn wildcard(volume: &Volume, word: &str, open: (bool, bool)) -> Result<Vec<String>> {
    match open {
        (true, true) => volume.units_with("", |unit| unit.contains(word)),
        (true, false) => volume.units_with("", |unit| unit.ends_with(word)),
        (false, true) => volume.units_with(word, |_| true),
        (false, false) => Ok(vec![word.to_owned()]),
    }
}
