//! Parentheses about time, as far as they show where an item ends.
//!
//! The meaning of such a parenthesis is read elsewhere, from the finished content.

use std::sync::LazyLock;

use regex::Regex;

/// The parenthesis that `text` ends with: what is before it and what is inside.
pub(super) fn last_parenthesis(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end().trim_end_matches('。');
    let inner = text.strip_suffix('）').or_else(|| text.strip_suffix(')'))?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + c.len_utf8()..]));
        }
    }
    None
}

/// Whether the inside of a parenthesis says by when, or for how long.
pub(super) fn is_about_time(inside: &str) -> bool {
    ABOUT_TIME.is_match(inside)
}

static ABOUT_TIME: LazyLock<Regex> = LazyLock::new(|| {
    let when = r"(?:\d{4}\s*年|年底|月底|月|季度|上半年|下半年|每年|期间|\d{1,2}\s*日)";
    let what = "(?:前|底|内|完成|实施|落实|启动|推进|报送|出台|取得)";
    let ongoing = "持续推进|持续实施|长期坚持|长期推进|常态化|持续开展|每年|每季度|持续";
    Regex::new(&format!(r"^(?:{ongoing}|.*{when}.*{what})")).expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_other_parentheses() {
        for inside in ["2025年12月底前完成", "持续推进", "年底前完成", "每年"] {
            assert!(is_about_time(inside), "{inside}");
        }
        for inside in ["试行", "区、市", "2021—2035年", "司法部负责"] {
            assert!(!is_about_time(inside), "{inside}");
        }
    }

    #[test]
    fn the_last_parenthesis_may_hold_others() {
        assert_eq!(last_parenthesis("甲（乙（丙）丁）"), Some(("甲", "乙（丙）丁")));
        assert_eq!(last_parenthesis("甲）"), None);
    }
}
