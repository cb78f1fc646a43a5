//! Instruments: laws, regulations, standards, plans and agreements.

use super::task::ItemRef;
use crate::model::index::{InstrumentIndex, PlanIndex};
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::settings::Localized;

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
    pub plan: Option<PlanIndex>,
    /// Where it is cited: the item and how often, plans from old to new.
    pub cited_by: Vec<(ItemRef, usize)>,
    /// Where it is named without book-title marks: the item and how often.
    pub named_by: Vec<(ItemRef, usize)>,
    /// The short names under which it is cited, each plan's once: the plan, and the name as written.
    pub short_names: Vec<(PlanIndex, String)>,
    /// The one that took its place.
    pub successor: Option<InstrumentIndex>,
    /// Those whose place it took.
    pub predecessors: Vec<InstrumentIndex>,
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
