//! Where a Chinese title may go on in the next line: between words, and not inside one.
//!
//! Browsers break Chinese after any character, which is right for a text and wrong for a title, whose
//! few lines are read by their words. The places are marked in the HTML (`wbr`), and the style sheet
//! forbids all others.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};

use crate::base::characters::is_han;
use crate::compare::{Script, WordSegmenter};
use crate::html::{self, Html};

/// Words of one character that belong to what follows: conjunctions, prepositions, adverbs.
const LEADING: &str = "和与及或并对在将以为向从按由于至把被让使不未再各全该本第其所以";

/// Words of one character that belong to what is before: particles, classifiers.
const TRAILING: &str = "的地得了着过等者们性化率年月日号项条款次个名件种";

/// The places of the titles of a site, each found once.
#[derive(Debug, Default)]
pub struct TitleBreaks {
    prepared: OnceLock<()>,
    known: RwLock<HashMap<Box<str>, Arc<[usize]>>>,
}

impl TitleBreaks {
    /// Finds the places in the titles of a site together, which takes less than one by one. Those of
    /// another site, or of the same after an edit, follow when they are asked for.
    pub fn prepare<'t>(&self, titles: impl Iterator<Item = &'t str>) {
        self.prepared.get_or_init(|| {
            let titles: Vec<&str> = titles.filter_map(|title| Some(&title[start(title)?..])).collect();
            let cutter = WordSegmenter::new(Script::Han, titles.iter().copied());
            let places = titles.iter().map(|title| ((*title).into(), places(&cutter, title)));
            self.known.write().expect(NO_PANIC).extend(places);
        });
    }

    /// The places in a title, in bytes.
    pub fn places(&self, title: &str) -> Arc<[usize]> {
        match start(title) {
            None => Arc::default(),
            Some(0) => self.in_words(title),
            Some(start) => self.in_words(&title[start..]).iter().map(|place| start + place).collect(),
        }
    }

    fn in_words(&self, title: &str) -> Arc<[usize]> {
        if let Some(places) = self.known.read().expect(NO_PANIC).get(title) {
            return Arc::clone(places);
        }
        let places = places(&WordSegmenter::new(Script::Han, [title]), title);
        self.known.write().expect(NO_PANIC).insert(title.into(), Arc::clone(&places));
        places
    }

    /// A title with its places marked.
    pub fn html(&self, title: &str) -> Html {
        html::title(title, &[], &[], &self.places(title))
    }
}

const NO_PANIC: &str = "nothing panics while the titles are locked";

/// Where a title in Chinese begins: lists put the number of a task before it, `12. `.
fn start(title: &str) -> Option<usize> {
    let first = title.find(is_han)?;
    let number = title[..first].strip_suffix(". ").unwrap_or_default();
    let is_label = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    Some(if is_label { first } else { 0 })
}

/// Where a line may end in a title besides where browsers end it anyway, beside spaces and punctuation.
fn places(cutter: &WordSegmenter, title: &str) -> Arc<[usize]> {
    let words = cutter.words(title);
    let mut at = 0;
    let between = words.windows(2).filter_map(|pair| {
        at += pair[0].len();
        may_part(pair[0], pair[1]).then_some(at)
    });
    between.collect()
}

/// Whether a line may end between two words.
fn may_part(before: &str, after: &str) -> bool {
    let ends = before.chars().next_back().is_some_and(is_letter);
    let begins = after.chars().next().is_some_and(is_letter);
    // A number stays with what it counts: 2022年, 16.5个月.
    let counts = before.ends_with(|c: char| c.is_ascii_digit());
    ends && begins && !counts && lets_go(before, LEADING, TRAILING) && lets_go(after, TRAILING, LEADING)
}

/// Whether a word can be at the edge of a line. One of a single character sticks to its
/// neighbours, unless it is known to belong to the other side.
fn lets_go(word: &str, bound: &str, free: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if is_han(only) => !bound.contains(only) && free.contains(only),
        _ => true,
    }
}

fn is_letter(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_part_between_words() {
        let check = |expected: &str| {
            let title = expected.replace('|', "");
            let mut parted = title.clone();
            for place in TitleBreaks::default().places(&title).iter().rev() {
                parted.insert(*place, '|');
            }
            assert_eq!(parted, expected);
        };
        check("加强|知识产权|行政|保护");
        check("2024年|全国|知识产权|行政|保护|工作|方案");
        check("严格|知识产权|保护的|意见");
        check("深入|实施《关于|强化|知识产权|保护的|意见》推进|计划");
        check("压缩|至16.5个月");
        check("12. 强化|知识产权|保护");
        check("PCT|国际|申请");
        check("Patents");
        check("专利");
    }

    #[test]
    fn prepared_or_not_the_places_are_the_same() {
        let titles = TitleBreaks::default();
        let once = titles.places("强化知识产权保护");
        assert_eq!(once, titles.places("强化知识产权保护"));
        assert_eq!(titles.html("保护<商标>").as_str(), "保护&lt;商标&gt;");
        assert_eq!(titles.html("强化知识产权保护").as_str(), "强化<wbr>知识产权<wbr>保护");
    }
}
