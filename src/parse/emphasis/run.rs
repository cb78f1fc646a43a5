//! Runs of marks, and whether they may open or close emphasis.

use std::sync::LazyLock;

use regex::Regex;

use crate::base::Span;

/// A run of equal marks (CommonMark: delimiter run).
#[derive(Clone)]
pub(super) struct DelimiterRun {
    pub(super) mark: u8,
    pub(super) span: Span,
    pub(super) opens: bool,
    pub(super) closes: bool,
}

impl DelimiterRun {
    /// The rights of the run: to open, and to close.
    pub(super) fn rights(&self, before: RunSide, after: RunSide) -> (bool, bool) {
        if (before.digit && after.digit) || (self.mark == b'~' && self.span.len() != 2) {
            return (false, false);
        }
        let left = !after.space && (!after.foreign || before.space || before.foreign || before.cjk);
        let right = !before.space && (!before.foreign || after.space || after.foreign || after.cjk);
        let (opens, closes) = match self.mark {
            b'_' => (left && (!right || before.punctuation), right && (!left || after.punctuation)),
            _ => (left, right),
        };
        (opens && !after.closing, closes && !before.opening)
    }
}

/// The character on one side of a run.
#[derive(Clone, Copy, Default)]
pub(super) struct RunSide {
    space: bool,
    digit: bool,
    cjk: bool,
    punctuation: bool,
    /// Punctuation that is not CJK.
    foreign: bool,
    opening: bool,
    closing: bool,
}

impl RunSide {
    pub(super) fn of(c: Option<char>) -> Self {
        let Some(c) = c else { return Self { space: true, ..Self::default() } };
        let (cjk, punctuation) = (is_cjk(c), is_punctuation(c));
        Self {
            space: c.is_whitespace(),
            digit: c.is_ascii_digit(),
            cjk,
            punctuation,
            foreign: punctuation && !cjk,
            opening: "（《〈「『【〔［｛“".contains(c),
            closing: "）》〉」』】〕］｝”，。、；：！？".contains(c),
        }
    }
}

/// A CJK character of the amendment: East Asian Width W, F or H, without emoji.
pub(super) fn is_cjk(c: char) -> bool {
    let is_wide = unicode_width::UnicodeWidthChar::width(c) == Some(2);
    let is_emoji =
        matches!(c, '\u{2000}'..='\u{2bff}' | '\u{1f000}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}');
    is_wide && !is_emoji || matches!(c, '\u{ff61}'..='\u{ffdc}' | '\u{e0100}'..='\u{e01ef}')
}

/// A variation selector, which belongs to the character before it.
pub(super) fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0e}')
}

/// Unicode punctuation as CommonMark 0.31.2 (§2.1) defines it: categories P and S.
fn is_punctuation(c: char) -> bool {
    static MARKS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\A[\p{P}\p{S}]").expect("the expression is constant"));
    MARKS.is_match(c.encode_utf8(&mut [0; 4]))
}
