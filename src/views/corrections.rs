//! Corrections: what a text said before it was corrected, and what it says now.

use serde::Serialize;

use crate::model::index::{NodeIndex, PlanIndex};
use crate::site::{Correction, ItemRef, Task};
use crate::views::context::{Day, Link, PageContext, Phrase};
use crate::views::items;
use crate::views::strings::{self, InterfaceString};

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    /// Its anchor on the page.
    pub anchor: String,
    /// The day.
    pub day: Day,
    /// The corrected text, in words: the original or the translation.
    pub what: String,
    /// The words before.
    pub old: Phrase,
    /// The words after.
    pub new: Phrase,
    /// Why; empty if nobody says so.
    pub note: Phrase,
    /// The item, as a link; absent of words outside every item.
    pub item: Option<Link>,
}

/// Whether a reader is told: of every correction of the original, and of those of the
/// translation that is read.
pub fn concerns(reader: &PageContext<'_>, correction: &Correction) -> bool {
    correction.lang == reader.original() || correction.lang == reader.lang
}

/// The corrections of a plan that a reader is told, the latest first.
pub fn of_plan(reader: &PageContext<'_>, plan: PlanIndex) -> Vec<CorrectionView> {
    shown(reader, plan, reader.site.plans[plan].corrections.iter())
}

/// Those of one task.
pub fn of_task(reader: &PageContext<'_>, plan: PlanIndex, task: &Task) -> Vec<CorrectionView> {
    let all = &reader.site.plans[plan].corrections;
    shown(reader, plan, task.corrections.iter().map(|index| &all[*index]))
}

fn shown<'a>(
    reader: &PageContext<'_>,
    plan: PlanIndex,
    corrections: impl Iterator<Item = &'a Correction>,
) -> Vec<CorrectionView> {
    corrections.filter(|one| concerns(reader, one)).map(|one| view(reader, plan, one)).collect()
}

fn view(reader: &PageContext<'_>, plan: PlanIndex, correction: &Correction) -> CorrectionView {
    let link = |node: NodeIndex| {
        let item = ItemRef { plan, node };
        Link { href: items::href(reader, item), text: items::title(reader, item) }
    };
    CorrectionView {
        anchor: correction.anchor.clone(),
        day: reader.day(correction.date),
        what: reader.say(corrected_text(reader, correction)),
        old: reader.phrase(&correction.old, correction.lang),
        new: reader.phrase(&correction.new, correction.lang),
        note: reader.localized(&correction.note),
        item: correction.node.map(link),
    }
}

fn corrected_text(reader: &PageContext<'_>, correction: &Correction) -> InterfaceString<'static> {
    match correction.lang == reader.original() {
        true => strings::correction_original(),
        false => strings::correction_translation(),
    }
}
