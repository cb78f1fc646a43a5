//! The titles of a site, which are cut into words together before pages ask for them.

use crate::model::{Block, BlockKind};
use crate::site::Site;

/// The titles that pages show most often.
pub fn of(site: &Site) -> impl Iterator<Item = &str> {
    let plans = site.plans.iter().flat_map(|plan| {
        let headings = plan.headings.iter().flat_map(|heading| heading.values());
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
        let blocks = plan.blocks.iter().map(|block| &*block.original).filter(is_heading);
        let milestones = plan.milestones.iter().flat_map(|milestone| milestone.title.values());
        let names = plan.title.values().chain(milestones).map(String::as_str);
        let headings = headings.map(|heading| heading.title.as_str());
        names.chain(headings).chain(blocks.map(|block| block.text.as_str()))
    });
    let instruments = site.instruments.iter().flat_map(|instrument| instrument.title.values());
    let topics = site.topics.iter().flat_map(|topic| topic.title.values());
    let threads = site.threads.iter().flat_map(|thread| thread.title.values());
    let own = site.settings.title.values();
    let terms = site.glossary.terms.iter().map(|term| term.entry.original.value.as_str());
    plans.chain(instruments.chain(topics).chain(threads).chain(own).map(String::as_str)).chain(terms)
}
