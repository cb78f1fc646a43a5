//! Inflected forms, prefixes and wildcards of words.

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

/// Minimum length, in bytes, of a word that is matched as a prefix.
const BEGINNING: usize = 3;

/// The words of the volume that a typed word matches, preceded by the word itself.
///
/// A word that occurs, or whose stem occurs, matches the words with that stem. Any other word is a
/// prefix, as while typing.
pub(crate) fn forms(volume: &Volume, word: &str) -> Result<Vec<String>> {
    let same_stem = inflected(volume, word)?;
    if same_stem.len() > 1
        || word.len() < BEGINNING
        || !volume.units_with(word, |unit| unit == word)?.is_empty()
    {
        return Ok(same_stem);
    }
    Ok(itself_first(word, volume.units_with(word, |_| true)?))
}

/// A word and the words of the volume with the same stem.
pub(crate) fn inflected(volume: &Volume, word: &str) -> Result<Vec<String>> {
    let wanted = stem(word);
    // Endings change the last letter of a stem at most (policy, policies: polici).
    let shared = word.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let prefix = word.get(..shared.saturating_sub(1).max(2)).unwrap_or(word);
    Ok(itself_first(word, volume.units_with(prefix, |unit| unit == word || stem(unit) == wanted)?))
}

/// Forms of a word with the word itself in front.
pub(crate) fn itself_first(word: &str, mut forms: Vec<String>) -> Vec<String> {
    forms.retain(|form| form != word);
    forms.insert(0, word.to_owned());
    forms
}

/// Returns whether a word is written as an abbreviation: `AI`, `IP5`, `GIs`.
pub(crate) fn is_abbreviation(text: &str) -> bool {
    let singular = text.trim().strip_suffix('s').unwrap_or(text.trim());
    let capitals = singular.bytes().filter(u8::is_ascii_uppercase).count();
    capitals > 1 && singular.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// An abbreviation in lower case and its plural or singular. Abbreviations have no other forms.
pub(crate) fn of_abbreviation(word: &str) -> Vec<String> {
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 1);
    let other = singular.map_or_else(|| format!("{word}s"), str::to_owned);
    vec![word.to_owned(), other]
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
