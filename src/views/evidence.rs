//! The evidence in later documents about a task, in their own words.

use serde::Serialize;

use crate::model::index::EvidenceIndex;
use crate::views::context::{PageContext, Phrase};
use crate::views::items::{self, ItemView};

/// A promise of a task, and the words of a later document.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    /// The words of the task, in the original's language.
    pub promise: Phrase,
    /// The words of the later document, in the original's language.
    pub quote: Phrase,
    /// The place of these words.
    pub href: String,
    /// The later item.
    pub later: ItemView,
    /// The meaning of the words, and the questions that they leave open.
    pub note: Phrase,
}

/// Evidence by its index in the site.
pub fn view(reader: &PageContext<'_>, index: EvidenceIndex) -> EvidenceView {
    let evidence = &reader.site.evidence[index];
    let words = |quotation: &crate::site::Quotation| {
        let block = &reader.site.plans[quotation.item.plan].blocks[quotation.block];
        reader.phrase(&block.original.text[quotation.span.clone()], reader.original())
    };
    EvidenceView {
        promise: words(&evidence.promise),
        quote: words(&evidence.quote),
        href: items::block_href(reader, evidence.quote.item, evidence.quote.block),
        later: items::view(reader, evidence.quote.item),
        note: reader.localized(&evidence.note),
    }
}
