//! Nodes: the parts of a plan that have an id of their own.

use std::ops::Range;

use super::NodeId;
use super::index::{BlockIndex, NodeIndex};
use crate::base::Span;

/// A part of a plan with an id: the notice, a section, a task, a requirement.
///
/// A plan's nodes are kept in reading order; the blocks between the start of
/// one node and the start of the next belong to the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id, which is also its anchor.
    pub id: NodeId,
    /// Its kind.
    pub kind: NodeKind,
    /// The number under which it is known among its kind: of a task the number
    /// in its id, of a requirement its place among the requirements.
    pub number: Option<u32>,
    /// The number as it is written before the title, such as `（一）` or `5.`; may be empty.
    pub label: String,
    /// Its title, without number and final stop; may be empty.
    pub title: String,
    /// The blocks that belong to it alone, its heading among them.
    pub blocks: Range<BlockIndex>,
    /// The section that it belongs to.
    pub parent: Option<NodeIndex>,
    /// How deep it is: 1 for `一、`, 2 for `（一）`, and so on.
    pub depth: u8,
    /// Whether its first block is its heading; else all its blocks are body.
    pub headed: bool,
    /// Where it begins in the file.
    pub span: Span,
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// The covering notice that puts the plan into force.
    Notice,
    /// The text between the plan's title and its first section.
    Preamble,
    /// A numbered section.
    Section,
    /// A task.
    Task,
    /// A work requirement.
    Requirement,
    /// The list of attachments at the end.
    Attachments,
}

impl NodeKind {
    /// The kinds whose nodes need not have a title; the theme names them.
    pub const UNTITLED: [Self; 3] = [Self::Notice, Self::Preamble, Self::Attachments];

    /// The kind as it is written in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Preamble => "preamble",
            Self::Section => "section",
            Self::Task => "task",
            Self::Requirement => "requirement",
            Self::Attachments => "attachments",
        }
    }
}

impl Node {
    /// Its id inside its plan, by which catalogues and data name it: a task's number, or the node's id.
    pub fn local_id(&self) -> String {
        match (self.kind, self.number) {
            (NodeKind::Task, Some(number)) => number.to_string(),
            _ => self.id.to_string(),
        }
    }

    /// The blocks of the node below its heading.
    pub fn body(&self) -> Range<BlockIndex> {
        let start = self.blocks.start + usize::from(self.headed);
        start.min(self.blocks.end)..self.blocks.end
    }
}

/// The parts of a section of the first level, as its title says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionParts {
    /// Tasks, where they are marked as such.
    Tasks,
    /// Requirements: 三、工作要求. They are tasks where the text names who answers for them.
    Requirements,
    /// Explanations and forms, which ask for nothing: 附件 名词解释.
    Explanations,
}

impl SectionParts {
    /// The parts of a section with this title.
    pub fn of(title: &str) -> Self {
        const REQUIREMENTS: [&str; 6] = ["要求", "保障措施", "组织实施", "组织保障", "组织领导", "保障机制"];
        const EXPLANATIONS: [&str; 8] =
            ["名词解释", "名詞解釋", "术语解释", "用语说明", "指标解释", "编制说明", "填表说明", "起草说明"];
        let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
        if ends(&EXPLANATIONS) {
            Self::Explanations
        } else if ends(&REQUIREMENTS) {
            Self::Requirements
        } else {
            Self::Tasks
        }
    }
}
