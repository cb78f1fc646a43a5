//! Threads: lines of work through the years.

use std::sync::Arc;

use super::task::ItemRef;
use crate::model::index::{EndIndex, LinkIndex, ThreadIndex};
use crate::parse::catalogues::threads::{EndKind, LinkKind};
use crate::settings::Localized;

/// A line of work that is followed through the plans of several years.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The word in its URL.
    pub slug: String,
    /// Its name.
    pub title: Localized,
    /// Its story.
    pub summary: Localized,
    /// Tasks of plans that are not yearly and bear on the same work.
    pub counterparts: Vec<ItemRef>,
    /// Its links.
    pub links: Vec<LinkIndex>,
    /// Where it begins or ends.
    pub ends: Vec<EndIndex>,
}

/// A link from an item of one year to an item of a later year.
#[derive(Clone, Debug)]
pub struct ThreadLink {
    /// The thread it belongs to.
    pub thread: ThreadIndex,
    /// The earlier item.
    pub from: ItemRef,
    /// The later item.
    pub to: ItemRef,
    /// The relation of the later item to the earlier one.
    pub kind: LinkKind,
    /// The reason.
    pub reason: Arc<Localized>,
}

/// A task without a predecessor or without a successor.
#[derive(Clone, Debug)]
pub struct ThreadEnd {
    /// The thread it belongs to.
    pub thread: ThreadIndex,
    /// The task.
    pub task: ItemRef,
    /// Whether the thread begins or ends.
    pub kind: EndKind,
    /// The item in which something of a dropped task lives on.
    pub residue: Option<ItemRef>,
    /// The reason.
    pub reason: Arc<Localized>,
}
