//! The home page: what the site is, its plans, what is due next.

use serde::Serialize;

use crate::routes::{self, Page, Scope};
use crate::views::context::{Day, Link, PageContext};
use crate::views::head::{self, PageView};
use crate::views::page::{self, PageEntry};
use crate::views::plan::{self, PlanFacts};
use crate::views::share::{self, Offer};
use crate::views::strings;
use crate::views::timeline::{self, DueView};
use crate::views::topics::{self, TopicRow};

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The plans, newest first.
    pub plans: Vec<PlanFacts>,
    /// The list of all plans, if these are not all.
    pub all_plans: Option<Link>,
    /// How many tasks there are in all.
    pub tasks: usize,
    /// How many due days there are.
    pub due: usize,
    /// How many instruments are cited.
    pub instruments: usize,
    /// The subject headings.
    pub topics: Vec<TopicRow>,
    /// The next due days, at most five; none if all have gone by.
    pub next: Vec<DueView>,
    /// The last due day of all.
    pub last: Option<Day>,
    /// Of how many due days later documents show what became of them.
    pub shown: usize,
    /// The calendar, if anything is due.
    pub calendar: Option<Offer>,
    /// The feed.
    pub feed: Offer,
    /// The pages of text.
    pub pages: Vec<PageEntry>,
}

/// The home page.
pub fn view(reader: &PageContext<'_>) -> PageView<HomeView> {
    let site = reader.site;
    let content = HomeView {
        plans: site
            .plans
            .indices()
            .take(routes::HOME_PLANS)
            .map(|index| plan::facts(reader, index))
            .collect(),
        all_plans: (site.plans.len() > routes::HOME_PLANS)
            .then(|| reader.link(Page::Plans, reader.label(strings::plans_title()))),
        tasks: site.tasks().count(),
        due: site.timeline.len(),
        instruments: site.instruments.iter().filter(|i| !i.cited_by.is_empty()).count(),
        topics: topics::rows(reader),
        next: timeline::next(reader),
        last: site.timeline.last().map(|due| reader.day(due.date)),
        shown: timeline::shown(reader),
        calendar: share::calendar(reader, Scope::Site),
        feed: share::feed(reader, Scope::Site),
        pages: page::entries(reader),
    };
    let title = reader.localized(&site.settings.title);
    let description = reader.localized(&site.settings.description).text;
    head::frame(reader, "home", title, description, Vec::new(), content)
}
