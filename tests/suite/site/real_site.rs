//! The real site: what the five documents hold is published, whole, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use gongbao::base::SitePath;
use gongbao::import::{self, ImportOptions};
use gongbao::links;
use gongbao::parse::catalogues::threads::EndKind;
use gongbao::pipeline::Compiled;
use scraper::{Html, Selector};
use serde_json::Value;

static SITE: LazyLock<Compiled> = LazyLock::new(crate::support::real_site);
static FILES: LazyLock<BTreeMap<SitePath, Vec<u8>>> = LazyLock::new(|| crate::support::render(&SITE));

/// The plans and the sources they were imported from.
const SOURCES: [(&str, &str); 5] = [
    ("2022", "000_b01bbc83b26f73de.txt"),
    ("2023", "001_f9df04c0a23847dd.txt"),
    ("2022-key-points", "002_90d91d2947538e52.txt"),
    ("promotion-plan", "003_057f6db728114243.txt"),
    ("2024", "004_d81ab9be073c6254.txt"),
];

fn page(path: &str) -> &'static str {
    crate::support::page(&FILES, path)
}

fn tasks() -> Vec<Value> {
    serde_json::from_str(page("data/tasks.json")).unwrap()
}

#[test]
fn nothing_is_wrong_with_the_content() {
    let found: Vec<_> = SITE.diagnostics.iter().map(|d| format!("{:?} {}", d.code, d.title.en)).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn every_task_has_a_page_in_each_language() {
    let counts = [("2022", 14), ("2023", 14), ("2024", 16), ("promotion-plan", 114), ("2022-key-points", 8)];
    for (plan, tasks) in counts {
        for lang in ["zh", "en"] {
            for number in 1..=tasks {
                page(&format!("{lang}/plans/{plan}/tasks/{number}/index.html"));
            }
            let beyond = format!("{lang}/plans/{plan}/tasks/{}/index.html", tasks + 1);
            assert!(!FILES.contains_key(&SitePath::new(&beyond).unwrap()));
        }
    }
}

#[test]
fn the_data_holds_every_task_and_deadline() {
    let tasks = tasks();
    assert_eq!(tasks.len(), 166);
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    let (mut ongoing_only, mut both) = (0, 0);
    for task in tasks.iter().filter(|task| task["plan"] == "promotion-plan") {
        let deadlines = task["deadlines"].as_array().unwrap();
        assert!(!deadlines.is_empty(), "{} has a deadline", task["id"]);
        let due: Vec<_> = deadlines.iter().filter(|d| d["kind"] == "due").collect();
        match (due.as_slice(), deadlines.len()) {
            ([], 1) => ongoing_only += 1,
            ([day], length) => {
                assert_eq!(day["precision"], "month");
                *days.entry(day["date"].as_str().unwrap().to_owned()).or_default() += 1;
                both += length - 1;
            }
            _ => panic!("{} promises too much: {deadlines:?}", task["id"]),
        }
    }
    let expected =
        [("2022-06-30", 1), ("2022-12-31", 15), ("2023-12-31", 22), ("2024-12-31", 2), ("2025-12-31", 14)];
    assert_eq!(days, expected.map(|(day, count)| (day.to_owned(), count)).into());
    assert_eq!((ongoing_only, both), (60, 9));
    let elsewhere = tasks.iter().filter(|task| task["plan"] != "promotion-plan");
    assert!(elsewhere.clone().all(|task| task["deadlines"] == serde_json::json!([])));
}

#[test]
fn milestones_citations_and_requirements_are_found() {
    let site = &SITE.site;
    let milestones: BTreeSet<_> =
        site.plans.iter().flat_map(|plan| plan.milestones.iter().map(|m| m.due.to_string())).collect();
    let expected = ["2022-02-28", "2022-12-01", "2023-03-15", "2023-07-01", "2023-12-01"];
    assert_eq!(milestones, expected.map(str::to_owned).into());
    let citations: usize =
        site.instruments.iter().map(|i| i.cited_by.iter().map(|(_, count)| count).sum::<usize>()).sum();
    assert_eq!(citations, 105);
    let cited = site.instruments.iter().filter(|i| !i.cited_by.is_empty()).count();
    assert!(cited <= 56, "{cited} works are cited");
    let requirements: usize =
        site.plans.iter().map(|plan| plan.nodes_of(gongbao::model::NodeKind::Requirement).count()).sum();
    assert_eq!(requirements, 12);
    let targets: usize = site.plans.iter().flat_map(|plan| &plan.tasks).map(|task| task.targets.len()).sum();
    assert_eq!(targets, 6);
}

#[test]
fn the_titles_cited_are_61() {
    use gongbao::facts::citation;
    let original = SITE.site.settings.original();
    let titles: BTreeSet<_> = SITE
        .site
        .plans
        .iter()
        .flat_map(|plan| plan.blocks.iter().map(|b| &b.original.text).chain(plan.title.get(&original)))
        .flat_map(|text| citation::read(text).citations)
        .map(|citation| citation.key())
        .collect();
    assert_eq!(titles.len(), 61);
}

#[test]
fn a_short_name_means_another_work_in_each_plan() {
    let instrument = |plan: &str| {
        let index = SITE
            .site
            .instruments
            .iter()
            .position(|i| i.plan.is_some_and(|p| SITE.site.plans[p].id.as_str() == plan));
        SITE.site.instruments[index.unwrap()].cited_by.iter().map(|(_, count)| count).sum::<usize>()
    };
    // 《工作方案》 and its full title: three times in the notice of 2022, twice in that of 2023.
    assert_eq!((instrument("2022"), instrument("2023")), (3, 3));
}

#[test]
fn every_yearly_task_has_its_threads_both_ways() {
    use gongbao::resolve::series::yearly;
    use gongbao::resolve::threads::rows;
    let site = &SITE.site;
    let years = yearly(&site.plans);
    let (first, last) = (years[0], years[years.len() - 1]);
    let mut tasks = 0;
    for plan in years {
        for task in &site.plans[plan].tasks {
            tasks += 1;
            let id = format!("{}/{}", site.plans[plan].id, task.number);
            let said = |kind: EndKind| task.ends.iter().any(|end| site.ends[*end].kind == kind);
            assert!(!task.threads.is_empty(), "{id}");
            assert!(plan == first || !task.before.is_empty() || said(EndKind::New), "{id} has a predecessor");
            assert!(plan == last || !task.after.is_empty() || said(EndKind::Dropped), "{id} has a successor");
        }
    }
    assert_eq!(tasks, 44);
    let leads = |from: &str, to: &str, kind: &str| {
        assert!(
            rows(site).any(|row| (&*row.from, &*row.to, row.kind) == (from, to, kind)),
            "{from} {kind} {to}"
        );
    };
    leads("2022/8", "2023/9", "merges-into");
    leads("2022/11", "2023/9", "merges-into");
    for part in ["11", "12", "13", "15", "5"] {
        leads("2023/12", &format!("2024/{part}"), "splits-into");
    }
    leads("2023/1", "2024/requirement-1", "dropped");
}

#[test]
fn each_link_opens_its_differences_on_three_pages() {
    let site = &SITE.site;
    for link in &site.links {
        let anchor =
            format!("id=\"{}-to-{}\"", site.item_id(link.from), site.item_id(link.to)).replace('/', "-");
        let thread = &site.threads[link.thread].slug;
        for lang in ["zh", "en"] {
            let mut pages = vec![format!("{lang}/threads/{thread}/index.html")];
            for item in [link.from, link.to] {
                let plan = &site.plans[item.plan];
                let task = plan.task_of(item.node).map(|task| plan.tasks[task].number);
                pages
                    .extend(task.map(|number| format!("{lang}/plans/{}/tasks/{number}/index.html", plan.id)));
            }
            for path in pages {
                let html = page(&path);
                let place = html.find(&anchor).unwrap_or_else(|| panic!("{path} lacks {anchor}"));
                assert!(html[place..].contains("<details class=\"changes\">"), "{path}");
            }
        }
    }
}

#[test]
fn topics_and_threads_are_in_the_data() {
    let tasks = tasks();
    let task = |id: &str| tasks.iter().find(|task| task["id"] == id).unwrap();
    assert_eq!(
        task("2022/11")["topics"],
        serde_json::json!(["geographical-indications", "exhibitions-and-events"])
    );
    assert_eq!(task("2023/7")["threads"], serde_json::json!(["geographical-indications"]));
    let bare: Vec<_> = tasks.iter().filter(|task| task["topics"] == serde_json::json!([])).collect();
    assert!(bare.is_empty(), "{:?}", bare.iter().map(|task| &task["id"]).collect::<Vec<_>>());
}

#[test]
fn evidence_is_quoted_and_no_status_is_stated() {
    let english = page("en/plans/promotion-plan/tasks/23/index.html");
    assert!(
        english.contains("严格按照《展会知识产权保护指引》加强展前排查")
            && english.contains("plans/2023/tasks/9/#")
    );
    for (path, bytes) in FILES.iter().filter(|(path, _)| path.extension() == "html") {
        let html = std::str::from_utf8(bytes).unwrap().to_lowercase();
        for status in ["overdue", "逾期", "已完成", "未完成"] {
            assert!(!html.contains(status), "{path} says {status}");
        }
    }
}

#[test]
fn a_work_named_without_marks_is_listed_apart() {
    let html = page("zh/instruments/trademark-law/index.html");
    assert!(html.contains("未加书名号") && html.contains("plans/2023/tasks/3/"));
    let regulations = page("zh/instruments/trademark-law-implementing-regulations/index.html");
    assert!(regulations.contains("未加书名号") && regulations.contains("plans/2023/tasks/3/"));
    let task = page("zh/plans/2023/tasks/1/index.html");
    assert!(task.contains("title=\"关于强化知识产权保护的意见\"") && task.contains("文中简称："));
}

/// The characters of a text that are not white space.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of the originals on a plan page, in reading order.
fn original_words(html: &str) -> String {
    let document = Html::parse_document(html);
    let originals = Selector::parse(".document .text.original").unwrap();
    let words: String = document.select(&originals).flat_map(|element| element.text()).collect();
    solid(&words)
}

#[test]
fn the_pages_say_what_the_sources_say() {
    for (plan, source) in SOURCES {
        let bytes = std::fs::read(crate::support::root().join("tests/sources").join(source)).unwrap();
        let imported = import::import(&bytes, &ImportOptions::default()).unwrap();
        let content =
            std::fs::read_to_string(crate::support::root().join(format!("content/plans/{plan}/zh.md")))
                .unwrap();
        import::prove(&bytes, &content, &imported.report).unwrap_or_else(|error| panic!("{plan}: {error}"));
        let index = SITE.site.plan(plan).unwrap();
        let texts: String =
            SITE.site.plans[index].blocks.iter().map(|block| block.original.text.as_str()).collect();
        for lang in ["zh", "en"] {
            let words = original_words(page(&format!("{lang}/plans/{plan}/index.html")));
            // Numbers of list items stand before the text and are not part of it.
            let numbered = SITE.site.plans[index].blocks.iter().fold(String::new(), |text, block| {
                let number = match block.original.kind {
                    gongbao::model::BlockKind::Item { number } => format!("{number}."),
                    _ => String::new(),
                };
                text + &number + &block.original.text
            });
            assert_eq!(words, solid(&numbered), "{lang} {plan}");
        }
        assert!(!texts.is_empty());
    }
}

/// What was corrected by hand after the import, and why.
const CORRECTIONS: &[(&str, &str, &str)] = &[(
    "2022-key-points",
    "issuer = \"国家知识产权局\"",
    "the title names the body whose key points these are; the importer takes issuers from notices only",
)];

#[test]
fn the_content_is_what_import_makes_but_for_explained_corrections() {
    for (plan, source) in SOURCES {
        let bytes = std::fs::read(crate::support::root().join("tests/sources").join(source)).unwrap();
        let imported = import::import(&bytes, &ImportOptions::default()).unwrap().markdown;
        let content =
            std::fs::read_to_string(crate::support::root().join(format!("content/plans/{plan}/zh.md")))
                .unwrap();
        let corrections: BTreeSet<_> = CORRECTIONS
            .iter()
            .filter(|(p, _, reason)| *p == plan && !reason.is_empty())
            .map(|c| c.1)
            .collect();
        let imported: BTreeSet<_> = imported.lines().collect();
        let committed: BTreeSet<_> = content.lines().collect();
        let changed: BTreeSet<_> = imported.symmetric_difference(&committed).copied().collect();
        assert_eq!(changed, corrections, "{plan}");
    }
}

#[test]
fn no_page_shows_leftovers() {
    for (path, bytes) in FILES.iter().filter(|(path, _)| path.extension() == "html") {
        let document = Html::parse_document(std::str::from_utf8(bytes).unwrap());
        let main = Selector::parse("main").unwrap();
        let text: String = document.select(&main).flat_map(|main| main.text()).collect();
        for leftover in
            ["京ICP备", "— 3 —", "— 8 —", "出所", "**", "字号：", "相关链接", "网站标识码", "{{ ", " }}"]
        {
            assert!(!text.contains(leftover), "{path} shows {leftover}");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let files = links::LinkableFiles::new(FILES.keys().cloned(), [&SITE.site.settings.base_url, "\0"]);
    let html = |path: &SitePath| std::str::from_utf8(&FILES[path]).unwrap();
    let pages: Vec<_> = FILES
        .keys()
        .filter(|path| path.extension() == "html")
        .map(|path| (path.clone(), files.read(path, html(path))))
        .collect();
    let mut links = 0;
    pages.iter().for_each(|(path, _)| links::scan::scan(html(path), &mut |_| links += 1));
    assert!(links > 20_000, "links were read");
    assert_eq!(
        files.check(pages.iter().map(|(path, links)| (path, links)), &|path| html(path).to_owned()),
        []
    );
}

#[test]
fn same_inputs_same_bytes() {
    let again = crate::support::render(&crate::support::real_site());
    assert!(*FILES == again);
}

#[test]
fn every_title_in_a_translation_leads_to_its_work() {
    let (em, link) = (Selector::parse(".text.translation em").unwrap(), Selector::parse("a").unwrap());
    let mut titles = 0;
    for plan in SOURCES.map(|(plan, _)| plan) {
        let path = format!("en/plans/{plan}/index.html");
        for title in Html::parse_document(page(&path)).select(&em) {
            let around =
                title.ancestors().any(|node| node.value().as_element().is_some_and(|e| e.name() == "a"));
            assert!(around || title.select(&link).next().is_some(), "{path}: {}", title.inner_html());
            titles += 1;
        }
    }
    assert!(titles > 80, "{titles} titles");
    let opinions = "href=\"../../../en/instruments/ip-protection-opinions/\"";
    assert!(
        page("en/plans/2023/index.html").matches(opinions).count() >= 2,
        "the short name leads there too"
    );
}

#[test]
fn a_short_name_is_listed_with_its_work_and_plan() {
    let work = page("zh/instruments/ip-protection-opinions/index.html");
    let facts = work.split("</header>").find(|part| part.contains("一份计划中的简称")).unwrap();
    assert!(facts.contains("《意见》") && facts.contains("plans/2023/"));
}

#[test]
fn targets_are_in_the_words_of_the_page() {
    let english = page("en/plans/promotion-plan/tasks/27/index.html");
    assert!(
        english.contains("<li>shorten the examination period for invention patents to 16.5 months or less (")
    );
    assert!(english.contains("<span lang=\"zh-Hans\">发明专利审查周期压减到16.5个月以内</span>"));
    assert!(
        page("zh/plans/promotion-plan/tasks/27/index.html")
            .contains("<li>发明专利审查周期压减到16.5个月以内</li>")
    );
}

#[test]
fn what_is_not_known_is_said_exactly() {
    let home = page("en/index.html");
    assert!(home.contains("For 8 of them, later documents show") && home.contains("for the other 51, these"));
    let alone = "No counterpart in the yearly plans is listed for this task.";
    for (index, task) in SITE.site.plans[SITE.site.plan("promotion-plan").unwrap()].tasks.iter().enumerate() {
        let path = format!("en/plans/promotion-plan/tasks/{}/index.html", index + 1);
        assert_eq!(page(&path).contains(alone), task.threads.is_empty(), "{path}");
    }
}

#[test]
fn pages_are_light() {
    // What a visitor loads before turning to the search, compressed as a careful host sends it.
    const BUDGETS: [(&str, usize); 3] =
        [("the largest task page", 15_000), ("styles", 12_000), ("scripts of a page", 5_000)];
    let files = |fits: &dyn Fn(&str) -> bool| -> Vec<&Vec<u8>> {
        FILES.iter().filter(|(path, _)| fits(path.as_str())).map(|(_, bytes)| bytes).collect()
    };
    let of = |fits: &dyn Fn(&str) -> bool| {
        files(fits).into_iter().map(|bytes| brotli_size(bytes)).collect::<Vec<_>>()
    };
    let mut tasks = files(&|path| path.contains("/tasks/") && path.ends_with("/index.html"));
    assert!(tasks.len() >= 332, "every task has its pages");
    // Compressing takes its time; what is small has no need of it.
    tasks.sort_by_key(|bytes| std::cmp::Reverse(bytes.len()));
    let tasks = tasks.iter().take(12).map(|bytes| brotli_size(bytes));
    let styles = of(&|path| path.ends_with(".css"));
    // Not what the search loads when it is turned to.
    let scripts = [
        "zh/index.html",
        "zh/plans/2023/index.html",
        "zh/plans/2023/tasks/1/index.html",
        "zh/timeline/index.html",
    ];
    let scripts = scripts.map(|path| {
        let html = page(path);
        let scripts = of(&|file| {
            file.starts_with("assets/")
                && file.ends_with(".js")
                && html.contains(&format!("{file}\"></script>"))
                || html.contains(&format!("{file}\" defer></script>"))
        });
        assert!(scripts.len() >= 3, "the scripts of {path} are found");
        scripts.iter().sum()
    });
    assert!(!styles.is_empty(), "the files are found");
    let sizes = [tasks.max().unwrap(), styles.iter().sum(), scripts.into_iter().max().unwrap()];
    for ((name, most), size) in BUDGETS.into_iter().zip(sizes) {
        println!("{name}: {size} of {most} bytes with Brotli");
        assert!(size <= most, "{name}: {size} bytes, {} too many", size - most);
    }
}

fn brotli_size(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    out.len()
}

/// What became of each task from year to year: every task of both plans is in the page of the two years.
#[test]
fn the_pages_of_two_years_have_every_task_once() {
    let site = &SITE.site;
    for (earlier, later) in [("2022", "2023"), ("2023", "2024")] {
        let path = format!("en/plans/{later}/since/{earlier}/index.html");
        let document = Html::parse_document(page(&path));
        let [rows, cells, links] =
            ["table.transition tbody tr", "td", "h2 a"].map(|selector| Selector::parse(selector).unwrap());
        let (mut left, mut right) = (BTreeSet::new(), Vec::new());
        for row in document.select(&rows) {
            let sides: Vec<_> = row.select(&cells).collect();
            let hrefs = |side: &scraper::ElementRef<'_>| -> Vec<String> {
                side.select(&links).map(|link| link.attr("href").unwrap().to_owned()).collect()
            };
            left.extend(hrefs(&sides[0]));
            right.extend(hrefs(&sides[1]).into_iter().filter(|href| href.contains("/tasks/")));
        }
        let tasks = |id: &str| site.plans[site.plan(id).unwrap()].tasks.len();
        assert_eq!(left.iter().filter(|href| href.contains("/tasks/")).count(), tasks(earlier), "{path}");
        assert_eq!(right.len(), tasks(later), "{path}");
    }
}
