//! Every kind of page of the real site, and a site that is not translated, in a real browser. Needs
//! Node.js, Chromium and `npm ci` in `tests/browser`; skipped without them, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::net::TcpListener;
use std::path::Path;

use crate::support::{SMALL, browser, gongbao, root, write};

#[test]
fn everyone_can_use_every_page() {
    runs("pages.mjs", root());
}

#[test]
fn what_is_not_translated_is_shown_in_the_original() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    runs("untranslated.mjs", site.path());
}

#[test]
fn lighthouse_finds_no_fault() {
    runs("lighthouse.mjs", root());
}

#[test]
fn pages_look_as_they_did() {
    runs("looks.mjs", root());
}

/// Runs a script on a site, built for the port where the script serves it. What it has to
/// show lies in the `looks` folder of the target's `tmp`.
#[expect(clippy::print_stdout, reason = "what is measured is printed")]
fn runs(script: &str, site: &Path) {
    let Some(chromium) = browser::chromium() else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let port = free_port();
    build(site, &out, port);
    let looks = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
    let said = browser::run(script, &[&out, &port.to_string(), &chromium, &looks]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}")));
}

/// A port that nobody listens at.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn build(site: &Path, out: &Path, port: u16) {
    let base_url = format!("http://127.0.0.1:{port}/");
    let out = out.to_str().unwrap();
    let args = ["build", "--out", out, "--base-url", &base_url, "--as-of", "2026-11-21"];
    let built = gongbao(site, &args);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}
