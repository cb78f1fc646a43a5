//! Plans as Akoma Ntoso 1.0 (OASIS LegalDocML, namespace `akn/3.0`), one document a plan and language.
//!
//! The covering notice and the title are the `preface`, the text before the first section is the `preamble`,
//! and sections, tasks and requirements are hierarchical containers of `mainBody`. An `eId` is the anchor of
//! the same part on the plan page. Blocks without a translation are in the language of the originals, which
//! their `xml:lang` states.

mod flow;
mod inline;
mod meta;
mod text;

use std::io;

use index_vec::IndexVec;

use crate::model::index::{self, BlockIndex, NodeIndex, PlanIndex};
use crate::model::{BlockKind, NodeKind};
use crate::views::context::PageContext;
use crate::xml::{self, XmlWriter};
use flow::Attributes;
use text::PlanText;

/// The namespace of Akoma Ntoso 1.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// A plan in the reader's language.
pub fn document(reader: &PageContext<'_>, index: PlanIndex) -> String {
    let plan = &reader.site.plans[index];
    let text = PlanText::new(reader, plan);
    xml::document(|writer| {
        let root = writer.create_element("akomaNtoso").with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|writer| {
            let doc = writer.create_element("doc").with_attribute(("name", "plan"));
            doc.write_inner_content(|writer| {
                meta::write(writer, reader, index)?;
                AknOutline::new(&text).write(writer)
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

/// The parts of a document: which nodes are before the body, and which are in which.
struct AknOutline<'a> {
    text: &'a PlanText<'a>,
    notices: Vec<NodeIndex>,
    preamble: Option<NodeIndex>,
    body: Vec<NodeIndex>,
    children: IndexVec<NodeIndex, Vec<NodeIndex>>,
}

impl<'a> AknOutline<'a> {
    fn new(text: &'a PlanText<'a>) -> Self {
        let nodes = &text.plan.nodes;
        let mut children = nodes.iter().map(|_| Vec::new()).collect::<IndexVec<NodeIndex, Vec<_>>>();
        let mut top = Vec::new();
        for (index, node) in nodes.iter_enumerated() {
            node.parent.map_or(&mut top, |parent| &mut children[parent]).push(index);
        }
        // The body, which must not be empty, has at least the last of them.
        let can_lead = &top[..top.len().saturating_sub(1)];
        let leads = |node: NodeIndex, kind| nodes[node].kind == kind && children[node].is_empty();
        let notices: Vec<_> =
            can_lead.iter().copied().take_while(|node| leads(*node, NodeKind::Notice)).collect();
        let preamble = can_lead.get(notices.len()).copied().filter(|node| leads(*node, NodeKind::Preamble));
        let body = top.split_off(notices.len() + usize::from(preamble.is_some()));
        Self { text, notices, preamble, body, children }
    }

    fn write(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let preface = writer.create_element("preface");
        preface.write_inner_content(|writer| {
            self.notices.iter().try_for_each(|notice| self.notice(writer, *notice))?;
            self.title(writer)
        })?;
        if let Some(preamble) = self.preamble.filter(|preamble| !self.body_of(*preamble).is_empty()) {
            let element = writer.create_element("preamble").with_attribute(("eId", self.id(preamble)));
            element.write_inner_content(|writer| flow::write(writer, self.text, &self.body_of(preamble)))?;
        }
        let body = writer.create_element("mainBody");
        body.write_inner_content(|writer| {
            if self.body.is_empty() {
                writer.create_element("p").write_empty()?;
            }
            self.body.iter().try_for_each(|node| self.container(writer, *node))
        })?;
        Ok(())
    }

    fn id(&self, node: NodeIndex) -> &str {
        self.text.plan.nodes[node].id.as_str()
    }

    /// The blocks below the heading of a node, footnotes aside.
    fn body_of(&self, node: NodeIndex) -> Vec<BlockIndex> {
        index::blocks(self.text.plan.nodes[node].body()).filter(|block| !self.text.is_note(*block)).collect()
    }

    /// The block that is the heading of a node.
    fn heading_of(&self, node: NodeIndex) -> Option<BlockIndex> {
        let node = &self.text.plan.nodes[node];
        node.headed.then_some(node.blocks.start)
    }

    /// A covering notice, with its title.
    fn notice(&self, writer: &mut XmlWriter, node: NodeIndex) -> io::Result<()> {
        let container = writer.create_element("container").with_attribute(("name", "notice"));
        container.with_attribute(("eId", self.id(node))).write_inner_content(|writer| {
            if let Some(heading) = self.heading_of(node) {
                flow::block(writer, self.text, heading)?;
            }
            flow::write(writer, self.text, &self.body_of(node))
        })?;
        Ok(())
    }

    /// The title of the plan, as the text has it above the preamble, or else as the front matter states it.
    fn title(&self, writer: &mut XmlWriter) -> io::Result<()> {
        let heading = self.preamble.and_then(|preamble| self.heading_of(preamble));
        let (attributes, words) = match heading {
            Some(heading) => {
                (flow::with_own(Attributes::new(), self.text, heading), self.text.words(heading, 0))
            }
            None => {
                let title = self.text.reader.plan_title(self.text.plan);
                let lang = title.lang.map(|lang| ("xml:lang", lang));
                (lang.into_iter().collect(), inline::lines(&title.text))
            }
        };
        let title = format!("<docTitle>{words}</docTitle>");
        let element = writer.create_element("longTitle");
        element.write_inner_content(|writer| flow::element(writer, "p", attributes, &title))?;
        Ok(())
    }

    /// A section, task or other part with all that is in it.
    fn container(&self, writer: &mut XmlWriter, index: NodeIndex) -> io::Result<()> {
        let node = &self.text.plan.nodes[index];
        let (name, kind) = match (node.kind, node.depth) {
            (NodeKind::Section, 1) => ("section", None),
            (NodeKind::Section, _) => ("subsection", None),
            (kind, _) => ("hcontainer", Some(kind.as_str())),
        };
        let bodies = meta::bodies_of_node(self.text.reader.site, self.text.plan, index);
        let element = writer.create_element(name).with_attribute(("eId", self.id(index)));
        let element = element.with_attributes(kind.map(|kind| ("name", kind)));
        let bodies = (!bodies.is_empty()).then_some(("refersTo", bodies.as_str()));
        element.with_attributes(bodies).write_inner_content(|writer| {
            self.heading(writer, index)?;
            let children = &self.children[index];
            let place = if children.is_empty() { "content" } else { "intro" };
            self.blocks(writer, place, &self.body_of(index))?;
            children.iter().try_for_each(|child| self.container(writer, *child))
        })?;
        Ok(())
    }

    /// The number of a node, and its heading without it.
    fn heading(&self, writer: &mut XmlWriter, index: NodeIndex) -> io::Result<()> {
        let node = &self.text.plan.nodes[index];
        let shown = self.text.shown(node.blocks.start);
        let (heading, _) = self.text.plan.heading(index, shown.lang, self.text.reader.original());
        let is_item = node.kind == NodeKind::Task && matches!(shown.block.kind, BlockKind::Item { .. });
        let number = after_label(&shown.block.text, &heading.label).filter(|_| node.headed);
        if is_item || number.is_some() {
            xml::text(writer, "num", &heading.label)?;
        }
        let Some(block) = self.heading_of(index) else { return Ok(()) };
        let own = flow::with_own(Attributes::new(), self.text, block);
        flow::element(writer, "heading", own, &self.text.words(block, number.unwrap_or(0)))
    }

    /// The blocks of a node itself, in an element if there are any. Of a task that is the item of a list, the
    /// number is written already.
    fn blocks(&self, writer: &mut XmlWriter, name: &str, blocks: &[BlockIndex]) -> io::Result<()> {
        let Some((first, rest)) = blocks.split_first() else { return Ok(()) };
        let node = &self.text.plan.nodes[self.text.plan.node_of(*first)];
        let is_task = node.kind == NodeKind::Task && !node.headed;
        writer.create_element(name).write_inner_content(|writer| match is_task {
            true => {
                flow::block(writer, self.text, *first)?;
                flow::write(writer, self.text, rest)
            }
            false => flow::write(writer, self.text, blocks),
        })?;
        Ok(())
    }
}

/// The place in a heading behind its number; `None` if it does not begin with it.
fn after_label(text: &str, label: &str) -> Option<usize> {
    let rest = text.strip_prefix(label).filter(|_| !label.is_empty())?;
    Some(text.len() - rest.trim_start().len())
}
