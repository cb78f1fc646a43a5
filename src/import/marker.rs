//! The numbers that structure a plan: 第一章, 第一节, 一、 （一） 1. （1）, and 壹、 above 一、.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::facts::number;

/// The kinds of numbers, from the outermost inwards (GB/T 9704-2012 §7.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkerKind {
    /// 第一章, 第一编, 壹、
    Chapter,
    /// 第一节
    Division,
    /// 一、
    Part,
    /// （一）
    Section,
    /// 1.
    Item,
    /// （1） or ①
    SubItem,
}

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) kind: MarkerKind,
    pub(super) number: u32,
    /// Bytes of the number, its punctuation and the space after it.
    pub(super) bytes: usize,
}

/// Reads the number that `text` starts with.
pub(super) fn parse(text: &str) -> Option<Marker> {
    PATTERNS.iter().find_map(|(kind, pattern)| {
        let found = pattern.captures(text)?;
        let bytes = found[0].len();
        let number = number::whole(&found[1]).or_else(|| circled(&found[1])).or_else(|| formal(&found[1]))?;
        is_number_of_a_part(*kind, &found[0], &text[bytes..]).then_some(Marker { kind: *kind, number, bytes })
    })
}

static PATTERNS: LazyLock<[(MarkerKind, Regex); 8]> = LazyLock::new(|| {
    [
        (MarkerKind::Chapter, r"^第([一二三四五六七八九十]{1,3})[章编編篇][\s　、]*"),
        (MarkerKind::Chapter, r"^([壹贰貳叁參参肆伍陆陸柒捌玖拾]{1,3})、\s*"),
        (MarkerKind::Division, r"^第([一二三四五六七八九十]{1,3})[节節][\s　、]*"),
        (MarkerKind::Part, r"^([一二三四五六七八九十]{1,3})、\s*"),
        (MarkerKind::Section, r"^[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]、?\s*"),
        (MarkerKind::Item, r"^([0-9０-９]{1,4})\s*[.．、]\s*"),
        (MarkerKind::SubItem, r"^[（(]\s*([0-9０-９]{1,3})\s*[）)]\s*"),
        (MarkerKind::SubItem, r"^([①-⑳])\s*"),
    ]
    .map(|(kind, pattern)| (kind, Regex::new(pattern).expect("the pattern is valid")))
});

fn circled(text: &str) -> Option<u32> {
    let c = text.chars().next()?;
    ('①'..='⑳').contains(&c).then(|| c as u32 - '①' as u32 + 1)
}

/// The numerals of accounts, which number parts in Taiwan: 壹、 貳、 參、.
fn formal(text: &str) -> Option<u32> {
    const PLAIN: [(&str, char); 10] = [
        ("壹", '一'),
        ("贰貳", '二'),
        ("叁參参", '三'),
        ("肆", '四'),
        ("伍", '五'),
        ("陆陸", '六'),
        ("柒", '七'),
        ("捌", '八'),
        ("玖", '九'),
        ("拾", '十'),
    ];
    let plain = |c: char| PLAIN.iter().find(|(formal, _)| formal.contains(c)).map(|(_, plain)| *plain);
    number::whole(&text.chars().map(plain).collect::<Option<String>>()?)
}

/// 16.5个月 and 一、二类 begin like numbers of parts and are none. A time may follow the number of an item:
/// 3.2027年底前.
fn is_number_of_a_part(kind: MarkerKind, mark: &str, after: &str) -> bool {
    let mut next = after.chars();
    match (kind, next.next(), next.next()) {
        (MarkerKind::Item, Some(c), _) => !c.is_ascii_digit() || is_apart(mark) || TIME.is_match(after),
        (MarkerKind::Part, Some(c), Some(d)) => {
            !(number::han(c).is_some() && matches!(d, '、' | '类' | '级' | '线' | '等' | '批'))
        }
        (_, None, _) => false,
        _ => true,
    }
}

/// Returns whether a number is set apart from the text by more than a decimal point.
fn is_apart(mark: &str) -> bool {
    mark.contains(['．', '、']) || mark.ends_with(char::is_whitespace)
}

/// A year, month or count of months, which no decimal fraction has.
static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[12]\d{3}|\d{1,2}月|1?\d{2}年)").expect("the pattern is valid"));

/// Remembers the last number of each kind, to tell the next one from a number in the text.
#[derive(Debug, Default)]
pub(super) struct Order(BTreeMap<MarkerKind, u32>);

impl Order {
    /// Whether `marker` opens or continues a count.
    pub(super) fn expects(&self, marker: Marker) -> bool {
        marker.number == 1 || self.0.get(&marker.kind).is_some_and(|last| last + 1 == marker.number)
    }

    /// Takes note of `marker`. A new part restarts the counts of its sections.
    pub(super) fn note(&mut self, marker: Marker) {
        self.0.insert(marker.kind, marker.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(MarkerKind, u32, &str)>) {
        let found = parse(text).map(|m| (m.kind, m.number, &text[m.bytes..]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_of_parts_are_read() {
        check("一、总体要求", Some((MarkerKind::Part, 1, "总体要求")));
        check("（十二） 夯实", Some((MarkerKind::Section, 12, "夯实")));
        check("(三)加强", Some((MarkerKind::Section, 3, "加强")));
        check("12. 优化", Some((MarkerKind::Item, 12, "优化")));
        check("１．优化", Some((MarkerKind::Item, 1, "优化")));
        check("（2）督促", Some((MarkerKind::SubItem, 2, "督促")));
        check("第二章　基础", Some((MarkerKind::Chapter, 2, "基础")));
        check("參、預期", Some((MarkerKind::Chapter, 3, "預期")));
        check("第一节 底数", Some((MarkerKind::Division, 1, "底数")));
        check("3．2027年底前完成", Some((MarkerKind::Item, 3, "2027年底前完成")));
        check("3.2027年底前完成", Some((MarkerKind::Item, 3, "2027年底前完成")));
        check("1、112年購置", Some((MarkerKind::Item, 1, "112年購置")));
        check("②督促", Some((MarkerKind::SubItem, 2, "督促")));
    }

    #[test]
    fn numbers_in_the_text_are_not() {
        for text in ["16.5个月", "一、二类商标", "2022年", "第一，", "一是加强", "（略）", "12个", "③"]
        {
            check(text, None);
        }
    }
}
