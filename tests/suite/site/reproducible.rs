//! The same inputs give the same bytes: on one thread and on two, clean and over an old site, in
//! another folder, time zone and locale, and whatever the clock says.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{root, tree};

/// The real site, built with some environment: its files, and what was found.
fn build(site: &Path, out: &Path, environment: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongbao"));
    command.envs(environment.iter().copied()).current_dir(site);
    built(&mut command, out)
}

/// What a command builds.
fn built(command: &mut Command, out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = command.args(["build", "--as-of", "2026-11-21", "--out"]).arg(out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut built = tree(out);
    built.insert("findings".into(), output.stderr);
    built
}

/// Copies what a site is made from.
fn copy(to: &Path) {
    fs::create_dir_all(to).unwrap();
    let parts = ["config.toml", "content", "themes"].map(|part| root().join(part));
    assert!(Command::new("cp").arg("-r").args(parts).arg(to).status().unwrap().success());
}

/// The names of files that differ.
fn differences(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let paths = a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path));
    paths.cloned().collect()
}

#[test]
fn five_builds_are_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let first =
        build(root(), &out("one-thread"), &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")]);
    assert!(first.len() > 1000 && first.contains_key(Path::new("SHA256SUMS")), "{} files", first.len());
    let check = |name: &str, other: &BTreeMap<PathBuf, Vec<u8>>| {
        assert_eq!(differences(&first, other), Vec::<PathBuf>::new(), "{name}");
    };
    let zone = [("RAYON_NUM_THREADS", "2"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "zh_CN.UTF-8")];
    check("two threads, another time zone and locale", &build(root(), &out("two-threads"), &zone));
    check(
        "over an old site",
        &build(root(), &out("two-threads"), &[("TZ", "America/Adak"), ("LANG", "tr_TR.UTF-8")]),
    );
    copy(&out("elsewhere/and/deeper"));
    check("in another folder", &build(&out("elsewhere/and/deeper"), &out("elsewhere/out"), &[]));
    let Some(moved) = with_the_clock_moved(&out("clock")) else { return };
    check("with the clock moved", &moved);
}

/// What is kept between builds must not show: after each change the site is what it would be without it.
#[test]
fn a_build_over_another_is_what_a_clean_build_is() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    copy(&site);
    let (out, cache) = (folder.path().join("out"), folder.path().join(".out.gongbao-cache"));
    let edit = |file: &Path, from: &str, to: &str| {
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains(from), "{} has {from}", file.display());
        fs::write(file, text.replacen(from, to, 1)).unwrap();
    };
    let plan = site.join("content/plans/2023/zh.md");
    let (translation, glossary) = (site.join("content/plans/2023/en.md"), site.join("content/glossary.toml"));
    let changes: [(&str, &dyn Fn()); 13] = [
        ("a first build", &|| ()),
        ("nothing changed", &|| ()),
        ("a word in a task", &|| edit(&plan, "加强", "加大")),
        ("a word in a translation", &|| edit(&translation, "Strengthen", "Step up")),
        ("a wrong rendering", &|| edit(&translation, "administrative adjudication", "administrative ruling")),
        ("the wrong rendering again", &|| ()),
        ("what is wrong no more", &|| {
            edit(&glossary, "wrong = [\"administrative ruling\"", "wrong = [\"administrative decree\"");
        }),
        ("the title of the site", &|| edit(&site.join("config.toml"), "zh = \"", "zh = \"新")),
        ("texts compressed beforehand", &|| {
            let config = fs::read_to_string(site.join("config.toml")).unwrap();
            fs::write(site.join("config.toml"), config + "\n[build]\nprecompress = [\"gzip\"]\n").unwrap();
        }),
        ("a string of the theme", &|| {
            let strings = site.join("themes/default/i18n/zh.ftl");
            edit(&strings, "nav-timeline = ", "nav-timeline = 新");
        }),
        ("a page that others changed", &|| fs::write(out.join("zh/index.html"), "<p>others").unwrap()),
        ("a cache that is damaged", &|| fs::write(&cache, "damaged").unwrap()),
        ("a cache that is gone", &|| fs::remove_file(&cache).unwrap()),
    ];
    for (number, (name, change)) in changes.into_iter().enumerate() {
        change();
        let built = build(&site, &out, &[]);
        let clean = build(&site, &folder.path().join(format!("clean-{number}")), &[]);
        assert_eq!(differences(&built, &clean), Vec::<PathBuf>::new(), "{name}");
        let findings = String::from_utf8_lossy(&built[Path::new("findings")]);
        assert_eq!(
            findings.contains("glossary-wrong-rendering"),
            name.contains("wrong rendering"),
            "{name}: {findings}"
        );
        assert!(cache.is_file(), "{name}");
    }
}

/// A build whose clock is that of another year; `None`, which it says, where there is no `faketime`.
fn with_the_clock_moved(out: &Path) -> Option<BTreeMap<PathBuf, Vec<u8>>> {
    let faked = Command::new("faketime").args(["2031-03-01 12:00:00", "date", "+%Y"]).output();
    if !faked.is_ok_and(|output| output.stdout.starts_with(b"2031")) {
        // The clock is read in one place, `io::clock`, which `--as-of` takes the place of.
        println!("SKIPPED: there is no faketime to move the clock with");
        return Some(build(root(), out, &[("SOURCE_DATE_EPOCH", "0")]));
    }
    let mut command = Command::new("faketime");
    command.arg("2031-03-01 12:00:00").arg(env!("CARGO_BIN_EXE_gongbao")).current_dir(root());
    Some(built(&mut command, out))
}

#[test]
fn the_sums_are_those_that_others_compute_and_sources_are_proved() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    build(root(), &out, &[]);
    let others =
        Command::new("sha256sum").current_dir(&out).args(["--check", "--quiet", "SHA256SUMS"]).output();
    let others = others.unwrap();
    assert!(others.status.success(), "{}", String::from_utf8_lossy(&others.stdout));
    let sources = root().join("tests/sources");
    let verify = || {
        let args = ["verify", "--out", out.to_str().unwrap(), "--sources", sources.to_str().unwrap()];
        let output = crate::support::gongbao(root(), &args);
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    };
    let (said, code) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(" 0 differences"), "{said}");
    for plan in ["2022", "2023", "2024", "2022-key-points", "promotion-plan"] {
        assert!(said.contains(&format!("{plan}: says what ")), "{plan} is proved\n{said}");
    }
    let page = out.join("zh/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::remove_file(&page).unwrap();
    fs::write(&page, text.replacen("知识产权", "知识产杈", 1)).unwrap();
    let (said, code) = verify();
    assert_eq!(code, Some(1));
    assert!(said.contains("zh/index.html: altered · 被改动") && said.contains(" 1 difference "), "{said}");
}

#[test]
fn a_plan_that_does_not_say_what_its_source_says_is_named() {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path());
    let sources = folder.path().join("sources");
    assert!(
        Command::new("cp")
            .arg("-r")
            .arg(root().join("tests/sources"))
            .arg(&sources)
            .status()
            .unwrap()
            .success()
    );
    let plan = folder.path().join("content/plans/2023/zh.md");
    let text = fs::read_to_string(&plan).unwrap();
    let at = text.rfind("保护").unwrap();
    fs::write(&plan, format!("{}保障{}", &text[..at], &text[at + "保护".len()..])).unwrap();
    build(folder.path(), &folder.path().join("public"), &[]);
    let output = crate::support::gongbao(folder.path(), &["verify"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("2023: ") && said.contains("2024: says what "), "{said}");
    assert!(!said.contains("2023: says what"), "{said}");
}
