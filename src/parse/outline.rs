//! Blocks → nodes: which block begins a section, a task, a requirement, the notice.

use std::collections::BTreeMap;

use index_vec::IndexVec;

use super::numbering::{self, NumberedHeading};
use crate::base::{Code, Diagnostic, SitePath};
use crate::facts::body;
use crate::message;
use crate::model::document::TaskMarking;
use crate::model::index::{BlockIndex, NodeIndex};
use crate::model::node::SectionParts;
use crate::model::task_table::{self, TableTask};
use crate::model::{Block, BlockKind, Node, NodeId, NodeKind};

/// The level of a section that a row of a table names: below all headings.
const LEVEL_OF_ROWS: u8 = 7;

/// Finds the nodes of a plan. Every block belongs to exactly one node.
pub fn read(
    path: &SitePath,
    blocks: &[Block],
    marking: TaskMarking,
) -> (IndexVec<NodeIndex, Node>, Vec<Diagnostic>) {
    let mut outline = Outline {
        path,
        blocks,
        marking,
        plan_start: plan_start(blocks),
        last_heading: blocks.iter().rposition(Block::is_heading),
        nodes: IndexVec::new(),
        open: Vec::new(),
        parts: SectionParts::Tasks,
        counts: BTreeMap::new(),
        tasks: 0,
        counted: false,
        faults: Vec::new(),
    };
    for index in 0..blocks.len() {
        outline.block(index);
    }
    outline.check_tasks();
    outline.check_sections();
    (outline.nodes, outline.faults)
}

/// The block with which the plan itself begins, after any covering notice: the last heading of level 1.
fn plan_start(blocks: &[Block]) -> usize {
    blocks.iter().rposition(|b| b.kind == BlockKind::Heading { level: 1 }).unwrap_or(0)
}

struct Outline<'a> {
    path: &'a SitePath,
    blocks: &'a [Block],
    marking: TaskMarking,
    plan_start: usize,
    last_heading: Option<usize>,
    nodes: IndexVec<NodeIndex, Node>,
    /// The nodes that are open at the current place, outermost first, with their heading levels.
    open: Vec<(u8, NodeIndex)>,
    /// The parts of the section of the first level that is open.
    parts: SectionParts,
    /// How many nodes of each kind there are below each parent.
    counts: BTreeMap<(Option<NodeIndex>, NodeKind), u32>,
    /// How many tasks there are, and whether they are counted because their numbers restart.
    tasks: u32,
    counted: bool,
    faults: Vec<Diagnostic>,
}

/// Number label and title of a node as written; both empty if it has none.
#[derive(Clone, Copy, Default)]
struct NodeTitle<'a> {
    label: &'a str,
    title: &'a str,
}

impl Outline<'_> {
    fn block(&mut self, index: usize) {
        let block = &self.blocks[index];
        match &block.kind {
            BlockKind::Heading { level: 1 } => self.part(index),
            BlockKind::Heading { level } => self.heading(index, *level),
            BlockKind::Item { number } if self.begins_task(block) => {
                self.close(u8::MAX);
                let title = first_sentence(&block.text);
                self.add(
                    index,
                    NodeKind::Task,
                    Some(*number),
                    NodeTitle { label: &format!("{number}."), title },
                    false,
                );
                self.open.push((u8::MAX, self.nodes.last_idx()));
            }
            BlockKind::Table { .. } if self.is_row(index) => self.row(index),
            _ if index == self.plan_start || self.nodes.is_empty() => {
                // A covering notice may have no title of its own.
                let kind = if index < self.plan_start { NodeKind::Notice } else { NodeKind::Preamble };
                self.add(index, kind, None, NodeTitle::default(), false);
            }
            _ if self.begins_attachments(index) => {
                self.close(0);
                self.add(index, NodeKind::Attachments, None, NodeTitle::default(), false);
            }
            _ if block.depth == 0 && self.in_list_task() => self.closing(index),
            _ => self.extend(),
        }
    }

    /// Returns whether a block is a row of a table of tasks. Before the first node only a task or section is one.
    fn is_row(&self, index: usize) -> bool {
        let begins_node = || task_table::read(&self.blocks[index]).is_some();
        self.marking == TaskMarking::Table && !self.in_notice() && (!self.nodes.is_empty() || begins_node())
    }

    /// A row of a table of tasks.
    fn row(&mut self, index: usize) {
        match task_table::read(&self.blocks[index]) {
            Some(TableTask::Task { label, title }) => {
                self.close(u8::MAX);
                self.add(
                    index,
                    NodeKind::Task,
                    numbering::value(&label),
                    NodeTitle { label: &label, title: first_sentence(&title) },
                    false,
                );
                self.open.push((u8::MAX, self.nodes.last_idx()));
            }
            Some(TableTask::Section(title)) => {
                self.close(LEVEL_OF_ROWS);
                let NumberedHeading { label, number, title } = numbering::split(&title);
                self.add(index, NodeKind::Section, number, NodeTitle { label, title }, false);
                self.open.push((LEVEL_OF_ROWS, self.nodes.last_idx()));
            }
            None => self.extend(),
        }
    }

    fn begins_task(&self, block: &Block) -> bool {
        self.marking == TaskMarking::List
            && block.depth == 1
            && !self.in_notice()
            && self.parts != SectionParts::Explanations
    }

    fn in_notice(&self) -> bool {
        self.nodes.last().is_some_and(|n| n.kind == NodeKind::Notice)
    }

    fn in_list_task(&self) -> bool {
        matches!(self.marking, TaskMarking::List | TaskMarking::Table)
            && self.nodes.last().is_some_and(|n| n.kind == NodeKind::Task)
    }

    fn begins_attachments(&self, index: usize) -> bool {
        let last = self.nodes.last().map(|n| n.kind);
        self.blocks[index].depth == 0
            && !matches!(last, Some(NodeKind::Notice | NodeKind::Attachments))
            && is_attachment(&self.blocks[index].text)
            && (self.last_heading.is_none_or(|heading| heading < index) || self.annex_follows(index))
    }

    /// Returns whether the next heading is that of an annex.
    fn annex_follows(&self, index: usize) -> bool {
        let heading = self.blocks[index..].iter().find(|block| block.is_heading());
        heading.is_some_and(|block| block.text.starts_with("附件"))
    }

    /// A heading of level 1: the title of the notice or of the plan.
    fn part(&mut self, index: usize) {
        let kind = if index < self.plan_start { NodeKind::Notice } else { NodeKind::Preamble };
        self.close(0);
        let title = self.blocks[index].text.clone();
        self.add(index, kind, None, NodeTitle { label: "", title: &title }, true);
    }

    fn heading(&mut self, index: usize, level: u8) {
        self.close(level);
        let text = self.blocks[index].text.clone();
        let heading = numbering::split(&text);
        if self.open.is_empty() {
            self.parts = self.parts_of(index, level, heading.title);
        }
        let kind = self.heading_kind(level, heading.number.is_some());
        if kind == NodeKind::Task && heading.number.is_none() {
            self.unnumbered(index);
        }
        self.add(index, kind, heading.number, NodeTitle { label: heading.label, title: heading.title }, true);
        self.open.push((level, self.nodes.last_idx()));
    }

    fn heading_kind(&self, level: u8, numbered: bool) -> NodeKind {
        let is_inside =
            self.open.first().is_some_and(|(_, node)| self.nodes[*node].kind == NodeKind::Section);
        match self.marking {
            _ if is_inside && self.parts == SectionParts::Requirements => NodeKind::Requirement,
            _ if is_inside && self.parts == SectionParts::Explanations => NodeKind::Section,
            // Of headings at the level of sections only the numbered ones are tasks.
            TaskMarking::Heading(2) if level == 2 && !numbered => NodeKind::Section,
            TaskMarking::Heading(marked) if marked == level => NodeKind::Task,
            _ => NodeKind::Section,
        }
    }

    /// The parts of the section that the heading at `index` begins. Requirements for which the text
    /// names who answers are tasks.
    fn parts_of(&self, index: usize, level: u8, title: &str) -> SectionParts {
        let parts = SectionParts::of(title);
        let ends = |block: &&Block| matches!(block.kind, BlockKind::Heading { level: next } if next <= level);
        let mut inside = self.blocks[index + 1..].iter().take_while(|block| !ends(block));
        if parts == SectionParts::Requirements && inside.any(|block| body::ends_with_answering(&block.text)) {
            return SectionParts::Tasks;
        }
        parts
    }

    /// A paragraph after the items of a list: it belongs to the section, not to the last item.
    fn closing(&mut self, index: usize) {
        self.close(u8::MAX);
        self.add(index, NodeKind::Section, None, NodeTitle::default(), false);
    }

    fn close(&mut self, level: u8) {
        self.open.retain(|(open, _)| *open < level);
    }

    fn extend(&mut self) {
        if let Some(node) = self.nodes.last_mut() {
            node.blocks.end += 1;
        }
    }

    fn add(
        &mut self,
        index: usize,
        kind: NodeKind,
        written: Option<u32>,
        NodeTitle { label, title }: NodeTitle<'_>,
        headed: bool,
    ) {
        let parent = self.open.last().map(|(_, node)| *node);
        let place = self.count(parent, kind);
        let number = match kind {
            NodeKind::Task => Some(self.task_number(written, place)),
            NodeKind::Requirement => Some(self.count(None, kind)),
            _ => written,
        };
        self.nodes.push(Node {
            id: self.id(kind, parent, number, place),
            kind,
            number,
            label: label.into(),
            title: numbering::brief(title),
            blocks: BlockIndex::new(index)..BlockIndex::new(index + 1),
            parent,
            depth: u8::try_from(self.open.len() + 1).unwrap_or(u8::MAX),
            headed,
            span: self.blocks[index].span.clone(),
        });
    }

    /// Counts one more node of the kind, below its parent and in the whole plan.
    fn count(&mut self, parent: Option<NodeIndex>, kind: NodeKind) -> u32 {
        let count = self.counts.entry((parent, kind)).or_insert(0);
        *count += 1;
        *count
    }

    fn id(&self, kind: NodeKind, parent: Option<NodeIndex>, number: Option<u32>, place: u32) -> NodeId {
        let number = number.unwrap_or(place);
        match kind {
            NodeKind::Task => NodeId::new("task", &[number]),
            NodeKind::Requirement => NodeId::new("requirement", &[number]),
            NodeKind::Section => match parent.map(|p| self.nodes[p].id.as_str()) {
                Some(parent) => NodeId::new(parent, &[place]),
                None => NodeId::new("s", &[place]),
            },
            NodeKind::Notice | NodeKind::Preamble | NodeKind::Attachments if place > 1 => {
                NodeId::new(kind.as_str(), &[place])
            }
            _ => NodeId::new(kind.as_str(), &[]),
        }
    }

    /// The number of a task: the written one, unless numbering restarts in
    /// each section; then tasks are counted through the plan.
    fn task_number(&mut self, written: Option<u32>, place: u32) -> u32 {
        self.counted |= written == Some(1) && self.tasks > 0 && place == 1;
        let number = written.filter(|_| !self.counted).unwrap_or(self.tasks + 1);
        self.tasks += 1;
        self.counted |= written != Some(number);
        number
    }

    fn unnumbered(&mut self, index: usize) {
        self.faults.push(
            Diagnostic::new(
                Code::UNNUMBERED_TASK,
                message!("任务标题没有编号", "the heading of this task has no number"),
            )
            .at(self.path, self.blocks[index].span.clone())
            .hint(message!(
                "在标题前写编号，如“#### 5. …”",
                "write a number before the title, as in `#### 5. …`"
            )),
        );
    }

    fn check_tasks(&mut self) {
        let tasks: Vec<&Node> = self.nodes.iter().filter(|n| n.kind == NodeKind::Task).collect();
        if tasks.is_empty() {
            self.faults.push(no_tasks(self.path, self.blocks));
        }
        // After a slip the numbers may go on from it, or as if there had been none.
        let mut in_place = tasks.first().and_then(|task| task.number).unwrap_or(0);
        for (before, task) in tasks.iter().zip(tasks.iter().skip(1)) {
            let (last, number) = (before.number.unwrap_or(0), task.number.unwrap_or(0));
            in_place += 1;
            if number == last + 1 || number == in_place {
                in_place = number;
            } else {
                self.faults.push(out_of_order(self.path, before, task, last, number));
            }
        }
    }

    fn check_sections(&mut self) {
        let mut last: BTreeMap<Option<NodeIndex>, &Node> = BTreeMap::new();
        let mut faults = Vec::new();
        let sections = self.nodes.iter().filter(|n| n.kind == NodeKind::Section && n.number.is_some());
        for node in sections {
            let before = last.insert(node.parent, node);
            let expected = before.map_or(1, |b| b.number.unwrap_or(0) + 1);
            if node.number != Some(expected) {
                faults.push(section_order(self.path, node, expected));
            }
        }
        self.faults.extend(faults);
    }
}

fn is_attachment(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    rest.is_some_and(|r| r.is_empty() || r.starts_with(|c: char| "：: 1234567890一二三（".contains(c)))
}

/// The first sentence of a text, without its stop: the title of an item that has none.
fn first_sentence(text: &str) -> &str {
    let end = text.find(['。', '；', '\n']).unwrap_or(text.len());
    let end = text.find(". ").map_or(end, |stop| stop.min(end));
    text[..end].trim()
}

fn no_tasks(path: &SitePath, blocks: &[Block]) -> Diagnostic {
    let span = blocks.first().map_or(0..0, |b| b.span.clone());
    Diagnostic::new(Code::NO_TASKS, message!("这份计划中没有找到任务", "no task was found in this plan"))
        .at(path, span)
        .hint(message!(
            "检查前置元数据中的 tasks：任务是标题（heading-2、heading-3、heading-4）、列表（list）还是表格的行（table）？",
            "look at `tasks` in the front matter: are tasks headings (heading-2, heading-3, heading-4), list items (list) or rows of tables (table)?"
        ))
}

fn out_of_order(path: &SitePath, before: &Node, task: &Node, last: u32, number: u32) -> Diagnostic {
    use crate::base::Label;
    let first = Label::new(path, before.span.clone())
        .with_text(message!("前一项任务编号是 {last}", "the task before has the number {last}"));
    if number <= last {
        Diagnostic::new(
            Code::NUMBER_REPEATED,
            message!("任务编号 {number} 重复或倒退", "the task number {number} is repeated or goes back"),
        )
        .at(path, task.span.clone())
        .label(first)
        .hint(message!("这里应当是 {}", "this should be {}", last + 1))
    } else {
        Diagnostic::new(
            Code::NUMBER_GAP,
            message!("任务编号从 {last} 跳到 {number}", "the task numbers jump from {last} to {number}"),
        )
        .at(path, task.span.clone())
        .label(first)
        .hint(message!("补上缺少的任务，或改正编号", "add the missing task, or correct the number"))
    }
}

fn section_order(path: &SitePath, node: &Node, expected: u32) -> Diagnostic {
    Diagnostic::new(
        Code::SECTION_ORDER,
        message!("“{}”的编号不连续", "the number “{}” is out of order", node.label),
    )
    .at(path, node.span.clone())
    .hint(message!("按顺序应当是第 {expected} 项", "in sequence this would be number {expected}"))
}

#[cfg(test)]
mod tests;
