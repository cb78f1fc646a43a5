//! Series: plans of one issuer through the years, apart from those of others.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use crate::support::{gongbao, write};

const CONFIG: &str = "base_url = \"https://www.example.org/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n";
pub(super) const THREAD: &str = "[[thread]]\nslug = \"a\"\ntitle = { zh = \"线索\" }\nsummary = { zh = \"先后的工作。\" }\n\n\
                      [[link]]\nthread = \"a\"\nfrom = \"w2025/1\"\nto = \"w2026/1\"\ntype = \"continues\"\nreason = { zh = \"同一工作。\" }\n";

pub(super) fn plan(year: u32, front: &str, tasks: &[&str]) -> String {
    let tasks: String =
        tasks.iter().zip(1..).map(|(task, n)| format!("\n{n}. {task}。（持续推进）\n")).collect();
    format!(
        "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"{year}年方案\"\n{front}\n+++\n\n## 一、主要任务\n{tasks}"
    )
}

pub(super) fn site(plans: &[(&str, String)], threads: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("config.toml", CONFIG)]);
    if !threads.is_empty() {
        write(folder.path(), &[("content/threads.toml", threads)]);
    }
    for (id, text) in plans {
        write(folder.path(), &[(&format!("content/plans/{id}/zh.md"), text)]);
    }
    folder
}

pub(super) const WATER: &str = "issuer = \"甲市水务局\"";
pub(super) const CULTURE: &str = "issuer = \"甲市文化局\"";

pub(super) fn water() -> [(&'static str, String); 2] {
    [
        ("w2025", plan(2025, WATER, &["治理河道", "改造管网", "修建水库"])),
        ("w2026", plan(2026, WATER, &["继续治理河道", "推进节水", "开展巡查"])),
    ]
}

pub(super) fn check(folder: &Path) -> (Option<i32>, String) {
    let output = gongbao(folder, &["check"]);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn one_link_leaves_a_warning_for_each_plan_and_the_pages_say_so() {
    let folder = site(&water(), THREAD);
    let (code, said) = check(folder.path());
    assert_eq!((code, said.matches("warning[no-counterpart]").count()), (Some(0), 2), "{said}");
    insta::assert_snapshot!(said);
    assert!(gongbao(folder.path(), &["build"]).status.success());
    let page =
        |path: &str| fs::read_to_string(folder.path().join("public").join(path).join("index.html")).unwrap();
    assert!(page("zh/plans/w2025/tasks/2").contains("这一项尚未与其他年度的方案核对。"));
    assert!(page("zh/plans/w2025/tasks/1").contains("本站没有更早年度的方案。"));
}

#[test]
fn the_record_that_the_warning_names_settles_it() {
    let end = |task: &str, kind: &str| {
        format!(
            "\n[[end]]\nthread = \"a\"\ntask = \"{task}\"\ntype = \"{kind}\"\nreason = {{ zh = \"查无对应。\" }}\n"
        )
    };
    let ends = [("w2025/2", "dropped"), ("w2025/3", "dropped"), ("w2026/2", "new"), ("w2026/3", "new")];
    let threads: String = ends.iter().fold(THREAD.to_owned(), |all, (task, kind)| all + &end(task, kind));
    assert_eq!(check(site(&water(), &threads).path()), (Some(0), String::new()));
}

#[test]
fn another_issuer_changes_nothing() {
    let [earlier, later] = water();
    let culture = [
        ("c2025", plan(2025, CULTURE, &["建设图书馆", "治理河道"])),
        ("c2026", plan(2026, CULTURE, &["建设博物馆", "改造管网"])),
    ];
    for threads in ["", THREAD] {
        let alone = site(&[earlier.clone(), later.clone()], threads);
        let [c2025, c2026] = culture.clone();
        let both = site(&[earlier.clone(), later.clone(), c2025, c2026], threads);
        assert_eq!(check(alone.path()), check(both.path()));
        let suggest = |folder: &Path, flags: &[&str]| {
            let output = gongbao(folder, &[&["suggest"], flags].concat());
            String::from_utf8(output.stdout).unwrap()
        };
        let proposed = suggest(both.path(), &[]);
        let crosses = |text: &str| text.contains("from = \"w2025/2\"\nto = \"c2026/2\"");
        assert!(!crosses(&proposed), "{proposed}");
        assert!(crosses(&suggest(both.path(), &["--across"])), "asked for");
    }
    let one = site(
        &[
            ("w2025", plan(2025, WATER, &["治理河道"])),
            ("w2026", plan(2026, WATER, &["继续治理河道"])),
            ("c2026", plan(2026, CULTURE, &["建设图书馆"])),
        ],
        THREAD,
    );
    assert_eq!(check(one.path()), (Some(0), String::new()));
}

#[test]
fn a_series_can_be_named() {
    let [earlier, _] = water();
    let renamed = ("w2026", plan(2026, "issuer = \"甲市水利局\"\nseries = \"water\"", &["继续治理河道"]));
    let folder = site(&[earlier, renamed.clone()], THREAD);
    assert_eq!(check(folder.path()), (Some(0), String::new()), "two series of one plan each");
    let named =
        ("w2025", plan(2025, "issuer = \"甲市水务局\"\nseries = \"water\"", &["治理河道", "改造管网"]));
    let (_, said) = check(site(&[named, renamed], THREAD).path());
    assert_eq!(said.matches("no-counterpart").count(), 1, "{said}");
}

#[test]
fn suggestions_pass_the_check_once_an_editor_has_taken_them() {
    let folder = site(&water(), "");
    let proposed = String::from_utf8(gongbao(folder.path(), &["suggest"]).stdout).unwrap();
    assert!(proposed.contains("from = \"w2025/1\"\nto = \"w2026/1\""), "{proposed}");
    write(folder.path(), &[("content/threads.toml", &proposed)]);
    let (code, said) = check(folder.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("warning[unwritten-text]"), "{said}");
}
