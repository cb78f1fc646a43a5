//! One file of a plan → its document, and what its text states.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Code, Diagnostic, Message, SitePath, Span, characters};
use crate::facts::alias::{self, Alias};
use crate::facts::body::{self, Body};
use crate::facts::citation::{self, Citation};
use crate::facts::deadline::{self, Deadline};
use crate::facts::target::{self, Target};
use crate::facts::{Problem, ProblemKind};
use crate::message;
use crate::model::document::{Document, Meta};
use crate::model::{Block, MarkKind, NodeKind};
use crate::parse::front_matter::Role;
use crate::parse::markdown::Genre;
use crate::parse::{front_matter, lookalike, markdown, outline, slips};

/// A file of a plan, read.
#[derive(Clone, Debug)]
pub struct ParsedPlan {
    /// The document.
    pub document: Document,
    /// For each block what it states. Empty for a translation: facts are read from the original.
    pub facts: Vec<BlockFacts>,
    /// For each task what it promises, in the order of the tasks' nodes.
    pub tasks: Vec<TaskFacts>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What one block states. Spans are bytes of its text; words are in ordinary characters, whatever
/// compatibility characters the text has.
#[derive(Clone, Debug, Default)]
pub struct BlockFacts {
    /// The titles it cites.
    pub citations: Vec<Citation>,
    /// The short names it defines.
    pub aliases: Vec<Alias>,
    /// The agencies it names as responsible.
    pub bodies: Vec<Body>,
    /// The figures it commits to.
    pub targets: Vec<Target>,
}

/// What one task promises.
#[derive(Clone, Debug)]
pub struct TaskFacts {
    /// Its node, as an index.
    pub node: usize,
    /// The block that holds its deadlines, as an index.
    pub block: usize,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
}

/// Reads a file of a plan.
pub fn parse(path: &SitePath, text: &str, role: Role) -> ParsedPlan {
    let (document, diagnostics) = document(path, text, role);
    let mut reader = Reader { document: &document, diagnostics };
    let (facts, tasks) = match role {
        Role::Original => (reader.blocks(), reader.tasks(&document.meta)),
        Role::Translation => Default::default(),
    };
    let diagnostics = causes(reader.diagnostics);
    ParsedPlan { document, facts, tasks, diagnostics }
}

/// Reads the blocks and nodes of a plan, without the facts that its text states.
pub fn document(path: &SitePath, text: &str, role: Role) -> (Document, Vec<Diagnostic>) {
    let (meta, body, mut diagnostics) = front_matter::read(path, text, role);
    diagnostics.extend(characters::check(path, text));
    let genre = match role {
        Role::Original => Genre::Original,
        Role::Translation => Genre::Translation,
    };
    let (blocks, faults) = markdown::parse(path, text, body, genre);
    diagnostics.extend(faults);
    diagnostics.extend(blocks.iter().filter_map(|block| footnote(path, block)));
    let (nodes, faults) = match role {
        Role::Original => outline::read(path, &blocks, meta.tasks),
        Role::Translation => Default::default(),
    };
    diagnostics.extend(faults);
    diagnostics.extend(slips::constructs(path, text, &blocks));
    let of_original = (role == Role::Original).then_some(&*nodes);
    diagnostics.extend(lookalike::check(path, text, &blocks, of_original));
    diagnostics.extend(slips::conflicts(path, text, None));
    let blocks = blocks.into_iter().map(Arc::new).collect();
    (Document { path: path.clone(), meta, blocks, nodes }, causes(diagnostics))
}

/// The findings without those that follow from others. Of a file with rests of a merge nothing else is said.
fn causes(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if diagnostics.iter().any(|found| found.code == Code::MERGE_CONFLICT) {
        diagnostics.retain(|found| found.code == Code::MERGE_CONFLICT);
    }
    diagnostics
}

/// Footnotes are for pages: those of a plan would be counted among its words.
fn footnote(path: &SitePath, block: &Block) -> Option<Diagnostic> {
    let mark = block.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Note(..)))?;
    let title = message!("计划的正文不支持脚注", "footnotes are not supported in the text of a plan");
    Some(Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title).at(path, block.locate(&mark.span)).hint(
        message!(
            "原文的注写成正文后的段落；编者的说明写进 content/pages 的页面",
            "write notes of the source as paragraphs; remarks of the editors go into a page in content/pages"
        ),
    ))
}

/// What a text states, and the problems of its citations, short names and bodies.
fn facts(text: &str) -> (BlockFacts, [Vec<Problem>; 3]) {
    let (citations, aliases, bodies) = (citation::read(text), alias::read(text), body::read(text));
    let facts = BlockFacts {
        citations: citations.citations,
        aliases: aliases.aliases,
        bodies: bodies.bodies,
        targets: target::read(text),
    };
    (facts, [citations.problems, aliases.problems, bodies.problems])
}

/// How many problems of one kind of facts are reported of a block. A block with more is not
/// mended mark by mark.
const MOST: usize = 20;

struct Reader<'a> {
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn blocks(&mut self) -> Vec<BlockFacts> {
        let blocks = &self.document.blocks;
        let read: Vec<_> =
            blocks.par_iter().map(|block| facts(&characters::ordinarily(&block.text))).collect();
        let mut facts = Vec::with_capacity(read.len());
        for (block, (found, problems)) in blocks.iter().zip(read) {
            problems.into_iter().for_each(|problems| self.report(block, problems));
            facts.push(found);
        }
        facts
    }

    fn tasks(&mut self, meta: &Meta) -> Vec<TaskFacts> {
        let nodes = self.document.nodes.iter().enumerate();
        nodes.filter(|(_, n)| n.kind == NodeKind::Task).map(|(node, _)| self.task(node, meta)).collect()
    }

    /// Reads the deadlines of a task from the last of its blocks that holds any.
    fn task(&mut self, node: usize, meta: &Meta) -> TaskFacts {
        let blocks = self.document.nodes[node].blocks.clone();
        let last = blocks.end - 1;
        let mut found = TaskFacts { node, block: last, deadlines: Vec::new() };
        for index in blocks.rev() {
            let block = &self.document.blocks[index];
            let reading = deadline::read(&characters::ordinarily(&block.text), meta.year);
            self.report(block, reading.problems);
            if found.deadlines.is_empty() && !reading.deadlines.is_empty() {
                found.block = index;
                found.deadlines = reading.deadlines;
            }
        }
        found
    }

    fn report(&mut self, block: &Block, problems: Vec<Problem>) {
        let path = &self.document.path;
        self.diagnostics
            .extend(problems.into_iter().take(MOST).map(|problem| describe(path, block, &problem)));
    }
}

/// Says a problem in words.
fn describe(path: &SitePath, block: &Block, problem: &Problem) -> Diagnostic {
    let text = &block.text[problem.span.clone()];
    let place: Span = block.locate(&problem.span);
    let (code, title, hint) = wording(text, &problem.kind);
    Diagnostic::new(code, title).at(path, place).hint(hint)
}

fn wording(text: &str, kind: &ProblemKind) -> (Code, Message, Message) {
    use ProblemKind as K;
    let deadline = || {
        message!(
            "写成“（2025年12月底前完成）”“（2025年12月底前完成并持续推进）”或“（持续推进）”",
            "write it like （2025年12月底前完成）, （2025年12月底前完成并持续推进） or （持续推进）"
        )
    };
    match kind {
        K::ImpossibleDate { .. } => (
            Code::IMPOSSIBLE_DATE,
            message!("日历上没有“{text}”", "the calendar has no “{text}”"),
            message!("对照原件改正数字", "compare with the source and correct the figure"),
        ),
        K::ReversedRange => (
            Code::IMPOSSIBLE_DATE,
            message!("“{text}”的结束早于开始", "“{text}” ends before it begins"),
            message!("把较早的日期写在前面", "put the earlier date first"),
        ),
        K::YearNotStated => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”没有写年份", "“{text}” states no year"),
            message!(
                "写上年份，或在前置元数据中写 year",
                "write the year, or give the plan a `year` in its front matter"
            ),
        ),
        K::RelativeDate => (
            Code::RELATIVE_DEADLINE,
            message!("“{text}”不能确定是哪一天", "no day follows from “{text}”"),
            message!(
                "原件若写有日期，写上日期；没有则保留，本项不列期限",
                "write the date if the source has one; else keep it: the item will have no deadline"
            ),
        ),
        K::VagueDate => (
            Code::RELATIVE_DEADLINE,
            message!("“{text}”没有公认的起止日", "“{text}” has no agreed limits"),
            message!("写明月份、季度或旬", "write the month, the quarter or the ten days"),
        ),
        K::BeforePeriod => (
            Code::UNREADABLE_DEADLINE,
            message!(
                "“{text}”没有说明是开始之前还是结束之前",
                "“{text}” does not say whether its first or its last day is meant"
            ),
            message!("写“底前”表示结束之前，或写明日期", "write `底前` for its end, or write the day"),
        ),
        K::DeadlineNotUnderstood => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”像是期限，但无法识别", "“{text}” looks like a deadline and is not understood"),
            deadline(),
        ),
        K::DeadlineNotLast => (
            Code::DEADLINE_NOT_LAST,
            message!(
                "“{text}”像是期限，但不在本项末尾",
                "“{text}” looks like a deadline but does not end its item"
            ),
            message!(
                "期限应是一项的最后一个括号；一项有几项措施的，分为几项",
                "a deadline is the last parenthesis of an item; divide an item that holds several measures"
            ),
        ),
        K::UnclosedParenthesis => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”的括号没有结束", "the parenthesis of “{text}” is never closed"),
            message!("补上“）”", "add `）`"),
        ),
        K::UnopenedParenthesis => (
            Code::UNREADABLE_DEADLINE,
            message!("“{text}”的括号没有开始", "the parenthesis of “{text}” is never opened"),
            message!("补上“（”", "add `（`"),
        ),
        K::UnclosedTitle { mark } => (
            Code::UNBALANCED_TITLE_MARK,
            message!("“{mark}”没有结束", "`{mark}` is never closed"),
            message!("补上后半个书名号", "add the closing mark"),
        ),
        K::UnopenedTitle { mark } => (
            Code::UNBALANCED_TITLE_MARK,
            message!("“{mark}”没有开始", "`{mark}` closes nothing"),
            message!("补上前半个书名号，或删去它", "add the opening mark, or delete this one"),
        ),
        K::EmptyTitle => (
            Code::UNBALANCED_TITLE_MARK,
            message!("书名号里没有文字", "there is no title between the marks"),
            message!("写上标题", "write the title"),
        ),
        K::EmptyAlias | K::AliasWithoutReferent => (
            Code::UNREADABLE_ALIAS,
            message!("“{text}”没有说明什么简称什么", "“{text}” does not say what stands for what"),
            message!("写成“《全称》（以下简称《简称》）”", "write it like 《全称》（以下简称《简称》）"),
        ),
        K::NoBodyNamed => (
            Code::UNREADABLE_BODY,
            message!("“{text}”没有写明单位", "“{text}” names nobody"),
            message!("写上负责单位的名称", "name the body that is responsible"),
        ),
    }
}
