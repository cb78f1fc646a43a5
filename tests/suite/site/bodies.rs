//! Public bodies: issuers and responsible bodies have pages, whatever plans call them.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use gongbao::inputs::Inputs;
use gongbao::io::load;
use gongbao::pipeline::{self, CompileCache, Compiled};
use serde_json::Value;

use crate::support::{gongbao, write};

const CONFIG: &str = "base_url = \"https://www.example.org/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n\
                      [[languages]]\ncode = \"en\"\ntag = \"en\"\nname = \"English\"\n";
const CATALOGUE: &str = "[[body]]\nslug = \"water\"\nname = { zh = \"甲市水务局\", en = \"Water Bureau\" }\n\
                         aliases = [\"市水务局\"]\nformer = [\"甲市水利局\"]\n";

fn plan(year: u32, issuer: &str, tasks: &[&str]) -> String {
    let tasks: String = tasks.iter().zip(1..).map(|(task, n)| format!("\n{n}. {task}\n")).collect();
    format!(
        "+++\nkind = \"annual-plan\"\ntasks = \"list\"\nyear = {year}\ntitle = \"{year}年方案\"\n{issuer}\n+++\n\n## 一、主要任务\n{tasks}"
    )
}

fn site(catalogue: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let old = plan(2025, "issuer = \"甲市水利局\"", &["治理河道。（市水务局负责；2025年6月底前完成）"]);
    let new = plan(
        2026,
        "issuer = \"甲市水务局、甲市财政局\"",
        &["改造管网。（甲市水务局牵头；2026年6月底前完成）"],
    );
    let other = plan(2026, "issuer = \"甲市文化局\"", &["建阅览室。（市水务局配合；持续推进）"]);
    write(folder.path(), &[("config.toml", CONFIG), ("content/bodies.toml", catalogue)]);
    for (id, text) in [("w2025", old), ("w2026", new), ("c2026", other)] {
        write(folder.path(), &[(&format!("content/plans/{id}/zh.md"), &text)]);
    }
    folder
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("public").join(path)).unwrap()
}

#[test]
fn all_names_of_a_body_lead_to_its_page() {
    let folder = site(CATALOGUE);
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let water = page(folder.path(), "en/bodies/water/index.html");
    assert!(water.contains("Water Bureau") && water.contains("甲市水利局") && water.contains("市水务局"));
    for plan in ["w2025", "w2026"] {
        assert!(water.contains(&format!("/plans/{plan}/\"")), "{plan} is not among the plans issued");
        assert!(page(folder.path(), &format!("zh/plans/{plan}/index.html")).contains("bodies/water/\""));
    }
    assert!(!water.contains("<li><a href=\"../../plans/c2026/\""), "it issued what another body did");
    assert!(page(folder.path(), "zh/plans/c2026/tasks/1/index.html").contains("bodies/water/\""));
    for file in ["deadlines.ics", "atom.xml"] {
        let text = page(folder.path(), &format!("zh/bodies/water/{file}"));
        assert!(text.contains("w2025"), "{file}");
    }
    assert!(page(folder.path(), "zh/bodies/index.html").contains("甲市财政局"));
}

#[test]
fn search_finds_tasks_by_any_name_of_a_body() {
    let folder = site(CATALOGUE);
    assert!(gongbao(folder.path(), &["build"]).status.success());
    let ids = |query: &str| {
        let output = gongbao(folder.path(), &["search", query, "--lang", "zh", "--format", "json"]);
        let results: Value = serde_json::from_slice(&output.stdout).unwrap();
        let hits = results["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("body:甲市水务局 -建阅览室").len(), 2);
    assert_eq!(ids("单位：水务局").len(), 3);
    assert_eq!(ids("body:财政局"), [""; 0]);
}

#[test]
fn plans_under_a_former_name_are_of_the_same_series() {
    let link = "[[thread]]\nslug = \"a\"\ntitle = { zh = \"线索\", en = \"Thread\" }\nsummary = { zh = \"工作。\", en = \"Work.\" }\n\n\
                [[link]]\nthread = \"a\"\nfrom = \"w2025/1\"\nto = \"w2026/1\"\ntype = \"continues\"\n\
                reason = { zh = \"同一工作。\", en = \"The same work.\" }\n";
    let pair = "zh/plans/w2026/since/w2025/index.html";
    for (catalogue, same) in [(CATALOGUE, true), ("", false)] {
        let folder = site(catalogue);
        // Two issuers of the later plan would make a series of their own.
        let later = plan(2026, "issuer = \"甲市水务局\"", &["改造管网。（持续推进）"]);
        write(folder.path(), &[("content/plans/w2026/zh.md", &later), ("content/threads.toml", link)]);
        assert!(gongbao(folder.path(), &["build"]).status.success());
        assert_eq!(folder.path().join("public").join(pair).exists(), same, "{catalogue}");
    }
}

#[test]
fn a_renamed_body_has_its_address_in_the_next_compilation() {
    let folder = site(CATALOGUE);
    let mut memory = CompileCache::default();
    let mut compile = || {
        let files = load::load(folder.path()).unwrap();
        let today = jiff::civil::date(2026, 11, 26);
        pipeline::recompile(&Inputs { files, today, drafts: false, base_url: None }, &mut memory)
    };
    let has = |compiled: &Compiled, address: &str| compiled.routes.find(&compiled.site, address).is_some();
    let first = compile();
    assert!(has(&first, "zh/bodies/water/") && !has(&first, "zh/bodies/rivers/"));
    write(folder.path(), &[("content/bodies.toml", &CATALOGUE.replace("\"water\"", "\"rivers\""))]);
    let second = compile();
    assert!(has(&second, "zh/bodies/rivers/") && !has(&second, "zh/bodies/water/"));
}

#[test]
fn mistakes_in_the_catalogue_are_named() {
    let wrong =
        format!("{CATALOGUE}\n[[body]]\nname = {{ zh = \"乙局\", en = \"B\" }}\naliases = [\"市水务局\"]\n");
    let output = gongbao(site(&wrong).path(), &["check"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("error[duplicate-id]") && said.contains("content/bodies.toml:9"), "{said}");
    let unused = format!("{CATALOGUE}\n[[body]]\nname = {{ zh = \"乙局\", en = \"B\" }}\n");
    let output = gongbao(site(&unused).path(), &["check"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("warning[no-effect]") && said.contains("没有计划提到“乙局”"), "{said}");
}
