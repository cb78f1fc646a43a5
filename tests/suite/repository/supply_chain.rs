//! What the program is made of: every dependency has a reason, a licence that `deny.toml` allows,
//! and comes from crates.io; no crate may use `unsafe` but for the surface towards WebAssembly.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// What cargo says of a workspace, by a lock file that is up to date.
fn metadata(manifest: &str) -> Value {
    let args =
        ["metadata", "--format-version", "1", "--locked", "--all-features", "--manifest-path", manifest];
    let output = Command::new(env!("CARGO")).current_dir(root()).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All packages, as the lock file has them.
fn packages() -> Vec<Value> {
    metadata("Cargo.toml")["packages"].as_array().unwrap().clone()
}

fn allowed() -> (BTreeSet<String>, BTreeSet<String>) {
    let deny: toml::Table = read("deny.toml").parse().unwrap();
    let texts = |value: &toml::Value| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let denied = deny["bans"]["deny"].as_array().unwrap().iter();
    let denied = denied.map(|entry| entry["crate"].as_str().unwrap().to_owned()).collect();
    (texts(&deny["licenses"]["allow"]), denied)
}

/// Whether a licence expression (SPDX, with the `/` of old manifests) can be met by what is allowed.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    // Every part that AND joins has an alternative that is allowed; none here nests deeper.
    let one = |licence: &str| allowed.contains(licence.split(" WITH ").next().unwrap().trim());
    plain.split(" AND ").all(|part| part.split(" OR ").any(one))
}

#[test]
fn licences_and_sources_are_allowed() {
    let (licences, denied) = allowed();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let Some(source) = package["source"].as_str() else { continue };
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_met(licence, &licences), "{name}: {licence}");
        assert!(!denied.contains(name), "{name}");
    }
    assert!(!is_met("GPL-3.0-only", &licences) && !is_met("MIT AND GPL-3.0-only", &licences));
}

#[test]
fn every_dependency_has_a_reason() {
    let own = packages().into_iter().filter(|package| package["source"].is_null());
    let used: BTreeSet<String> = own
        .flat_map(|package| package["dependencies"].as_array().unwrap().clone())
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect();
    let page = read("DEPENDENCIES.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let listed: BTreeSet<String> = rows.map(|(name, _)| name.to_owned()).collect();
    assert_eq!(listed, used);
}

#[test]
fn no_crate_may_use_unsafe_code() {
    for file in ["src/lib.rs", "src/main.rs", "xtask/src/main.rs"] {
        assert!(read(file).contains("#![forbid(unsafe_code)]"), "{file}");
    }
    let search = read("search/src/lib.rs");
    assert!(search.contains("#![cfg_attr(not(target_arch = \"wasm32\"), forbid(unsafe_code))]"));
    let wasm: Vec<_> =
        fs::read_dir(root().join("search/src")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let users =
        wasm.iter().filter(|path| path.is_file() && fs::read_to_string(path).unwrap().contains("unsafe {"));
    let users: Vec<_> = users.map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(users, ["wasm.rs"]);
}

#[test]
fn the_fuzz_targets_are_locked_to_the_same_program() {
    let metadata = metadata("fuzz/Cargo.toml");
    let names: BTreeSet<&str> =
        metadata["packages"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert!(names.contains("gongbao") && names.contains("libfuzzer-sys"));
}
