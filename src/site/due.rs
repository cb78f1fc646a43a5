//! Due days and due times.

use crate::base::Date;
use crate::facts::date::Precision;
use crate::model::index::{MilestoneIndex, PlanIndex, TaskIndex};

/// Something due on a day.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its id in data and calendars: that of the page it is on, with the
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
    /// The plan.
    pub plan: PlanIndex,
    /// The thing that is due.
    pub what: DueItem,
    /// The deadline, as an index into the task's; 0 for a milestone.
    pub deadline: usize,
}

impl Due {
    /// The anchor on the page that its id names, with its mark: `#milestone-1`; empty if it is the page itself.
    pub fn anchor(&self) -> &str {
        self.id.find('#').map_or("", |at| &self.id[at..])
    }
}

/// A thing that is due on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueItem {
    /// The task.
    Task(TaskIndex),
    /// The milestone.
    Milestone(MilestoneIndex),
}

/// Something due at a time that names no day, such as 汛前.
#[derive(Clone, Debug)]
pub struct Undated {
    /// Its id, like that of a [`Due`].
    pub id: String,
    /// About when it is, to put it in order; absent if not even that is known.
    pub falls: Option<Date>,
    /// The plan.
    pub plan: PlanIndex,
    /// The task.
    pub task: TaskIndex,
    /// The deadline, as an index into the task's.
    pub deadline: usize,
}
