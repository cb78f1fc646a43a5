//! Files that contain a document – web pages, DOCX, PDF, plain text – → its text, line by line.
//!
//! Structure that a container states – headings, numbers that it generates, cells – becomes the marks that the
//! readers of plain text know: `#` before a heading, `|` between cells, `**` around what is bold. Characters
//! of the document that look like such marks get a backslash, which `markup` takes off again.

use std::collections::BTreeMap;

pub(crate) mod chars;
pub(crate) mod dates;
pub(crate) mod decode;
mod docx;
mod docx_styles;
mod docx_xml;
mod error;
mod html;
mod html_tables;
mod html_tree;
pub(crate) mod marks;
mod numbering;
mod pdf;
mod pdf_lines;
mod pdf_tables;
mod text;

pub use decode::{Container, InputFacts};
pub use error::Unreadable;
use serde::Serialize;

/// Why a line is not part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// A page number.
    PageNumber,
    /// A header or footer repeated from page to page.
    RunningHead,
    /// Menus, links and imprint of a web site.
    Navigation,
    /// Says where and when the text was published.
    Provenance,
    /// A line of dashes.
    Rule,
    /// The title, which is in the front matter.
    Title,
}

/// The text of a file.
pub(crate) struct Contents {
    /// Its lines, with the marks that the container's structure became.
    pub(crate) text: String,
    /// Its kind, its encoding, and what could not be decoded.
    pub(crate) facts: InputFacts,
    /// The numbers of lines that are not part of the document, from 1, and why.
    pub(crate) outside: BTreeMap<usize, DropReason>,
    /// Facts that the container states beside its text: keys of the front matter with their values.
    pub(crate) stated: Vec<(&'static str, String)>,
}

/// Reads a file of any kind, told by its content.
///
/// # Errors
/// When the kind cannot be read, when the file is damaged, and when it has no text.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, Unreadable> {
    match bytes {
        [b'P', b'K', 3 | 5, ..] => docx::read(bytes),
        _ if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => Err(Unreadable::OldWord),
        _ if bytes.starts_with(b"{\\rtf") => Err(Unreadable::Rtf),
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
