//! The entries of the account: what the importer left out, changed, and was not sure of.

use serde::Serialize;

use crate::container::DropReason;

/// How a source shows where a paragraph ends, inferred from all its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Layout {
    /// Wrapped at `width` columns; white space at the end of a line ends a paragraph.
    TrailingSpace {
        /// Columns of a full line.
        width: usize,
    },
    /// Wrapped at `width` columns; a line that has room left ends a paragraph.
    Wrapped {
        /// Columns of a full line.
        width: usize,
        /// Blank lines between two lines of one paragraph.
        gap: usize,
        /// Whether the first line of a paragraph is indented by white space.
        indented: bool,
    },
    /// Every line is a paragraph, unless it breaks off in mid-sentence.
    LineIsParagraph,
    /// The file says where paragraphs end.
    Stated,
}

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Line of the source.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// Why it is not part of the document.
    pub reason: DropReason,
}

/// The closed list of changes that the proof allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Lines of one paragraph joined.
    JoinedLines,
    /// Lines of one paragraph joined across a page break.
    JoinedPages,
    /// A space that is typesetting removed.
    Space,
    /// A half-width parenthesis in Chinese text made full-width.
    Parenthesis,
    /// A compatibility character, such as a radical from a PDF, made the ordinary one.
    Compatibility,
    /// Markdown of the source undone.
    Markup,
    /// The number of a list item corrected, or its mark made `1.`.
    ListNumber,
    /// Columns made a table.
    Table,
    /// Pieces of lines read down the columns of a table, in this order.
    Columns,
}

/// One change at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// Line of the source.
    pub line: usize,
    /// The text before.
    pub from: String,
    /// The text now.
    pub to: String,
    /// The rule, which is the key in [`super::Report::normalisations`].
    #[serde(skip)]
    pub(super) rule: Rule,
}

impl Edit {
    pub(super) fn new(rule: Rule, line: usize, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { line, from: from.into(), to: to.into(), rule }
    }

    pub(super) fn markup(line: usize, from: &str, to: &str) -> Self {
        Self::new(Rule::Markup, line, from, to)
    }
}

/// Something the importer decided without being sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Line of the source, or 0 for the whole document.
    pub line: usize,
    /// The text at that place.
    pub excerpt: String,
    /// The kind of doubt.
    pub kind: DoubtKind,
}

/// The kind of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// A full line ends a sentence; joined with the next, though a paragraph may end here.
    JoinedAfterSentence,
    /// A line breaks off in mid-sentence; joined with the next.
    JoinedMidSentence,
    /// A paragraph ends here without ending a sentence.
    EndsMidSentence,
    /// A number at the start of a line was taken for text, since it is out of order.
    MarkerAsText,
    /// Two numbers met where lines were joined; a space keeps them apart.
    NumbersJoined,
    /// The cells of a table go on from line to line and were put together.
    WrappedCells,
    /// A title that is set in several lines was put together.
    TitleJoined,
    /// A numbered part has no recognisable title and stays a paragraph.
    PartWithoutTitle,
    /// A task has no short first sentence; the whole sentence is its heading.
    LongTaskTitle,
    /// The number does not follow the one before.
    Numbering,
    /// Two lines state the same thing differently; the first one is kept.
    StatedTwice,
    /// A date for reports could not be read.
    UnreadMilestone,
    /// No title was found.
    NoTitle,
    /// The title does not say what kind of plan it is.
    NoKind,
    /// The title does not say of which year the plan is.
    NoYear,
    /// No tasks were recognised.
    NoTasks,
    /// Bytes that could not be decoded are shown as U+FFFD.
    Undecodable,
    /// A character has a meaning in its font only.
    PrivateUse,
}
