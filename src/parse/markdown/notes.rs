//! Footnotes: the number of each, and those that are not referred to or not there.

use std::collections::BTreeMap;

use super::BlockBuilder;
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::model::{Block, BlockKind, MarkKind};

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Notes {
    /// The numbers of the labels, counted from 1 in the order in which the text refers to them.
    numbers: BTreeMap<String, usize>,
    /// The number of references to each footnote.
    references: Vec<usize>,
    /// The footnote around the current place.
    pub(super) open: Option<(String, Span)>,
    /// The blocks of footnotes, with their labels and places.
    blocks: Vec<(usize, String, Span)>,
}

impl Notes {
    pub(super) fn define(&mut self, block: usize) {
        self.blocks.extend(self.open.clone().map(|(label, span)| (block, label, span)));
    }

    fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(label).copied()
    }
}

impl BlockBuilder<'_> {
    /// A reference to a footnote, which shows its number.
    pub(super) fn note(&mut self, label: &str, span: &Span) {
        let number = self.notes.number(label).unwrap_or_else(|| {
            self.notes.references.push(0);
            let number = self.notes.references.len();
            self.notes.numbers.insert(label.to_owned(), number);
            number
        });
        let times = &mut self.notes.references[number - 1];
        *times += 1;
        let times = *times;
        self.begin(MarkKind::Note(number, times), span);
        self.text(&number.to_string(), span.clone());
        self.finish();
    }

    /// Makes footnotes of their blocks, once all references are known.
    pub(super) fn number_notes(&mut self) {
        for (index, label, span) in std::mem::take(&mut self.notes.blocks) {
            let Some(number) = self.notes.number(&label) else {
                self.faults.push(unused_note(self.path, &label, &span));
                continue;
            };
            match &mut self.blocks[index].kind {
                kind @ BlockKind::Paragraph => *kind = BlockKind::Footnote { number },
                _ => self.unsupported(
                    span,
                    message!(
                        "不支持脚注中的列表、表格等",
                        "lists, tables and the like are not supported in footnotes"
                    ),
                ),
            }
        }
        let undefined: Vec<_> =
            self.blocks.iter().flat_map(|block| undefined_notes(self.path, block)).collect();
        self.faults.extend(undefined);
    }
}

fn unused_note(path: &SitePath, label: &str, span: &Span) -> Diagnostic {
    let title = message!("正文没有引用脚注 [^{label}]", "the text does not refer to the footnote [^{label}]");
    Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title).at(path, span.start..span.start).hint(message!(
        "在正文中要注的地方写 [^{label}]，或删去这条脚注",
        "write [^{label}] in the text where the note belongs, or remove the note"
    ))
}

/// References to footnotes that are not there, which CommonMark reads as plain words.
fn undefined_notes(path: &SitePath, block: &Block) -> Vec<Diagnostic> {
    if matches!(block.kind, BlockKind::Listing { .. }) {
        return Vec::new();
    }
    let code = block.marks.iter().filter(|mark| mark.kind == MarkKind::Code);
    let mut code: Vec<&Span> = code.map(|mark| &mark.span).collect();
    code.sort_by_key(|span| span.start);
    // Code contains no other code, so only the last span before a place can contain it.
    let is_code = |at: usize| {
        let before = code.partition_point(|span| span.start <= at);
        code[..before].last().is_some_and(|span| span.contains(&at))
    };
    let found = block.text.match_indices("[^").filter(|(at, _)| !is_code(*at)).filter_map(|(at, _)| {
        let label = &block.text[at + 2..];
        let end =
            label.find([']', '\n', ' ', '[']).filter(|end| *end > 0 && label[*end..].starts_with(']'))?;
        let label = &label[..end];
        let title = message!("没有脚注 [^{label}]", "there is no footnote [^{label}]");
        let place = block.locate(&(at..at + label.len() + 3));
        Some(Diagnostic::new(Code::DEAD_LINK, title).at(path, place).hint(message!(
            "另起一段写它的内容：[^{label}]: …",
            "write its text in a paragraph of its own: [^{label}]: …"
        )))
    });
    found.collect()
}
