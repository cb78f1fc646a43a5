//! A cause is said first, and what follows from it is withheld until it is fixed.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{gongbao, write};

const CONFIG: &str = "base_url = \"https://www.example.org/\"\n";

fn plan(year: u32, numbers: &[u32]) -> String {
    let tasks: String = numbers.iter().map(|n| format!("\n{n}. 推进第{n}项工作，落实办法。\n")).collect();
    format!(
        "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"{year}年方案\"\nissuer = \"某局\"\n+++\n\n## 一、主要任务\n{tasks}"
    )
}

fn translation(year: u32, numbers: &[u32]) -> String {
    let tasks: String =
        numbers.iter().map(|n| format!("\n{n}. Advance work no. {n} and carry out Measures.\n")).collect();
    format!("+++\ntitle = \"Plan of {year}\"\nissuer = \"Bureau\"\n+++\n\n## I. Main tasks\n{tasks}")
}

/// Two plans with translations, linked task by task, with topics and evidence.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let numbers = [1, 2, 3, 4, 5, 6];
    let mut threads = "[[thread]]\nslug = \"a\"\ntitle = { zh = \"线索\", en = \"Line\" }\nsummary = { zh = \"说明。\", en = \"Text.\" }\n".to_owned();
    for n in numbers {
        threads += &format!(
            "\n[[link]]\nthread = \"a\"\nfrom = \"2024/{n}\"\nto = \"2025/{n}\"\ntype = \"continues\"\nreason = {{ zh = \"同。\", en = \"Same.\" }}\n"
        );
    }
    let files = [
        ("config.toml", CONFIG.to_owned()),
        ("content/plans/2024/zh.md", plan(2024, &numbers)),
        ("content/plans/2024/en.md", translation(2024, &numbers)),
        ("content/plans/2025/zh.md", plan(2025, &numbers)),
        ("content/plans/2025/en.md", translation(2025, &numbers)),
        ("content/threads.toml", threads),
        ("content/topics.toml", "[[topic]]\nslug = \"t\"\ntitle = { zh = \"题\", en = \"T\" }\nterms = [\"办法\"]\nremove = [\"2025/6\"]\n".to_owned()),
        ("content/evidence.toml", "[[evidence]]\ntask = \"2024/1\"\npromise = \"推进第1项工作\"\nlater = \"2025/1\"\nquote = \"推进第1项工作\"\nnote = { zh = \"注。\", en = \"Note.\" }\n".to_owned()),
        ("content/glossary.toml", "[[term]]\nid = \"measures\"\nzh = \"办法\"\nen = { approved = \"Measures\" }\n".to_owned()),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    write(folder.path(), &files);
    folder
}

/// The codes of the findings, each with its file and line.
fn found(folder: &Path) -> Vec<String> {
    let json: Value =
        serde_json::from_slice(&gongbao(folder, &["check", "--format", "json"]).stdout).unwrap();
    let one = |f: &Value| {
        let place = &f["labels"][0];
        format!(
            "{} {}:{}",
            f["code"].as_str().unwrap(),
            place["file"].as_str().unwrap_or_default(),
            place["start"]["line"]
        )
    };
    json.as_array().unwrap().iter().map(one).collect()
}

fn check(spoil: impl FnOnce(&Path), expected: &[&str]) {
    let folder = site();
    assert_eq!(found(folder.path()), [""; 0], "the site is good at first");
    spoil(folder.path());
    assert_eq!(found(folder.path()), expected);
}

#[test]
fn a_task_that_is_read_as_text() {
    let spoil = |line: &'static str| {
        move |folder: &Path| {
            let text = plan(2025, &[1, 2, 3, 4, 5, 6]).replace("\n4. ", line);
            write(folder, &[("content/plans/2025/zh.md", &text)]);
        }
    };
    check(spoil("\n4、"), &["structure-lookalike content/plans/2025/zh.md:17"]);
    check(spoil("\n<<<<<<< HEAD\n4. "), &["merge-conflict content/plans/2025/zh.md:17"]);
}

#[test]
fn a_doubled_number() {
    let doubled =
        |folder: &Path| write(folder, &[("content/plans/2025/zh.md", &plan(2025, &[1, 2, 3, 3, 5, 6]))]);
    check(doubled, &["number-repeated content/plans/2025/zh.md:17"]);
}

#[test]
fn a_renumbered_task() {
    let renumbered =
        |folder: &Path| write(folder, &[("content/plans/2025/zh.md", &plan(2025, &[1, 2, 3, 4, 5, 7]))]);
    check(renumbered, &["number-gap content/plans/2025/zh.md:21"]);
}

#[test]
fn a_renamed_folder() {
    let renamed = |folder: &Path| {
        fs::rename(folder.join("content/plans/2025"), folder.join("content/plans/2025-plan")).unwrap();
    };
    check(renamed, &["unknown-id content/evidence.toml:4"]);
}

#[test]
fn an_original_in_another_encoding() {
    let gbk = |folder: &Path| {
        fs::write(folder.join("content/plans/2025/zh.md"), b"+++\n\xb7\xbd\xb0\xb8\n+++\n").unwrap()
    };
    check(gbk, &["not-utf8 content/plans/2025/zh.md:1"]);
}

#[test]
fn front_matter_and_catalogues_that_cannot_be_read() {
    let front = |folder: &Path| {
        let text = plan(2025, &[1, 2, 3, 4, 5, 6]).replace("year = 2025", "year ＝ 2025");
        write(folder, &[("content/plans/2025/zh.md", &text)]);
    };
    check(front, &["toml-syntax content/plans/2025/zh.md:4"]);
    for file in ["threads", "topics", "evidence", "glossary"] {
        let path = format!("content/{file}.toml");
        let spoilt = |folder: &Path| {
            let text = fs::read_to_string(folder.join(&path)).unwrap();
            write(folder, &[(&path, &text.replacen(" = ", " ＝ ", 1))]);
        };
        check(spoilt, &[&format!("toml-syntax {path}:2")]);
    }
    check(
        |folder| write(folder, &[("config.toml", "base_url = “https://www.example.org/”\n")]),
        &["toml-syntax config.toml:1"],
    );
}

#[test]
fn the_cause_says_how_many_are_withheld() {
    let folder = site();
    write(folder.path(), &[("content/plans/2025/zh.md", &plan(2025, &[1, 2, 3, 3, 5, 6]))]);
    insta::assert_snapshot!(String::from_utf8(gongbao(folder.path(), &["check"]).stderr).unwrap());
}
