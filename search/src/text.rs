//! Folding: which differences between what is written and what is typed do not matter.
//!
//! A text becomes a sequence of [`Unit`]s; a record contains a phrase if the phrase's
//! units occur in it side by side. In Chinese a unit is a character, in other
//! languages a word (and each Han character there is a word of its own).
//!
//! Case, width, diacritics, traditional characters and white space are folded away, and
//! characters that stand for another one or show nothing ([`crate::characters`]).
//! So is punctuation inside a sentence; the end of a sentence is a unit, so that no
//! phrase runs across it unless it was typed. Between digits a dash stays (all dashes
//! are one), and so does a decimal point.

use std::collections::BTreeMap;

use crate::characters::{is_ignorable, ordinary};

/// The unit for the end of a sentence, and between a record's title and its text.
pub(crate) const STOP: &str = "。";

/// The smallest thing that is matched, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Folded text.
    pub(crate) text: String,
    /// Byte offsets in the text it comes from.
    pub(crate) start: usize,
    /// End of the same.
    pub(crate) end: usize,
}

/// How a language is cut into units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// By characters: Chinese.
    Han,
    /// By words.
    Words,
}

/// Traditional character → the simplified one.
pub(crate) type Variants = BTreeMap<char, char>;

impl Script {
    /// The script of a language tag.
    pub(crate) fn of(lang: &str) -> Script {
        if lang == "zh" || lang.starts_with("zh-") { Script::Han } else { Script::Words }
    }

    /// Cuts and folds a text.
    pub(crate) fn units(self, text: &str, variants: &Variants) -> Vec<Unit> {
        let marks = marks(text, variants);
        match self {
            Script::Han => characters(&marks),
            Script::Words => words(&marks),
        }
    }
}

/// Units without their places.
pub(crate) fn texts(units: &[Unit]) -> Vec<String> {
    units.iter().map(|unit| unit.text.clone()).collect()
}

/// Whether a character is a Han character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// A character of the text after folding.
struct Mark {
    class: Class,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter, digit, Han character or counted symbol, folded.
    Keep(char),
    Space,
    Dash,
    Point,
    Comma,
    Apostrophe,
    /// Ends a sentence.
    Stop,
    /// Any other punctuation.
    Soft,
    /// Part of the character before it.
    Joined,
}

fn marks(text: &str, variants: &Variants) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(text.len() / 3);
    for (start, c) in text.char_indices() {
        let mut push =
            |to| marks.push(Mark { class: classify(to, variants), start, end: start + c.len_utf8() });
        match ordinary(c) {
            None => push(c),
            Some(others) => others.chars().for_each(push),
        }
    }
    marks
}

fn classify(c: char, variants: &Variants) -> Class {
    let c = narrow(c);
    match c {
        '\n' | '。' | '！' | '？' | '；' | '!' | '?' | ';' | '｡' => Class::Stop,
        '-' | '~' | '〜' | '−' | '\u{2010}'..='\u{2015}' => Class::Dash,
        '.' => Class::Point,
        ',' => Class::Comma,
        '\'' | '’' => Class::Apostrophe,
        '%' | '‰' | '+' | '#' | '&' | '@' | '=' | '<' | '>' | '$' | '€' | '£' | '¥' | '°' | '×' => {
            Class::Keep(c)
        }
        '\u{300}'..='\u{36f}' => Class::Joined,
        _ if is_ignorable(c) => Class::Joined,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_alphanumeric() => Class::Keep(letter(c, variants)),
        _ => Class::Soft,
    }
}

/// Full-width forms to the ASCII ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{ffe5}' => '¥',
        _ => c,
    }
}

fn letter(c: char, variants: &Variants) -> char {
    let c = c.to_lowercase().next().unwrap_or(c);
    if is_han(c) { variants.get(&c).copied().unwrap_or(c) } else { unaccented(c) }
}

/// Letters with diacritics that occur in the names of this field (Latin-1 and
/// Latin Extended-A), row by row with what they fold to.
const ACCENTS: [(char, &str); 21] = [
    ('a', "àáâãäåāăą"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŉ"),
    ('o', "òóôõöøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšß"),
    ('t', "ţťŧ"),
    ('u', "ùúûüũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('a', "æ"),
    ('o', "œ"),
];

fn unaccented(c: char) -> char {
    if c.is_ascii() || !('ß'..='ž').contains(&c) {
        return c;
    }
    ACCENTS.iter().find(|(_, row)| row.contains(c)).map_or(c, |&(plain, _)| plain)
}

/// The gap between two kept characters.
#[derive(Default, Clone, Copy)]
struct Gap {
    any: bool,
    dash: bool,
    stop: bool,
    /// Nothing but one point.
    point: bool,
    /// Nothing but one comma.
    comma: bool,
}

impl Gap {
    fn add(&mut self, class: Class) {
        let first = !self.any;
        self.any = true;
        self.dash |= class == Class::Dash;
        self.stop |= class == Class::Stop;
        self.point = first && class == Class::Point;
        self.comma = first && class == Class::Comma;
    }

    /// The unit that a gap between two characters leaves behind.
    fn unit(self, before: char, after: char) -> Option<&'static str> {
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let latin = !is_han(before) && !is_han(after);
        match self {
            Gap { any: false, .. } => None,
            Gap { stop: true, .. } => Some(STOP),
            Gap { dash: true, .. } if digits => Some("-"),
            Gap { point: true, .. } if digits => Some("."),
            Gap { comma: true, .. } if digits => None,
            _ if latin => Some(" "),
            _ => None,
        }
    }
}

/// One unit for each kept character, and for the gaps that count.
fn characters(marks: &[Mark]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(marks.len());
    let mut last: Option<char> = None;
    let mut gap = Gap::default();
    for mark in marks {
        match mark.class {
            Class::Keep(c) => {
                let between = last.and_then(|before| gap.unit(before, c));
                if let (Some(text), Some(end)) = (between, units.last().map(|unit| unit.end)) {
                    units.push(Unit { text: text.to_owned(), start: end, end: mark.start });
                }
                units.push(Unit { text: c.to_string(), start: mark.start, end: mark.end });
                last = Some(c);
                gap = Gap::default();
            }
            Class::Joined => {}
            class => gap.add(class),
        }
    }
    units
}

/// One unit for each word, number or Han character.
fn words(marks: &[Mark]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut word: Option<Unit> = None;
    for (index, mark) in marks.iter().enumerate() {
        match mark.class {
            Class::Keep(c) if is_han(c) => {
                units.extend(word.take());
                units.push(Unit { text: c.to_string(), start: mark.start, end: mark.end });
            }
            Class::Keep(c) if c.is_alphanumeric() => {
                let word = word.get_or_insert_with(|| Unit {
                    text: String::new(),
                    start: mark.start,
                    end: mark.end,
                });
                word.text.push(c);
                word.end = mark.end;
            }
            Class::Joined => {}
            Class::Point if inside_number(marks, index) => {
                word.iter_mut().for_each(|word| word.text.push('.'));
            }
            Class::Comma if inside_number(marks, index) => {}
            // `China's` is one word, with the stem of `China`.
            Class::Apostrophe if inside_word(marks, index) => {}
            _ => units.extend(word.take()),
        }
    }
    units.extend(word);
    units
}

fn inside_number(marks: &[Mark], index: usize) -> bool {
    between(marks, index, |c| c.is_ascii_digit())
}

fn inside_word(marks: &[Mark], index: usize) -> bool {
    between(marks, index, |c| c.is_alphabetic() && !is_han(c))
}

/// Whether the kept characters on both sides pass a test.
fn between(marks: &[Mark], index: usize, test: impl Fn(char) -> bool) -> bool {
    let passes = |at: Option<usize>| {
        at.and_then(|at| marks.get(at)).is_some_and(|mark| matches!(mark.class, Class::Keep(c) if test(c)))
    };
    passes(index.checked_sub(1)) && passes(Some(index + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: Script, text: &str, expected: &str) {
        let variants = Variants::from([('專', '专'), ('標', '标')]);
        let units = script.units(text, &variants);
        assert_eq!(texts(&units).join("|"), expected, "{text}");
        let inside = |unit: &Unit| text.get(unit.start..unit.end).is_some();
        assert!(units.iter().all(inside), "{text}");
    }

    #[test]
    fn characters_without_differences_that_do_not_matter() {
        check(Script::Han, "“双随机、一公开”", "双|随|机|一|公|开");
        check(Script::Han, "專利ＰＣＴ 商標", "专|利|p|c|t|商|标");
        check(Script::Han, "完成。加强", "完|成|。|加|强");
        check(Script::Han, "完成。", "完|成");
        check(Script::Han, "第 5 条", "第|5|条");
    }

    #[test]
    fn characters_that_stand_for_others() {
        check(Script::Han, "⾏政裁决、⽤⼾", "行|政|裁|决|用|户");
        check(Script::Han, "\u{f9fd}\u{2f801}〈甲\u{232a}", "什|丸|甲");
        check(Script::Words, "o\u{fb03}cial \u{fb01}les ⾏", "official|files|行");
    }

    #[test]
    fn characters_that_nobody_sees() {
        for c in ('\0'..=char::MAX).filter(|&c| is_ignorable(c)) {
            check(Script::Han, &format!("乙办{c}法"), "乙|办|法");
            check(Script::Words, &format!("mea{c}sures"), "measures");
        }
    }

    #[test]
    fn numbers_keep_what_makes_them_numbers() {
        check(Script::Han, "2021—2035年", "2|0|2|1|-|2|0|3|5|年");
        check(Script::Han, "2021 - 2035", "2|0|2|1|-|2|0|3|5");
        check(Script::Han, "16.5个月、7,000件", "1|6|.|5|个|月|7|0|0|0|件");
        check(Script::Han, "2022、2023", "2|0|2|2| |2|0|2|3");
        check(Script::Words, "16.5 months, 7,000 pieces.", "16.5|months|7000|pieces");
    }

    #[test]
    fn words_are_folded() {
        check(Script::Words, "China's IP-related Régime", "chinas|ip|related|regime");
        check(Script::Words, "the 专利法 (Patent Law)", "the|专|利|法|patent|law");
    }
}
