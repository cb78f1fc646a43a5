//! Finds tables among the lines: Markdown pipes, tabs, or columns set apart by spaces.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use super::log::Log;
use super::report::Rule;

/// The lines of a table and its cells, row by row.
pub(super) struct Table {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Finds the tables in `lines`, in order.
pub(super) fn find(lines: &[Line]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match table_at(lines, at) {
            Some(table) => {
                at = table.lines.end;
                tables.push(table);
            }
            None => at += 1,
        }
    }
    tables
}

/// Notes in `log` that the lines of `table` became one.
pub(super) fn note(table: &Table, lines: &[Line], log: &mut Log) {
    for line in &lines[table.lines.clone()] {
        if is_delimiter(&line.text) {
            log.edit(Rule::Table, line.number, line.text.clone(), "");
        } else {
            for _ in line.text.matches('|').filter(|_| line.text.starts_with('|')) {
                log.edit(Rule::Table, line.number, "|", "");
            }
        }
    }
    if let Some(first) = lines.get(table.lines.start).filter(|l| !l.text.starts_with('|')) {
        log.edit(Rule::Table, first.number, first.text.clone(), table.rows[0].join(" | "));
    }
}

/// A table is at least this many rows; columns set apart by spaces need one more.
const FEWEST_ROWS: usize = 2;

fn table_at(lines: &[Line], start: usize) -> Option<Table> {
    let first = cells(&lines[start])?;
    let rest = lines[start + 1..].iter().map_while(|l| cells(l).filter(|c| c.len() == first.len()));
    let all: Vec<Vec<String>> = std::iter::once(first.clone()).chain(rest).collect();
    let marked = lines[start].text.starts_with('|') || lines[start].text.contains('\t');
    let enough = if marked { FEWEST_ROWS } else { FEWEST_ROWS + 1 };
    let end = start + all.len();
    let rows: Vec<_> = all
        .into_iter()
        .zip(start..)
        .filter(|(_, i)| !is_delimiter(&lines[*i].text))
        .map(|(row, _)| row)
        .collect();
    (first.len() >= 2 && rows.len() >= enough).then_some(Table { lines: start..end, rows })
}

/// The cells of a line that could be a row.
fn cells(line: &Line) -> Option<Vec<String>> {
    if line.heading.is_some()
        || line.bullet.is_some()
        || line.text.contains('。') && !line.text.starts_with('|') && !line.text.contains('\t')
    {
        return None;
    }
    let pipes = line.text.strip_prefix('|').map(|t| t.strip_suffix('|').unwrap_or(t));
    let cells: Vec<String> = match pipes {
        Some(inner) => inner.split('|').map(|c| c.trim().to_owned()).collect(),
        None => GAP.split(&line.text).map(|c| c.trim().to_owned()).collect(),
    };
    (cells.len() >= 2).then_some(cells)
}

static GAP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\t+|[ \u{3000}]{2,}").expect("the pattern is valid"));

/// `|---|:--:|`
fn is_delimiter(text: &str) -> bool {
    text.starts_with('|') && text.contains('-') && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
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
        check("| 序号 | 任务 |\n|---|---|\n| 1 | 修订 |\n", &[2]);
        check("序号  任务\n1  修订\n2  出台\n", &[3]);
    }

    #[test]
    fn a_signature_is_no_table() {
        check("示例市人民政府    2022年1月1日\n正文。", &[]);
        check("正文一\n正文二\n", &[]);
    }
}
