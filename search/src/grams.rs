//! Terms under which the units of a record are indexed, and terms to look up for a phrase.
//!
//! A frequent character has a long list of positions: at 20,000 records that of 知 alone
//! is some 70 KB. Units that a volume has thousands of are therefore
//! indexed with positions in pairs only, whose lists are shorter and of which a phrase
//! needs half as many; where two pairs of that sort meet, the four
//! units are indexed as well (知识产权). Small volumes have neither. Words, in languages
//! that have them, are rarer and less often searched as phrases: they stay single.

use std::collections::BTreeSet;

use crate::schema::Place;

/// Units that are too frequent to be indexed by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Common {
    /// Units that are indexed in pairs.
    pub(crate) units: BTreeSet<String>,
    /// Pairs that are indexed in fours.
    pub(crate) pairs: BTreeSet<String>,
}

/// A term to look up, at its offset in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gram {
    /// The field it is in.
    pub(crate) place: Place,
    /// The term.
    pub(crate) text: String,
    /// Offset in units.
    pub(crate) offset: usize,
}

/// All terms of a text, in order of offset.
#[cfg(feature = "build")]
pub(crate) fn index(units: &[String], common: &Common) -> Vec<Gram> {
    let mut grams = Vec::with_capacity(units.len());
    for offset in 0..units.len() {
        grams.extend(single(units, offset, common));
        grams.extend(pair(units, offset, common));
        grams.extend(four(units, offset, common));
    }
    grams
}

/// The fewest terms that together cover adjacent units.
pub(crate) fn cover(units: &[String], common: &Common) -> Vec<Gram> {
    let mut grams = Vec::new();
    let mut offset = 0;
    while offset < units.len() {
        let (gram, covered) = best(units, offset, common);
        grams.extend(gram);
        offset += covered;
    }
    grams
}

/// The term to look up for the units from an offset on, and how many of them it covers.
/// At the end of a phrase it may begin before the offset: a longer term has a shorter list.
fn best(units: &[String], offset: usize, common: &Common) -> (Option<Gram>, usize) {
    let left = units.len() - offset;
    let ending = |length: usize| units.len().checked_sub(length).filter(|_| left < length);
    let four_ending = ending(4).and_then(|at| four(units, at, common));
    let pair_ending = ending(2).and_then(|at| pair(units, at, common));
    if let Some(gram) = four(units, offset, common) {
        (Some(gram), 4)
    } else if let (Some(gram), Some(_)) = (four_ending, pair(units, offset, common).or(pair_ending.clone())) {
        (Some(gram), left)
    } else if let Some(gram) = pair(units, offset, common) {
        (Some(gram), 2)
    } else if common.units.contains(&units[offset]) && pair_ending.is_some() {
        (pair_ending, 1)
    } else {
        (single(units, offset, common), 1)
    }
}

fn single(units: &[String], offset: usize, common: &Common) -> Option<Gram> {
    let unit = units.get(offset)?;
    let place = if common.units.contains(unit) { Place::Common } else { Place::Unit };
    Some(Gram { place, text: unit.clone(), offset })
}

fn pair(units: &[String], offset: usize, common: &Common) -> Option<Gram> {
    let (first, second) = (units.get(offset)?, units.get(offset + 1)?);
    let indexed = common.units.contains(first) || common.units.contains(second);
    indexed.then(|| Gram { place: Place::Pair, text: format!("{first}{second}"), offset })
}

fn four(units: &[String], offset: usize, common: &Common) -> Option<Gram> {
    if common.pairs.is_empty() {
        return None;
    }
    let (first, second) =
        (units.get(offset..offset + 2)?.concat(), units.get(offset + 2..offset + 4)?.concat());
    let indexed = common.pairs.contains(&first) && common.pairs.contains(&second);
    indexed.then(|| Gram { place: Place::Pair, text: first + &second, offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, units: &str, pairs: &str, expected: &str) {
        let phrase: Vec<String> = phrase.chars().map(String::from).collect();
        let common = Common {
            units: units.chars().map(String::from).collect(),
            pairs: pairs.split_whitespace().map(String::from).collect(),
        };
        let grams = cover(&phrase, &common);
        let got: Vec<String> = grams.iter().map(|gram| format!("{}@{}", gram.text, gram.offset)).collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn covers_are_small() {
        check("知", "知识", "", "知@0");
        check("知识", "", "", "知@0 识@1");
        check("知识", "知识", "", "知识@0");
        check("知识产", "知识产", "", "知识@0 识产@1");
        check("甲知乙", "知", "", "甲知@0 乙@2");
        check("甲乙知", "知", "", "甲@0 乙知@1");
        check("甲乙丙知丁", "知", "", "甲@0 乙@1 丙知@2 丁@4");
    }

    #[test]
    fn frequent_pairs_are_covered_by_fours() {
        let (units, pairs) = ("知识产权保护", "知识 产权 保护");
        check("知识", units, pairs, "知识@0");
        check("知识产权", units, pairs, "知识产权@0");
        check("知识产权保护", units, pairs, "知识产权@0 产权保护@2");
        check("知识产权保", units, pairs, "知识产权@0 权保@3");
        check("甲知识产权乙", units, pairs, "甲知@0 识产@2 权乙@4");
    }
}
