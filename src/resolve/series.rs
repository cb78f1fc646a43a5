//! Series: the plans of one issuer and kind through the years, the frame of threads, gaps and suggestions.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::BodyNames;
use super::threads::Threads;
use crate::model::document::PlanKind;
use crate::model::index::PlanIndex;
use crate::site::{ItemRef, Plan, Plans, Series};

/// The key that the plans of one series share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SeriesKey<'a> {
    /// `series` in the front matter.
    Named(&'a str),
    /// The issuers, if any are stated, by their present names, and the kind.
    Derived(Vec<&'a str>, PlanKind),
}

/// The series of the yearly plans, by their names or issuers.
///
/// A plan that states no issuer is one of those of its kind if all of these state the same one.
pub fn resolve(plans: &Plans, names: &BodyNames<'_>, all: &Threads) -> Vec<Series> {
    let derived = plans.iter().filter(|plan| is_derived(plan));
    let issuers: BTreeSet<Vec<&str>> =
        derived.map(|plan| issuers(plan, names)).filter(|issuers| !issuers.is_empty()).collect();
    let only = if issuers.len() == 1 { issuers.first().cloned() } else { None };
    let mut by_key: BTreeMap<SeriesKey<'_>, Vec<PlanIndex>> = BTreeMap::new();
    for plan in yearly(plans) {
        let of = &plans[plan];
        let key = match &of.series {
            Some(name) => SeriesKey::Named(name),
            None => {
                let stated = Some(self::issuers(of, names)).filter(|issuers| !issuers.is_empty());
                SeriesKey::Derived(stated.or_else(|| only.clone()).unwrap_or_default(), of.kind)
            }
        };
        by_key.entry(key).or_default().push(plan);
    }
    let items =
        all.links.iter().flat_map(|link| [link.from, link.to]).chain(all.ends.iter().map(|end| end.task));
    let traced: BTreeSet<PlanIndex> = items.map(|ItemRef { plan, .. }| plan).collect();
    let series =
        |plans: Vec<PlanIndex>| Series { traced: plans.iter().any(|plan| traced.contains(plan)), plans };
    by_key.into_values().map(series).collect()
}

fn is_derived(plan: &Plan) -> bool {
    plan.kind == PlanKind::AnnualPlan && plan.series.is_none()
}

/// The issuers of a plan, in an order that does not depend on how they are listed.
fn issuers<'a>(plan: &'a Plan, names: &'a BodyNames<'_>) -> Vec<&'a str> {
    let issuers: BTreeSet<&str> = names.issuers(plan).into_iter().collect();
    issuers.into_iter().collect()
}

/// The yearly plans, from the first year to the last: annual plans, and others that name a series.
pub fn yearly(plans: &Plans) -> Vec<PlanIndex> {
    let mut years: Vec<_> = plans
        .indices()
        .filter(|plan| plans[*plan].kind == PlanKind::AnnualPlan || plans[*plan].series.is_some())
        .collect();
    years.sort_by_key(|plan| (plans[*plan].listed_year(), &plans[*plan].id));
    years
}
