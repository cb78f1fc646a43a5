//! The published search in a real browser. Needs Node.js, Chromium and `npm ci` in
//! `tests/browser`; skipped without them, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;

use crate::support::{browser, gongbao, root};

/// What is asked of the native engine, of the browser's and of Node's.
const QUERIES: &[(&str, &str)] = &[
    ("zh", "专利"),
    ("zh", "专利 侵权"),
    ("zh", "双随机一公开"),
    ("zh", "青少年"),
    ("zh", "检察院"),
    ("zh", "品种权"),
    ("zh", "商标抢注"),
    ("zh", "地理标志 year:2023"),
    ("zh", "專利 -侵權"),
    ("zh", "7000件"),
    ("zh", "2021-2035"),
    ("zh", "due:2025"),
    ("zh", "国家知识产权局关于"),
    ("en", "trademark squatting"),
    ("en", "patents"),
    ("en", "\"people's courts\""),
    ("en", "geographical indications plan:2024"),
    ("en", "technical investigator"),
    ("en", "overseas dispute -center"),
];

#[test]
fn the_search_works_in_the_browser() {
    let Some(chromium) = browser::chromium() else { return };
    let folder = built();
    let out = folder.path().join("site");
    let out = out.to_str().unwrap();
    let answers: Vec<_> = QUERIES.iter().map(|(lang, query)| answer(out, lang, query)).collect();
    let queries = folder.path().join("queries.json");
    fs::write(&queries, serde_json::to_string(&answers).unwrap()).unwrap();
    let said = browser::run("search.mjs", &[&out, &queries, &chromium]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}")));
}

#[test]
fn the_search_works_on_a_phone() {
    let Some(chromium) = browser::chromium() else { return };
    let folder = built();
    let said = browser::run("phone.mjs", &[&folder.path().join("site"), &chromium]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}")));
}

/// A folder with the real site in `site`.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let built = gongbao(root(), &["build", "--out", out.to_str().unwrap(), "--as-of", "2026-11-21"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder
}

/// The ids that `gongbao search` finds, in its order.
fn answer(out: &str, lang: &str, query: &str) -> serde_json::Value {
    let args = ["search", query, "--out", out, "--lang", lang, "--limit", "1000", "--format", "json"];
    let found: serde_json::Value = serde_json::from_slice(&gongbao(root(), &args).stdout).unwrap();
    let ids: Vec<_> = found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect();
    assert!(!ids.is_empty(), "{query} finds something");
    serde_json::json!({ "lang": lang, "query": query, "ids": ids })
}
