//! One verdict: `check`, `build` and `serve` find the same, and `check` ends with 0 exactly if `build` publishes.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use crate::support::serve::Server;
use crate::support::{SMALL, gongbao, write};
use serde_json::Value;

/// Files by their paths, with their texts.
type Files = &'static [(&'static str, &'static str)];

/// Changes of the small site, and the codes of the diagnostics that follow, causes and errors first.
const BROKEN: &[(&str, Files, &[&str])] = &[
    ("nothing", &[], &["missing-translation"]),
    (
        "a dead link in a page",
        &[("content/pages/about.zh.md", "+++\ntitle = \"关于\"\n+++\n\n[甲](../plans/2025/)\n")],
        &["dead-link", "missing-translation", "missing-translation"],
    ),
    (
        "a dead link in a plan",
        &[(
            "content/plans/2026/zh.md",
            "+++\nkind = \"key-points\"\ntasks = \"list\"\ntitle = \"乙\"\n+++\n\n1. 见[附件](附件.pdf)。\n",
        )],
        &["dead-link", "missing-translation", "missing-translation"],
    ),
    (
        "a dead anchor in a page",
        &[("content/pages/about.zh.md", "+++\ntitle = \"关于\"\n+++\n\n[甲](#nowhere)\n")],
        &["dead-link", "missing-translation", "missing-translation"],
    ),
    (
        "a dead link in a template",
        &[("templates/home.html", "<a href=\"nowhere/\">x</a>\n")],
        &["dead-link", "missing-translation"],
    ),
    (
        "a template that fails",
        &[("templates/home.html", "{{ content.nowhere }}\n")],
        &["template-error", "missing-translation"],
    ),
    (
        "a number twice",
        &[(
            "content/plans/2025/zh.md",
            "+++\nkind = \"promotion-plan\"\ntitle = \"甲\"\n+++\n\n1. 甲。\n\n1. 乙。\n\n3. 丙。\n",
        )],
        &["number-repeated", "missing-translation"],
    ),
    (
        "full-width marks",
        &[("content/topics.toml", "[[topic]]\nslug ＝ \"t\"\n")],
        &["toml-syntax", "missing-translation"],
    ),
    (
        "a redirect to a page that is not there",
        &[(
            "config.toml",
            "base_url = \"https://example.org/\"\n[[redirect]]\nfrom = \"plans/a/\"\nto = \"plans/b/\"\n",
        )],
        &["dead-link", "missing-translation"],
    ),
    ("a collision", &[("static/zh/index.html", "x")], &["route-collision", "missing-translation"]),
    (
        "a published day before the issue",
        &[(
            "content/plans/2025/zh.md",
            "+++\nkind = \"promotion-plan\"\ntitle = \"甲\"\nissued = 2025-02-01\npublished = 2025-01-01\n+++\n\n1. 甲。\n",
        )],
        &["missing-translation", "unlikely-date"],
    ),
    ("no settings", &[("config.toml", "")], &["missing-key"]),
];

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    write(folder.path(), files);
    folder
}

fn findings(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Code and place of each finding that the server tells of, in its order.
fn served(folder: &Path, expected: &[&str]) -> Vec<(String, String)> {
    let server = Server::start_at(folder, 0, &["--no-drafts"]);
    if let Some(first) = expected.first() {
        server.wait_for("/__gongbao/findings", first);
    }
    let all: Value = serde_json::from_str(&server.get("/__gongbao/findings").text()).unwrap();
    let one = |f: &Value| {
        (text(&f["code"]), format!("{}:{}", text(&f["places"][0]["file"]), f["places"][0]["line"]))
    };
    all["findings"].as_array().unwrap().iter().map(one).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn check_build_and_serve_find_the_same() {
    for (name, files, codes) in BROKEN {
        let folder = site(files);
        let (check, build) = (gongbao(folder.path(), &["check"]), gongbao(folder.path(), &["build"]));
        assert_eq!(check.status.code(), build.status.code(), "{name}: {}", findings(&build));
        assert_eq!(findings(&check), findings(&build), "{name}");
        assert_eq!(folder.path().join("public").exists(), check.status.success(), "{name}");
        let json = gongbao(folder.path(), &["check", "--format", "json"]).stdout;
        let json: Value = serde_json::from_slice(&json).unwrap();
        let one = |f: &Value| {
            (
                text(&f["code"]),
                format!("{}:{}", text(&f["labels"][0]["file"]), f["labels"][0]["start"]["line"]),
            )
        };
        let found: Vec<_> = json.as_array().unwrap().iter().map(one).collect();
        assert_eq!(found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), *codes, "{name}");
        let served = served(folder.path(), codes);
        assert_eq!(BTreeSet::from_iter(&served), BTreeSet::from_iter(&found), "{name}");
    }
}

#[test]
fn strict_makes_every_warning_an_error_for_both() {
    let folder = site(&[]);
    for command in ["check", "build"] {
        let output = gongbao(folder.path(), &[command, "--strict"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(findings(&output).contains("error[missing-translation]"), "{}", findings(&output));
        assert!(!folder.path().join("public").exists(), "{command}");
        assert_eq!(gongbao(folder.path(), &[command]).status.code(), Some(0), "{command}");
        let _ = std::fs::remove_dir_all(folder.path().join("public"));
    }
}
