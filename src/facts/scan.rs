//! A cursor over a text, for grammars written by hand, and what is around a place in a text.

use super::Span;
use super::number::{self, Run};

/// A place in a text that moves forward as tokens are taken.
///
/// Copy it before an attempt; drop the copy if the attempt fails. Every token may have
/// spaces before it: typesetters put them around digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at `at`, which must be a character boundary.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        debug_assert!(text.is_char_boundary(at), "cursor inside a character");
        Self { text, at }
    }

    /// Where the cursor is, in bytes: behind the last token taken.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The last `bytes` before the cursor.
    pub(super) fn taken(&self, bytes: usize) -> &'a str {
        &self.text[self.at - bytes..self.at]
    }

    /// What lies between `start` and the cursor.
    pub(super) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// What comes next, after spaces.
    pub(super) fn ahead(&self) -> &'a str {
        self.rest().trim_start_matches(is_space)
    }

    /// Takes `token` if it comes next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let ahead = self.ahead();
        let found = ahead.starts_with(token);
        if found {
            self.advance_over(ahead, token.len());
        }
        found
    }

    /// Takes the first of `tokens` that comes next; list longer ones first.
    pub(super) fn eat_any(&mut self, tokens: &[&'static str]) -> Option<&'static str> {
        tokens.iter().copied().find(|token| self.eat(token))
    }

    /// Takes `token` unless one of `stops` follows it (`前`, but not `前往`).
    pub(super) fn eat_unless(&mut self, token: &str, stops: &[&str]) -> bool {
        let mut after = *self;
        let found = after.eat(token) && !stops.iter().any(|stop| after.rest().starts_with(stop));
        if found {
            *self = after;
        }
        found
    }

    /// Takes a whole number in either script.
    pub(super) fn number(&mut self) -> Option<Run> {
        let ahead = self.ahead();
        let run = number::leading(ahead)?;
        self.advance_over(ahead, run.bytes);
        Some(run)
    }

    /// Whether one of `tokens` comes next.
    pub(super) fn sees_any(&self, tokens: &[&str]) -> bool {
        tokens.iter().any(|token| self.ahead().starts_with(token))
    }

    fn advance_over(&mut self, ahead: &str, bytes: usize) {
        self.at = self.text.len() - ahead.len() + bytes;
    }
}

/// A space within a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Whether a sentence ends with `c`.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')
}

/// Whether a clause ends with `c`.
pub(super) fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | ',' | '；' | ';' | '：' | ':')
}

/// The start of what follows the last mark in a text.
pub(super) fn behind_last(text: &str, is_mark: impl Fn(char) -> bool) -> Option<usize> {
    text.char_indices().rev().find(|&(_, c)| is_mark(c)).map(|(at, c)| at + c.len_utf8())
}

/// `span` without the white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = &text[span.clone()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}

/// The pieces of `span` between characters that `cut` accepts, trimmed, empty ones left out.
pub(super) fn pieces(text: &str, span: Span, cut: impl Fn(char) -> bool) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    for (i, c) in text[span.clone()].char_indices().filter(|&(_, c)| cut(c)) {
        pieces.push(start..span.start + i);
        start = span.start + i + c.len_utf8();
    }
    pieces.push(start..span.end);
    let trimmed = pieces.into_iter().map(|piece| trim(text, piece));
    trimmed.filter(|piece| !piece.is_empty()).collect()
}
