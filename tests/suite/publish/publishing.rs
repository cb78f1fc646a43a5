//! All or nothing: a disk that is full, limited, read-only or another one, and outputs that are not
//! gongbao's to replace.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use super::{DAYS, Tree, everything, site};
use crate::support::{SMALL, gongbao, write};

fn build(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let output = gongbao(folder, &[&["build", "--as-of", DAYS[0]], args].concat());
    said(&output)
}

fn said(output: &Output) -> (String, Option<i32>) {
    (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

/// The site in the output, or nothing if there is none.
fn published(folder: &Path) -> Option<Tree> {
    let out = folder.join("public");
    out.exists().then(|| everything(&out))
}

/// What stands in a folder, hidden entries too.
fn entries(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

/// Runs a shell line with the binary as `$0`.
fn shell(folder: &Path, line: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_gongbao");
    Command::new("sh").current_dir(folder).args(["-c", line, binary]).output().unwrap()
}

/// Runs a shell line where it may mount; `None`, which it says, where nothing lets us.
fn with_mounts(folder: &Path, line: &str) -> Option<Output> {
    let unshare = |line: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", line]);
        command.arg(env!("CARGO_BIN_EXE_gongbao")).current_dir(folder).output()
    };
    fs::create_dir_all(folder.join("mount")).unwrap();
    let able = unshare("mount -t tmpfs -o size=1m tmpfs mount").is_ok_and(|output| output.status.success());
    if !able {
        println!("SKIPPED: this machine does not let us mount a file system");
        return None;
    }
    Some(unshare(line).unwrap())
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let site = site();
    let line = "mount -t tmpfs -o size=16m tmpfs mount && \"$0\" build --as-of 2025-06-01 --out mount/public \
                >/dev/null && find mount -type f | wc -l && dd if=/dev/zero of=mount/ballast bs=64k 2>/dev/null; \
                \"$0\" build --as-of 2025-07-01 --out mount/public; echo code $?; \
                rm mount/ballast; grep -q '213 天' mount/public/zh/plans/2025/tasks/1/index.html && echo old; ls -A mount; \
                \"$0\" build --as-of 2025-07-01 --out mount/public >/dev/null; echo code $?; ls -A mount";
    let Some(output) = with_mounts(site.path(), line) else { return };
    let (error, _) = said(&output);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(error.contains("No space left"), "{error}\n{printed}");
    let parts: Vec<_> = printed.lines().skip(1).collect();
    let kept = [".public.gongbao-cache", ".public.gongbao-lock", "public"];
    let expected = [&["code 3", "old"], &kept[..], &["code 0"], &kept[..]].concat();
    assert_eq!(parts, expected, "{error}");
}

#[test]
fn a_limit_on_files_leaves_the_old_site() {
    let site = site();
    assert_eq!(build(site.path(), &[]).1, Some(0));
    let before = published(site.path());
    let output = shell(site.path(), "trap '' XFSZ; ulimit -f 8; exec \"$0\" build --as-of 2025-07-01");
    let (error, code) = said(&output);
    assert_eq!(code, Some(3), "{error}");
    assert!(error.contains("cannot write") && error.contains("无法写入"), "{error}");
    assert_eq!(published(site.path()), before);
    assert_eq!(build(site.path(), &[]).1, Some(0));
}

#[test]
fn a_read_only_disk_is_named() {
    let site = site();
    let line = "mount -t tmpfs -o size=16m tmpfs mount && mount -o remount,ro mount && \
                exec \"$0\" build --out mount/public";
    let Some(output) = with_mounts(site.path(), line) else { return };
    let (error, code) = said(&output);
    assert_eq!(code, Some(3), "{error}");
    assert!(error.contains("Read-only file system") && error.contains("mount"), "{error}");
}

#[test]
fn another_disk_may_hold_the_output_but_not_be_it() {
    let site = site();
    let line = "mount -t tmpfs -o size=16m tmpfs mount && \"$0\" build --as-of 2025-06-01 --out mount/public \
                >/dev/null && mkdir out && mount -t tmpfs -o size=16m tmpfs out; \"$0\" build --out out; \
                echo code $?; ls -A out; ls mount/public/index.html";
    let Some(output) = with_mounts(site.path(), line) else { return };
    let (error, _) = said(&output);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed, "code 3\nmount/public/index.html\n", "{error}");
    assert!(error.contains("a folder within it") && error.contains("其中的文件夹"), "{error}");
}

#[test]
fn a_link_as_output_stays_a_link() {
    let site = site();
    let folder = site.path();
    fs::create_dir(folder.join("real")).unwrap();
    symlink("real/site", folder.join("public")).unwrap();
    for _ in 0..2 {
        let (error, code) = build(folder, &[]);
        assert_eq!(code, Some(0), "{error}");
        assert!(folder.join("public").is_symlink());
        assert!(folder.join("real/site/index.html").is_file());
    }
}

#[test]
fn what_others_wrote_is_refused_and_stays() {
    let site = site();
    let folder = site.path();
    write(folder, &[("mine/precious.txt", "mine")]);
    let (error, code) = build(folder, &["--out", "mine"]);
    assert_eq!(code, Some(3));
    assert!(error.contains("did not write") && error.contains("不是 gongbao 写的"), "{error}");
    assert_eq!(fs::read_to_string(folder.join("mine/precious.txt")).unwrap(), "mine");
    assert_eq!(build(folder, &["--out", "config.toml"]).1, Some(3));
    assert_eq!(fs::read_to_string(folder.join("config.toml")).unwrap(), SMALL[0].1);
}

#[test]
fn a_file_put_into_the_output_is_refused_and_stays() {
    let site = site();
    let folder = site.path();
    assert_eq!(build(folder, &[]).1, Some(0));
    for put in ["CNAME", "zh/notes.txt", ".well-known/security.txt", "new/folder/page.html"] {
        write(folder, &[(&format!("public/{put}"), "mine")]);
        let (error, code) = build(folder, &[]);
        assert_eq!(code, Some(3), "{put}: {error}");
        assert!(error.contains(put) && error.contains("static/"), "{error}");
        let file = folder.join("public").join(put);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        fs::remove_file(&file).unwrap();
        assert_eq!(build(folder, &[]).1, Some(0), "empty folders are nobody's");
    }
}

#[test]
fn the_output_is_not_among_what_is_read() {
    let site = site();
    for out in [".", "content", "static", "static/site", "themes/x/public", "content/plans/2025"] {
        let (error, code) = build(site.path(), &["--out", out]);
        assert_eq!(code, Some(3), "{out}: {error}");
        assert!(error.contains('·'), "in both languages: {error}");
    }
    assert_eq!(entries(site.path()), BTreeSet::from(["config.toml".to_owned(), "content".to_owned()]));
    assert_eq!(entries(&site.path().join("content/plans/2025")).len(), 1);
}
