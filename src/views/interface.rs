//! The interface that views expect of every theme: templates and strings.

use crate::facts::deadline::Occasion;
use crate::model::NodeKind;
use crate::model::document::PlanKind;
use crate::parse::catalogues::instruments::INSTRUMENT_KINDS;
use crate::parse::catalogues::threads::{EndKind, LinkKind};
use crate::routes::DataFile;
use crate::theme::Interface;
use crate::theme::vocabulary::string_uses::Call;
use crate::views::root::RootView;
use crate::views::{CONTENTS, View, search, simple};

/// The templates and strings that a theme must have.
pub fn interface() -> Interface {
    let templates = CONTENTS.iter().map(|(template, _)| *template).chain([RootView::TEMPLATE]);
    Interface { templates: templates.collect(), strings: strings(), is_plural_form: search::is_plural_form }
}

/// The strings that views ask for by name, with the variables they give.
const SAID: &[(&str, &[&str])] = &[
    ("change-added", &[]),
    ("change-end", &[]),
    ("change-removed", &[]),
    ("data-description", &[]),
    ("data-title", &[]),
    ("bodies-description", &["bodies"]),
    ("bodies-title", &[]),
    ("body-cooperate", &[]),
    ("body-description", &["tasks"]),
    ("body-guide", &[]),
    ("body-lead", &[]),
    ("body-participate", &[]),
    ("body-responsible", &[]),
    ("calendar-summary", &["what"]),
    ("colon", &[]),
    ("correction-change", &["old", "new"]),
    ("correction-entry", &["title"]),
    ("correction-original", &[]),
    ("correction-translation", &[]),
    ("count-due", &["n"]),
    ("deadline-before", &["event"]),
    ("deadline-before-in", &["event", "year"]),
    ("deadline-computed", &["when"]),
    ("deadline-day", &["day"]),
    ("deadline-days-left", &["days"]),
    ("deadline-festival", &["event", "year", "day"]),
    ("deadline-five-year", &["year"]),
    ("deadline-half-year", &["year", "half"]),
    ("deadline-latest", &["when"]),
    ("deadline-month", &["month"]),
    ("deadline-no-day", &[]),
    ("deadline-ongoing", &[]),
    ("deadline-passed", &[]),
    ("deadline-passed-evidence", &[]),
    ("deadline-quarter", &["year", "quarter"]),
    ("deadline-today", &[]),
    ("deadline-within-year", &["year"]),
    ("deadline-year", &["year"]),
    ("glossary-description", &["terms"]),
    ("glossary-title", &[]),
    ("instrument", &[]),
    ("instrument-description", &["title", "items"]),
    ("instrument-named-description", &["title", "items"]),
    ("instruments-description", &["instruments"]),
    ("instruments-title", &[]),
    ("nav-bodies", &[]),
    ("nav-data", &[]),
    ("nav-glossary", &[]),
    ("nav-home", &[]),
    ("nav-instruments", &[]),
    ("nav-tasks", &[]),
    ("nav-threads", &[]),
    ("nav-timeline", &[]),
    ("nav-topics", &[]),
    ("not-found-description", &[]),
    ("not-found-title", &[]),
    ("plan-description", &["title", "tasks"]),
    ("list-comma", &[]),
    ("published-on", &["day"]),
    ("quotation", &["text", "source"]),
    ("quotation-place", &["plan", "n"]),
    ("reference-part", &["n", "title"]),
    ("search-description", &[]),
    ("search-title", &[]),
    ("task-entry", &["n", "title"]),
    ("tasks-description", &["tasks"]),
    ("tasks-title", &[]),
    ("then-ongoing", &[]),
    ("thread", &[]),
    ("thread-description", &["title"]),
    ("threads-description", &["tasks", "threads"]),
    ("threads-title", &[]),
    ("timeline-description", &[]),
    ("timeline-title", &[]),
    ("topic", &[]),
    ("topics-description", &["topics"]),
    ("topics-title", &[]),
    ("transition-description", &["earlier", "later"]),
    ("transition-requirement", &[]),
    ("transition-title", &["earlier", "later"]),
    ("not-examined", &[]),
    ("translation-missing", &[]),
    ("translation-stale", &[]),
    ("translation-unreviewed", &[]),
];

/// The strings that views ask for, those with names made of kinds among them.
fn strings() -> Vec<Call> {
    let call = |name: String, variables: &[&str]| Call {
        name,
        variables: variables.iter().map(|name| name.to_string()).collect(),
        place: None,
    };
    let plans = PlanKind::NAMES.iter().map(|(kind, _)| format!("kind-{kind}"));
    let instruments = INSTRUMENT_KINDS.iter().map(|kind| format!("instrument-{kind}"));
    let links =
        LinkKind::NAMES.iter().flat_map(|(kind, _)| [format!("link-{kind}"), format!("link-{kind}-back")]);
    let ends = EndKind::NAMES.iter().map(|(kind, _)| format!("end-{kind}"));
    let search = search::STRINGS.iter().map(|name| format!("search-{name}"));
    let nodes = NodeKind::UNTITLED.iter().map(|kind| format!("node-{}", kind.as_str()));
    let occasions = Occasion::names().map(|name| format!("occasion-{name}"));
    let files = DataFile::ALL.into_iter().map(simple::about);
    let made = plans
        .chain(instruments)
        .chain(nodes)
        .chain(search)
        .chain(links)
        .chain(ends)
        .chain(files)
        .chain(occasions)
        .map(|name| call(name, &[]));
    SAID.iter().map(|(name, variables)| call(name.to_string(), variables)).chain(made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_what_the_views_say() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files = [folder.join("views"), folder.join("exports")]
            .into_iter()
            .flat_map(|f| std::fs::read_dir(f).unwrap());
        let files = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let views: String = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
        for (name, _) in SAID {
            assert!(views.contains(&format!("\"{name}\"")), "no view says {name}");
        }
        let said =
            regex::Regex::new(r#"(?:say|say_with|label|own_or)\((?:[^"()]*, )?\s*"([a-z-]+)""#).unwrap();
        for name in said.captures_iter(&views).map(|found| found[1].to_owned()) {
            assert!(SAID.iter().any(|(listed, _)| *listed == name), "{name} is not in the list");
        }
    }
}
