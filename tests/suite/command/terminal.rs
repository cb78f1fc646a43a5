//! The terminal: names of files and texts of others carry nothing that it would obey or hide.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::process::Output;

use crate::support::{SMALL, gongbao, write};
use tempfile::TempDir;

/// Escape sequences of seven and eight bits, a title of the window, a bell, a return, bidi controls.
const HOSTILE: &str = "甲\u{1b}[31m乙\u{1b}]0;x\u{7}\u{9b}2J\u{202e}丙\u{2066}\u{e0041}";

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    folder
}

/// A terminal obeys nothing in the output of a command; hidden characters are written out.
fn check(output: &Output, shown: &str) {
    let said = [output.stdout.as_slice(), b"\n", &output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    let bad = |c: char| {
        (c.is_control() && c != '\n')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
            || ('\u{e0000}'..='\u{e007f}').contains(&c)
    };
    assert!(!said.contains(bad), "{said:?}");
    assert!(said.contains(shown), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn names_of_files() {
    let folder = site();
    let name = HOSTILE.to_owned() + "\nerror: forged\r";
    write(folder.path(), &[(&format!("static/{name}.txt"), "x")]);
    for command in ["check", "build"] {
        let output = gongbao(folder.path(), &[command]);
        assert!(!output.status.success());
        check(
            &output,
            "甲\\u{1b}[31m乙\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{202e}丙\\u{2066}\\u{e0041}\\u{a}error: forged\\u{d}.txt",
        );
    }
}

#[test]
fn names_of_files_that_only_look_harmless() {
    for name in ["甲\u{202e}txt.exe", "甲\u{2063}乙", "\u{3164}", "甲\u{e0100}"] {
        let folder = site();
        write(folder.path(), &[(&format!("static/{name}"), "x")]);
        let output = gongbao(folder.path(), &["check"]);
        assert_eq!(output.status.code(), Some(3), "{name:?}");
        check(&output, "\\u{");
    }
}

#[test]
fn foreign_files_in_a_published_site() {
    let folder = site();
    assert!(gongbao(folder.path(), &["build"]).status.success());
    fs::write(folder.path().join("public").join(HOSTILE.to_owned() + "\nok"), "x").unwrap();
    check(&gongbao(folder.path(), &["verify"]), "甲\\u{1b}[31m乙");
    check(&gongbao(folder.path(), &["build"]), "甲\\u{1b}[31m乙");
}

#[test]
fn texts_under_carets() {
    let folder = site();
    let plan = SMALL[1].1.replace("丙工作", HOSTILE);
    write(folder.path(), &[("content/plans/2025/zh.md", &plan), ("content/topics.toml", "x\u{9b}1m = 1\n")]);
    let output = gongbao(folder.path(), &["check"]);
    check(&output, "content/plans/2025/zh.md:13:");
    check(&output, "推进甲\\u{1b}[31m乙");
    check(&gongbao(folder.path(), &["check", "--format", "json"]), "\\u001b");
}

#[test]
fn lines_that_an_import_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let body = "1. 推进各项工作，办理各项事务。\n".repeat(20);
    let text = format!(
        "首页 > {HOSTILE} > 正文\n2025年甲计划\n一、任务\n{body}2. 推进乙{HOSTILE}。\n— {HOSTILE} —\n\u{1b}[2J- 1 -\n"
    );
    fs::write(folder.path().join("a.txt"), text).unwrap();
    for format in ["human", "json"] {
        let arguments = ["import", "a.txt", "--plan", "2025", "--dry-run", "--format", format];
        check(&gongbao(folder.path(), &arguments), "甲");
    }
    check(&gongbao(folder.path(), &["import", &format!("{HOSTILE}.txt"), "--plan", "2025"]), "\\u{1b}");
}

#[test]
fn arguments_that_are_repeated() {
    let folder = site();
    check(&gongbao(folder.path(), &["explain", HOSTILE]), "\\u{1b}");
    check(&gongbao(folder.path(), &["translation", "accept", HOSTILE]), "\\u{1b}");
    check(&gongbao(folder.path(), &["schema", HOSTILE]), "\\u{1b}");
}
