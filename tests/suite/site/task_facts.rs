//! The facts of a task, from the text to the data, the pages and the calendar: wordings that no program
//! understands never stop a site, bodies have their roles everywhere, and the editor has the last word.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{gongbao, write};

const CONFIG: &str = "base_url = \"https://www.example.org/plans/\"\n[title]\nzh = \"试验\"\n[description]\n\
    zh = \"试验用的网站。\"\n[[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n\
    [[languages]]\ncode = \"en\"\ntag = \"en\"\nname = \"English\"\n";

/// A plan for 2026 whose first task is `item`, with more front matter.
fn plan(more: &str, item: &str) -> String {
    format!(
        "+++\nkind = \"annual-plan\"\nyear = 2026\ntitle = \"2026年试验工作方案\"\nissuer = \"某局\"\n\
         issued = 2026-01-15\ntasks = \"list\"\n{more}+++\n\n## 一、主要任务\n\n1. {item}\n"
    )
}

/// A built site, in a folder of its own.
struct Built {
    folder: tempfile::TempDir,
    said: String,
}

/// Checks and builds a site of one task; both must succeed.
#[track_caller]
fn built_with(more: &str, item: &str) -> Built {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("config.toml", CONFIG), ("content/plans/p2026/zh.md", &plan(more, item))]);
    let check = gongbao(folder.path(), &["check"]);
    let said = String::from_utf8_lossy(&check.stdout).into_owned() + &String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{item}\n{said}");
    let build = gongbao(folder.path(), &["build", "--as-of", "2026-02-01"]);
    assert!(build.status.success(), "{item}\n{}", String::from_utf8_lossy(&build.stderr));
    Built { folder, said }
}

#[track_caller]
fn built(item: &str) -> Built {
    built_with("", item)
}

impl Built {
    fn file(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join("public").join(path)).unwrap()
    }

    fn task(&self) -> Value {
        let tasks: Value = serde_json::from_str(&self.file("data/tasks.json")).unwrap();
        tasks[0].clone()
    }

    /// Kind, day, place and words of each deadline.
    fn deadlines(&self) -> Vec<[String; 4]> {
        let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
        let task = self.task();
        let deadlines = task["deadlines"].as_array().unwrap().iter();
        deadlines.map(|d| ["kind", "date", "where", "text"].map(|key| text(&d[key]))).collect()
    }

    fn bodies(&self) -> Value {
        self.task()["bodies"].clone()
    }

    /// Value and unit of each target.
    fn targets(&self) -> Vec<String> {
        let task = self.task();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        task["targets"].as_array().unwrap().iter().map(|t| text(&t["value"]) + &text(&t["unit"])).collect()
    }

    fn has(&self, path: &str) -> bool {
        Path::new(&self.folder.path().join("public").join(path)).exists()
    }
}

#[test]
fn an_official_wording_without_a_day_is_kept_in_words() {
    for (wording, english) in [
        ("2026年汛前完成", "before the flood season, 2026; no day stated"),
        ("主汛期来临前完成", "before the main flood season, 2026; no day stated"),
        ("全国两会前完成", "before the Two Sessions, 2026; no day stated"),
        ("入冬前完成", "before winter, 2026; no day stated"),
        ("会议召开前完成", "会议召开前完成"),
    ] {
        let site = built(&format!("编制办事指南。（某局负责；{wording}）"));
        assert_eq!(site.deadlines(), [["due", "none", "parenthesis", wording]], "{wording}");
        let page = site.file("zh/plans/p2026/tasks/1/index.html");
        assert!(page.contains(wording) && !page.contains("deadline due\"><time"), "{wording}");
        assert!(site.file("en/plans/p2026/tasks/1/index.html").contains(english), "{wording}");
        assert!(site.file("en/timeline/index.html").contains("no day stated"), "{wording}");
        assert!(site.file("data/deadlines.csv").contains(wording), "{wording}");
        assert!(
            !site.has("zh/deadlines.ics") || !site.file("zh/deadlines.ics").contains("VEVENT"),
            "{wording}"
        );
        assert!(!site.said.contains("改正") && !site.said.contains("写成"), "{}", site.said);
    }
}

#[test]
fn a_wording_that_gives_a_day_is_read() {
    for (wording, day) in [
        ("2026年上半年前完成", "2026-06-30"),
        ("2026年9月中旬前完成", "2026-09-20"),
        ("2026年第三季度前完成", "2026-09-30"),
        ("2026年Q3完成", "2026-09-30"),
        ("春节前完成", "2026-02-17"),
        ("2026年国庆节前完成", "2026-10-01"),
        ("中秋节前完成", "2026-09-25"),
        ("自印发之日起三年内完成", "2029-01-14"),
    ] {
        let site = built(&format!("编制办事指南。（某局负责；{wording}）"));
        assert_eq!(site.deadlines(), [["due", day, "parenthesis", wording]], "{wording}");
    }
    let festival = built("编制办事指南。（某局负责；春节前完成）");
    let page = festival.file("en/plans/p2026/tasks/1/index.html");
    assert!(page.contains("before the Spring Festival 2026 (February 17, 2026, by the calendar)"));
    assert_eq!(festival.task()["deadlines"][0]["basis"], "computed");
}

#[test]
fn a_hedge_is_quoted() {
    for wording in ["力争2026年6月底前完成", "原则上2026年6月底前完成", "除不可抗力外，2026年6月底前完成"]
    {
        let site = built(&format!("改造供水管网。（某局负责；{wording}）"));
        assert_eq!(site.deadlines(), [["due", "2026-06-30", "parenthesis", wording]]);
        assert!(site.file("zh/plans/p2026/tasks/1/index.html").contains(wording));
    }
}

#[test]
fn several_due_times_are_shown_with_their_clauses() {
    let site =
        built("改进采购。一是3月底前建立名录。二是统一文本。三是2026年8月底前完成首批采购。（市教育局负责）");
    let clauses = ["3月底前建立名录", "2026年8月底前完成首批采购"];
    let expected = [["due", "2026-03-31", "text", clauses[0]], ["due", "2026-08-31", "text", clauses[1]]];
    assert_eq!(site.deadlines(), expected);
    for file in ["zh/timeline/index.html", "zh/plans/p2026/tasks/1/index.html", "data/deadlines.csv"] {
        let text = site.file(file);
        assert!(clauses.iter().all(|clause| text.contains(clause)), "{file}");
    }
    let calendar = site.file("zh/deadlines.ics").replace("\r\n ", "");
    assert!(clauses.iter().all(|clause| calendar.contains(clause)), "{calendar}");
}

#[test]
fn bodies_have_their_roles_in_all_data() {
    let site =
        built("编制办事指南。（市水务局牵头，市财政局配合，省水利厅指导，市科协等参与；2026年6月底前完成）");
    let expected = json!([
        { "name": "市水务局", "role": "lead" },
        { "name": "市财政局", "role": "cooperate" },
        { "name": "省水利厅", "role": "guide" },
        { "name": "市科协", "role": "participate", "others": true },
    ]);
    assert_eq!(site.bodies(), expected);
    assert_eq!(site.task()["responsible"], json!(["市水务局"]));
    let table = site.file("data/tasks.csv");
    assert!(
        table.contains("lead: 市水务局; cooperate: 市财政局; guide: 省水利厅; participate: 市科协,市水务局,"),
        "{table}"
    );
    let page = site.file("en/plans/p2026/tasks/1/index.html");
    assert!(page.contains("cooperating") && page.contains("guidance") && page.contains("and others"));
}

#[test]
fn labels_and_tables_below_a_task_belong_to_it() {
    let labels = built("检修车辆。\n\n   责任单位：市交通局、市公安局\n\n   完成时限：2026年8月底前");
    assert_eq!(labels.deadlines(), [["due", "2026-08-31", "text", "2026年8月底前"]]);
    assert_eq!(labels.task()["responsible"], json!(["市交通局", "市公安局"]));
    let table = built(
        "检修车辆。\n\n   | 措施 | 牵头单位 | 配合单位 | 完成时限 |\n   |---|---|---|---|\n   | 检修 | 市交通局 | 市公安局 | 6月底前 |\n",
    );
    assert_eq!(table.deadlines(), [["due", "2026-06-30", "table", "6月底前"]]);
    let expected =
        json!([{ "name": "市交通局", "role": "lead" }, { "name": "市公安局", "role": "cooperate" }]);
    assert_eq!(table.bodies(), expected);
}

#[test]
fn every_figure_committed_to_is_a_target_and_no_criterion() {
    let check = |item: &str, targets: &[&str]| assert_eq!(built(item).targets(), targets, "{item}");
    check("改造使用年限超过30年的供水管网120公里。（某局负责；持续推进）", &["120公里"]);
    check(
        "新增节水型企业30家、节水型小区45个、节水型高校2所。（某局负责；持续推进）",
        &["30家", "45个", "2所"],
    );
    check("新建社区阅览室20个。（某局负责；持续推进）", &["20个"]);
    check("集体讨论处罚金额超过100万元的案件。（某局负责；持续推进）", &[]);
}

const ITEM: &str = "编制办事指南，新建阅览室20个。（市水务局负责；2026年6月底前完成）";

#[test]
fn an_editor_replaces_adds_and_removes_facts() {
    let none = built_with("[[facts]]\ntask = \"1\"\ndeadlines = []\nbodies = []\ntargets = []\n", ITEM);
    assert_eq!((none.deadlines(), none.bodies(), none.targets()), (vec![], json!([]), vec![]));
    let other = "[[facts]]\ntask = \"1\"\n\
        deadlines = [{ date = 2026-05-31, precision = \"month\", text = \"编制办事指南\" }]\n\
        add.bodies = [{ name = \"阅览室\", role = \"participate\", text = \"新建阅览室\" }]\n\
        targets = [{ value = \"20\", unit = \"个\", bound = \"at-least\", measures = \"阅览室\", text = \"新建阅览室20个\" }]\n";
    let site = built_with(other, ITEM);
    assert_eq!(site.deadlines(), [["due", "2026-05-31", "front-matter", "编制办事指南"]]);
    assert_eq!(site.bodies()[1], json!({ "name": "阅览室", "role": "participate" }));
    assert_eq!(site.task()["targets"][0]["bound"], "at-least");
    assert!(site.file("zh/timeline/index.html").contains("编制办事指南"));
}

#[test]
fn what_the_editor_states_of_a_day_that_cannot_be_is_not_reported() {
    let more =
        "[[facts]]\ntask = \"1\"\ndeadlines = [{ date = 2026-02-28, text = \"2026年2月30日前完成\" }]\n";
    let site = built_with(more, "编制办事指南。（2026年2月30日前完成）");
    assert!(!site.said.contains("impossible-date"), "{}", site.said);
}

/// The output of `check` for a site with this front matter.
fn said(more: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("config.toml", CONFIG), ("content/plans/p2026/zh.md", &plan(more, ITEM))]);
    let output = gongbao(folder.path(), &["check"]);
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

#[test]
fn a_correction_that_no_longer_fits_is_reported() {
    let (passed, text) = said(
        "[[facts]]\ntask = \"1\"\ntargets = [{ value = \"30\", unit = \"个\", text = \"新建阅览室30个\" }]\n",
    );
    assert!(!passed && text.contains("error[fact-not-in-text]"), "{text}");
    let (passed, text) = said("[[facts]]\ntask = \"9\"\ntargets = []\n");
    assert!(!passed && text.contains("error[unknown-id]"), "{text}");
    let same = "[[facts]]\ntask = \"1\"\nadd.bodies = [{ name = \"市水务局\", role = \"responsible\", text = \"市水务局\" }]\n";
    let (passed, text) = said(same);
    assert!(passed && text.contains("warning[no-effect]"), "{text}");
}

/// A body has a page with the tasks that name it; without one there are no such pages.
#[test]
fn bodies_have_pages_with_their_tasks() {
    let built = built_with(
        "",
        "改造图书馆，2026年6月底前完成。（市文化局牵头，市财政局配合）\n\n2. 培训馆员。（市文化局负责）",
    );
    let read = |path: &str| fs::read_to_string(built.folder.path().join("public").join(path)).unwrap();
    let page = read("zh/bodies/shiwenhuaju/index.html");
    assert!(page.contains("id=\"lead\"") && page.contains("id=\"responsible\""), "{page}");
    assert!(!page.contains("id=\"cooperate\""), "{page}");
    assert!(read("zh/bodies/shicaizhengju/index.html").contains("id=\"cooperate\""));
    assert!(read("zh/bodies/shiwenhuaju/deadlines.ics").contains("20260630"));
    assert!(read("zh/bodies/shiwenhuaju/atom.xml").contains("培训馆员"));
    assert!(read("zh/plans/p2026/tasks/1/index.html").contains("bodies/shicaizhengju/"));
    let list = read("zh/bodies/index.html");
    assert!(list.find("市文化局") < list.find("市财政局"), "those with the most tasks come first");
    let none = built_with("", "培训馆员。");
    assert!(!none.folder.path().join("public/zh/bodies").exists());
    let home = fs::read_to_string(none.folder.path().join("public/zh/index.html")).unwrap();
    assert!(!home.contains("bodies/"));
}
