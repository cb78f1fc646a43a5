//! How does this plan mark its tasks? Decided from all its numbered paragraphs at once.

use super::deadlines;
use super::marker::{self, Marker, MarkerKind};
use super::paragraphs::{Chunk, Paragraph};
use crate::facts::body;
use crate::model::TaskMarking;
use crate::model::task_table::{TableTask, TaskColumns};

/// The levels of a plan's headings and the marking of its tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scheme {
    /// How tasks are marked, if there are any.
    pub(super) tasks: Option<TaskMarking>,
    /// The kind of number that tasks have.
    pub(super) task_kind: Option<MarkerKind>,
    levels: Levels,
}

/// The outer kinds of numbers that a plan has, which decide the levels of its headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Levels([bool; 4]);

/// The kinds of numbers that headings have, from the outermost inwards.
const HEADED: [MarkerKind; 4] =
    [MarkerKind::Chapter, MarkerKind::Division, MarkerKind::Part, MarkerKind::Section];
/// The lowest level of a heading that marks tasks.
const LOWEST: u8 = 4;

impl Levels {
    fn of(self, kind: MarkerKind) -> u8 {
        let outer = HEADED.iter().zip(self.0).filter(|(other, is_used)| **other < kind && *is_used).count();
        LOWEST.min(2 + outer as u8)
    }
}

impl Scheme {
    /// Level of the heading for a number of `kind`; `None` when it opens no heading.
    pub(super) fn level(&self, kind: MarkerKind) -> Option<u8> {
        match kind {
            // Items below a task are part of its text.
            MarkerKind::Item => {
                let is_heading = self.task_kind == Some(kind) && self.tasks_at_item_level();
                (is_heading || self.tasks.is_none()).then_some(self.item_level())
            }
            MarkerKind::SubItem => None,
            outer => Some(self.levels.of(outer)),
        }
    }

    /// Returns whether headings at the level of items are tasks.
    pub(super) fn tasks_at_item_level(&self) -> bool {
        self.tasks == Some(TaskMarking::Heading(self.item_level()))
    }

    /// The level of the heading of an item, where it has one.
    pub(super) fn item_level(&self) -> u8 {
        self.levels.of(MarkerKind::Item)
    }
}

/// Infers the scheme of the plan that `chunks` make up.
pub(super) fn infer(chunks: &[Chunk], wanted: Option<TaskMarking>) -> Scheme {
    let paragraphs: Vec<&Paragraph> = chunks.iter().filter_map(as_text).collect();
    let has = |kind| numbered(&paragraphs, kind).next().is_some();
    let levels = Levels(HEADED.map(has));
    let rows: usize = chunks.iter().map(task_rows).sum();
    let guess = guess(&paragraphs, levels);
    let at_level = |level| {
        let kinds = [MarkerKind::Part, MarkerKind::Section, MarkerKind::Item];
        kinds.into_iter().filter(|kind| has(*kind)).find(|kind| levels.of(*kind) == level)
    };
    let (task_kind, tasks) = match wanted {
        Some(TaskMarking::List) => (Some(MarkerKind::Item), wanted),
        Some(TaskMarking::Heading(level)) => (at_level(level), wanted),
        Some(TaskMarking::Table) => (None, wanted),
        None if rows > numbered(&paragraphs, MarkerKind::Item).count() => (None, Some(TaskMarking::Table)),
        _ => guess.unzip(),
    };
    Scheme { tasks, task_kind, levels }
}

/// How many rows of a table are tasks.
pub(super) fn task_rows(chunk: &Chunk) -> usize {
    match chunk {
        Chunk::Table { rows, .. } => tasks_of(rows),
        Chunk::Text(_) => 0,
    }
}

/// How many of the rows below a head are tasks.
pub(super) fn tasks_of(rows: &[Vec<String>]) -> usize {
    let Some((heads, rows)) = rows.split_first() else { return 0 };
    let Some(columns) = TaskColumns::of(heads) else { return 0 };
    rows.iter().filter(|row| matches!(columns.read(row), Some(TableTask::Task { .. }))).count()
}

pub(super) fn as_text(chunk: &Chunk) -> Option<&Paragraph> {
    match chunk {
        Chunk::Text(paragraph) => Some(paragraph),
        Chunk::Table { .. } => None,
    }
}

fn numbered<'a>(
    paragraphs: &'a [&Paragraph],
    kind: MarkerKind,
) -> impl Iterator<Item = (&'a Paragraph, Marker)> {
    paragraphs.iter().filter_map(move |p| Some((*p, marker::parse(&p.text).filter(|m| m.kind == kind)?)))
}

/// Fewest items that make a list of tasks.
const FEWEST_ITEMS: usize = 2;

/// The innermost numbers that carry text are the tasks: 1. before （一） before 一、.
fn guess(all: &[&Paragraph], levels: Levels) -> Option<(MarkerKind, TaskMarking)> {
    let apart = outside_principles(all);
    let paragraphs =
        if numbered(&apart, MarkerKind::Item).next().is_none() && !has_outer(&apart) { all } else { &*apart };
    let items: Vec<bool> = numbered(paragraphs, MarkerKind::Item).map(|(p, m)| is_titled(p, m)).collect();
    let bullets = paragraphs.iter().filter(|p| p.bullet.is_some() && p.indent < 2).count();
    let sections = numbered(paragraphs, MarkerKind::Section).count();
    let titled = items.iter().filter(|&&t| t).count();
    if items.len() >= FEWEST_ITEMS && !sections_answer(paragraphs) {
        let heading = titled * 10 >= items.len() * 6;
        return Some((
            MarkerKind::Item,
            if heading { TaskMarking::Heading(levels.of(MarkerKind::Item)) } else { TaskMarking::List },
        ));
    }
    if sections == 0 && bullets + items.len() >= FEWEST_ITEMS {
        return Some((MarkerKind::Item, TaskMarking::List));
    }
    if sections > 0 {
        return Some((MarkerKind::Section, TaskMarking::Heading(levels.of(MarkerKind::Section))));
    }
    let part = numbered(paragraphs, MarkerKind::Part).next();
    part.map(|_| (MarkerKind::Part, TaskMarking::Heading(levels.of(MarkerKind::Part))))
}

/// Returns whether each section, and not only what is below it, names who answers for it.
fn sections_answer(paragraphs: &[&Paragraph]) -> bool {
    let mut sections = numbered(paragraphs, MarkerKind::Section).peekable();
    sections.peek().is_some() && sections.all(|(section, _)| body::ends_with_answering(&section.text))
}

/// Returns whether numbers of parts or sections are among the paragraphs.
fn has_outer(paragraphs: &[&Paragraph]) -> bool {
    [MarkerKind::Part, MarkerKind::Section]
        .into_iter()
        .any(|kind| numbered(paragraphs, kind).next().is_some())
}

/// The paragraphs that are not below a heading of principles or aims.
fn outside_principles<'a>(paragraphs: &[&'a Paragraph]) -> Vec<&'a Paragraph> {
    let mut principles = Principles::default();
    paragraphs.iter().copied().filter(|paragraph| !principles.contain(paragraph)).collect()
}

/// Tells the paragraphs below headings of principles and aims, whose numbered items are not tasks.
#[derive(Debug, Default)]
pub(super) struct Principles {
    /// The kind of number of the heading that the text is below.
    below: Option<MarkerKind>,
}

impl Principles {
    /// Takes note of the next paragraph. Returns whether it is below such a heading.
    pub(super) fn contain(&mut self, paragraph: &Paragraph) -> bool {
        let marker = marker::parse(&paragraph.text).filter(|marker| marker.kind <= MarkerKind::Section);
        let Some(marker) = marker else { return self.below.is_some() };
        if self.below.is_none_or(|kind| marker.kind <= kind) {
            let rest = &paragraph.text[marker.bytes..];
            let title = rest.split(['。', '：', ':']).next().unwrap_or_default();
            self.below = PRINCIPLES.iter().any(|word| title.ends_with(word)).then_some(marker.kind);
            // The heading itself is not below one.
            return false;
        }
        true
    }
}

/// Endings of the titles of parts and sections that set out principles and aims.
const PRINCIPLES: [&str; 12] = [
    "基本原则",
    "工作原则",
    "主要原则",
    "基本原則",
    "工作原則",
    "指导思想",
    "指導思想",
    "总体要求",
    "總體要求",
    "总体思路",
    "总体目标",
    "工作目标",
];

/// Most characters of a title that opens a task.
pub(super) const LONGEST_TITLE: usize = 40;

/// Fewest characters of text after such a title.
const SHORTEST_TEXT: usize = 15;

/// Whether an item opens with a short sentence as its title and goes on in earnest.
fn is_titled(paragraph: &Paragraph, marker: Marker) -> bool {
    let text = &paragraph.text[marker.bytes..];
    let body = deadlines::last_parenthesis(text).map_or(text, |(before, _)| before);
    let Some((title, rest)) = body.split_once('。') else {
        return paragraph.heading.is_some() || (body.len() == text.len() && title_sized(text));
    };
    paragraph.heading.is_some() || (title_sized(title) && rest.chars().count() >= SHORTEST_TEXT)
}

fn title_sized(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE
}

#[cfg(test)]
mod tests {
    use super::super::account::Layout;
    use super::super::log::Log;
    use super::super::{lines, paragraphs};
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<TaskMarking>) {
        let chunks = paragraphs::build(&lines::split(text), Layout::LineIsParagraph, &mut Log::default());
        assert_eq!(infer(&chunks, None).tasks, expected);
    }

    #[test]
    fn titled_items_are_headings_below_their_sections() {
        let items = "1. 加强组织领导。各地区要高度重视，精心组织实施任务。\n2. 突出重点领域。加强对重点领域商品的行政保护。\n";
        check(&format!("一、主要任务\n（一）夯实\n{items}"), Some(TaskMarking::Heading(4)));
        check(&format!("一、主要任务\n{items}"), Some(TaskMarking::Heading(3)));
        check(items, Some(TaskMarking::Heading(2)));
    }

    #[test]
    fn items_without_titles_are_a_list() {
        check(
            "一、任务\n1. 推进修改。（持续推进）\n2. 研究论证重点问题，形成建议稿。（2025年12月底前完成）\n",
            Some(TaskMarking::List),
        );
        check("- 推进修改。\n- 研究论证重点问题。\n- 出台。\n", Some(TaskMarking::List));
    }

    #[test]
    fn without_items_the_sections_are_the_tasks() {
        check(
            "一、任务\n（一）推进修改。形成草案。\n（二）论证。形成建议。\n",
            Some(TaskMarking::Heading(3)),
        );
        check("一、推进修改。形成草案。\n二、论证。形成建议。\n", Some(TaskMarking::Heading(2)));
        check("没有编号的正文。\n", None);
    }
}
