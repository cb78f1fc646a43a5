//! The published site, looked at from outside. Validators that are not ours read what is taken away:
//! calendars ical.js, feeds libxml2 with the grammar of RFC 4287, open data Frictionless and Ajv,
//! JSON-LD the vocabulary of schema.org. A browser filters the timeline. Needs Node.js, Chromium and
//! `npm ci` in `tests/browser`; skipped without them, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;

use crate::support::browser;
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

#[test]
fn validators_that_are_not_ours_find_nothing() {
    if browser::node() {
        browser::run("validate.mjs", &[&published().path()]).unwrap_or_else(|said| panic!("{said}"));
    }
}

#[test]
fn the_timeline_is_filtered_at_an_address_of_its_own() {
    if let Some(chromium) = browser::chromium() {
        let site = published();
        browser::run("timeline.mjs", &[&site.path(), &chromium]).unwrap_or_else(|said| panic!("{said}"));
    }
}
