//! The text of a plan in the language of a file: its blocks with their footnotes, as inline XML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::escape::escape;

use super::inline::{self, RangeQueue};
use crate::base::Lang;
use crate::html::{Overlay, OverlayKind};
use crate::model::index::BlockIndex;
use crate::model::{Block, BlockKind, Mark, MarkKind};
use crate::site::{Plan, TranslationState};
use crate::views::blocks;
use crate::views::context::PageContext;
use crate::views::overlays;

/// A plan as it is in the language of a file.
pub(super) struct PlanText<'a> {
    /// The file and its language.
    pub(super) reader: &'a PageContext<'a>,
    /// The plan.
    pub(super) plan: &'a Plan,
    /// The footnotes that the text refers to.
    notes: BTreeMap<usize, Footnote>,
}

/// A footnote of the text.
#[derive(Default)]
struct Footnote {
    /// The block that refers to it first; the note is written there.
    place: Option<BlockIndex>,
    /// Its paragraphs.
    blocks: Vec<BlockIndex>,
}

/// A block in the language of a file, or in that of the originals if it is not translated.
pub(super) struct ShownBlock<'a> {
    /// The words.
    pub(super) block: &'a Block,
    /// Their language.
    pub(super) lang: Lang,
    /// `stale` or `unreviewed`, for a translation in that state.
    pub(super) state: Option<&'static str>,
}

impl<'a> PlanText<'a> {
    /// Reads a plan.
    pub(super) fn new(reader: &'a PageContext<'a>, plan: &'a Plan) -> Self {
        let mut text = Self { reader, plan, notes: BTreeMap::new() };
        text.notes = text.footnotes();
        text
    }

    fn footnotes(&self) -> BTreeMap<usize, Footnote> {
        let mut notes: BTreeMap<usize, Footnote> = BTreeMap::new();
        for index in self.plan.blocks.indices() {
            let block = self.shown(index).block;
            if let BlockKind::Footnote { number } = block.kind {
                notes.entry(number).or_default().blocks.push(index);
                continue;
            }
            for mark in &block.marks {
                if let MarkKind::Note(number, 1) = mark.kind {
                    notes.entry(number).or_default().place.get_or_insert(index);
                }
            }
        }
        notes.retain(|_, note| note.place.is_some() && !note.blocks.is_empty());
        notes
    }

    /// Returns whether a block is a paragraph of a footnote that is written where the text refers to it.
    pub(super) fn is_note(&self, index: BlockIndex) -> bool {
        match self.shown(index).block.kind {
            BlockKind::Footnote { number } => self.notes.contains_key(&number),
            _ => false,
        }
    }

    /// A block in the language of the file, or in that of the originals.
    pub(super) fn shown(&self, index: BlockIndex) -> ShownBlock<'a> {
        let (block, lang) = (&self.plan.blocks[index], self.reader.lang);
        match block.translations.get(&lang) {
            Some(translation) => {
                let state = translation.state;
                let state = (state != TranslationState::Reviewed).then(|| state.as_str());
                ShownBlock { block: &translation.block, lang, state }
            }
            None => ShownBlock { block: &block.original, lang: self.reader.original(), state: None },
        }
    }

    /// The inline XML of a block from a byte of its text.
    pub(super) fn words(&self, index: BlockIndex, from: usize) -> String {
        let block = self.shown(index).block;
        let note = |number, times| self.note(index, number, times);
        inline::stretch(&block.text, from..block.text.len(), &mut self.ranges(index), &note)
    }

    /// The inline XML of the cells of a table, row by row; empty if the block is not a table.
    pub(super) fn cells(&self, index: BlockIndex) -> Vec<Vec<String>> {
        let block = self.shown(index).block;
        let BlockKind::Table { rows } = &block.kind else { return Vec::new() };
        let note = |number, times| self.note(index, number, times);
        let mut ranges = self.ranges(index);
        let mut cell =
            |span: &crate::base::Span| inline::stretch(&block.text, span.clone(), &mut ranges, &note);
        rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect()
    }

    fn ranges(&self, index: BlockIndex) -> RangeQueue {
        let ShownBlock { block, lang, .. } = self.shown(index);
        let file = match lang == self.reader.original() {
            true => Some(&self.plan.path),
            false => self.plan.translations.get(&lang),
        };
        let marks =
            file.map_or(Cow::Borrowed(&block.marks[..]), |file| self.reader.marks(file, &block.marks));
        let marks: Vec<Mark> = marks.iter().map(|mark| self.absolute_mark(mark)).collect();
        RangeQueue::new(&marks, &self.overlays(index, block, lang))
    }

    fn overlays(&self, index: BlockIndex, block: &Block, lang: Lang) -> Vec<Overlay> {
        let of_block = &self.plan.blocks[index];
        let mut found = match lang == self.reader.original() {
            true => {
                let deadlines = blocks::deadlines_in(self.plan, index);
                overlays::of_original(self.reader, self.plan, of_block, &deadlines)
            }
            false => overlays::of_translation(self.reader, self.plan, of_block, block, lang),
        };
        for overlay in &mut found {
            if let OverlayKind::Link { href, .. } = &mut overlay.kind {
                *href = self.absolute(href);
            }
        }
        found
    }

    fn absolute_mark(&self, mark: &Mark) -> Mark {
        let kind = match &mark.kind {
            MarkKind::Link(href) => MarkKind::Link(self.absolute(href)),
            kind => kind.clone(),
        };
        Mark { span: mark.span.clone(), kind }
    }

    /// The full address of a link inside the site: files are read far from it.
    fn absolute(&self, href: &str) -> String {
        let inside = href.strip_prefix(self.reader.root.as_str());
        inside.map_or_else(|| href.to_owned(), |url| self.reader.site.settings.base_url.clone() + url)
    }

    /// The footnote, at the first reference to it in the text, or else the reference.
    fn note(&self, at: BlockIndex, number: usize, times: usize) -> String {
        let Some(note) = self.notes.get(&number) else { return format!("<sup>{number}</sup>") };
        if times > 1 || note.place != Some(at) {
            return format!("<noteRef href=\"#note-{number}\" marker=\"{number}\"/>");
        }
        let paragraphs: String = note.blocks.iter().map(|index| self.note_paragraph(*index)).collect();
        format!("<authorialNote eId=\"note-{number}\" marker=\"{number}\">{paragraphs}</authorialNote>")
    }

    fn note_paragraph(&self, index: BlockIndex) -> String {
        let lang = self.shown(index).lang;
        let tag = escape(self.reader.tag(lang));
        let foreign = (lang != self.reader.lang).then(|| format!(" xml:lang=\"{tag}\""));
        format!("<p{}>{}</p>", foreign.unwrap_or_default(), self.words(index, 0))
    }
}
