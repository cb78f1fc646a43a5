//! Word segmentation of Chinese text with jieba.
//!
//! Words decide the ranking, never what is found. The dictionary of a volume is the part
//! of jieba's own whose words occur in the texts, plus the site's terms. A query is cut
//! with those of them that it contains: jieba looks at no others, so that the browser
//! needs a few lines of the dictionary and gets the same words.

#[cfg(feature = "build")]
use std::collections::{BTreeMap, BTreeSet, HashSet};

#[cfg(feature = "build")]
use aho_corasick::AhoCorasick;
use jieba_rs::Jieba;

/// The sum of the frequencies in jieba's dictionary. A partial dictionary is topped up to
/// it, since jieba weighs a word's frequency against the sum.
const TOTAL: u64 = 60_101_967;

/// Takes up the rest of [`TOTAL`]; private use, so it occurs in no text.
const FILLER: &str = "\u{f8ff}";

/// A segmenter that knows these words.
pub(crate) fn segmenter<'a>(words: impl IntoIterator<Item = (&'a str, u64)>) -> Jieba {
    let mut jieba = Jieba::empty();
    let mut sum = 0;
    for (word, frequency) in words {
        jieba.add_word(word, Some(frequency as usize), None);
        sum += frequency;
    }
    jieba.add_word(FILLER, Some(TOTAL.saturating_sub(sum).max(1) as usize), None);
    jieba
}

/// jieba, for given texts.
#[cfg(feature = "build")]
#[derive(Debug)]
pub struct Segmenter(Jieba);

#[cfg(feature = "build")]
impl Segmenter {
    /// A segmenter that cuts these texts as jieba does with its whole dictionary.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Segmenter {
        Segmenter(of_texts(texts))
    }

    /// Consecutive words and separators of one of the texts: joined they are the text.
    pub fn cut<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.0.cut(text, false).into_iter().map(|token| token.word).collect()
    }
}

/// The words of a text, and the words inside them, of two characters or more.
#[cfg(feature = "build")]
pub(crate) fn words(jieba: &Jieba, text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for token in jieba.cut(text, false) {
        let chars = token.word.chars().count();
        if chars > 2 {
            let inner = jieba.cut_all(token.word).into_iter().map(|inner| inner.word);
            words.extend(inner.filter(|word| word.chars().nth(1).is_some()).map(str::to_owned));
        }
        if chars > 1 {
            words.insert(token.word.to_owned());
        }
    }
    words
}

/// The words of a text side by side, one-character words included.
pub(crate) fn cut(jieba: &Jieba, text: &str) -> Vec<String> {
    jieba.cut(text, false).into_iter().map(|token| token.word.to_owned()).collect()
}

/// The dictionary for texts: jieba's words that occur in them and the given terms, in
/// ascending order, with frequencies.
#[cfg(feature = "build")]
pub(crate) fn dictionary<'a>(
    texts: impl Iterator<Item = &'a str> + Clone,
    terms: &BTreeSet<String>,
) -> Vec<(String, u64)> {
    let (mut words, mut chars) = (HashSet::new(), HashSet::new());
    let jieba = of_texts(texts.clone());
    for text in texts.clone() {
        words.extend(jieba.cut_all(text).into_iter().map(|token| token.word));
        chars.extend(text.chars());
    }
    words.retain(|word| word.chars().all(crate::text::is_han));
    let chars = chars.into_iter().map(String::from).filter(|c| jieba.has_word(c));
    let words = words.into_iter().map(str::to_owned).chain(chars);
    let mut entries: BTreeMap<String, u64> = words
        .map(|word| (frequency(&jieba, &word), word))
        .map(|(frequency, word)| (word, frequency))
        .collect();
    for term in contained(terms, texts) {
        entries.insert(term.clone(), jieba.suggest_freq(term) as u64);
    }
    entries.into_iter().collect()
}

/// A segmenter that cuts these texts as jieba does with its whole dictionary.
#[cfg(feature = "build")]
pub(crate) fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Jieba {
    let words = crate::dictionary::words_of(texts);
    segmenter(words.iter().map(|(word, frequency)| (word.as_str(), *frequency)))
}

/// The terms that occur in a text.
#[cfg(feature = "build")]
fn contained<'a, 'b>(
    terms: &'b BTreeSet<String>,
    texts: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'b String> {
    let terms: Vec<&String> = terms.iter().collect();
    let automaton = AhoCorasick::new(&terms).expect("the terms of a glossary make a small automaton");
    let mut found = BTreeSet::new();
    for text in texts {
        found.extend(automaton.find_overlapping_iter(text).map(|hit| terms[hit.pattern().as_usize()]));
    }
    found
}

/// The frequency of a word in jieba's dictionary, which jieba does not tell: it suggests
/// one more than that for a word it would not cut. A word that it cuts is never chosen
/// whole, whatever its frequency.
#[cfg(feature = "build")]
fn frequency(jieba: &Jieba, word: &str) -> u64 {
    if jieba.cut(word, false).len() > 1 {
        return 1;
    }
    (jieba.suggest_freq(word) as u64).saturating_sub(1).max(1)
}
