//! How does this source show where a paragraph ends? Inferred from all its lines at once.

use std::collections::BTreeMap;

use super::account::Layout;
use super::lines::Line;
use super::marker;
use crate::container::chars;

/// Fewer lines than this show no pattern.
const FEWEST_LINES: usize = 8;

/// Columns that a full line may lack: a character that must not open a line takes its neighbour along.
pub(super) const SLACK: usize = 6;

/// Columns of white space before a line that is centred or set to the right.
const CENTRED: usize = 6;

/// Widths of hard-wrapped lines, in columns.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 24..=160;

/// Infers the layout of `lines`.
pub(super) fn infer(lines: &[Line]) -> Layout {
    let plain: Vec<&Line> = lines.iter().filter(|l| l.heading.is_none() && !l.pipes).collect();
    if plain.len() < FEWEST_LINES {
        return Layout::LineIsParagraph;
    }
    trailing_space(&plain).or_else(|| wrapped(&plain)).unwrap_or(Layout::LineIsParagraph)
}

/// Infers the layout of the lines of printed pages: where nothing shows a pattern, the longest line is full.
pub(super) fn infer_pages(lines: &[Line]) -> Layout {
    let plain: Vec<&Line> = lines.iter().filter(|l| l.heading.is_none() && !l.pipes).collect();
    // Lines with gaps are those of columns.
    let whole = plain.iter().filter(|line| !line.text.contains("  "));
    let width = whole.map(|line| line.right_edge()).max().unwrap_or(0);
    match infer(lines) {
        Layout::LineIsParagraph if WRAP_WIDTHS.contains(&width) => {
            Layout::Wrapped { width, gap: 0, indented: indents_paragraphs(&plain) }
        }
        layout => layout,
    }
}

/// White space at line ends tells something when it is before numbered parts and
/// the lines without it are full.
fn trailing_space(lines: &[&Line]) -> Option<Layout> {
    let ends: Vec<_> = before_markers(lines).collect();
    let inner: Vec<_> = lines.iter().filter(|l| !l.trailing).map(|l| l.right_edge()).collect();
    let (width, full) = commonest_width(&inner)?;
    let marked = ends.iter().filter(|l| l.trailing).count();
    let consistent = ends.len() >= 2 && marked * 10 >= ends.len() * 9 && full * 10 >= inner.len() * 8;
    (consistent && inner.len() * 4 >= lines.len()).then_some(Layout::TrailingSpace { width })
}

/// Lines are wrapped when most of those that a plain line follows have the same width.
fn wrapped(lines: &[&Line]) -> Option<Layout> {
    let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
    let lines: Vec<&Line> = lines.iter().copied().filter(|line| line.indent < margin + CENTRED).collect();
    let lines = &*lines;
    let inner: Vec<_> = lines.windows(2).filter(|w| !starts_part(w[1])).map(|w| w[0].right_edge()).collect();
    let (width, full) = commonest_width(&inner)?;
    let common = inner.len() * 3 >= lines.len() && full * 10 >= inner.len() * 6;
    common.then(|| Layout::Wrapped {
        width,
        gap: inner_gap(lines, width),
        indented: indents_paragraphs(lines),
    })
}

fn before_markers<'a>(lines: &'a [&Line]) -> impl Iterator<Item = &'a Line> {
    lines.windows(2).filter(|w| starts_part(w[1])).map(|w| w[0])
}

fn starts_part(line: &Line) -> bool {
    line.bullet.is_some() || marker::parse(&line.text).is_some()
}

/// The width that most `widths` come close to, and how many do.
fn commonest_width(widths: &[usize]) -> Option<(usize, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for &width in widths.iter().filter(|&&w| WRAP_WIDTHS.contains(&w)) {
        *counts.entry(width).or_default() += 1;
    }
    let (&width, _) = counts.iter().max_by_key(|&(width, count)| (*count, *width))?;
    let near = widths.iter().filter(|&&w| w + SLACK >= width && w <= width + SLACK).count();
    Some((width, near))
}

/// Some lines are indented by about two characters and many are not: the first lines of paragraphs.
fn indents_paragraphs(lines: &[&Line]) -> bool {
    let first = lines.iter().filter(|l| (3..=6).contains(&l.indent)).count();
    let flush = lines.iter().filter(|l| l.indent < 3).count();
    first >= 3 && first * 20 >= lines.len() && flush * 5 >= lines.len()
}

/// Blank lines between lines that certainly belong together: the first is full and ends in mid-sentence.
fn inner_gap(lines: &[&Line], width: usize) -> usize {
    let inside = lines.windows(2).filter(|w| {
        let last = w[0].text.chars().last();
        w[0].right_edge() + SLACK >= width && last.is_some_and(chars::is_han)
    });
    let mut gaps: Vec<usize> = inside.map(|w| w[1].gap).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn wrap(ends: &str, between: &str) -> String {
        let full = "保护知识产权就是保护创新保护知识产权就是保护创";
        let part =
            format!("（一）夯实工作基础{ends}{between}{full}{between}{full}{between}到位。{ends}{between}");
        part.repeat(4)
    }

    #[test]
    fn trailing_space_is_believed_when_consistent() {
        assert_eq!(infer(&lines::split(&wrap(" ", "\n\n"))), Layout::TrailingSpace { width: 46 });
    }

    #[test]
    fn lines_of_one_width_are_wrapped() {
        assert_eq!(
            infer(&lines::split(&wrap("", "\n\n"))),
            Layout::Wrapped { width: 46, gap: 1, indented: false }
        );
        assert_eq!(
            infer(&lines::split(&wrap("", "\n"))),
            Layout::Wrapped { width: 46, gap: 0, indented: false }
        );
    }

    #[test]
    fn a_list_of_long_items_has_a_line_for_each() {
        let text: String = (1..30).map(|n| format!("{n}. {}。\n", "推进工作".repeat(n % 7 + 3))).collect();
        assert_eq!(infer(&lines::split(&text)), Layout::LineIsParagraph);
    }
}
