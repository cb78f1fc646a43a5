//! Hostile input in a real browser: `tests/spec/hostile.toml`, with the site's policy switched off.
//! Needs Node.js, Chromium and `npm ci` in `tests/browser`; skipped without them, except in CI.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::support::{browser, gongbao, tree, write};
use toml::{Table, Value};

fn spec() -> Table {
    fs::read_to_string(crate::support::root().join("tests/spec/hostile.toml")).unwrap().parse().unwrap()
}

fn list(spec: &Table, key: &str) -> Vec<String> {
    spec[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// As a text in TOML.
fn toml(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// As a text in Markdown: every mark of ASCII loses its meaning.
fn markdown(text: &str) -> String {
    text.chars().fold(String::new(), |escaped, c| match c {
        c if c.is_ascii_punctuation() => escaped + "\\" + &c.to_string(),
        c => escaped + &c.to_string(),
    })
}

/// A site with each text in each place.
fn site(folder: &Path, texts: &[String]) {
    let mut catalogues = [String::new(), String::new(), String::new(), String::new()];
    for (index, text) in texts.iter().enumerate() {
        let (t, m) = (toml(text), markdown(text));
        let zh = format!(
            "+++\nkind = \"promotion-plan\"\nyear = 2025\ntitle = {t}\nnumber = {t}\nissuer = {t}\n[[milestones]]\n\
             due = 2025-03-15\ntitle = {t}\n+++\n\n甲{m}乙。\n\n## 一、{m}\n\n1. 办{index}法{m}。推进工作。\n"
        );
        let en = format!(
            "+++\ntitle = {t}\nnumber = {t}\nissuer = {t}\n[[milestones]]\ntitle = {t}\n+++\n\nA {m} B.\n\n\
             ## I. {m}\n\n1. Do {m}. Advance the work.\n"
        );
        write(folder, &[(&format!("content/plans/p{index}/zh.md"), &zh)]);
        write(folder, &[(&format!("content/plans/p{index}/en.md"), &en)]);
        let both = format!("{{ zh = {t}, en = {t} }}");
        let [instruments, topics, threads, glossary] = &mut catalogues;
        writeln!(
            instruments,
            "[[instrument]]\nslug = \"i{index}\"\nkind = \"law\"\ntitle = {both}\nissuer = {both}\nnumber = {t}"
        )
        .unwrap();
        writeln!(topics, "[[topic]]\nslug = \"t{index}\"\ntitle = {both}\nterms = [\"办{index}法\"]")
            .unwrap();
        writeln!(
            threads,
            "[[thread]]\nslug = \"l{index}\"\ntitle = {both}\nsummary = {both}\ncounterparts = [\"p{index}/1\"]"
        )
        .unwrap();
        let term = toml(&format!("{text}{index}"));
        writeln!(
            glossary,
            "[[term]]\nid = \"g{index}\"\nzh = {term}\nen = {{ approved = {term} }}\nnote = {both}"
        )
        .unwrap();
    }
    let names = ["instruments", "topics", "threads", "glossary"];
    for (name, text) in names.iter().zip(&catalogues) {
        write(folder, &[(&format!("content/{name}.toml"), text)]);
    }
    let hostile = toml(&texts[1]);
    let config = format!(
        "base_url = \"http://localhost/\"\n[title]\nzh = {hostile}\nen = {hostile}\n[description]\nzh = {hostile}\nen = {hostile}\n"
    );
    write(folder, &[("config.toml", &config)]);
}

fn built(texts: &[String]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), texts);
    let output = gongbao(folder.path(), &["build", "--as-of", "2025-01-01"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[test]
fn nothing_runs_in_a_browser_without_a_policy() {
    let Some(chromium) = browser::chromium() else { return };
    let spec = spec();
    let (texts, places, addresses) = (list(&spec, "texts"), list(&spec, "places"), list(&spec, "addresses"));
    let rows = texts.len() * places.len();
    assert!(rows >= 100, "{rows} rows");
    let folder = built(&texts);
    let asked = folder.path().join("asked.json");
    fs::write(&asked, serde_json::json!({ "texts": texts, "addresses": addresses }).to_string()).unwrap();
    let public = folder.path().join("public");
    let said =
        browser::run("hostile.mjs", &[&public, &asked, &chromium]).unwrap_or_else(|said| panic!("{said}"));
    println!("{rows} texts in places; {said}");
}

#[test]
fn tables_hold_no_formulas_and_calendars_no_lines_of_others() {
    let texts = list(&spec(), "texts");
    let folder = built(&texts);
    let files = tree(&folder.path().join("public"));
    let (mut cells, mut lines) = (0, 0);
    for (path, bytes) in &files {
        let text = || std::str::from_utf8(bytes).unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => {
                let mut reader = csv::Reader::from_reader(text().trim_start_matches('\u{feff}').as_bytes());
                for cell in reader
                    .records()
                    .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    assert!(!cell.starts_with(['=', '+', '@', '-', '\t']), "{}: {cell}", path.display());
                    cells += 1;
                }
            }
            Some("ics") => {
                let begun = text().lines().filter(|line| *line == "BEGIN:VEVENT").count();
                let ended = text().lines().filter(|line| *line == "END:VEVENT").count();
                assert_eq!(begun, ended, "{}", path.display());
                lines += begun;
            }
            Some("json") => drop(serde_json::from_str::<serde_json::Value>(text()).unwrap()),
            Some("xml") => {
                let mut reader = quick_xml::Reader::from_str(text());
                while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            }
            _ => {}
        }
    }
    assert!(cells > 1000 && lines > 50, "{cells} cells, {lines} events");
}
