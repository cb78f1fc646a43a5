//! Lines → lines of the document: leaves out what the printed page and the web page added.

use std::collections::BTreeMap;

use super::account::{Doubt, Dropped};
use super::lines::Line;
use super::provenance::{self, Facts};
use super::{pages, site};
use crate::container::DropReason;

/// The lines of the document, and an account of the others.
pub(super) struct Clean {
    pub(super) lines: Vec<Line>,
    pub(super) dropped: Vec<Dropped>,
    pub(super) facts: Facts,
    pub(super) doubts: Vec<Doubt>,
}

/// Sorts the lines of the document from those around it.
pub(super) fn drop(lines: Vec<Line>, outside: &BTreeMap<usize, DropReason>) -> Clean {
    let mut clean = Clean { lines: Vec::new(), dropped: Vec::new(), facts: Facts::new(), doubts: Vec::new() };
    let around: Vec<_> = lines.iter().map(|line| outside.get(&line.number).copied()).collect();
    let lines = clean.sift(lines, &around);
    let numbers = pages::numbers(&lines);
    let unnumbered = clean.sift(lines, &numbers);
    let web = site::classify(&unnumbered);
    let text = clean.sift(unnumbered, &web);
    let heads = pages::running_heads(&text);
    clean.lines = clean.sift(text, &heads);
    pages::mark_starts(&mut clean.lines);
    outdent(&mut clean.lines);
    clean.dropped.sort_by_key(|d| d.line);
    clean
}

impl Clean {
    /// Keeps the lines without a verdict; the line after a page's edge starts a page.
    fn sift(&mut self, lines: Vec<Line>, verdicts: &[Option<DropReason>]) -> Vec<Line> {
        let mut kept = Vec::with_capacity(lines.len());
        let mut edge = false;
        for (mut line, verdict) in lines.into_iter().zip(verdicts) {
            match verdict.or_else(|| is_rule(&line.raw).then_some(DropReason::Rule)) {
                Some(reason) => {
                    edge |=
                        matches!(reason, DropReason::PageNumber | DropReason::RunningHead) || line.page_start;
                    self.leave_out(&line, reason);
                }
                None => {
                    line.page_start |= std::mem::take(&mut edge);
                    kept.push(line);
                }
            }
        }
        kept
    }

    fn leave_out(&mut self, line: &Line, reason: DropReason) {
        if reason == DropReason::Provenance {
            provenance::read(line, &mut self.facts, &mut self.doubts);
        }
        self.dropped.push(Dropped { line: line.number, text: line.raw.trim().to_owned(), reason });
    }
}

/// Takes off the margin that all lines have in common.
fn outdent(lines: &mut [Line]) {
    let margin = lines.iter().map(|l| l.indent).min().unwrap_or(0);
    for line in lines {
        line.indent -= margin;
    }
}

/// A line of dashes, stars or underscores.
fn is_rule(raw: &str) -> bool {
    let marks: Vec<char> = raw.chars().filter(|c| !c.is_whitespace()).collect();
    marks.len() >= 3 && marks.iter().all(|c| matches!(c, '-' | '*' | '_' | '=' | '—' | '─' | '－'))
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn a_running_head_is_dropped_and_the_title_kept() {
        let page = "示例市工作方案\n\n正文，\n正文，\n\n— 1 —\n\n";
        let dropped: Vec<usize> =
            drop(lines::split(&page.repeat(3)), &BTreeMap::new()).dropped.iter().map(|d| d.line).collect();
        assert_eq!(dropped, [6, 8, 13, 15, 20]);
    }

    #[test]
    fn the_line_after_a_page_number_starts_a_page() {
        let clean = drop(lines::split("正文，\n- 1 -\n正文，\n-----\n正文。"), &BTreeMap::new());
        let starts: Vec<bool> = clean.lines.iter().map(|l| l.page_start).collect();
        assert_eq!(starts, [false, true, false]);
    }
}
