//! Blocks: the paragraphs, headings, items and tables of a document, as text with marks.

use crate::base::Span;
use crate::base::fields::At;

/// One block of a document.
///
/// Its words are kept once, as plain `text`; `marks` say what the Markdown
/// made of stretches of it. Deadlines, citations and search hits are further
/// stretches of the same text, so that all of them can be laid over each other
/// when the block is rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// Its words, without markup. Cells of a table are separated by tabs, rows by newlines.
    pub text: String,
    /// Stretches of `text` with a meaning, outer before inner, in order of their start.
    pub marks: Vec<Mark>,
    /// Where the block is in the file.
    pub span: Span,
    /// How deep in lists it is; 0 outside lists.
    pub depth: u8,
    /// Where stretches of `text` come from: byte of the text, byte of the file.
    pub origin: Vec<(usize, usize)>,
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; the level is 1 to 6.
    Heading {
        /// Its level.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// The first paragraph of an item of an ordered list.
    Item {
        /// The number written before it.
        number: u32,
    },
    /// The first paragraph of an item of a list without numbers.
    Bullet,
    /// A paragraph inside a quotation.
    Quote,
    /// A paragraph of a footnote.
    Footnote {
        /// Its number: footnotes are numbered in the order in which the text refers to them.
        number: usize,
    },
    /// A listing, with the name of its language if it has one.
    Listing {
        /// The name after the fence.
        info: String,
    },
    /// A table: for each row the stretches of the text that are its cells; the first row is the head.
    Table {
        /// The rows.
        rows: Vec<Vec<Span>>,
    },
}

/// A stretch of a block's text with a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The stretch, in bytes of the block's text.
    pub span: Span,
    /// Its kind.
    pub kind: MarkKind,
}

/// The kind of a marked stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Emphasis; in English the title of a work.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text as a machine writes it.
    Code,
    /// Struck out.
    Deleted,
    /// A link to the address.
    Link(String),
    /// A reference to a footnote: its number, and how often the text has referred to it by then, from 1.
    Note(usize, usize),
    /// A line break that the author asked for; the stretch is the newline.
    Break,
}

impl Block {
    /// The place in the file of a stretch of the text.
    pub fn locate(&self, stretch: &Span) -> Span {
        if self.origin.is_empty() {
            return self.span.clone();
        }
        let start = self.place(stretch.start, 0);
        // The end is found from the last byte, so that markup after the stretch is not counted.
        let end = if stretch.is_empty() { start } else { self.place(stretch.end - 1, 1) };
        start..end.max(start)
    }

    /// The place of a byte of the text, or of one `after` it, in the part of the file that it comes from.
    fn place(&self, byte: usize, after: usize) -> usize {
        let next = self.origin.partition_point(|(text, _)| *text <= byte);
        let end = self.origin.get(next).map_or(self.span.end, |(_, file)| *file);
        match self.origin[..next].last() {
            // What a character reference stands for may be longer than the reference.
            Some((text, file)) => (file + byte - text + after).min(end),
            None => self.span.start,
        }
    }

    /// A text of the front matter. Where it has escapes, its stretches have the place of the whole.
    pub fn of_value(text: &At<String>) -> Self {
        let quoted = text.span.len() == text.value.len() + "\"\"".len();
        Self {
            kind: BlockKind::Paragraph,
            text: text.value.clone(),
            marks: Vec::new(),
            span: text.span.clone(),
            depth: 0,
            origin: quoted.then_some((0, text.span.start + 1)).into_iter().collect(),
        }
    }

    /// Whether the block is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading { .. })
    }
}
