//! Texts: whatever is in them, every reader ends, and what it says has its place in the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use gongbao::base::{Date, Diagnostic, SitePath};
use gongbao::facts::deadline::Context;
use gongbao::facts::{Problem, Span, alias, body, citation, date, deadline, target};
use gongbao::import::{self, ImportOptions};
use gongbao::inputs::Inputs;
use gongbao::parse::front_matter::{self, FileRole};
use gongbao::parse::plan;
use gongbao::report;

/// Raw text → Markdown. What is written is proved to say what was read, and can be read again.
pub fn import(bytes: &[u8]) {
    let Ok(result) = import::import(bytes, &ImportOptions::default()) else { return };
    let proof = import::prove(bytes, &result.markdown, &result.report);
    assert!(proof.is_ok(), "what was written is not what was read: {proof:?}");
    read_plan(&result.markdown, FileRole::Original);
}

/// The TOML at the head of a plan.
pub fn front_matter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for role in [FileRole::Original, FileRole::Translation] {
        let (_, body, faults) = front_matter::read(&path(), text, role);
        assert!(text.is_char_boundary(body), "the body begins within a character");
        check_diagnostics(text, &faults);
    }
}

/// Markdown → document, with everything that is read in its blocks.
pub fn markdown(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    read_plan(text, FileRole::Original);
    read_plan(text, FileRole::Translation);
}

fn read_plan(text: &str, role: FileRole) {
    check_diagnostics(text, &plan::parse(&path(), text, role).diagnostics);
}

/// The promises of an item about time, in brackets and in running text.
pub fn deadlines(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for year in [None, Some(2023)] {
        let issued = year.and_then(|year| Date::new(year, 3, 1).ok());
        let reading = deadline::read(text, &Context { year, issued });
        check_spans(text, reading.deadlines.iter().flat_map(|found| [&found.span, &found.time]));
        check_problems(text, &reading.problems);
        let dates = date::read(text, year);
        check_spans(text, dates.moments.iter().map(|moment| &moment.span));
        check_problems(text, &dates.problems);
    }
}

/// Cited titles, short names, figures and agencies.
pub fn citations(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let reading = citation::read(text);
    check_problems(text, &reading.problems);
    for found in &reading.citations {
        check_spans(text, [&found.span, &found.title_span].into_iter().chain(&found.inner));
        let key = found.key();
        assert_eq!(key, citation::key(&key), "the key of a key is itself");
    }
    check_problems(text, &alias::read(text).problems);
    check_problems(text, &body::read(text).problems);
    check_spans(text, target::read(text).iter().map(|target| &target.span));
}

fn path() -> SitePath {
    SitePath::new("content/plans/2023/zh.md").expect("a path of the content format")
}

fn check_spans<'a>(text: &str, spans: impl IntoIterator<Item = &'a Span>) {
    for span in spans {
        assert!(text.get(span.clone()).is_some(), "{span:?} cannot be cut out of the text");
    }
}

fn check_problems(text: &str, problems: &[Problem]) {
    check_spans(text, problems.iter().map(|problem| &problem.span));
}

/// Every place can be cut out, and every message can be written for people and programs.
fn check_diagnostics(text: &str, diagnostics: &[Diagnostic]) {
    for label in diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
        check_spans(text, [&(label.start..label.end)]);
    }
    let first = &diagnostics[..diagnostics.len().min(4)];
    if first.is_empty() {
        return;
    }
    let files = BTreeMap::from([(path(), Arc::from(text.as_bytes()))]);
    let sources = Inputs { files, today: Date::constant(2026, 1, 1), drafts: false, base_url: None };
    assert!(!report::human(first, &sources, false).is_empty());
    assert!(!report::json(first, &sources).is_empty());
}
