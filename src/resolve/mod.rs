//! Resolve: parsed files → one immutable [`Site`], in which everything leads to everything.

pub mod align;
pub mod glossary;
pub mod instruments;
pub mod plans;
pub mod site;
pub mod timeline;
pub mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use site::Site;

use crate::base::{Date, Diagnostic};
use crate::model::PlanId;
use crate::parse::catalogues::InstrumentEntry;
use crate::parse::glossary::Glossary;
use crate::settings::Settings;
use plans::Files;
pub use plans::Memory;
use translations::Lock;

/// What the files of a site say, parsed but not yet connected.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The files of each plan.
    pub plans: BTreeMap<PlanId, Files>,
    /// The catalogue of instruments.
    pub instruments: Vec<InstrumentEntry>,
    /// The glossary.
    pub glossary: Glossary,
    /// The accepted translations.
    pub lock: Arc<Lock>,
}

/// Connects everything. What cannot be connected is left out and reported.
pub fn resolve(
    settings: Settings,
    today: Date,
    drafts: bool,
    parsed: &Parsed,
    memory: &mut Memory,
) -> (Site, Vec<Diagnostic>) {
    let original = settings.original();
    let mut faults = Vec::new();
    let mut plans = plans::resolve_all(parsed, original, memory, &mut faults);
    plans.retain(|plan| drafts || !plan.draft);
    plans.sort_by(|a, b| b.day().cmp(&a.day()).then_with(|| a.id.cmp(&b.id)));
    let sources: Vec<_> = plans.iter().map(|plan| &*parsed.plans[&plan.id][&original]).collect();
    let (instruments, found) = instruments::resolve(&mut plans, &sources, &parsed.instruments, original);
    faults.extend(found);
    let glossary = glossary::resolve(&plans, &parsed.glossary);
    let timeline = timeline::collect(&plans);
    (Site { settings, today, plans, instruments, timeline, glossary }, faults)
}
