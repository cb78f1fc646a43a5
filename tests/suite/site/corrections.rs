//! Corrected texts: one entry in each feed, shown on the pages, and no record that does not fit the text.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeMap;

use gongbao::base::SitePath;
use gongbao::pipeline;
use gongbao::report;

const CONFIG: &str = "base_url = \"https://example.org/\"\n";

const TOPICS: &str = "[[topic]]\nslug = \"c\"\ntitle = { zh = \"丙\", en = \"C\" }\nterms = [\"丙工作\"]\n\
    [[topic]]\nslug = \"b\"\ntitle = { zh = \"乙\", en = \"B\" }\nterms = [\"乙工作\"]\n";

const ENGLISH: &str = "+++\ntitle = \"Plan A\"\n\n[[corrections]]\ndate = 2025-04-03\nitem = \"2\"\n\
    old = \"Hinder\"\nnew = \"Advance\"\nnote = { en = \"The rendering was wrong.\" }\n+++\n\n\
    This plan is made for A.\n\n## I. Main tasks\n\n1. Advance work B. (By the end of December 2025.)\n\n\
    2. Advance work C. (Ongoing.)\n";

/// The Chinese text with these records.
fn chinese(records: &str) -> String {
    format!(
        "+++\nkind = \"promotion-plan\"\nyear = 2025\npublished = 2025-01-20\ntitle = \"甲计划\"\n{records}+++\n\n\
         为了甲，制定本计划。\n\n## 一、主要任务\n\n1. 推进乙工作。（2025年12月底前完成）\n\n\
         2. 推进丙工作。（持续推进）\n"
    )
}

/// Task 1 corrected twice, task 2 once, the preamble once.
const RECORDS: &str = r#"
[[corrections]]
date = 2025-02-01
item = "1"
old = "做好乙工作"
new = "加快乙工作"

[[corrections]]
date = 2025-02-01
item = "2"
old = "推进内工作"
new = "推进丙工作"
note = { zh = "录入错误。", en = "A typing error." }

[[corrections]]
date = 2025-03-01
item = "1"
old = "加快乙工作"
new = "推进乙工作"

[[corrections]]
date = 2025-02-20
old = "制订本计划"
new = "制定本计划"
"#;

/// What is found in a site with these records, and its files.
fn compiled(records: &str) -> (String, BTreeMap<SitePath, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let chinese = chinese(records);
    let files = [
        ("config.toml", CONFIG),
        ("content/topics.toml", TOPICS),
        ("content/plans/2025/zh.md", &chinese),
        ("content/plans/2025/en.md", ENGLISH),
    ];
    crate::support::write(folder.path(), &files);
    let mut inputs = crate::support::inputs(folder.path());
    // The first reading finds that nobody has reviewed the translation; that is not the matter here.
    let first = pipeline::compile(&inputs);
    let mut lock = (*first.lock).clone();
    for entry in gongbao::check::states::entries(&first.site) {
        entry.translation.iter().for_each(|translation| lock.accept(entry.lang, entry.original, translation));
    }
    let path = SitePath::new(gongbao::resolve::translations::FILE).unwrap();
    inputs.files.insert(path, lock.write().into_bytes().into());
    let compiled = pipeline::compile(&inputs);
    (report::human(&compiled.diagnostics, &inputs, false), crate::support::render(&compiled))
}

/// The titles and summaries of a feed's entries, the corrections only.
fn corrections(files: &BTreeMap<SitePath, Vec<u8>>, path: &str) -> Vec<String> {
    let feed = crate::support::page(files, path);
    let between = |text: &str, name: &str| {
        let inner = text.split_once(&format!("<{name}>")).unwrap().1;
        inner.split_once(&format!("</{name}>")).unwrap().0.to_owned()
    };
    let entries = feed.split("<entry>").skip(1).filter(|entry| entry.contains("#correction-"));
    entries.map(|e| ["updated", "title", "summary"].map(|name| between(e, name)).join(" | ")).collect()
}

#[test]
fn a_corrected_text_gives_one_entry_with_old_and_new() {
    let (found, files) = compiled(RECORDS);
    assert_eq!(found, "");
    let of_two =
        "2025-02-01T00:00:00Z | 更正：2. 推进丙工作 | 原为：“推进内工作”现为：“推进丙工作” 录入错误。";
    let all = [
        "2025-03-01T00:00:00Z | 更正：1. 推进乙工作 | 原为：“加快乙工作”现为：“推进乙工作”",
        "2025-02-20T00:00:00Z | 更正：甲计划 | 原为：“制订本计划”现为：“制定本计划”",
        of_two,
        "2025-02-01T00:00:00Z | 更正：1. 推进乙工作 | 原为：“做好乙工作”现为：“加快乙工作”",
    ];
    assert_eq!(corrections(&files, "zh/atom.xml"), all);
    assert_eq!(corrections(&files, "zh/plans/2025/atom.xml"), all);
    assert_eq!(corrections(&files, "zh/topics/c/atom.xml"), [of_two], "the topic of task 2");
    let english = corrections(&files, "en/topics/c/atom.xml");
    assert_eq!(
        english,
        [
            "2025-04-03T00:00:00Z | Correction: 2. Advance work C | Before: “Hinder” Now: “Advance” The rendering was wrong.",
            "2025-02-01T00:00:00Z | Correction: 2. Advance work C | Before: “推进内工作” Now: “推进丙工作” A typing error.",
        ],
        "that of the translation concerns those who read it"
    );
    let feed = crate::support::page(&files, "zh/plans/2025/atom.xml");
    assert!(feed.contains("<id>https://example.org/zh/plans/2025/tasks/1/#correction-zh-2025-02-01</id>"));
    assert!(feed.contains("<id>https://example.org/zh/plans/2025/tasks/2/#correction-zh-2025-02-01-2</id>"));
    assert!(
        feed.contains("<updated>2025-01-20T00:00:00Z</updated>"),
        "the task keeps its own entry and date"
    );
    assert_eq!(compiled(RECORDS).1, files, "a rebuild without a change changes nothing");
}

#[test]
fn corrections_are_shown_where_the_text_is() {
    let (_, files) = compiled(RECORDS);
    let task = crate::support::page(&files, "en/plans/2025/tasks/2/index.html");
    for part in [
        "id=\"correction-zh-2025-02-01-2\"",
        "<del lang=\"zh-Hans\">推进内工作</del>",
        "<ins lang=\"zh-Hans\">推进丙工作</ins>",
        "A typing error.",
        "<del>Hinder</del>",
        "Translation corrected",
    ] {
        assert!(task.contains(part), "{part}");
    }
    let plan = crate::support::page(&files, "zh/plans/2025/index.html");
    assert_eq!(plan.matches("<del").count(), 4, "all of the original, none of another language");
    assert!(!crate::support::page(&files, "zh/plans/2025/tasks/2/index.html").contains("Hinder"));
    let (_, files) = compiled("");
    assert!(!crate::support::page(&files, "zh/plans/2025/index.html").contains("<del"));
}

#[test]
fn a_record_that_does_not_fit_the_text_is_reported() {
    let records = r#"
[[corrections]]
date = 2025-02-01
item = "3"
old = "甲"
new = "乙"

[[corrections]]
date = 2024-02-01
item = "1"
old = "做好乙工作"
new = "加强乙工作"

[[corrections]]
date = "2025-02-01"
item = "2"
old = ""
new = "推进丙工作"
"#;
    insta::assert_snapshot!(compiled(records).0);
}
