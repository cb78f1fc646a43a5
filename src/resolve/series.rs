//! Series: the plans of one issuer and kind through the years, the frame of threads, gaps and suggestions.

use std::collections::{BTreeMap, BTreeSet};

use super::threads::Threads;
use crate::base::Lang;
use crate::model::document::PlanKind;
use crate::model::index::PlanIndex;
use crate::site::{ItemRef, Plan, Plans, Series};

/// The key that the plans of one series share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SeriesKey<'a> {
    /// `series` in the front matter.
    Named(&'a str),
    /// The issuer, if one is stated, and the kind.
    Derived(Option<&'a str>, PlanKind),
}

/// The series of the yearly plans, by their names or issuers.
///
/// A plan that states no issuer is one of those of its kind if all of these state the same one.
pub fn resolve(plans: &Plans, original: Lang, all: &Threads) -> Vec<Series> {
    let issuers: BTreeSet<&str> =
        plans.iter().filter(|plan| is_derived(plan)).filter_map(|plan| issuer(plan, original)).collect();
    let only = if issuers.len() == 1 { issuers.first().copied() } else { None };
    let mut by_key: BTreeMap<SeriesKey<'_>, Vec<PlanIndex>> = BTreeMap::new();
    for plan in yearly(plans) {
        let of = &plans[plan];
        let key = match &of.series {
            Some(name) => SeriesKey::Named(name),
            None => SeriesKey::Derived(issuer(of, original).or(only), of.kind),
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

fn issuer(plan: &Plan, original: Lang) -> Option<&str> {
    plan.issuer.get(&original).map(|issuer| issuer.trim()).filter(|issuer| !issuer.is_empty())
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
