//! Finds tables among the lines: Markdown pipes, tabs, or columns set apart by spaces.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::account::Rule;
use super::columns::{self, WrappedTable};
use super::lines::Line;
use super::log::Log;
use super::marker::{self, MarkerKind};

/// The lines of a table and its cells, row by row.
pub(super) struct TextTable {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
    /// The pieces of its cells, if they go on from line to line; then `rows` is empty.
    pub(super) wrapped: Option<WrappedTable>,
}

/// Finds the tables in `lines`, in order.
pub(super) fn find(lines: &[Line]) -> Vec<TextTable> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(wrapped) = columns::table_at(lines, at) {
            at = wrapped.lines.end;
            tables.push(TextTable { lines: wrapped.lines.clone(), rows: Vec::new(), wrapped: Some(wrapped) });
            continue;
        }
        let (end, table) = table_at(lines, at).unwrap_or((at + 1, None));
        at = end;
        tables.extend(table);
    }
    tables
}

/// Notes in `log` that the lines of `table` became one.
pub(super) fn note(table: &TextTable, lines: &[Line], log: &mut Log) {
    for line in &lines[table.lines.clone()] {
        log.edits.extend(line.edits.iter().cloned());
        if is_delimiter(line) {
            log.edit(Rule::Table, line.number, line.text.clone(), "");
        } else {
            for (at, _) in line.text.match_indices('|').filter(|_| line.pipes) {
                if line.text[..at].ends_with('\\') {
                    log.edit(Rule::Markup, line.number, "\\|", "|");
                } else {
                    log.edit(Rule::Table, line.number, "|", "");
                }
            }
        }
    }
    if let Some(first) = lines.get(table.lines.start).filter(|l| !l.pipes) {
        log.edit(Rule::Table, first.number, first.text.clone(), table.rows[0].join(" | "));
    }
}

/// A table is at least this many rows; columns set apart by spaces need one more.
const FEWEST_ROWS: usize = 2;

/// Where to go on behind the rows that begin here, and the table if they make one.
fn table_at(lines: &[Line], start: usize) -> Option<(usize, Option<TextTable>)> {
    let columns = cells(&lines[start])?.len();
    let alike =
        |line: &&Line| line.pipes == lines[start].pipes && cells(line).is_some_and(|c| c.len() == columns);
    let marked = lines[start].pipes || lines[start].text.contains('\t');
    let mut end = start;
    while let Some(line) = lines.get(end) {
        let names_rows = marked && names_section(line) && lines.get(end + 1).is_some_and(|next| alike(&next));
        if !alike(&line) && !names_rows {
            break;
        }
        end += 1;
    }
    let of_table = lines[start..end].iter().filter(|line| !is_delimiter(line));
    let rows: Vec<_> = of_table.map(|line| cells(line).unwrap_or_else(|| section(line, columns))).collect();
    let enough = if marked { FEWEST_ROWS } else { FEWEST_ROWS + 1 };
    let found = rows.len() >= enough;
    // Between pipes fewer rows are no table either; between spaces the next row may begin one of tabs.
    let next = if found || lines[start].pipes { end } else { start + 1 };
    Some((next, found.then_some(TextTable { lines: start..end, rows, wrapped: None })))
}

/// The cells of a line that could be a row: two at least, and no prose between spaces.
fn cells(line: &Line) -> Option<Vec<String>> {
    let prose = line.text.contains('。') && !line.pipes && !line.text.contains('\t');
    if line.heading.is_some() || line.bullet.is_some() || prose {
        return None;
    }
    let cells: Vec<&str> = match line.text.strip_prefix('|').filter(|_| line.pipes) {
        Some(row) => between_pipes(row.strip_suffix('|').unwrap_or(row)),
        None => GAP.split(&line.text).collect(),
    };
    (cells.len() >= 2).then(|| cells.iter().map(|cell| cell.trim().replace("\\|", "|")).collect())
}

/// Returns whether a line of one cell can be between rows and name those below it: 一、窗口服务方面.
fn names_section(line: &Line) -> bool {
    let is_part = marker::parse(&line.text).is_some_and(|marker| marker.kind <= MarkerKind::Section);
    is_part && !line.pipes && !line.text.contains('。') && cells(line).is_none()
}

/// The row that a line makes which names a section: its first cell.
fn section(line: &Line, columns: usize) -> Vec<String> {
    let mut row = vec![String::new(); columns];
    row[0].clone_from(&line.text);
    row
}

/// The cells of a row between pipes; one behind a backslash is text.
fn between_pipes(row: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')) {
        cells.push(&row[start..at]);
        start = at + 1;
    }
    cells.push(&row[start..]);
    cells
}

static GAP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\t+|[ \u{3000}]{2,}").expect("the pattern is valid"));

/// `|---|:--:|`
fn is_delimiter(line: &Line) -> bool {
    let text = &line.text;
    line.pipes && text.contains('-') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[usize]) {
        let found: Vec<usize> = find(&lines::split(text)).iter().map(|t| t.rows.len()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tables_are_found_by_their_columns() {
        check("序号\t任务\t时限\n1\t修订\t2025年\n正文。", &[2]);
        check("序号\t任务\t时限\n一、窗口方面\n1\t修订\t年底\n二、线上方面\n2\t出台\t年底\n", &[5]);
        check("| 序号 | 任务 |\n|---|---|\n| 1 | 修订 |\n", &[2]);
        check("序号  任务\n1  修订\n2  出台\n", &[3]);
    }

    #[test]
    fn a_signature_is_no_table() {
        check("示例市人民政府    2022年1月1日\n正文。", &[]);
        check("正文一\n正文二\n", &[]);
    }
}
