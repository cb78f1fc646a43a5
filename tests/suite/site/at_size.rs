//! Pages of sites with many plans.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;

use crate::support::{gongbao, write};

fn built(plans: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "base_url = \"https://www.example.org/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n";
    write(folder.path(), &[("config.toml", config)]);
    for year in 2000..2000 + plans {
        let text = format!(
            "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\npublished = {year}-01-05\ntitle = \"{year}年方案\"\n+++\n\n## 一、主要任务\n\n1. 推进{year}年的工作。（持续推进）\n"
        );
        write(folder.path(), &[(&format!("content/plans/p{year}/zh.md"), &text)]);
    }
    let output = gongbao(folder.path(), &["build", "--as-of", "2026-11-26"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[test]
fn beyond_twelve_plans_home_lists_the_latest_and_another_page_all() {
    let few = built(12);
    let home = fs::read_to_string(few.path().join("public/zh/index.html")).unwrap();
    assert!(home.contains("p2000/\"") && !few.path().join("public/zh/plans/index.html").exists());
    let many = built(13);
    let page = |path: &str| fs::read_to_string(many.path().join("public/zh").join(path)).unwrap();
    let (home, plans) = (page("index.html"), page("plans/index.html"));
    assert!(
        home.contains("p2012/\"")
            && !home.contains("plans/p2000/")
            && home.matches("/zh/plans/\"").count() == 2
    );
    for year in 2000..2013 {
        assert!(plans.contains(&format!("p{year}/\"")), "{year}");
    }
    assert!(plans.find("p2012/").unwrap() < plans.find("p2000/").unwrap(), "the latest come first");
}
