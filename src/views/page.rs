//! A page of text.

use serde::Serialize;

use crate::html::{self, Html};
use crate::model::Block;
use crate::model::index::PageIndex;
use crate::parse::page::ParsedPage;
use crate::routes::Page;
use crate::views::context::{PageContext, Phrase};
use crate::views::head::{self, PageView};

/// A page of text.
#[derive(Clone, Debug, Serialize)]
pub struct TextPageView {
    /// The page in one sentence; empty if its file does not say it.
    pub lead: Phrase,
    /// The text.
    pub html: Html,
    /// BCP 47 tag of the text, if it is not in the language of the page for want of a translation.
    pub lang: Option<String>,
    /// Its headings of the first level.
    pub contents: Vec<ContentsEntry>,
}

/// A heading of a page.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsEntry {
    /// Its anchor.
    pub anchor: String,
    /// Its words.
    pub text: String,
}

/// A page of text as others list it.
#[derive(Clone, Debug, Serialize)]
pub struct PageEntry {
    /// The address.
    pub href: String,
    /// The title.
    pub title: Phrase,
    /// The page in one sentence; empty if its file does not say it.
    pub description: Phrase,
}

/// The page of that index.
pub fn view(reader: &PageContext<'_>, index: PageIndex) -> PageView<TextPageView> {
    let page = &reader.site.pages[index];
    let own = page.texts.get(&reader.lang);
    let text = own.or_else(|| page.texts.get(&reader.original())).expect("a page has an original");
    let anchors = text.anchors();
    let lead = reader.localized(&page.description);
    let content = TextPageView {
        html: html::document(&blocks(reader, text), &anchors),
        lang: own.is_none().then(|| reader.tag(reader.original()).to_owned()),
        contents: contents(text, &anchors),
        lead: lead.clone(),
    };
    let title = title(reader, index);
    let description = if lead.text.is_empty() { title.text.clone() } else { lead.text };
    head::frame(reader, "page", title, description, vec![head::home_crumb(reader)], content)
}

/// The title of a page.
pub fn title(reader: &PageContext<'_>, index: PageIndex) -> Phrase {
    reader.localized(&reader.site.pages[index].title)
}

/// All pages of text, in their order.
pub fn entries(reader: &PageContext<'_>) -> Vec<PageEntry> {
    let entry = |index: PageIndex| PageEntry {
        href: reader.href(Page::Text(index)),
        title: title(reader, index),
        description: reader.localized(&reader.site.pages[index].description),
    };
    reader.site.pages.indices().map(entry).collect()
}

/// The blocks of a page, with their links as the page writes them.
fn blocks(reader: &PageContext<'_>, text: &ParsedPage) -> Vec<Block> {
    let mut blocks = text.blocks.clone();
    for block in &mut blocks {
        block.marks = reader.marks(&text.path, &block.marks).into_owned();
    }
    blocks
}

fn contents(text: &ParsedPage, anchors: &[Option<String>]) -> Vec<ContentsEntry> {
    let top = text.blocks.iter().zip(anchors).filter_map(|(block, anchor)| {
        let anchor = anchor.as_ref().filter(|anchor| anchor.matches('-').count() == 1)?;
        Some(ContentsEntry { anchor: anchor.clone(), text: block.text.clone() })
    });
    top.collect()
}
