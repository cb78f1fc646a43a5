//! The site: every plan with its translations, and what leads from one to another. Immutable.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::corrections::Correction;
use super::evidence::Evidence;
use super::items;
use super::pages::TextPage;
use super::revisions::Revisions;
use super::series::Series;
use super::threads::{Thread, ThreadEnd, ThreadLink};
use super::topics::Topic;
use crate::base::{Date, Lang, SitePath, Span};
use crate::facts::body::Body;
use crate::facts::date::Precision;
use crate::facts::deadline::{Deadline, DeadlineKind};
use crate::facts::target::Target;
use crate::model::document::PlanKind;
use crate::model::{Block, Node, NodeKind, PlanId};
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::parse::glossary::TermEntry;
use crate::parse::numbering;
use crate::parse::plan::Stated;
use crate::settings::{Localized, Settings};

/// All that is published.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings: names, address, languages.
    pub settings: Settings,
    /// The day from which "days left" is counted.
    pub today: Date,
    /// The plans, newest first.
    pub plans: Vec<Plan>,
    /// The instruments that are cited or named, in order of their titles.
    pub instruments: Vec<Instrument>,
    /// The subject headings, in the order of the catalogue.
    pub topics: Vec<Topic>,
    /// The yearly plans by what they follow one another in.
    pub series: Vec<Series>,
    /// The lines of work, in the order of the catalogue.
    pub threads: Vec<Thread>,
    /// The links between tasks, in the order of the catalogue.
    pub links: Vec<ThreadLink>,
    /// The tasks without a counterpart, in the order of the catalogue.
    pub ends: Vec<ThreadEnd>,
    /// The evidence in later documents about earlier promises.
    pub evidence: Vec<Evidence>,
    /// Every due day, in order of time.
    pub timeline: Vec<Due>,
    /// Due times from which no day follows, by about when they fall.
    pub undated: Vec<Undated>,
    /// The terms of the texts and how they are rendered.
    pub glossary: Glossary,
    /// The pages of text, in the order of the navigation.
    pub pages: Vec<TextPage>,
    /// Links in Markdown that pages write in another way than their source: by file and address.
    pub addresses: BTreeMap<SitePath, BTreeMap<String, Address>>,
}

/// An address inside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// From the folder of the language that the page is in.
    InLanguage(String),
    /// From the root of the site.
    InSite(String),
}

/// The glossary, with what uses it.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The terms, in the order of the file.
    pub terms: Vec<Term>,
    /// For each language the numbers and abbreviations that a translation may add.
    pub added: BTreeMap<Lang, Vec<String>>,
    /// Words of one meaning that only the search knows.
    pub search: Vec<Vec<String>>,
}

/// A term of the originals.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its entry in the glossary.
    pub entry: TermEntry,
    /// The other terms of the same meaning, as indices into the terms.
    pub synonyms: Vec<usize>,
    /// The items whose original text holds it.
    pub used_by: Vec<ItemRef>,
}

/// A term that stands in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermUse {
    /// Where, in bytes of the block's text.
    pub span: Span,
    /// The term, as an index into the glossary.
    pub term: usize,
}

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
    pub milestones: Vec<Milestone>,
    /// The file of the original.
    pub path: SitePath,
    /// The files of the translations.
    pub translations: BTreeMap<Lang, SitePath>,
    /// Its blocks, in reading order.
    pub blocks: Arc<Vec<TextBlock>>,
    /// The works that it cites and names, as indices into the site's instruments. Its citations,
    /// mentions and tasks give places in this list, so that they hold whatever other plans cite.
    pub works: Vec<usize>,
    /// The texts of its front matter, with the states of their translations.
    pub strings: Vec<MetaText>,
    /// Its nodes, in reading order; ids and anchors are the same in every language.
    pub nodes: Arc<Vec<Node>>,
    /// The nodes by their ids inside the plan, as indices; see [`items::local_id`].
    pub ids: Arc<BTreeMap<String, usize>>,
    /// For each node its label and title in each language.
    pub headings: Arc<Vec<BTreeMap<Lang, Heading>>>,
    /// Its tasks, in order of their numbers and of the text.
    pub tasks: Vec<Task>,
    /// The corrections since it was published, the latest first.
    pub corrections: Vec<Correction>,
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
    pub fn new(tasks: &[Task]) -> Self {
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

/// A title cited in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockCitation {
    /// Where, in bytes of the block's text, marks included.
    pub span: Span,
    /// The work, as a place in the plan's list of works.
    pub work: usize,
    /// Whether it is a short name, which means this work in its own plan only.
    pub short: bool,
}

/// A work named in a block without book-title marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where, in bytes of the block's text. Of two wordings that overlap each has a part of its own.
    pub span: Span,
    /// The work, as a place in the plan's list of works.
    pub work: usize,
}

/// A task: the facts beyond its text.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its number.
    pub number: u32,
    /// Its node, as an index into the plan's nodes.
    pub node: usize,
    /// The promises of the text about time.
    pub deadlines: Arc<[Stated<Deadline>]>,
    /// The agencies the text names, with their roles.
    pub bodies: Arc<[Stated<Body>]>,
    /// The figures the text commits to.
    pub targets: Arc<[Stated<Target>]>,
    /// The works it cites, each once, in the order of the text, as places in the plan's list.
    pub cited: Arc<[usize]>,
    /// The works it names without book-title marks and does not cite, each once.
    pub named: Arc<[usize]>,
    /// Its subject headings, as indices into the site's topics.
    pub topics: Vec<usize>,
    /// Its lines of work, as indices into the site's threads.
    pub threads: Vec<usize>,
    /// The links that lead to it, as indices into the site's links.
    pub before: Vec<usize>,
    /// The links that lead on from it.
    pub after: Vec<usize>,
    /// The statements that it has no counterpart, as indices into the site's ends.
    pub ends: Vec<usize>,
    /// The evidence in later documents, as indices into the site's evidence.
    pub evidence: Vec<usize>,
    /// Its corrections, as indices into the plan's corrections.
    pub corrections: Vec<usize>,
}

/// An item of a plan: the plan and the node, as indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemRef {
    /// Index into the site's plans.
    pub plan: usize,
    /// Index into the plan's nodes.
    pub node: usize,
}

/// A law, regulation, standard, plan or agreement that is cited or named.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// The word in its URL.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its entry in the catalogue; `None` if the catalogue does not have the title.
    pub entry: Option<InstrumentEntry>,
    /// The plan of this site that it is, if it is one.
    pub plan: Option<usize>,
    /// Where it is cited: the item and how often, plans from old to new.
    pub cited_by: Vec<(ItemRef, usize)>,
    /// Where it is named without book-title marks: the item and how often.
    pub named_by: Vec<(ItemRef, usize)>,
    /// The short names under which it is cited, each plan's once: the plan, and the name as written.
    pub short_names: Vec<(usize, String)>,
    /// The one that took its place, as an index into the site's instruments.
    pub successor: Option<usize>,
    /// Those whose place it took.
    pub predecessors: Vec<usize>,
}

impl Instrument {
    /// How often it is cited.
    pub fn citations(&self) -> usize {
        self.cited_by.iter().map(|(_, count)| count).sum()
    }

    /// How often it is named without book-title marks.
    pub fn mentions(&self) -> usize {
        self.named_by.iter().map(|(_, count)| count).sum()
    }
}

/// Something due on a day.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its id in data and calendars: that of the page it stands on, with the
    /// anchor there if the page has several: `2023/5`, `2023#milestone-1`, and
    /// for a task's second due day `2023/5#due-2`.
    pub id: String,
    /// The day; of a period its last.
    pub date: Date,
    /// How exactly the text states it.
    pub precision: Precision,
    /// Whether work goes on afterwards.
    pub then_ongoing: bool,
    /// The days on which corrections of the text moved the due day, the latest first.
    pub revised: Vec<Date>,
    /// The plan, as an index.
    pub plan: usize,
    /// The thing that is due.
    pub what: DueItem,
    /// The deadline, as an index into the task's; 0 for a milestone.
    pub deadline: usize,
}

/// Something due at a time that names no day, such as 汛前.
#[derive(Clone, Debug)]
pub struct Undated {
    /// Its id, like that of a [`Due`].
    pub id: String,
    /// About when it is, to put it in order; absent if not even that is known.
    pub falls: Option<Date>,
    /// The plan, as an index.
    pub plan: usize,
    /// The task, as an index into the plan's tasks.
    pub task: usize,
    /// The deadline, as an index into the task's.
    pub deadline: usize,
}

/// A thing that is due on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueItem {
    /// The task, as an index into the plan's tasks.
    Task(usize),
    /// The milestone, as an index into the plan's milestones.
    Milestone(usize),
}

impl Site {
    /// The plan of that id.
    pub fn plan(&self, id: &str) -> Option<usize> {
        self.plans.iter().position(|plan| plan.id.as_str() == id)
    }

    /// The series that a plan belongs to.
    pub fn series_of(&self, plan: usize) -> Option<&Series> {
        self.series.iter().find(|series| series.plans.contains(&plan))
    }

    /// Every task, as its plan and its place in the plan, in the order of the site.
    pub fn tasks(&self) -> impl Iterator<Item = (usize, usize)> {
        let plans = self.plans.iter().enumerate();
        plans.flat_map(|(index, plan)| (0..plan.tasks.len()).map(move |task| (index, task)))
    }

    /// The node of an item.
    pub fn node(&self, item: ItemRef) -> &Node {
        &self.plans[item.plan].nodes[item.node]
    }

    /// The id of an item: `2023/5`, `2024/requirement-3`.
    pub fn item_id(&self, item: ItemRef) -> String {
        format!("{}/{}", self.plans[item.plan].id, items::local_id(self.node(item)))
    }
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
    pub fn heading(&self, node: usize, lang: Lang, original: Lang) -> (&Heading, Lang) {
        let headings = &self.headings[node];
        let found = headings.get(&lang).map(|h| (h, lang));
        found
            .or_else(|| headings.get(&original).map(|h| (h, original)))
            .expect("the original names every node")
    }

    /// The instruments at places in the list of its works, as indices into the site's.
    pub fn instruments(&self, places: &[usize]) -> impl Iterator<Item = usize> {
        places.iter().map(|place| self.works[*place])
    }

    /// The node that has a block, as an index.
    pub fn node_of(&self, block: usize) -> usize {
        self.nodes.partition_point(|node| node.blocks.end <= block)
    }

    /// The task whose node it is, as an index.
    pub fn task_of(&self, node: usize) -> Option<usize> {
        self.tasks.binary_search_by_key(&node, |task| task.node).ok()
    }

    /// The task whose node it is.
    pub fn task_at(&self, node: usize) -> Option<&Task> {
        self.task_of(node).map(|task| &self.tasks[task])
    }

    /// The task whose node it is, to be written into.
    pub fn task_at_mut(&mut self, node: usize) -> Option<&mut Task> {
        self.task_of(node).map(|task| &mut self.tasks[task])
    }

    /// The id of a task: `2023/5`.
    pub fn task_id(&self, task: &Task) -> String {
        format!("{}/{}", self.id, task.number)
    }

    /// The whole title of a node in a language, where [`numbering::brief`] has shortened it; of an item
    /// without a heading its text has all of it.
    pub fn whole_title(&self, node: usize, lang: Lang, original: Lang) -> Option<&str> {
        let short = self.headings[node].get(&lang)?.title.len() <= numbering::LONGEST_TITLE;
        let node = &self.nodes[node];
        let text = self.blocks[node.blocks.start].text(lang, original)?;
        (node.headed && !short).then(|| numbering::split(text).title)
    }

    /// The title of a node in every language it has one in.
    pub fn titles(&self, node: usize) -> Localized {
        self.headings[node].iter().map(|(lang, heading)| (*lang, heading.title.clone())).collect()
    }

    /// The words of a node below its heading, a line a block; `None` if a block is not translated.
    pub fn text(&self, node: usize, lang: Lang, original: Lang) -> Option<String> {
        let blocks = self.blocks[self.nodes[node].body()].iter();
        let texts: Option<Vec<&str>> = blocks.map(|block| block.text(lang, original)).collect();
        Some(texts?.join("\n"))
    }

    /// The nodes of a kind, with their indices.
    pub fn nodes_of(&self, kind: NodeKind) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.kind == kind)
    }

    /// The sections around a node, outermost first.
    pub fn sections(&self, node: usize) -> Vec<usize> {
        let mut around: Vec<_> =
            std::iter::successors(self.nodes[node].parent, |n| self.nodes[*n].parent).collect();
        around.reverse();
        around
    }
}

impl Task {
    /// The days on which it is due.
    pub fn due_days(&self) -> impl Iterator<Item = Date> {
        self.deadlines.iter().filter(|deadline| deadline.kind == DeadlineKind::Due).filter_map(|due| due.date)
    }

    /// The names of the bodies that answer for it, because they lead or are responsible; each once.
    pub fn responsible(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for body in self.bodies.iter().filter(|body| body.role.answers()) {
            if !names.contains(&body.name.as_str()) {
                names.push(body.name.as_str());
            }
        }
        names
    }

    /// Whether work on it is said to go on, before or after a due day.
    pub fn is_ongoing(&self) -> bool {
        self.deadlines.iter().any(|deadline| deadline.kind == DeadlineKind::Ongoing)
    }
}

impl Due {
    /// The anchor on the page that its id names, with its mark: `#milestone-1`; empty if it is the page itself.
    pub fn anchor(&self) -> &str {
        self.id.find('#').map_or("", |at| &self.id[at..])
    }
}

impl TextBlock {
    /// Its words in a language; `None` if it is not translated.
    pub fn text(&self, lang: Lang, original: Lang) -> Option<&str> {
        match lang == original {
            true => Some(&self.original.text),
            false => Some(&self.translations.get(&lang)?.block.text),
        }
    }

    /// The short names in the original as they are written, with the places of the works that they mean
    /// in the plan's list.
    pub fn short_names(&self) -> impl Iterator<Item = (&str, usize)> {
        let short = self.citations.iter().filter(|citation| citation.short);
        short.map(|citation| (&self.original.text[citation.span.clone()], citation.work))
    }

    /// The state of the translation into a language.
    pub fn state(&self, lang: Lang) -> TranslationState {
        self.translations.get(&lang).map_or(TranslationState::Missing, |t| t.state)
    }
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
