//! Corrections of published texts, and which of them moved due days.

use std::collections::BTreeMap;

use super::due::DueItem;
use crate::base::{Date, Lang};
use crate::model::index::{NodeIndex, TaskIndex};
use crate::settings::Localized;

/// Words that were corrected after they had been published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Its anchor, which stays when others are added: `correction-zh-2023-05-06`, and
    /// `correction-zh-2023-05-06-2` for the second of a day.
    pub anchor: String,
    /// The day of the correction.
    pub date: Date,
    /// The language of the text that was corrected.
    pub lang: Lang,
    /// The item; absent of words outside every item.
    pub node: Option<NodeIndex>,
    /// The words before.
    pub old: String,
    /// The words after.
    pub new: String,
    /// Why, if an editor says so.
    pub note: Localized,
}

/// The corrections of a plan's original that moved days, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    moves: Vec<Move>,
    /// The places in `moves` of the moves to a day in the blocks of a task, or in those of none.
    by_day: BTreeMap<(Option<TaskIndex>, Date), Vec<usize>>,
}

/// A correction that put a day there.
#[derive(Clone, Debug)]
struct Move {
    /// The day of the correction.
    corrected: Date,
    /// The day that it took the place of.
    earlier: Option<Date>,
}

impl Revisions {
    /// Adds a correction older than those before it, with the days that it put into the blocks of a task or
    /// of none, and the day that it took away.
    pub fn add(&mut self, corrected: Date, owner: Option<TaskIndex>, put: Vec<Date>, earlier: Option<Date>) {
        for day in put {
            self.by_day.entry((owner, day)).or_default().push(self.moves.len());
        }
        self.moves.push(Move { corrected, earlier });
    }

    /// The days on which corrections moved a due day, the latest first: one that put the day there is a
    /// revision, and the day it took the place of is the one that earlier corrections moved. The blocks of
    /// a task tell of it, and those of no task of milestones.
    pub fn of(&self, what: DueItem, mut due: Date) -> Vec<Date> {
        let owner = match what {
            DueItem::Task(task) => Some(task),
            DueItem::Milestone(_) => None,
        };
        let (mut revised, mut from) = (Vec::new(), 0);
        while let Some(moves) = self.by_day.get(&(owner, due))
            && let Some(index) = moves.get(moves.partition_point(|index| *index < from))
        {
            let Move { corrected, earlier } = &self.moves[*index];
            revised.push(*corrected);
            let Some(earlier) = earlier else { break };
            (due, from) = (*earlier, index + 1);
        }
        revised
    }
}
