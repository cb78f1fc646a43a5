//! Items of plans as other pages name them: a task or a requirement, with its plan and its place.

use serde::Serialize;

use crate::model::NodeKind;
use crate::model::index::BlockIndex;
use crate::routes;
use crate::site::ItemRef;
use crate::views::context::{PageContext, Phrase};
use crate::views::strings;

/// An item that a page leads to.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// Its id: `2023/5`.
    pub id: String,
    /// The kind of item: `task`, `requirement` …
    pub kind: &'static str,
    /// Where it is.
    pub href: String,
    /// Its number and title.
    pub title: Phrase,
    /// The title of its plan.
    pub plan: Phrase,
    /// The year of its plan.
    pub year: Option<i16>,
    /// The kind of its plan, in words.
    pub plan_kind: String,
    /// Whether it is a task; else it is a requirement or the like.
    pub is_task: bool,
}

/// An item as a link.
pub fn view(reader: &PageContext<'_>, item: ItemRef) -> ItemView {
    let plan = &reader.site.plans[item.plan];
    let kind = reader.site.node(item).kind;
    ItemView {
        id: reader.site.item_id(item),
        kind: kind.as_str(),
        href: href(reader, item),
        title: title(reader, item),
        plan: reader.plan_title(plan),
        year: plan.listed_year(),
        plan_kind: reader.kind(plan),
        is_task: kind == NodeKind::Task,
    }
}

/// The page of a task, or the place of another item on the page of its plan.
pub fn href(reader: &PageContext<'_>, item: ItemRef) -> String {
    let (page, anchor) = routes::place(reader.site, item);
    reader.href(page) + &anchor
}

/// The place of a block of an item: on the page of the task, or on that of the plan.
pub fn block_href(reader: &PageContext<'_>, item: ItemRef, block: BlockIndex) -> String {
    let node = reader.site.node(item);
    let (page, _) = routes::place(reader.site, item);
    format!("{}#{}", reader.href(page), node.id.block((block - node.blocks.start).index()))
}

/// The name of an item: its number and title, or its kind if it has none.
pub fn title(reader: &PageContext<'_>, item: ItemRef) -> Phrase {
    let plan = &reader.site.plans[item.plan];
    let node = &plan.nodes[item.node];
    match node.kind {
        NodeKind::Notice | NodeKind::Preamble | NodeKind::Attachments => {
            reader.label(strings::node_kind(node.kind))
        }
        _ => reader.numbered_title(plan, item.node),
    }
}
