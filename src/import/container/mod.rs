//! Files that hold a document – web pages, DOCX, PDF, plain text – → its text, line by line.
//!
//! Structure that a container states – headings, numbers that it generates, cells – becomes the marks that the
//! readers of plain text know: `#` before a heading, `|` between cells, `**` around what is bold. Characters
//! of the document that look like such marks get a backslash, which `markup` takes off again.

use std::collections::BTreeMap;

use super::decode::{self, InputFacts};
use super::error::{ImportError, Unreadable};
use super::report::DropReason;

mod docx;
mod docx_styles;
mod docx_xml;
mod html;
mod html_tables;
mod html_tree;
mod numbering;
mod pdf;
mod pdf_lines;
mod pdf_tables;
mod text;

/// The kind of a file, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// Plain text, or Markdown.
    Text,
    /// A web page.
    Html,
    /// A document of a word processor (ECMA-376).
    Docx,
    /// A printed document with text (ISO 32000).
    Pdf,
}

impl Container {
    /// The usual name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
        }
    }
}

/// The text of a file.
pub(super) struct Contents {
    /// Its lines, with the marks that the container's structure became.
    pub(super) text: String,
    /// Its kind, its encoding, and what could not be decoded.
    pub(super) facts: InputFacts,
    /// The numbers of lines that are not part of the document, from 1, and why.
    pub(super) outside: BTreeMap<usize, DropReason>,
    /// Facts that the container states beside its text: keys of the front matter with their values.
    pub(super) stated: Vec<(&'static str, String)>,
}

/// Reads a file of any kind, told by its content.
///
/// # Errors
/// When the kind cannot be read, when the file is damaged, and when it has no text.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ImportError> {
    match bytes {
        [b'P', b'K', 3 | 5, ..] => docx::read(bytes),
        _ if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => {
            Err(Unreadable::OldWord.into())
        }
        _ if bytes.starts_with(b"{\\rtf") => Err(Unreadable::Rtf.into()),
        _ if pdf::is_pdf(bytes) => pdf::read(bytes),
        _ => {
            let decoded = decode::decode(bytes)?;
            if html::is_page(&decoded.text) { html::read(&decoded) } else { Ok(plain(decoded)) }
        }
    }
}

fn plain(decoded: decode::Decoded) -> Contents {
    Contents { text: decoded.text, facts: decoded.facts, outside: BTreeMap::new(), stated: Vec::new() }
}

/// The facts about a file whose characters are certain.
fn facts(container: Container, text: &str) -> InputFacts {
    InputFacts {
        container,
        encoding: "UTF-8",
        byte_order_mark: false,
        carriage_returns: 0,
        controls: text.chars().filter(|&c| decode::is_left_out(c)).count(),
        malformed: text.matches('\u{FFFD}').count(),
        lines: text.lines().count(),
    }
}
