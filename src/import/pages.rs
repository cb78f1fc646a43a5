//! Traces of the printed page: page numbers and running heads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;
use super::report::DropReason;
use super::{chars, marker};

/// Says for every line whether it is a page number or a running head.
pub(super) fn classify(lines: &[Line]) -> Vec<Option<DropReason>> {
    let mut verdicts: Vec<_> =
        lines.iter().map(|l| is_page_number(&l.raw).then_some(DropReason::PageNumber)).collect();
    for index in bare_page_numbers(lines) {
        verdicts[index] = Some(DropReason::PageNumber);
    }
    for index in running_heads(lines, &verdicts) {
        verdicts[index] = Some(DropReason::RunningHead);
    }
    verdicts
}

/// — 3 —, - 3 -, 第3页 共8页, 3/8, Page 3 of 8.
fn is_page_number(raw: &str) -> bool {
    PAGE_NUMBER.is_match(&chars::squeeze(raw))
}

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-—–―─－~·]{1,3}[0-9０-９]{1,4}[-—–―─－~·]{1,3}",
        r"|第[0-9]{1,4}页[,，/]?(?:共[0-9]{1,4}页)?",
        r"|[0-9]{1,3}/[0-9]{1,3}",
        r"|(?i:page)[0-9]{1,4}(?:(?i:of)[0-9]{1,4})?)$"
    ))
    .expect("the pattern is valid")
});

/// Lines apart by which a number alone on its line can count pages.
const SHORTEST_PAGE: usize = 5;

/// Numbers alone on their lines that count up by one, a page apart, or stand at a form feed.
fn bare_page_numbers(lines: &[Line]) -> Vec<usize> {
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

fn bare_number(text: &str) -> Option<u32> {
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Pages on which a line must be repeated to be a running head.
const FEWEST_REPEATS: usize = 3;

/// Short lines repeated at page edges. The first one stays when it is the title itself.
fn running_heads(lines: &[Line], verdicts: &[Option<DropReason>]) -> Vec<usize> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(i, l)| verdicts[*i].is_none() && may_be_head(l)) {
        places.entry(chars::squeeze(&line.text)).or_default().push(index);
    }
    let edges = Edges { lines, verdicts, usual: usual_gap(lines) };
    places
        .into_values()
        .filter(|at| {
            at.len() >= FEWEST_REPEATS && at.iter().filter(|&&i| edges.touch(i)).count() * 3 >= at.len() * 2
        })
        .flat_map(|at| at[first_to_drop(&at, lines)..].to_vec())
        .collect()
}

fn may_be_head(line: &Line) -> bool {
    let numbered = marker::parse(&line.text).is_some();
    line.columns() <= 70 && !numbered && line.bullet.is_none() && !line.text.contains(['。', '，', '|', '\t'])
}

/// 1 when the first occurrence is the document's own title, else 0.
fn first_to_drop(at: &[usize], lines: &[Line]) -> usize {
    let repeated_at_once = at[1] - at[0] <= 3;
    let opens_document = at[0] <= 3 && super::title::is_title_like(&lines[at[0]].text);
    usize::from(opens_document && !repeated_at_once)
}

/// Where pages begin and end.
struct Edges<'a> {
    lines: &'a [Line],
    verdicts: &'a [Option<DropReason>],
    usual: usize,
}

impl Edges<'_> {
    fn touch(&self, index: usize) -> bool {
        index == 0 || self.between(index) || self.between(index + 1)
    }

    /// Whether a page ends between line `index` and the one before.
    fn between(&self, index: usize) -> bool {
        let Some(line) = self.lines.get(index) else { return true };
        let number = self.verdicts[index].is_some()
            || index.checked_sub(1).is_some_and(|i| self.verdicts[i].is_some());
        line.page_start || number || line.gap > self.usual
    }
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
        let verdicts = classify(&lines);
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

    #[test]
    fn a_running_head_is_dropped_and_the_title_kept() {
        let page = "示例市工作方案\n\n正文，\n正文，\n\n— 1 —\n\n";
        check(&page.repeat(3), &[6, 8, 13, 15, 20]);
    }
}
