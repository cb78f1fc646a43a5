//! `gongbao serve` in a real browser. Needs Node.js, Chromium and `npm ci` in
//! `tests/browser`; skipped without them, except where `CI` is set.

use std::fs;

use crate::support::browser;
use crate::support::serve::{Server, site};

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
    let Some(chromium) = browser::chromium() else { return };
    let folder = site("browser");
    fs::write(folder.join("content/plans/2025/zh.md"), long_plan()).unwrap();
    fs::create_dir_all(folder.join("themes/default/assets")).unwrap();
    fs::write(folder.join("themes/default/assets/style.css"), "main { margin: 1rem; }").unwrap();
    let server = Server::start(&folder);
    let said = browser::run("serve.mjs", &[&format!("http://{}", server.host()), &folder, &chromium]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}\n{}", server.said())));
}
