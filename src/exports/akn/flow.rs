//! Blocks → paragraphs, lists, tables, quotations and listings of Akoma Ntoso.

use std::io;

use quick_xml::events::BytesText;

use super::inline;
use super::text::PlanText;
use crate::model::index::BlockIndex;
use crate::model::{Block, BlockKind};
use crate::xml::{XmlWriter, text};

/// Attributes as names and values.
pub(super) type Attributes = Vec<(&'static str, String)>;

/// Writes blocks in reading order. Paragraphs have the anchors of the plan page as their `eId`.
pub(super) fn write(writer: &mut XmlWriter, text: &PlanText<'_>, blocks: &[BlockIndex]) -> io::Result<()> {
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let (now, then) = rest.split_at(list_length(text, rest).max(1));
        match is_item(text.shown(*first).block) {
            true => list(writer, text, now)?,
            false => block(writer, text, *first)?,
        }
        rest = then;
    }
    Ok(())
}

fn is_item(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item { .. } | BlockKind::Bullet)
}

/// The number of blocks of the list with which `blocks` begin; 0 if they begin with something else.
fn list_length(text: &PlanText<'_>, blocks: &[BlockIndex]) -> usize {
    let Some(first) = blocks.first().map(|first| text.shown(*first).block).filter(|first| is_item(first))
    else {
        return 0;
    };
    let is_other = |block: &Block| {
        is_item(block)
            && block.depth == first.depth
            && std::mem::discriminant(&block.kind) != std::mem::discriminant(&first.kind)
    };
    let ends = |block: &Block| block.depth < first.depth || is_other(block);
    blocks.iter().position(|index| ends(text.shown(*index).block)).unwrap_or(blocks.len())
}

fn list(writer: &mut XmlWriter, text: &PlanText<'_>, blocks: &[BlockIndex]) -> io::Result<()> {
    let shown = |index: &BlockIndex| text.shown(*index).block;
    let depth = blocks.first().map_or(0, |first| shown(first).depth);
    let items = blocks.chunk_by(|_, next| !is_item(shown(next)) || shown(next).depth > depth);
    writer
        .create_element("blockList")
        .write_inner_content(|writer| items.into_iter().try_for_each(|blocks| item(writer, text, blocks)))?;
    Ok(())
}

/// An item: its number, its first paragraph, and the blocks that belong to it.
fn item(writer: &mut XmlWriter, plan: &PlanText<'_>, blocks: &[BlockIndex]) -> io::Result<()> {
    let Some((first, rest)) = blocks.split_first() else { return Ok(()) };
    writer.create_element("item").write_inner_content(|writer| {
        if let BlockKind::Item { number } = plan.shown(*first).block.kind {
            text(writer, "num", &format!("{number}."))?;
        }
        block(writer, plan, *first)?;
        write(writer, plan, rest)
    })?;
    Ok(())
}

/// Writes one block.
pub(super) fn block(writer: &mut XmlWriter, text: &PlanText<'_>, index: BlockIndex) -> io::Result<()> {
    let named = |name: &str| vec![("name", name.to_owned())];
    let shown = text.shown(index);
    let (name, attributes) = match &shown.block.kind {
        BlockKind::Table { .. } => return table(writer, text, index),
        BlockKind::Listing { .. } => {
            let lines = inline::lines(&shown.block.text);
            return element(writer, "block", with_own(named("listing"), text, index), &lines);
        }
        BlockKind::Quote => ("block", named("quotation")),
        BlockKind::Heading { .. } => ("block", named("heading")),
        _ => ("p", Attributes::new()),
    };
    element(writer, name, with_own(attributes, text, index), &text.words(index, 0))
}

/// A table; its first row is the head.
fn table(writer: &mut XmlWriter, text: &PlanText<'_>, index: BlockIndex) -> io::Result<()> {
    let rows = text.cells(index);
    let row = |writer: &mut XmlWriter, (place, cells): (usize, &Vec<String>)| {
        let name = if place == 0 { "th" } else { "td" };
        let cell = |writer: &mut XmlWriter, words: &String| {
            let cell = writer.create_element(name);
            cell.write_inner_content(|writer| element(writer, "p", Attributes::new(), words)).map(|_| ())
        };
        let row = writer.create_element("tr");
        row.write_inner_content(|writer| cells.iter().try_for_each(|words| cell(writer, words))).map(|_| ())
    };
    let own = with_own(Attributes::new(), text, index);
    let own = own.iter().map(|(name, value)| (*name, value.as_str()));
    writer
        .create_element("table")
        .with_attributes(own)
        .write_inner_content(|writer| rows.iter().enumerate().try_for_each(|one| row(writer, one)))?;
    Ok(())
}

/// Attributes, and those of every block: its anchor on the plan page, the state of its translation, and its
/// language if it is not translated.
pub(super) fn with_own(mut attributes: Attributes, text: &PlanText<'_>, index: BlockIndex) -> Attributes {
    let shown = text.shown(index);
    let node = &text.plan.nodes[text.plan.node_of(index)];
    attributes.push(("eId", node.id.block((index - node.blocks.start).index())));
    attributes.extend(shown.state.map(|state| ("class", state.to_owned())));
    if shown.lang != text.reader.lang {
        attributes.push(("xml:lang", text.reader.tag(shown.lang).to_owned()));
    }
    attributes
}

/// Writes an element with inline XML in it.
pub(super) fn element(
    writer: &mut XmlWriter,
    name: &str,
    attributes: Attributes,
    content: &str,
) -> io::Result<()> {
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    let element = writer.create_element(name).with_attributes(attributes);
    element.write_text_content(BytesText::from_escaped(content))?;
    Ok(())
}
