//! Writing never follows a link and never leaves the site, except where the command line names the place.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{DAYS, everything};
use crate::support::{SMALL, gongbao, write};
use tempfile::TempDir;

const PLAN: &str = "2026年甲工作计划\n\n一、主要任务\n\n（一）甲\n\n1. 修改甲办法。（2026年12月底前完成）\n";

/// A site with a translation, beside a folder and a file that belong to others.
struct Neighbours(TempDir);

impl Neighbours {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        write(&folder.site(), SMALL);
        let en =
            "+++\ntitle = \"Plan A\"\n+++\n\nPlan.\n\n## I. Tasks\n\n1. Revise *Measures B*.\n\n2. Go on.\n";
        write(
            &folder.site(),
            &[("content/plans/2025/en.md", en), ("plan.txt", PLAN), ("content/shared.lock", "")],
        );
        write(&folder.away(), &[("precious", "precious\n"), ("folder/precious", "precious\n")]);
        folder
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn away(&self) -> PathBuf {
        self.0.path().join("away")
    }

    /// Puts a link into the site, in place of what is there.
    fn link(&self, name: &str, to: &str) {
        let path = self.site().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        let _ = fs::remove_dir_all(&path);
        symlink(to, path).unwrap();
    }

    /// Runs a command: its exit code and what it says.
    fn run(&self, args: &[&str]) -> (Option<i32>, String) {
        let output = gongbao(&self.site(), args);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// With this link in the site, a command fails and nothing outside is changed.
fn refused(link: (&str, &str), args: &[&str]) {
    let folder = Neighbours::new();
    folder.link(link.0, link.1);
    let before = everything(&folder.away());
    let (code, said) = folder.run(args);
    assert!(!matches!(code, Some(0) | None), "{link:?} {args:?}: {said}");
    assert!(said.contains("link") || said.contains("cannot read"), "{link:?} {args:?}: {said}");
    assert!(everything(&folder.away()) == before, "{link:?} {args:?} wrote outside");
    let _ = fs::remove_file(folder.site().join(link.0));
    assert!(!folder.site().join(".gongbao-lock").exists(), "the lock is left");
}

#[test]
fn a_default_output_that_leads_out_of_the_site_is_refused_and_reported() {
    for to in ["../away/folder", "../away/new", "../away/new/deeper", "hop", ".git/hooks", ".", "..", "/"] {
        let folder = Neighbours::new();
        folder.link("hop", "../away");
        folder.link("public", if to == "hop" { "hop/www" } else { to });
        let before = everything(folder.0.path());
        for command in ["check", "build"] {
            let (code, said) = folder.run(&[command]);
            assert_eq!(code, Some(1), "{command} {to}: {said}");
            assert!(said.contains("[output-link]") && said.contains("public"), "{command} {to}: {said}");
        }
        assert!(everything(folder.0.path()) == before, "{to}");
    }
}

#[test]
fn an_output_that_the_command_line_names_may_be_anywhere() {
    let folder = Neighbours::new();
    folder.link("public", "../away/www");
    assert_eq!(folder.run(&["build", "--out", "public"]).0, Some(0));
    assert!(folder.away().join("www/index.html").is_file());
    assert!(folder.site().join("public").is_symlink());
    folder.link("quickwit", "../away/folder");
    assert_eq!(folder.run(&["export", "quickwit", "--out", "quickwit"]).0, Some(0));
    assert!(folder.away().join("folder/records.ndjson").is_file());
    folder.link("content/plans", "../../away/folder");
    assert_eq!(folder.run(&["import", "plan.txt", "--plan", "p1", "--out", "content/plans"]).0, Some(0));
    assert!(folder.away().join("folder/p1/zh.md").is_file());
}

#[test]
fn links_at_gongbaos_own_names_are_reported_and_not_followed() {
    for name in ["lock", "cache", "new", "new.0123456789abcdef", "cache.gongbao-new.0123456789abcdef"] {
        let name = format!(".public.gongbao-{name}");
        let folder = Neighbours::new();
        assert_eq!(folder.run(&["build", "--as-of", DAYS[0]]).0, Some(0));
        folder.link(&name, "../away/precious");
        let before = (everything(&folder.away()), everything(&folder.site().join("public")));
        for args in [&["check"][..], &["build"], &["build", "--out", "public", "--as-of", DAYS[1]]] {
            let (code, said) = folder.run(args);
            let named = args.contains(&"--out");
            assert!(named || (code == Some(1) && said.contains("[output-link]")), "{name}: {said}");
            assert!(everything(&folder.away()) == before.0, "{name} {args:?}");
        }
        assert!(name.ends_with("lock") == (everything(&folder.site().join("public")) == before.1));
    }
    refused((".gongbao-lock", "../away/precious"), &["translation", "accept"]);
    refused((".gongbao-lock", "../away/precious"), &["import", "plan.txt", "--plan", "p1"]);
}

#[test]
fn no_command_writes_through_a_link() {
    let import = &["import", "plan.txt", "--plan", "p1", "--force"];
    for link in ["content/plans/p1", "content/plans", "content"] {
        refused((link, &format!("{}away/folder", "../".repeat(link.split('/').count()))), import);
    }
    refused(("content/plans/p1/zh.md", "../../../../away/precious"), import);
    refused(("content/plans/p1/zh.md", "../../../../away/new"), import);
    refused(("content/plans/p1", "2025"), import);
    refused(("content/translations.lock", "../../away/precious"), &["translation", "accept"]);
    refused(("content/translations.lock", "shared.lock"), &["translation", "accept"]);
    refused(("content/translations.lock", "../away-that-is-not-there"), &["translation", "accept"]);
    refused(("quickwit", "../away/folder"), &["export", "quickwit"]);
    refused(("quickwit/records.ndjson", "../../away/precious"), &["export", "quickwit"]);
    refused(("schemas/config.schema.json", "../../away/precious"), &["schema", "--out", "schemas"]);
    refused(("man/gongbao.1", "../../away/precious"), &["man", "--out", "man"]);
}

#[test]
fn a_link_in_the_published_site_is_foreign() {
    for name in ["zh", "index.html", "SHA256SUMS", ".gongbao", "zh/new", "data/tasks.csv"] {
        let folder = Neighbours::new();
        assert_eq!(folder.run(&["build", "--as-of", DAYS[0]]).0, Some(0));
        let published = folder.site().join("public").join(name);
        let copy = folder.away().join("copy");
        if published.exists() {
            fs::rename(&published, &copy).unwrap();
        }
        symlink(&copy, &published).unwrap();
        let before = (everything(&folder.away()), everything(&folder.site().join("public")));
        let (code, said) = folder.run(&["build", "--as-of", DAYS[1]]);
        assert_eq!(code, Some(3), "{name}: {said}");
        let after = (everything(&folder.away()), everything(&folder.site().join("public")));
        assert!(before == after && said.contains("did not write"), "{name}: {said}");
    }
}

#[test]
fn a_new_site_tells_git_to_ignore_such_links() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let git = |args: &[&str]| Command::new("git").current_dir(&site).args(args).output();
    assert!(gongbao(folder.path(), &["new", "site"]).status.success());
    if !git(&["init", "--quiet"]).is_ok_and(|output| output.status.success()) {
        return println!("SKIPPED: there is no git");
    }
    let names = ["public", "quickwit", ".gongbao-lock", ".public.gongbao-lock", ".public.gongbao-new.0123"];
    let inside = ["content/plans/.zh.md.gongbao-new.0123", "content/.translations.lock.gongbao-new.0123"];
    for name in names.iter().chain(&inside) {
        let path = site.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        symlink("/tmp", path).unwrap();
        assert!(git(&["check-ignore", "--quiet", name]).unwrap().status.success(), "{name}");
    }
}
