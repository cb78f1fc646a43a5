//! Resolve: parsed files → one immutable [`Site`], in which everything leads to everything.

pub mod align;
pub mod bodies;
pub mod corrections;
pub mod evidence;
pub mod found;
pub mod gaps;
pub mod glossary;
pub mod instruments;
pub mod items;
pub mod mentions;
pub mod pages;
pub mod plan_instruments;
pub mod plans;
pub mod revisions;
pub mod sense;
pub mod series;
pub mod threads;
pub mod timeline;
pub mod topics;
pub mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use index_vec::IndexVec;

use crate::base::{Date, Diagnostic};
use crate::model::PlanId;
use crate::model::index::{CatalogueIndex, PlanIndex, TopicIndex};
use crate::parse::catalogues::bodies::BodyEntry;
use crate::parse::catalogues::evidence::EvidenceEntry;
use crate::parse::catalogues::instruments::InstrumentEntry;
use crate::parse::catalogues::threads::ThreadsFile;
use crate::parse::catalogues::topics::TopicEntry;
use crate::parse::glossary::GlossaryFile;
use crate::settings::Settings;
use crate::site::{Plan, Site};
use bodies::BodyNames;
use found::PlanMatches;
use items::Items;
use pages::ParsedPages;
pub use plans::PlanCache;
use plans::PlanFiles;
use threads::Threads;
use translations::AcceptedPairs;

/// The files of a site, parsed but not yet connected.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The files of each plan.
    pub plans: BTreeMap<PlanId, PlanFiles>,
    /// The pages of text.
    pub pages: ParsedPages,
    /// The catalogues.
    pub catalogues: Arc<Catalogues>,
}

/// The catalogues that editors keep beside plans and pages.
#[derive(Clone, Debug, Default)]
pub struct Catalogues {
    /// The catalogue of instruments.
    pub instruments: IndexVec<CatalogueIndex, InstrumentEntry>,
    /// The subject headings.
    pub topics: IndexVec<TopicIndex, TopicEntry>,
    /// The lines of work; `None` if the site keeps none.
    pub threads: Option<ThreadsFile>,
    /// The public bodies.
    pub bodies: Vec<BodyEntry>,
    /// The evidence in later documents.
    pub evidence: Vec<EvidenceEntry>,
    /// The glossary.
    pub glossary: GlossaryFile,
    /// The accepted translations.
    pub lock: Arc<AcceptedPairs>,
}

/// Connects everything. What cannot be connected is left out and reported.
pub fn resolve(
    settings: Settings,
    today: Date,
    drafts: bool,
    parsed: &Parsed,
    memory: &mut PlanCache,
) -> (Site, Vec<Diagnostic>) {
    let (original, catalogues) = (settings.original(), &*parsed.catalogues);
    let mut faults = Vec::new();
    let mut all = plans::resolve_all(parsed, original, memory, &mut faults);
    all.retain(|(plan, _)| drafts || !plan.draft);
    all.sort_by(|(a, _), (b, _)| b.day().cmp(&a.day()).then_with(|| a.id.cmp(&b.id)));
    let (plans, found): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let mut plans: IndexVec<PlanIndex, Plan> = plans.into();
    let found: Vec<&PlanMatches> = found.iter().map(|found| &**found).collect();
    let instruments = instruments::resolve(&mut plans, &found, &catalogues.instruments, original);
    faults.extend(found.iter().flat_map(|found| found.instruments.faults.iter().cloned()));
    let items = Items::new(&plans, parsed.plans.keys());
    let topics = topics::resolve(&mut plans, &found, &items, &catalogues.topics, &mut faults);
    let evidence = evidence::resolve(&mut plans, &items, &catalogues.evidence, &mut faults);
    let mut all = Threads::default();
    if let Some(catalogue) = &catalogues.threads {
        all = threads::resolve(&mut plans, &items, catalogue, &mut faults);
    }
    let names = BodyNames::new(&catalogues.bodies, original);
    let bodies = bodies::resolve(&mut plans, &names);
    faults.extend(names.unused(&plans));
    let series = series::resolve(&plans, &names, &all);
    if let Some(catalogue) = &catalogues.threads {
        faults.extend(gaps::find(&plans, &series, &settings.languages, catalogue, &all));
    }
    faults.extend(items.missing_plans());
    faults.extend(sense::check(&plans, parsed, original, &catalogues.instruments.raw));
    let pages = pages::resolve(&parsed.pages, &settings, &mut faults);
    let glossary = glossary::resolve(&found, &catalogues.glossary);
    let timeline = timeline::collect(&plans);
    let undated = timeline::undated(&plans);
    let Threads { threads, links, ends } = all;
    let site = Site {
        settings,
        today,
        plans,
        instruments,
        topics,
        body_names: bodies::by_name(&bodies, original),
        bodies,
        series,
        threads,
        links,
        ends,
        evidence,
        timeline,
        undated,
        glossary,
        pages,
        addresses: BTreeMap::new(),
    };
    (site, faults)
}
