//! Slips in the Markdown of an original, through the real binary: none takes a task or changes the text
//! without a finding at its line.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use crate::support::{gongbao, write};
use tempfile::TempDir;

/// The line at which the body of a plan begins.
const BODY: i64 = 9;

fn site(tasks: &str, body: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let head = format!(
        "+++\nkind = \"annual-plan\"\nyear = 2026\ntitle = \"2026年试验工作方案\"\nissuer = \"某局\"\n\
         issued = 2026-01-15\ntasks = \"{tasks}\"\n+++\n"
    );
    let config = "base_url = \"https://www.example.org/plans/\"\n[title]\nzh = \"试验\"\n[description]\n\
                  zh = \"试验用的网站。\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n";
    write(folder.path(), &[("config.toml", config), ("content/plans/p/zh.md", &(head + body))]);
    folder
}

/// The diagnostics of `check`: codes with the lines of the body, the first of which has the number 1.
fn findings(folder: &Path) -> Vec<String> {
    let output = gongbao(folder, &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let one = |found: &serde_json::Value| {
        let line = found["labels"][0]["start"]["line"].as_i64().unwrap();
        format!("{} {}", found["code"].as_str().unwrap(), line + 1 - BODY)
    };
    found.as_array().unwrap().iter().map(one).collect()
}

#[track_caller]
fn check(tasks: &str, body: &str, expected: &[&str]) {
    assert_eq!(findings(site(tasks, body).path()), expected, "{body}");
}

#[test]
fn structure_that_is_none_is_found() {
    let found = ["structure-lookalike 5"];
    let list = |line: &str| format!("## 一、任务\n\n1. 甲。（持续推进）\n\n{line}\n");
    check("list", &list("2.　乙。（2026年6月底前完成）"), &found);
    check("list", &list("##　二、保障\n\n2. 乙。（持续推进）"), &found);
    check("list", &list("２．乙。（2026年6月底前完成）"), &found);
    check("list", &list("    2. 乙。（2026年6月底前完成）"), &found);
    check(
        "heading-3",
        "## 一、任务\n\n### 1. 甲\n\n文。\n\n###2. 乙\n\n文。（2026年6月底前完成）\n",
        &["structure-lookalike 7"],
    );
    check(
        "heading-3",
        "## 一、任务\n\n### 1. 甲\n\n文。\n\n    乙。（2026年6月底前完成）\n",
        &["unsupported-markdown 7"],
    );
    check("heading-3", "## 一、任务\n\n### 1. 甲\n\n文。\n---\n\n乙。\n", &["unsupported-markdown 5"]);
    check("list", &list("```\n2. 乙。"), &["unsupported-markdown 5"]);
    check("list", &list("[注]: 乙。"), &["text-not-shown 5"]);
}

#[test]
fn an_unfinished_merge_is_found_alone() {
    let body = "## 一、任务\n\n1. 甲。（持续推进）\n\n<<<<<<< HEAD\n2. 乙。（持续推进）\n=======\n2. 丙。（持续推进）\n>>>>>>> b\n";
    check("list", body, &["merge-conflict 5"]);
    check("list", &body.replace("<<<<<<< HEAD\n", "").replace("2. 丙", "3. 丙"), &["merge-conflict 6"]);
    check("list", &body.replace("=======", "||||||| base\n2. 丁。\n======="), &["merge-conflict 5"]);
}

#[test]
fn ordinary_texts_have_no_findings() {
    let body =
        "## 一、任务\n\n1. 甲。（持续推进）\n\n2. 乙。一要落实，2.5万人参加，第3. 项不变。（持续推进）\n\n";
    check("list", body, &[]);
    check("list", &format!("{body}3. 改造：\n\n   （1）#1楼；\n\n   （2）5~10层。（持续推进）\n"), &[]);
}

/// The text of task 1 with what `build` makes of its emphasis, in HTML and in Markdown.
fn emphasis(text: &str) -> [String; 2] {
    let folder = site("list", &format!("## 一、任务\n\n1. {text}（持续推进）\n"));
    let output = gongbao(folder.path(), &["build"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ["index.html", "index.md"]
        .map(|name| fs::read_to_string(folder.path().join("public/zh/plans/p/tasks/1").join(name)).unwrap())
}

#[test]
fn bold_is_what_was_marked() {
    let marked = [
        ("**一是加强审查。**推进各项工作。", vec!["一是加强审查。"]),
        (
            "落实**“双随机、一公开”**监管，重点是**《专利法》**的实施。",
            vec!["“双随机、一公开”", "《专利法》"],
        ),
        ("培训5~10名人员，走访15~20家，比例10~20%，**重点**任务，2*3*4平方米。", vec!["重点"]),
    ];
    for (text, bold) in marked {
        let [html, markdown] = emphasis(text);
        assert!(!html.contains("**") && !html.contains("<em>") && !html.contains("<del>"), "{html}");
        let shown: Vec<&str> =
            html.split("<strong>").skip(1).filter_map(|rest| rest.split("</strong>").next()).collect();
        for words in bold {
            assert!(shown.iter().any(|shown| shown.contains(words)), "{words}: {shown:?}");
            let is_linked = markdown.contains(&format!("**[{words}]("));
            assert!(is_linked || markdown.contains(&format!("**{words}**")), "{words}: {markdown}");
        }
    }
}

#[test]
fn marks_without_effect_are_found() {
    let task = |text: &str| format!("1. {text}（持续推进）\n");
    check("list", &task("推进 **甲 **工作。"), &["unmatched-emphasis 1", "unmatched-emphasis 1"]);
    check("list", &task("某**、某**等。"), &["unmatched-emphasis 1", "unmatched-emphasis 1"]);
    check("list", &task("标*的为重点，带*的为一般。"), &["doubtful-emphasis 1"]);
    check("list", &task("推进__甲__工作。"), &["doubtful-emphasis 1", "doubtful-emphasis 1"]);
    check("list", &task("推进**“甲**”工作。"), &["doubtful-emphasis 1"]);
    check("list", &task("推进\\*\\*甲、data_2025_a和5\\~10。"), &[]);
}
