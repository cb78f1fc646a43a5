//! One table of queries, put to the engine natively and, through the committed
//! WebAssembly and its script, in Node: the same hits in the same order.

mod common;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Site, records};
use gongbao_search::{Options, dist};
use serde_json::Value;

/// A row of `queries.md`.
struct Row {
    query: String,
    options: Options,
    exact: bool,
    total: usize,
    leading: Vec<String>,
}

/// The rows under headings like `## zh, as typed`.
fn rows() -> Vec<Row> {
    let (mut rows, mut heading) = (Vec::new(), "");
    for line in include_str!("queries.md").lines() {
        if let Some(found) = line.strip_prefix("## ") {
            heading = found;
        } else if line.starts_with("| `") {
            rows.push(row(line, heading));
        }
    }
    rows
}

fn row(line: &str, heading: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let [query, total, leading] = cells[..] else { panic!("not a row: {line}") };
    let (lang, widen) =
        heading.split_once(", ").map_or((heading, true), |(lang, how)| (lang, how != "as typed"));
    Row {
        query: query.trim_matches('`').to_owned(),
        options: Options { lang: lang.to_owned(), widen, others: true, ..Options::default() },
        exact: !total.starts_with('≈'),
        total: total.trim_start_matches('≈').parse().expect("a number of hits"),
        leading: leading.split(", ").filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    }
}

#[test]
fn natively() {
    let mut site = Site::of(&records());
    let mut wrong = Vec::new();
    for row in rows() {
        let results = site.search(&row.query, &row.options);
        let ids: Vec<String> = results.hits.into_iter().map(|hit| hit.id).collect();
        let as_expected =
            results.total == row.total && results.exact == row.exact && ids.starts_with(&row.leading);
        if !as_expected {
            let sign = if results.exact { "" } else { "≈" };
            wrong.push(format!("| `{}` | {sign}{} | {} |", row.query, results.total, ids.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
}

#[test]
fn in_node_as_natively() {
    check_node(Site::of(&records()), "small", None);
}

#[test]
fn in_node_as_natively_on_a_large_site_with_a_failing_piece() {
    let mut site = Site::large(&records());
    site.search("专利", &Options { lang: "zh".into(), ..Options::default() });
    let failing = site.loaded.last().map(|name| format!("/search/{name}"));
    check_node(site, "large", failing.as_deref());
}

/// The published engine, too, takes no damage for an index.
#[test]
fn in_node_damage_is_an_error_and_never_a_trap() {
    run_in_node("damage.mjs", "damaged", 400);
}

/// What is forged so that its name fits may trap; its visitor is told, and can go on searching.
#[test]
fn in_node_a_trap_is_an_error_and_the_engine_begins_anew() {
    run_in_node("forged.mjs", "forged", 300);
}

/// Runs a script of this folder on a large site, with so many damages.
fn run_in_node(script: &str, name: &str, times: u32) {
    let directory = publish(&Site::large(&records()), name);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let node =
        Command::new("node").arg(script).arg(directory).args([&times.to_string(), "20261121"]).output();
    let output = node.expect("Node 20 is installed");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

fn check_node(mut site: Site, name: &str, failing: Option<&str>) {
    let directory = publish(&site, name);
    let rows = rows();
    let answers = ask_node(&directory, &rows, failing);
    assert_eq!(answers.len(), rows.len());
    for (row, mut answer) in rows.iter().zip(answers) {
        answer.as_object_mut().expect("an object").remove("ms");
        let native = site.search(&row.query, &row.options);
        let native = serde_json::to_value(native).expect("JSON");
        assert_eq!(as_floats(native), as_floats(answer), "{}", row.query);
    }
}

/// JavaScript writes `0.0` as `0`.
fn as_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(as_floats).collect(),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, as_floats(value))).collect())
        }
        other => other,
    }
}

/// Writes the search of a site as the generator does.
fn publish(site: &Site, name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let built = site.bundle.files.iter().map(|(name, content)| (name.as_str(), Cow::from(content)));
    let engine: Vec<(&str, Cow<'_, [u8]>)> = dist::files().collect();
    for (name, content) in built.chain(engine) {
        let path = directory.join("search").join(name);
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        std::fs::write(path, content).expect("a file");
    }
    directory
}

fn ask_node(directory: &Path, rows: &[Row], failing: Option<&str>) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(directory)
        .args(failing)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node 20 is installed");
    let queries: Vec<(&str, &Options)> = rows.iter().map(|row| (row.query.as_str(), &row.options)).collect();
    serde_json::to_writer(node.stdin.take().expect("a pipe"), &queries).expect("JSON");
    let output = node.wait_with_output().expect("an answer");
    assert!(output.status.success(), "node failed");
    serde_json::from_slice(&output.stdout).expect("JSON")
}
