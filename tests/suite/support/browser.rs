//! The browser and Node.js, if they are there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Whether Node.js is there with what the scripts need. Without it a test is to be skipped, which
/// this says; where `CI` is set it fails instead.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn node() -> bool {
    let there = scripts().join("node_modules").exists() && on_path(&["node"]).is_some();
    if !there {
        assert!(std::env::var_os("CI").is_none(), "CI needs Node.js, and `npm ci` in tests/browser");
        println!("SKIPPED: there is no Node.js, or `npm ci` was not run in tests/browser");
    }
    there
}

/// Runs a script of the folder: what it said, or, if it failed, what it said as the error.
pub(crate) fn run(script: &str, arguments: &[&dyn AsRef<OsStr>]) -> Result<String, String> {
    let mut node = Command::new("node");
    node.current_dir(scripts()).arg(script).args(arguments.iter().map(AsRef::as_ref));
    let done = node.output().expect("Node.js is there");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    if done.status.success() { Ok(said) } else { Err(said) }
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]))
}

/// The first of these programs on the path.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&folders).collect();
    names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|path| path.is_file())
}
