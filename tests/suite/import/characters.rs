//! Characters that stand for others: text as PDFs give it is imported like the text that people see.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use gongbao::import::{Import, ImportOptions, Rule, import, prove};
use gongbao_search::characters::ordinary;

/// The text in the first characters that stand for its own, and how many there are.
fn disguised(text: &str) -> (String, usize) {
    let disguise = |c: char| {
        let mut candidates =
            ('\u{2e80}'..='\u{2fdf}').chain('\u{f900}'..='\u{fad9}').chain('\u{2f800}'..='\u{2fa1d}');
        candidates.find(|d| ordinary(*d) == Some(c.to_string().as_str()))
    };
    let mut known = std::collections::HashMap::new();
    let mut count = 0;
    let text = text.chars().map(|c| {
        let found = *known.entry(c).or_insert_with(|| disguise(c));
        count += usize::from(found.is_some());
        found.unwrap_or(c)
    });
    (text.collect(), count)
}

fn imported(text: &str) -> Import {
    import(text.as_bytes(), &ImportOptions::default()).unwrap()
}

/// Imports a text and its disguise: the same Markdown, and as many edits as there were other characters.
fn check(text: &str) {
    let (hidden, count) = disguised(text);
    assert!(count > 0, "{text}");
    let (plain, folded) = (imported(text), imported(&hidden));
    assert_eq!(plain.markdown, folded.markdown);
    assert_eq!(plain.report.structure, folded.report.structure);
    assert_eq!(plain.report.proof, folded.report.proof);
    assert!(!plain.report.normalisations.contains_key(&Rule::Compatibility));
    let edits = &folded.report.normalisations[&Rule::Compatibility];
    let in_dropped: usize = folded
        .report
        .dropped
        .iter()
        .map(|line| {
            let is_title = line.reason == gongbao::import::DropReason::Title;
            if is_title { 0 } else { line.text.chars().filter(|c| ordinary(*c).is_some()).count() }
        })
        .sum();
    assert_eq!(edits.len() + in_dropped, count);
    assert!(edits.iter().all(|edit| ordinary(edit.from.chars().next().unwrap()) == Some(&edit.to)));
    assert!(
        folded
            .report
            .render()
            .contains(&format!("兼容字符改为通用字 · compatibility characters replaced: {}", edits.len()))
    );
    assert!(prove(hidden.as_bytes(), &folded.markdown, &folded.report).is_ok());
}

const NOTICE: &str = "示例市文化局关于印发2027年示例市公共阅读工作方案的通知\n\n各区文化局：\n\n\
    现将《2027年示例市公共阅读工作方案》印发给你们，请认真执行。\n\n示例市文化局\n2027年1月15日\n\n\
    2027年示例市公共阅读工作方案\n\n一、主要任务\n\n\
    1. 推行行政裁决，方便人民群众用好大力度工具。（市文化局负责；2027年6月30日前完成）\n\n\
    2. 建立高水平工作机制，非必要不收费。（市文化局负责；2027年12月底前完成）\n";

#[test]
fn a_notice_from_a_pdf_is_the_notice() {
    check(NOTICE);
    let report = imported(&disguised(NOTICE).0).report;
    assert_eq!((report.structure.sections, report.structure.tasks, report.structure.deadlines), (1, 2, 2));
    let issuer = report.metadata.iter().find(|stated| stated.field == "issuer").unwrap();
    assert_eq!(issuer.value, "示例市文化局");
}

#[test]
fn the_real_documents_are_the_same_in_disguise() {
    let sources = crate::support::root().join("tests/sources");
    let mut read = 0;
    for entry in fs::read_dir(sources).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            check(&text);
            read += 1;
        }
    }
    assert!(read > 0);
}

#[test]
fn markup_and_ligatures_are_folded_in_order() {
    let text =
        "2027年甲方案\n一、任务\n1. **推⾏**[⾏政](https://example.org/)o\u{fb03}ce与⾏\\*业\u{fb01}le。\n";
    let import = imported(text);
    assert!(import.markdown.contains("推行行政office与行"), "{}", import.markdown);
    assert_eq!(import.report.normalisations[&Rule::Compatibility].len(), 5);
}

#[test]
fn a_character_is_replaced_by_no_other_than_its_own() {
    let import = imported("2027年甲方案\n一、任务\n1. 推⾏⾏政裁决。\n");
    let forged = import.markdown.replace("裁决", "裁判");
    assert!(
        prove("2027年甲方案\n一、任务\n1. 推⾏⾏政裁决。\n".as_bytes(), &forged, &import.report).is_err()
    );
    let kept = import.markdown.replacen('行', "⾏", 1);
    assert!(prove("2027年甲方案\n一、任务\n1. 推⾏⾏政裁决。\n".as_bytes(), &kept, &import.report).is_err());
}

#[test]
fn what_prints_nothing_is_left_out_and_private_characters_are_doubted() {
    let plain = imported("2027年甲方案\n一、任务\n1. 推行行政裁决。\n");
    for c in
        ['\u{e0074}', '\u{2063}', '\u{3164}', '\u{fe0f}', '\u{e0100}', '\u{ffff}', '\u{fdd0}', '\u{200b}']
    {
        let import = imported(&format!("2027年甲方案\n一、任{c}务\n1. 推行{c}{c}行政裁决。\n"));
        assert_eq!(import.markdown, plain.markdown, "{c:?}");
        assert_eq!(import.report.input.controls, 3);
    }
    let private = imported("2027年甲方案\n一、任务\n1. 推行\u{e5e5}行政裁决。\n");
    assert!(private.markdown.contains('\u{e5e5}'), "a glyph that somebody saw is not dropped");
    assert!(private.report.render().contains("含专用区字符"));
}
