//! A cursor over a text, for grammars written by hand, and what is around a place in a text.

use super::Span;
use super::number::{self, NumeralRun};

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

    /// The rest of the text.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The last `bytes` before the cursor.
    pub(super) fn taken(&self, bytes: usize) -> &'a str {
        &self.text[self.at - bytes..self.at]
    }

    /// The text between `start` and the cursor.
    pub(super) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// The next character after spaces.
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
    pub(super) fn number(&mut self) -> Option<NumeralRun> {
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

/// The end of the sentence that `at` is in, or a place close behind `at` in a very long one.
pub(super) fn sentence_end_within(text: &str, at: usize) -> usize {
    let to = front(text, at);
    text[at..to].find(ends_sentence).map_or(to, |i| at + i)
}

/// The start of what follows the last mark in a text.
pub(super) fn behind_last(text: &str, is_mark: impl Fn(char) -> bool) -> Option<usize> {
    text.char_indices().rev().find(|&(_, c)| is_mark(c)).map(|(at, c)| at + c.len_utf8())
}

/// How far a reader looks for the limits of a line, clause or sentence, in bytes: a few lines of print.
/// The bound keeps readers linear in a text without marks.
const BACK: usize = 600;

/// The start of the line that `at` is in, or a place close before `at` in a very long line.
pub(super) fn line_start_within(text: &str, at: usize) -> usize {
    let from = back(text, at);
    text[from..at].rfind('\n').map_or(from, |i| from + i + 1)
}

/// The start of the clause that `at` is in, or a place close before `at` in a very long clause.
pub(super) fn clause_start_within(text: &str, at: usize) -> usize {
    let from = back(text, at);
    from + behind_last(&text[from..at], ends_clause).unwrap_or(0)
}

/// The end of the clause that `at` is in, or a place close behind `at` in a very long clause.
pub(super) fn clause_end_within(text: &str, at: usize) -> usize {
    let to = front(text, at);
    let in_number = |i: usize| {
        let (before, behind) = (&text[..at + i], &text[at + i + 1..]);
        text[at + i..].starts_with(',')
            && before.ends_with(|c: char| c.is_ascii_digit())
            && behind.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut ends = text[at..to].match_indices(ends_clause);
    ends.find(|&(i, mark)| mark.len() > 1 || !in_number(i)).map_or(to, |(i, _)| at + i)
}

/// The end of the line or sentence that `at` is in, or a place close behind `at` in a very long one.
pub(super) fn line_end_within(text: &str, at: usize) -> usize {
    let to = front(text, at);
    text[at..to].find(['\n', '。']).map_or(to, |i| at + i)
}

fn front(text: &str, at: usize) -> usize {
    let far = (at + BACK).min(text.len());
    (far..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

fn back(text: &str, at: usize) -> usize {
    (at.saturating_sub(BACK)..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at)
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
