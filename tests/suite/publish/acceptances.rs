//! Commands that read, change and write the same file at once: what each says it did is there afterwards.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{SMALL, gongbao, write};

/// How many translations are accepted, and how many commands run at a time.
const ACCEPTS: usize = 40;
const AT_A_TIME: usize = 16;

/// A plan of so many tasks, with a translation.
fn translated(folder: &Path) {
    let (mut zh, mut en) = (String::new(), String::new());
    for number in 1..=ACCEPTS {
        writeln!(zh, "{number}. 推进第{number}项工作。（持续推进）\n").unwrap();
        writeln!(en, "{number}. Carry on with work {number}. (Ongoing.)\n").unwrap();
    }
    let zh = format!(
        "+++\nkind = \"promotion-plan\"\nyear = 2025\ntitle = \"甲计划\"\ntasks = \"list\"\n+++\n\n为了甲，制定本计划。\n\n## 一、主要任务\n\n{zh}"
    );
    let en = format!("+++\ntitle = \"Plan A\"\n+++\n\nFor the sake of A.\n\n## I. Main tasks\n\n{en}");
    write(folder, &[SMALL[0], ("content/plans/2025/zh.md", &zh), ("content/plans/2025/en.md", &en)]);
}

/// Runs one command for each number, several at a time: how many ended with 0.
fn at_once(count: usize, run: impl Fn(usize) -> bool + Sync) -> usize {
    let (next, done) = (AtomicUsize::new(1), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let number @ ..=ACCEPTS = next.fetch_add(1, Ordering::Relaxed)
                    && number <= count
                {
                    done.fetch_add(usize::from(run(number)), Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner()
}

#[test]
fn translations_accepted_at_once_are_all_kept() {
    let site = tempfile::tempdir().unwrap();
    translated(site.path());
    let accepted = at_once(ACCEPTS, |number| {
        let output = gongbao(site.path(), &["translation", "accept", &format!("2025/{number}")]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success() && said.starts_with("1 accepted")
    });
    assert_eq!(accepted, ACCEPTS);
    let lock = fs::read_to_string(site.path().join("content/translations.lock")).unwrap();
    assert_eq!(lock.lines().filter(|line| line.starts_with('"')).count(), ACCEPTS, "{lock}");
    let names = fs::read_dir(site.path().join("content")).unwrap().chain(fs::read_dir(site.path()).unwrap());
    let hidden =
        names.map(|entry| entry.unwrap().file_name()).filter(|name| name.to_string_lossy().starts_with('.'));
    assert_eq!(hidden.collect::<Vec<_>>(), [""; 0], "no lock and no scratch file is left");
}

#[test]
fn of_several_imports_of_one_plan_one_is_done() {
    let site = tempfile::tempdir().unwrap();
    write(site.path(), SMALL);
    let text = |number: usize| {
        format!(
            "2026年甲工作计划\n\n一、主要任务\n\n（一）甲\n\n1. 修改第{number}号办法。（2026年12月底前完成）\n"
        )
    };
    for number in 1..=8 {
        fs::write(site.path().join(format!("{number}.txt")), text(number)).unwrap();
    }
    let imported = at_once(8, |number| {
        let file = format!("{number}.txt");
        gongbao(site.path(), &["import", &file, "--plan", "p1"]).status.success()
    });
    assert_eq!(imported, 1);
    let folder = site.path().join("content/plans/p1");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert!(fs::read_to_string(folder.join("zh.md")).unwrap().contains("号办法"));
}
