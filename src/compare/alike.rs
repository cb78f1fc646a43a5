//! Which texts of one group are most like which of another, by the words they share.

use std::collections::BTreeMap;

use super::words::{Script, WordSegmenter};

/// Two texts, as indices into their groups, and how alike they are: 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlikePair {
    /// The text of the first group.
    pub from: usize,
    /// The text of the second group.
    pub to: usize,
    /// The cosine of their word counts, rare words weighing more.
    pub score: f64,
}

/// The pairs of texts that share words, the most alike first.
///
/// An index from words to texts finds the pairs. A word that more than a third of the texts contain, or
/// more than `COMMON`, is ignored, so the time is linear in the length of the texts.
pub fn alike(from: &[String], to: &[String], script: Script) -> Vec<AlikePair> {
    let cutter = WordSegmenter::new(script, from.iter().chain(to).map(String::as_str));
    let counts: Vec<_> = from.iter().chain(to).map(|text| counts(text, &cutter)).collect();
    let weights = weights(&counts);
    let vectors: Vec<_> = counts.iter().map(|counts| vector(counts, &weights)).collect();
    let (from, to) = vectors.split_at(from.len());
    let mut index: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (text, vector) in to.iter().enumerate() {
        for (word, weight) in vector {
            index.entry(word).or_default().push((text, *weight));
        }
    }
    let mut pairs: Vec<_> =
        from.iter().enumerate().flat_map(|(text, vector)| matches(text, vector, &index)).collect();
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    pairs
}

/// Words in more texts than this are ignored.
const COMMON: f64 = 100.0;

type Vector<'a> = BTreeMap<&'a str, f64>;

fn matches(from: usize, vector: &Vector<'_>, index: &BTreeMap<&str, Vec<(usize, f64)>>) -> Vec<AlikePair> {
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    for (word, weight) in vector {
        for (text, other) in index.get(word).into_iter().flatten() {
            *scores.entry(*text).or_default() += weight * other;
        }
    }
    scores.into_iter().map(|(to, score)| AlikePair { from, to, score }).collect()
}

fn counts<'a>(text: &'a str, cutter: &WordSegmenter) -> Vector<'a> {
    let mut counts = BTreeMap::new();
    let telling = |word: &&str| word.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some();
    for word in cutter.words(text).into_iter().filter(telling) {
        *counts.entry(word).or_insert(0.0) += 1.0;
    }
    counts
}

/// How much a word tells: the logarithm of how rare it is among the texts.
fn weights<'a>(counts: &[Vector<'a>]) -> Vector<'a> {
    let mut texts: Vector<'a> = BTreeMap::new();
    for word in counts.iter().flat_map(BTreeMap::keys) {
        *texts.entry(word).or_insert(0.0) += 1.0;
    }
    let all = counts.len() as f64;
    texts.retain(|_, held| *held <= (all / 3.0).clamp(2.0, COMMON));
    texts.into_iter().map(|(word, held)| (word, (1.0 + all / held).ln())).collect()
}

/// The weighted counts, scaled to length 1.
fn vector<'a>(counts: &Vector<'a>, weights: &Vector<'_>) -> Vector<'a> {
    let weighted = counts.iter().filter_map(|(word, n)| Some((*word, n.sqrt() * weights.get(word)?)));
    let mut vector: Vector<'a> = weighted.collect();
    let length = vector.values().map(|w| w * w).sum::<f64>().sqrt();
    vector.values_mut().for_each(|weight| *weight /= length.max(f64::MIN_POSITIVE));
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_share_rare_words_come_first() {
        let texts = |list: [&str; 3]| list.map(str::to_owned).to_vec();
        let old = texts(["加强商标代理监管", "推进地理标志互认", "开展专利裁决试点"]);
        let new = texts(["扩大地理标志互认范围", "深化专利裁决试点", "完善信用制度"]);
        let pairs = alike(&old, &new, Script::Han);
        let best: Vec<_> = pairs.iter().take(2).map(|pair| (pair.from, pair.to)).collect();
        assert!(best.contains(&(1, 0)) && best.contains(&(2, 1)), "{pairs:?}");
        assert!(pairs.iter().all(|pair| pair.score <= 1.0 + 1e-9));
    }
}
