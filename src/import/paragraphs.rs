//! Lines → paragraphs and tables.

use super::account::{DoubtKind, Layout, Rule};
use super::joints::{self, Joint};
use super::lines::Line;
use super::log::{self, Log};
use super::marker::{self, Order};
use super::normalise::{self, SourceChar};
use super::tables::{self, TextTable};
use crate::container::chars;

/// A paragraph as it will be written, or a table.
#[derive(Debug)]
pub(super) enum Chunk {
    Text(Paragraph),
    Table { rows: Vec<Vec<String>> },
}

/// One paragraph of the document.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Lines of the source it comes from.
    pub(super) lines: Vec<usize>,
    pub(super) heading: Option<u8>,
    pub(super) bullet: Option<char>,
    /// Columns of white space before its first line.
    pub(super) indent: usize,
    /// Bytes at the start that were set in bold.
    pub(super) bold_lead: usize,
}

impl Paragraph {
    /// Its first line in the source.
    pub(super) fn line(&self) -> usize {
        self.lines.first().copied().unwrap_or(0)
    }
}

/// Joins the lines of each paragraph.
pub(super) fn build(lines: &[Line], layout: Layout, log: &mut Log) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut at = 0;
    for table in tables::find(lines) {
        chunks.extend(join(&lines[at..table.lines.start], layout, log));
        at = table.lines.end;
        chunks.push(make_table(table, lines, log));
    }
    chunks.extend(join(&lines[at..], layout, log));
    chunks
}

fn make_table(table: TextTable, lines: &[Line], log: &mut Log) -> Chunk {
    let line = lines[table.lines.start].number;
    let rows = match table.wrapped {
        Some(wrapped) => wrapped.join(lines, log),
        None => {
            tables::note(&table, lines, log);
            table.rows
        }
    };
    let rows =
        rows.into_iter().map(|row| row.iter().map(|cell| normal_text(cell, line, log)).collect()).collect();
    Chunk::Table { rows }
}

fn normal_text(text: &str, line: usize, log: &mut Log) -> String {
    let glyphs = text.chars().map(|ch| SourceChar { ch, line, bold: false }).collect();
    normalise::normalise(glyphs, log).iter().map(|g| g.ch).collect()
}

fn join(lines: &[Line], layout: Layout, log: &mut Log) -> Vec<Chunk> {
    let mut order = Order::default();
    let mut paragraphs: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        let joint = match paragraphs.last().and_then(|p| p.last()) {
            Some(prev) => joints::decide(layout, &order, prev, line),
            None => Joint::Split(None),
        };
        match (joint, paragraphs.last_mut()) {
            (Joint::Join(doubt), Some(open)) => {
                note_joint(doubt, open, line, log);
                open.push(line);
            }
            (Joint::Split(doubt) | Joint::Join(doubt), open) => {
                note_joint(doubt, open.as_deref().map_or(&[], Vec::as_slice), line, log);
                marker::parse(&line.text).into_iter().for_each(|m| order.note(m));
                paragraphs.push(vec![line]);
            }
        }
    }
    paragraphs.iter().map(|lines| Chunk::Text(paragraph(lines, log))).collect()
}

fn note_joint(doubt: Option<DoubtKind>, open: &[&Line], next: &Line, log: &mut Log) {
    let (Some(kind), Some(prev)) = (doubt, open.last()) else { return };
    let around = format!("{} ‖ {}", log::excerpt_end(&prev.text), log::excerpt(&next.text));
    log.doubts.push(super::account::Doubt { line: prev.number, excerpt: around, kind });
}

fn paragraph(lines: &[&Line], log: &mut Log) -> Paragraph {
    let first = lines[0];
    let mut glyphs = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            connect(&mut glyphs, line, log);
        }
        let bold = if index == 0 { line.bold_lead } else { 0 };
        glyphs.extend(line.text.chars().enumerate().map(|(i, ch)| SourceChar {
            ch,
            line: line.number,
            bold: i < bold,
        }));
        log.edits.extend(line.edits.iter().cloned());
    }
    let glyphs = normalise::normalise(glyphs, log);
    Paragraph {
        text: glyphs.iter().map(|g| g.ch).collect(),
        lines: lines.iter().map(|l| l.number).collect(),
        heading: first.heading,
        bullet: first.bullet,
        indent: first.indent,
        bold_lead: glyphs.iter().take_while(|g| g.bold).map(|g| g.ch.len_utf8()).sum(),
    }
}

/// Puts a space between Latin words, and nothing between Chinese characters.
fn connect(glyphs: &mut Vec<SourceChar>, next: &Line, log: &mut Log) {
    let (Some(last), Some(first)) = (glyphs.last().copied(), next.text.chars().next()) else { return };
    let rule = if next.page_start { Rule::JoinedPages } else { Rule::JoinedLines };
    let words = chars::is_latin(last.ch) && chars::is_latin(first);
    let space = words || (matches!(last.ch, ',' | '.' | ';' | ':') && chars::is_latin(first));
    if words && last.ch.is_ascii_digit() && first.is_ascii_digit() {
        log.doubt(DoubtKind::NumbersJoined, next.number, &next.text);
    }
    log.edit(
        rule,
        next.number,
        format!("{}⏎{first}", last.ch),
        if space { format!("{} {first}", last.ch) } else { format!("{}{first}", last.ch) },
    );
    if space {
        glyphs.push(SourceChar { ch: ' ', line: next.number, bold: false });
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let chunks = build(
            &lines::split(text),
            Layout::Wrapped { width: 20, gap: 0, indented: false },
            &mut Log::default(),
        );
        let found: Vec<String> = chunks
            .into_iter()
            .map(|c| match c {
                Chunk::Text(p) => p.text,
                Chunk::Table { rows } => format!("{rows:?}"),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn chinese_joins_without_a_space_and_latin_with_one() {
        check(
            "全面加强知识产权保护\n工作，参与World Trade\nOrganization工作。",
            &["全面加强知识产权保护工作，参与World Trade Organization工作。"],
        );
    }

    #[test]
    fn a_table_stands_between_paragraphs() {
        check("正文。\n一\t二\n三\t四\n正文。", &["正文。", r#"[["一", "二"], ["三", "四"]]"#, "正文。"]);
    }
}
