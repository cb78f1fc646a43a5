//! Lines and columns of the places in a text, for many places at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Sources;
use crate::base::{Label, SitePath};

/// A place in a file, counted as editors count: line and column from 1, the
/// column in Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// An index of a text: where its lines begin, and how many characters are before every so many bytes.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// How many bytes there are between two places of which it is known how many characters are before them.
const STEP: usize = 256;

impl<'a> LineIndex<'a> {
    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Reads a text.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut count = 0;
        let counted = |step: &[u8]| {
            let before = count;
            count += characters(step);
            before
        };
        Self { text, starts, characters: text.as_bytes().chunks(STEP).map(counted).collect() }
    }

    /// The line and column of a byte of the text; a byte within a character has the place of the character.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let line = self.line(byte);
        let column = self.before(byte) - self.before(self.starts[line]);
        Position { line: line + 1, column: column + 1 }
    }

    /// The bytes from the beginning of the line of `from` to the end of the line of `to`.
    pub fn around(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.starts[self.line(from)]..self.end(self.line(to))
    }

    /// The length in bytes of the longest line from that of `from` to that of `to`.
    pub fn longest(&self, from: usize, to: usize) -> usize {
        let lengths = (self.line(from)..=self.line(to)).map(|line| self.end(line) - self.starts[line]);
        lengths.max().unwrap_or(0)
    }

    /// The index of the line of a byte.
    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte) - 1
    }

    /// The end of a line, before its mark.
    fn end(&self, line: usize) -> usize {
        self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1)
    }

    /// How many characters are before a byte.
    fn before(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.characters.len().saturating_sub(1));
        let known = self.characters.get(step).copied().unwrap_or(0);
        known + characters(&self.text.as_bytes()[step * STEP..byte])
    }
}

/// The indices of the files that diagnostics point at.
pub struct DiagnosticFiles<'a>(BTreeMap<&'a SitePath, LineIndex<'a>>);

impl<'a> DiagnosticFiles<'a> {
    /// Reads the files of these places, each once.
    pub fn new(places: impl Iterator<Item = &'a Label>, sources: &'a dyn Sources) -> Self {
        let paths: BTreeSet<&SitePath> = places.map(|label| &label.path).collect();
        let lines = paths.into_iter().filter_map(|path| Some((path, LineIndex::new(sources.text(path)?))));
        Self(lines.collect())
    }

    /// The index of a file, if its text is known.
    pub fn get(&self, path: &SitePath) -> Option<&LineIndex<'a>> {
        self.0.get(path)
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

/// The line and column of a byte of a text.
pub fn position(text: &str, byte: usize) -> Position {
    let before = &text[..text.floor_char_boundary(byte.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_counts_as_the_text_is_read() {
        let long = "知识产权a\r\n".repeat(60) + &"保护".repeat(400) + "\n\nb";
        for text in ["", "\n", "甲", "甲\n", &long] {
            let lines = LineIndex::new(text);
            for byte in 0..text.len() + 2 {
                assert_eq!(lines.position(byte), position(text, byte), "{byte} of {text}");
            }
        }
    }

    #[test]
    fn the_lines_around_a_place() {
        let lines = LineIndex::new("ab\ncde\n");
        assert_eq!((lines.around(1, 1), lines.around(1, 4), lines.around(7, 7)), (0..2, 0..6, 7..7));
        assert_eq!((lines.longest(0, 4), lines.longest(7, 7)), (3, 0));
    }
}
