//! Characters that nobody sees and characters that look like others: found in every file of a site, and
//! no hindrance to the search.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{SMALL, gongbao, write};
use serde_json::Value;
use tempfile::TempDir;

fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    write(folder.path(), files);
    folder
}

/// The findings of a site with a code: file, line and English title.
fn found(folder: &TempDir, code: &str) -> Vec<(String, u64, String)> {
    let output = gongbao(folder.path(), &["check", "--format", "json"]);
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = findings.as_array().unwrap().iter().filter(|finding| finding["code"] == code);
    let place = |finding: &Value| {
        let label = &finding["labels"][0];
        let file = label["file"].as_str().unwrap().to_owned();
        (file, label["start"]["line"].as_u64().unwrap(), finding["message"]["en"].to_string())
    };
    all.map(place).collect()
}

/// Kinds of hidden characters, one or more of each.
const HIDDEN: &str = "\u{e0074}\u{e0001}\u{2063}\u{2060}\u{3164}\u{115f}\u{1160}\u{ffa0}\u{206a}\u{180b}\u{180e}\
    \u{fe00}\u{fe0f}\u{e0100}\u{34f}\u{61c}\u{17b4}\u{200b}\u{200d}\u{200e}\u{202e}\u{2066}\u{ad}\u{feff}\u{fff0}\
    \u{fff9}\u{fffc}\u{1d173}\u{1bca0}\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}\u{e000}\u{f8ff}\u{f0000}\u{100000}\
    \u{2028}\u{2800}\u{85}\u{7f}";

#[test]
fn every_hidden_character_of_a_plan_is_named_at_its_line() {
    let plan = SMALL[1].1.to_owned();
    let before = plan.lines().count() as u64;
    let lines: String = HIDDEN.chars().map(|c| format!("\n乙办{c}法\n")).collect();
    let folder = site(&[("content/plans/2025/zh.md", &(plan + &lines))]);
    let found = found(&folder, "control-character");
    assert_eq!(found.len(), HIDDEN.chars().count());
    for ((_, line, title), (index, c)) in found.iter().zip(HIDDEN.chars().enumerate()) {
        assert_eq!(*line, before + 2 + 2 * index as u64);
        assert!(title.contains(&format!("U+{:04X}", u32::from(c))), "{title}");
    }
}

/// A file of each kind that a site reads, with a place for a character.
const FILES: &[(&str, &str)] = &[
    ("config.toml", "base_url = \"https://example.org/\"\ntheme = \"own\"\n# 甲X\n"),
    (
        "content/plans/2026/zh.md",
        "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = \"甲X计划\"\n+++\n\n1. 办理。\n",
    ),
    ("content/plans/2026/en.md", "+++\ntitle = \"Plan\"\n+++\n\n1. DoX it.\n"),
    ("content/pages/about.zh.md", "+++\ntitle = \"关于\"\n+++\n\n甲X。\n"),
    ("content/instruments.toml", "# 甲X\n"),
    ("content/topics.toml", "# 甲X\n"),
    ("content/threads.toml", "# 甲X\n"),
    ("content/evidence.toml", "# 甲X\n"),
    ("content/glossary.toml", "# 甲X\n"),
    ("templates/extra.html", "<p>甲X</p>\n"),
    ("themes/own/templates/more.html", "<p>甲X</p>\n"),
    ("themes/own/i18n/zh.ftl", "# 甲X\n"),
    ("themes/own/styles/90-own.css", "/* 甲X */\n"),
];

#[test]
fn characters_are_looked_for_in_every_file_that_is_read() {
    for (c, code) in [
        ('\u{2063}', "control-character"),
        ('\u{f8ff}', "control-character"),
        ('⾏', "compatibility-character"),
    ] {
        let files: Vec<_> =
            FILES.iter().map(|(path, text)| (*path, text.replace('X', &c.to_string()))).collect();
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let folder = site(&files);
        let named: BTreeSet<_> = found(&folder, code).into_iter().map(|(file, ..)| file).collect();
        let all: BTreeSet<_> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(named, all, "{c:?}");
    }
}

#[test]
fn escapes_and_references_hide_nothing() {
    let topics =
        "[[topic]]\nslug = \"a\"\ntitle = { zh = \"甲\\u2063\" }\nterms = [\"乙\", \"办\\U000E0074法\"]\n";
    let plan = SMALL[1].1.replace("丙工作", "丙&#x3164;工作");
    let folder = site(&[("content/topics.toml", topics), ("content/plans/2025/zh.md", &plan)]);
    let titles: String = found(&folder, "control-character").into_iter().map(|(.., title)| title).collect();
    for code in ["U+2063", "U+E0074", "U+3164"] {
        assert!(titles.contains(code), "{code}: {titles}");
    }
}

const RADICALS: &str = "+++\nkind = \"annual-plan\"\nyear = 2026\ntitle = \"2026年试验工作方案\"\nissued = 2026-01-15\n\
    tasks = \"list\"\n+++\n\n## ⼀、主要任务\n\n\
    1. 推⾏⾏政裁决，落实《⾏政办法》。（市⽂化局负责；2026年6⽉底前完成）\n\n\
    2. 推行行政裁决，落实《行政办法》。（市文化局负责；2026年6月底前完成）\n";

#[test]
fn what_looks_the_same_is_found_and_read_as_the_same() {
    let folder = site(&[("content/plans/p2026/zh.md", RADICALS)]);
    let lines: BTreeMap<_, _> =
        found(&folder, "compatibility-character").into_iter().map(|(_, line, title)| (line, title)).collect();
    assert_eq!(lines.keys().copied().collect::<Vec<_>>(), [9, 11]);
    for pair in
        ["“⾏” (U+2F8F) should be “行”", "“⽂” (U+2F42) should be “文”", "“⽉” (U+2F49) should be “月”"]
    {
        assert!(lines[&11].contains(pair), "{}", lines[&11]);
    }
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for query in ["行政裁决", "⾏政裁决", "市\u{2f42}化局", "行\u{e0100}政裁决"] {
        let output = gongbao(folder.path(), &["search", query, "--format", "json"]);
        let results: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut ids: Vec<_> =
            results["hits"].as_array().unwrap().iter().map(|hit| hit["id"].to_string()).collect();
        ids.sort();
        assert_eq!(ids, ["\"p2026/1\"", "\"p2026/2\""], "{query}");
    }
    let tasks: Value =
        serde_json::from_slice(&fs::read(folder.path().join("public/data/tasks.json")).unwrap()).unwrap();
    let of = |id: &str| tasks.as_array().unwrap().iter().find(|task| task["id"] == id).unwrap().clone();
    let (radicals, plain) = (of("p2026/1"), of("p2026/2"));
    for key in ["deadlines", "responsible", "instruments"] {
        assert_eq!(radicals[key], plain[key], "{key}");
        assert_ne!(radicals[key].as_array().map(Vec::len), Some(0), "{key}");
    }
    assert!(radicals["text"]["zh"].to_string().contains("⾏政裁决"), "the text is as it was written");
    assert_eq!(radicals["section"]["zh"], "主要任务");
}

#[test]
fn numbers_and_units_that_are_used_as_such_are_left_alone() {
    let plan = SMALL[1].1.replace("丙工作", "①⑴㈠Ⅳ㎡½２０２５年ＡＢ、……——“”");
    let folder = site(&[("content/plans/2025/zh.md", &plan)]);
    assert_eq!(found(&folder, "compatibility-character"), []);
    assert_eq!(found(&folder, "control-character"), []);
}
