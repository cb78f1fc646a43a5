//! `gongbao verify` and signatures, run as people run them: nothing that was not compared ends with 0.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{SMALL, gongbao, root, write};

const RAW: &str = "示例市文化局关于印发2027年示例市公共阅读工作方案的通知\n\n各区文化局：\n\n现将《2027年示例市公共阅读工作方案》印发给你们，请认真执行。\n\n示例市文化局\n2027年1月15日\n\n2027年示例市公共阅读工作方案\n\n一、主要任务\n\n1. 推行行政裁决，方便人民群众用好大力度工具。（市文化局负责；2027年6月30日前完成）\n\n2. 建立高水平工作机制，非必要不收费。（市文化局负责；2027年12月底前完成）\n";

/// A built site of one plan that was imported from `raw/p2027.txt`.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[SMALL[0], ("raw/p2027.txt", RAW)]);
    run(folder.path(), &["import", "raw/p2027.txt", "--plan", "p2027"], 0);
    run(folder.path(), &["build"], 0);
    folder
}

/// The output of a command, which must end with that code.
#[track_caller]
fn run(folder: &Path, args: &[&str], code: i32) -> String {
    let output = gongbao(folder, args);
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{said}");
    said
}

fn edit(path: PathBuf, from: &str, to: &str) {
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{}", path.display());
    // A new file: the old one may be linked to by another site.
    fs::remove_file(&path).unwrap();
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Checks that `verify` names a change of the output and does not end with 0.
#[track_caller]
fn check(change: impl Fn(&Path), says: &str) {
    let folder = site();
    let out = folder.path().join("public");
    change(&out);
    let code = if says.starts_with("error") { 3 } else { 1 };
    let said = run(folder.path(), &["verify"], code);
    assert!(said.contains(says), "{said}");
}

#[test]
fn everything_that_is_not_a_published_file_is_named() {
    let page = "zh/index.html";
    check(|out| edit(out.join(page), "<p", "<p "), "zh/index.html: altered");
    check(|out| fs::remove_file(out.join(page)).unwrap(), "zh/index.html: missing");
    check(|out| fs::write(out.join("zh/x.html"), "").unwrap(), "zh/x.html: not written by gongbao");
    check(|out| fs::create_dir(out.join("zh/empty")).unwrap(), "zh/empty: a folder not made by gongbao");
    check(|out| write(out, &[("more/a/b.html", "")]), "more: a folder not made by gongbao");
    check(|out| edit(out.join(".gongbao"), "gongbao", "other"), ".gongbao: altered");
    check(|out| fs::write(out.join("a\u{1b}[2Jb"), "").unwrap(), "a\\u{1b}[2Jb: not written");
    check(
        |out| {
            fs::rename(out.join(page), out.with_file_name("copy.html")).unwrap();
            symlink("../../copy.html", out.join(page)).unwrap();
        },
        "zh/index.html: a link",
    );
    check(
        |out| {
            fs::rename(out.join("zh"), out.with_file_name("copy")).unwrap();
            symlink("../copy", out.join("zh")).unwrap();
        },
        "zh: a link",
    );
    check(|out| symlink("zh", out.join("loop")).unwrap(), "loop: a link");
    check(
        |out| {
            fs::remove_file(out.join(page)).unwrap();
            assert!(Command::new("mkfifo").arg(out.join(page)).status().unwrap().success());
        },
        "zh/index.html: not a regular file",
    );
}

#[test]
fn sums_that_are_not_as_they_were_written_are_damaged() {
    let sums = |out: &Path| out.join("SHA256SUMS");
    let damaged = "error: ";
    check(|out| fs::write(sums(out), "").unwrap(), damaged);
    check(|out| fs::remove_file(sums(out)).unwrap(), damaged);
    let changed = |change: &dyn Fn(&str) -> String| {
        check(|out| fs::write(sums(out), change(&fs::read_to_string(sums(out)).unwrap())).unwrap(), damaged);
    };
    let first = |text: &str| text.lines().next().unwrap().to_owned() + "\n";
    changed(&|text| first(text) + text);
    changed(&|text| text.to_owned() + &first(text));
    changed(&|text| text.trim_end().to_owned());
    changed(&|text| text.replace('\n', "\r\n"));
    changed(&|text| text.to_owned() + &format!("{}  ../config.toml\n", &text[..64]));
    changed(&|text| format!("{}  /etc/hostname\n{text}", &text[..64]));
    let line =
        |text: &str| text.lines().find(|line| line.ends_with("  zh/index.html")).unwrap().to_owned() + "\n";
    check(
        |out| {
            let text = fs::read_to_string(sums(out)).unwrap();
            fs::write(sums(out), text.replace(&line(&text), "")).unwrap();
        },
        "zh/index.html: not written by gongbao",
    );
    check(
        |out| {
            let text = fs::read_to_string(sums(out)).unwrap();
            fs::write(sums(out), text.replace(&line(&text), &format!("{}  zh/index.html\n", "0".repeat(64))))
                .unwrap();
        },
        "zh/index.html: altered",
    );
}

#[test]
fn no_edit_of_a_plan_switches_the_proof_off() {
    let folder = site();
    let plan = || folder.path().join("content/plans/p2027/zh.md");
    let verify = |code| run(folder.path(), &["verify", "--sources", "raw"], code);
    let said = verify(0);
    assert!(said.contains("p2027: says what p2027.txt says"), "{said}");
    edit(plan(), "title = \"2027年示例市公共阅读工作方案\"", "title = \"2027年示例市公共阅读工作方案 \"");
    verify(0);
    edit(plan(), "非必要不收费", "非必要也收费");
    for (from, to) in
        [("方案 \"", "方案\""), ("title = \"2027年", "title = \"2028年"), ("title", "titel"), ("+++\n", "")]
    {
        let said = verify(1);
        assert!(said.contains("p2027: does not say what p2027.txt says"), "{said}");
        edit(plan(), from, to);
    }
    let said = run(folder.path(), &["verify"], 0);
    assert!(said.contains("plans were not compared with sources"), "{said}");
}

#[test]
fn a_plan_without_a_source_is_not_proved() {
    let folder = site();
    write(folder.path(), &[("raw/readme.txt", "\u{1}\u{2}\u{3}\u{4}"), SMALL[1]]);
    let said = run(folder.path(), &["verify", "--sources", "raw"], 1);
    assert!(said.contains("2025: there is no source; the nearest is p2027.txt"), "{said}");
    assert!(said.contains("readme.txt: cannot serve as a source"), "{said}");
    fs::remove_dir_all(folder.path().join("content/plans/p2027")).unwrap();
    let said = run(folder.path(), &["verify", "--sources", "raw"], 1);
    assert!(said.contains("p2027.txt: no plan comes from this source"), "{said}");
    fs::create_dir(folder.path().join("none")).unwrap();
    let said = run(folder.path(), &["verify", "--sources", "none"], 1);
    assert!(said.contains("2025: there is no source ·"), "{said}");
    run(folder.path(), &["verify", "--sources", "nowhere"], 3);
}

fn key(name: &str) -> String {
    root().join("tests/keys").join(name).to_str().unwrap().to_owned()
}

/// Asks the program minisign to check the signature of a site; `true`, with a note, if it is not installed.
#[expect(clippy::print_stdout, reason = "a skipped part says so")]
fn minisign_accepts(out: &Path) -> bool {
    let args = ["-V", "-q", "-m", "SHA256SUMS", "-p", &key("plain.pub")];
    match Command::new("minisign").current_dir(out).args(args).status() {
        Ok(status) => status.success(),
        Err(_) => {
            println!("SKIPPED: there is no minisign to ask");
            true
        }
    }
}

#[test]
fn a_signature_says_who_published_a_site() {
    let folder = site();
    let (site, out) = (folder.path(), folder.path().join("public"));
    let (secret, public) = (key("plain.key"), key("plain.pub"));
    let verify = |key: &str, code| run(site, &["verify", "--public-key", key], code);
    assert!(verify(&public, 1).contains("SHA256SUMS.minisig: there is no signature"));
    assert!(run(site, &["verify"], 0).contains("not who published the site; it is not signed"));
    run(site, &["build", "--sign", &secret], 0);
    assert!(
        verify(&public, 0)
            .contains("signed by the key CF91FCF8050F9C60 (file:SHA256SUMS site:https://example.org/)")
    );
    let line = fs::read_to_string(&public).unwrap().lines().nth(1).unwrap().to_owned();
    verify(&line, 0);
    assert!(minisign_accepts(&out));
    assert!(run(site, &["verify"], 0).contains("it is signed, which was not checked"));
    let signature = fs::read(out.join("SHA256SUMS.minisig")).unwrap();
    run(site, &["build", "--sign", &secret], 0);
    assert_eq!(fs::read(out.join("SHA256SUMS.minisig")).unwrap(), signature, "it changes with the sums only");
    assert!(verify(&key("locked.pub"), 1).contains("SHA256SUMS.minisig: the signature is not valid"));
    // Who changes a page and its sum has changed what was signed.
    let sum = |text: &str| text.lines().find(|line| line.ends_with("  robots.txt")).unwrap().to_owned();
    let text = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    fs::remove_file(out.join("robots.txt")).unwrap();
    edit(out.join("SHA256SUMS"), &(sum(&text) + "\n"), "");
    assert!(verify(&public, 1).contains("the signature is not valid"));
    assert!(!minisign_accepts(&out) || Command::new("minisign").arg("-v").status().is_err());
    run(site, &["build"], 0);
    assert!(verify(&public, 1).contains("there is no signature"), "a build without a key is not signed");
}

#[test]
fn keys_and_signatures_that_are_none_are_refused() {
    let folder = site();
    let (site, out) = (folder.path(), folder.path().join("public"));
    let before = fs::read(out.join("SHA256SUMS")).unwrap();
    for bad in [key("plain.pub"), key("by-minisign.minisig"), "config.toml".into(), "nowhere.key".into()] {
        run(site, &["build", "--sign", &bad], 3);
        assert_eq!(fs::read(out.join("SHA256SUMS")).unwrap(), before, "{bad}");
    }
    let said = run(site, &["build", "--sign", &key("locked.key")], 3);
    assert!(said.contains("GONGBAO_SIGN_PASSWORD"), "{said}");
    for bad in [key("plain.key"), "config.toml".into(), "RWnothing".into()] {
        run(site, &["verify", "--public-key", &bad], 3);
    }
    run(site, &["build", "--sign", &key("plain.key")], 0);
    let good = fs::read_to_string(out.join("SHA256SUMS.minisig")).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let other = fs::read_to_string(key("by-minisign.minisig")).unwrap();
    for bad in [
        String::new(),
        other,
        lines[..3].join("\n"),
        [lines[0], lines[1], lines[2], "AAAA"].join("\n"),
        good.replace("site:https://example.org/", "site:https://example.net/"),
        [lines[0], lines[1], "trusted comment: ", lines[3]].join("\n"),
    ] {
        fs::write(out.join("SHA256SUMS.minisig"), &bad).unwrap();
        let said = run(site, &["verify", "--public-key", &key("plain.pub")], 1);
        assert!(said.contains("SHA256SUMS.minisig: the signature is not valid"), "{said}\n{bad}");
    }
}
