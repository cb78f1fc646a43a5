//! Text → lines: each with its number, its white space counted and its markup undone.

use gongbao_search::characters::ordinary;

use super::account::{Edit, Rule};
use super::markup::{self, Plain};
use crate::container::{chars, decode};

/// One line that has something on it.
#[derive(Debug)]
pub(super) struct Line {
    /// Counted from 1 in the source.
    pub(super) number: usize,
    /// As it is in the source.
    pub(super) raw: String,
    /// Without outer white space, control characters and markup.
    pub(super) text: String,
    /// Columns of white space in front.
    pub(super) indent: usize,
    /// White space at the end.
    pub(super) trailing: bool,
    /// Blank lines in front.
    pub(super) gap: usize,
    /// A form feed, or a dropped page number, is in front.
    pub(super) page_start: bool,
    /// A row of a Markdown table, whose text is left as it is.
    pub(super) pipes: bool,
    /// Level of the `#` heading that it was.
    pub(super) heading: Option<u8>,
    /// Mark of the list item that it was.
    pub(super) bullet: Option<char>,
    /// Characters at the start that were bold.
    pub(super) bold_lead: usize,
    /// The edits of the line: characters that stand for others, then markup.
    pub(super) edits: Vec<Edit>,
}

impl Line {
    /// Columns of the text.
    pub(super) fn columns(&self) -> usize {
        chars::columns(&self.text)
    }

    /// Column of the page at which the line ends.
    pub(super) fn right_edge(&self) -> usize {
        self.indent + self.columns()
    }
}

/// Cuts `text` into its non-blank lines.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = 0;
    let mut page_start = false;
    for (index, raw) in text.split('\n').enumerate() {
        page_start |= raw.contains('\u{C}');
        match line(index + 1, raw) {
            Some(line) => {
                lines.push(Line { gap, page_start, ..line });
                (gap, page_start) = (0, false);
            }
            None => gap += 1,
        }
    }
    lines
}

fn line(number: usize, raw: &str) -> Option<Line> {
    let mut folded = Vec::new();
    let kept = kept(number, raw, &mut folded);
    let trimmed = kept.trim();
    let front = &kept[..kept.len() - kept.trim_start().len()];
    let Plain { text, heading, bullet, bold_lead, edits } = markup::undo(number, trimmed);
    folded.extend(edits);
    (!trimmed.is_empty()).then(|| Line {
        number,
        raw: raw.to_owned(),
        text,
        indent: front.chars().map(space_columns).sum(),
        trailing: kept.ends_with([' ', '\t', '\u{3000}', '\u{A0}']),
        gap: 0,
        page_start: false,
        pipes: trimmed.starts_with('|'),
        heading,
        bullet,
        bold_lead,
        edits: folded,
    })
}

/// The line without what prints nothing, and with the ordinary characters that others stand for.
fn kept(number: usize, raw: &str, edits: &mut Vec<Edit>) -> String {
    let mut kept = String::with_capacity(raw.len());
    for c in raw.chars().filter(|&c| !decode::is_left_out(c)) {
        match ordinary(c) {
            Some(to) => {
                edits.push(Edit::new(Rule::Compatibility, number, c, to));
                kept.push_str(to);
            }
            None => kept.push(c),
        }
    }
    kept
}

fn space_columns(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{C}' => 0,
        _ => chars::char_columns(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_line_is_counted() {
        let lines = split("\n\n　　正文 \n\u{C}下一页\n");
        assert_eq!((lines[0].number, lines[0].gap, lines[0].indent, lines[0].trailing), (3, 2, 4, true));
        assert!(lines[1].page_start && !lines[1].trailing && lines[1].gap == 0);
    }
}
