//! The places that ask for interface strings: views by name, templates with `t(key="…")`.

use std::collections::BTreeSet;

use crate::base::{Label, SitePath};
use crate::facts::deadline::Occasion;
use crate::model::NodeKind;
use crate::model::document::PlanKind;
use crate::parse::catalogues::instruments::INSTRUMENT_KINDS;
use crate::parse::catalogues::threads::{END_KINDS, LINK_KINDS};
use crate::render::views::{search, simple};
use crate::routes::DataFile;

/// The strings that views ask for by name, with the variables they give.
const SAID: &[(&str, &[&str])] = &[
    ("change-added", &[]),
    ("change-end", &[]),
    ("change-removed", &[]),
    ("data-description", &[]),
    ("data-title", &[]),
    ("body-cooperate", &[]),
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
    ("translation-missing", &[]),
    ("translation-stale", &[]),
    ("translation-unreviewed", &[]),
];

/// A place that asks for a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The name of the string.
    pub name: String,
    /// The variables it gives.
    pub variables: BTreeSet<String>,
    /// The place, if it is in a template.
    pub place: Option<Label>,
}

/// The places in views that ask for strings, those with names made of kinds among them.
pub fn said() -> Vec<Call> {
    let call = |name: String, variables: &[&str]| Call {
        name,
        variables: variables.iter().map(|name| name.to_string()).collect(),
        place: None,
    };
    let plans = PlanKind::NAMES.iter().map(|(kind, _)| format!("kind-{kind}"));
    let instruments = INSTRUMENT_KINDS.iter().map(|kind| format!("instrument-{kind}"));
    let links = LINK_KINDS.iter().flat_map(|kind| [format!("link-{kind}"), format!("link-{kind}-back")]);
    let ends = END_KINDS.iter().map(|kind| format!("end-{kind}"));
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

/// The places in a template that ask for strings: `t(key="…", n=…)`.
pub fn calls(path: &SitePath, text: &str) -> Vec<Call> {
    let starts = text
        .match_indices("t(")
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    starts.filter_map(|(at, _)| call(path, text, at)).collect()
}

fn call(path: &SitePath, text: &str, at: usize) -> Option<Call> {
    let arguments = arguments(&text[at + "t(".len()..]);
    let (_, key) = arguments.iter().find(|(name, _)| *name == "key")?;
    let name = key.strip_prefix('"')?.strip_suffix('"')?;
    let variables = arguments.iter().map(|(name, _)| name.to_string()).filter(|name| name != "key");
    let end = at + text[at..].find(name)? + name.len();
    Some(Call {
        name: name.to_owned(),
        variables: variables.collect(),
        place: Some(Label::new(path, at..end)),
    })
}

/// The named arguments of a call, up to the parenthesis that closes it.
fn arguments(text: &str) -> Vec<(&str, &str)> {
    let (mut depth, mut quoted, mut start) = (0, false, 0);
    let mut arguments = Vec::new();
    for (at, c) in text.char_indices() {
        let ends = !quoted && depth == 0 && matches!(c, ',' | ')');
        if ends {
            arguments.extend(text[start..at].split_once('=').map(|(n, v)| (n.trim(), v.trim())));
            start = at + 1;
        }
        match c {
            '"' => quoted = !quoted,
            ')' if ends => break,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: &[(&str, &[&str])]) {
        let path = SitePath::new("templates/x.html").unwrap();
        let found = calls(&path, template);
        let found: Vec<_> = found
            .iter()
            .map(|c| (c.name.as_str(), c.variables.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(name, variables)| (*name, variables.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn calls_in_templates() {
        check(r#"{{ t(key="a") }}{% if t(key = "b", n=x | length) %}"#, &[("a", &[]), ("b", &["n"])]);
        check(r#"{{ t(key="c", day=f(x=1, y="),"), m=2) }}"#, &[("c", &["day", "m"])]);
        check(r#"{{ import(key="d") }} {{ t(key=name) }}"#, &[]);
    }

    #[test]
    fn the_list_is_what_the_views_say() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
        let files = [folder.join("views"), folder].into_iter().flat_map(|f| std::fs::read_dir(f).unwrap());
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
