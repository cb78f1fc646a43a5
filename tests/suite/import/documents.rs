//! The importer on whole documents: the five real sources and invented ones of the genre.
//!
//! Each document has its expected Markdown beside it; run with `GONGBAO_UPDATE=1` to accept
//! what the importer makes now, and read the difference. Reports are `insta` snapshots.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use gongbao::import::{DoubtKind, DropReason, Import, ImportError, ImportOptions, Unreadable, import, prove};
use gongbao::model::TaskMarking;
use gongbao::model::document::PlanKind;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Imports `input`, compares with `expected`, and takes a snapshot of the report.
#[track_caller]
fn check(name: &str, input: &Path, expected: &Path) -> Import {
    let bytes = fs::read(input).unwrap();
    let done = import(&bytes, &ImportOptions::default()).unwrap();
    if std::env::var_os("GONGBAO_UPDATE").is_some() {
        fs::write(expected, &done.markdown).unwrap();
    }
    let golden = fs::read_to_string(expected).unwrap_or_default();
    assert!(done.markdown == golden, "{name} differs from {}:\n{}", expected.display(), done.markdown);
    assert_eq!(prove(&bytes, &done.markdown, &done.report).unwrap(), done.report.proof);
    snapshots().bind(|| insta::assert_snapshot!(name, done.report.render()));
    done
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests().join("import/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings
}

/// A real source.
#[track_caller]
fn real(file: &str, plan: &str) -> Import {
    check(plan, &tests().join("sources").join(file), &tests().join("import/real").join(format!("{plan}.md")))
}

/// An invented document.
#[track_caller]
fn sample(name: &str) -> Import {
    let folder = tests().join("import").join(name);
    check(name, &folder.join("input.txt"), &folder.join("expected.md"))
}

fn milestones(done: &Import) -> Vec<&str> {
    done.report.metadata.iter().filter(|m| m.field == "milestones").map(|m| m.value.as_str()).collect()
}

fn doubts(done: &Import) -> Vec<DoubtKind> {
    done.report.doubts.iter().map(|d| d.kind).collect()
}

#[test]
fn the_annual_plan_of_2022() {
    let done = real("000_b01bbc83b26f73de.txt", "2022");
    let found = &done.report.structure;
    assert_eq!((found.notice, found.sections, found.tasks, found.requirements), (true, 7, 14, 4));
    assert_eq!(milestones(&done), ["2022-02-28 报送实施方案", "2022-12-01 报送工作总结"]);
}

#[test]
fn the_annual_plan_of_2023() {
    let done = real("001_f9df04c0a23847dd.txt", "2023");
    let found = &done.report.structure;
    assert_eq!((found.notice, found.sections, found.tasks, found.requirements), (true, 7, 14, 4));
    let expected = ["2023-03-15 报送实施方案", "2023-07-01 报送半年工作总结", "2023-12-01 报送全年工作总结"];
    assert_eq!(milestones(&done), expected);
}

#[test]
fn the_key_points_of_2022() {
    let done = real("002_90d91d2947538e52.txt", "2022-key-points");
    assert_eq!((done.report.structure.tasks, done.report.structure.sections), (8, 0));
}

#[test]
fn the_promotion_plan() {
    let done = real("003_057f6db728114243.txt", "promotion-plan");
    let found = &done.report.structure;
    assert_eq!((found.sections, found.tasks, found.deadlines), (6, 114, 114));
    for leftover in ["首页", "京ICP备", "相关链接", "字号"] {
        assert!(!done.markdown.contains(leftover), "{leftover}");
    }
}

#[test]
fn the_annual_plan_of_2024() {
    let done = real("004_d81ab9be073c6254.txt", "2024");
    let found = &done.report.structure;
    assert_eq!((found.notice, found.sections, found.tasks, found.requirements), (false, 8, 16, 4));
}

#[test]
fn items_name_responsible_bodies() {
    let done = sample("responsible-bodies");
    assert_eq!((done.report.structure.tasks, done.report.structure.deadlines), (6, 5));
    assert!(doubts(&done).contains(&DoubtKind::Numbering), "there is no item 5");
}

#[test]
fn enumerations_stay_in_their_paragraph() {
    let done = sample("enumerated");
    assert_eq!((done.report.structure.tasks, done.report.structure.requirements), (3, 2));
    assert!(done.markdown.contains("一是加强预付式消费监管；二是规范直播带货行为；三是整治"));
}

#[test]
fn columns_become_tables() {
    assert_eq!(sample("table").report.structure.tables, 2);
}

#[test]
fn gb18030_with_crlf_is_read() {
    let done = sample("gb18030-crlf");
    assert_eq!((done.report.input.encoding, done.report.structure.tasks), ("gb18030", 3));
    assert_eq!(milestones(&done), ["2024-06-30 报送落实情况"]);
}

#[test]
fn a_plan_needs_no_sections() {
    let done = sample("no-sections");
    assert_eq!((done.report.structure.tasks, done.report.structure.sections), (4, 0));
}

#[test]
fn headers_repeated_on_each_page_are_dropped() {
    let done = sample("running-heads");
    let dropped = |reason| done.report.dropped.iter().filter(|d| d.reason == reason).count();
    assert_eq!((dropped(DropReason::RunningHead), dropped(DropReason::PageNumber)), (3, 3));
    assert_eq!((done.report.structure.tasks, done.report.structure.requirements), (4, 2));
}

#[test]
fn clean_markdown_stays_as_it_is() {
    let done = sample("clean-markdown");
    assert_eq!((done.report.structure.tasks, done.report.structure.deadlines), (3, 3));
}

#[test]
fn a_web_page_gives_up_its_metadata() {
    let done = sample("web-page");
    let found = &done.report.structure;
    assert_eq!((found.tasks, found.requirements), (4, 2));
    assert!(done.markdown.contains("number = \"示科发〔2022〕28号\""));
}

#[test]
fn three_hundred_tasks_are_imported() {
    let item =
        |n| format!("{n}. 推进第{n}项示例工作，形成可复制的经验。（202{}年12月底前完成）\n", 3 + n % 3);
    let list: String = (1..=300).map(item).collect();
    let done =
        import(format!("示例推进计划\n一、任务\n{list}").as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!((done.report.structure.tasks, done.report.structure.deadlines), (300, 300));
    assert!(done.markdown.contains("\n300. 推进第300项示例工作"));
    assert_eq!(doubts(&done), [DoubtKind::NoYear]);
}

#[test]
fn nothing_and_garbage_are_errors() {
    for empty in ["", " \n\n\u{C}\n", "— 1 —\n"] {
        assert!(matches!(
            import(empty.as_bytes(), &ImportOptions::default()),
            Err(ImportError::Empty { .. })
        ));
    }
    let garbage: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert!(matches!(
        import(&garbage, &ImportOptions::default()),
        Err(ImportError::Unreadable(Unreadable::NotText { .. }))
    ));
}

#[test]
fn what_was_imported_imports_to_itself() {
    for plan in ["2022", "2023", "2022-key-points", "promotion-plan", "2024"] {
        let golden = fs::read_to_string(tests().join("import/real").join(format!("{plan}.md"))).unwrap();
        let body = golden.splitn(3, "+++\n").nth(2).unwrap();
        let again = import(body.as_bytes(), &ImportOptions::default()).unwrap();
        assert_eq!(again.markdown.splitn(3, "+++\n").nth(2).unwrap(), body, "{plan}");
    }
}

#[test]
fn options_speak_where_the_source_is_silent() {
    let options = ImportOptions {
        kind: Some(PlanKind::PromotionPlan),
        year: Some(2022),
        tasks: Some(TaskMarking::List),
        source: Some("https://example.gov.cn/1".to_owned()),
        ..ImportOptions::default()
    };
    let done = import("一、任务\n1. 甲。\n2. 乙。\n".as_bytes(), &options).unwrap();
    let expected = "+++\nkind = \"promotion-plan\"\nyear = 2022\nsource = \"https://example.gov.cn/1\"\ntasks = \"list\"\n+++\n";
    assert!(done.markdown.starts_with(expected), "{}", done.markdown);
}

#[test]
fn the_report_is_data() {
    let done =
        import("一、任务\n- 甲 (乙)。\n2. 乙。\n— 1 —\n".as_bytes(), &ImportOptions::default()).unwrap();
    let json = serde_json::to_value(&done.report).unwrap();
    assert_eq!(
        json["normalisations"]["list-number"][0],
        serde_json::json!({"line": 2, "from": "-", "to": "1."})
    );
    assert_eq!(json["dropped"][0]["reason"], "page-number");
    assert_eq!(json["proof"]["written"], 15);
}
