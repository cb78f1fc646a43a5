//! Tasks: the facts beyond their text.

use std::sync::Arc;

use crate::base::Date;
use crate::facts::body::Body;
use crate::facts::deadline::{Deadline, DeadlineKind};
use crate::facts::target::Target;
use crate::model::index::{
    CorrectionIndex, EndIndex, EvidenceIndex, LinkIndex, NodeIndex, PlanIndex, PlanInstrumentIndex,
    ThreadIndex, TopicIndex,
};
use crate::parse::plan::Stated;

/// A task: the facts beyond its text.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its number.
    pub number: u32,
    /// Its node.
    pub node: NodeIndex,
    /// The promises of the text about time.
    pub deadlines: Arc<[Stated<Deadline>]>,
    /// The agencies the text names, with their roles.
    pub bodies: Arc<[Stated<Body>]>,
    /// The figures the text commits to.
    pub targets: Arc<[Stated<Target>]>,
    /// The instruments it cites, each once, in the order of the text.
    pub cited: Arc<[PlanInstrumentIndex]>,
    /// The instruments it names without book-title marks and does not cite, each once.
    pub named: Arc<[PlanInstrumentIndex]>,
    /// Its subject headings.
    pub topics: Vec<TopicIndex>,
    /// Its lines of work.
    pub threads: Vec<ThreadIndex>,
    /// The links that lead to it.
    pub before: Vec<LinkIndex>,
    /// The links that lead on from it.
    pub after: Vec<LinkIndex>,
    /// The statements that it has no counterpart.
    pub ends: Vec<EndIndex>,
    /// The evidence in later documents.
    pub evidence: Vec<EvidenceIndex>,
    /// Its corrections.
    pub corrections: Vec<CorrectionIndex>,
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

/// An item of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemRef {
    /// The plan.
    pub plan: PlanIndex,
    /// The node.
    pub node: NodeIndex,
}
