//! jieba: where the words of a Chinese text begin and end.
//!
//! Words decide the ranking, never what is found. The dictionary of a volume is the part
//! of jieba's own whose words occur in the texts, plus the site's terms. A query is cut
//! with those of them that it contains: jieba looks at no others, so that the browser
//! needs a few lines of the dictionary and gets the same words.

#[cfg(feature = "build")]
use std::collections::BTreeSet;

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
    texts: impl IntoIterator<Item = &'a str>,
    terms: &BTreeSet<String>,
) -> Vec<(String, u64)> {
    let jieba = Jieba::new();
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut texts_with_terms: BTreeSet<&String> = BTreeSet::new();
    for text in texts {
        words.extend(jieba.cut_all(text).into_iter().map(|token| token.word.to_owned()));
        words.extend(text.chars().map(String::from));
        texts_with_terms.extend(terms.iter().filter(|term| text.contains(term.as_str())));
    }
    words.retain(|word| word.chars().all(crate::text::is_han) && jieba.has_word(word));
    let mut entries: std::collections::BTreeMap<String, u64> =
        words.into_iter().map(|word| (word.clone(), frequency(&jieba, &word))).collect();
    for term in texts_with_terms {
        entries.insert(term.clone(), jieba.suggest_freq(term) as u64);
    }
    entries.into_iter().collect()
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
