//! The bill of materials: CycloneDX 1.5 (ECMA-424), made from what cargo resolves for the program.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};

use super::{TARGET, root};
use crate::engine::Result;

/// The document, as JSON.
pub(super) fn write() -> Result<Vec<u8>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        return Err(format!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo names no packages")?;
    let packages: BTreeMap<&str, &Value> =
        packages.iter().filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let program = packages.iter().find(|(_, package)| package["name"] == "gongbao");
    let (program, about) = program.ok_or("cargo names no package `gongbao`")?;
    let linked = linked(&metadata, program);
    let components = packages.iter().filter(|(id, _)| **id != *program && linked.contains(*id));
    let mut components: Vec<Value> = components.map(|(_, package)| component(package, "library")).collect();
    components.sort_by_key(|component| component["purl"].as_str().map(str::to_owned));
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": component(about, "application") },
        "components": components,
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?).into_bytes())
}

/// The packages that are compiled into a program: its dependencies, but for those of tests and build scripts.
fn linked<'a>(metadata: &'a Value, program: &'a str) -> BTreeSet<&'a str> {
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let nodes: BTreeMap<&str, &Value> = nodes.filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let (mut seen, mut open) = (BTreeSet::from([program]), vec![program]);
    while let Some(id) = open.pop() {
        let needs = nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
        let normal = |need: &&Value| {
            need["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null())
        };
        open.extend(
            needs.filter(normal).filter_map(|need| need["pkg"].as_str()).filter(|id| seen.insert(id)),
        );
    }
    seen
}

fn component(package: &Value, kind: &str) -> Value {
    let word = |name: &str| package[name].as_str().unwrap_or_default();
    let mut component = json!({
        "type": kind,
        "name": word("name"),
        "version": word("version"),
        "purl": format!("pkg:cargo/{}@{}", word("name"), word("version")),
    });
    if !word("license").is_empty() {
        // Old packages separate their licences by a slash.
        let expression = word("license").replace(" / ", " OR ").replace('/', " OR ");
        component["licenses"] = json!([{ "expression": expression }]);
    }
    component
}
