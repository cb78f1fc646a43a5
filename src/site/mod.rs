//! The site: everything that is published, connected and immutable. `resolve` makes it.

pub mod block;
pub mod catalogue;
pub mod correction;
pub mod due;
pub mod instrument;
pub mod plan;
pub mod task;
pub mod thread;

use std::collections::BTreeMap;

use index_vec::{IndexSlice, IndexVec};

use crate::base::{Date, SitePath};
use crate::model::Node;
use crate::model::index::{
    BodyIndex, EndIndex, EvidenceIndex, InstrumentIndex, LinkIndex, PageIndex, PlanIndex, TaskIndex,
    ThreadIndex, TopicIndex,
};
use crate::settings::Settings;
pub use block::{BlockCitation, Mention, TermUse, TextBlock, Translation, TranslationState};
pub use catalogue::{Evidence, Glossary, NamedBody, Quotation, Series, Term, TextPage, Topic};
pub use correction::{Correction, Revisions};
pub use due::{Due, DueItem, Undated};
pub use instrument::Instrument;
pub use plan::{Heading, MetaText, Milestone, Plan, Timed};
pub use task::{ItemRef, Task};
pub use thread::{Thread, ThreadEnd, ThreadLink};

/// The plans of a site, newest first.
pub type Plans = IndexSlice<PlanIndex, [Plan]>;

/// All that is published.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings: names, address, languages.
    pub settings: Settings,
    /// The day from which "days left" is counted.
    pub today: Date,
    /// The plans, newest first.
    pub plans: IndexVec<PlanIndex, Plan>,
    /// The instruments that are cited or named, in order of their titles.
    pub instruments: IndexVec<InstrumentIndex, Instrument>,
    /// The subject headings, in the order of the catalogue.
    pub topics: IndexVec<TopicIndex, Topic>,
    /// The bodies that tasks name, those with the most tasks first.
    pub bodies: IndexVec<BodyIndex, NamedBody>,
    /// The bodies by all their names in originals.
    pub body_names: BTreeMap<String, BodyIndex>,
    /// The yearly plans by what they follow one another in.
    pub series: Vec<Series>,
    /// The lines of work, in the order of the catalogue.
    pub threads: IndexVec<ThreadIndex, Thread>,
    /// The links between tasks, in the order of the catalogue.
    pub links: IndexVec<LinkIndex, ThreadLink>,
    /// The tasks without a counterpart, in the order of the catalogue.
    pub ends: IndexVec<EndIndex, ThreadEnd>,
    /// The evidence in later documents about earlier promises.
    pub evidence: IndexVec<EvidenceIndex, Evidence>,
    /// Every due day, in order of time.
    pub timeline: Vec<Due>,
    /// Due times from which no day follows, by about when they fall.
    pub undated: Vec<Undated>,
    /// The terms of the texts and how they are rendered.
    pub glossary: Glossary,
    /// The pages of text, in the order of the navigation.
    pub pages: IndexVec<PageIndex, TextPage>,
    /// Links in Markdown that pages write in another way than their source: by file and address.
    pub addresses: BTreeMap<SitePath, BTreeMap<String, Address>>,
}

impl Site {
    /// The plan of that id.
    pub fn plan(&self, id: &str) -> Option<PlanIndex> {
        self.plans.position(|plan| plan.id.as_str() == id)
    }

    /// The series that a plan belongs to.
    pub fn series_of(&self, plan: PlanIndex) -> Option<&Series> {
        self.series.iter().find(|series| series.plans.contains(&plan))
    }

    /// The plan before one in its series, if anything is said of what became of its tasks.
    pub fn previous(&self, plan: PlanIndex) -> Option<PlanIndex> {
        self.series_of(plan).filter(|series| series.traced)?.beside(plan).0
    }

    /// The plan after one in its series, under the same condition.
    pub fn next(&self, plan: PlanIndex) -> Option<PlanIndex> {
        self.series_of(plan).filter(|series| series.traced)?.beside(plan).1
    }

    /// Every task, as its plan and its place in the plan, in the order of the site.
    pub fn tasks(&self) -> impl Iterator<Item = (PlanIndex, TaskIndex)> {
        let plans = self.plans.iter_enumerated();
        plans.flat_map(|(index, plan)| plan.tasks.indices().map(move |task| (index, task)))
    }

    /// The node of an item.
    pub fn node(&self, item: ItemRef) -> &Node {
        &self.plans[item.plan].nodes[item.node]
    }

    /// The id of an item: `2023/5`, `2024/requirement-3`.
    pub fn item_id(&self, item: ItemRef) -> String {
        format!("{}/{}", self.plans[item.plan].id, self.node(item).local_id())
    }
}

/// An address inside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// From the folder of the language that the page is in.
    InLanguage(String),
    /// From the root of the site.
    InSite(String),
}
