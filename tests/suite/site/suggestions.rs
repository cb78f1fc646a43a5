//! `gongbao suggest --write`: suggested links are added to the catalogue for an editor to judge.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::series::{CULTURE, THREAD, WATER, check, plan, site, water};
use crate::support::{gongbao, write};

const FILE: &str = "content/threads.toml";

fn suggest(folder: &Path, options: &[&str]) -> (Option<i32>, String) {
    let output = gongbao(folder, &[&["suggest", "--write"], options].concat());
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.code(), said.concat())
}

fn threads(folder: &Path) -> String {
    fs::read_to_string(folder.join(FILE)).unwrap_or_default()
}

/// The ids that links lead from and to.
fn links(folder: &Path) -> Vec<(String, String)> {
    let all: toml::Table = threads(folder).parse().unwrap();
    let links = all.get("link").and_then(|links| links.as_array()).cloned().unwrap_or_default();
    let id = |link: &toml::Value, key: &str| link[key].as_str().unwrap().to_owned();
    links.iter().map(|link| (id(link, "from"), id(link, "to"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn written_suggestions_pass_the_check_with_warnings_only() {
    let folder = site(&water(), "");
    let (code, said) = suggest(folder.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 link added"), "{said}");
    let written = threads(folder.path());
    insta::assert_snapshot!(written);
    let (code, said) = check(folder.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("error[") && said.contains("warning[unreviewed-link]"), "{said}");
    assert!(said.contains("warning[no-counterpart]"), "{said}");
    let (code, said) = suggest(folder.path(), &[]);
    assert_eq!((code, said.starts_with("Nothing to add")), (Some(0), true), "{said}");
    assert_eq!(threads(folder.path()), written);
    assert!(gongbao(folder.path(), &["build"]).status.success());
    let page = folder.path().join("public/zh/plans/w2026/tasks/1/index.html");
    assert!(fs::read_to_string(page).unwrap().contains("尚未核对"), "readers are told");
}

#[test]
fn an_editor_settles_a_suggestion_by_removing_the_line() {
    let folder = site(&water(), "");
    suggest(folder.path(), &[]);
    let judged = threads(folder.path()).replace("suggested = true\n", "");
    write(folder.path(), &[(FILE, &judged)]);
    let (code, said) = check(folder.path());
    assert_eq!((code, said.contains("unreviewed-link")), (Some(0), false), "{said}");
}

#[test]
fn plans_of_two_bodies_are_linked_only_if_that_is_asked_for() {
    let [w2025, w2026] = water();
    let culture = [
        ("c2025", plan(2025, CULTURE, &["建设图书馆", "改造管网"])),
        ("c2026", plan(2026, CULTURE, &["继续建设图书馆", "改造管网"])),
    ];
    let [c2025, c2026] = culture;
    let folder = site(&[w2025, w2026, c2025, c2026], "");
    assert_eq!(suggest(folder.path(), &[]).0, Some(0));
    let crosses = |links: &[(String, String)]| links.iter().any(|(from, to)| from[..1] != to[..1]);
    let within = links(folder.path());
    assert!(within.len() >= 3 && !crosses(&within), "{within:?}");
    assert_eq!(suggest(folder.path(), &["--across"]).0, Some(0));
    let (code, said) = check(folder.path());
    assert!(code == Some(0) && crosses(&links(folder.path())), "{said}");
    let all = threads(folder.path());
    suggest(folder.path(), &["--across"]);
    assert_eq!(threads(folder.path()), all);
}

#[test]
fn a_plan_a_number_and_a_similarity_limit_the_records() {
    let years = [
        ("w2024", plan(2024, WATER, &["治理河道", "改造供水管网"])),
        ("w2025", plan(2025, WATER, &["继续治理河道", "改造供水管网"])),
        ("w2026", plan(2026, WATER, &["深入治理河道", "改造供水管网"])),
    ];
    let folder = site(&years, "");
    assert_eq!(suggest(folder.path(), &["w2023"]).0, Some(2), "there is no such plan");
    assert_eq!(suggest(folder.path(), &["--limit", "1"]).0, Some(0));
    assert_eq!(links(folder.path()).len(), 1);
    fs::remove_file(folder.path().join(FILE)).unwrap();
    suggest(folder.path(), &["--at-least", "90"]);
    assert_eq!(links(folder.path()), pairs(&[("w2024/2", "w2025/2"), ("w2025/2", "w2026/2")]));
    suggest(folder.path(), &["w2026"]);
    let found = links(folder.path());
    assert!(found.len() == 3 && found[2] == ("w2025/1".to_owned(), "w2026/1".to_owned()), "{found:?}");
    suggest(folder.path(), &[]);
    let all = threads(folder.path());
    assert_eq!((links(folder.path()).len(), all.matches("[[thread]]").count()), (4, 2), "{all}");
    assert_eq!(check(folder.path()).0, Some(0));
}

#[test]
fn records_join_the_thread_that_their_tasks_are_in() {
    let [earlier, later] = water();
    let last = ("w2027", plan(2027, WATER, &["深入治理河道"]));
    let folder = site(&[earlier.clone(), later.clone(), last], THREAD);
    assert_eq!(suggest(folder.path(), &[]).0, Some(0));
    let all = threads(folder.path());
    assert!(all.starts_with(THREAD) && all.matches("[[thread]]").count() == 1, "{all}");
    assert_eq!(links(folder.path()), pairs(&[("w2025/1", "w2026/1"), ("w2026/1", "w2027/1")]));
    let other =
        "[[thread]]\nslug = \"w2026-1\"\ntitle = { zh = \"其他\" }\nsummary = { zh = \"其他工作。\" }";
    let folder = site(&[earlier, later], other);
    assert_eq!(suggest(folder.path(), &[]).0, Some(0));
    assert!(threads(folder.path()).contains("thread = \"w2026-1-2\""), "the name is taken");
    assert_eq!(check(folder.path()).0, Some(0));
}

#[test]
fn tasks_that_an_editor_called_new_or_dropped_are_left_alone() {
    let end = "[[thread]]\nslug = \"a\"\ntitle = { zh = \"线索\" }\nsummary = { zh = \"工作。\" }\n\n\
               [[end]]\nthread = \"a\"\ntask = \"w2025/1\"\ntype = \"dropped\"\nreason = { zh = \"未再提及。\" }\n";
    let folder = site(&water(), end);
    suggest(folder.path(), &[]);
    assert_eq!(threads(folder.path()), end);
}

#[test]
fn a_catalogue_that_cannot_be_extended_is_unchanged() {
    let inline = "thread = [{ slug = \"a\", title = { zh = \"线索\" }, summary = { zh = \"工作。\" } }]\n";
    for (before, code) in [(inline, "toml-syntax"), ("[[thread]\n", "toml-syntax"), (THREAD, "unknown-id")] {
        let before = before.replace("w2026/1", "w2026/9");
        let folder = site(&water(), &before);
        let (exit, said) = suggest(folder.path(), &[]);
        assert_eq!((exit, said.contains(code)), (Some(1), true), "{said}");
        assert_eq!(threads(folder.path()), before);
    }
}

#[test]
fn no_link_out_of_the_site_is_followed() {
    let folder = site(&water(), "");
    let away = tempfile::tempdir().unwrap();
    fs::write(away.path().join("precious"), "# precious\n").unwrap();
    symlink(away.path().join("precious"), folder.path().join(FILE)).unwrap();
    assert_ne!(suggest(folder.path(), &[]).0, Some(0));
    assert_eq!(fs::read_to_string(away.path().join("precious")).unwrap(), "# precious\n");
    assert_eq!(fs::read_dir(away.path()).unwrap().count(), 1);
}

#[test]
fn a_killed_command_leaves_the_old_catalogue_or_the_new_one() {
    let old = "# 目录\n";
    let whole = site(&water(), old);
    suggest(whole.path(), &[]);
    let new = threads(whole.path());
    for wait in (0..120).step_by(8) {
        let folder = site(&water(), old);
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongbao"));
        command.current_dir(folder.path()).args(["suggest", "--write"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = threads(folder.path());
        assert!(found == old || found == new, "{found}");
        suggest(folder.path(), &[]);
        assert_eq!(threads(folder.path()), new, "the next command completes it");
    }
}

#[test]
fn commands_at_the_same_time_write_each_record_once() {
    let folder = site(&water(), "");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_eq!(suggest(folder.path(), &[]).0, Some(0)));
        }
    });
    assert_eq!(links(folder.path()).len(), 1);
}
