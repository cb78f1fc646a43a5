//! jieba's dictionary: the words that occur in the volume's texts, in order, cut into
//! chunks so that a query reads only the words that begin with one of its characters.

use super::codec::Decoder;
#[cfg(feature = "build")]
use super::codec::Encoder;
use crate::error::Result;

/// A chunk ends at the first word past this many bytes.
#[cfg(feature = "build")]
const CHUNK: usize = 2048;

/// The dictionary as bytes, and for each chunk its first character and offset.
/// `words` are in ascending order.
#[cfg(feature = "build")]
pub(crate) fn encode(words: &[(String, u64)]) -> (Vec<u8>, Vec<(char, u32)>) {
    let mut out = Encoder::default();
    let mut chunks: Vec<(char, u32)> = Vec::new();
    for (word, frequency) in words {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let full = |&(_, offset): &(char, u32)| out.0.len() - offset as usize >= CHUNK;
        if chunks.last().is_none_or(full) {
            chunks.push((first, out.0.len() as u32));
        }
        out.str(word);
        out.uint(*frequency);
    }
    (out.0, chunks)
}

/// The byte range of all words that begin with `first` in a dictionary of `len` bytes.
pub(crate) fn range(chunks: &[(char, u32)], len: usize, first: char) -> std::ops::Range<usize> {
    // A chunk that begins with `first` may continue one that began before it.
    let begin = chunks.partition_point(|&(c, _)| c < first).saturating_sub(1);
    let end = chunks.partition_point(|&(c, _)| c <= first);
    let offset = |index: usize| chunks.get(index).map_or(len, |&(_, at)| at as usize);
    offset(begin).min(len)..offset(end).min(len)
}

/// The words in whole chunks.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<(&str, u64)>> {
    let mut input = Decoder(bytes);
    let mut words = Vec::new();
    while !input.is_empty() {
        words.push((input.str()?, input.uint()?));
    }
    Ok(words)
}
