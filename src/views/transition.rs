//! The page of what changed from the plan of one year to that of the next: each task beside its counterparts.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::index::{LinkIndex, PlanIndex};
use crate::parse::catalogues::threads::{EndKind, LinkKind};
use crate::routes::Page;
use crate::site::{ItemRef, Task, ThreadLink};
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::items::{self, ItemView};
use crate::views::strings::{self, InterfaceString};

/// The changes from one yearly plan to the next.
#[derive(Clone, Debug, Serialize)]
pub struct TransitionView {
    /// The earlier plan.
    pub earlier: YearPlan,
    /// The later plan.
    pub later: YearPlan,
    /// How many rows there are of each kind.
    pub counts: Vec<ChangeCount>,
    /// The links as lines between the tasks of both years.
    pub flow: Flow,
    /// The tasks of the later plan with what came before, then the earlier ones that no task continues.
    pub rows: Vec<TransitionRow>,
    /// The pages of the years before and after, if there are any.
    pub neighbours: Vec<Link>,
}

/// A plan at one side of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct YearPlan {
    /// Its year.
    pub year: i16,
    /// Its page, by its title.
    pub link: Link,
    /// How many tasks it has.
    pub tasks: usize,
}

/// A kind of change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeCount {
    /// `continues`, `splits-into`, `merges-into`, `related`, `new`, `dropped`, `requirement` or `unexamined`.
    pub kind: &'static str,
    /// The kind in words.
    pub words: String,
    /// How many rows are of it.
    pub count: usize,
}

/// Items of both years side by side.
#[derive(Clone, Debug, Serialize)]
pub struct TransitionRow {
    /// The kind, as in [`ChangeCount`].
    pub kind: &'static str,
    /// The kind in words.
    pub words: String,
    /// The earlier items.
    pub earlier: Vec<SideItem>,
    /// The later items.
    pub later: Vec<SideItem>,
    /// The reasons, each once.
    pub reasons: Vec<Phrase>,
}

/// An item with its text.
#[derive(Clone, Debug, Serialize)]
pub struct SideItem {
    /// The item.
    pub item: ItemView,
    /// Its text below the heading, in the reader's language or else in the original's: a paragraph each.
    pub text: Vec<Phrase>,
}

/// A picture of the links. Lengths are in units of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Flow {
    /// How high it is.
    pub height: usize,
    /// The earlier tasks, from top to bottom.
    pub earlier: Vec<FlowNode>,
    /// The later tasks.
    pub later: Vec<FlowNode>,
    /// The links between them.
    pub lines: Vec<FlowLine>,
}

/// A task in the picture.
#[derive(Clone, Debug, Serialize)]
pub struct FlowNode {
    /// Its number.
    pub number: u32,
    /// How far from the top.
    pub y: usize,
    /// True if no line leads to it.
    pub alone: bool,
}

/// A link in the picture.
#[derive(Clone, Debug, Serialize)]
pub struct FlowLine {
    /// The kind of link.
    pub kind: &'static str,
    /// Where it leaves the earlier task.
    pub from: usize,
    /// Where it reaches the later task.
    pub to: usize,
}

/// The distance between two tasks in the picture.
const STEP: usize = 20;

/// The page of the changes to a plan from the one before it.
pub fn view(reader: &PageContext<'_>, later: PlanIndex) -> PageView<TransitionView> {
    let earlier = reader.site.previous(later).unwrap_or(later);
    let pair = Pair { reader, earlier, later };
    let rows = pair.rows();
    let content = TransitionView {
        earlier: pair.side(earlier),
        later: pair.side(later),
        counts: counts(&rows),
        flow: pair.flow(),
        neighbours: pair.neighbours(),
        rows,
    };
    let [from, to] = [&content.earlier, &content.later].map(|plan| plan.year.to_string());
    let title = reader.label(strings::transition_title(&from, &to));
    let description = reader.say(strings::transition_description(&from, &to));
    let crumbs =
        vec![head::home_crumb(reader), reader.link(Page::Threads, reader.label(strings::threads_title()))];
    head::frame(reader, "transition", title, description, crumbs, content)
}

/// A link to the page of the changes to a plan, if there is one.
pub fn link(reader: &PageContext<'_>, later: PlanIndex) -> Option<Link> {
    let earlier = reader.site.previous(later)?;
    let year = |plan: PlanIndex| reader.site.plans[plan].listed_year().unwrap_or_default().to_string();
    let (from, to) = (year(earlier), year(later));
    Some(reader.link(Page::Transition(later), reader.label(strings::transition_title(&from, &to))))
}

struct Pair<'a> {
    reader: &'a PageContext<'a>,
    earlier: PlanIndex,
    later: PlanIndex,
}

/// The change of a task from one plan to the next.
#[derive(Clone, Copy)]
enum TaskChange {
    Linked(LinkKind),
    Ended(EndKind),
    /// Only requirements of the later plan carry it on.
    Moved,
    Unexamined,
}

impl TaskChange {
    fn as_str(self) -> &'static str {
        match self {
            Self::Linked(kind) => kind.as_str(),
            Self::Ended(kind) => kind.as_str(),
            Self::Moved => "requirement",
            Self::Unexamined => "unexamined",
        }
    }

    fn words(self, is_later: bool) -> InterfaceString<'static> {
        match self {
            Self::Linked(kind) if is_later => strings::link_back(kind),
            Self::Linked(kind) => strings::link(kind),
            Self::Ended(kind) => strings::end(kind),
            Self::Moved => strings::transition_requirement(),
            Self::Unexamined => strings::not_examined(),
        }
    }
}

impl Pair<'_> {
    fn side(&self, index: PlanIndex) -> YearPlan {
        let plan = &self.reader.site.plans[index];
        YearPlan {
            year: plan.listed_year().unwrap_or_default(),
            link: self.reader.link(Page::Plan(index), self.reader.plan_title(plan)),
            tasks: plan.tasks.len(),
        }
    }

    fn neighbours(&self) -> Vec<Link> {
        [Some(self.earlier), self.reader.site.next(self.later)]
            .into_iter()
            .flatten()
            .filter_map(|plan| link(self.reader, plan))
            .collect()
    }

    fn rows(&self) -> Vec<TransitionRow> {
        let plans = &self.reader.site.plans;
        let later = plans[self.later].tasks.iter().map(|task| self.later_row(task));
        let left = plans[self.earlier].tasks.iter().filter_map(|task| self.earlier_row(task));
        later.chain(left).collect()
    }

    /// The links of a task to or from the other plan.
    fn links<'s>(&'s self, links: &'s [LinkIndex]) -> impl Iterator<Item = &'s ThreadLink> {
        let links = links.iter().map(|link| &self.reader.site.links[*link]);
        links.filter(|link| link.from.plan == self.earlier && link.to.plan == self.later)
    }

    /// A later task with the earlier items that lead to it.
    fn later_row(&self, task: &Task) -> TransitionRow {
        let links: Vec<&ThreadLink> = self.links(&task.before).collect();
        let change = strongest(&links).map_or_else(|| self.ending(task, EndKind::New), TaskChange::Linked);
        TransitionRow {
            kind: change.as_str(),
            words: self.reader.say(change.words(true)),
            earlier: links.iter().map(|link| self.item(link.from)).collect(),
            later: vec![self.item(ItemRef { plan: self.later, node: task.node })],
            reasons: self.reasons(&links, task, EndKind::New),
        }
    }

    /// An earlier task that no later task continues, with the items in which it lives on.
    fn earlier_row(&self, task: &Task) -> Option<TransitionRow> {
        let links: Vec<&ThreadLink> = self.links(&task.after).collect();
        let to_task = |item: ItemRef| self.reader.site.plans[item.plan].task_of(item.node).is_some();
        if links.iter().any(|link| to_task(link.to)) {
            return None;
        }
        let ends = task.ends.iter().map(|end| &self.reader.site.ends[*end]);
        let residues = ends.filter(|end| end.kind == EndKind::Dropped).filter_map(|end| end.residue);
        let into: BTreeSet<ItemRef> =
            links.iter().map(|link| link.to).chain(residues).filter(|item| item.plan == self.later).collect();
        let moved = into.iter().any(|item| !to_task(*item));
        let change = if moved { TaskChange::Moved } else { self.ending(task, EndKind::Dropped) };
        Some(TransitionRow {
            kind: change.as_str(),
            words: self.reader.say(change.words(false)),
            earlier: vec![self.item(ItemRef { plan: self.earlier, node: task.node })],
            later: into.into_iter().map(|item| self.item(item)).collect(),
            reasons: self.reasons(&links, task, EndKind::Dropped),
        })
    }

    /// The end that an editor states, if any.
    fn ending(&self, task: &Task, kind: EndKind) -> TaskChange {
        let stated = task.ends.iter().any(|end| self.reader.site.ends[*end].kind == kind);
        if stated { TaskChange::Ended(kind) } else { TaskChange::Unexamined }
    }

    fn reasons(&self, links: &[&ThreadLink], task: &Task, kind: EndKind) -> Vec<Phrase> {
        let ends = task.ends.iter().map(|end| &self.reader.site.ends[*end]);
        let ends = ends.filter(|end| end.kind == kind).map(|end| &end.reason);
        let mut reasons: Vec<Phrase> = Vec::new();
        for reason in links.iter().map(|link| &link.reason).chain(ends) {
            let reason = self.reader.localized(reason);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    fn item(&self, item: ItemRef) -> SideItem {
        let plan = &self.reader.site.plans[item.plan];
        let text = |lang| Some((plan.text(item.node, lang, self.reader.original())?, lang));
        let own = text(self.reader.lang).or_else(|| text(self.reader.original()));
        let paragraphs = own.map(|(text, lang)| {
            text.lines().map(|line| self.reader.phrase(line, lang)).collect::<Vec<Phrase>>()
        });
        SideItem { item: items::view(self.reader, item), text: paragraphs.unwrap_or_default() }
    }

    fn flow(&self) -> Flow {
        let plans = &self.reader.site.plans;
        let (earlier, later) = (&plans[self.earlier].tasks, &plans[self.later].tasks);
        let place = |item: ItemRef| Some(height(plans[item.plan].task_of(item.node)?.index()));
        let links = later.iter().flat_map(|task| self.links(&task.before));
        let line = |link: &ThreadLink| {
            Some(FlowLine { kind: link.kind.as_str(), from: place(link.from)?, to: place(link.to)? })
        };
        let lines: Vec<FlowLine> = links.filter_map(line).collect();
        let node = |index: usize, task: &Task, reached: &dyn Fn(&FlowLine) -> usize| FlowNode {
            number: task.number,
            y: height(index),
            alone: lines.iter().all(|line| reached(line) != height(index)),
        };
        Flow {
            height: height(earlier.len().max(later.len())),
            earlier: earlier.iter().enumerate().map(|(at, task)| node(at, task, &|line| line.from)).collect(),
            later: later.iter().enumerate().map(|(at, task)| node(at, task, &|line| line.to)).collect(),
            lines,
        }
    }
}

/// The kind of the links of one item that says most: `related` says least.
fn strongest(links: &[&ThreadLink]) -> Option<LinkKind> {
    let kinds = links.iter().map(|link| link.kind);
    kinds.min_by_key(|kind| *kind == LinkKind::Related)
}

fn height(index: usize) -> usize {
    STEP / 2 + index * STEP
}

/// The kinds of the rows, in the order in which they first occur.
fn counts(rows: &[TransitionRow]) -> Vec<ChangeCount> {
    let mut counts: Vec<ChangeCount> = Vec::new();
    for row in rows {
        match counts.iter_mut().find(|count| count.kind == row.kind) {
            Some(count) => count.count += 1,
            None => counts.push(ChangeCount { kind: row.kind, words: row.words.clone(), count: 1 }),
        }
    }
    counts
}
