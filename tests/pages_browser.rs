//! Every kind of page of the real site in a real browser. Needs Node.js, Chromium and `npm ci`
//! in `tests/browser`; skipped without them, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

mod support;

use std::net::TcpListener;
use std::path::Path;

use support::{browser, gongbao, root};

#[test]
fn everyone_can_use_every_page() {
    runs("pages.mjs");
}

#[test]
fn lighthouse_finds_no_fault() {
    runs("lighthouse.mjs");
}

#[test]
fn pages_look_as_they_did() {
    runs("looks.mjs");
}

/// Runs a script on the real site, built for the port where the script serves it. What it has to
/// show lies in the `looks` folder of the target's `tmp`.
#[expect(clippy::print_stdout, reason = "what is measured is printed")]
fn runs(script: &str) {
    let Some(chromium) = browser::chromium() else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let port = free_port();
    build(&out, port);
    let looks = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
    let said = browser::run(script, &[&out, &port.to_string(), &chromium, &looks]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}")));
}

/// A port that nobody listens at.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn build(out: &Path, port: u16) {
    let base_url = format!("http://127.0.0.1:{port}/");
    let out = out.to_str().unwrap();
    let args = ["build", "--out", out, "--base-url", &base_url, "--as-of", "2026-11-21"];
    let built = gongbao(root(), &args);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}
