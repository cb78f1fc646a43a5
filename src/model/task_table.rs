//! Tables of tasks (责任分解表, 任务清单): columns recognised by their heads, tasks by their rows.

use super::{Block, BlockKind};
use crate::base::Span;

/// The columns of a table whose rows are tasks, as places in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The numbers: 序号.
    pub number: Option<usize>,
    /// The names of the tasks, or their texts where they have no names.
    pub title: usize,
}

/// A row of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A task, with its number as written, which may be empty.
    Task {
        /// The number as written.
        label: String,
        /// Its name, or its text.
        title: String,
    },
    /// A line between tasks that names a section: the only filled cell.
    Section(String),
}

const NUMBERS: [&str; 5] = ["序号", "编号", "序號", "編號", "项次"];
/// Heads of the column that tells tasks, the shorter text first.
const TASKS: [&str; 16] = [
    "任务名称",
    "举措",
    "事项",
    "項目",
    "项目",
    "任务",
    "任務",
    "措施",
    "工作要点",
    "内容",
    "內容",
    "工作目标",
    "目标任务",
    "目标",
    "要求",
    "清单",
];
/// Heads of the columns that make a table one of tasks.
const DUTIES: [&str; 14] = [
    "单位", "單位", "部门", "部門", "机关", "機關", "处室", "科室", "时限", "時限", "期限", "时间", "节点",
    "进度",
];

/// Heads of tables that measure or divide the work instead of listing it: indicators and phases.
const MEASURES: [&str; 4] = ["指标", "指標", "阶段", "階段"];

impl Columns {
    /// The columns of a table with these heads; `None` if its rows are not tasks.
    pub fn of(heads: &[impl AsRef<str>]) -> Option<Self> {
        let heads: Vec<String> =
            heads.iter().map(|head| head.as_ref().chars().filter(|c| !c.is_whitespace()).collect()).collect();
        let ends = |head: &String, words: &[&str]| words.iter().any(|word| head.ends_with(word));
        let number = heads.iter().position(|head| ends(head, &NUMBERS));
        let is_duty = |head: &String| ends(head, &DUTIES);
        if !heads.iter().any(is_duty) || heads.iter().any(|head| ends(head, &MEASURES)) {
            return None;
        }
        let is_title = |word: &str| heads.iter().position(|head| head.ends_with(word) && !is_duty(head));
        let title = TASKS.iter().find_map(|word| is_title(word))?;
        Some(Self { number, title })
    }

    /// Reads a row; `None` if it is empty.
    pub fn read(&self, cells: &[impl AsRef<str>]) -> Option<Row> {
        let filled: Vec<&str> =
            cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty()).collect();
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.as_ref().trim());
        match filled[..] {
            [] => None,
            [only] if cells.len() > 2 && cell(self.title) != only => Some(Row::Section(only.to_owned())),
            _ if cell(self.title).is_empty() => None,
            _ => Some(Row::Task {
                label: self.number.map_or_else(String::new, |number| cell(number).to_owned()),
                title: cell(self.title).to_owned(),
            }),
        }
    }
}

/// Splits each table of tasks into one table for each row, below the head of all.
pub fn split(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().flat_map(|block| rows(&block).unwrap_or_else(|| vec![block])).collect()
}

/// Splits the tables of a translation whose counterparts in the original, in order, are split.
pub fn split_like<'a>(blocks: Vec<Block>, original: impl Iterator<Item = &'a Block>) -> Vec<Block> {
    let is_table = |block: &&Block| matches!(block.kind, BlockKind::Table { .. });
    let mut tables = original.filter(is_table);
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        match &block.kind {
            BlockKind::Table { rows } if rows.len() > 1 && tables.next().is_some_and(is_row) => {
                split.extend(rows[1..].iter().map(|row| row_block(&block, &rows[0], row)));
                let others = rows.len() - 2;
                tables.by_ref().take(others).for_each(|_| {});
            }
            _ => split.push(block),
        }
    }
    split
}

/// Returns whether [`split`] made a block.
fn is_row(block: &Block) -> bool {
    let BlockKind::Table { rows } = &block.kind else { return false };
    rows.len() == 2 && Columns::of(&texts(&block.text, &rows[0])).is_some()
}

/// The task or section in a block that [`split`] made.
pub fn read(block: &Block) -> Option<Row> {
    let BlockKind::Table { rows } = &block.kind else { return None };
    let [heads, row] = &rows[..] else { return None };
    Columns::of(&texts(&block.text, heads))?.read(&texts(&block.text, row))
}

fn texts<'a>(text: &'a str, cells: &[Span]) -> Vec<&'a str> {
    cells.iter().map(|cell| &text[cell.clone()]).collect()
}

fn rows(block: &Block) -> Option<Vec<Block>> {
    let BlockKind::Table { rows } = &block.kind else { return None };
    let (heads, rows) = rows.split_first().filter(|(_, rows)| !rows.is_empty())?;
    Columns::of(&texts(&block.text, heads))?;
    Some(rows.iter().map(|row| row_block(block, heads, row)).collect())
}

/// The part of a table that consists of its head and one row.
fn row_block(block: &Block, heads: &[Span], row: &[Span]) -> Block {
    let extent = |cells: &[Span]| {
        let start = cells.first().map_or(0, |cell| cell.start);
        start..cells.last().map_or(start, |cell| cell.end)
    };
    let (head, body) = (extent(heads), extent(row));
    let joint = head.len() + 1;
    let moved = |at: usize| {
        if at >= body.start && body.start > head.start { at - body.start + joint } else { at - head.start }
    };
    let inside = |span: &Span| {
        let within = |part: &Span| part.start <= span.start && span.end <= part.end;
        within(&head) || within(&body)
    };
    let cells = |cells: &[Span]| cells.iter().map(|cell| moved(cell.start)..moved(cell.end)).collect();
    let mut marks = block.marks.clone();
    marks.retain(|mark| inside(&mark.span));
    for mark in &mut marks {
        mark.span = moved(mark.span.start)..moved(mark.span.end);
    }
    let mut origin: Vec<(usize, usize)> = Vec::new();
    for part in [&head, &body] {
        origin.push((moved(part.start), block.locate(&(part.start..part.end)).start));
        let within = block.origin.iter().filter(|(at, _)| *at > part.start && *at < part.end);
        origin.extend(within.map(|(at, file)| (moved(*at), *file)));
    }
    Block {
        kind: BlockKind::Table { rows: vec![cells(heads), cells(row)] },
        text: format!("{}\n{}", &block.text[head.clone()], &block.text[body.clone()]),
        marks,
        span: block.locate(&body),
        depth: block.depth,
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heads: &[&str], row: &[&str], expected: Option<(&str, &str)>) {
        let found = Columns::of(heads).and_then(|columns| columns.read(row));
        let task = |(label, title): (&str, &str)| Row::Task { label: label.into(), title: title.into() };
        assert_eq!(found, expected.map(task), "{heads:?}");
    }

    #[test]
    fn tasks_are_found_by_the_heads_of_columns() {
        check(&["序号", "工作任务", "责任单位"], &["1", "修订办法", "某局"], Some(("1", "修订办法")));
        check(
            &["序号", "举措", "主要内容", "牵头部门"],
            &["2", "一窗", "统一收件", "某局"],
            Some(("2", "一窗")),
        );
        check(&["重点任务", "完成时限"], &["修订", "年底"], Some(("", "修订")));
        check(&["名称", "数量"], &["桌", "3"], None);
        check(&["阶段", "时间", "内容"], &["启动", "3月", "动员部署"], None);
        check(&["序号", "指标", "责任单位"], &["1", "覆盖率", "某局"], None);
    }

    #[test]
    fn a_row_of_one_cell_is_a_section() {
        let columns = Columns::of(&["序号", "任务", "责任单位"]).unwrap();
        assert_eq!(columns.read(&["一、窗口", "", ""]), Some(Row::Section("一、窗口".into())));
        assert_eq!(columns.read(&["", "", ""]), None);
    }
}
