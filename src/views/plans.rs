//! The list of all plans, by year, on sites with more plans than the home page shows.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::index::PlanIndex;
use crate::views::context::PageContext;
use crate::views::head::{self, PageView};
use crate::views::plan::{self, PlanFacts};
use crate::views::strings;

/// All plans.
#[derive(Clone, Debug, Serialize)]
pub struct PlansView {
    /// The plans by year, the latest first.
    pub years: Vec<PlanYear>,
}

/// The plans for one year.
#[derive(Clone, Debug, Serialize)]
pub struct PlanYear {
    /// The year; `None` for plans that state none.
    pub year: Option<i16>,
    /// The plans.
    pub plans: Vec<PlanFacts>,
}

/// The page of all plans.
pub fn view(reader: &PageContext<'_>) -> PageView<PlansView> {
    let plans = reader.site.plans.indices();
    let content = PlansView { years: by_year(reader, plans) };
    let title = reader.label(strings::plans_title());
    let description = reader.say(strings::plans_description(reader.site.plans.len()));
    head::frame(reader, "plans", title, description, vec![head::home_crumb(reader)], content)
}

/// Groups plans by year, the latest first.
pub fn by_year(reader: &PageContext<'_>, plans: impl Iterator<Item = PlanIndex>) -> Vec<PlanYear> {
    let mut by_year: BTreeMap<Reverse<Option<i16>>, Vec<PlanFacts>> = BTreeMap::new();
    for index in plans {
        let year = reader.site.plans[index].listed_year();
        by_year.entry(Reverse(year)).or_default().push(plan::facts(reader, index));
    }
    by_year.into_iter().map(|(Reverse(year), plans)| PlanYear { year, plans }).collect()
}
