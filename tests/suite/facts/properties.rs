//! Properties of `facts`: whatever the text, no panic, and spans that can be cut with.

use gongbao::facts::deadline::Context;
use gongbao::facts::{Problem, Span, alias, body, citation, date, deadline, target};
use jiff::civil::Date;
use proptest::prelude::*;

/// Pieces of the genre: put together at random they come near to every rule.
const PIECES: &[&str] = &[
    "2025年",
    "２０２５年",
    "二〇二五年",
    "12月",
    "十二月",
    "31日",
    "30日",
    "底",
    "前",
    "底前",
    "末",
    "第一季度",
    "上半年",
    "年底",
    "年内",
    "“十四五”",
    "十五",
    "期间",
    "每年",
    "每季度",
    "本月",
    "至",
    "到",
    "—",
    "-",
    "、",
    "和",
    "，",
    "。",
    "；",
    "：",
    "\n",
    " ",
    "　",
    "（",
    "）",
    "(",
    ")",
    "【",
    "】",
    "《",
    "》",
    "〈",
    "〉",
    "完成",
    "持续推进",
    "并",
    "长期",
    "以下简称",
    "“",
    "”",
    "国家知识产权局",
    "司法部",
    "负责",
    "牵头",
    "责任单位",
    "配合单位",
    "按职责分工",
    "会同",
    "等",
    "16.5",
    "7,000",
    "1.2万",
    "百分之九十",
    "%",
    "个月",
    "件",
    "以上",
    "以内",
    "达到",
    "缩短",
    "稳定在",
    "建成",
    "第",
    "〔2022〕5号",
    "99999999999",
    "0",
    ".",
    "é",
    "😀",
    "\u{301}",
    "审查周期",
    "试行",
    "汛",
    "春节",
    "“五一”",
    "两会召开",
    "力争",
    "自",
    "之日起",
    "印发",
    "三年内",
    "30日内",
    "完成时限：",
    "建成",
    "的",
    "除",
    "外",
    "政務局牽頭",
    "新增",
    "家、",
    "万立方米/日",
    "的管道",
    "〔",
    "〕",
    "[",
    "]",
    "于",
    "起",
    "旬",
    "上旬",
    "初",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..24);
    prop_oneof![
        1 => any::<String>(),
        4 => pieces.prop_map(|pieces| pieces.concat()),
        2 => mutated(),
    ]
}

/// A line of the five texts with a character taken out, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let texts =
        [include_str!("../../spec/texts/2023.txt"), include_str!("../../spec/texts/promotion-plan.txt")];
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let pick = prop::sample::select(lines);
    (pick, any::<prop::sample::Index>(), 0..3_u8, any::<char>()).prop_map(|(line, place, change, new)| {
        let mut chars: Vec<char> = line.chars().collect();
        if !chars.is_empty() {
            let at = place.index(chars.len());
            match change {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, chars[at]),
                _ => chars[at] = new,
            }
        }
        chars.into_iter().collect()
    })
}

/// Slicing panics where a span is outside the text or inside a character.
fn check_spans<'a>(text: &str, spans: impl IntoIterator<Item = &'a Span>) {
    for span in spans {
        assert!(!text[span.clone()].is_empty(), "{span:?} is empty in {text:?}");
    }
}

fn check_problems(text: &str, problems: &[Problem]) {
    check_spans(text, problems.iter().map(|problem| &problem.span));
}

fn check_order<'a>(spans: impl IntoIterator<Item = &'a Span>) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end, "{span:?} begins before {end}");
        end = span.end;
    }
}

fn check_dates(text: &str) {
    for year in [None, Some(2024)] {
        let dates = date::read(text, year);
        check_spans(text, dates.moments.iter().map(|m| &m.span));
        check_order(dates.moments.iter().map(|m| &m.span));
        check_problems(text, &dates.problems);
        let context = Context { year, issued: year.and_then(|year| Date::new(year, 3, 1).ok()) };
        let reading = deadline::read(text, &context);
        check_deadlines(text, &reading);
        assert_eq!(reading, deadline::read(text, &context));
    }
}

fn check_deadlines(text: &str, reading: &deadline::DeadlineReading) {
    check_spans(text, reading.deadlines.iter().map(|d| &d.span));
    check_spans(text, reading.deadlines.iter().map(|d| &d.time));
    check_order(reading.deadlines.iter().map(|d| &d.time));
    check_spans(text, &reading.parenthesis);
    check_problems(text, &reading.problems);
    for deadline in &reading.deadlines {
        assert_eq!(deadline.text, text[deadline.span.clone()]);
        let quoted = deadline.span.start <= deadline.time.start && deadline.time.end <= deadline.span.end;
        assert!(quoted, "{deadline:?}");
        let dated = deadline.date.is_some() || deadline.recurrence.is_some() || deadline.edge.is_some();
        assert!(dated || deadline.kind == deadline::DeadlineKind::Ongoing, "{deadline:?}");
    }
}

fn check_citations(text: &str) {
    let reading = citation::read(text);
    check_problems(text, &reading.problems);
    check_order(reading.citations.iter().map(|c| &c.span));
    for citation in &reading.citations {
        check_spans(text, [&citation.span, &citation.title_span]);
        assert_eq!(citation.title, text[citation.title_span.clone()]);
        assert_eq!(citation::key(&citation.key()), citation.key());
    }
    let aliases = alias::read(text);
    check_problems(text, &aliases.problems);
    for alias in &aliases.aliases {
        check_spans(text, [&alias.span, &alias.full_span, &alias.parenthesis]);
        assert_eq!(alias.name, text[alias.span.clone()]);
    }
}

fn check_targets(text: &str) {
    let targets = target::read(text);
    check_spans(text, targets.iter().map(|t| &t.span));
    check_order(targets.iter().map(|t| &t.span));
    for target in &targets {
        assert_eq!(target.measures, text[target.measures_span.clone()]);
        assert!(target.value.parse::<f64>().is_ok(), "{target:?}");
    }
}

fn check_bodies(text: &str) {
    let reading = body::read(text);
    check_problems(text, &reading.problems);
    for body in &reading.bodies {
        check_spans(text, [&body.span]);
        assert_eq!(body.name, text[body.span.clone()]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_can_be_cut_with(text in text()) {
        check_dates(&text);
        check_citations(&text);
        check_targets(&text);
        check_bodies(&text);
    }

    /// What a parenthesis promises does not depend on what stands before it.
    #[test]
    fn a_promise_stands_alone(item in "[a-z一-十 ，、。]{0,20}", end in prop::sample::select(vec!["", "。"])) {
        let promise = "（2025年12月底前完成并持续推进）";
        let alone = deadline::read(promise, &Context::default());
        let reading = deadline::read(&format!("{item}{promise}{end}"), &Context::default());
        let dates = |reading: &deadline::DeadlineReading| reading.deadlines.iter().map(|d| (d.kind, d.date)).collect::<Vec<_>>();
        prop_assert_eq!(dates(&alone), dates(&reading));
    }
}

/// One wrong or missing character in a deadline: it is read or it is reported, never lost.
#[test]
fn a_damaged_deadline_is_never_lost() {
    let items = [
        "推进建设。（2025年12月底前完成并持续推进）",
        "推进建设。（2023年第一季度完成）",
        "推进建设。（司法部负责，2025年6月30日前完成）",
        "推进建设。（“十四五”期间）",
        "推进建设。（持续推进）",
    ];
    for item in items {
        let promise = item.chars().position(|c| c == '（').expect("items have one");
        for at in promise..item.chars().count() {
            for new in ["", "口", "1", "年"] {
                let chars = item.chars().enumerate();
                let damaged = chars.map(|(i, c)| if i == at { new.to_owned() } else { c.to_string() });
                let damaged: String = damaged.collect();
                let reading = deadline::read(&damaged, &Context { year: Some(2024), issued: None });
                let lost = reading.deadlines.is_empty() && reading.problems.is_empty();
                assert!(!lost, "{damaged}");
            }
        }
    }
}
