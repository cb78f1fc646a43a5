//! jieba's dictionary in a form from which only the words of given texts are loaded.
//!
//! jieba's own loader puts 350,000 words into a trie, which takes longer than cutting all texts of a
//! site. A text is cut the same with those words alone that can occur in it: jieba looks at no others,
//! and weighs them by the sum of all, which `segment` tops up.
//!
//! The file is written by `cargo xtask dictionary` from the dictionary of the pinned jieba-rs, and
//! compressed with Brotli (RFC 7932):
//!
//! ```text
//! u32 number of groups, one for each first character, in ascending order
//! for each group: u32 first character, u32 where its words begin in what follows
//! for each word, ascending in its group: u8 bytes shared with the word before it,
//!     u8 further bytes, these, frequency (LEB128)
//! ```
//!
//! All numbers are little-endian.

use std::sync::LazyLock;

use crate::dist::decompress;

static WORDS: LazyLock<Vec<u8>> = LazyLock::new(|| decompress(include_bytes!("../dictionary/words.bin.br")));

/// A superset of the words that occur in the texts, with their frequencies.
pub(crate) fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<(String, u64)> {
    let mut pairs = Pairs::new();
    for text in texts {
        pairs.add(text);
    }
    let mut words = Vec::new();
    for group in groups().filter(|group| pairs.may_begin(group.first)) {
        group.read(&pairs, &mut words);
    }
    words
}

/// Bloom filter of the adjacent character pairs of texts: one bit for each hash. False positives
/// cost time and change nothing.
struct Pairs(Vec<u64>);

/// Number of bits of [`Pairs`]: a site of ten thousand tasks has some 60,000 pairs.
const BITS: u32 = 20;

impl Pairs {
    fn new() -> Pairs {
        Pairs(vec![0; 1 << (BITS - 6)])
    }

    fn add(&mut self, text: &str) {
        let mut before = '\0';
        for c in text.chars() {
            self.set('\0', c);
            self.set(before, c);
            before = c;
        }
    }

    fn place(before: char, c: char) -> (usize, u64) {
        let key = u64::from(u32::from(before)) << 21 | u64::from(u32::from(c));
        let hash = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize;
        (hash / 64, 1 << (hash % 64))
    }

    fn set(&mut self, before: char, c: char) {
        let (word, bit) = Pairs::place(before, c);
        self.0[word] |= bit;
    }

    fn has(&self, before: char, c: char) -> bool {
        let (word, bit) = Pairs::place(before, c);
        self.0[word] & bit != 0
    }

    fn may_begin(&self, first: char) -> bool {
        self.has('\0', first)
    }

    fn may_hold(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let mut before = chars.next().unwrap_or_default();
        chars.all(|c| self.has(std::mem::replace(&mut before, c), c))
    }
}

/// The words that begin with a character.
struct Group {
    first: char,
    words: &'static [u8],
}

fn groups() -> impl Iterator<Item = Group> {
    let count = number(0) as usize;
    let data = &WORDS[4 + 8 * count..];
    let start = move |group: usize| match group < count {
        true => number(8 + 8 * group) as usize,
        false => data.len(),
    };
    (0..count).map(move |group| Group {
        first: char::from_u32(number(4 + 8 * group)).unwrap_or_default(),
        words: &data[start(group)..start(group + 1)],
    })
}

fn number(at: usize) -> u32 {
    let bytes = WORDS[at..at + 4].try_into().expect("four bytes are four bytes");
    u32::from_le_bytes(bytes)
}

impl Group {
    /// Adds the words that texts with these pairs may contain.
    fn read(self, pairs: &Pairs, words: &mut Vec<(String, u64)>) {
        let (mut rest, mut word) = (self.words, Vec::new());
        while let [shared, more, tail @ ..] = rest {
            word.truncate(usize::from(*shared));
            let (suffix, tail) = tail.split_at(usize::from(*more));
            word.extend_from_slice(suffix);
            let (frequency, tail) = leb128(tail);
            rest = tail;
            let text = std::str::from_utf8(&word).unwrap_or_default();
            if pairs.may_hold(text) {
                words.push((text.to_owned(), frequency));
            }
        }
    }
}

fn leb128(bytes: &[u8]) -> (u64, &[u8]) {
    let len = bytes.iter().take_while(|byte| **byte >= 0x80).count() + 1;
    let digits = bytes[..len].iter().enumerate();
    (digits.map(|(at, byte)| u64::from(byte & 0x7f) << (7 * at)).sum(), &bytes[len..])
}

#[cfg(test)]
mod tests {
    use jieba_rs::Jieba;

    use super::*;
    use crate::segment::segmenter;

    /// With the words that can occur in a text, jieba cuts it as with all of them.
    fn check(full: &Jieba, text: &str) {
        let words = words_of([text]);
        let part = segmenter(words.iter().map(|(word, frequency)| (word.as_str(), *frequency)));
        assert_eq!(part.cut(text, false), full.cut(text, false), "{text}");
        assert_eq!(part.cut_all(text), full.cut_all(text));
    }

    #[test]
    fn texts_are_cut_as_with_the_whole_dictionary() {
        let full = Jieba::new();
        let plans = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/plans");
        for plan in std::fs::read_dir(plans).unwrap() {
            for name in ["zh.md", "en.md"] {
                let text = std::fs::read_to_string(plan.as_ref().unwrap().path().join(name)).unwrap();
                text.split(['\n', '，', '。']).for_each(|part| check(&full, part));
                assert_eq!(cut_with(&text, &text), cut(&full, &text));
            }
        }
        for text in ["", "T恤", "1号店和AT&T", "南京市长江大桥", "\u{20000}\u{1f600}。", "青 少\r\n年"]
        {
            check(&full, text);
        }
    }

    /// Other texts beside it change nothing.
    #[test]
    fn more_words_change_no_cut() {
        let full = Jieba::new();
        let text = "研究生命的起源，推进知识产权行政保护工作方案的落实";
        assert_eq!(cut_with(text, include_str!("../../content/plans/2024/zh.md")), cut(&full, text));
    }

    fn cut_with(text: &str, beside: &str) -> Vec<String> {
        let words = words_of([text, beside]);
        cut(&segmenter(words.iter().map(|(word, frequency)| (word.as_str(), *frequency))), text)
    }

    fn cut(jieba: &Jieba, text: &str) -> Vec<String> {
        jieba.cut(text, false).into_iter().map(|token| token.word.to_owned()).collect()
    }

    #[test]
    fn no_word_of_jieba_is_missing() {
        let full = Jieba::new();
        let all: Vec<char> = groups().map(|group| group.first).collect();
        assert!(all.is_sorted() && all.len() > 10_000);
        let every = Pairs(vec![u64::MAX; 1 << (BITS - 6)]);
        let mut words = Vec::new();
        groups().for_each(|group| group.read(&every, &mut words));
        assert!(words.iter().all(|(word, _)| full.has_word(word)));
        assert_eq!(words.len(), 349_045);
    }
}
