//! The readers of `facts` on the five documents of the real site.

use std::collections::{BTreeMap, BTreeSet};

use gongbao::facts::deadline::{Context, FactPlace};
use gongbao::facts::{alias, body, citation, date, deadline, target};

const PLANS: &[(&str, &str, Option<i16>)] = &[
    ("2022", include_str!("../../spec/texts/2022.txt"), Some(2022)),
    ("2022-key-points", include_str!("../../spec/texts/2022-key-points.txt"), Some(2022)),
    ("2023", include_str!("../../spec/texts/2023.txt"), Some(2023)),
    ("2024", include_str!("../../spec/texts/2024.txt"), Some(2024)),
    ("promotion-plan", include_str!("../../spec/texts/promotion-plan.txt"), None),
];

/// The title of the promotion plan: metadata in the text files, a line of the source.
const PROMOTION_TITLE: &str = "深入实施《关于强化知识产权保护的意见》推进计划";

fn context(year: Option<i16>) -> Context {
    Context { year, issued: None }
}

fn items() -> Vec<&'static str> {
    let (_, text, _) = PLANS[4];
    let lines = text.lines();
    lines.filter(|l| l.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn promotion_plan_deadlines() {
    let (mut ongoing, mut both, mut due) = (0, 0, BTreeMap::<String, usize>::new());
    assert_eq!(items().len(), 114);
    for item in items() {
        let reading = deadline::read(item, &context(None));
        assert_eq!(reading.problems, [], "{item}");
        let dates: Vec<_> = reading.deadlines.iter().filter_map(|d| d.date).collect();
        let goes_on = reading.deadlines.iter().any(|d| d.kind == deadline::DeadlineKind::Ongoing);
        match (dates.as_slice(), goes_on) {
            ([], true) => ongoing += 1,
            ([date], goes_on) => {
                *due.entry(date.to_string()).or_default() += 1;
                both += usize::from(goes_on);
            }
            _ => panic!("{item}: {reading:?}"),
        }
    }
    let expected =
        [("2022-06-30", 1), ("2022-12-31", 15), ("2023-12-31", 22), ("2024-12-31", 2), ("2025-12-31", 14)];
    let expected = expected.map(|(day, n)| (day.to_owned(), n));
    assert_eq!(due, BTreeMap::from(expected));
    assert_eq!((ongoing, both), (60, 9));
}

#[test]
fn citations() {
    let texts = PLANS.iter().map(|(_, text, _)| *text).chain([PROMOTION_TITLE]);
    let readings: Vec<_> = texts.map(citation::read).collect();
    assert!(readings.iter().all(|reading| reading.problems.is_empty()));
    let all: Vec<_> = readings.into_iter().flat_map(|r| r.citations).collect();
    let titles: BTreeSet<_> = all.iter().map(citation::Citation::key).collect();
    assert_eq!((all.len(), titles.len()), (105, 61));
}

#[test]
fn aliases() {
    let mut found = Vec::new();
    for (plan, text, _) in PLANS {
        let reading = alias::read(text);
        assert_eq!(reading.problems, []);
        let named = reading.aliases.into_iter();
        found.extend(named.map(|a| format!("{plan}: {} = {}", a.name, a.full)));
    }
    insta::assert_snapshot!(found.join("\n"), @r"
    2022: 工作方案 = 2022年全国知识产权行政保护工作方案
    2022-key-points: 海牙协定 = 工业品外观设计国际注册海牙协定
    2023: 工作方案 = 2023年全国知识产权行政保护工作方案
    2023: 意见 = 关于强化知识产权保护的意见
    ");
}

#[test]
fn reporting_days_of_the_notices() {
    let mut found = Vec::new();
    for (plan, text, year) in PLANS {
        let reading = deadline::read(text, &context(*year));
        assert_eq!(reading.problems, []);
        for due in reading.deadlines.iter().filter(|due| due.place == FactPlace::Text) {
            let date = due.date.map(|d| d.to_string()).unwrap_or_default();
            found.push(format!("{plan}: {date} {}", &text[due.time.clone()]));
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r"
    2022: 2022-02-28 2022年2月28日
    2022: 2022-12-01 12月1日前
    2023: 2023-03-15 2023年3月15日
    2023: 2023-07-01 7月1日
    2023: 2023-12-01 12月1日前
    ");
}

#[test]
fn targets() {
    let mut found = Vec::new();
    for (plan, text, _) in PLANS {
        for t in target::read(text) {
            let line = text[..t.span.start].matches('\n').count() + 1;
            found.push(format!(
                "{plan}:{line}: {} | {} {} {:?} {:?} | {}",
                t.measures, t.value, t.unit, t.change, t.bound, t.text
            ));
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r"
    promotion-plan:59: 发明专利审查周期 | 16.5 个月 Level AtMost | 压减到16.5个月以内
    promotion-plan:59: 一般情形商标注册审查周期 | 7 个月 Level Exactly | 稳定在7个月
    promotion-plan:59: 马德里领土延伸申请实质审查平均审查周期 | 4 个月 Level Exactly | 稳定在4个月
    promotion-plan:63: 农业植物新品种权受理 | 7000 件 Level AtLeast | 7000件以上
    promotion-plan:63: 授权 | 3000 件 Level AtLeast | 3000件以上
    promotion-plan:63: 审查周期 | 15 天 Decrease Exactly | 缩短15天
    ");
}

#[test]
fn nothing_else_is_misread() {
    for (plan, text, year) in PLANS {
        for line in text.lines() {
            if *plan != "promotion-plan" {
                let reading = deadline::read(line, &context(*year));
                let notice = line.contains("请分别于");
                assert!(notice || reading == deadline::DeadlineReading::default(), "{line}");
            }
            assert_eq!(body::read(line), body::BodyReading::default(), "{line}");
            assert_eq!(date::read(line, *year).problems, [], "{line}");
        }
    }
}

/// Every time that the texts name, by how often: a new one shows here first.
#[test]
fn times_named() {
    let mut named = BTreeMap::<String, usize>::new();
    for (_, text, year) in PLANS {
        for moment in date::read(text, *year).moments {
            let words = text[moment.span.clone()].to_owned();
            *named.entry(format!("{words} {:?}", moment.edge)).or_default() += 1;
        }
    }
    insta::assert_debug_snapshot!(named);
}
