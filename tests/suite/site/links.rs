//! Links in Markdown: as browsers read them and as editors write them, judged at their places.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;

use crate::support::{SMALL, gongbao, write};

/// A small site below a folder of its host, with a page that holds a text, and attachments.
fn site(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    let page = format!("+++\ntitle = \"关于\"\n+++\n\n说明。\n\n{text}\n");
    let files = [
        (
            "config.toml",
            "base_url = \"https://www.example.org/plans/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n",
        ),
        (
            "content/instruments.toml",
            "[[instrument]]\nslug = \"m\"\nkind = \"rules\"\ntitle = { zh = \"乙办法\" }\n",
        ),
        ("content/pages/about.zh.md", &page),
        ("content/pages/help.zh.md", "+++\ntitle = \"帮助\"\n+++\n\n## 一\n"),
        ("static/files/附件1.pdf", "x"),
        ("static/files/附件 2.pdf", "x"),
        ("static/e\u{301}.pdf", "x"),
    ];
    write(folder.path(), &files);
    folder
}

/// The address of the link on the published page.
fn check_good(link: &str, href: &str) {
    let folder = site(&format!("[甲]({link})"));
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{link}: {}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(folder.path().join("public/zh/pages/about/index.html")).unwrap();
    assert!(page.contains(&format!("<a href=\"{href}\">甲</a>")), "{link}: {page}");
}

#[test]
fn links_lead_to_plans_pages_and_attachments() {
    for link in [
        "../../plans/2025/",
        "../../plans/2025/#task-1",
        "../../../files/附件1.pdf#page=3",
        "../../../files/%E9%99%84%E4%BB%B61.pdf?v=1",
        "../../../files/附件%202.pdf",
        "https://www.example.org/plans/zh/plans/2025/",
        "https://elsewhere.example/nowhere",
        "mailto:a@example.org",
    ] {
        check_good(link, link);
    }
    for (link, href) in [
        ("../plans/2025/zh.md", "../../../zh/plans/2025/"),
        ("../plans/2025/zh.md#task-1", "../../../zh/plans/2025/#task-1"),
        ("help.zh.md#s-1", "../../../zh/pages/help/#s-1"),
        ("./help.zh.md", "../../../zh/pages/help/"),
        ("../../static/files/附件1.pdf#page=3", "../../../files/%E9%99%84%E4%BB%B61.pdf#page=3"),
        ("../../static/files/%E9%99%84%E4%BB%B6%202.pdf", "../../../files/%E9%99%84%E4%BB%B6%202.pdf"),
        ("/static/files/附件1.pdf", "../../../files/%E9%99%84%E4%BB%B61.pdf"),
        ("/plans/zh/plans/2025/", "../../../zh/plans/2025/"),
        ("/zh/plans/2025/", "../../../zh/plans/2025/"),
        ("../../plans/2025", "../../../zh/plans/2025/"),
        ("../../plans/2025/index.html", "../../../zh/plans/2025/"),
        ("../../../\u{e9}.pdf", "../../../e%CC%81.pdf"),
    ] {
        check_good(link, href);
    }
}

#[test]
fn dead_links_are_said_once_at_their_line_with_advice() {
    let mut said = String::new();
    for link in [
        "../plans/2025/",
        "2025",
        "../plans/2024/zh.md",
        "nowhere.zh.md",
        "附件1.pdf#page=3",
        "../../static/附件9.pdf",
        "https://www.example.org/plans/zh/nowhere/",
        "/nowhere/",
        "../../plans/2025/#task-9",
    ] {
        let folder = site(&format!("[甲]({link})"));
        let [check, build] = ["check", "build"].map(|command| gongbao(folder.path(), &[command]));
        let [check, build] =
            [check, build].map(|output| (output.status.code(), String::from_utf8(output.stderr).unwrap()));
        assert_eq!(check, build, "{link}");
        assert_eq!(check.0, Some(1), "{link}");
        assert_eq!(check.1.matches("error[dead-link]").count(), 1, "{}", check.1);
        assert!(check.1.contains("content/pages/about.zh.md:7:"), "{}", check.1);
        said += &check
            .1
            .lines()
            .filter(|line| line.contains("error[dead") || line.contains("help:"))
            .fold(String::new(), |all, line| all + line.trim_start() + "\n");
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_link_in_a_plan_is_right_on_every_page_that_shows_it() {
    let folder = site("");
    let plan = "+++\nkind = \"key-points\"\ntasks = \"list\"\nyear = 2026\ntitle = \"乙要点\"\n+++\n\n\
                1. 见[附件](../../../files/附件1.pdf)和[甲计划](../2025/zh.md)。\n";
    write(folder.path(), &[("content/plans/2026/zh.md", plan)]);
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for (page, root) in [("zh/plans/2026", "../../../"), ("zh/plans/2026/tasks/1", "../../../../../")] {
        let page = fs::read_to_string(folder.path().join("public").join(page).join("index.html")).unwrap();
        for href in ["files/%E9%99%84%E4%BB%B61.pdf", "zh/plans/2025/"] {
            assert!(page.contains(&format!("href=\"{root}{href}\"")), "{href}");
        }
    }
}

#[test]
fn footnotes_are_shown_in_pages_and_faults_of_theirs_are_said() {
    let folder = site("工期[^1]。\n\n[^1]: 工作日。");
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let read =
        |name: &str| fs::read_to_string(folder.path().join("public/zh/pages/about").join(name)).unwrap();
    assert!(
        read("index.html").contains("<li id=\"note-1\"><p>工作日。 <a href=\"#note-1-back\""),
        "{}",
        read("index.html")
    );
    assert!(read("index.md").contains("工期[^1]。\n\n"), "{}", read("index.md"));
    assert!(read("index.md").contains("[^1]: 工作日。\n"), "{}", read("index.md"));
    for (text, code) in [("工期[^2]。", "dead-link"), ("工期。\n\n[^1]: 工作日。", "unsupported-markdown")]
    {
        let said = gongbao(site(text).path(), &["check"]);
        assert!(String::from_utf8_lossy(&said.stderr).contains(code), "{text}");
    }
    let plan = (
        "content/plans/2025/zh.md",
        "+++\nkind = \"promotion-plan\"\ntitle = \"甲\"\n+++\n\n1. 甲[^1]。\n\n[^1]: 注。\n",
    );
    write(folder.path(), &[plan]);
    let said = gongbao(folder.path(), &["check"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("footnotes are not supported"));
}
