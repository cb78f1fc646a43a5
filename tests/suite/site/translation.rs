//! `gongbao translation status | accept`, run as people run it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the small site, removed when the test ends.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/languages/french"), &folder);
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongbao"));
        command.args(args).arg("--site").arg(&self.0).output().unwrap()
    }

    /// Runs `translation …` and gives what it printed, with the exit code.
    fn translation(&self, args: &[&str]) -> String {
        let output = self.run(&[&["translation"], args].concat());
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        format!("{text}exit {}\n", output.status.code().unwrap())
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[test]
fn an_account_of_every_state() {
    let site = Site::new("account");
    assert!(site.translation(&["accept"]).starts_with("20 accepted"));
    site.edit("content/plans/2023/zh.md", "7000件", "8000件");
    site.edit("content/plans/2023/fr.md", "(En continu.)", "(Continu.)");
    site.edit(
        "content/plans/2023/en.md",
        "issuer = \"China National Intellectual Property Administration\"\n",
        "",
    );
    insta::assert_snapshot!(site.translation(&["status"]));
    insta::assert_snapshot!(site.translation(&["status", "--format", "json"]));
}

#[test]
fn what_is_named_is_accepted_and_nothing_else() {
    let site = Site::new("accept");
    let open = || site.translation(&["status"]).matches("unreviewed 2023").count();
    assert_eq!(open(), 20);
    for (id, left) in
        [("2023/task-1-p1", 18), ("2023/1", 16), ("2023/s-1", 12), ("2023/title", 10), ("2023", 0)]
    {
        site.translation(&["accept", id]);
        assert_eq!(open(), left, "{id}");
    }
    assert!(site.translation(&["status"]).ends_with("exit 0\n"));
    assert_eq!(
        site.translation(&["accept", "2023/99"]),
        "error: there is no plan, item or paragraph `2023/99` · 没有编号为 2023/99 的计划、条目或段落\nexit 2\n"
    );
}

#[test]
fn a_stale_translation_is_a_warning_and_an_error_if_that_is_asked_for() {
    let site = Site::new("stale");
    site.translation(&["accept"]);
    site.edit("content/plans/2023/zh.md", "加强商标保护。（持续推进）", "加强注册商标保护。（持续推进）");
    let check = site.run(&["check"]);
    assert_eq!(check.status.code(), Some(0));
    for command in ["check", "build"] {
        assert_eq!(site.run(&[command, "--strict"]).status.code(), Some(1), "{command}");
    }
    insta::assert_snapshot!(String::from_utf8(check.stderr).unwrap());
    assert_eq!(site.run(&["build"]).status.code(), Some(0));
    let page = fs::read_to_string(site.0.join("public/en/plans/2023/index.html")).unwrap();
    assert_eq!(page.matches("This paragraph changed after it was translated.").count(), 1);
}

#[test]
fn pages_say_which_paragraphs_have_not_been_reviewed() {
    let site = Site::new("unreviewed");
    let notes = || {
        assert_eq!(site.run(&["build"]).status.code(), Some(0));
        let page = fs::read_to_string(site.0.join("public/en/plans/2023/index.html")).unwrap();
        page.matches("The translation of this paragraph has not been reviewed yet.").count()
    };
    let before = notes();
    site.translation(&["accept", "2023/task-1-p1"]);
    assert!(before > 1 && notes() == before - 1, "{before}");
    site.translation(&["accept"]);
    assert_eq!(notes(), 0);
}

#[test]
fn a_lock_that_cannot_be_read_is_not_written_over() {
    let site = Site::new("lock");
    let lock = site.0.join("content/translations.lock");
    fs::write(&lock, "[en]\n<<<<<<< ours\n").unwrap();
    assert!(site.translation(&["accept"]).ends_with("exit 1\n"));
    assert!(fs::read_to_string(&lock).unwrap().contains("<<<<<<<"));
}

#[test]
fn what_is_said_in_front_matter_is_compared_too() {
    let site = Site::new("front-matter");
    site.edit("content/plans/2023/en.md", "title = \"2023 ", "title = \"2024 ");
    let said = String::from_utf8(site.run(&["check"]).stderr).unwrap();
    for place in ["“2024”在原文中没有对应\n --> content/plans/2023/en.md:2:10\n", "“2023”在译文中没有对应\n"]
    {
        assert!(said.contains(place), "{said}");
    }
    // Where there are escapes, the whole text is the place.
    site.edit("content/plans/2023/en.md", "title = \"2024 ", "title = \"\\u0032024 ");
    let said = String::from_utf8(site.run(&["check"]).stderr).unwrap();
    assert!(said.contains("“2024”在原文中没有对应\n --> content/plans/2023/en.md:2:9\n"), "{said}");
}
