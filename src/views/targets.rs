//! Targets: the figures a task commits to, in the words of the page's language beside those of the original.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::base::Span;
use crate::facts::target::Target;
use crate::model::index::{BlockIndex, TaskIndex};
use crate::site::Plan;
use crate::views::context::{PageContext, Phrase};

/// A figure, or several that one clause of a translation states together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetView {
    /// The words in the page's language, if its translation states the figure once.
    pub words: Option<Phrase>,
    /// The words of the original.
    pub originals: Vec<Phrase>,
}

/// The figures that a task commits to.
pub fn of_task(reader: &PageContext<'_>, plan: &Plan, task: TaskIndex) -> Vec<TargetView> {
    let mut views: Vec<TargetView> = Vec::new();
    let mut clauses_of: BTreeMap<BlockIndex, Clauses> = BTreeMap::new();
    for stated in plan.tasks[task].targets.iter() {
        let (index, target) = (stated.block, &stated.fact);
        let block = &plan.blocks[index];
        let original = reader.phrase(&block.original.text[quoted(target)], reader.original());
        let words = block.translations.get(&reader.lang).and_then(|translation| {
            let text = &translation.block.text;
            let clauses = clauses_of.entry(index).or_insert_with(|| clauses_by_figure(text));
            Some(reader.phrase(&text[clause_with(clauses, &target.value)?], reader.lang))
        });
        match views.last_mut().filter(|last| words.is_some() && last.words == words) {
            Some(last) => last.originals.push(original),
            None => views.push(TargetView { words, originals: vec![original] }),
        }
    }
    views
}

/// The quantity and the figure of a target, in bytes of the block's text.
fn quoted(target: &Target) -> Span {
    let start = if target.measures.is_empty() { target.span.start } else { target.measures_span.start };
    start.min(target.span.start)..target.span.end
}

/// The clauses of a text by the figures that they state, each figure's first and whether there are more.
type Clauses = BTreeMap<String, (Span, bool)>;

fn clauses_by_figure(text: &str) -> Clauses {
    let mut found = Clauses::new();
    for clause in clauses(text) {
        let stated: BTreeSet<String> = figures(&text[clause.clone()]).collect();
        for figure in stated {
            let more = |(_, more): &mut (Span, bool)| *more = true;
            found.entry(figure).and_modify(more).or_insert_with(|| (trimmed(text, clause.clone()), false));
        }
    }
    found
}

/// The clause of a translation that states a figure; `None` if no clause does, or several do.
fn clause_with(clauses: &Clauses, value: &str) -> Option<Span> {
    clauses.get(value).filter(|(_, more)| !more).map(|(clause, _)| clause.clone())
}

/// The stretches between commas, semicolons and stops. A mark between digits, as in 7,000 and 16.5, ends none.
fn clauses(text: &str) -> Vec<Span> {
    let ends = |(at, c): (usize, char)| {
        let rest = &text[at + c.len_utf8()..];
        let ascii = ",;.".contains(c) && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        (ascii || "，；。".contains(c)).then_some(at..at + c.len_utf8())
    };
    let marks = text.char_indices().filter_map(ends).chain(std::iter::once(text.len()..text.len()));
    let mut start = 0;
    marks.map(|mark| std::mem::replace(&mut start, mark.end)..mark.start).collect()
}

/// The figures of a clause in plain digits: `7000` of 7,000.
fn figures(clause: &str) -> impl Iterator<Item = String> {
    let words = clause.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
    words.map(|word| word.trim_matches(['.', ',']).replace(',', "")).filter(|word| !word.is_empty())
}

/// A clause without the white space around it and without the word that joins it to the one before.
fn trimmed(text: &str, clause: Span) -> Span {
    const JOINTS: [&str; 2] = ["and ", "et "];
    let words = text[clause.clone()].trim_start();
    let words = JOINTS.iter().find_map(|joint| words.strip_prefix(joint)).unwrap_or(words);
    let start = clause.end - words.len();
    start..start + words.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_that_states_a_figure() {
        let text = "Raise capacity, shorten the period to 16.5 months or less, accept 7,000 applications and \
                    grant 3,000, and keep it at 7 months. (By the end of 2022.)";
        let check = |value: &str, expected: Option<&str>| {
            assert_eq!(
                clause_with(&clauses_by_figure(text), value).map(|span| &text[span]),
                expected,
                "{value}"
            );
        };
        check("16.5", Some("shorten the period to 16.5 months or less"));
        check("7000", Some("accept 7,000 applications and grant 3,000"));
        check("3000", Some("accept 7,000 applications and grant 3,000"));
        check("7", Some("keep it at 7 months"));
        check("15", None);
        let twice = clauses_by_figure("7 of one, 7 of another");
        assert_eq!(clause_with(&twice, "7"), None, "it is not clear which is meant");
    }
}
