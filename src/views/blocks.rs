//! The text of a plan: each block in the original and in its translations, side by side.

use serde::Serialize;

use crate::base::{Lang, SitePath};
use crate::facts::deadline::Deadline;
use crate::html::{self, Html, Overlay};
use crate::model::index::{self, BlockIndex, NodeIndex};
use crate::model::{Block, BlockKind};
use crate::site::{Plan, TextBlock, TranslationState};
use crate::views::context::{PageContext, Phrase};
use crate::views::overlays;
use crate::views::strings;

/// A block in all languages.
#[derive(Clone, Debug, Serialize)]
pub struct BlockView {
    /// Its anchor, the same in every language.
    pub anchor: String,
    /// `heading`, `paragraph`, `item`, `bullet`, `quote`, `listing` or `table`.
    pub kind: &'static str,
    /// The number of an item.
    pub number: Option<u32>,
    /// How deep in lists it is.
    pub depth: u8,
    /// Its texts: the original first, then the translation the page shows.
    pub texts: Vec<TextView>,
}

/// A block in one language.
#[derive(Clone, Debug, Serialize)]
pub struct TextView {
    /// `original` or `translation`.
    pub role: &'static str,
    /// BCP 47 tag of the text.
    pub lang: String,
    /// The words.
    pub html: Html,
    /// `reviewed`, `unreviewed`, `stale` or `missing`; of an original `original`.
    pub state: &'static str,
    /// A note about the state; empty if there is none.
    pub note: String,
}

/// The translation shown beside the original: that of the page, or on a page
/// in the original's language the first one there is.
pub fn companion(reader: &PageContext<'_>) -> Option<Lang> {
    if reader.lang != reader.original() {
        return Some(reader.lang);
    }
    reader.site.settings.translations().next().map(|language| language.code)
}

/// The name of that language, in itself.
pub fn companion_name(reader: &PageContext<'_>) -> Option<Phrase> {
    let language = reader.site.settings.language(companion(reader)?)?;
    Some(reader.phrase(&language.name, language.code))
}

/// The blocks of a range of a plan, named after a node.
pub fn views(
    reader: &PageContext<'_>,
    plan: &Plan,
    node: NodeIndex,
    range: std::ops::Range<BlockIndex>,
) -> Vec<BlockView> {
    let first = plan.nodes[node].blocks.start;
    let id = |index: BlockIndex| plan.nodes[node].id.block((index - first).index());
    index::blocks(range).map(|index| view(reader, plan, index, id(index))).collect()
}

/// One block of a plan.
pub fn view(reader: &PageContext<'_>, plan: &Plan, index: BlockIndex, anchor: String) -> BlockView {
    let block = &plan.blocks[index];
    let original = original(reader, plan, block, &deadlines_in(plan, index));
    let translation = companion(reader).map(|lang| translation(reader, plan, block, lang));
    let (kind, number) = kind(&block.original.kind);
    BlockView {
        anchor,
        kind,
        number,
        depth: block.original.depth,
        texts: std::iter::once(original).chain(translation).collect(),
    }
}

/// The deadlines that are in a block.
pub fn deadlines_in(plan: &Plan, block: BlockIndex) -> Vec<&Deadline> {
    let task = plan.task_at(plan.node_of(block));
    let deadlines = task.map_or(&[][..], |task| &task.deadlines);
    deadlines.iter().filter(|stated| stated.block == block).map(|stated| &stated.fact).collect()
}

fn original(reader: &PageContext<'_>, plan: &Plan, block: &TextBlock, deadlines: &[&Deadline]) -> TextView {
    let overlays = overlays::of_original(reader, plan, block, deadlines);
    TextView {
        role: "original",
        lang: reader.tag(reader.original()).to_owned(),
        html: words(reader, &plan.path, &block.original, &overlays),
        state: "original",
        note: String::new(),
    }
}

/// The translation, or, where there is none, a note that says so in its place.
fn translation(reader: &PageContext<'_>, plan: &Plan, block: &TextBlock, lang: Lang) -> TextView {
    let state = block.state(lang);
    let text = block.translations.get(&lang).zip(plan.translations.get(&lang));
    let html = text.map(|(t, path)| {
        let overlays = overlays::of_translation(reader, plan, block, &t.block, lang);
        words(reader, path, &t.block, &overlays)
    });
    TextView {
        role: "translation",
        lang: reader.tag(lang).to_owned(),
        html: html.unwrap_or_default(),
        state: state.as_str(),
        note: note(reader, state),
    }
}

fn note(reader: &PageContext<'_>, state: TranslationState) -> String {
    match state {
        TranslationState::Missing => reader.say(strings::translation_missing()),
        TranslationState::Stale => reader.say(strings::translation_stale()),
        TranslationState::Unreviewed => reader.say(strings::translation_unreviewed()),
        TranslationState::Reviewed => String::new(),
    }
}

/// The words of a block in `file`.
fn words(reader: &PageContext<'_>, file: &SitePath, block: &Block, overlays: &[Overlay]) -> Html {
    let marks = reader.marks(file, &block.marks);
    match &block.kind {
        BlockKind::Heading { .. } => {
            let places = reader.shared.theme.titles.places(&block.text);
            html::title(&block.text, &marks, overlays, &places)
        }
        BlockKind::Table { rows } => html::table(&block.text, rows, &marks, overlays),
        _ => html::inline(&block.text, 0..block.text.len(), &marks, overlays),
    }
}

fn kind(kind: &BlockKind) -> (&'static str, Option<u32>) {
    match kind {
        BlockKind::Heading { .. } => ("heading", None),
        BlockKind::Paragraph | BlockKind::Footnote { .. } => ("paragraph", None),
        BlockKind::Item { number } => ("item", Some(*number)),
        BlockKind::Bullet => ("bullet", None),
        BlockKind::Quote => ("quote", None),
        BlockKind::Listing { .. } => ("listing", None),
        BlockKind::Table { .. } => ("table", None),
    }
}
