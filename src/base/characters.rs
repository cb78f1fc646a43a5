//! Kinds of characters: Han; and those that no reader sees and that can make a text say something else than
//! it shows.

use super::{Code, Diagnostic, SitePath};
use crate::message;

/// Whether a character is of the Chinese script (CJK Unified Ideographs with their extensions).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character has no place in a text: controls (Unicode category Cc) but for tab and line
/// ends, controls of direction (Unicode Standard Annex #9, table 1; "Trojan source", CVE-2021-42574),
/// and what is invisible and stands between letters unseen.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200e}' | '\u{200f}' | '\u{061c}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{00ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => true,
        _ => c.is_control(),
    }
}

/// Reports the first hidden character of a file, and how many there are. A byte order mark at its
/// head is none.
pub fn check(path: &SitePath, text: &str) -> Option<Diagnostic> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = text.len() - body.len();
    let mut hidden = body.char_indices().filter(|(_, c)| is_hidden(*c));
    let (at, c) = hidden.next()?;
    let span = offset + at..offset + at + c.len_utf8();
    Some(found(c, 1 + hidden.count()).at(path, span))
}

/// The finding, still without its place.
pub fn found(c: char, count: usize) -> Diagnostic {
    let (code, (zh, en)) = (u32::from(c), what(c));
    Diagnostic::new(
        Code::CONTROL_CHARACTER,
        message!(
            "文中有看不见的字符：{zh}（U+{code:04X}），共 {count} 个",
            "the text holds a character that is not seen: {en} (U+{code:04X}); such characters: {count}"
        ),
    )
    .hint(message!(
        "删除它；编辑器的“查找”可按 \\u{{{code:04X}}} 搜索",
        "delete it; search for \\u{{{code:04X}}} in your editor"
    ))
}

fn what(c: char) -> (&'static str, &'static str) {
    match c {
        '\u{200b}' | '\u{2060}' | '\u{feff}' => ("零宽字符", "a zero-width character"),
        '\u{00ad}' => ("软连字符", "a soft hyphen"),
        '\u{2028}' | '\u{2029}' => ("行分隔符", "a line separator"),
        '\u{0}' => ("空字符", "a null character"),
        _ if c.is_control() => ("控制字符", "a control character"),
        _ => ("改变书写方向的控制符", "a control of the direction of writing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_found_once_a_file() {
        let path = SitePath::new("content/plans/2023/zh.md").unwrap();
        for text in ["", "甲\t乙\r\n", "\u{feff}甲", "é👩‍👧", "אב"] {
            assert_eq!(check(&path, text), None, "{text:?}");
        }
        let fault = check(&path, "\u{feff}甲\u{202e}乙\u{200b}\0").unwrap();
        assert!(fault.title.en.contains("U+202E") && fault.title.zh.contains("共 3 个"), "{fault:?}");
        assert_eq!(fault.labels[0].start..fault.labels[0].end, 6..9);
    }
}
