//! Where a paragraph on a page comes from, and how far the page's translation is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Snapshot;
use crate::base::{Lang, SitePath, Span};
use crate::model::index::{BlockIndex, NodeIndex};
use crate::parse::catalogues::instruments;
use crate::report::{self, Position, Sources};
use crate::routes::{Page, Route};
use crate::site::{Plan, TextBlock};

/// Facts about a page for its editor.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Where the paragraph at the anchor is; `None` if the page was put together from many files.
    pub source: Option<FilePlace>,
    /// Characters of the original, white space aside; for a page of a plan or task.
    pub characters: usize,
    /// Words of the translation.
    pub words: usize,
    /// How many blocks of the page are in each state of translation.
    pub states: BTreeMap<&'static str, usize>,
}

/// A place in a file of the site.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FilePlace {
    /// The file.
    pub file: SitePath,
    /// The place.
    #[serde(flatten)]
    pub position: Position,
}

/// The facts about a page, and about the paragraph at an anchor on it.
pub fn about(snapshot: &Snapshot, route: &Route, anchor: &str) -> About {
    let Route::Page(lang, page) = *route else { return About::default() };
    let plans = &snapshot.site.plans;
    match page {
        Page::Plan(plan) => of_plan(snapshot, &plans[plan], lang, None, anchor),
        Page::Task(plan, task) => {
            let node = plans[plan].tasks[task].node;
            of_plan(snapshot, &plans[plan], lang, Some(node), anchor)
        }
        Page::Instrument(index) => {
            let entry = snapshot.site.instruments[index].entry.as_ref();
            let span = entry.map(|entry| entry.slug.span.clone());
            let source = span.map(|span| source(snapshot, SitePath::fixed(instruments::FILE), span));
            About { source, ..About::default() }
        }
        _ => About::default(),
    }
}

fn of_plan(snapshot: &Snapshot, plan: &Plan, lang: Lang, node: Option<NodeIndex>, anchor: &str) -> About {
    let shown =
        node.map_or(BlockIndex::new(0)..plan.blocks.next_idx(), |node| plan.nodes[node].blocks.clone());
    let block = block_at(plan, anchor)
        .or(node.map(|node| plan.nodes[node].blocks.start))
        .unwrap_or(BlockIndex::new(0));
    let original = snapshot.site.settings.original();
    let first = || snapshot.site.settings.translations().next().map(|language| language.code);
    let other = if lang == original { first() } else { Some(lang) };
    let mut about =
        About { source: plan.blocks.get(block).map(|b| place(snapshot, plan, b, lang)), ..About::default() };
    for block in &plan.blocks[shown] {
        about.characters += block.original.text.chars().filter(|c| !c.is_whitespace()).count();
        if let Some(other) = other {
            about.words += block.text(other, original).unwrap_or_default().split_whitespace().count();
            *about.states.entry(block.state(other).as_str()).or_default() += 1;
        }
    }
    about
}

/// The block whose anchor, or whose node's anchor, that is.
fn block_at(plan: &Plan, anchor: &str) -> Option<BlockIndex> {
    let (node, index) = match anchor.rsplit_once("-p").map(|(node, index)| (node, index.parse())) {
        Some((node, Ok(index))) => (node, index),
        _ => (anchor, 0_usize),
    };
    let node = plan.nodes.iter().find(|n| n.id.as_str() == node)?;
    Some(node.blocks.start + index).filter(|block| node.blocks.contains(block))
}

/// Where the text that the reader of a language sees is: the translation, or else the original.
fn place(snapshot: &Snapshot, plan: &Plan, block: &TextBlock, lang: Lang) -> FilePlace {
    match block.translations.get(&lang).zip(plan.translations.get(&lang)) {
        Some((translation, file)) => source(snapshot, file.clone(), translation.block.span.clone()),
        None => source(snapshot, plan.path.clone(), block.original.span.clone()),
    }
}

fn source(snapshot: &Snapshot, file: SitePath, span: Span) -> FilePlace {
    let position = report::position(snapshot.inputs.text(&file).unwrap_or_default(), span.start);
    FilePlace { file, position }
}
