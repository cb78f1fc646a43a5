//! Tables of a web page: which show data, and what is in their cells.

use std::collections::BTreeMap;

use super::chars;
use super::html::{SILENT, is_inline, join_words};
use super::html_tree::{Child, ElementIndex, Tree};
use super::text;

/// Most characters of a cell of data.
const LONGEST_CELL: usize = 1500;

/// The rows of a table that shows data; `None` for one that lays out the page.
pub(super) fn data(tree: &Tree, index: ElementIndex) -> Option<Vec<Vec<String>>> {
    if tree.contains(index, "table") {
        return None;
    }
    let rows = rows(tree, index);
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    let longest = rows.iter().flatten().map(|cell| cell.chars().count()).max().unwrap_or(0);
    (wide >= 2 && longest <= LONGEST_CELL).then_some(rows)
}

/// The rows of a table, each with all its columns. Merged cells carry down; to the right they leave empty cells.
fn rows(tree: &Tree, table: ElementIndex) -> Vec<Vec<String>> {
    let mut elements = Vec::new();
    find(tree, table, &["tr"], &mut elements);
    let mut carried: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in elements {
        let mut cells = Vec::new();
        find(tree, row, &["td", "th"], &mut cells);
        let mut read = Vec::new();
        for cell in cells {
            fill(&mut read, &mut carried);
            let element = &tree.elements[cell];
            let span = |name: &str| element.attribute(name).trim().parse().unwrap_or(1).clamp(1, WIDEST_SPAN);
            let (right, down): (usize, usize) = (span("colspan"), span("rowspan"));
            let text = cell_text(tree, cell);
            let empty = std::iter::repeat_n(String::new(), right - 1);
            for cell in std::iter::once(text).chain(empty) {
                if down > 1 {
                    carried.insert(read.len(), (down - 1, cell.clone()));
                }
                read.push(cell);
            }
        }
        fill(&mut read, &mut carried);
        rows.push(read);
    }
    text::even(&mut rows);
    rows
}

/// Most columns or rows over which a cell is read to extend.
const WIDEST_SPAN: usize = 64;

/// Fills the cells that rows above carry down to the place that a row has reached.
fn fill(row: &mut Vec<String>, carried: &mut BTreeMap<usize, (usize, String)>) {
    while let Some((left, text)) = carried.get_mut(&row.len()) {
        let at = row.len();
        row.push(text.clone());
        *left -= 1;
        if *left == 0 {
            carried.remove(&at);
        }
    }
}

/// The elements of some names below one, not those of tables inside.
fn find(tree: &Tree, index: ElementIndex, names: &[&str], found: &mut Vec<ElementIndex>) {
    for child in &tree.elements[index].children {
        let Child::Element(child) = child else { continue };
        let name = tree.elements[*child].name.as_str();
        if names.contains(&name) {
            found.push(*child);
        } else if name != "table" {
            find(tree, *child, names, found);
        }
    }
}

fn cell_text(tree: &Tree, index: ElementIndex) -> String {
    let mut parts = vec![String::new()];
    collect(tree, index, &mut parts);
    chars::join_pieces(parts.iter().map(String::as_str))
}

fn collect(tree: &Tree, index: ElementIndex, parts: &mut Vec<String>) {
    for child in &tree.elements[index].children {
        match child {
            Child::Text(text) => {
                let words: Vec<&str> = text.split_whitespace().collect();
                if let Some(part) = parts.last_mut() {
                    part.push_str(&join_words(&words));
                }
            }
            Child::Element(child) => {
                let name = tree.elements[*child].name.as_str();
                if SILENT.contains(&name) {
                    continue;
                }
                let is_block = !is_inline(name) && !matches!(name, "a" | "b" | "strong");
                if is_block {
                    parts.push(String::new());
                }
                collect(tree, *child, parts);
                if is_block {
                    parts.push(String::new());
                }
            }
        }
    }
}
