//! Plans: one document in all its languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use index_vec::{IndexSlice, IndexVec};

use super::block::TextBlock;
use super::correction::{Correction, Revisions};
use super::task::Task;
use crate::base::{Date, Lang, SitePath};
use crate::facts::deadline::DeadlineKind;
use crate::model::document::PlanKind;
use crate::model::index::{
    BlockIndex, BodyIndex, CorrectionIndex, InstrumentIndex, MilestoneIndex, NodeIndex, PlanInstrumentIndex,
    TaskIndex,
};
use crate::model::{Node, NodeKind, PlanId};
use crate::parse::numbering;
use crate::settings::Localized;

/// One plan in all languages.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Its kind.
    pub kind: PlanKind,
    /// The year it is for, if it states one.
    pub year: Option<i16>,
    /// Its title.
    pub title: Localized,
    /// Its document number (发文字号), if the source states it.
    pub number: Localized,
    /// The body that issued it, if the source states it.
    pub issuer: Localized,
    /// Its issuers, in the order of the site's bodies. Empty if all plans have one issuer.
    pub issuers: Vec<BodyIndex>,
    /// The series of plans through the years that it says it belongs to.
    pub series: Option<String>,
    /// The day it was made, if stated.
    pub issued: Option<Date>,
    /// The day it was published, if stated.
    pub published: Option<Date>,
    /// Where it was published, if stated.
    pub source: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The milestones for reports.
    pub milestones: IndexVec<MilestoneIndex, Milestone>,
    /// The file of the original.
    pub path: SitePath,
    /// The files of the translations.
    pub translations: BTreeMap<Lang, SitePath>,
    /// Its blocks, in reading order.
    pub blocks: Arc<IndexVec<BlockIndex, TextBlock>>,
    /// The instruments that it cites and names. Its citations, mentions and tasks give places in this
    /// list, so that they stay valid whatever other plans cite.
    pub instruments: IndexVec<PlanInstrumentIndex, InstrumentIndex>,
    /// The texts of its front matter, with the states of their translations.
    pub strings: Vec<MetaText>,
    /// Its nodes, in reading order; ids and anchors are the same in every language.
    pub nodes: Arc<IndexVec<NodeIndex, Node>>,
    /// The nodes by their ids inside the plan; see [`Node::local_id`].
    pub ids: Arc<BTreeMap<String, NodeIndex>>,
    /// For each node its label and title in each language.
    pub headings: Arc<IndexVec<NodeIndex, BTreeMap<Lang, Heading>>>,
    /// Its tasks, in order of their numbers and of the text.
    pub tasks: IndexVec<TaskIndex, Task>,
    /// The corrections since it was published, the latest first.
    pub corrections: IndexVec<CorrectionIndex, Correction>,
    /// Which of its corrections moved days.
    pub revisions: Arc<Revisions>,
    /// How many of its tasks say what about time.
    pub timed: Timed,
}

/// How many tasks of a plan say what about time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timed {
    /// Those that promise something to be done.
    pub due: usize,
    /// Those that promise anything.
    pub all: usize,
    /// Those with a due day.
    pub dated: usize,
}

impl Timed {
    /// Counts the tasks.
    pub fn new(tasks: &IndexSlice<TaskIndex, [Task]>) -> Self {
        let count = |is: fn(&Task) -> bool| tasks.iter().filter(|task| is(task)).count();
        Self {
            due: count(|task| task.deadlines.iter().any(|deadline| deadline.kind == DeadlineKind::Due)),
            all: count(|task| !task.deadlines.is_empty()),
            dated: count(|task| task.due_days().next().is_some()),
        }
    }
}

/// A text of the front matter.
#[derive(Clone, Debug)]
pub struct MetaText {
    /// `title`, `number`, `issuer`, or `milestone-1` and so on.
    pub id: String,
    /// Its words and their translations.
    pub text: TextBlock,
}

/// A node's number and title in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The number as written, such as `（一）` or `(1)`.
    pub label: String,
    /// The title.
    pub title: String,
}

/// A due day that a covering notice sets.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// The day.
    pub due: Date,
    /// The thing that is due.
    pub title: Localized,
}

impl Plan {
    /// The day by which plans are ordered: made, published, or the first of its year.
    pub fn day(&self) -> Option<Date> {
        self.issued.or(self.published).or_else(|| self.year.and_then(|y| Date::new(y, 1, 1).ok()))
    }

    /// The year under which it is listed: that of its title, or else of its publication.
    pub fn listed_year(&self) -> Option<i16> {
        self.year.or_else(|| self.day().map(|day| day.year()))
    }

    /// The heading of a node in a language, or else in the original's.
    pub fn heading(&self, node: NodeIndex, lang: Lang, original: Lang) -> (&Heading, Lang) {
        let headings = &self.headings[node];
        let found = headings.get(&lang).map(|h| (h, lang));
        found
            .or_else(|| headings.get(&original).map(|h| (h, original)))
            .expect("the original names every node")
    }

    /// The site's instruments of some in the list of the plan.
    pub fn instruments_of(&self, list: &[PlanInstrumentIndex]) -> impl Iterator<Item = InstrumentIndex> {
        list.iter().map(|instrument| self.instruments[*instrument])
    }

    /// The node that has a block.
    pub fn node_of(&self, block: BlockIndex) -> NodeIndex {
        NodeIndex::new(self.nodes.raw.partition_point(|node| node.blocks.end <= block))
    }

    /// The task whose node it is, in the list of the plan.
    pub fn task_of(&self, node: NodeIndex) -> Option<TaskIndex> {
        self.tasks.binary_search_by_key(&node, |task| task.node).ok()
    }

    /// The task whose node it is.
    pub fn task_at(&self, node: NodeIndex) -> Option<&Task> {
        self.task_of(node).map(|task| &self.tasks[task])
    }

    /// The task whose node it is, to be written into.
    pub fn task_at_mut(&mut self, node: NodeIndex) -> Option<&mut Task> {
        self.task_of(node).map(|task| &mut self.tasks[task])
    }

    /// The id of a task: `2023/5`.
    pub fn task_id(&self, task: &Task) -> String {
        format!("{}/{}", self.id, task.number)
    }

    /// The whole title of a node in a language, where [`numbering::brief`] has shortened it; of an item
    /// without a heading its text has all of it.
    pub fn whole_title(&self, node: NodeIndex, lang: Lang, original: Lang) -> Option<&str> {
        let short = self.headings[node].get(&lang)?.title.len() <= numbering::LONGEST_TITLE;
        let node = &self.nodes[node];
        let text = self.blocks[node.blocks.start].text(lang, original)?;
        (node.headed && !short).then(|| numbering::split(text).title)
    }

    /// The title of a node in every language it has one in.
    pub fn titles(&self, node: NodeIndex) -> Localized {
        self.headings[node].iter().map(|(lang, heading)| (*lang, heading.title.clone())).collect()
    }

    /// The words of a node below its heading, a line a block; `None` if a block is not translated.
    pub fn text(&self, node: NodeIndex, lang: Lang, original: Lang) -> Option<String> {
        let blocks = self.blocks[self.nodes[node].body()].iter();
        let texts: Option<Vec<&str>> = blocks.map(|block| block.text(lang, original)).collect();
        Some(texts?.join("\n"))
    }

    /// The nodes of a kind, with their places.
    pub fn nodes_of(&self, kind: NodeKind) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.nodes.iter_enumerated().filter(move |(_, node)| node.kind == kind)
    }

    /// The sections around a node, outermost first.
    pub fn sections(&self, node: NodeIndex) -> Vec<NodeIndex> {
        let mut around: Vec<_> =
            std::iter::successors(self.nodes[node].parent, |n| self.nodes[*n].parent).collect();
        around.reverse();
        around
    }
}
