//! Classes of characters that the importer decides by.

use unicode_width::UnicodeWidthChar;

pub(crate) use crate::base::characters::is_han;

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

/// Must not open a line in Chinese typesetting, so it sticks to what is before it.
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
