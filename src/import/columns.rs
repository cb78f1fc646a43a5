//! Tables whose columns are set apart by spaces and whose cells go on in the next line, as PDFs give them.
//!
//! The columns are where the pieces of all lines leave no gap between them; heads say what is in them. The
//! lines of a row are those around its number, which is in its first or its middle line.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::account::{DoubtKind, Rule};
use super::lines::Line;
use super::log::Log;
use crate::container::chars;
use crate::model::task_table::TaskColumns;

/// A table and the pieces of its cells.
pub(super) struct WrappedTable {
    /// Its lines, as places among all lines.
    pub(super) lines: Range<usize>,
    /// Its rows: the pieces of each cell.
    rows: Vec<Vec<Vec<LinePiece>>>,
}

/// A part of a line, between two gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LinePiece {
    /// Its line, as a place among the lines of the table.
    line: usize,
    text: String,
    /// Where it begins and ends, in columns of the page.
    extent: Range<usize>,
}

/// Fewest columns of such a table: with two, a text in two columns looks the same.
const FEWEST_COLUMNS: usize = 3;

/// The table that begins with the heads in line `start`, if its cells are wrapped.
pub(super) fn table_at(lines: &[Line], start: usize) -> Option<WrappedTable> {
    let heads = pieces(lines.get(start)?, 0)?;
    let texts: Vec<&str> = heads.iter().map(|head| head.text.as_str()).collect();
    let number = TaskColumns::of(&texts)?.number?;
    if heads.len() < FEWEST_COLUMNS {
        return None;
    }
    let body = body(&lines[start + 1..], heads.len())?;
    let numbers: Vec<usize> = (0..body.len()).filter(|line| body[*line][number].is_some()).collect();
    let wrapped = body.len() > numbers.len();
    let title = TaskColumns::of(&texts)?.title;
    let ends = (wrapped && !numbers.is_empty()).then(|| row_ends(&body, &numbers, title))??;
    let (columns, lines) = (heads.len(), start..start + 1 + ends.last()? + 1);
    let mut rows = vec![heads.into_iter().map(|head| vec![head]).collect()];
    let mut first = 0;
    for end in ends {
        let row = &body[first..=end];
        rows.push(
            (0..columns).map(|cell| row.iter().filter_map(|line| line[cell].clone()).collect()).collect(),
        );
        first = end + 1;
    }
    Some(WrappedTable { lines, rows })
}

impl WrappedTable {
    /// Its cells, row by row, with their pieces joined. Notes in `log` in which order they were read.
    pub(super) fn join(self, lines: &[Line], log: &mut Log) -> Vec<Vec<String>> {
        let first = &lines[self.lines.start];
        for line in &lines[self.lines.clone()] {
            log.edits.extend(line.edits.iter().cloned());
        }
        log.doubt(DoubtKind::WrappedCells, first.number, &first.text);
        for piece in self.rows.iter().flatten().flatten() {
            let line = lines[self.lines.start + piece.line].number;
            log.edit(Rule::Columns, line, piece.text.clone(), piece.text.clone());
        }
        let cell =
            |pieces: &Vec<LinePiece>| chars::join_pieces(pieces.iter().map(|piece| piece.text.as_str()));
        self.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }
}

/// Returns whether pieces are heads: those of the next table.
fn are_heads(pieces: &[LinePiece]) -> bool {
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    TaskColumns::of(&texts).is_some()
}

static PIECE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\S+(?:[ \u{3000}]\S+)*").expect("the pattern is valid"));

/// The pieces of a line, if it can be one of such a table.
fn pieces(line: &Line, at: usize) -> Option<Vec<LinePiece>> {
    let is_marked = line.edits.iter().any(|edit| edit.rule != Rule::Compatibility) || line.bullet.is_some();
    if is_marked || line.pipes || line.heading.is_some() || line.text.contains('\t') {
        return None;
    }
    let piece = |found: regex::Match<'_>| {
        let start = line.indent + chars::columns(&line.text[..found.start()]);
        let text = found.as_str().to_owned();
        LinePiece { line: at, extent: start..start + chars::columns(&text), text }
    };
    Some(PIECE.find_iter(&line.text).map(piece).collect())
}

/// The lines below heads, each with its pieces in their columns: as many lines as make that many columns.
fn body(lines: &[Line], columns: usize) -> Option<Vec<Vec<Option<LinePiece>>>> {
    let mut extents: Vec<Range<usize>> = Vec::new();
    let mut read: Vec<Vec<LinePiece>> = Vec::new();
    let mut whole: Option<(usize, Vec<Range<usize>>)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(pieces) = pieces(line, at + 1).filter(|p| p.len() <= columns && !are_heads(p)) else {
            break;
        };
        pieces.iter().for_each(|piece| cover(&mut extents, piece.extent.clone()));
        read.push(pieces);
        match extents.len().cmp(&columns) {
            Ordering::Equal => whole = Some((read.len(), extents.clone())),
            Ordering::Less if whole.is_some() => break,
            _ => {}
        }
    }
    let (lines, extents) = whole?;
    read.truncate(lines);
    let row = |pieces: Vec<LinePiece>| {
        let mut cells = vec![None; columns];
        for piece in pieces {
            let column = extents.iter().position(|extent| extent.contains(&piece.extent.start))?;
            let is_free = cells[column].replace(piece).is_none();
            is_free.then_some(())?;
        }
        Some(cells)
    };
    read.into_iter().map(row).collect()
}

/// Adds an extent to those that are covered; extents that touch become one.
fn cover(extents: &mut Vec<Range<usize>>, new: Range<usize>) {
    let first = extents.partition_point(|extent| extent.end < new.start);
    let last = extents.partition_point(|extent| extent.start <= new.end);
    let start = extents.get(first).map_or(new.start, |extent| extent.start.min(new.start));
    let end = extents[..last].last().map_or(new.end, |extent| extent.end.max(new.end));
    extents.drain(first..last);
    extents.insert(first, start..end);
}

/// The last line of each row: numbers are in the first lines of their rows, or in the middle ones.
fn row_ends(body: &[Vec<Option<LinePiece>>], numbers: &[usize], title: usize) -> Option<Vec<usize>> {
    let ends_well = |line: usize| {
        let text = body[line][title].as_ref().map(|piece| piece.text.as_str());
        usize::from(text.is_some_and(|text| text.ends_with(chars::is_sentence_final)))
    };
    let score = |ends: &Vec<usize>| ends.iter().map(|end| ends_well(*end)).sum::<usize>();
    let first_lines = (numbers[0] == 0).then(|| {
        let next = numbers[1..].iter().map(|next| next - 1);
        next.chain([body.len() - 1]).collect::<Vec<_>>()
    });
    let middles = middle_ends(body.len(), numbers, ends_well);
    match (first_lines, middles) {
        (Some(first), Some(middle)) => Some(if score(&middle) > score(&first) { middle } else { first }),
        (first, middle) => first.or(middle),
    }
}

/// The ends of rows whose numbers are in their middle lines, the best by `ends_well`.
fn middle_ends(lines: usize, numbers: &[usize], ends_well: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
    // For each row the lines behind which it can end: the score so far, and where the row begins.
    let mut rows: Vec<BTreeMap<usize, (usize, usize)>> = Vec::with_capacity(numbers.len());
    let mut begins: BTreeMap<usize, usize> = BTreeMap::from([(0, 0)]);
    for (row, &number) in numbers.iter().enumerate() {
        let limit = numbers.get(row + 1).copied().unwrap_or(lines);
        let mut ends: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (start, score) in begins.into_iter().filter(|(start, _)| *start <= number) {
            let middle = 2 * number - start;
            for end in (middle.saturating_sub(1)..=middle + 1).filter(|end| (number..limit).contains(end)) {
                let score = score + ends_well(end);
                if ends.get(&(end + 1)).is_none_or(|(known, _)| *known < score) {
                    ends.insert(end + 1, (score, start));
                }
            }
        }
        begins = ends.iter().map(|(begin, (score, _))| (*begin, *score)).collect();
        rows.push(ends);
    }
    let mut behind = lines;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        found.push(behind - 1);
        behind = row.get(&behind)?.1;
    }
    found.reverse();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[[&str; 3]]) {
        let lines = lines::split(text);
        let table = table_at(&lines, 0).map(|table| table.join(&lines, &mut Log::default()));
        assert_eq!(table.unwrap_or_default(), expected);
    }

    #[test]
    fn numbers_are_in_the_first_or_the_middle_line() {
        let heads = ["序号", "任务", "责任单位"];
        check(
            "序号   任务         责任单位\n1      新建书房，   市文旅局\n       优先街道。\n2      更新时间。   市住建局\n",
            &[heads, ["1", "新建书房，优先街道。", "市文旅局"], ["2", "更新时间。", "市住建局"]],
        );
        check(
            "序号   任务         责任单位\n       新建书房，   市文旅局、\n1      优先街道      市住建局\n       和乡镇。\n2      更新时间。   市住建局\n",
            &[
                heads,
                ["1", "新建书房，优先街道和乡镇。", "市文旅局、市住建局"],
                ["2", "更新时间。", "市住建局"],
            ],
        );
    }

    #[test]
    fn other_lines_end_it_or_are_none() {
        check("序号   任务         责任单位\n1      新建书房。   市文旅局\n", &[]);
        check("正文一段   正文   正文\n正文   正文\n", &[]);
    }
}
