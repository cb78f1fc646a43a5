//! Which terms of which fields stand for a record's units, and which must be looked up
//! to find a phrase.
//!
//! A frequent character has a long list of positions: at 20,000 records that of 知 alone
//! is some 70 KB. Units counted more than [`COMMON`] times in a volume are therefore
//! indexed with positions in pairs only, whose lists are shorter and of which a phrase
//! needs half as many. Small volumes have no such units, and so no pairs. Words (in
//! languages that have them) are rarer and less often searched as phrases: no pairs.

use std::collections::BTreeSet;

use crate::schema::Place;

/// Occurrences in a volume from which on a unit counts as common.
#[cfg(feature = "build")]
pub(crate) const COMMON: u64 = 2_000;

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

/// All terms of a record, by field in order of offset.
#[cfg(feature = "build")]
pub(crate) fn index(units: &[String], common: &BTreeSet<String>) -> Vec<Gram> {
    let mut grams = Vec::with_capacity(units.len());
    for (offset, unit) in units.iter().enumerate() {
        let place = if common.contains(unit) { Place::Common } else { Place::Unit };
        grams.push(Gram { place, text: unit.clone(), offset });
        grams.extend(pair(units, offset, common));
    }
    grams
}

/// The fewest terms that together say: these units, side by side.
pub(crate) fn cover(units: &[String], common: &BTreeSet<String>) -> Vec<Gram> {
    if let [unit] = units {
        let place = if common.contains(unit) { Place::Common } else { Place::Unit };
        return vec![Gram { place, text: unit.clone(), offset: 0 }];
    }
    let mut grams = Vec::new();
    let mut offset = 0;
    while offset < units.len() {
        if let Some(gram) = pair(units, offset, common) {
            grams.push(gram);
            offset += 2;
        } else if common.contains(&units[offset]) {
            // The last unit, and common: the pair with the one before it.
            grams.extend(pair(units, offset - 1, common));
            offset += 1;
        } else {
            grams.push(Gram { place: Place::Unit, text: units[offset].clone(), offset });
            offset += 1;
        }
    }
    grams
}

fn pair(units: &[String], offset: usize, common: &BTreeSet<String>) -> Option<Gram> {
    let (first, second) = (units.get(offset)?, units.get(offset + 1)?);
    let indexed = common.contains(first) || common.contains(second);
    indexed.then(|| Gram { place: Place::Pair, text: format!("{first}{second}"), offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, common: &str, expected: &str) {
        let units: Vec<String> = phrase.chars().map(String::from).collect();
        let common = common.chars().map(String::from).collect();
        let got: Vec<String> =
            cover(&units, &common).iter().map(|gram| format!("{}@{}", gram.text, gram.offset)).collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn covers_are_minimal() {
        check("知", "知识", "知@0");
        check("知识", "", "知@0 识@1");
        check("知识", "知识", "知识@0");
        check("知识产", "知识产", "知识@0 识产@1");
        check("甲知乙", "知", "甲知@0 乙@2");
        check("甲乙知", "知", "甲@0 乙知@1");
        check("甲乙丙知丁", "知", "甲@0 乙@1 丙知@2 丁@4");
    }
}
