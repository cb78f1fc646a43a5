//! Files that hosts look for, and names that every machine can have.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{SMALL, gongbao, inputs, write};
use gongbao::base::SitePath;
use gongbao::pipeline;
use gongbao::render::Renderer;
use gongbao::routes::{self, Route, RouteTable};
use tempfile::TempDir;

fn small() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    folder
}

#[test]
fn hosts_find_their_files_at_the_root() {
    let folder = small();
    let built = gongbao(folder.path(), &["build", "--base-url", "https://example.org/plans/"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(folder.path().join("public/404.html")).unwrap();
    for part in [
        "<section lang=\"zh-Hans\">",
        "<section lang=\"en\">",
        "href=\"https://example.org/plans/zh/\"",
        "href=\"https://example.org/plans/assets/",
        "<meta name=\"robots\" content=\"noindex\">",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("canonical") && !page.contains("application/ld+json"), "{page}");
    assert_eq!(fs::read(folder.path().join("public/.nojekyll")).unwrap(), b"");
    let sums = fs::read_to_string(folder.path().join("public/SHA256SUMS")).unwrap();
    assert!(sums.contains("  .nojekyll\n") && sums.contains("  404.html\n"), "{sums}");
    let verified = gongbao(folder.path(), &["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    fs::remove_file(folder.path().join("public/.nojekyll")).unwrap();
    assert!(!gongbao(folder.path(), &["verify"]).status.success(), "its absence is noticed");
}

/// The sitemap files of the small site as if its plan had so many tasks.
fn sitemaps(tasks: u32, base_url: &str) -> BTreeMap<String, String> {
    let folder = small();
    let compiled = pipeline::compile(&inputs(folder.path()));
    let mut site = compiled.site.clone();
    site.settings.base_url = base_url.into();
    let task = site.plans[0].tasks[0].clone();
    site.plans[0].tasks = (1..=tasks).map(|number| gongbao::site::Task { number, ..task.clone() }).collect();
    let table = RouteTable::renew(None, &site, gongbao::routes::StaticFiles::default());
    let renderer = Renderer::new(&site, &compiled.theme);
    let sitemaps = table.list.iter().filter(|r| matches!(r, Route::Sitemap | Route::SitemapPart(_)));
    let bytes = |route: &Route| String::from_utf8(renderer.render(route).unwrap()).unwrap();
    sitemaps.map(|route| (routes::file(&site, route).to_string(), bytes(route))).collect()
}

fn addresses(xml: &str) -> Vec<&str> {
    xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect()
}

/// Holds every file to the limits of sitemaps.org. Gives the names of the files.
fn check_sitemaps(tasks: u32, base_url: &str) -> Vec<String> {
    let files = sitemaps(tasks, base_url);
    let mut listed = Vec::new();
    for (name, xml) in &files {
        assert!(xml.len() <= 50 * 1024 * 1024, "{name} has {} bytes", xml.len());
        let addresses = addresses(xml);
        assert!(addresses.len() <= 50_000, "{name} has {} addresses", addresses.len());
        if xml.contains("<urlset") {
            listed.extend(addresses);
        }
    }
    let expected =
        |lang: &str, n: u32| format!("{base_url}{lang}/plans/2025/tasks/{n}/").replace('&', "&amp;");
    let unique: BTreeSet<_> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len(), "each address once");
    for n in 1..=tasks {
        assert!(["zh", "en"].iter().all(|lang| unique.contains(expected(lang, n).as_str())), "task {n}");
    }
    let named: Vec<String> = match files["sitemap.xml"].contains("<sitemapindex") {
        true => addresses(&files["sitemap.xml"])
            .iter()
            .map(|a| a.rsplit('/').next().unwrap().to_owned())
            .collect(),
        false => Vec::new(),
    };
    let parts: Vec<_> = files.keys().filter(|name| *name != "sitemap.xml").cloned().collect();
    assert_eq!(named.iter().collect::<BTreeSet<_>>(), parts.iter().collect(), "the index names its parts");
    files.into_keys().collect()
}

#[test]
fn a_sitemap_is_divided_where_it_is_too_large() {
    assert_eq!(check_sitemaps(100, "https://example.org/"), ["sitemap.xml"]);
    let two = ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"];
    assert_eq!(check_sitemaps(25_200, "https://www.example.org/plans/"), two);
    // Long addresses reach the limit of bytes first; each `&` takes five.
    let long = format!("https://example.org/{}/", "a&".repeat(600));
    assert!(check_sitemaps(4_000, &long).len() > 2);
}

/// The warnings about names, each with its file.
fn reserved(files: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let folder = small();
    write(folder.path(), files);
    let checked = gongbao(folder.path(), &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let found = found.as_array().unwrap();
    let named = found.iter().filter(|d| d["code"] == "reserved-name");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    named
        .map(|d| {
            assert_eq!(d["severity"], "warning");
            let title = text(&d["message"]["en"]);
            (text(&d["labels"][0]["file"]), title.split('`').nth(1).unwrap().to_owned())
        })
        .collect()
}

#[test]
fn names_that_windows_has_not_are_reported() {
    let plan = SMALL[1].1;
    let page = "+++\ntitle = \"说明\"\n+++\n\n文字。\n";
    let topic = "[[topic]]\nslug = \"aux\"\ntitle = { zh = \"规章\" }\nterms = [\"办法\"]\n";
    let found = reserved(&[
        ("content/plans/con/zh.md", plan),
        ("content/pages/lpt1.zh.md", page),
        ("content/topics.toml", topic),
        ("static/files/nul.txt", "x"),
        ("static/files/a?b.txt", "x"),
        ("static/files/dot.", "x"),
        ("static/files/space ", "x"),
        ("static/COM1/list.tar.gz", "x"),
        ("static/console/nul-2.txt", "x"),
    ]);
    let expected = [
        ("content/pages/lpt1.zh.md", "lpt1"),
        ("content/plans/con/zh.md", "con"),
        ("content/topics.toml", "aux"),
        ("static/COM1/list.tar.gz", "COM1"),
        ("static/files/a?b.txt", "a?b.txt"),
        ("static/files/dot.", "dot."),
        ("static/files/nul.txt", "nul.txt"),
        ("static/files/space ", "space "),
    ];
    let expected = expected.map(|(file, name)| (file.to_owned(), name.to_owned()));
    assert_eq!(found, expected.into_iter().collect());
    assert!(SitePath::new("static/a:b").is_none(), "a colon is refused already");
}
