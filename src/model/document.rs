//! A document: one language's text of one plan, as it is in one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use index_vec::IndexVec;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::facts::FactsEntry;
use super::{Block, Node};
use crate::base::{Date, Lang, SitePath, fields::At};
use crate::model::index::{BlockIndex, NodeIndex};

/// One language's text of a plan, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file it was read from.
    pub path: SitePath,
    /// Its front matter.
    pub meta: Meta,
    /// Its blocks, in reading order.
    pub blocks: IndexVec<BlockIndex, Arc<Block>>,
    /// Its nodes, in reading order.
    pub nodes: IndexVec<NodeIndex, Node>,
}

/// The front matter of a plan. A translation states only texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `annual-plan`, `key-points` or `promotion-plan`.
    pub kind: Option<At<PlanKind>>,
    /// The year the plan is for.
    pub year: Option<i16>,
    /// The title of the plan.
    pub title: At<String>,
    /// The document number (发文字号), if the source states it.
    pub number: Option<At<String>>,
    /// The body that issued it, if the source states it.
    pub issuer: Option<At<String>>,
    /// The series of plans through the years that it belongs to, where issuer and kind do not say it.
    pub series: Option<String>,
    /// The day it was made (成文日期), if the source states it.
    pub issued: Option<At<Date>>,
    /// The day it was published (发布日期), if the source states it.
    pub published: Option<At<Date>>,
    /// Where it was published.
    pub source: Option<String>,
    /// How tasks are marked.
    pub tasks: TaskMarking,
    /// Due days that the covering notice sets for reports.
    pub milestones: Vec<StatedMilestone>,
    /// Whether it is kept out of the published site.
    pub draft: bool,
    /// Corrections of this file's text since it was published, in the order of the file.
    pub corrections: Vec<CorrectionEntry>,
    /// Facts of tasks that an editor states in place of those read from the text.
    pub facts: Vec<FactsEntry>,
}

/// The kinds of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanKind {
    /// A work plan for a year.
    AnnualPlan,
    /// The key points of a year's work.
    KeyPoints,
    /// A plan that carries a policy out over some years.
    PromotionPlan,
}

impl PlanKind {
    /// All kinds with their names in front matter, data and URLs.
    pub const NAMES: [(&str, PlanKind); 3] = [
        ("annual-plan", Self::AnnualPlan),
        ("key-points", Self::KeyPoints),
        ("promotion-plan", Self::PromotionPlan),
    ];

    /// The kind's name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// A due day that the covering notice sets for a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedMilestone {
    /// The day; a translation may leave it out.
    pub due: Option<At<Date>>,
    /// The thing that is due.
    pub title: At<String>,
}

/// An editor's record of words that were corrected after they had been published.
///
/// A build keeps no state between runs, so this is where readers are told what the text said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionEntry {
    /// The day of the correction.
    pub date: At<Date>,
    /// The item whose words they are, by its id inside the plan: `5`, `requirement-3`. Absent of
    /// words that are outside every item, such as the title.
    pub item: Option<At<String>>,
    /// The words before.
    pub old: String,
    /// The words after, as they are in the text.
    pub new: At<String>,
    /// Why, in as many languages as the editor likes.
    pub note: BTreeMap<Lang, String>,
}

/// How a plan marks its tasks in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskMarking {
    /// By headings of this level: 2, 3 or 4.
    Heading(u8),
    /// As items of ordered lists.
    #[default]
    List,
    /// As rows of tables, see [`super::task_table`].
    Table,
}

impl TaskMarking {
    /// All ways with their names in front matter.
    pub const NAMES: [(&str, TaskMarking); 5] = [
        ("heading-2", Self::Heading(2)),
        ("heading-3", Self::Heading(3)),
        ("heading-4", Self::Heading(4)),
        ("list", Self::List),
        ("table", Self::Table),
    ];

    /// Its name in front matter.
    pub fn as_str(self) -> &'static str {
        let named = Self::NAMES.iter().find(|(_, marking)| *marking == self);
        named.map(|(name, _)| *name).expect("tasks are headings of level 2, 3 or 4")
    }
}

macro_rules! by_name {
    ($($kind:ty),*) => { $(
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                let found = Self::NAMES.into_iter().find(|(name, _)| *name == word);
                found.map(|(_, kind)| kind).ok_or_else(|| de::Error::custom(format!("`{word}` is no name")))
            }
        }
    )* };
}

by_name!(PlanKind, TaskMarking);
