//! The numbers before headings: `二、`, `（一）`, `5.` in Chinese, `II.`, `(1)`, `5.` in English.
//!
//! Chinese levels follow GB/T 9704—2012, 7.3.3: 一、 then （一） then 1. then （1）.

use crate::base::characters::ordinarily;
use crate::facts::number;

/// A heading taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedHeading<'a> {
    /// The number as written, with its punctuation; empty when there is none.
    pub label: &'a str,
    /// Its value.
    pub number: Option<u32>,
    /// The text after it, without the stop at the end.
    pub title: &'a str,
}

/// The longest title in bytes. Every due day and every citation of an item is shown with its title, so that
/// one as long as its text would make a site grow with the square of it.
pub const LONGEST_TITLE: usize = 1024;

/// A title as it is shown away from its text: the beginning, where it is longer than any title is.
pub fn brief(title: &str) -> String {
    match title.len() > LONGEST_TITLE {
        true => format!("{}…", &title[..title.floor_char_boundary(LONGEST_TITLE)]),
        false => title.to_owned(),
    }
}

/// Takes a heading apart. A heading without a number is all title.
pub fn split(text: &str) -> NumberedHeading<'_> {
    let text = text.trim();
    // As long as the text, so that the length of the number is that of the label.
    let read = ordinarily(text);
    let (length, number) = enclosed(&read).or_else(|| chapter(&read)).or_else(|| plain(&read)).unzip();
    let (label, rest) = text.split_at(length.unwrap_or(0));
    NumberedHeading { label, number, title: strip_stop(rest.trim_start()) }
}

fn strip_stop(title: &str) -> &str {
    title.strip_suffix('。').or_else(|| title.strip_suffix('.')).unwrap_or(title)
}

/// `（一）`, `(1)`, `（12）`
fn enclosed(text: &str) -> Option<(usize, u32)> {
    let inner = text.strip_prefix(['（', '('])?;
    let end = inner.find(['）', ')'])?;
    let number = value(&inner[..end])?;
    let close = inner[end..].chars().next()?.len_utf8();
    Some((text.len() - inner.len() + end + close, number))
}

/// `第三章`, `第二部分`, `Chapter 3`, `Part 2.`
fn chapter(text: &str) -> Option<(usize, u32)> {
    if let Some(rest) = text.strip_prefix('第') {
        let unit = ["章", "节", "部分", "条"].iter().filter_map(|u| Some((rest.find(u)?, u.len()))).min()?;
        return Some(('第'.len_utf8() + unit.0 + unit.1, value(&rest[..unit.0])?));
    }
    let word = ["Chapter ", "Section ", "Part ", "Article "].iter().find(|w| text.starts_with(**w))?;
    let rest = &text[word.len()..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let stop = usize::from(rest[end..].starts_with(['.', ':']));
    Some((word.len() + end + stop, value(&rest[..end])?))
}

/// `二、`, `5.`, `5．`, `II.`
fn plain(text: &str) -> Option<(usize, u32)> {
    let end = text.find(['、', '.', '．'])?;
    let number = value(&text[..end])?;
    let mark = text[end..].chars().next()?;
    // `2022.5` is no numbering, nor is a numeral that is a word of the sentence.
    let next = text[end + mark.len_utf8()..].chars().next();
    (!next.is_some_and(|c| c.is_ascii_digit())).then_some((end + mark.len_utf8(), number))
}

/// The value of a numeral: Arabic (of either width), Chinese (up to 九百九十九) or Roman (up to XXXIX).
pub fn value(numeral: &str) -> Option<u32> {
    let numeral = numeral.trim();
    number::whole(numeral).or_else(|| roman(numeral))
}

fn roman(numeral: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let digits = numeral.chars().map(value).collect::<Option<Vec<u32>>>()?;
    let following = digits.iter().skip(1).chain([&0]);
    let total = digits.iter().zip(following).fold(0i64, |sum, (digit, next)| {
        if digit < next { sum - i64::from(*digit) } else { sum + i64::from(*digit) }
    });
    u32::try_from(total).ok().filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, label: &str, number: Option<u32>, title: &str) {
        assert_eq!(split(text), NumberedHeading { label, number, title }, "{text}");
    }

    #[test]
    fn chinese_and_english_numbers() {
        check("二、主要任务", "二、", Some(2), "主要任务");
        check("（十一）强化组织领导", "（十一）", Some(11), "强化组织领导");
        check("5. 加强专利保护。", "5.", Some(5), "加强专利保护");
        check("第三章 保障措施", "第三章", Some(3), "保障措施");
        check("IV. Work Requirements", "IV.", Some(4), "Work Requirements");
        check("(2) Strengthening guidance", "(2)", Some(2), "Strengthening guidance");
        check("Chapter 3: Safeguards", "Chapter 3:", Some(3), "Safeguards");
    }

    #[test]
    fn words_are_no_numbers() {
        check("一体推进、统筹落实", "", None, "一体推进、统筹落实");
        check("2022.5版", "", None, "2022.5版");
        check("（试行）", "", None, "（试行）");
        check("", "", None, "");
    }

    #[test]
    fn numerals() {
        let known =
            [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百一十四", 114), ("一百零三", 103)];
        for (numeral, number) in known {
            assert_eq!(value(numeral), Some(number), "{numeral}");
        }
        assert_eq!((value("XIX"), value("一二"), value("")), (Some(19), None, None));
    }
}
