//! Tables in a spreadsheet: an id stays the text that it is.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::BTreeMap;

use crate::support::{gongbao, root, write};

const COLUMNS: [&str; 6] = ["id", "plan", "instruments", "topics", "threads", "tasks"];

/// Returns whether a spreadsheet reads a cell as a date or a time: digits, a mark, digits, and perhaps once more;
/// or the name of a month with one or two numbers.
fn is_date(cell: &str) -> bool {
    let month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*";
    let mark = r"[-/.:年月\s]";
    let numbers = format!(r"^\d{{1,4}}{mark}\d{{1,4}}(?:{mark}\d{{1,4}})?日?$");
    let months = format!(r"(?i)^(?:\d{{1,4}}{mark}?)?{month}(?:{mark}?\d{{1,4}})?$");
    let is = |pattern: &str| regex::Regex::new(pattern).unwrap().is_match(cell);
    is(&numbers) || is(&months) && cell.chars().any(|c| c.is_ascii_digit())
}

/// Checks every cell of ids, whole and entry by entry, as `;` may divide cells too. Gives how many.
fn check(site: &std::path::Path, out: &str) -> usize {
    let built = gongbao(site, &["build", "--out", out]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut ids = 0;
    for table in ["tasks", "deadlines", "instruments", "threads"] {
        let text = std::fs::read_to_string(format!("{out}/data/{table}.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.deserialize::<BTreeMap<String, String>>() {
            for (column, cell) in row.unwrap().iter().filter(|(column, _)| COLUMNS.contains(&column.as_str()))
            {
                for part in std::iter::once(cell.as_str()).chain(cell.split("; ")) {
                    assert!(!is_date(part), "{table}.csv, {column}: {cell}");
                    ids += usize::from(!part.is_empty());
                }
            }
        }
    }
    ids
}

#[test]
fn no_id_of_the_real_site_is_a_date() {
    let folder = tempfile::tempdir().unwrap();
    assert!(check(root(), folder.path().join("out").to_str().unwrap()) > 1000);
}

#[test]
fn no_id_that_an_editor_chose_is_a_date() {
    let plan = |year: u32| {
        format!(
            "+++\nkind = \"annual-plan\"\nyear = {year}\ntitle = \"{year}年方案\"\nissued = {year}-01-15\n\
             tasks = \"list\"\n+++\n\n## 一、主要任务\n\n1. 落实《戊条例》《己条例》。（某局负责；{year}年6月底前完成）\n\n\
             2. 组织培训。（持续推进）\n"
        )
    };
    let instrument = |slug: &str, zh: &str| {
        format!("[[instrument]]\nslug = \"{slug}\"\nkind = \"law\"\ntitle = {{ zh = \"{zh}\" }}\n")
    };
    let instruments = instrument("2020-12", "戊条例") + &instrument("3-mar", "己条例");
    let topics = "[[topic]]\nslug = \"may-2024\"\ntitle = { zh = \"培训\" }\nterms = [\"培训\"]\n";
    let config = "base_url = \"https://example.org/\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n";
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("config.toml", config),
        ("content/plans/2026/zh.md", &plan(2026)),
        ("content/plans/2025-12/zh.md", &plan(2025)),
        ("content/instruments.toml", &instruments),
        ("content/topics.toml", topics),
    ];
    write(folder.path(), &files);
    assert!(check(folder.path(), folder.path().join("out").to_str().unwrap()) > 20);
    let tasks = std::fs::read_to_string(folder.path().join("out/data/tasks.csv")).unwrap();
    assert!(tasks.contains("\n2026.task-1,2026,1,"), "{tasks}");
    let json = std::fs::read_to_string(folder.path().join("out/data/tasks.json")).unwrap();
    assert!(json.contains("\"id\": \"2026/1\""), "the id in addresses and JSON stays");
}
