//! Numbers before a paragraph as people type them: `2．`, `２、`, `（2）`, `三　`, `⒉`. More is read here than
//! counts as a number ([`numbering`](super::numbering)), so that a slip of the keyboard can be named.

use crate::facts::number::{arabic, han, multiplier};
use crate::parse::numbering::value;

/// How a number is written (GB/T 9704—2012, 7.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberStyle {
    /// `2.`
    Arabic,
    /// `（2）`
    ArabicParen,
    /// `二、`
    Han,
    /// `（二）`
    HanParen,
}

/// A number at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberLabel {
    pub(super) style: NumberStyle,
    pub(super) number: u32,
    /// How many bytes the number has with its punctuation.
    pub(super) len: usize,
    /// The numeral without punctuation, in ASCII digits or Han.
    pub(super) numeral: String,
}

/// Marks that are typed behind a number in place of `.` and `、`.
const MARKS: &str = ".．。｡、﹑,，:：)）﹒․·";
/// Characters that follow a number that counts something.
const UNITS: &str = "个名家件项次年月日天号人万亿种批分时所位条户元倍成%％";

/// The number at the start of a text.
pub(super) fn read(text: &str) -> Option<NumberLabel> {
    single(text).or_else(|| enclosed(text)).or_else(|| marked(text))
}

impl NumberLabel {
    fn new(style: NumberStyle, number: u32, len: usize) -> Self {
        const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let numeral = match style {
            NumberStyle::Arabic | NumberStyle::ArabicParen => number.to_string(),
            NumberStyle::Han | NumberStyle::HanParen => {
                NUMERALS.get(number as usize - 1).copied().unwrap_or_default().to_owned()
            }
        };
        Self { style, number, len, numeral }
    }
}

/// `①`, `⑵`, `⒉`, `㈡`
fn single(text: &str) -> Option<NumberLabel> {
    let c = text.chars().next()?;
    let (style, first) = match c {
        '①'..='⑳' => (NumberStyle::ArabicParen, '①'),
        '⑴'..='⒇' => (NumberStyle::ArabicParen, '⑴'),
        '⒈'..='⒛' => (NumberStyle::Arabic, '⒈'),
        '㈠'..='㈩' => (NumberStyle::HanParen, '㈠'),
        _ => return None,
    };
    Some(NumberLabel::new(style, u32::from(c) - u32::from(first) + 1, c.len_utf8()))
}

/// `（二）`, `(2)`
fn enclosed(text: &str) -> Option<NumberLabel> {
    const MOST: usize = 8;
    let inner = text.strip_prefix(['（', '('])?;
    let (end, close) = inner.char_indices().take(MOST).find(|(_, c)| "）)".contains(*c))?;
    let numeral = inner[..end].trim();
    let number = value(numeral)?;
    let len = text.len() - inner.len() + end + close.len_utf8();
    let label = |style| NumberLabel::new(style, number, len);
    match numeral.chars().next()? {
        c if arabic(c).is_some() => Some(label(NumberStyle::ArabicParen)),
        c if c.is_ascii() => None,
        _ => Some(NumberLabel { numeral: numeral.to_owned(), ..label(NumberStyle::HanParen) }),
    }
}

/// `2.`, `２、`, `三　`
fn marked(text: &str) -> Option<NumberLabel> {
    let is_numeral = |c: char| han(c).or(multiplier(c)).is_some();
    let digits = text.find(|c| arabic(c).is_none()).unwrap_or(text.len());
    let end = if digits > 0 { digits } else { text.find(|c| !is_numeral(c)).unwrap_or(text.len()) };
    let (numeral, rest) = text.split_at(end);
    let number = value(numeral).filter(|number| (1..10_000).contains(number))?;
    let after = rest.trim_start();
    let spaces = rest.len() - after.len();
    let len = match after.chars().next().filter(|c| MARKS.contains(*c)) {
        Some(mark) if counts(mark, &after[mark.len_utf8()..]) => return None,
        Some(mark) => end + spaces + mark.len_utf8(),
        None if spaces > 0 && after.starts_with(|c: char| c.is_alphabetic() && !UNITS.contains(c)) => {
            end + spaces
        }
        None => return None,
    };
    let style = if digits > 0 { NumberStyle::Arabic } else { NumberStyle::Han };
    let label = NumberLabel::new(style, number, len);
    Some(if digits > 0 { label } else { NumberLabel { numeral: numeral.to_owned(), ..label } })
}

/// Returns whether a number goes on behind its mark, as in `2.5万`, `1、2、3类` and `1,000`. A year begins a text.
fn counts(mark: char, after: &str) -> bool {
    let digits = after.chars().take_while(|c| arabic(*c).is_some()).count();
    let is_year = digits == 4 && after.chars().nth(digits) == Some('年');
    mark != '。' && digits > 0 && !is_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(NumberStyle, u32, &str)>) {
        let found = read(text);
        let found = found.as_ref().map(|label| (label.style, label.number, &text[..label.len]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_as_people_type_them() {
        use NumberStyle::{Arabic, ArabicParen, Han, HanParen};
        for text in
            ["2.", "2．", "２．", "2、", "２。", "2)", "2）", "2，", "2:", "⒉", "2 .", "2　", "2\u{a0}"]
        {
            check(&format!("{text}推进"), Some((Arabic, 2, text)));
        }
        for text in ["（2）", "(2)", "（２）", "②", "⑵"] {
            check(&format!("{text}推进"), Some((ArabicParen, 2, text)));
        }
        for text in ["二、", "二．", "二，", "二 ", "二　"] {
            check(&format!("{text}推进"), Some((Han, 2, text)));
        }
        for text in ["（二）", "(二)", "㈡"] {
            check(&format!("{text}推进"), Some((HanParen, 2, text)));
        }
        check("2．2020年底前完成", Some((Arabic, 2, "2．")));
    }

    #[test]
    fn figures_are_no_labels() {
        for text in [
            "2.5万人",
            "1、2、3类",
            "1,000件",
            "12:30",
            "2 个月",
            "2023年",
            "一是推进",
            "（试行）",
            "(a)",
            "推进",
        ] {
            check(text, None);
        }
    }
}
