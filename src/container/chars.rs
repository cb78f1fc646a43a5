//! Classes of characters that the importer decides by.

use unicode_width::UnicodeWidthChar;

/// A Chinese character, 〇 included.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '〇' | '々'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

/// Punctuation that is set on a full square in Chinese text and carries its own space.
pub(crate) fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{303F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// A letter or digit of a Latin word or number.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{00C0}'..='\u{024F}').contains(&c)
}

/// Ends a sentence or introduces what follows, so that a line may end with it.
pub(crate) fn is_sentence_final(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '…' | '；' | '：')
}

/// Closes a quotation, a title or a parenthesis.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '》' | '〉' | '）' | ')' | '】' | '」')
}

/// Opens a quotation, a title or a parenthesis, and must not end a line.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '《' | '〈' | '（' | '(' | '【' | '「')
}

/// Must not open a line in Chinese typesetting, so it sticks to what stands before it.
pub(crate) fn is_non_starter(c: char) -> bool {
    is_closing(c) || matches!(c, '。' | '，' | '、' | '；' | '：' | '！' | '？' | '·' | '%' | '％')
}

/// A control character that is not white space.
pub(crate) fn is_stray_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// Columns that `text` takes on a grid where a Chinese character takes two.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

/// Columns of one character; quotes and dashes count as full squares, as in Chinese fonts.
pub(crate) fn char_columns(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// Number of Chinese characters in `text`.
pub(crate) fn han_count(text: &str) -> usize {
    text.chars().filter(|&c| is_han(c)).count()
}

/// `text` without its white space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Reads a number written with digits (half or full width) or with Chinese numerals up to 999.
pub(crate) fn number(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| full_width_number(text)).or_else(|| chinese_number(text))
}

fn full_width_number(text: &str) -> Option<u32> {
    let digits: Option<String> = text
        .chars()
        .map(|c| char::from_u32((c as u32).checked_sub(0xFEE0)?).filter(char::is_ascii_digit))
        .collect();
    digits?.parse().ok()
}

fn chinese_number(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut digit = None;
    for c in text.chars() {
        match (chinese_digit(c), c) {
            (Some(0), '零' | '〇') => {}
            (Some(value), _) if digit.is_none() => digit = Some(value),
            (None, '十') => total += digit.take().unwrap_or(1) * 10,
            (None, '百') => total += digit.take()? * 100,
            _ => return None,
        }
    }
    let value = total + digit.unwrap_or(0);
    (value > 0).then_some(value)
}

/// The value of one Chinese digit.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' && d == '〇')).map(|n| n as u32)
}

/// Joins the pieces of a text: nothing between Chinese characters, a space between Latin words.
pub(crate) fn join_pieces<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let ends = joined.chars().next_back().is_some_and(is_latin);
        if ends && piece.chars().next().is_some_and(is_latin) {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_script() {
        let read = ["7", "１２", "一", "十", "十四", "二十", "一百零八", "甲", ""].map(number);
        let expected = [Some(7), Some(12), Some(1), Some(10), Some(14), Some(20), Some(108), None, None];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_chinese_character_takes_two_columns() {
        assert_eq!(columns("第3页—“"), 9);
    }

    #[test]
    fn pieces_are_joined_as_their_script_is_written() {
        assert_eq!(
            join_pieces(["建设中心，", " 配套设备。", "A", "B"].into_iter()),
            "建设中心，配套设备。A B"
        );
    }
}
