//! The sample of `gongbao new`: nothing is said of it until the site has a plan of its own.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use super::series::check;
use crate::support::{SMALL, gongbao, write};
use tempfile::TempDir;

/// A new site.
fn fresh() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    assert!(gongbao(home.path(), &["new", "site"]).status.success());
    let site = home.path().join("site");
    (home, site)
}

fn edit(site: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.join(file)).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(site.join(file), text.replace(from, to)).unwrap();
}

/// The places of leftovers.
fn leftovers(site: &Path) -> Vec<String> {
    let (code, said) = check(site);
    assert_eq!(code, Some(0), "{said}");
    let mut lines = said.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("warning[sample-content]") {
            found.push(lines.next().unwrap().trim_start_matches([' ', '-', '>']).to_owned());
        }
    }
    found
}

const ALL: [&str; 8] = [
    "config.toml:5:12",
    "config.toml:13:6",
    "config.toml:14:6",
    "config.toml:18:6",
    "config.toml:19:6",
    "content/pages/about.en.md:6:1",
    "content/pages/about.zh.md:8:1",
    "content/plans/example-2026/zh.md:6:9",
];

#[test]
fn each_part_that_is_left_is_one_warning_once_there_is_another_plan() {
    let (_home, site) = fresh();
    let (code, said) = check(&site);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    write(&site, &SMALL[1..2]);
    assert_eq!(leftovers(&site), ALL);
    let said = check(&site).1;
    for advice in ["write the address at which the site", "delete the folder content/plans/example-2026"] {
        assert!(said.contains(advice), "{said}");
    }
}

#[test]
fn nothing_is_left_when_all_of_it_is_replaced() {
    let (_home, site) = fresh();
    write(&site, &SMALL[1..2]);
    edit(&site, "config.toml", "https://example.org/", "https://www.example.net/");
    edit(&site, "config.toml", "示例市政策计划", "乙市计划");
    edit(&site, "config.toml", "Policy Plans of Example City", "Plans of City B");
    edit(&site, "config.toml", "gongbao 的示例网站：", "乙市的网站。# ");
    edit(&site, "config.toml", "A sample site made with gongbao", "The site of City B");
    assert_eq!(leftovers(&site), ALL[5..]);
    edit(&site, "content/pages/about.zh.md", "本页是说明页的示例。", "本站收录乙市的计划。");
    fs::remove_file(site.join("content/pages/about.en.md")).unwrap();
    fs::remove_dir_all(site.join("content/plans/example-2026")).unwrap();
    assert_eq!(leftovers(&site), [""; 0]);
}

#[test]
fn a_sample_plan_that_became_a_plan_of_ones_own_should_have_another_id() {
    let (_home, site) = fresh();
    let file = "content/plans/example-2026/zh.md";
    edit(&site, file, "2026年示例市公共阅读服务工作方案（示例）", "2026年乙市公共阅读服务工作方案");
    assert_eq!(leftovers(&site), ALL);
    assert!(check(&site).1.contains("example-2026 is the id of the sample plan"));
    fs::rename(site.join("content/plans/example-2026"), site.join("content/plans/2026")).unwrap();
    assert_eq!(leftovers(&site), ALL[..7]);
}

#[test]
fn texts_in_comments_and_sites_written_by_hand_are_not_leftovers() {
    let (_home, site) = fresh();
    write(&site, &SMALL[1..2]);
    edit(&site, "config.toml", "base_url", "# base_url = \"https://example.org/\"\nbase_url");
    assert_eq!(leftovers(&site)[0], "config.toml:6:12");
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    assert_eq!(leftovers(folder.path()), [""; 0]);
}
