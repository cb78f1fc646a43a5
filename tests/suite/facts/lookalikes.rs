//! Every heading and task of the five documents, written in every way that looks like one and is not: each
//! is an error at its lines, or the plan stays the same.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::fs;

use crate::support::root;
use gongbao::base::{Severity, SitePath};
use gongbao::model::BlockKind;
use gongbao::model::index::BlockIndex;
use gongbao::parse::front_matter::FileRole;
use gongbao::parse::plan;
use rayon::prelude::*;

const PLANS: [&str; 5] = ["2022-key-points", "2022", "2023", "2024", "promotion-plan"];
/// Spaces that input methods, PDFs and Word bring.
const SPACES: [char; 9] = [
    '\u{3000}', '\u{a0}', '\u{2002}', '\u{2003}', '\u{2009}', '\u{202f}', '\u{205f}', '\u{1680}', '\u{2007}',
];

/// The visible content of a plan: its parts with their texts, and the blocks of a translation.
#[derive(PartialEq)]
struct Seen(Vec<String>);

fn read(path: &SitePath, text: &str, role: FileRole) -> (Seen, Vec<usize>) {
    let (document, diagnostics) = plan::document(path, text, role);
    let texts = |blocks: std::ops::Range<BlockIndex>| {
        document.blocks[blocks].iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let nodes = document.nodes.iter().map(|node| {
        // The text of a heading has its number as it is written.
        let body = texts(node.body());
        format!("{} {:?} {:?} {} {body}", node.id, node.kind, node.number, node.title)
    });
    let blocks = document.blocks.iter().map(|block| match block.kind {
        BlockKind::Heading { level } => format!("h{level} {}", block.text),
        BlockKind::Item { number } => format!("{number} {}", block.text),
        _ => block.text.clone(),
    });
    let seen = if role == FileRole::Original { nodes.collect() } else { blocks.collect() };
    let errors = diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let line = |start: usize| text[..start].matches('\n').count();
    (Seen(seen), errors.filter_map(|found| Some(line(found.labels.first()?.start))).collect())
}

/// The ways to write a line that is a heading of this level or an item.
fn lookalikes(line: &str, role: FileRole) -> Vec<String> {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let (marker, rest) = line.split_once(' ').unwrap();
    let mut all = vec![
        format!("{marker}{rest}"),
        format!("    {line}"),
        format!("\t{line}"),
        format!("\u{3000}\u{3000}{line}"),
        format!("\u{a0}{line}"),
        format!("<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> other"),
        format!("```\n{line}\n```"),
        format!("~~~\n{line}"),
    ];
    all.extend(SPACES.map(|space| format!("{marker}{space}{rest}")));
    all.extend([" ", "  ", "   "].map(|indent| format!("{indent}{line}")));
    if hashes > 0 {
        all.extend(["＃", "﹟", "♯"].map(|mark| format!("{} {rest}", mark.repeat(hashes))));
        all.extend([format!("＃{}", &line[1..]), format!("####### {rest}")]);
        all.extend([format!("{rest}\n---"), format!("{rest}\n===")]);
    }
    if role == FileRole::Original {
        all.extend(if hashes > 0 {
            headings(hashes, rest)
        } else {
            items(&marker[..marker.len() - 1], rest)
        });
    }
    all
}

/// Of a numbered heading: without its mark, at another level, with its number typed otherwise.
fn headings(level: usize, rest: &str) -> Vec<String> {
    let Some((end, mark)) = rest.char_indices().find(|(_, c)| "、.）".contains(*c)) else {
        return Vec::new();
    };
    let (numeral, title) = (&rest[..end], rest[end + mark.len_utf8()..].trim_start());
    if numeral.chars().count() > 4 {
        return Vec::new();
    }
    let other = |level: usize| format!("{} {rest}", "#".repeat(level));
    let mut all = vec![rest.to_owned(), format!("**{rest}**"), format!("\u{3000}\u{3000}{rest}")];
    all.extend((1..=6).filter(|other| *other != level).map(other));
    let hashes = "#".repeat(level);
    all.extend(match mark {
        '）' => vec![
            format!("{hashes} ({}){title}", numeral.trim_start_matches('（')),
            format!("{hashes} {numeral}){title}"),
        ],
        _ => ["．", ",", "，", "。", "　", " ", ":", "）"]
            .map(|mark| format!("{hashes} {numeral}{mark}{title}"))
            .to_vec(),
    });
    all
}

/// Of an item: with its number typed otherwise.
fn items(number: &str, rest: &str) -> Vec<String> {
    let wide: String = number.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xff10).unwrap()).collect();
    let mut all = Vec::new();
    for number in [number, &wide] {
        for mark in ["、", "．", "。", "，", ",", "）", ")", ":", "：", "．\u{3000}", "、 ", ".", ". "]
        {
            all.push(format!("{number}{mark}{rest}"));
        }
        all.extend([
            format!("（{number}）{rest}"),
            format!("({number}) {rest}"),
            format!("**{number}.** {rest}"),
        ]);
    }
    all.extend(["### ", "- ", "> ", "   > ", "   "].map(|mark| format!("{mark}{number}. {rest}")));
    all
}

fn shortened(line: &str) -> String {
    let end = if line.ends_with('\n') { "\n" } else { "" };
    line.trim_end().chars().take(48).chain(end.chars()).collect()
}

fn check(id: &str, lang: &str, role: FileRole) -> usize {
    let name = format!("content/plans/{id}/{lang}.md");
    let (path, text) = (SitePath::new(&name).unwrap(), fs::read_to_string(root().join(&name)).unwrap());
    // The structure is in the first characters of the lines; short texts are quickly read.
    let text: String = text.split_inclusive('\n').map(shortened).collect();
    let (seen, errors) = read(&path, &text, role);
    assert!(errors.iter().all(|line| *line < 24), "the body of {name} has errors: {errors:?}");
    let lines: Vec<&str> = text.split('\n').collect();
    let is_structure = |line: &str| {
        line.starts_with('#')
            || line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    };
    let structure: Vec<usize> = (0..lines.len()).filter(|at| is_structure(lines[*at])).collect();
    let all: Vec<(usize, String)> = structure
        .into_iter()
        .flat_map(|at| lookalikes(lines[at], role).into_iter().map(move |lookalike| (at, lookalike)))
        .collect();
    let lost = all.par_iter().filter_map(|(at, lookalike)| {
        let mut changed = lines.clone();
        changed[*at] = lookalike;
        let (now, errors) = read(&path, &changed.join("\n"), role);
        let lines = *at..=at + lookalike.matches('\n').count();
        let is_lost = now != seen && !errors.iter().any(|line| lines.contains(line));
        is_lost.then(|| format!("{name}:{}: {lookalike} {errors:?}", at + 1))
    });
    assert_eq!(lost.collect::<Vec<_>>(), [""; 0]);
    all.len()
}

#[test]
fn nothing_of_the_originals_is_lost_in_silence() {
    let tried: usize = PLANS.iter().map(|id| check(id, "zh", FileRole::Original)).sum();
    assert!(tried > 8000, "{tried} were tried");
}

#[test]
fn nothing_of_the_translations_is_lost_in_silence() {
    let tried: usize = PLANS.iter().map(|id| check(id, "en", FileRole::Translation)).sum();
    assert!(tried > 3000, "{tried} were tried");
}
