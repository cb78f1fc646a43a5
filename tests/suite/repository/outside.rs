//! The published site, looked at from outside. Validators that are not ours read what is taken away:
//! calendars ical.js, feeds libxml2 with the grammar of RFC 4287, plans in Akoma Ntoso libxml2 with the schema
//! of OASIS, open data Frictionless and Ajv, JSON-LD the vocabulary of schema.org. A browser filters the timeline. Needs Node.js, Chromium and
//! `npm ci` in `tests/browser`; skipped without them, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use crate::support::{self, browser};
use gongbao::pipeline;
use tempfile::TempDir;

/// The real site on disk, without its search.
fn published() -> TempDir {
    let compiled = crate::support::real_site();
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in crate::support::render(&compiled) {
        let path = folder.path().join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Adds the Akoma Ntoso files of a plan with every kind of block: the real plans have few kinds.
fn add_made_plan(folder: &Path) {
    let site = tempfile::tempdir().unwrap();
    support::write(site.path(), support::MADE_PLAN);
    let files = support::render(&pipeline::compile(&support::inputs(site.path())));
    let mut plans = files.iter().filter(|(path, _)| path.as_str().ends_with(".akn.xml")).peekable();
    assert!(plans.peek().is_some());
    for (index, (_, bytes)) in plans.enumerate() {
        fs::write(folder.join(format!("made-{index}.akn.xml")), bytes).unwrap();
    }
}

#[test]
fn validators_that_are_not_ours_find_nothing() {
    if browser::node() {
        let site = published();
        add_made_plan(site.path());
        browser::run("validate.mjs", &[&site.path()]).unwrap_or_else(|said| panic!("{said}"));
    }
}

#[test]
fn the_timeline_is_filtered_at_an_address_of_its_own() {
    if let Some(chromium) = browser::chromium() {
        let site = published();
        browser::run("timeline.mjs", &[&site.path(), &chromium]).unwrap_or_else(|said| panic!("{said}"));
    }
}
