//! Redirects from the old addresses of renamed plans.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::fs;
use std::path::Path;

use crate::support::{SMALL, gongbao, write};
use tempfile::TempDir;

/// The small site with redirects, at an address with a folder.
fn site(redirects: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    let tables =
        redirects.iter().map(|(from, to)| format!("[[redirect]]\nfrom = \"{from}\"\nto = \"{to}\"\n"));
    let config = format!("base_url = \"https://example.org/gov/\"\n{}", tables.collect::<String>());
    write(folder.path(), &[("config.toml", &config)]);
    folder
}

fn published(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join("public").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn build(folder: &Path) {
    let built = gongbao(folder, &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}

/// Code, line and English title of each error of `check`.
fn errors(folder: &Path) -> Vec<(String, u64, String)> {
    let checked = gongbao(folder, &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let errors = found.as_array().unwrap().iter().filter(|d| d["severity"] == "error");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    errors
        .map(|d| {
            assert_eq!(d["labels"][0]["file"], "config.toml", "{d}");
            let line = d["labels"][0]["start"]["line"].as_u64().unwrap();
            (text(&d["code"]), line, text(&d["message"]["en"]))
        })
        .collect()
}

#[test]
fn a_renamed_plan_keeps_its_old_addresses() {
    let folder = site(&[("plans/old", "plans/2025/")]);
    build(folder.path());
    let page = published(folder.path(), "en/plans/old/tasks/1/index.html");
    for part in [
        "<html lang=\"en\">",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;;",
        "<meta name=\"robots\" content=\"noindex\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=../../../../../en/plans/2025/tasks/1/\">",
        "<link rel=\"canonical\" href=\"https://example.org/gov/en/plans/2025/tasks/1/\">",
        "<a class=\"button\" href=\"../../../../../en/plans/2025/tasks/1/\">Go to the page</a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    let page = published(folder.path(), "zh/plans/old/index.html");
    assert!(page.contains("<html lang=\"zh-Hans\">") && page.contains(">前往新网址</a>"), "{page}");
    assert!(!published(folder.path(), "sitemap.xml").contains("plans/old"));
    assert!(gongbao(folder.path(), &["verify"]).status.success());
}

#[test]
fn hosts_and_nginx_get_a_rule_for_each_old_address() {
    let folder = site(&[("plans/old/", "plans/2025/"), ("plans/old/tasks/9/", "plans/2025/tasks/2/")]);
    build(folder.path());
    let rules = published(folder.path(), "_redirects");
    for (old, new) in [
        ("zh/plans/old/", "zh/plans/2025/"),
        ("en/plans/old/tasks/2/", "en/plans/2025/tasks/2/"),
        ("en/plans/old/tasks/9/", "en/plans/2025/tasks/2/"),
        ("zh/plans/old/deadlines.ics", "zh/plans/2025/deadlines.ics"),
    ] {
        assert!(rules.contains(&format!("/gov/{old} /gov/{new} 301\n")), "{old} in {rules}");
        let map = published(folder.path(), "redirects.nginx.conf");
        assert!(map.contains(&format!("\"/gov/{old}\" \"/gov/{new}\";\n")), "{old} in {map}");
    }
}

#[test]
fn a_longer_redirect_comes_before_a_shorter_one() {
    let folder = site(&[("plans/old/tasks/1/", "plans/2025/tasks/2/"), ("plans/old/", "plans/2025/")]);
    build(folder.path());
    let rules = published(folder.path(), "_redirects");
    let of_task: Vec<_> =
        rules.lines().filter(|line| line.starts_with("/gov/zh/plans/old/tasks/1/ ")).collect();
    assert_eq!(of_task, ["/gov/zh/plans/old/tasks/1/ /gov/zh/plans/2025/tasks/2/ 301"]);
}

#[test]
fn a_site_without_redirects_has_no_rules() {
    let folder = site(&[]);
    build(folder.path());
    assert!(!folder.path().join("public/_redirects").exists());
    assert!(!folder.path().join("public/redirects.nginx.conf").exists());
}

#[test]
fn a_redirect_never_takes_the_place_of_a_page_or_file() {
    let folder = site(&[("plans/2025/tasks/1/", "plans/2025/tasks/2/")]);
    let error = |old: &str, other: &str| {
        let title = format!("the redirect from {old} takes the place of {other}");
        ("route-collision".to_owned(), 3, title)
    };
    let expected = error("plans/2025/tasks/1/", "en/plans/2025/tasks/1/index.html");
    assert_eq!(errors(folder.path()), [expected]);
    assert!(!gongbao(folder.path(), &["build"]).status.success());
    // A folder in the place of a file.
    let folder = site(&[("plans/2025/index.md/", "plans/2025/tasks/2/")]);
    let expected = error("plans/2025/index.md/", "en/plans/2025/index.md");
    assert_eq!(errors(folder.path()), [expected]);
}

#[test]
fn redirects_that_cannot_be_followed_are_errors_at_their_lines() {
    let folder = site(&[
        ("plans/a/", "plans/2024/"),
        ("zh/plans/b/", "plans/2025/"),
        ("plans/c/", "en/plans/2025/"),
        ("plans/d/", "plans/2025/"),
        ("plans/d", "plans/2025/"),
        ("https://example.org/e/", "plans/2025/"),
        ("plans/f/", "plans/a/"),
    ]);
    let mut found: Vec<_> = errors(folder.path()).into_iter().map(|(code, line, _)| (line, code)).collect();
    found.sort();
    let expected = [
        (4, "dead-link"),
        (6, "bad-value"),
        (10, "bad-value"),
        (15, "duplicate-id"),
        (18, "bad-value"),
        (22, "dead-link"),
    ];
    assert_eq!(found, expected.map(|(line, code)| (line, code.to_owned())));
}
