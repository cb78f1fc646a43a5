//! The real binary, in folders of its own.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use crate::support::{SMALL, gongbao, tree, write};
use tempfile::TempDir;

fn small_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    folder
}

/// What a run prints to standard error, and its exit code.
fn run(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let output = gongbao(folder, args);
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} holds {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

const PLAN: &str = "content/plans/2025/zh.md";

#[test]
fn a_site_is_built_and_says_where() {
    let site = small_site();
    let output = gongbao(site.path(), &["build", "--as-of", "2025-06-01"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("2 tasks") && said.contains("2 项任务") && said.contains("public"), "{said}");
    let page = fs::read_to_string(site.path().join("public/zh/plans/2025/tasks/1/index.html")).unwrap();
    assert!(page.contains("还有 213 天") && page.contains("datetime=\"2025-12-31\""), "{page}");
    let english = fs::read_to_string(site.path().join("public/en/plans/2025/tasks/1/index.html")).unwrap();
    assert!(english.contains("213 days left") && english.contains("Not translated yet."), "{english}");
}

#[test]
fn errors_name_file_line_column_and_leave_the_old_site() {
    let site = small_site();
    assert_eq!(run(site.path(), &["build"]).1, Some(0));
    let before = tree(&site.path().join("public"));
    replace(site.path(), PLAN, "（2025年12月底前完成）", "（2025年13月底前完成）");
    replace(site.path(), PLAN, "2. 推进", "4. 推进《丙");
    replace(site.path(), PLAN, "year = 2025", "yeer = 2025");
    let (said, code) = run(site.path(), &["build"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said);
    assert_eq!(tree(&site.path().join("public")), before);
}

#[test]
fn check_writes_json_for_programs() {
    let site = small_site();
    replace(site.path(), PLAN, "（持续推进）", "（争取早日完成）");
    let output = gongbao(site.path(), &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fault =
        found.as_array().unwrap().iter().find(|fault| fault["code"] == "unreadable-deadline").unwrap();
    assert_eq!(fault["labels"][0]["file"], PLAN);
    assert_eq!(fault["labels"][0]["start"], serde_json::json!({"line": 13, "column": 11}));
    assert_eq!(fault["severity"], "warning", "a wording that is not understood stops no site");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn unchanged_files_keep_their_time() {
    let site = small_site();
    assert_eq!(run(site.path(), &["build", "--as-of", "2025-06-01"]).1, Some(0));
    let time = |file: &str| fs::metadata(site.path().join("public").join(file)).unwrap().modified().unwrap();
    let (task, data) = (time("zh/plans/2025/tasks/2/index.html"), time("data/tasks.json"));
    let robots = time("robots.txt");
    std::thread::sleep(std::time::Duration::from_millis(20));
    replace(site.path(), PLAN, "推进丙工作", "推进丁工作");
    assert_eq!(run(site.path(), &["build", "--as-of", "2025-06-01"]).1, Some(0));
    assert!(time("data/tasks.json") > data && time("zh/plans/2025/tasks/2/index.html") > task);
    assert_eq!(time("robots.txt"), robots);
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let site = small_site();
    write(site.path(), &[("public/precious.txt", "mine")]);
    let (said, code) = run(site.path(), &["build"]);
    assert_eq!(code, Some(3));
    assert!(said.contains("precious") || said.contains("did not write"), "{said}");
    assert_eq!(fs::read_to_string(site.path().join("public/precious.txt")).unwrap(), "mine");
}

#[test]
fn wrong_usage_and_a_missing_site() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(run(empty.path(), &["publish"]).1, Some(2));
    assert_eq!(run(empty.path(), &["build", "--base-url", "javascript:x"]).1, Some(2));
    let (said, code) = run(empty.path(), &["build"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("config.toml"), "{said}");
}

#[test]
fn raw_text_becomes_a_plan_that_builds() {
    let site = small_site();
    let raw = "2026年甲工作方案\n\n为了甲，制定本方案。\n\n一、主要任务\n\n1. 做好乙。推进乙工作。\n\n2. 做好丙。推进丙工作。\n";
    write(site.path(), &[("raw.txt", raw)]);
    let args = ["import", "raw.txt", "--plan", "2026"];
    let (account, code) = run(site.path(), &[&args[..], &["--dry-run"]].concat());
    assert_eq!(code, Some(0), "{account}");
    assert!(!site.path().join("content/plans/2026/zh.md").exists(), "a dry run writes nothing");
    assert_eq!(run(site.path(), &args).1, Some(0));
    assert_eq!(run(site.path(), &args).1, Some(3), "an existing plan is not overwritten");
    let (said, code) = run(site.path(), &["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(site.path().join("public/zh/plans/2026/tasks/2/index.html").exists());
}

#[test]
fn garbage_is_refused_with_a_reason() {
    let site = small_site();
    fs::write(site.path().join("raw.bin"), [0u8, 1, 2, 3, 255, 254, 0, 0]).unwrap();
    let (said, code) = run(site.path(), &["import", "raw.bin", "--plan", "x"]);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(run(site.path(), &["import", "missing.txt", "--plan", "x"]).1, Some(3));
    assert_eq!(run(site.path(), &["import", "raw.bin", "--plan", "../x"]).1, Some(2));
}

/// Two yearly plans whose tasks are joined by a thread, with evidence and a topic.
const YEARS: &[(&str, &str)] = &[
    ("config.toml", "base_url = \"https://example.org/\"\n"),
    (
        "content/plans/2024/zh.md",
        "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = 2024\ntitle = \"甲方案\"\n+++\n\n## 一、主要任务\n\n\
         1. 制定乙办法。\n\n2. 推进丙工作。\n",
    ),
    (
        "content/plans/2025/zh.md",
        "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = 2025\ntitle = \"丁方案\"\n+++\n\n## 一、主要任务\n\n\
         1. 实施乙办法。\n",
    ),
    (
        "content/threads.toml",
        "[[thread]]\nslug = \"rules\"\ntitle = { zh = \"办法\" }\nsummary = { zh = \"先制定，后实施。\" }\n\n\
         [[link]]\nthread = \"rules\"\nfrom = \"2024/1\"\nto = \"2025/1\"\ntype = \"continues\"\n\
         reason = { zh = \"同一办法。\" }\n\n\
         [[end]]\nthread = \"rules\"\ntask = \"2024/2\"\ntype = \"dropped\"\nreason = { zh = \"未再提及。\" }\n",
    ),
    (
        "content/evidence.toml",
        "[[evidence]]\ntask = \"2024/1\"\npromise = \"制定乙办法\"\nlater = \"2025/1\"\nquote = \"实施乙办法\"\n\
         note = { zh = \"已在实施。\" }\n",
    ),
    ("content/topics.toml", "[[topic]]\nslug = \"rules\"\ntitle = { zh = \"规章\" }\nterms = [\"办法\"]\n"),
];

fn years() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), YEARS);
    folder
}

#[test]
fn a_link_opens_its_differences_and_leads_both_ways() {
    let site = years();
    let (said, code) = run(site.path(), &["build"]);
    assert_eq!(code, Some(0), "{said}");
    let page = |path: &str| fs::read_to_string(site.path().join("public/zh").join(path)).unwrap();
    for task in ["plans/2024/tasks/1", "plans/2025/tasks/1", "threads/rules"] {
        let page = page(&format!("{task}/index.html"));
        assert!(page.contains("<details class=\"changes\">") && page.contains("<del>"), "{task}: {page}");
    }
    assert!(page("plans/2024/tasks/1/index.html").contains("zh/plans/2025/tasks/1/#task-1-p0\""));
    assert!(page("plans/2024/tasks/2/index.html").contains("不再列为任务"));
    assert!(page("topics/rules/index.html").contains("plans/2025/tasks/1/"));
}

#[test]
fn a_broken_or_one_sided_link_fails_the_build() {
    let threads = "content/threads.toml";
    let cases = [
        (threads, "to = \"2025/1\"", "to = \"2025/7\"", "unknown-id"),
        (threads, "thread = \"rules\"\nfrom", "thread = \"rule\"\nfrom", "unknown-id"),
        (
            threads,
            "from = \"2024/1\"\nto = \"2025/1\"",
            "from = \"2025/1\"\nto = \"2024/1\"",
            "link-backwards",
        ),
        (threads, "type = \"continues\"", "type = \"splits-into\"", "one-sided-link"),
        (threads, "type = \"continues\"", "type = \"merges-into\"", "one-sided-link"),
        (threads, "type = \"continues\"", "type = \"related\"", "no-counterpart"),
        (threads, "type = \"continues\"", "type = \"goes-on\"", "bad-value"),
        (threads, "type = \"dropped\"", "type = \"new\"", "no-counterpart"),
        ("content/evidence.toml", "制定乙办法", "制定了乙办法", "inexact-quotation"),
        ("content/evidence.toml", "later = \"2025/1\"", "later = \"2025/x\"", "unknown-id"),
        ("content/topics.toml", "\"办法\"", "\"条例\"", "no-effect"),
    ];
    for (file, from, to, rule) in cases {
        let site = years();
        replace(site.path(), file, from, to);
        let (said, code) = run(site.path(), &["build"]);
        let expected = if matches!(rule, "no-effect" | "no-counterpart") { 0 } else { 1 };
        assert_eq!(code, Some(expected), "{to}: {said}");
        assert!(said.contains(rule) && said.contains(".toml:") || rule == "no-counterpart", "{to}: {said}");
        assert!(said.contains(rule), "{to}: {said}");
    }
}

#[test]
fn suggestions_are_toml_that_nobody_has_entered() {
    let site = years();
    replace(site.path(), "content/threads.toml", "to = \"2025/1\"", "to = \"2025/9\"");
    let output = gongbao(site.path(), &["suggest", "--limit", "1"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(said.contains("from = \"2024/1\"\nto = \"2025/1\"") && said.contains("reason = { zh"), "{said}");
}

#[test]
fn texts_are_written_compressed_where_that_is_asked_for() {
    let site = small_site();
    let out = site.path().join("public");
    assert!(gongbao(site.path(), &["build"]).status.success());
    assert!(tree(&out).keys().all(|path| path.extension().is_none_or(|e| e != "br" && e != "gz")));
    let config = "base_url = \"https://example.org/\"\n[build]\nprecompress = [\"br\", \"gzip\"]\n";
    write(site.path(), &[("config.toml", config)]);
    assert!(gongbao(site.path(), &["build"]).status.success());
    let files = tree(&out);
    for name in ["zh/index.html", "en/plans/2025/index.html", "data/tasks.json"] {
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut files[Path::new(&format!("{name}.br"))].as_slice(), &mut text).unwrap();
        assert_eq!(text, files[Path::new(name)], "{name}");
        assert!(files.contains_key(Path::new(&format!("{name}.gz"))), "{name}");
    }
    for form in ["br", "gz"] {
        let forms: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("search")).collect();
        let form = forms.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == form));
        let (mut plain, mut compressed) = (0, 0);
        for (path, bytes) in form {
            plain += files[&path.with_extension("")].len();
            compressed += bytes.len();
        }
        assert!(compressed > 0 && compressed * 2 < plain, "{compressed} of {plain}");
    }
}

#[test]
fn a_term_of_very_many_tasks_leads_to_the_search() {
    let folder = tempfile::tempdir().unwrap();
    let tasks: String = (1..=125).map(|task| format!("{task}. 推进专利工作。（持续推进）\n\n")).collect();
    let plan = SMALL[1].1.split("1. ").next().unwrap().to_owned() + &tasks;
    let glossary = "[[term]]\nid = \"patent\"\nzh = \"专利\"\nen = { approved = \"patent right\" }\n";
    write(folder.path(), &[SMALL[0], (SMALL[1].0, &plan), ("content/glossary.toml", glossary)]);
    assert!(gongbao(folder.path(), &["build"]).status.success());
    let page = |lang: &str| {
        fs::read_to_string(folder.path().join(format!("public/{lang}/glossary/index.html"))).unwrap()
    };
    let (zh, en) = (page("zh"), page("en"));
    assert!(zh.contains("125 项任务用到") && zh.contains("另有 5 项任务"), "{zh}");
    assert!(zh.contains("/search/?q=%E4%B8%93%E5%88%A9\"") && en.contains("/search/?q=patent%20right\""));
    assert_eq!(zh.matches("/plans/2025/tasks/").count(), 120);
}

#[test]
fn a_search_in_a_language_without_texts_says_which_languages_have_some() {
    let site = small_site();
    assert!(gongbao(site.path(), &["build"]).status.success());
    let said = gongbao(site.path(), &["search", "办法", "--lang", "en"]);
    assert_eq!(said.status.code(), Some(2));
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(text.contains("没有语言为 en 的文字") && text.contains("there are texts in: zh"), "{text}");
    assert!(said.stdout.is_empty());
    let found = gongbao(site.path(), &["search", "办法"]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("修改《乙办法》"));
}
