//! What can be taken away from the real site: calendars, feeds, tables, Markdown, and what machines read.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gongbao::base::{Date, SitePath};
use gongbao::model::id::dotted;
use gongbao::pipeline::{self, Compiled};
use gongbao::render::Renderer;
use gongbao::routes::{self, Page, Route};
use icalendar::parser;
use pulldown_cmark::{Event, Options, Parser};
use scraper::{Html, Selector};
use serde_json::Value;
use sha2::{Digest, Sha256};

static SITE: LazyLock<Compiled> = LazyLock::new(crate::support::real_site);
static FILES: LazyLock<BTreeMap<SitePath, Vec<u8>>> = LazyLock::new(|| crate::support::render(&SITE));

const PLANS: [&str; 5] = ["2022", "2022-key-points", "2023", "2024", "promotion-plan"];

fn file(path: &str) -> &'static str {
    crate::support::page(&FILES, path)
}

fn base() -> &'static str {
    &SITE.site.settings.base_url
}

/// The file behind a full address of the site, without its anchor.
fn behind(address: &str) -> SitePath {
    let path = address.strip_prefix(base()).unwrap_or_else(|| panic!("{address} leads away"));
    let path = path.split(['#', '?']).next().unwrap();
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    SitePath::new(&format!("{path}{index}")).unwrap()
}

fn exists(address: &str) {
    assert!(FILES.contains_key(&behind(address)), "nothing is at {address}");
}

/// The entries of a calendar, each as its properties, read by a parser that is not ours.
fn events(path: &str) -> Vec<BTreeMap<String, String>> {
    let unfolded = parser::unfold(file(path));
    let calendar = parser::read_calendar(&unfolded).unwrap();
    let properties = |component: &parser::Component<'_>| {
        assert_eq!(component.name.to_string(), "VEVENT");
        component.properties.iter().map(|p| (p.name.to_string(), p.val.to_string())).collect()
    };
    calendar.components.iter().map(properties).collect()
}

#[test]
fn the_calendar_has_every_due_day_once() {
    for lang in ["zh", "en"] {
        let all = events(&format!("{lang}/deadlines.ics"));
        assert_eq!(all.len(), 59);
        let ids: BTreeSet<_> = all.iter().map(|event| &event["UID"]).collect();
        assert_eq!(ids.len(), 59);
        let of_plans: Vec<_> = ["2022", "2023", "promotion-plan"]
            .iter()
            .flat_map(|plan| events(&format!("{lang}/plans/{plan}/deadlines.ics")))
            .collect();
        assert_eq!(of_plans.len(), 59);
        for event in &all {
            assert!(event["UID"].ends_with("@gongbao.example.org"));
            let start: Date = event["DTSTART"].parse().unwrap();
            let end: Date = event["DTEND"].parse().unwrap();
            assert_eq!(start.tomorrow().unwrap(), end, "all day, the end not included");
            exists(&event["URL"]);
        }
    }
    assert!(!FILES.contains_key(&SitePath::new("zh/plans/2024/deadlines.ics").unwrap()), "nothing is due");
}

#[test]
fn a_topic_has_the_due_days_of_its_tasks() {
    let site = &SITE.site;
    for lang in ["zh", "en"] {
        let all = events(&format!("{lang}/deadlines.ics"));
        let all: BTreeMap<_, _> = all.iter().map(|event| (&event["UID"], event)).collect();
        let mut dated = 0;
        for topic in &site.topics {
            let ids = topic.tasks.iter().map(|item| site.item_id(*item));
            let due: BTreeSet<_> = ids.filter(|id| site.timeline.iter().any(|due| due.id == *id)).collect();
            let path = format!("{lang}/topics/{}/deadlines.ics", topic.slug);
            assert_eq!(FILES.contains_key(&SitePath::new(&path).unwrap()), !due.is_empty(), "{path}");
            if due.is_empty() {
                continue;
            }
            let events = events(&path);
            assert!(
                events.iter().all(|event| all[&event["UID"]] == event),
                "the entries are those of the site"
            );
            let uids: BTreeSet<_> =
                events.iter().map(|event| event["UID"].split('@').next().unwrap()).collect();
            let due: BTreeSet<_> = due.iter().map(|id| dotted(id)).collect();
            assert_eq!(uids, due.iter().map(String::as_str).collect());
            dated += 1;
        }
        assert!(dated > 10, "{dated} topics have a due day");
    }
}

#[test]
fn a_topic_leads_to_its_calendar_and_feed() {
    for topic in &SITE.site.topics {
        let path = format!("en/topics/{}/index.html", topic.slug);
        let page = Html::parse_document(file(&path));
        let hrefs = |selector: &str| -> Vec<String> {
            let selector = Selector::parse(selector).unwrap();
            page.select(&selector).map(|a| a.attr("href").unwrap().to_owned()).collect()
        };
        let feed = format!("../../../en/topics/{}/atom.xml", topic.slug);
        assert!(hrefs("link[rel=alternate][type='application/atom+xml']").contains(&feed), "{path}");
        assert_eq!(hrefs("main a[type='application/atom+xml']"), [feed], "{path}");
        let calendar = format!("en/topics/{}/deadlines.ics", topic.slug);
        let there = FILES.contains_key(&SitePath::new(&calendar).unwrap());
        assert_eq!(hrefs("main a[type='text/calendar']").len(), usize::from(there), "{path}");
        assert_eq!(
            texts(file(&format!("en/topics/{}/atom.xml", topic.slug)), "entry").len(),
            topic.tasks.len()
        );
    }
}

#[test]
fn the_timeline_can_be_filtered_by_what_its_rows_say() {
    let page = Html::parse_document(file("en/timeline/index.html"));
    let selector = |text: &str| Selector::parse(text).unwrap();
    let (row, option) = (selector(".filtered [data-plan]"), selector("option"));
    let values = |name: &str| -> BTreeSet<String> {
        let words = page.select(&row).filter_map(|row| row.attr(&format!("data-{name}")));
        words.flat_map(|words| words.split(' ')).map(str::to_owned).collect()
    };
    for (name, count) in [("plan", 3), ("year", 4), ("topic", values("topic").len())] {
        let field = page.select(&selector(&format!("select[name={name}]"))).next().unwrap();
        let options = field.select(&option).filter_map(|option| {
            Some(option.attr("value").map_or_else(|| option.inner_html(), str::to_owned))
                .filter(|v| !v.is_empty())
        });
        let options: BTreeSet<_> = options.collect();
        assert_eq!(options, values(name), "every choice finds something, and everything can be chosen");
        assert_eq!(options.len(), count, "{name}");
    }
    assert_eq!(page.select(&row).count(), 59 + 60);
}

#[test]
fn calendars_are_written_as_rfc_5545_asks() {
    for (path, bytes) in FILES.iter().filter(|(path, _)| path.extension() == "ics") {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{path}");
        for line in text.split_terminator("\r\n") {
            assert!(!line.is_empty() && line.len() <= 75, "{path}: {line}");
        }
    }
}

#[test]
fn what_is_subscribed_to_does_not_change_with_the_day() {
    let mut inputs = crate::support::inputs(crate::support::root());
    inputs.today = Date::constant(2022, 6, 1);
    let earlier = pipeline::compile(&inputs);
    let renderer = Renderer::new(&earlier.site, &earlier.theme);
    let subscribed = |route: &&Route| {
        matches!(route, Route::Feed(..) | Route::Calendar(..) | Route::Data(_) | Route::AkomaNtoso(..))
    };
    let mut compared = 0;
    for route in earlier.routes.list.iter().filter(subscribed) {
        let path = routes::file(&earlier.site, route);
        assert!(renderer.render(route).unwrap() == FILES[&path], "{path} changed with the day");
        compared += 1;
    }
    let topics = SITE.site.topics.len();
    let calendars = routes::calendars(&SITE.site).len();
    assert!(calendars > 4);
    let plans = SITE.site.plans.len();
    assert_eq!(compared, 2 * calendars + 2 * (6 + topics) + 7 + 2 * plans);
}

/// The texts of all elements of that name in an XML file, read strictly.
fn texts(xml: &str, name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut inside, mut found) = (false, Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == name => {
                inside = true;
                found.push(String::new());
            }
            Event::End(end) if end.name().as_ref() == name => inside = false,
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text),
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn feeds_are_well_formed_and_lead_to_pages() {
    for lang in ["zh", "en"] {
        let site = file(&format!("{lang}/atom.xml"));
        assert_eq!(texts(site, "entry").len(), 5);
        for plan in PLANS {
            let feed = file(&format!("{lang}/plans/{plan}/atom.xml"));
            let index = SITE.site.plan(plan).unwrap();
            assert_eq!(texts(feed, "entry").len(), 1 + SITE.site.plans[index].tasks.len());
            let ids = texts(feed, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
            ids.iter().for_each(|id| exists(id));
            for day in texts(feed, "updated") {
                assert!(day.parse::<jiff::Timestamp>().is_ok(), "{day} is not RFC 3339");
            }
        }
    }
    // The source of this plan states no day of publication, so none is given.
    assert!(!file("zh/plans/2024/atom.xml").contains("<published>"));
}

fn package() -> Value {
    serde_json::from_str(file("data/datapackage.json")).unwrap()
}

/// The rows of a CSV file by column.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = file(path).strip_prefix('\u{feff}').expect("Excel needs the byte order mark");
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_data_package_describes_its_files() {
    let package = package();
    for resource in package["resources"].as_array().unwrap() {
        let path = format!("data/{}", resource["path"].as_str().unwrap());
        let bytes = &FILES[&SitePath::new(&path).unwrap()];
        assert_eq!(resource["bytes"], bytes.len());
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{digest}"));
        assert!(resource["name"].as_str().unwrap().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        if resource["profile"] == "tabular-data-resource" {
            check_table(&path, &resource["schema"]);
        }
    }
}

fn check_table(path: &str, schema: &Value) {
    let fields = schema["fields"].as_array().unwrap();
    let rows = rows(path);
    let key = schema["primaryKey"].as_str().unwrap();
    assert_eq!(rows.iter().map(|row| &row[key]).collect::<BTreeSet<_>>().len(), rows.len(), "{path}");
    for row in &rows {
        assert_eq!(row.len(), fields.len());
        for field in fields {
            let cell = &row[field["name"].as_str().unwrap()];
            let fits = match field["type"].as_str().unwrap() {
                "integer" => cell.parse::<i64>().is_ok(),
                "boolean" => ["true", "false"].contains(&cell.as_str()),
                "date" => cell.is_empty() || cell.parse::<Date>().is_ok(),
                kind => kind == "string",
            };
            assert!(fits, "{path}: {cell}");
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell} is a formula");
        }
    }
}

#[test]
fn every_row_has_the_id_of_a_page() {
    let (instruments, threads) = (SITE.site.instruments.len(), SITE.site.threads.len());
    let counts = [("tasks", 166), ("deadlines", 59), ("instruments", instruments), ("threads", threads)];
    for (table, count) in counts {
        let rows = rows(&format!("data/{table}.csv"));
        assert_eq!(rows.len(), count);
        for row in rows {
            let (id, place) = row["id"].split_once('.').unwrap_or((&row["id"], ""));
            for lang in ["zh", "en"] {
                let address = &row[&format!("url_{lang}")];
                let (tail, anchor) = match (table, place.strip_prefix("task-")) {
                    ("instruments" | "threads", _) => (format!("{table}/{id}/"), ""),
                    (_, Some(number)) => (format!("plans/{id}/tasks/{number}/"), ""),
                    (_, None) => (format!("plans/{id}/#{place}"), place),
                };
                assert_eq!(*address, format!("{}{lang}/{tail}", base()));
                exists(address);
                let page = std::str::from_utf8(&FILES[&behind(address)]).unwrap();
                assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{address}");
            }
        }
    }
}

/// Whether a value is what a schema says, for the words of JSON Schema that ours uses.
fn fits(value: &Value, schema: &Value, root: &Value) -> bool {
    let known =
        ["$schema", "title", "description", "type", "items", "$defs", "$ref", "required", "properties"];
    let known = [&known[..], &["additionalProperties", "pattern", "minimum", "anyOf", "enum"]].concat();
    schema.as_object().unwrap().iter().all(|(word, says)| {
        assert!(known.contains(&word.as_str()), "this test does not know `{word}`");
        match word.as_str() {
            "type" => match says.as_str().unwrap() {
                "array" => value.is_array(),
                "object" => value.is_object(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                kind => kind == "null" && value.is_null(),
            },
            "items" => value.as_array().is_none_or(|list| list.iter().all(|item| fits(item, says, root))),
            "$ref" => fits(value, root.pointer(&says.as_str().unwrap()[1..]).unwrap(), root),
            "required" => {
                says.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "properties" => value.as_object().is_none_or(|map| {
                map.iter()
                    .all(|(key, item)| fits(item, says.get(key).unwrap_or_else(|| panic!("{key}")), root))
            }),
            "additionalProperties" => {
                value.as_object().is_none_or(|map| map.values().all(|item| fits(item, says, root)))
            }
            "pattern" => {
                regex::Regex::new(says.as_str().unwrap()).unwrap().is_match(value.as_str().unwrap_or(""))
            }
            "minimum" => value.as_i64() >= says.as_i64(),
            "anyOf" => says.as_array().unwrap().iter().any(|one| fits(value, one, root)),
            "enum" => says.as_array().unwrap().contains(value),
            _ => true,
        }
    })
}

#[test]
fn tasks_json_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(file("data/tasks.schema.json")).unwrap();
    let mut tasks: Value = serde_json::from_str(file("data/tasks.json")).unwrap();
    assert!(fits(&tasks, &schema, &schema));
    tasks[0]["number"] = "1".into();
    assert!(!fits(&tasks, &schema, &schema), "the check can fail");
}

/// The JSON-LD of a page: its graph.
fn graph(path: &str) -> Vec<Value> {
    let page = Html::parse_document(file(path));
    let selector = Selector::parse("script[type='application/ld+json']").unwrap();
    let scripts: Vec<_> = page.select(&selector).map(|script| script.inner_html()).collect();
    assert_eq!(scripts.len(), 1, "{path}");
    let value: Value = serde_json::from_str(&scripts[0]).unwrap();
    assert_eq!(value["@context"], "https://schema.org");
    value["@graph"].as_array().unwrap().clone()
}

#[test]
fn every_page_describes_itself() {
    for (path, _) in FILES.iter().filter(|(path, _)| path.extension() == "html") {
        if path.as_str().ends_with("404.html") {
            continue;
        }
        let graph = graph(path.as_str());
        let subject = &graph[0];
        for member in ["@type", "@id", "url", "name", "inLanguage"] {
            assert!(subject[member].as_str().is_some_and(|text| !text.is_empty()), "{path}: {member}");
        }
        assert_eq!(behind(subject["@id"].as_str().unwrap()), *path);
        for trail in graph.iter().filter(|item| item["@type"] == "BreadcrumbList") {
            for item in trail["itemListElement"].as_array().unwrap() {
                exists(item["item"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn plans_and_tasks_are_legislation_as_far_as_their_sources_say() {
    for lang in ["zh", "en"] {
        let plan = &graph(&format!("{lang}/plans/2023/index.html"))[0];
        assert_eq!(plan["@type"], "Legislation");
        assert_eq!(plan["legislationIdentifier"], "国知发保字〔2023〕4号");
        assert_eq!(plan["legislationDate"], "2023-03-01");
        assert_eq!(plan["datePublished"], "2023-03-07");
        let task = &graph(&format!("{lang}/plans/2023/tasks/5/index.html"))[0];
        assert_eq!(task["isPartOf"]["@id"], plan["@id"]);
        assert!(task.get("legislationIdentifier").is_none(), "a task has no number of its own");
        let unstated = &graph(&format!("{lang}/plans/2024/index.html"))[0];
        for member in ["legislationIdentifier", "legislationDate", "datePublished", "publisher"] {
            assert!(unstated.get(member).is_none(), "the source does not state {member}");
        }
    }
}

#[test]
fn heads_name_every_version_of_a_page() {
    let attribute = |page: &Html, selector: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.attr(name).unwrap().to_owned()).collect()
    };
    for page in routes::pages(&SITE.site).into_iter().filter(|page| *page != Page::NotFound) {
        for language in &SITE.site.settings.languages {
            let path = routes::file(&SITE.site, &Route::Page(language.code, page));
            let html = Html::parse_document(file(path.as_str()));
            let versions = attribute(&html, "link[rel=alternate][hreflang]", "hreflang");
            assert_eq!(versions, ["zh-Hans", "en", "x-default"], "{path}");
            attribute(&html, "link[rel=alternate][hreflang]", "href").iter().for_each(|url| exists(url));
            assert_eq!(attribute(&html, "link[type='text/markdown']", "href").len(), 1, "{path}");
            for property in ["og:title", "og:description", "og:type", "og:url", "og:locale"] {
                let found = attribute(&html, &format!("meta[property='{property}']"), "content");
                assert!(found.len() == 1 && !found[0].is_empty(), "{path}: {property}");
            }
        }
    }
    assert!(file("sitemap.xml").contains("hreflang=\"x-default\""));
}

#[test]
fn markdown_twins_hold_the_text_of_their_language() {
    let task = |lang: &str| file(&format!("{lang}/plans/2023/tasks/5/index.md"));
    assert!(task("zh").contains("畅通行政裁决受理渠道") && !task("zh").contains("Keep channels"));
    assert!(task("en").contains("Keep channels") && !task("en").contains("畅通"));
    let twins = FILES.keys().filter(|path| path.extension() == "md").count();
    assert_eq!(twins, 2 * (routes::pages(&SITE.site).len() - 1));
    for address in file("llms.txt").split("](").skip(1) {
        exists(address.split(')').next().unwrap());
    }
}

/// The text of an element as a reader sees it who uses no switch, without white space.
fn shown(element: scraper::ElementRef<'_>, other: &str, text: &mut String) {
    const LEFT_OUT: &str =
        "nav form fieldset button input label figure script style output select svg noscript";
    for child in element.children() {
        if let Some(found) = child.value().as_text() {
            text.extend(found.split_whitespace());
        }
        let Some(element) = scraper::ElementRef::wrap(child) else { continue };
        let has = |class: &str| element.value().classes().any(|name| name == class);
        let is_left_out = LEFT_OUT.split(' ').any(|name| name == element.value().name());
        let is_hidden = has("same") || (has("text") && has(other));
        if !is_left_out && !is_hidden {
            shown(element, other, text);
        }
    }
}

#[test]
fn a_twin_says_what_its_page_says() {
    let main = Selector::parse("main").unwrap();
    for (path, _) in FILES.iter().filter(|(path, _)| path.extension() == "md") {
        let page = Html::parse_document(file(&path.as_str().replace(".md", ".html")));
        let mut expected = String::new();
        let other = if path.as_str().starts_with("zh/") { "translation" } else { "original" };
        shown(page.select(&main).next().unwrap(), other, &mut expected);
        let twin = Parser::new_ext(file(path.as_str()), Options::ENABLE_TABLES);
        let texts = twin.filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.split_whitespace().collect::<String>()),
            _ => None,
        });
        let texts: String = texts.collect();
        let differs = texts.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| text.chars().skip(differs.saturating_sub(20)).take(60).collect::<String>();
        assert!(texts == expected, "{path}:\n{}\n{}", near(&texts), near(&expected));
    }
}

#[test]
fn what_was_due_before_it_was_published_is_pointed_out() {
    for (page, shown) in
        [("timeline", true), ("plans/promotion-plan/tasks/14", true), ("plans/2023/tasks/5", false)]
    {
        let english = file(&format!("en/{page}/index.html"));
        assert_eq!(english.contains("lies before the publication of the plan (October 28, 2022)"), shown);
    }
    assert!(file("zh/timeline/index.html").contains("到期日早于计划的发布日期（2022年10月28日）"));
}

#[test]
fn an_id_of_a_second_due_day_leads_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "+++\nkind = \"promotion-plan\"\nyear = 2025\ntitle = \"甲计划\"\n+++\n\n## 一、主要任务\n\n\
                1. 推进乙工作。（持续推进，2025年6月底前完成，2025年12月底前完成）\n";
    crate::support::write(
        folder.path(),
        &[("config.toml", "base_url = \"https://example.org/\"\n"), ("content/plans/a/zh.md", plan)],
    );
    let compiled = gongbao::pipeline::compile(&crate::support::inputs(folder.path()));
    let files = crate::support::render(&compiled);
    let html = crate::support::page(&files, "zh/plans/a/tasks/1/index.html");
    let page = Html::parse_document(html);
    let mut second = 0;
    for due in &compiled.site.timeline {
        let anchor = due.id.split_once('#').map_or("due-1", |(_, anchor)| anchor);
        let day = Selector::parse(&format!("#{anchor} time[datetime='{}']", due.date)).unwrap();
        assert_eq!(page.select(&day).count(), 1, "{}", due.id);
        second += usize::from(anchor == "due-2");
    }
    assert_eq!(second, 1);
}
