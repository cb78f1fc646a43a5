//! Original and translation, paired block for block.

use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::base::{Code, Diagnostic, Label, Message, SitePath, Span};
use crate::message;
use crate::model::{Block, BlockKind};
use crate::parse::numbering;

/// A text as its file and its blocks.
type AlignmentSide<'a> = (&'a SitePath, &'a [Arc<Block>]);

/// Pairs the blocks of a translation with those of its original.
///
/// Gives for each block of the original the index of its translation, if it
/// has one. Blocks pair in order, by kind and number: a heading with the
/// heading of its level and number, an item with the item of its number. What
/// has no partner on either side is a diagnostic that points at both files.
pub fn align(
    original: AlignmentSide<'_>,
    translation: AlignmentSide<'_>,
) -> (Vec<Option<usize>>, Vec<Diagnostic>) {
    let keys = |blocks: &[Arc<Block>]| blocks.iter().map(|block| key(block)).collect::<Vec<_>>();
    let mut pairs = vec![None; original.1.len()];
    let mut faults = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &keys(original.1), &keys(translation.1)) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                for i in 0..len {
                    pairs[old_index + i] = Some(new_index + i);
                }
            }
            op => faults.extend(report(original, translation, op.old_range(), op.new_range())),
        }
    }
    (pairs, faults)
}

/// The properties that two blocks must share to be each other's translation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum AlignmentKey {
    Heading(u8, Option<u32>),
    Item(u32, u8),
    Bullet(u8),
    Paragraph(u8),
    Quote,
    Listing,
    Table(usize, usize),
}

fn key(block: &Block) -> AlignmentKey {
    match &block.kind {
        BlockKind::Heading { level } => AlignmentKey::Heading(*level, numbering::split(&block.text).number),
        BlockKind::Item { number } => AlignmentKey::Item(*number, block.depth),
        BlockKind::Bullet => AlignmentKey::Bullet(block.depth),
        BlockKind::Paragraph => AlignmentKey::Paragraph(block.depth),
        BlockKind::Quote | BlockKind::Footnote { .. } => AlignmentKey::Quote,
        BlockKind::Listing { .. } => AlignmentKey::Listing,
        BlockKind::Table { rows } => AlignmentKey::Table(rows.len(), rows.first().map_or(0, Vec::len)),
    }
}

type Blocks = std::ops::Range<usize>;

/// One diagnostic for each block without a partner, pointing at the place where the partner should be.
fn report(
    original: AlignmentSide<'_>,
    translation: AlignmentSide<'_>,
    old: Blocks,
    new: Blocks,
) -> Vec<Diagnostic> {
    let untranslated = old.clone().map(|index| {
        let Message { zh, en } = describe(&original.1[index]);
        let title = message!("{zh}没有译文", "{en} has no translation");
        let there = message!("译文应在这里", "the translation should be here");
        Diagnostic::new(Code::MISALIGNED, title)
            .at(original.0, original.1[index].span.clone())
            .label(Label::new(translation.0, near(translation.1, new.start)).with_text(there))
    });
    let without_original = new.clone().map(|index| {
        let Message { zh, en } = describe(&translation.1[index]);
        let title = message!("{zh}没有对应的原文", "{en} has no original");
        let there = message!("原文应在这里", "the original should be here");
        Diagnostic::new(Code::TRANSLATION_WITHOUT_ORIGINAL, title)
            .at(translation.0, translation.1[index].span.clone())
            .label(Label::new(original.0, near(original.1, old.start)).with_text(there))
    });
    untranslated.chain(without_original).collect()
}

fn describe(block: &Block) -> Message {
    match &block.kind {
        BlockKind::Heading { level } => message!("这个 {level} 级标题", "this heading of level {level}"),
        BlockKind::Item { number } => message!("第 {number} 项", "item {number}"),
        BlockKind::Bullet => message!("这个列表项", "this list item"),
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Footnote { .. } => {
            message!("这个段落", "this paragraph")
        }
        BlockKind::Listing { .. } => message!("这段代码", "this listing"),
        BlockKind::Table { .. } => message!("这个表格", "this table"),
    }
}

/// Where the block at `index` begins, or the last one.
fn near(blocks: &[Arc<Block>], index: usize) -> Span {
    let block = blocks.get(index).or(blocks.last());
    block.map_or(0..0, |b| b.span.start..b.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn check(original: &str, translation: &str, pairs: &[Option<usize>], codes: &[&str]) {
        let zh = SitePath::new("zh.md").unwrap();
        let en = SitePath::new("en.md").unwrap();
        let read = |path, text| {
            markdown::parse(path, text, 0, markdown::Genre::Original)
                .0
                .into_iter()
                .map(Arc::new)
                .collect::<Vec<_>>()
        };
        let (a, b) = (read(&zh, original), read(&en, translation));
        let (found, faults) = align((&zh, &a), (&en, &b));
        assert_eq!(found, pairs);
        assert_eq!(faults.iter().map(|f| f.code.name()).collect::<Vec<_>>(), codes);
        assert!(faults.iter().all(|f| f.labels.len() == 2), "both files are named");
    }

    #[test]
    fn blocks_pair_by_kind_and_number() {
        let zh = "## 一、甲\n\n文。\n\n## 二、乙\n\n1. 子\n2. 丑\n";
        check(
            zh,
            "## I. A\n\nText.\n\n## II. B\n\n1. a\n2. b\n",
            &[Some(0), Some(1), Some(2), Some(3), Some(4)],
            &[],
        );
    }

    #[test]
    fn what_has_no_partner_is_named() {
        check("甲。\n\n乙。\n", "A.\n", &[Some(0), None], &["misaligned"]);
        check("1. 甲\n2. 乙\n", "2. B\n", &[None, Some(0)], &["misaligned"]);
        check("## 一、甲\n", "## I. A\n\nMore.\n", &[Some(0)], &["translation-without-original"]);
    }
}
