//! One file of a plan → its document, and what its text states.

use std::sync::Arc;

use index_vec::IndexVec;
use rayon::prelude::*;

use crate::base::{Code, Diagnostic, SitePath, characters};
use crate::facts::Problem;
use crate::facts::alias::{self, Alias};
use crate::facts::body::{self, Body};
use crate::facts::citation::{self, Citation};
use crate::facts::deadline::Deadline;
use crate::facts::target::{self, Target};
use crate::message;
use crate::model::document::{Document, TaskMarking};
use crate::model::index::{BlockIndex, NodeIndex};
use crate::model::{Block, MarkKind, task_table};
use crate::parse::front_matter::FileRole;
use crate::parse::markdown::Genre;
use crate::parse::{front_matter, lookalike, markdown, outline, problems, slips, task_facts};

/// A file of a plan, read.
#[derive(Clone, Debug)]
pub struct ParsedPlan {
    /// The document.
    pub document: Document,
    /// For each block what it states. Empty for a translation: facts are read from the original.
    pub facts: IndexVec<BlockIndex, BlockFacts>,
    /// For each task what it promises, in the order of the tasks' nodes.
    pub tasks: Vec<TaskFacts>,
    /// The diagnostics of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// The facts of one block. Spans are bytes of its text; words are in ordinary characters, whatever
/// compatibility characters the text has.
#[derive(Clone, Debug, Default)]
pub struct BlockFacts {
    /// The titles it cites.
    pub citations: Vec<Citation>,
    /// The short names it defines.
    pub aliases: Vec<Alias>,
    /// The agencies it names, with their roles.
    pub bodies: Vec<Body>,
    /// The figures it commits to.
    pub targets: Vec<Target>,
}

/// The facts of one task, after an editor's corrections.
#[derive(Clone, Debug)]
pub struct TaskFacts {
    /// Its node.
    pub node: NodeIndex,
    /// The deadlines.
    pub deadlines: Vec<Stated<Deadline>>,
    /// The bodies, each once with each of its roles.
    pub bodies: Vec<Stated<Body>>,
    /// The figures.
    pub targets: Vec<Stated<Target>>,
}

/// A fact and the block that states it. Its spans are bytes of that block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The block.
    pub block: BlockIndex,
    /// The fact.
    pub fact: T,
}

impl<T> std::ops::Deref for Stated<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fact
    }
}

/// Reads a file of a plan.
pub fn parse(path: &SitePath, text: &str, role: FileRole) -> ParsedPlan {
    let (document, diagnostics) = document(path, text, role);
    let mut reader = PlanReader { document: &document, diagnostics };
    let (mut facts, mut tasks) = (IndexVec::new(), Vec::new());
    if role == FileRole::Original {
        facts = reader.blocks();
        tasks = task_facts::read(&document, &facts, &mut reader.diagnostics);
    }
    let diagnostics = causes(reader.diagnostics);
    ParsedPlan { document, facts, tasks, diagnostics }
}

/// Reads the blocks and nodes of a plan, without the facts that its text states.
pub fn document(path: &SitePath, text: &str, role: FileRole) -> (Document, Vec<Diagnostic>) {
    let (meta, body, mut diagnostics) = front_matter::read(path, text, role);
    diagnostics.extend(characters::check(path, text));
    let genre = match role {
        FileRole::Original => Genre::Original,
        FileRole::Translation => Genre::Translation,
    };
    let (blocks, faults) = markdown::parse(path, text, body, genre);
    diagnostics.extend(faults);
    let blocks = match meta.tasks {
        TaskMarking::Table => task_table::split(blocks),
        _ => blocks,
    };
    diagnostics.extend(blocks.iter().filter_map(|block| footnote(path, block)));
    let (nodes, faults) = match role {
        FileRole::Original => outline::read(path, &blocks, meta.tasks),
        FileRole::Translation => Default::default(),
    };
    diagnostics.extend(faults);
    diagnostics.extend(slips::constructs(path, text, &blocks));
    let of_original = (role == FileRole::Original).then_some(&nodes.raw[..]);
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

/// The facts of a text, and the problems of its citations, short names and bodies.
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

struct PlanReader<'a> {
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
}

impl PlanReader<'_> {
    fn blocks(&mut self) -> IndexVec<BlockIndex, BlockFacts> {
        let blocks = &self.document.blocks;
        let read: Vec<_> = blocks
            .as_raw_slice()
            .par_iter()
            .map(|block| facts(&characters::ordinarily(&block.text)))
            .collect();
        let mut facts = IndexVec::with_capacity(read.len());
        for (block, (found, problems)) in blocks.iter().zip(read) {
            problems.into_iter().for_each(|problems| self.report(block, problems));
            facts.push(found);
        }
        facts
    }

    fn report(&mut self, block: &Block, problems: Vec<Problem>) {
        self.diagnostics.extend(problems::describe_all(&self.document.path, block, problems));
    }
}
