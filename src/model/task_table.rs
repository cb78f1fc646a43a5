//! Tables of tasks (责任分解表, 任务清单): columns recognised by their heads, tasks by their rows.

use super::{Block, BlockKind, Mark};
use crate::base::Span;

/// The columns of a table whose rows are tasks, as places in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskColumns {
    /// The numbers: 序号.
    pub number: Option<usize>,
    /// The names of the tasks, or their texts where they have no names.
    pub title: usize,
}

/// A row of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableTask {
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

impl TaskColumns {
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
    pub fn read(&self, cells: &[impl AsRef<str>]) -> Option<TableTask> {
        let filled: Vec<&str> =
            cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty()).collect();
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.as_ref().trim());
        match filled[..] {
            [] => None,
            [only] if cells.len() > 2 && cell(self.title) != only => {
                Some(TableTask::Section(only.to_owned()))
            }
            _ if cell(self.title).is_empty() => None,
            _ => Some(TableTask::Task {
                label: self.number.map_or_else(String::new, |number| cell(number).to_owned()),
                title: cell(self.title).to_owned(),
            }),
        }
    }
}

/// Splits each table of tasks into one table for each row, below the head of all.
///
/// A table whose heads are empty continues the columns of the one before it, with headings between them.
pub fn split(blocks: Vec<Block>) -> Vec<Block> {
    let mut before: Option<Block> = None;
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        let own = heads(&block).filter(|own| TaskColumns::of(&own.texts()).is_some());
        let above = || before.as_ref().and_then(heads).filter(|above| continues(&block, above));
        let rows = own.or_else(above).map(|heads| row_blocks(heads, &block)).unwrap_or_default();
        if own.is_some() {
            before = Some(block.clone());
        }
        if rows.is_empty() {
            split.push(block);
        } else {
            split.extend(rows);
        }
    }
    split
}

/// A row of a block's table.
#[derive(Clone, Copy)]
struct RowPart<'a> {
    block: &'a Block,
    cells: &'a [Span],
}

impl<'a> RowPart<'a> {
    fn texts(self) -> Vec<&'a str> {
        texts(&self.block.text, self.cells)
    }

    fn is_empty(self) -> bool {
        self.texts().iter().all(|cell| cell.trim().is_empty())
    }

    /// The bytes of the block's text that it has.
    fn extent(self) -> Span {
        let start = self.cells.first().map_or(0, |cell| cell.start);
        start..self.cells.last().map_or(start, |cell| cell.end)
    }
}

/// The first row of a table.
fn heads(block: &Block) -> Option<RowPart<'_>> {
    let BlockKind::Table { rows } = &block.kind else { return None };
    rows.first().map(|cells| RowPart { block, cells })
}

/// Returns whether a table has no heads of its own and the columns of those above.
fn continues(block: &Block, above: &RowPart<'_>) -> bool {
    heads(block).is_some_and(|own| own.is_empty() && own.cells.len() == above.cells.len())
}

/// The rows of a table, each as a table of its own below heads.
fn row_blocks(heads: RowPart<'_>, block: &Block) -> Vec<Block> {
    let BlockKind::Table { rows } = &block.kind else { return Vec::new() };
    rows.iter().skip(1).map(|cells| row_block(heads, RowPart { block, cells })).collect()
}

/// Splits the tables of a translation whose counterparts in the original, in order, are split.
pub fn split_like<'a>(blocks: Vec<Block>, original: impl Iterator<Item = &'a Block>) -> Vec<Block> {
    let is_table = |block: &&Block| matches!(block.kind, BlockKind::Table { .. });
    let mut tables = original.filter(is_table);
    let mut before: Option<Block> = None;
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Some(own) = heads(&block) else {
            split.push(block);
            continue;
        };
        let has_heads = !own.is_empty();
        let above = if has_heads { Some(own) } else { before.as_ref().and_then(heads) };
        let is_split = tables.next().is_some_and(is_row);
        let rows = above.filter(|_| is_split).map(|heads| row_blocks(heads, &block)).unwrap_or_default();
        if has_heads {
            before = Some(block.clone());
        }
        if rows.is_empty() {
            split.push(block);
        } else {
            let others = rows.len() - 1;
            tables.by_ref().take(others).for_each(|_| {});
            split.extend(rows);
        }
    }
    split
}

/// Returns whether [`split`] made a block.
fn is_row(block: &Block) -> bool {
    let BlockKind::Table { rows } = &block.kind else { return false };
    rows.len() == 2 && TaskColumns::of(&texts(&block.text, &rows[0])).is_some()
}

/// The task or section in a block that [`split`] made.
pub fn read(block: &Block) -> Option<TableTask> {
    let BlockKind::Table { rows } = &block.kind else { return None };
    let [heads, row] = &rows[..] else { return None };
    TaskColumns::of(&texts(&block.text, heads))?.read(&texts(&block.text, row))
}

fn texts<'a>(text: &'a str, cells: &[Span]) -> Vec<&'a str> {
    cells.iter().map(|cell| &text[cell.clone()]).collect()
}

/// A table that consists of heads and one row.
fn row_block(heads: RowPart<'_>, row: RowPart<'_>) -> Block {
    let (head, body) = (heads.extent(), row.extent());
    let joint = head.len() + 1;
    let parts = [(heads, &head, 0), (row, &body, joint)];
    let moved =
        |span: &Span, from: &Span, to: usize| span.start - from.start + to..span.end - from.start + to;
    let (mut cells, mut marks, mut origin) = (Vec::new(), Vec::new(), Vec::new());
    for (part, extent, to) in parts {
        cells.push(part.cells.iter().map(|cell| moved(cell, extent, to)).collect());
        let inside = part.block.marks.iter();
        for mark in inside.filter(|mark| extent.start <= mark.span.start && mark.span.end <= extent.end) {
            marks.push(Mark { span: moved(&mark.span, extent, to), ..mark.clone() });
        }
        origin.push((to, part.block.locate(&(extent.start..extent.end)).start));
        let within = part.block.origin.iter().filter(|(at, _)| *at > extent.start && *at < extent.end);
        origin.extend(within.map(|(at, file)| (at - extent.start + to, *file)));
    }
    Block {
        kind: BlockKind::Table { rows: cells },
        text: format!("{}\n{}", &heads.block.text[head.clone()], &row.block.text[body.clone()]),
        marks,
        span: row.block.locate(&body),
        depth: row.block.depth,
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heads: &[&str], row: &[&str], expected: Option<(&str, &str)>) {
        let found = TaskColumns::of(heads).and_then(|columns| columns.read(row));
        let task =
            |(label, title): (&str, &str)| TableTask::Task { label: label.into(), title: title.into() };
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
        let columns = TaskColumns::of(&["序号", "任务", "责任单位"]).unwrap();
        assert_eq!(columns.read(&["一、窗口", "", ""]), Some(TableTask::Section("一、窗口".into())));
        assert_eq!(columns.read(&["", "", ""]), None);
    }

    #[test]
    fn a_table_without_heads_continues_the_columns_above() {
        let body = "| 序号 | 任务 | 责任单位 |\n| - | - | - |\n\n## 一、窗口\n\n|  |  |  |\n| - | - | - |\n\
                    | 1 | **修订**办法 | 某局 |\n| 2 | 出台规范 | 某委 |\n";
        let text = format!(
            "+++\nkind = \"key-points\"\nyear = 2027\ntitle = \"要点\"\ntasks = \"table\"\n+++\n\n{body}"
        );
        let path = crate::base::SitePath::new("plan.md").unwrap();
        let plan = crate::parse::plan::parse(&path, &text, crate::parse::front_matter::FileRole::Original);
        let nodes = plan.document.nodes.iter().map(|node| format!("{} {}", node.kind.as_str(), node.title));
        assert_eq!(
            nodes.collect::<Vec<_>>(),
            ["preamble ", "section 窗口", "task 修订办法", "task 出台规范"]
        );
        let last = plan.document.blocks.last().unwrap();
        assert_eq!(last.text.replace('\n', "/"), "序号\t任务\t责任单位/2\t出台规范\t某委");
        assert_eq!(&text[last.span.clone()], "2 | 出台规范 | 某委");
    }
}
