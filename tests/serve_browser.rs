//! `gongbao serve` in a real browser. Needs Node.js, Chromium and `npm ci` in
//! `tests/browser`; skipped without them, except where `CI` is set.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::serve::{Server, site};

/// Chromium, by the names it has on different machines; `CHROMIUM` names another.
fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&folders).collect();
    let found =
        || names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|p| p.is_file());
    named.or_else(found)
}

/// A plan that is longer than a window.
fn long_plan() -> String {
    let tasks = (2..60).map(|n| format!("{n}. 推进第{n}项工作。（持续推进）\n\n")).collect::<String>();
    format!(
        "+++\nkind = \"promotion-plan\"\nyear = 2025\ntitle = \"甲计划\"\n+++\n\n为了甲，制定本计划。\n\n\
         ## 一、主要任务\n\n1. 修改《乙办法》。（2025年12月底前完成）\n\n{tasks}"
    )
}

#[test]
fn edits_show_in_the_browser() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let Some(chromium) = chromium().filter(|_| scripts.join("node_modules").exists()) else {
        assert!(std::env::var_os("CI").is_none(), "CI needs Chromium, and `npm ci` in tests/browser");
        println!("SKIPPED: there is no Chromium, or `npm ci` was not run in tests/browser");
        return;
    };
    let folder = site("browser");
    fs::write(folder.join("content/plans/2025/zh.md"), long_plan()).unwrap();
    fs::create_dir_all(folder.join("themes/default/assets")).unwrap();
    fs::write(folder.join("themes/default/assets/style.css"), "main { margin: 1rem; }").unwrap();
    let server = Server::start(&folder);
    let done = Command::new("node")
        .current_dir(&scripts)
        .arg("serve.mjs")
        .arg(format!("http://{}", server.host()))
        .args([&folder, &chromium])
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}\n{}", server.said());
    println!("{said}");
}
