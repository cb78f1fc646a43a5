//! Styles of a word processor (ECMA-376, Part 1, §17.7): headings and lists that paragraphs take over.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::docx_xml::{Xml, value};

/// A style: its name, and the heading or list that its paragraphs belong to.
#[derive(Debug, Default, Clone)]
pub(super) struct ParagraphStyle {
    pub(super) name: String,
    based_on: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) list_level: Option<u8>,
}

#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, ParagraphStyle>);

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles: BTreeMap<String, ParagraphStyle> = BTreeMap::new();
        let mut open = String::new();
        for event in Xml::new(xml) {
            let (Event::Start(tag) | Event::Empty(tag)) = &event else { continue };
            let value = |name| value(tag, name);
            if tag.local_name().as_ref() == "style" {
                open = value("styleId").unwrap_or_default();
            }
            if open.is_empty() {
                continue;
            }
            let style = styles.entry(open.clone()).or_default();
            match tag.local_name().as_ref() {
                "name" => style.name = value("val").unwrap_or_default().to_lowercase(),
                "basedOn" => style.based_on = value("val"),
                "outlineLvl" => style.outline = value("val").and_then(|level| level.parse().ok()),
                "numId" => style.list = value("val"),
                "ilvl" => style.list_level = value("val").and_then(|level| level.parse().ok()),
                _ => {}
            }
        }
        Self(styles)
    }

    /// A style with what it takes over from those that it is based on.
    pub(super) fn resolved(&self, id: &str) -> ParagraphStyle {
        let mut style = self.0.get(id).cloned().unwrap_or_default();
        let mut seen = BTreeSet::from([id.to_owned()]);
        while let Some(base) = style.based_on.take().filter(|base| seen.insert(base.clone())) {
            let base = self.0.get(&base).cloned().unwrap_or_default();
            style.outline = style.outline.or(base.outline);
            style.list = style.list.or(base.list);
            style.list_level = style.list_level.or(base.list_level);
            style.based_on = base.based_on;
        }
        style
    }
}
