//! Strings that views and exports request from a theme.
//!
//! Each is a function that takes the variables of the string. A request for a string that is not
//! declared here, or without one of its variables, does not compile; neither does a declaration
//! that nothing requests. Themes are checked against all of them when they are loaded.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fluent_bundle::FluentValue;

use crate::facts::body::BodyRole;
use crate::facts::deadline::Occasion;
use crate::model::NodeKind;
use crate::model::document::PlanKind;
use crate::parse::catalogues::instruments::INSTRUMENT_KINDS;
use crate::parse::catalogues::threads::{EndKind, LinkKind};
use crate::routes::DataFile;
use crate::theme::vocabulary::string_uses::Call;

/// A string of the theme with values for its variables.
pub struct InterfaceString<'a> {
    /// Name in the theme's string files.
    pub(super) name: Cow<'static, str>,
    /// Variables with their values.
    pub(super) variables: Vec<(&'static str, Value<'a>)>,
}

/// A value for a string of the theme.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A number, on which plurals can depend.
    Number(i64),
    /// A text.
    Text(&'a str),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i32> for Value<'_> {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl Value<'_> {
    pub(super) fn fluent(self) -> FluentValue<'static> {
        match self {
            Self::Number(number) => FluentValue::from(number),
            Self::Text(text) => FluentValue::from(text.to_owned()),
        }
    }
}

macro_rules! strings {
    ($($function:ident($($variable:ident),*) = $name:literal;)*) => {
        $(
            pub(crate) fn $function<'a>($($variable: impl Into<Value<'a>>),*) -> InterfaceString<'a> {
                let variables = vec![$((stringify!($variable), $variable.into())),*];
                InterfaceString { name: Cow::Borrowed($name), variables }
            }
        )*

        /// Names and variables of the strings that have one function each.
        const SINGLE: &[(&str, &[&str])] = &[$(($name, &[$(stringify!($variable)),*])),*];
    };
}

strings! {
    bodies_description(bodies, issuers) = "bodies-description";
    bodies_title() = "bodies-title";
    body_description(tasks) = "body-description";
    calendar_summary(what) = "calendar-summary";
    change_added() = "change-added";
    change_end() = "change-end";
    change_removed() = "change-removed";
    colon() = "colon";
    correction_change(old, new) = "correction-change";
    correction_entry(title) = "correction-entry";
    correction_original() = "correction-original";
    correction_translation() = "correction-translation";
    count_due(n) = "count-due";
    data_description() = "data-description";
    data_title() = "data-title";
    deadline_before(event) = "deadline-before";
    deadline_before_in(event, year) = "deadline-before-in";
    deadline_computed(when) = "deadline-computed";
    deadline_day(day) = "deadline-day";
    deadline_days_left(days) = "deadline-days-left";
    deadline_festival(event, year, day) = "deadline-festival";
    deadline_five_year(year) = "deadline-five-year";
    deadline_half_year(year, half) = "deadline-half-year";
    deadline_latest(when) = "deadline-latest";
    deadline_month(month) = "deadline-month";
    deadline_no_day() = "deadline-no-day";
    deadline_ongoing() = "deadline-ongoing";
    deadline_passed() = "deadline-passed";
    deadline_passed_evidence() = "deadline-passed-evidence";
    deadline_quarter(year, quarter) = "deadline-quarter";
    deadline_today() = "deadline-today";
    deadline_within_year(year) = "deadline-within-year";
    deadline_year(year) = "deadline-year";
    glossary_description(terms) = "glossary-description";
    glossary_title() = "glossary-title";
    issuer_description(plans) = "issuer-description";
    instrument() = "instrument";
    instrument_description(title, items) = "instrument-description";
    instrument_named_description(title, items) = "instrument-named-description";
    instruments_description(instruments) = "instruments-description";
    instruments_title() = "instruments-title";
    list_comma() = "list-comma";
    moved_link() = "moved-link";
    moved_title() = "moved-title";
    nav_bodies() = "nav-bodies";
    nav_data() = "nav-data";
    nav_glossary() = "nav-glossary";
    nav_home() = "nav-home";
    nav_instruments() = "nav-instruments";
    nav_plans() = "nav-plans";
    nav_tasks() = "nav-tasks";
    nav_threads() = "nav-threads";
    nav_timeline() = "nav-timeline";
    nav_topics() = "nav-topics";
    not_examined() = "not-examined";
    not_found_description() = "not-found-description";
    not_found_title() = "not-found-title";
    not_stated() = "not-stated";
    plans_description(plans) = "plans-description";
    plans_title() = "plans-title";
    plan_description(title, tasks) = "plan-description";
    published_on(day) = "published-on";
    quotation(text, source) = "quotation";
    quotation_place(plan, n) = "quotation-place";
    reference_part(n, title) = "reference-part";
    search_description() = "search-description";
    search_title() = "search-title";
    task_entry(n, title) = "task-entry";
    tasks_description(tasks) = "tasks-description";
    tasks_title() = "tasks-title";
    then_ongoing() = "then-ongoing";
    thread() = "thread";
    thread_description(title) = "thread-description";
    threads_description(tasks, threads) = "threads-description";
    threads_title() = "threads-title";
    timeline_description() = "timeline-description";
    timeline_title() = "timeline-title";
    topic() = "topic";
    topics_description(topics) = "topics-description";
    topics_title() = "topics-title";
    transition_description(earlier, later) = "transition-description";
    transition_requirement() = "transition-requirement";
    transition_title(earlier, later) = "transition-title";
    translation_missing() = "translation-missing";
    translation_stale() = "translation-stale";
    translation_unreviewed() = "translation-unreviewed";
    unofficial() = "unofficial";
}

/// A string whose name contains the name of a kind.
fn named(name: String) -> InterfaceString<'static> {
    InterfaceString { name: Cow::Owned(name), variables: Vec::new() }
}

pub(crate) fn body_role(role: BodyRole) -> InterfaceString<'static> {
    named(format!("body-{}", role.as_str()))
}

pub(crate) fn data_file(file: DataFile) -> InterfaceString<'static> {
    named(format!("data-{}", file.name().replace('.', "-")))
}

pub(crate) fn end(kind: EndKind) -> InterfaceString<'static> {
    named(format!("end-{}", kind.as_str()))
}

pub(crate) fn instrument_kind(kind: &str) -> InterfaceString<'static> {
    named(format!("instrument-{kind}"))
}

/// The relation of the earlier task of a link to the later one.
pub(crate) fn link(kind: LinkKind) -> InterfaceString<'static> {
    named(format!("link-{}", kind.as_str()))
}

/// The relation of the later task of a link to the earlier one.
pub(crate) fn link_back(kind: LinkKind) -> InterfaceString<'static> {
    named(format!("link-{}-back", kind.as_str()))
}

pub(crate) fn node_kind(kind: NodeKind) -> InterfaceString<'static> {
    named(format!("node-{}", kind.as_str()))
}

pub(crate) fn occasion(occasion: Occasion) -> InterfaceString<'static> {
    named(format!("occasion-{}", occasion.name()))
}

pub(crate) fn plan_kind(kind: PlanKind) -> InterfaceString<'static> {
    named(format!("kind-{}", kind.as_str()))
}

/// A string of the search page, requested by its script.
pub(crate) fn of_search(name: &str) -> InterfaceString<'static> {
    named(format!("search-{name}"))
}

/// All strings that a theme must have.
pub(super) fn all() -> Vec<Call> {
    let kinds = (PlanKind::NAMES.iter().map(|(_, kind)| plan_kind(*kind)))
        .chain(INSTRUMENT_KINDS.iter().map(|kind| instrument_kind(kind)))
        .chain(NodeKind::UNTITLED.map(node_kind))
        .chain(LinkKind::NAMES.iter().flat_map(|(_, kind)| [link(*kind), link_back(*kind)]))
        .chain(EndKind::NAMES.iter().map(|(_, kind)| end(*kind)))
        .chain(BodyRole::NAMES.map(|(_, role)| body_role(role)))
        .chain(DataFile::ALL.map(data_file))
        .chain(Occasion::all().map(occasion))
        .chain(SEARCH.iter().map(|name| of_search(name)));
    let kinds =
        kinds.map(|string| Call { name: string.name.into_owned(), variables: BTreeSet::new(), place: None });
    let single = SINGLE.iter().map(|(name, variables)| Call {
        name: (*name).to_owned(),
        variables: variables.iter().map(|name| (*name).to_owned()).collect(),
        place: None,
    });
    single.chain(kinds).collect()
}

/// Names of the strings that the search scripts display, without their prefix `search-`. Those that
/// end in `-other` may also have forms for the other plural categories of CLDR (`-one` and so on).
pub(super) const SEARCH: [&str; 57] = [
    "loading",
    "none",
    "none-hint",
    "partial",
    "untranslated",
    "failed",
    "retry",
    "all",
    "more",
    "count-other",
    "other-language-other",
    "sort",
    "sort-relevance",
    "sort-date",
    "sort-due",
    "facet-plan",
    "facet-year",
    "facet-kind",
    "facet-due",
    "facet-topic",
    "facet-body",
    "kind-task",
    "kind-requirement",
    "kind-notice",
    "kind-section",
    "due",
    "ongoing",
    "clear",
    "synonyms-other",
    "meaning",
    "understood",
    "found-in",
    "filters",
    "due-none",
    "due-past",
    "filter",
    "filter-or",
    "filters-close",
    "remove",
    "none-filters",
    "none-filter-other",
    "without-other",
    "without-none",
    "clear-all-other",
    "also",
    "list-comma",
    "only",
    "as-typed",
    "save",
    "save-csv",
    "save-ris",
    "saved-other",
    "walk",
    "walk-back",
    "walk-place",
    "walk-previous",
    "walk-next",
];

/// The plural categories of CLDR except `other`.
pub(super) const PLURAL_CATEGORIES: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// Returns whether a string of the theme is a plural form of one in [`SEARCH`].
pub(super) fn is_plural_form(name: &str) -> bool {
    let name = name.strip_prefix("search-").unwrap_or_default();
    let stems = SEARCH.iter().filter_map(|name| name.strip_suffix("other"));
    stems.filter_map(|stem| name.strip_prefix(stem)).any(|category| PLURAL_CATEGORIES.contains(&category))
}
