//! Resolve: parsed files → one immutable [`Site`], in which everything leads to everything.

pub mod align;
pub mod corrections;
pub mod evidence;
pub mod gaps;
pub mod glossary;
pub mod instruments;
pub mod items;
pub mod mentions;
pub mod pages;
pub mod plans;
pub mod site;
pub mod threads;
pub mod timeline;
pub mod topics;
pub mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use site::Site;

use crate::base::{Date, Diagnostic};
use crate::model::PlanId;
use crate::parse::catalogues::evidence::EvidenceEntry;
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::parse::catalogues::threads::ThreadsFile;
use crate::parse::catalogues::topics::TopicEntry;
use crate::parse::glossary::Glossary;
use crate::settings::Settings;
use items::Items;
use pages::ParsedPages;
use plans::Files;
pub use plans::Memory;
use threads::Threads;
use translations::Lock;

/// What the files of a site say, parsed but not yet connected.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The files of each plan.
    pub plans: BTreeMap<PlanId, Files>,
    /// The catalogue of instruments.
    pub instruments: Vec<InstrumentEntry>,
    /// The subject headings.
    pub topics: Vec<TopicEntry>,
    /// The lines of work; `None` if the site keeps none.
    pub threads: Option<ThreadsFile>,
    /// What later documents show.
    pub evidence: Vec<EvidenceEntry>,
    /// The glossary.
    pub glossary: Glossary,
    /// The accepted translations.
    pub lock: Arc<Lock>,
    /// The pages of text.
    pub pages: ParsedPages,
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
    let items = Items::new(&plans, parsed.plans.keys());
    let topics = topics::resolve(&mut plans, &items, &parsed.topics, &mut faults);
    let evidence = evidence::resolve(&mut plans, &items, &parsed.evidence, &mut faults);
    let mut all = Threads::default();
    if let Some(catalogue) = &parsed.threads {
        all = threads::resolve(&mut plans, &items, catalogue, &mut faults);
        faults.extend(gaps::find(&plans, &sources, catalogue, &all));
    }
    let pages = pages::resolve(&parsed.pages, &settings, &mut faults);
    let glossary = glossary::resolve(&plans, &parsed.glossary);
    let timeline = timeline::collect(&plans);
    let Threads { threads, links, ends } = all;
    let site = Site {
        settings,
        today,
        plans,
        instruments,
        topics,
        threads,
        links,
        ends,
        evidence,
        timeline,
        glossary,
        pages,
    };
    (site, faults)
}
