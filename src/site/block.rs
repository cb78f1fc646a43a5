//! Blocks of text in all languages, with what they cite, name and use.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Lang, Span};
use crate::model::Block;
use crate::model::index::{PlanInstrumentIndex, TermIndex};

/// One block in all languages.
#[derive(Clone, Debug)]
pub struct TextBlock {
    /// The original.
    pub original: Arc<Block>,
    /// The citations of the original.
    pub citations: Vec<BlockCitation>,
    /// The instruments that the original names without book-title marks.
    pub mentions: Vec<Mention>,
    /// The terms of the glossary that the original uses, in order.
    pub terms: Vec<TermUse>,
    /// Its translations. A language without one has no entry: the translation is missing.
    pub translations: BTreeMap<Lang, Translation>,
}

impl TextBlock {
    /// Its words in a language; `None` if it is not translated.
    pub fn text(&self, lang: Lang, original: Lang) -> Option<&str> {
        match lang == original {
            true => Some(&self.original.text),
            false => Some(&self.translations.get(&lang)?.block.text),
        }
    }

    /// The short names in the original as they are written, with the instruments that they mean.
    pub fn short_names(&self) -> impl Iterator<Item = (&str, PlanInstrumentIndex)> {
        let short = self.citations.iter().filter(|citation| citation.short);
        short.map(|citation| (&self.original.text[citation.span.clone()], citation.instrument))
    }

    /// The state of the translation into a language.
    pub fn state(&self, lang: Lang) -> TranslationState {
        self.translations.get(&lang).map_or(TranslationState::Missing, |t| t.state)
    }
}

/// A block in another language.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The text.
    pub block: Arc<Block>,
    /// How far it can be relied on.
    pub state: TranslationState,
}

/// How far a translation can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TranslationState {
    /// The block has no translation.
    Missing,
    /// The original has changed since it was made.
    Stale,
    /// Nobody has accepted it yet.
    Unreviewed,
    /// An editor has accepted it for this very original.
    Reviewed,
}

impl TranslationState {
    /// The state as a word in data and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Unreviewed => "unreviewed",
            Self::Reviewed => "reviewed",
        }
    }
}

/// A title cited in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockCitation {
    /// Where, in bytes of the block's text, marks included.
    pub span: Span,
    /// The instrument, in the list of the plan.
    pub instrument: PlanInstrumentIndex,
    /// Whether it is a short name, which means this instrument in its own plan only.
    pub short: bool,
}

/// An instrument named in a block without book-title marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where, in bytes of the block's text. Of two wordings that overlap each has a part of its own.
    pub span: Span,
    /// The instrument, in the list of the plan.
    pub instrument: PlanInstrumentIndex,
}

/// A term that is in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermUse {
    /// Where, in bytes of the block's text.
    pub span: Span,
    /// The term.
    pub term: TermIndex,
}
