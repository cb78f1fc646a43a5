//! The numbers that a word processor puts before paragraphs (ECMA-376, Part 1, §17.9).

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::docx_xml::{Xml, value};

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct ListCounters {
    abstracts: BTreeMap<String, BTreeMap<u8, ListLevel>>,
    lists: BTreeMap<String, ListUse>,
    counts: BTreeMap<String, [u32; LEVELS]>,
}

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct ListLevel {
    start: Option<u32>,
    format: String,
    /// The text around the numbers: `（%1）`.
    text: String,
}

/// A use of an abstract list, with the starts that it overrides.
#[derive(Debug, Default)]
struct ListUse {
    of: String,
    starts: BTreeMap<u8, u32>,
}

impl ListCounters {
    /// Reads `numbering.xml`.
    pub(super) fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let (mut of, mut list, mut level) = (String::new(), String::new(), 0u8);
        for event in Xml::new(xml) {
            let (Event::Start(tag) | Event::Empty(tag)) = &event else {
                if let Event::End(tag) = &event {
                    match tag.local_name().as_ref() {
                        "abstractNum" => of.clear(),
                        "num" => list.clear(),
                        _ => {}
                    }
                }
                continue;
            };
            let number = |tag| value(tag, "val").and_then(|value| value.parse().ok());
            match tag.local_name().as_ref() {
                "abstractNum" => of = value(tag, "abstractNumId").unwrap_or_default(),
                "num" => list = value(tag, "numId").unwrap_or_default(),
                "lvl" | "lvlOverride" => {
                    level = value(tag, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                }
                "abstractNumId" if !list.is_empty() => {
                    numbering.lists.entry(list.clone()).or_default().of =
                        value(tag, "val").unwrap_or_default();
                }
                "startOverride" => {
                    let starts = &mut numbering.lists.entry(list.clone()).or_default().starts;
                    starts.insert(level, number(tag).unwrap_or(1));
                }
                name if !of.is_empty() => {
                    let level = numbering.abstracts.entry(of.clone()).or_default().entry(level).or_default();
                    match name {
                        "start" => level.start = number(tag),
                        "numFmt" => level.format = value(tag, "val").unwrap_or_default(),
                        "lvlText" => level.text = value(tag, "val").unwrap_or_default(),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts one more paragraph of a list. Returns what is before it.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<String> {
        let used = self.lists.get(list)?;
        let levels = self.abstracts.get(&used.of)?;
        let here = levels.get(&level)?;
        let start = |at: u8| {
            let stated = levels.get(&at).and_then(|level| level.start);
            used.starts.get(&at).copied().or(stated).unwrap_or(1)
        };
        // Lists that override no start go on counting where others of the same kind stopped.
        let key = if used.starts.is_empty() { &used.of } else { list };
        let counts = self.counts.entry(key.to_owned()).or_default();
        let at = usize::from(level).min(LEVELS - 1);
        counts[at] = if counts[at] == 0 { start(level) } else { counts[at].saturating_add(1) };
        counts[at + 1..].fill(0);
        if here.format == "bullet" {
            return Some("• ".to_owned());
        }
        let mut text = here.text.clone();
        for other in 0..=level {
            let count = counts[usize::from(other).min(LEVELS - 1)];
            let count = if count == 0 { start(other) } else { count };
            let format = levels.get(&other).map_or("decimal", |level| level.format.as_str());
            text = text.replace(&format!("%{}", other + 1), &written(count, format));
        }
        let is_latin_end = text.ends_with(|c: char| c.is_ascii());
        Some(if is_latin_end && !text.is_empty() { format!("{text} ") } else { text })
    }
}

/// A number in a format of Word (ST_NumberFormat).
fn written(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "koreanCounting"
        | "japaneseDigitalTenThousand" => {
            han(number, &["", "一", "二", "三", "四", "五", "六", "七", "八", "九"], "十")
        }
        "chineseLegalSimplified" => {
            han(number, &["", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"], "拾")
        }
        "ideographLegalTraditional" => {
            han(number, &["", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"], "拾")
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let circled = (1..=20).contains(&number).then(|| char::from_u32('①' as u32 + number - 1));
            circled.flatten().map_or_else(|| number.to_string(), String::from)
        }
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c);
            number.to_string().chars().map(wide).collect()
        }
        "upperLetter" => letter(number, b'A'),
        "lowerLetter" => letter(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// Numbers up to 99 in Chinese; larger ones in figures.
fn han(number: u32, digits: &[&str; 10], ten: &str) -> String {
    let digit = |at: u32| digits[at as usize % 10];
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("{ten}{}", digit(number)),
        20..=99 => format!("{}{ten}{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}

/// a, b, … z, aa, bb (Word repeats letters).
fn letter(number: u32, first: u8) -> String {
    let at = number.saturating_sub(1);
    char::from(first + (at % 26) as u8).to_string().repeat((at / 26 + 1).min(9) as usize)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3999);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let cases = [
            (3, "chineseCountingThousand", "三"),
            (12, "chineseCounting", "十二"),
            (20, "japaneseCounting", "二十"),
            (2, "chineseLegalSimplified", "贰"),
            (7, "decimalEnclosedCircle", "⑦"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (10, "decimalFullWidth", "１０"),
        ];
        for (number, format, expected) in cases {
            assert_eq!(written(number, format), expected);
        }
    }

    #[test]
    fn levels_count_on_and_start_again() {
        let level = |at: u8, format: &str, text: &str| {
            format!(
                r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
            )
        };
        let xml = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="4">{}{}</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#,
            level(0, "chineseCounting", "%1、"),
            level(1, "decimal", "%2.")
        );
        let mut numbering = ListCounters::read(&xml);
        let found: Vec<_> = [0, 1, 1, 0, 1].map(|level| numbering.next("2", level).unwrap()).into();
        assert_eq!(found, ["一、", "1. ", "2. ", "二、", "1. "]);
        assert_eq!(numbering.next("3", 0), None);
    }
}
