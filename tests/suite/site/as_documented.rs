//! Promises of the guides about the built site that no other suite tests.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::path::Path;

use tempfile::TempDir;

use crate::support::serve::{self, Server};
use crate::support::{SMALL, gongbao, tree, write};

/// A draft beside the plan of the small site.
const DRAFT: (&str, &str) = (
    "content/plans/2026/zh.md",
    "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"草拟的计划\"\ndraft = true\n+++\n\n为了丁，制定本计划。\n\n\
     ## 一、主要任务\n\n1. 推进戊工作。（持续推进）\n",
);

fn small(more: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    write(folder.path(), more);
    folder
}

fn build(folder: &Path, args: &[&str]) {
    let built = gongbao(folder, &[&["build"], args].concat());
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

#[test]
fn a_draft_is_shown_by_serve_and_left_out_by_build() {
    let folder = small(&[DRAFT]);
    let mentions = || {
        let files = tree(&folder.path().join("public"));
        files.values().filter(|bytes| String::from_utf8_lossy(bytes).contains("草拟的计划")).count()
    };
    build(folder.path(), &[]);
    assert_eq!(mentions(), 0);
    build(folder.path(), &["--drafts"]);
    assert!(mentions() > 3 && folder.path().join("public/zh/plans/2026/index.html").exists());

    let served = serve::site("draft");
    write(&served, &[DRAFT]);
    assert!(Server::start(&served).get("/zh/plans/2026/").text().contains("草拟的计划"));
    assert_eq!(Server::start_at(&served, 0, &["--no-drafts"]).get("/zh/plans/2026/").status, 404);
}

/// Every reference of a page that a browser follows or loads: the tag it is in, and the address.
fn references(page: &str) -> Vec<(&str, &str)> {
    let attributes = [" href=\"", " src=\"", " action=\"", " data-engine=\"", " data-base=\""];
    let all =
        attributes.iter().flat_map(|attribute| page.match_indices(attribute).map(|(at, a)| (at, a.len())));
    all.map(|(at, length)| {
        let tag = &page[page[..at].rfind('<').unwrap()..at];
        (tag, page[at + length..].split('"').next().unwrap())
    })
    .collect()
}

#[test]
fn pages_refer_to_each_other_by_relative_addresses() {
    let folder = small(&[]);
    let base = "https://base.example/deep/";
    build(folder.path(), &["--base-url", base]);
    let (mut relative, mut absolute) = (0, 0);
    for (path, bytes) in tree(&folder.path().join("public")) {
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        if !is_page || path.ends_with("404.html") {
            continue;
        }
        let page = String::from_utf8(bytes).unwrap();
        for (tag, address) in references(&page) {
            let is_identity =
                tag.starts_with("<link rel=\"canonical\"") || tag.starts_with("<link rel=\"alternate\"");
            assert!(!address.starts_with(base) || is_identity, "{}: {tag} {address}", path.display());
            assert!(!address.starts_with('/'), "{}: {tag} {address}", path.display());
            absolute += usize::from(address.starts_with(base));
            relative += usize::from(address.starts_with('.'));
        }
    }
    assert!(relative > 100 && absolute > 20, "{relative} {absolute}");
}

#[test]
fn the_search_finds_what_plans_say_and_not_what_pages_say() {
    let page = "+++\ntitle = \"关于\"\n+++\n\n葡萄架下推进丙工作。\n";
    let folder = small(&[("content/pages/about.zh.md", page)]);
    build(folder.path(), &[]);
    let hits = |query: &str| {
        let found = gongbao(folder.path(), &["search", query, "--format", "json"]).stdout;
        let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
        found["hits"].as_array().unwrap().len()
    };
    assert_eq!((hits("推进丙工作"), hits("葡萄架下")), (1, 0));
}

#[test]
fn paragraphs_that_change_places_stay_reviewed_and_one_changed_word_makes_one_stale() {
    let plan = |texts: [&str; 2]| {
        let head = SMALL[1].1.split("为了甲").next().unwrap();
        format!("{head}{}\n\n{}\n\n## 一、主要任务\n\n1. 推进丙工作。（持续推进）\n", texts[0], texts[1])
    };
    let english = |texts: [&str; 2]| {
        let tasks = "## I. Main tasks\n\n1. Advance work C. (Ongoing.)\n";
        format!("+++\ntitle = \"Plan A\"\n+++\n\n{}\n\n{}\n\n{tasks}", texts[0], texts[1])
    };
    let (zh, en) =
        (["为了甲，制定本计划。", "各单位负责落实。"], ["This plan is for A.", "Every unit is responsible."]);
    let folder = small(&[]);
    let unreviewed = |zh: [&str; 2], en: [&str; 2]| {
        let files = [(SMALL[1].0, &*plan(zh)), ("content/plans/2025/en.md", &*english(en))];
        write(folder.path(), &files);
        let account = gongbao(folder.path(), &["translation", "status", "--format", "json"]).stdout;
        let account = String::from_utf8(account).unwrap();
        ["stale", "unreviewed"].map(|state| account.matches(&format!("\"state\": \"{state}\"")).count())
    };
    assert!(unreviewed(zh, en)[1] > 2);
    assert!(gongbao(folder.path(), &["translation", "accept"]).status.success());
    assert_eq!(unreviewed(zh, en), [0, 0]);
    assert_eq!(unreviewed([zh[1], zh[0]], [en[1], en[0]]), [0, 0]);
    assert_eq!(unreviewed([zh[0], "各部门负责落实。"], en), [1, 0]);
}
