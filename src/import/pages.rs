//! Traces of the printed page: page numbers and running heads.

use std::collections::{BTreeMap, BTreeSet};

use crate::container::marks::{bare_number, is_page_number};

use super::lines::Line;
use super::{marker, title};
use crate::container::DropReason;
use crate::container::chars;

/// Says for every line whether it is a page number.
pub(super) fn numbers(lines: &[Line]) -> Vec<Option<DropReason>> {
    let bare = bare_page_numbers(lines);
    let is_number = |(index, line): (usize, &Line)| is_page_number(&line.raw) || bare.contains(&index);
    lines.iter().enumerate().map(|l| is_number(l).then_some(DropReason::PageNumber)).collect()
}

/// Says for every line whether it is a running head: short and repeated at page edges. The
/// first one stays when it is the title itself.
pub(super) fn running_heads(lines: &[Line]) -> Vec<Option<DropReason>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| may_be_head(l)) {
        places.entry(chars::squeeze(&line.text)).or_default().push(index);
    }
    let usual = usual_gap(lines);
    let pages = lines.iter().filter(|line| line.page_start).count();
    let mut verdicts = vec![None; lines.len()];
    let repeated = places.into_values().filter(|at| at.len() >= FEWEST_REPEATS && at.len() * 2 >= pages);
    for at in repeated.filter(|at| are_at_edges(at, lines, usual)) {
        let title = title_among(&at, lines);
        for &index in at.iter().filter(|&&index| Some(index) != title) {
            verdicts[index] = Some(DropReason::RunningHead);
        }
    }
    verdicts
}

/// Marks lines that open a page without saying so: a wide gap, or a single space that few
/// lines have, where the extraction lost the page break.
pub(super) fn mark_starts(lines: &mut [Line]) {
    let usual = usual_gap(lines);
    let spaced = lines.iter().filter(|l| l.indent == 1).count();
    let tells = spaced * 10 <= lines.len();
    for line in lines {
        line.page_start |= line.gap >= usual + 2 || (tells && line.indent == 1);
    }
}

/// Lines apart by which a number alone on its line can count pages.
const SHORTEST_PAGE: usize = 5;

/// Numbers alone on their lines that count up by one, a page apart, or are at a form feed.
fn bare_page_numbers(lines: &[Line]) -> BTreeSet<usize> {
    let numbers: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, bare_number(&l.text)?))).collect();
    let follows = |a: (usize, u32), b: (usize, u32)| a.1 + 1 == b.1 && b.0 - a.0 > SHORTEST_PAGE;
    let at_feed = |i: usize| lines.get(i + 1).is_some_and(|next| next.page_start);
    (0..numbers.len())
        .filter(|&n| {
            let before = n > 0 && follows(numbers[n - 1], numbers[n]);
            let after = n + 1 < numbers.len() && follows(numbers[n], numbers[n + 1]);
            before || after || at_feed(numbers[n].0)
        })
        .map(|n| numbers[n].0)
        .collect()
}

/// Pages on which a line must be repeated to be a running head.
const FEWEST_REPEATS: usize = 3;

/// Whether the lines are repeated on most pages, all but one of them next to a page break.
fn are_at_edges(at: &[usize], lines: &[Line], usual: usize) -> bool {
    let between = |i: usize| lines.get(i).is_none_or(|line| line.page_start || line.gap > usual);
    let edges = at.iter().filter(|&&i| i == 0 || between(i) || between(i + 1)).count();
    edges + 1 >= at.len()
}

/// Short, no sentence, no part of one, no numbered part.
fn may_be_head(line: &Line) -> bool {
    let text = &line.text;
    let whole = [('（', '）'), ('(', ')'), ('《', '》'), ('“', '”')]
        .iter()
        .all(|&(open, close)| text.matches(open).count() == text.matches(close).count());
    let sentence = text.starts_with(['（', '(']) || text.contains(['。', '，', '：', '|', '\t']);
    line.columns() <= 70 && whole && !sentence && line.bullet.is_none() && marker::parse(text).is_none()
}

/// The occurrence that is the document's own title: the first, or the second when it
/// follows at once, below the first page's head.
fn title_among(at: &[usize], lines: &[Line]) -> Option<usize> {
    let opens_document = at[0] <= 3 && title::is_title_like(&lines[at[0]].text);
    let repeated_at_once = at[1] - at[0] <= 2;
    opens_document.then(|| if repeated_at_once { at[1] } else { at[0] })
}

/// Blank lines that most lines have in front.
pub(super) fn usual_gap(lines: &[Line]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        *counts.entry(line.gap).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(_, count)| count).map_or(0, |(gap, _)| gap)
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, dropped: &[usize]) {
        let lines = lines::split(text);
        let verdicts = numbers(&lines);
        let found: Vec<usize> =
            lines.iter().zip(verdicts).filter(|(_, v)| v.is_some()).map(|(l, _)| l.number).collect();
        assert_eq!(found, dropped);
    }

    #[test]
    fn page_numbers_come_in_many_dresses() {
        check("— 3 —\n- 3 -\n第 3 页 共 8 页\n3/8\n－３－\nPage 3 of 8\n2022年\n3\n", &[1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn bare_numbers_count_pages_only_in_sequence() {
        let page = "正文，\n".repeat(8);
        check(&format!("{page}1\n{page}2\n{page}2035\n"), &[9, 18]);
        check("1\n甲\n2\n乙\n", &[]);
    }
}
