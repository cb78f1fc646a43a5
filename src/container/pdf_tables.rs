//! Tables of a printed page, by the lines drawn around their cells.

use super::chars;
use super::pdf_lines::{self, PageGlyphs, PdfGlyph};

/// A straight line of a page, along one axis, in points.
#[derive(Debug, Clone, Copy)]
pub(super) enum RuledLine {
    /// At a height, from left to right.
    Across { y: f64, from: f64, to: f64 },
    /// At a distance from the left, from bottom to top.
    Down { x: f64, from: f64, to: f64 },
}

/// A table: the height of its upper edge, and its cells row by row.
#[derive(Debug)]
pub(super) struct PdfTable {
    pub(super) top: f64,
    pub(super) rows: Vec<Vec<String>>,
}

/// Points by which lines may miss each other and meet all the same.
const NEAR: f64 = 2.5;

impl RuledLine {
    /// The lines that make the edges of a rectangle; one, if it is thin.
    pub(super) fn edges(x: (f64, f64), y: (f64, f64)) -> Vec<Self> {
        let (wide, high) = (x.1 - x.0, y.1 - y.0);
        match (wide <= NEAR, high <= NEAR) {
            (true, true) => Vec::new(),
            (_, true) => vec![Self::Across { y: (y.0 + y.1) / 2.0, from: x.0, to: x.1 }],
            (true, _) => vec![Self::Down { x: (x.0 + x.1) / 2.0, from: y.0, to: y.1 }],
            _ => vec![
                Self::Across { y: y.0, from: x.0, to: x.1 },
                Self::Across { y: y.1, from: x.0, to: x.1 },
                Self::Down { x: x.0, from: y.0, to: y.1 },
                Self::Down { x: x.1, from: y.0, to: y.1 },
            ],
        }
    }

    /// The extent of the line, as left, bottom, right, top.
    fn extent(self) -> [f64; 4] {
        match self {
            Self::Across { y, from, to } => [from, y, to, y],
            Self::Down { x, from, to } => [x, from, x, to],
        }
    }

    fn touches(self, other: Self) -> bool {
        let (a, b) = (self.extent(), other.extent());
        a[0] <= b[2] + NEAR && b[0] <= a[2] + NEAR && a[1] <= b[3] + NEAR && b[1] <= a[3] + NEAR
    }
}

/// Takes the glyphs of tables out of `glyphs`. A single row is a table only if it continues one with as many
/// columns (`before`) on the page before. The tables come from the top.
pub(super) fn take(glyphs: &mut PageGlyphs, rules: &[RuledLine], before: Option<usize>) -> Vec<PdfTable> {
    let mut grids: Vec<Grid> = connected(rules).iter().filter_map(|rules| Grid::of(rules)).collect();
    grids.sort_by(|a, b| b.ys[0].total_cmp(&a.ys[0]));
    let goes_on = |place: usize, grid: &Grid| place == 0 && before == Some(grid.xs.len() - 1);
    let tables =
        grids.into_iter().enumerate().filter(|(place, grid)| grid.ys.len() > 2 || goes_on(*place, grid));
    tables.filter_map(|(_, grid)| grid.fill(glyphs)).collect()
}

/// Most lines of a page that are looked at: a drawing has more, and is no table.
const MOST_RULES: usize = 2000;

/// The lines in groups that touch each other.
fn connected(rules: &[RuledLine]) -> Vec<Vec<RuledLine>> {
    let mut groups: Vec<Vec<RuledLine>> = Vec::new();
    for &rule in rules.iter().take(MOST_RULES) {
        let touching = |group: &Vec<RuledLine>| group.iter().any(|other| rule.touches(*other));
        let (mut joined, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(touching);
        joined.push(vec![rule]);
        groups = others;
        groups.push(joined.concat());
    }
    groups
}

/// The lines of a table, from left to right and from top to bottom.
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    rules: Vec<RuledLine>,
}

impl Grid {
    /// The grid of lines that surround at least two cells beside each other.
    fn of(rules: &[RuledLine]) -> Option<Self> {
        let across = rules
            .iter()
            .filter_map(|rule| if let RuledLine::Across { y, .. } = rule { Some(*y) } else { None });
        let down = rules
            .iter()
            .filter_map(|rule| if let RuledLine::Down { x, .. } = rule { Some(*x) } else { None });
        let (xs, mut ys) = (distinct(down.collect()), distinct(across.collect()));
        ys.reverse();
        (xs.len() >= 3 && ys.len() >= 2).then(|| Self { xs, ys, rules: rules.to_vec() })
    }

    /// Returns whether a line is drawn between a cell and the one to its right.
    fn parts_right(&self, row: usize, column: usize) -> bool {
        let (x, middle) = (self.xs[column + 1], f64::midpoint(self.ys[row], self.ys[row + 1]));
        self.rules.iter().any(|rule| {
            matches!(rule, RuledLine::Down { x: at, from, to } if (at - x).abs() <= NEAR && (*from..=*to).contains(&middle))
        })
    }

    /// Returns whether a line is drawn between a cell and the one below.
    fn parts_below(&self, row: usize, column: usize) -> bool {
        let (y, middle) = (self.ys[row + 1], f64::midpoint(self.xs[column], self.xs[column + 1]));
        self.rules.iter().any(|rule| {
            matches!(rule, RuledLine::Across { y: at, from, to } if (at - y).abs() <= NEAR && (*from..=*to).contains(&middle))
        })
    }

    /// The row and column of the cell in which a point is.
    fn cell_at(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge >= y).checked_sub(1)?;
        (column + 1 < self.xs.len() && row + 1 < self.ys.len()).then_some((row, column))
    }

    /// The first cell of the merged one that a cell belongs to: above, then to the left.
    fn origin(&self, mut row: usize, mut column: usize) -> (usize, usize) {
        while column > 0 && !self.parts_right(row, column - 1) {
            column -= 1;
        }
        while row > 0 && !self.parts_below(row - 1, column) {
            row -= 1;
        }
        (row, column)
    }

    /// Moves glyphs into the cells. `None` if the lines surround no text.
    fn fill(self, glyphs: &mut PageGlyphs) -> Option<PdfTable> {
        let (rows, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let origins: Vec<Vec<(usize, usize)>> =
            (0..rows).map(|row| (0..columns).map(|column| self.origin(row, column)).collect()).collect();
        let mut cells: Vec<Vec<PageGlyphs>> = vec![vec![Vec::new(); columns]; rows];
        for glyph in std::mem::take(glyphs) {
            let (x, y) = middle(&glyph);
            match self.cell_at(x, y) {
                Some((row, column)) => {
                    let (row, column) = origins[row][column];
                    cells[row][column].push(glyph);
                }
                None => glyphs.push(glyph),
            }
        }
        let mut texts: Vec<Vec<String>> =
            cells.into_iter().map(|row| row.into_iter().map(cell_text).collect()).collect();
        // A merged cell says the same in each of its rows, and in the first of its columns.
        for row in 1..rows {
            for (column, &(first, start)) in origins[row].iter().enumerate() {
                if first < row && start == column {
                    texts[row][column] = texts[first][column].clone();
                }
            }
        }
        texts.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        (!texts.is_empty()).then_some(PdfTable { top: self.ys[0], rows: texts })
    }
}

/// Positions without those that are nearly the same, in ascending order.
fn distinct(mut positions: Vec<f64>) -> Vec<f64> {
    positions.sort_by(f64::total_cmp);
    positions.dedup_by(|next, last| *next - *last <= NEAR);
    positions
}

/// About the middle of a glyph.
fn middle(glyph: &PdfGlyph) -> (f64, f64) {
    (glyph.x + pdf_lines::width(glyph) / 2.0, glyph.y + glyph.size * 0.35)
}

fn cell_text(glyphs: PageGlyphs) -> String {
    let lines = pdf_lines::lines(glyphs).into_iter();
    let texts: Vec<String> = lines.map(|line| line.into_iter().map(|glyph| glyph.text).collect()).collect();
    chars::join_pieces(texts.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, x: f64, y: f64) -> Vec<PdfGlyph> {
        let glyph =
            |(at, c): (usize, char)| PdfGlyph { text: c.into(), x: x + 10.0 * at as f64, y, size: 10.0 };
        text.chars().enumerate().map(glyph).collect()
    }

    fn across(y: f64, from: f64, to: f64) -> RuledLine {
        RuledLine::Across { y, from, to }
    }

    fn down(x: f64, from: f64, to: f64) -> RuledLine {
        RuledLine::Down { x, from, to }
    }

    #[test]
    fn cells_are_what_lines_surround() {
        let rules = [
            across(100.0, 0.0, 200.0),
            across(80.0, 0.0, 200.0),
            across(40.0, 100.0, 200.0),
            across(0.0, 0.0, 200.0),
            down(0.0, 0.0, 100.0),
            down(100.0, 0.0, 100.0),
            down(200.0, 0.0, 100.0),
        ];
        let mut glyphs = [
            set("单位", 5.0, 85.0),
            set("任务", 105.0, 85.0),
            set("甲局", 5.0, 36.0),
            set("修订", 105.0, 65.0),
            set("办法", 105.0, 50.0),
            set("出台", 105.0, 20.0),
            set("正文", 5.0, 120.0),
        ]
        .concat();
        let tables = take(&mut glyphs, &rules, None);
        assert_eq!(tables[0].rows, [["单位", "任务"], ["甲局", "修订办法"], ["甲局", "出台"]]);
        assert_eq!(glyphs.len(), 2, "text outside the table stays");
    }

    #[test]
    fn a_frame_or_a_line_is_no_table() {
        let mut glyphs = set("正文", 5.0, 50.0);
        assert!(take(&mut glyphs, &RuledLine::edges((0.0, 100.0), (0.0, 100.0)), None).is_empty());
        assert!(take(&mut glyphs, &[across(10.0, 0.0, 100.0)], None).is_empty());
        assert_eq!(glyphs.len(), 2);
    }
}
