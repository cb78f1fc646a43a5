//! The browser, if there is one.

use std::path::{Path, PathBuf};

/// The folder of the scripts that drive the browser.
pub(crate) fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

/// Chromium, by the names it has on different machines; `CHROMIUM` names another. `None`
/// means that the test is to be skipped, which this says; where `CI` is set it fails instead.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn chromium() -> Option<PathBuf> {
    let found = find().filter(|_| scripts().join("node_modules").exists());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI needs Chromium, and `npm ci` in tests/browser");
        println!("SKIPPED: there is no Chromium, or `npm ci` was not run in tests/browser");
    }
    found
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&folders).collect();
    let found =
        || names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|p| p.is_file());
    named.or_else(found)
}
