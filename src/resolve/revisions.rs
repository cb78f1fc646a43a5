//! Revisions: the corrections of a text that moved a due day. Calendar programs keep the old day of an
//! entry unless its `SEQUENCE` grows (RFC 5545 §3.8.7.4).

use super::corrections::Correction;
use super::site::{DueItem, Plan};
use crate::base::Date;
use crate::facts::date::{self, When};

/// The days on which corrections of the original moved a due day, the latest first.
///
/// The corrections are undone from the latest to the first, each in its block: one that put the day
/// there is a revision, and the day it took the place of is the one that earlier corrections moved.
pub(super) fn revisions(plan: &Plan, what: DueItem, mut due: Date) -> Vec<Date> {
    let mut revised = Vec::new();
    if plan.corrections.is_empty() {
        return revised;
    }
    let mut texts: Vec<String> = plan.blocks.iter().map(|block| block.original.text.clone()).collect();
    for correction in plan.corrections.iter().filter(|one| !plan.translations.contains_key(&one.lang)) {
        let Some(block) = block(plan, correction, &texts) else { continue };
        let before = texts[block].replacen(&correction.new, &correction.old, 1);
        let after = std::mem::replace(&mut texts[block], before);
        let (old, new) = (days(plan, &texts[block]), days(plan, &after));
        if is_about(plan, what, block) && new.contains(&due) && !old.contains(&due) {
            revised.push(correction.date);
            let Some(earlier) = old.into_iter().find(|day| !new.contains(day)) else { break };
            due = earlier;
        }
    }
    revised
}

/// The block that a correction changed, as its text was then.
fn block(plan: &Plan, correction: &Correction, texts: &[String]) -> Option<usize> {
    let mut blocks = correction.node.map_or(0..texts.len(), |node| plan.nodes[node].blocks.clone());
    blocks.find(|block| texts[*block].contains(&correction.new))
}

/// Whether a block tells of what is due: a task in its own blocks, a milestone in those of no task.
fn is_about(plan: &Plan, what: DueItem, block: usize) -> bool {
    let tells = |task: usize| plan.nodes[plan.tasks[task].node].blocks.contains(&block);
    match what {
        DueItem::Task(task) => tells(task),
        DueItem::Milestone(_) => !(0..plan.tasks.len()).any(tells),
    }
}

/// The days that a text names; of a period its last.
fn days(plan: &Plan, text: &str) -> Vec<Date> {
    let once = |when| match when {
        When::Once(period) => Some(period.last),
        When::Every(_) => None,
    };
    date::read(text, plan.year).moments.iter().filter_map(|moment| once(moment.when)).collect()
}
