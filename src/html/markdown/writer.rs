//! Markdown (CommonMark, with the tables of GFM) written from left to right.

use std::fmt::Write as _;

/// The separator owed before the next output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    /// The end of the line.
    Line,
    /// An empty line.
    Blank,
}

/// A list item or quotation that is open: with what its first line begins, and with what the others.
struct OpenItem {
    marker: String,
    indent: String,
}

/// A place to return to.
#[derive(Clone, Copy)]
pub(super) struct Checkpoint {
    len: usize,
    start: usize,
    line: usize,
    opened: usize,
    gap: Gap,
    space: bool,
}

/// Writes Markdown. Line ends, spaces and markers are owed until there is text to follow them.
#[derive(Default)]
pub(super) struct MarkdownWriter {
    out: String,
    levels: Vec<OpenItem>,
    /// How many levels have their marker.
    opened: usize,
    gap: Gap,
    /// Whether the end of the line is one in the text too.
    breaks: bool,
    space: bool,
    /// Where the line, or what is between two marks, began: no space belongs there.
    start: usize,
    /// Where the text of the line began.
    line: usize,
    /// Where the first block of a description may go on in its line.
    term: Option<usize>,
    /// In how many elements we are that stay in one line.
    flat: usize,
}

impl MarkdownWriter {
    /// All that was written, ending with a line.
    pub(super) fn finish(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    /// Asks for a gap before what comes next. The beginning of an item is one already.
    pub(super) fn gap(&mut self, gap: Gap) {
        if self.opened < self.levels.len() {
            return;
        }
        if gap == Gap::Blank && self.term == Some(self.out.len()) {
            self.space = true;
            return;
        }
        self.gap = self.gap.max(gap);
    }

    /// The gap around a list: inside an item the next line, else an empty one.
    pub(super) fn list_gap(&mut self) {
        self.gap(if self.levels.is_empty() { Gap::Blank } else { Gap::Line });
    }

    /// Opens an item or quotation.
    pub(super) fn push_level(&mut self, marker: &str, indent: &str) {
        self.levels.push(OpenItem { marker: marker.to_owned(), indent: indent.to_owned() });
    }

    /// Closes it. One without text leaves nothing.
    pub(super) fn pop_level(&mut self) {
        self.levels.pop();
        self.opened = self.opened.min(self.levels.len());
    }

    /// Ends the line within a paragraph.
    pub(super) fn line_break(&mut self) {
        self.breaks = true;
        self.gap(Gap::Line);
    }

    /// A space, and the place where a block may begin without a line of its own.
    pub(super) fn end_of_term(&mut self) {
        self.space = true;
        self.term = Some(self.out.len());
    }

    /// Goes on in one line.
    pub(super) fn flatten(&mut self) {
        self.flat += 1;
    }

    /// Has lines again.
    pub(super) fn unflatten(&mut self) {
        self.flat -= 1;
    }

    /// Whether all stays in one line.
    pub(super) fn is_flat(&self) -> bool {
        self.flat > 0
    }

    /// Writes a mark that encloses what follows, and says where that was.
    pub(super) fn open_mark(&mut self, mark: &str) -> Checkpoint {
        let place = self.place();
        self.owed();
        self.out.push_str(mark);
        self.start = self.out.len();
        place
    }

    /// Writes the mark that ends what began there. If it encloses nothing, neither mark is written.
    pub(super) fn close_mark(&mut self, from: Checkpoint, mark: &str) {
        if self.out.len() == self.start {
            self.out.truncate(from.len);
            (self.start, self.line, self.opened) = (from.start, from.line, from.opened);
            (self.gap, self.space) = (self.gap.max(from.gap), self.space || from.space);
        } else {
            self.out.push_str(mark);
        }
    }

    fn place(&self) -> Checkpoint {
        let Self { start, line, opened, gap, space, .. } = *self;
        Checkpoint { len: self.out.len(), start, line, opened, gap, space }
    }

    /// Writes text: white space of HTML is a space, and what Markdown would read as markup is escaped.
    pub(super) fn text(&mut self, text: &str) {
        self.space |= text.starts_with(is_space);
        for (place, word) in text.split_ascii_whitespace().enumerate() {
            self.space |= place > 0;
            self.owed();
            self.word(word);
        }
        self.space |= text.ends_with(is_space);
    }

    /// Writes what has no markup: an image, say.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.owed();
        self.out.push_str(text);
    }

    /// Writes text as a block in which nothing is markup.
    pub(super) fn fenced(&mut self, text: &str) {
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.owed();
        self.out.push_str(&fence);
        for line in text.trim_matches('\n').lines() {
            self.line_end(line.is_empty());
            self.out.push_str(line);
        }
        self.line_end(false);
        self.out.push_str(&fence);
    }

    /// Writes text in which nothing is markup into the line.
    pub(super) fn code(&mut self, text: &str) {
        let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let fence = "`".repeat(longest_run(&text) + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        if !text.is_empty() {
            self.verbatim(&format!("{fence}{pad}{text}{pad}{fence}"));
        }
    }

    /// Begins a cell of a table; to be given to [`Self::close_cell`].
    pub(super) fn open_cell(&mut self) -> Checkpoint {
        let place = self.place();
        (self.start, self.gap, self.space) = (self.out.len(), Gap::None, false);
        self.flat += 1;
        place
    }

    /// The text written into a cell.
    pub(super) fn close_cell(&mut self, from: Checkpoint) -> String {
        self.flat -= 1;
        (self.start, self.gap, self.space) = (from.start, from.gap, from.space);
        self.out.split_off(from.len)
    }

    /// Writes a row of a table; the first is its head.
    pub(super) fn row(&mut self, cells: &[String], is_head: bool) {
        self.gap(if is_head { Gap::Blank } else { Gap::Line });
        self.owed();
        self.out.push('|');
        for cell in cells {
            let _ = write!(self.out, " {cell} |");
        }
        if is_head {
            self.line_end(false);
            self.out.push('|');
            self.out.extend(cells.iter().map(|_| " --- |"));
        }
    }

    /// Writes what is owed before text.
    fn owed(&mut self) {
        let has_line = self.gap > Gap::None || self.opened < self.levels.len();
        if self.flat == 0 && has_line {
            self.next_line();
        } else if (self.space || self.gap > Gap::None) && self.out.len() > self.start {
            self.out.push(' ');
        }
        (self.gap, self.space, self.breaks) = (Gap::None, false, false);
    }

    fn next_line(&mut self) {
        if !self.out.is_empty() {
            if self.breaks && self.gap == Gap::Line {
                self.out.push_str("  ");
            }
            self.out.push('\n');
            if self.gap == Gap::Blank {
                self.indent(true);
                self.out.push('\n');
            }
        }
        self.indent(false);
        for level in &self.levels[self.opened..] {
            self.out.push_str(&level.marker);
        }
        self.opened = self.levels.len();
        (self.start, self.line) = (self.out.len(), self.out.len());
    }

    /// Ends a line inside a block.
    fn line_end(&mut self, is_empty: bool) {
        self.out.push('\n');
        self.indent(is_empty);
    }

    fn indent(&mut self, is_empty: bool) {
        let from = self.out.len();
        for level in &self.levels[..self.opened] {
            self.out.push_str(&level.indent);
        }
        if is_empty {
            self.out.truncate(from + self.out[from..].trim_end().len());
        }
    }

    fn word(&mut self, word: &str) {
        let at_start = self.out.len() == self.line;
        let block = block_mark(word).filter(|_| at_start || word.starts_with('#'));
        let mut from = 0;
        for (at, byte) in word.bytes().enumerate() {
            let next = || word.as_bytes().get(at + 1).copied().unwrap_or_default();
            let is_markup = match byte {
                b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'|' => true,
                b'<' => next().is_ascii_alphabetic() || matches!(next(), b'/' | b'!' | b'?'),
                b'~' if word[..at].ends_with('~') || next() == b'~' => true,
                b'&' => next().is_ascii_alphanumeric() || next() == b'#',
                _ => block == Some(at),
            };
            if is_markup {
                self.out.push_str(&word[from..at]);
                self.out.push('\\');
                from = at;
            }
        }
        self.out.push_str(&word[from..]);
    }
}

/// Where a word has the mark that would make it, at the beginning of a line, an item, a rule, a
/// quotation or a block of code; or the line before it, or its own, a heading or the head of a table.
fn block_mark(word: &str) -> Option<usize> {
    let all = |mark: char| word.chars().all(|c| c == mark);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_mark = match word.as_bytes()[0] {
        b'#' => all('#'),
        b'-' | b':' => word.trim_start_matches(':').trim_end_matches(':').bytes().all(|byte| byte == b'-'),
        b'=' => all('='),
        b'+' => word == "+",
        b'>' => true,
        b'~' => word.starts_with("~~~"),
        b'0'..=b'9' => matches!(&word[digits..], "." | ")"),
        _ => false,
    };
    is_mark.then_some(digits)
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
