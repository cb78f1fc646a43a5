//! Calendars that are subscribed to: entries keep their ids, and programs notice due days that were corrected.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::BTreeMap;

use crate::support::{gongbao, write};
use icalendar::parser;

const CONFIG: &str = "base_url = \"https://www.example.org:8443/plans/\"\n[title]\nzh = \"试验\"\n\
    [[languages]]\ncode = \"zh\"\ntag = \"zh-Hans\"\nname = \"中文\"\n";

/// The entries of the calendar of a site with one plan, by `UID`.
fn events(front: &str, first: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!(
        "+++\nkind = \"annual-plan\"\nyear = 2026\ntitle = \"2026年试验工作方案\"\nissuer = \"某局\"\n\
         issued = 2026-01-15\ntasks = \"list\"\n{front}+++\n\n请于3月15日前报送实施方案。\n\n\
         ## 一、主要任务\n\n1. {first}\n\n2. 组织业务培训。（某局负责；2026年9月底前完成）\n"
    );
    write(folder.path(), &[("config.toml", CONFIG), ("content/plans/p2026/zh.md", &plan)]);
    let built = gongbao(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let text = std::fs::read_to_string(folder.path().join("public/zh/deadlines.ics")).unwrap();
    let unfolded = parser::unfold(&text);
    let calendar = parser::read_calendar(&unfolded).unwrap();
    let properties = |component: &parser::Component<'_>| {
        let all: BTreeMap<_, _> =
            component.properties.iter().map(|p| (p.name.to_string(), p.val.to_string())).collect();
        (all["UID"].clone(), all)
    };
    calendar.components.iter().map(properties).collect()
}

const FIRST: &str = "p2026.task-1@www.example.org";
const SECOND: &str = "p2026.task-2@www.example.org";
const MILESTONE: &str = "p2026.milestone-1@www.example.org";

fn correction(day: &str, item: &str, old: &str, new: &str) -> String {
    let item = if item.is_empty() { String::new() } else { format!("item = \"{item}\"\n") };
    format!("[[corrections]]\ndate = {day}\n{item}old = \"{old}\"\nnew = \"{new}\"\n")
}

/// The `SEQUENCE` of the first task, the day of its last change, and that all else is as before.
fn check(front: &str, first: &str, uid: &str, expected: Option<(&str, &str)>) {
    let before = events(MILESTONES, "编制办事指南。（某局负责；2026年6月底前完成）");
    let after = events(&format!("{MILESTONES}{front}"), first);
    let get = |name: &str| after[uid].get(name).map(String::as_str);
    assert_eq!(get("SEQUENCE"), expected.map(|(sequence, _)| sequence), "{front}");
    let stamp = expected.map(|(_, day)| format!("{day}T000000Z"));
    assert_eq!(get("LAST-MODIFIED"), stamp.as_deref(), "{front}");
    assert_eq!(get("DTSTAMP"), Some(stamp.as_deref().unwrap_or("20260115T000000Z")), "{front}");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "the ids stay");
    for other in [FIRST, SECOND, MILESTONE].into_iter().filter(|other| *other != uid && *other != FIRST) {
        assert_eq!(before[other], after[other], "{other} was not touched");
    }
}

const MILESTONES: &str = "[[milestones]]\ndue = 2026-03-15\ntitle = \"报送实施方案\"\n";

#[test]
fn a_corrected_due_day_counts_its_corrections() {
    let august = "编制办事指南。（某局负责；2026年8月底前完成）";
    let whole = |item: &str| correction("2026-03-01", item, "2026年6月底前完成", "2026年8月底前完成");
    check(&whole("1"), august, FIRST, Some(("1", "20260301")));
    // The words of a correction may be few, and it may name no item.
    check(&correction("2026-03-01", "1", "年6月", "年8月"), august, FIRST, Some(("1", "20260301")));
    check(&whole(""), august, FIRST, Some(("1", "20260301")));
    let twice =
        correction("2026-03-01", "1", "6月底", "7月底") + &correction("2026-04-02", "1", "7月底", "8月底");
    check(&twice, august, FIRST, Some(("2", "20260402")));
}

#[test]
fn other_corrections_are_no_revisions() {
    let june = "编制办事指南。（某局负责；2026年6月底前完成）";
    check(&correction("2026-03-01", "1", "编制办事说明", "编制办事指南"), june, FIRST, None);
    check(&correction("2026-03-01", "2", "组织业务学习", "组织业务培训"), june, SECOND, None);
    check("", june, FIRST, None);
    // A later correction of other words does not take the place of the day of the revision.
    let both = correction("2026-03-01", "1", "6月底", "8月底")
        + &correction("2026-05-06", "1", "办事说明", "办事指南");
    check(&both, "编制办事指南。（某局负责；2026年8月底前完成）", FIRST, Some(("1", "20260301")));
}

#[test]
fn a_corrected_milestone_is_a_revision() {
    let june = "编制办事指南。（某局负责；2026年6月底前完成）";
    let front = correction("2026-02-10", "", "于3月1日前", "于3月15日前");
    check(&front, june, MILESTONE, Some(("1", "20260210")));
}

/// Ids become names of files on calendar servers.
#[test]
fn ids_are_names_of_files() {
    for uid in events(MILESTONES, "编制办事指南。（某局负责；2026年6月底前完成）").keys()
    {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-.@".contains(&b);
        assert!(uid.bytes().all(fits) && uid.len() < 200, "{uid}");
    }
}
