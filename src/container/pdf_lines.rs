//! Glyphs on pages → lines of text, with white space where the page has it: before a line that is indented
//! or centred, and between columns.

use std::collections::{BTreeMap, BTreeSet};

use super::DropReason;
use super::pdf_tables::{self, PdfTable, RuledLine};
use super::text;
use super::{chars, marks};

/// A glyph: its text, where its baseline begins – in points, y upwards – and the height of its font.
#[derive(Debug, Clone)]
pub(super) struct PdfGlyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// The glyphs of a page, in the order in which they are drawn.
pub(super) type PageGlyphs = Vec<PdfGlyph>;

/// Parts of the height of a font by which baselines of one line may differ.
const SAME_LINE: f64 = 0.4;
/// Parts of the height of a font that make a gap between columns, more than a space does.
const COLUMN_GAP: f64 = 1.2;
/// Parts of the height of a font within which a glyph is the one before, drawn again to look bold.
const DRAWN_AGAIN: f64 = 0.2;

/// The glyphs and straight lines of a page.
#[derive(Default)]
pub(super) struct PdfPage {
    pub(super) glyphs: PageGlyphs,
    pub(super) rules: Vec<RuledLine>,
}

/// Writes all pages, with a form feed before each but the first. Returns which lines repeat heads of tables.
pub(super) fn write(pages: Vec<PdfPage>) -> (String, BTreeMap<usize, DropReason>) {
    let mut read: Vec<(Vec<PdfLine>, Vec<PdfTable>)> = Vec::new();
    for PdfPage { mut glyphs, rules } in pages {
        let before = read.last().and_then(|(_, tables)| tables.last());
        let columns = before.and_then(|table| table.rows.first()).map(Vec::len);
        let tables = pdf_tables::take(&mut glyphs, &rules, columns);
        read.push((lines(glyphs), tables));
    }
    let scale = Scale::of(read.iter().flat_map(|(lines, _)| lines));
    let heads = running_heads(&read.iter().map(|(lines, _)| lines.as_slice()).collect::<Vec<_>>());
    let mut writer = LineWriter { heads_of_pages: heads, ..LineWriter::default() };
    for (lines, tables) in read {
        writer.page(&lines, tables, &scale);
    }
    (writer.lines.join("\n"), writer.repeated)
}

/// The lines at the upper or lower edge that more than half of the pages have at the same height.
fn running_heads(pages: &[&[PdfLine]]) -> BTreeSet<(String, i64)> {
    let mut counts: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for lines in pages {
        let edges: BTreeSet<(String, i64)> =
            lines.first().into_iter().chain(lines.last()).map(|line| place(line)).collect();
        for edge in edges {
            *counts.entry(edge).or_default() += 1;
        }
    }
    let is_usual = |count: usize| count >= 2 && count * 2 > pages.len();
    counts.into_iter().filter(|(_, count)| is_usual(*count)).map(|(edge, _)| edge).collect()
}

/// The words of a line without figures, and its height in points.
fn place(line: &[PdfGlyph]) -> (String, i64) {
    let text: String = line.iter().flat_map(|glyph| glyph.text.chars()).collect();
    let words = text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    (words, line.first().map_or(0, |glyph| glyph.y.round() as i64))
}

/// The lines of the document, as they are put together.
#[derive(Default)]
struct LineWriter {
    /// Lines that pages have in common.
    heads_of_pages: BTreeSet<(String, i64)>,
    lines: Vec<String>,
    repeated: BTreeMap<usize, DropReason>,
    /// The heads of the last table, as long as nothing is below it.
    heads: Option<Vec<String>>,
    pages: usize,
}

impl LineWriter {
    fn page(&mut self, lines: &[PdfLine], tables: Vec<PdfTable>, scale: &Scale) {
        let first = self.lines.len();
        let mut tables = tables.into_iter().peekable();
        for line in lines {
            let height = line.first().map_or(0.0, |glyph| glyph.y);
            while let Some(table) = tables.next_if(|table| table.top > height) {
                self.rows(table.rows);
            }
            let text = scale.written(line);
            let is_head = self.heads_of_pages.contains(&place(line));
            // A table goes on over the edge of a page.
            if !is_head && !marks::may_be_number(&text) {
                self.heads = None;
            }
            self.lines.push(text);
            if is_head {
                self.repeated.insert(self.lines.len(), DropReason::RunningHead);
            }
        }
        tables.for_each(|table| self.rows(table.rows));
        if self.pages > 0
            && let Some(line) = self.lines.get_mut(first)
        {
            line.insert(0, '\u{C}');
        }
        self.pages += 1;
    }

    /// Adds the rows of a table, which may go on from the page before.
    fn rows(&mut self, rows: Vec<Vec<String>>) {
        let mut rows = rows.into_iter();
        let Some(first) = rows.next() else { return };
        let goes_on = self.heads.as_ref().is_some_and(|heads| heads.len() == first.len());
        if !goes_on {
            self.lines.push(String::new());
        }
        self.lines.push(text::row(&first));
        if self.heads.as_ref() == Some(&first) {
            self.repeated.insert(self.lines.len(), DropReason::RunningHead);
        }
        if !goes_on {
            self.heads = Some(first);
        }
        self.lines.extend(rows.map(|row| text::row(&row)));
    }
}

/// Glyphs on one baseline, from left to right.
pub(super) type PdfLine = Vec<PdfGlyph>;

/// The lines of a page, from the top.
pub(super) fn lines(mut glyphs: PageGlyphs) -> Vec<PdfLine> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<PdfLine> = Vec::new();
    for glyph in glyphs {
        let on_line = |line: &PdfLine| {
            line.last()
                .is_some_and(|last| (last.y - glyph.y).abs() < SAME_LINE * last.size.min(glyph.size).max(1.0))
        };
        match lines.last_mut() {
            Some(line) if on_line(line) => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        line.dedup_by(|next, last| next.text == last.text && next.x - last.x < DRAWN_AGAIN * last.size);
    }
    lines.retain(|line| line.iter().any(|glyph| !glyph.text.trim().is_empty()));
    lines
}

/// The measure of a document: the left edge of its text, and the height of its usual font.
struct Scale {
    left: f64,
    size: f64,
}

/// Fewest glyphs of a line that shows where the text begins.
const FULL_LINE: usize = 10;

impl Scale {
    fn of<'a>(lines: impl Iterator<Item = &'a PdfLine>) -> Self {
        let (mut sizes, mut left, mut leftmost) =
            (BTreeMap::<u64, usize>::new(), f64::INFINITY, f64::INFINITY);
        for line in lines {
            for glyph in line {
                *sizes.entry((glyph.size * 4.0).round() as u64).or_default() += 1;
            }
            let Some(first) = printed(line).next() else { continue };
            leftmost = leftmost.min(first.x);
            if line.len() >= FULL_LINE {
                left = left.min(first.x);
            }
        }
        let usual = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(1, |(size, _)| size.max(1));
        Self { left: if left.is_finite() { left } else { leftmost }, size: usual as f64 / 4.0 }
    }

    /// Half the usual height: the width of a column.
    fn columns(&self, width: f64) -> usize {
        (width.max(0.0) / (self.size / 2.0)).round().min(400.0) as usize
    }

    fn written(&self, line: &PdfLine) -> String {
        let first = printed(line).next();
        let mut out = " ".repeat(first.map_or(0, |first| self.columns(first.x - self.left)));
        let mut end: Option<f64> = None;
        for glyph in line {
            if let Some(gap) = end.map(|end| glyph.x - end).filter(|gap| *gap > COLUMN_GAP * glyph.size)
                && !glyph.text.trim().is_empty()
            {
                out.push_str(&" ".repeat(self.columns(gap).max(2)));
            }
            if !(glyph.text.trim().is_empty() && end.is_none()) {
                out.push_str(&glyph.text);
            }
            if !glyph.text.trim().is_empty() || end.is_some() {
                end = Some(glyph.x + width(glyph));
            }
        }
        out.trim_end().to_owned()
    }
}

fn printed(line: &PdfLine) -> impl Iterator<Item = &PdfGlyph> {
    line.iter().filter(|glyph| !glyph.text.trim().is_empty())
}

/// About how wide a glyph is: its font's height, or half of it.
pub(super) fn width(glyph: &PdfGlyph) -> f64 {
    glyph.size * chars::columns(&glyph.text) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, x: f64, y: f64) -> Vec<PdfGlyph> {
        let glyph =
            |(at, c): (usize, char)| PdfGlyph { text: c.into(), x: x + 10.0 * at as f64, y, size: 10.0 };
        text.chars().enumerate().map(glyph).collect()
    }

    fn written(glyphs: PageGlyphs) -> String {
        write(vec![PdfPage { glyphs, rules: Vec::new() }]).0
    }

    #[test]
    fn lines_keep_their_indents_and_columns_their_gaps() {
        let page = [
            set("为落实有关部署制定本方案", 70.0, 700.0),
            set("方案标题", 110.0, 720.0),
            set("市文旅局", 170.0, 680.0),
            set("新建", 70.0, 680.3),
        ]
        .concat();
        assert_eq!(written(page), "        方案标题\n为落实有关部署制定本方案\n新建                市文旅局");
    }

    #[test]
    fn what_is_drawn_twice_is_said_once() {
        let page = [set("标题", 70.0, 700.0), set("标题", 70.4, 700.0)].concat();
        assert_eq!(written(page), "标题");
    }
}
