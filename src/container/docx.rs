//! A document of a word processor → its lines (ECMA-376, Part 1: WordprocessingML).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::DropReason;
use super::Unreadable;
use super::chars;
use super::docx_styles::Styles;
use super::docx_xml::{Xml, characters, value};
use super::numbering::ListCounters;
use super::text::{self, TextLines};
use super::{Container, Contents, facts};

/// Most bytes of a part that are read.
const LARGEST_PART: u64 = 64 << 20;

/// Reads a document.
///
/// # Errors
/// When the archive is damaged, or that of another kind of document.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let Some(document) = part(&mut archive, "word/document.xml") else {
        return Err(kind(&archive));
    };
    let styles = part(&mut archive, "word/styles.xml").map(|xml| Styles::read(&xml)).unwrap_or_default();
    let numbering = part(&mut archive, "word/numbering.xml").map(|xml| ListCounters::read(&xml));
    let notes = part(&mut archive, "word/footnotes.xml").map(|xml| notes(&xml)).unwrap_or_default();
    let mut body =
        DocxReader { numbering: numbering.unwrap_or_default(), styles, notes, ..DocxReader::default() };
    Xml::new(&document).for_each(|event| body.event(&event));
    let (text, outside) = body.write();
    let facts = facts(Container::Docx, &text);
    Ok(Contents { text, facts, outside, stated: Vec::new() })
}

/// The kind of an archive without a Word document.
fn kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Unreadable {
    let has = |name: &str| archive.file_names().flatten().any(|file| file.starts_with(name));
    if has("OFD.xml") {
        Unreadable::Ofd
    } else if has("xl/") {
        Unreadable::Spreadsheet
    } else {
        Unreadable::Archive
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(LARGEST_PART).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// A paragraph, or a table.
enum DocxBlock {
    Paragraph(DocxParagraph),
    Table(Vec<Vec<String>>),
}

#[derive(Debug, Default, Clone)]
struct DocxParagraph {
    /// Its text, and whether it is bold.
    runs: Vec<(String, bool)>,
    number: String,
    /// The level of its heading, from 0.
    outline: Option<u8>,
    is_title: bool,
    /// A line of a generated table of contents.
    is_contents: bool,
}

impl DocxParagraph {
    fn text(&self) -> String {
        std::iter::once(self.number.as_str()).chain(self.runs.iter().map(|(run, _)| run.as_str())).collect()
    }
}

/// The properties of a paragraph that is open.
#[derive(Default)]
struct OpenParagraph {
    paragraph: DocxParagraph,
    style: String,
    list: Option<String>,
    list_level: Option<u8>,
    outline: Option<u8>,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Vec<String>,
    span: usize,
    goes_on: bool,
}

#[derive(Default)]
struct DocxReader {
    styles: Styles,
    numbering: ListCounters,
    /// The footnotes, each with its id.
    notes: Vec<(String, String)>,
    pieces: Vec<DocxBlock>,
    /// The paragraphs that are open: one of a text box is inside another.
    open: Vec<OpenParagraph>,
    tables: Vec<OpenTable>,
    in_properties: usize,
    /// Elements whose text does not count: deleted text, and a second version for old programs.
    skipped: usize,
    bold: bool,
    in_text: bool,
}

impl DocxReader {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.start(tag, true);
            }
            Event::Empty(tag) => {
                self.start(tag, false);
                self.end(tag.local_name().as_ref(), false);
            }
            Event::End(tag) => self.end(tag.local_name().as_ref(), true),
            _ if self.in_text && self.skipped == 0 => {
                if let Some(text) = characters(event) {
                    self.push(&text);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let bold = self.bold;
        if let Some(open) = self.open.last_mut() {
            open.paragraph.runs.push((text.to_owned(), bold));
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, has_contents: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if matches!(name, "del" | "moveFrom" | "Fallback") && has_contents {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        let number = |name| value(tag, name).and_then(|value| value.parse::<u8>().ok());
        match name {
            "p" => self.open.push(OpenParagraph::default()),
            "pPr" => self.in_properties += 1,
            "t" => self.in_text = true,
            "r" => self.bold = false,
            "b" if self.in_properties == 0 => {
                self.bold = !matches!(value(tag, "val").as_deref(), Some("0" | "false" | "off"));
            }
            "tab" if self.in_properties == 0 => self.push("\u{3000}"),
            "br" | "cr" if self.in_properties == 0 => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let code = value(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                self.push(&code.and_then(char::from_u32).map(String::from).unwrap_or_default());
            }
            "footnoteReference" => {
                let id = value(tag, "id").unwrap_or_default();
                if let Some(at) = self.notes.iter().position(|(note, _)| *note == id) {
                    self.push(&format!("[{}]", at + 1));
                }
            }
            "tbl" => self.tables.push(OpenTable::default()),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.span, table.goes_on) = (1, false);
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.span = usize::from(number("val").unwrap_or(1)).max(1);
                }
            }
            "vMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.goes_on = value(tag, "val").is_none_or(|value| value == "continue");
                }
            }
            _ => self.property(name, tag),
        }
    }

    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let number = || value(tag, "val").and_then(|value| value.parse().ok());
        let Some(open) = self.open.last_mut().filter(|_| self.in_properties > 0) else { return };
        match name {
            "pStyle" => open.style = value(tag, "val").unwrap_or_default(),
            "numId" => open.list = value(tag, "val"),
            "ilvl" => open.list_level = number(),
            "outlineLvl" => open.outline = number(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, has_contents: bool) {
        if matches!(name, "del" | "moveFrom" | "Fallback") && has_contents {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "pPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let style = self.styles.resolved(&open.style);
        let mut paragraph = open.paragraph;
        let list = open.list.or(style.list).filter(|list| list != "0");
        let level = open.list_level.or(style.list_level).unwrap_or(0);
        let has_text = paragraph.runs.iter().any(|(run, _)| !run.trim().is_empty());
        if let Some(list) = list.filter(|_| has_text) {
            paragraph.number = self.numbering.next(&list, level).unwrap_or_default();
        }
        paragraph.outline = open.outline.or(style.outline).filter(|level| *level < 9);
        paragraph.is_title = style.name == "title";
        paragraph.is_contents = style.name.starts_with("toc ");
        match self.tables.last_mut() {
            Some(table) => table.cell.push(paragraph.text()),
            None => self.pieces.push(DocxBlock::Paragraph(paragraph)),
        }
    }

    /// Ends a cell: one that goes on with the cell above says the same.
    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let parts = std::mem::take(&mut table.cell);
        let mut text = chars::join_pieces(parts.iter().flat_map(|part| part.split('\n')));
        if table.goes_on {
            let above = table.rows.last().and_then(|row| row.get(table.row.len()));
            text = above.cloned().unwrap_or(text);
        }
        table.row.push(text);
        table.row.extend(std::iter::repeat_n(String::new(), table.span - 1));
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let mut rows = table.rows;
        let columns = text::even(&mut rows);
        match self.tables.last_mut() {
            Some(outer) => outer.cell.push(chars::join_pieces(rows.iter().flatten().map(String::as_str))),
            None if columns < 2 => {
                let cells = rows.into_iter().flatten();
                let paragraph =
                    |cell| DocxParagraph { runs: vec![(cell, false)], ..DocxParagraph::default() };
                self.pieces.extend(cells.map(|cell| DocxBlock::Paragraph(paragraph(cell))));
            }
            None => self.pieces.push(DocxBlock::Table(rows)),
        }
    }

    /// The lines of all pieces, the notes at the end, and which lines are a table of contents.
    fn write(self) -> (String, BTreeMap<usize, DropReason>) {
        let paragraphs = self.pieces.iter().filter_map(|piece| match piece {
            DocxBlock::Paragraph(paragraph) => Some(paragraph),
            DocxBlock::Table(_) => None,
        });
        let outermost = paragraphs.clone().filter(|paragraph| paragraph.outline == Some(0)).count();
        let has_title = paragraphs.clone().any(|paragraph| paragraph.is_title);
        // Of several headings of the first level none is the title.
        let first = if outermost > 1 || has_title { 2 } else { 1 };
        let mut lines = TextLines::default();
        let mut outside = BTreeMap::new();
        for piece in &self.pieces {
            match piece {
                DocxBlock::Paragraph(paragraph) => {
                    let line = write_paragraph(paragraph, first, &mut lines);
                    let line = line.filter(|_| paragraph.is_contents);
                    outside.extend(line.map(|line| (line, DropReason::Navigation)));
                }
                DocxBlock::Table(rows) => {
                    lines.gap();
                    for row in rows {
                        lines.row(row);
                    }
                    lines.gap();
                }
            }
        }
        for (number, (_, note)) in (1..).zip(&self.notes) {
            lines.push(&format!("[{number}]{note}"), false);
            lines.end();
        }
        (lines.finish(), outside)
    }
}

/// Writes a paragraph, each of its lines by itself. Returns the number of the last.
fn write_paragraph(paragraph: &DocxParagraph, first: u8, lines: &mut TextLines) -> Option<usize> {
    let mut last = None;
    lines.number(&paragraph.number);
    match paragraph.outline {
        _ if paragraph.is_title => lines.heading(1),
        Some(level) => lines.heading((level + first).min(6)),
        None => {}
    }
    for (run, bold) in &paragraph.runs {
        for (at, part) in run.split('\n').enumerate() {
            if at > 0 {
                last = lines.end().or(last);
            }
            lines.push(part, *bold);
        }
    }
    lines.end().or(last)
}

/// The footnotes in their order, by which they are numbered, each with its id.
fn notes(xml: &str) -> Vec<(String, String)> {
    let mut notes: Vec<(String, String)> = Vec::new();
    let (mut in_text, mut is_note) = (false, false);
    for event in Xml::new(xml) {
        match &event {
            Event::Start(tag) if tag.local_name().as_ref() == "footnote" => {
                // Separators have a type and no text of the document.
                is_note = value(tag, "type").is_none_or(|kind| kind == "normal");
                if is_note {
                    notes.push((value(tag, "id").unwrap_or_default(), String::new()));
                }
            }
            Event::Start(tag) => in_text = tag.local_name().as_ref() == "t",
            Event::End(_) => in_text = false,
            _ if in_text && is_note => {
                if let (Some((_, note)), Some(text)) = (notes.last_mut(), characters(&event)) {
                    note.push_str(&text);
                }
            }
            _ => {}
        }
    }
    notes
}
