//! Paragraphs → blocks of the content format: headings, tasks, list items, tables.

use std::sync::LazyLock;

use regex::Regex;

use super::account::{DoubtKind, Rule};
use super::annex;
use super::log::Log;
use super::marker::{self, Marker, MarkerKind};
use super::numbering::Numbering;
use super::paragraphs::{Chunk, Paragraph};
use super::scheme::{self, Principles, Scheme};
use crate::container::chars;
use crate::model::TaskMarking;
use crate::model::task_table::{TableTask, TaskColumns};

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BodyBlock {
    Heading { level: u8, text: String },
    Paragraph { text: String, in_item: bool },
    Item { number: u32, text: String },
    Bullet { text: String, in_item: bool },
    Table { rows: Vec<Vec<String>> },
}

/// Turns the chunks of a plan into blocks.
pub(super) fn build(chunks: Vec<Chunk>, scheme: Scheme, log: &mut Log) -> Vec<BodyBlock> {
    let numbering = Numbering::of(&chunks, scheme);
    let principles = Principles::default();
    let mut builder =
        StructureBuilder { scheme, numbering, principles, blocks: Vec::new(), in_item: false, log };
    for chunk in chunks {
        match chunk {
            Chunk::Text(paragraph) => builder.paragraph(&paragraph),
            Chunk::Table { rows, .. } => builder.table(rows),
        }
    }
    builder.blocks
}

struct StructureBuilder<'a> {
    scheme: Scheme,
    numbering: Numbering,
    principles: Principles,
    blocks: Vec<BodyBlock>,
    /// True if the last block belongs to an item of a list.
    in_item: bool,
    log: &'a mut Log,
}

impl StructureBuilder<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let is_principle = self.principles.contain(paragraph);
        if let Some(mark) = paragraph.bullet {
            return self.bullet(paragraph, mark);
        }
        match marker::parse(&paragraph.text) {
            Some(marker) if marker.kind == MarkerKind::Item && is_principle => {
                self.principle(paragraph, marker)
            }
            Some(marker) if marker.kind == MarkerKind::Item => self.item(paragraph, marker),
            Some(marker) if self.scheme.level(marker.kind).is_some() => self.part(paragraph, marker),
            _ if paragraph.heading.is_some() || annex::is_title(&paragraph.text) => {
                self.plain_heading(paragraph)
            }
            _ => self.text(&paragraph.text),
        }
    }

    fn plain_heading(&mut self, paragraph: &Paragraph) {
        self.in_item = false;
        self.numbering.open_section();
        let level = paragraph.heading.map_or(2, |level| level.max(2));
        self.blocks.push(BodyBlock::Heading { level, text: paragraph.text.clone() });
    }

    /// A numbered part or section: a heading, and its text if it goes on.
    fn part(&mut self, paragraph: &Paragraph, marker: Marker) {
        let level = self.scheme.level(marker.kind).unwrap_or(2);
        let (title, rest) = run_in(paragraph, marker);
        if title.chars().count() > scheme::LONGEST_TITLE + 8
            && paragraph.heading.is_none()
            && paragraph.bold_lead == 0
            && self.scheme.task_kind != Some(marker.kind)
        {
            self.log.doubt(DoubtKind::PartWithoutTitle, paragraph.line(), &paragraph.text);
            return self.text(&paragraph.text);
        }
        self.push_heading(level, title.to_owned(), rest);
    }

    fn push_heading(&mut self, level: u8, text: String, rest: &str) {
        self.in_item = false;
        self.numbering.open_section();
        self.blocks.push(BodyBlock::Heading { level, text });
        if !rest.is_empty() {
            self.text(rest);
        }
    }

    /// A numbered principle or aim, which is not a task: a heading below its section.
    fn principle(&mut self, paragraph: &Paragraph, marker: Marker) {
        let (title, rest) = run_in(paragraph, marker);
        let level = self.scheme.item_level().max(3) + u8::from(self.scheme.tasks_at_item_level());
        self.push_heading(level, title.to_owned(), rest);
    }

    fn item(&mut self, paragraph: &Paragraph, marker: Marker) {
        match self.scheme.level(MarkerKind::Item) {
            Some(level) => self.titled_task(paragraph, marker, level),
            None => self.list_item(paragraph, Some(marker)),
        }
    }

    /// A task whose first sentence is its heading.
    fn titled_task(&mut self, paragraph: &Paragraph, marker: Marker, level: u8) {
        self.in_item = false;
        if self.scheme.task_kind == Some(MarkerKind::Item) {
            self.numbering.check(marker.number, paragraph, self.log);
        }
        let (title, rest) = run_in(paragraph, marker);
        let title = &title[marker.bytes..];
        if title.chars().count() > scheme::LONGEST_TITLE && paragraph.heading.is_none() {
            self.log.doubt(DoubtKind::LongTaskTitle, paragraph.line(), title);
        }
        self.write_number(paragraph, &paragraph.text[..marker.bytes], marker.number);
        let text = format!("{}. {title}", marker.number);
        self.blocks.push(BodyBlock::Heading { level, text });
        if !rest.is_empty() {
            self.text(rest);
        }
    }

    /// A task that is an item of the list; its number may have to be corrected.
    fn list_item(&mut self, paragraph: &Paragraph, marker: Option<Marker>) {
        if !self.in_item {
            self.numbering.open_list(marker.map(|m| m.number));
        }
        let number = self.numbering.next(marker.map(|m| m.number), paragraph, self.log);
        let bytes = marker.map_or(0, |m| m.bytes);
        let mark = paragraph.bullet.map_or_else(|| paragraph.text[..bytes].to_owned(), String::from);
        self.write_number(paragraph, &mark, number);
        let text = paragraph.text[bytes..].to_owned();
        self.blocks.push(BodyBlock::Item { number, text });
        self.in_item = true;
    }

    /// Notes how the number was written in the source, if not as `1.`.
    fn write_number(&mut self, paragraph: &Paragraph, mark: &str, number: u32) {
        let (read, written) = (chars::squeeze(mark), format!("{number}."));
        if read != written {
            self.log.edit(Rule::ListNumber, paragraph.line(), read, written);
        }
    }

    fn bullet(&mut self, paragraph: &Paragraph, mark: char) {
        if self.numbering.is_lost_number(paragraph.line()) {
            return self.list_item(paragraph, None);
        }
        self.log.edit(Rule::ListNumber, paragraph.line(), mark, "");
        self.blocks.push(BodyBlock::Bullet { text: paragraph.text.clone(), in_item: self.in_item });
    }

    fn text(&mut self, text: &str) {
        self.in_item &= goes_on(text);
        self.blocks.push(BodyBlock::Paragraph { text: text.to_owned(), in_item: self.in_item });
    }

    /// A table. Lines of tasks that name sections become headings between tables.
    fn table(&mut self, rows: Vec<Vec<String>>) {
        self.in_item = false;
        let heads = rows.first().filter(|_| self.scheme.tasks == Some(TaskMarking::Table));
        let Some(columns) = heads.and_then(|heads| TaskColumns::of(heads)) else {
            self.blocks.push(BodyBlock::Table { rows });
            return;
        };
        let mut open: Vec<Vec<String>> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            match section_of(&columns, &row).filter(|_| at > 0) {
                Some((marker, title)) => {
                    let without_heads = vec![vec![String::new(); row.len()]];
                    let above = std::mem::replace(&mut open, without_heads);
                    self.push_table(above);
                    self.push_heading(self.scheme.level(marker.kind).unwrap_or(2), title, "");
                }
                None => open.push(row),
            }
        }
        self.push_table(open);
    }

    /// Pushes a table, unless it has nothing but empty heads.
    fn push_table(&mut self, rows: Vec<Vec<String>>) {
        if rows.iter().flatten().any(|cell| !cell.is_empty()) {
            self.blocks.push(BodyBlock::Table { rows });
        }
    }
}

/// The number and the text of a row that names a section.
fn section_of(columns: &TaskColumns, row: &[String]) -> Option<(Marker, String)> {
    let Some(TableTask::Section(title)) = columns.read(row) else { return None };
    marker::parse(&title).map(|marker| (marker, title))
}

/// Cuts a paragraph after its title: the bold lead, the first sentence, or all of it.
fn run_in(paragraph: &Paragraph, marker: Marker) -> (&str, &str) {
    let text = paragraph.text.as_str();
    let bold = (paragraph.bold_lead > marker.bytes).then_some(paragraph.bold_lead);
    let sentence = || text.find('。').map(|at| at + '。'.len_utf8());
    let cut = match paragraph.heading {
        Some(_) => text.len(),
        None => bold.or_else(sentence).unwrap_or(text.len()),
    };
    let stop =
        text[cut..].chars().take_while(|&c| matches!(c, '。' | '：')).map(char::len_utf8).sum::<usize>();
    text.split_at(cut + stop)
}

/// Whether a paragraph goes on with the list item above it: （1）…, 一是….
fn goes_on(text: &str) -> bool {
    let sub_item = marker::parse(text).is_some_and(|m| m.kind == MarkerKind::SubItem);
    let mut start = text.chars();
    let enumerated =
        start.next().is_some_and(|c| "一二三四五六七八九".contains(c)) && start.next() == Some('是');
    sub_item || enumerated || LABEL.is_match(text)
}

/// A line of an item of its own: 责任单位：…, 完成时限：….
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "^(?:(?:责任|牵头|配合|主办|协办|承办|主管|参与|指导|責任|牽頭|主辦|協辦|承辦|參與)",
        "(?:单位|部门|机关|处室|科室|單位|部門|機關)|责任主体|完成时限|完成时间|完成期限|时限|期限|时间要求)[:：]"
    ))
    .expect("the pattern is valid")
});

/// How the front matter says that tasks are marked; `None` if no block is marked like that.
pub(super) fn marking(scheme: Scheme, blocks: &[BodyBlock]) -> Option<TaskMarking> {
    let marks_task = |block: &BodyBlock| match (scheme.tasks, block) {
        (Some(TaskMarking::Heading(marked)), BodyBlock::Heading { level, .. }) => *level == marked,
        (Some(TaskMarking::List), BodyBlock::Item { .. }) => true,
        (Some(TaskMarking::Table), BodyBlock::Table { .. }) => true,
        _ => false,
    };
    scheme.tasks.filter(|_| blocks.iter().any(marks_task))
}
