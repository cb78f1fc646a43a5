//! Texts in every format that is written: one table of titles with the marks of all formats, one site, and
//! each file of it read by a reader of its format.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read is what is tested")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::support::{gongbao, tree, write};
use icalendar::parser;
use pulldown_cmark::{Event, Parser, Tag};
use regex::Regex;
use scraper::{Html, Selector};
use tempfile::TempDir;
use toml::Value;

const TITLES: [&str; 20] = [
    "2026年方案\n- [点此](https://www.example.net/)\n\n## 另一节",
    "甲](https://www.example.net/) [乙",
    "[甲]: https://www.example.net/",
    "![甲](https://www.example.net/a.png) <https://www.example.net/>",
    "# 甲 `乙` *丙* _丁_ ~~戊~~ | 己 \\",
    "> 甲",
    "- 甲",
    "1. 甲",
    "R&D_100%与C#{工作}的$5~^\\",
    "}, year = {1999}, note = {\\input{x}",
    "=HYPERLINK(\"https://www.example.net/\")",
    "甲;=1+1",
    "甲; \"+1\";@SUM(1)",
    "甲\n=1+1",
    "甲,\"乙\";'丙'\t丁",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:乙",
    "甲\\n乙\\,丙\\;",
    "]]><title>&amp;</title><!--",
    "{\"甲\": [1]}</script>",
    "User-agent: *\nDisallow: /",
];

/// The address of the site; nothing else is linked.
const BASE: &str = "https://example.org/plans/";
const FOREIGN: &str = "https://www.example.net/";

fn toml(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// As a text in Markdown: every mark of ASCII loses its meaning.
fn markdown(text: &str) -> String {
    let escape = |c: char| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(escape).collect()
}

static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut catalogues = [String::new(), String::new()];
    for (index, title) in TITLES.iter().enumerate() {
        let (t, m) = (toml(title), markdown(title));
        let plan = format!(
            "+++\nkind = \"promotion-plan\"\nyear = 2026\ntitle = {t}\nissuer = {t}\nnumber = {t}\nissued = 2026-01-15\n\
             [[milestones]]\ndue = 2026-03-15\ntitle = {t}\n+++\n\n## 一、任务\n\n1. 甲{m}。办理《办{index}法》。（2026年6月底前完成）\n"
        );
        write(folder.path(), &[(&format!("content/plans/p{index}/zh.md"), &plan)]);
        let page = format!("+++\ntitle = {t}\ndescription = {t}\n+++\n\n甲。\n");
        write(folder.path(), &[(&format!("content/pages/g{index}.zh.md"), &page)]);
        let [instruments, topics] = &mut catalogues;
        *instruments +=
            &format!("[[instrument]]\nslug = \"i{index}\"\nkind = \"law\"\ntitle = {{ zh = {t} }}\n");
        *topics +=
            &format!("[[topic]]\nslug = \"t{index}\"\ntitle = {{ zh = {t} }}\nterms = [\"办{index}法\"]\n");
    }
    let config = format!(
        "base_url = \"{BASE}\"\n[title]\nzh = {0}\n[description]\nzh = {0}\n[[languages]]\ncode = \"zh\"\n\
         tag = \"zh-Hans\"\nname = \"中文\"\n",
        toml(TITLES[0])
    );
    let [instruments, topics] = &catalogues;
    write(
        folder.path(),
        &[
            ("config.toml", &config),
            ("content/instruments.toml", instruments),
            ("content/topics.toml", topics),
        ],
    );
    for arguments in [&["build", "--as-of", "2026-02-01"][..], &["export", "quickwit"]] {
        let output = gongbao(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    folder
});

static FILES: LazyLock<BTreeMap<PathBuf, String>> = LazyLock::new(|| {
    let text = |(path, bytes)| Some((path, String::from_utf8(bytes).ok()?));
    tree(&BUILT.path().join("public")).into_iter().filter_map(text).collect()
});

fn with_extension(extension: &str) -> Vec<(&'static Path, &'static str)> {
    let fits = |path: &Path| path.extension().is_some_and(|found| found == extension);
    let found: Vec<_> = FILES
        .iter()
        .filter(|(path, _)| fits(path))
        .map(|(path, text)| (path.as_path(), text.as_str()))
        .collect();
    assert!(!found.is_empty(), "{extension}");
    found
}

/// A title as one line.
fn line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn llms_txt_has_its_own_headings_items_and_links_only() {
    let text = &FILES[Path::new("llms.txt")];
    let (mut headings, mut items, mut titles, mut link) = (0, 0, Vec::new(), None);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Item) => items += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with(BASE), "{dest_url}");
                link = Some(String::new());
            }
            Event::Text(text) => link.iter_mut().for_each(|link| link.push_str(&text)),
            Event::End(pulldown_cmark::TagEnd::Link) => titles.extend(link.take()),
            Event::Start(Tag::Image { .. }) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => {
                panic!("{event:?}");
            }
            _ => {}
        }
    }
    // The site, its language and the data; plans and pages, three lists and the files of data.
    assert_eq!(headings, 3);
    assert_eq!(items, text.lines().filter(|line| line.starts_with("- [")).count());
    assert!(items > 2 * TITLES.len() && titles.len() == items);
    for title in TITLES {
        assert_eq!(titles.iter().filter(|found| **found == line(title)).count(), 2, "{title}");
    }
    // As the reference parser of llmstxt.org takes it apart.
    let pattern = Regex::new(r"-\s*\[([^\]]+)\]\(([^\)]+)\)").unwrap();
    assert!(pattern.captures_iter(text).all(|found| found[2].starts_with(BASE)));
}

/// Reads a BibTeX entry strictly: a field a line, braces in pairs, and nothing that TeX would take for a command
/// or a comment but what is known here. Gives the fields with their texts.
fn bibtex(entry: &str) -> BTreeMap<String, String> {
    let body = entry.trim().strip_prefix("@misc{gongbao-").unwrap().strip_suffix("\n}").unwrap();
    let lines = body.lines().skip(1).map(|line| line.trim().trim_end_matches(','));
    let field = |line: &str| {
        let (name, value) = line.split_once(" = ").unwrap_or_else(|| panic!("{line}"));
        let value = value.strip_prefix('{').unwrap().strip_suffix('}').unwrap();
        (name.to_owned(), if name == "url" { value.to_owned() } else { untex(value) })
    };
    lines.map(field).collect()
}

fn untex(value: &str) -> String {
    let names = ["textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"];
    let (mut text, mut rest) = (String::new(), value);
    let inner = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    rest = inner.unwrap_or(rest);
    while let Some(c) = rest.chars().next() {
        assert!(!"%#&_$~^{}".contains(c), "{value}");
        let Some(command) = rest.strip_prefix('\\') else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        match names.iter().position(|name| command.starts_with(&format!("{name}{{}}"))) {
            Some(index) => {
                text.push(['\\', '{', '}', '~', '^'][index]);
                rest = &command[names[index].len() + 2..];
            }
            None => {
                let sign = command.chars().next().unwrap();
                assert!("%#&_$".contains(sign), "{value}");
                text.push(sign);
                rest = &command[1..];
            }
        }
    }
    text
}

#[test]
fn bibtex_says_the_title_and_nothing_else() {
    let selector = Selector::parse("#cite-bibtex").unwrap();
    for (index, title) in TITLES.iter().enumerate() {
        let page = Html::parse_document(&FILES[Path::new(&format!("zh/plans/p{index}/tasks/1/index.html"))]);
        let entry: String = page.select(&selector).next().unwrap().text().collect();
        let fields = bibtex(&entry);
        let names: Vec<_> = fields.keys().map(String::as_str).collect();
        assert_eq!(names, ["author", "date", "howpublished", "langid", "number", "title", "url", "year"]);
        assert_eq!((fields["year"].as_str(), fields["date"].as_str()), ("2026", "2026-01-15"));
        assert!(fields["title"].contains(&line(title)), "{} {title}", fields["title"]);
        for field in ["howpublished", "author", "number"] {
            assert_eq!(line(&fields[field]), line(title));
        }
        assert!(fields["url"].starts_with(BASE));
    }
}

#[test]
fn tables_start_no_formula_whatever_separates_cells() {
    let mut cells = 0;
    for (path, text) in with_extension("csv") {
        let is_formula =
            |text: &str| text.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '\t']);
        for separator in [b',', b';', b'\t'] {
            let mut reader = csv::ReaderBuilder::new();
            reader.delimiter(separator).flexible(true).has_headers(false);
            for record in reader.from_reader(text.trim_start_matches('\u{feff}').as_bytes()).records() {
                for cell in &record.unwrap() {
                    assert!(!is_formula(cell), "{}: {cell}", path.display());
                    cells += 1;
                }
            }
        }
        // A program that knows no quotes at all.
        let piece = text.split([';', '\n', '\r']).find(|piece| is_formula(piece));
        assert_eq!(piece, None, "{}", path.display());
    }
    assert!(cells > 500, "{cells}");
}

#[test]
fn xml_is_well_formed() {
    use quick_xml::events::Event;
    for (path, text) in with_extension("xml") {
        assert!(!text.contains("<title><"), "{}", path.display());
        let mut reader = quick_xml::Reader::from_str(text);
        let mut names = std::collections::BTreeSet::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
                Event::Eof => break,
                Event::Start(tag) => drop(names.insert(tag.name().as_ref().to_owned())),
                Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                    panic!("{}", path.display());
                }
                _ => {}
            }
        }
        assert!(names.len() > 2, "{}", path.display());
    }
}

#[test]
fn calendars_have_the_events_of_the_site() {
    for (path, text) in with_extension("ics") {
        let unfolded = parser::unfold(text);
        let calendar =
            parser::read_calendar(&unfolded).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let events: Vec<_> = calendar.components.iter().filter(|part| part.name == "VEVENT").collect();
        for event in &events {
            let named = |name: &str| event.properties.iter().filter(|property| property.name == name).count();
            assert_eq!((named("SUMMARY"), named("UID"), named("URL")), (1, 1, 1), "{}", path.display());
        }
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), events.len());
    }
}

#[test]
fn json_is_read_as_it_was_meant() {
    for (path, text) in with_extension("json") {
        serde_json::from_str::<serde_json::Value>(text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let records = fs::read_to_string(BUILT.path().join("quickwit/records.ndjson")).unwrap();
    for record in records.split_terminator('\n') {
        serde_json::from_str::<serde_json::Value>(record).unwrap();
    }
    let tasks: Vec<serde_json::Value> = serde_json::from_str(&FILES[Path::new("data/tasks.json")]).unwrap();
    assert_eq!(tasks.len(), TITLES.len());
    let selector = Selector::parse("script[type='application/ld+json'], #cite-csl").unwrap();
    let mut read = 0;
    for (path, text) in with_extension("html") {
        for data in Html::parse_document(text).select(&selector) {
            let data: String = data.text().collect();
            serde_json::from_str::<serde_json::Value>(&data)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            read += 1;
        }
    }
    assert!(read > 3 * TITLES.len(), "{read}");
}

#[test]
fn pages_and_their_markdown_link_to_the_site_only() {
    let selector = Selector::parse("[href], [src]").unwrap();
    for (path, text) in with_extension("html") {
        for element in Html::parse_document(text).select(&selector) {
            let target = element.attr("href").or(element.attr("src")).unwrap();
            assert!(!target.starts_with(FOREIGN), "{}: {target}", path.display());
        }
    }
    for (path, text) in with_extension("md") {
        for event in Parser::new_ext(text, pulldown_cmark::Options::all()) {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
                assert!(!dest_url.starts_with(FOREIGN), "{}: {dest_url}", path.display());
            }
        }
    }
}

#[test]
fn files_for_programs_have_no_lines_of_titles() {
    let robots = &FILES[Path::new("robots.txt")];
    assert_eq!(robots, &format!("User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"));
    let headers = &FILES[Path::new("_headers")];
    assert!(headers.lines().all(|line| line.is_empty() || line.starts_with(['/', ' ', '#'])), "{headers}");
    let sums = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(BUILT.path().join("public"))
        .output()
        .unwrap();
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stderr));
}
