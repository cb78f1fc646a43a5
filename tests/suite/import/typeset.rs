//! Sets the real documents as other PDFs and web pages would and imports them again: however
//! the lines were broken, the same Markdown comes out.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use gongbao::import::{DoubtKind, ImportOptions, Report, import};

/// How a page is set.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// Chinese characters on a line; 0 sets a paragraph on one line.
    width: usize,
    /// Characters by which the first line is indented, as space or as room lost in extraction.
    indent: usize,
    /// Whether the indent is there as space.
    indent_shown: bool,
    /// Blank lines between lines.
    gap: usize,
    /// White space at paragraph ends.
    trailing: bool,
    /// Lines on a page; 0 sets no pages.
    page: usize,
    /// What stands between pages, with `#` for the number.
    edge: &'static str,
}

const PLAIN: Style =
    Style { width: 0, indent: 0, indent_shown: false, gap: 0, trailing: false, page: 0, edge: "" };

/// Sets `paragraphs` in `style`.
fn typeset(paragraphs: &[String], style: Style) -> String {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let mut broken = break_lines(paragraph, style);
        if let Some(last) = broken.last_mut().filter(|_| style.trailing) {
            last.push(' ');
        }
        lines.append(&mut broken);
    }
    let end = "\n".repeat(style.gap + 1);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if style.page > 0 && index > 0 && index % style.page == 0 {
            out += &style.edge.replace('#', &(index / style.page).to_string());
            out += &end;
        }
        out += &format!("{line}{end}");
    }
    out
}

/// Breaks lines as Chinese typesetting does: no line opens with closing punctuation, and
/// Latin words stay whole.
fn break_lines(paragraph: &str, style: Style) -> Vec<String> {
    let shown = if style.indent_shown { "　".repeat(style.indent) } else { String::new() };
    let mut lines = vec![shown];
    let mut room = 2 * style.width.saturating_sub(style.indent);
    for word in words(paragraph) {
        let columns: usize = word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        if style.width > 0 && columns > room {
            let full = lines.last_mut().unwrap();
            full.truncate(full.trim_end_matches(' ').len());
            lines.push(String::new());
            room = 2 * style.width;
        }
        room = room.saturating_sub(columns);
        let line = lines.last_mut().unwrap();
        line.push_str(if line.is_empty() { word.trim_start() } else { &word });
    }
    lines
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let sticks = "，。、；：！？”’》）".contains(c) || "“‘《（".contains(before);
        let latin = c.is_ascii_graphic() && before.is_ascii_graphic();
        match words.last_mut() {
            Some(word) if sticks || latin => word.push(c),
            _ => words.push(c.to_string()),
        }
        before = c;
    }
    words
}

/// The paragraphs of an imported document as the source has them: titles run in again.
fn paragraphs(markdown: &str) -> Vec<String> {
    let (front, body) = markdown[4..].split_once("+++\n").unwrap();
    let title = front.lines().find_map(|l| l.strip_prefix("title = \"")).unwrap().trim_end_matches('"');
    let mut paragraphs = Vec::new();
    if !body.trim_start().starts_with("# ") {
        paragraphs.push(title.to_owned());
    }
    let mut run_in = false;
    for block in body.split("\n\n").map(str::trim).filter(|b| !b.is_empty()) {
        let text = block.trim_start_matches('#').trim_start();
        match paragraphs.last_mut() {
            Some(last) if run_in => last.push_str(text),
            _ => paragraphs.push(text.to_owned()),
        }
        run_in = block.starts_with("##") && block.ends_with('。');
    }
    paragraphs
}

/// The body without spaces: one that fell on a line end cannot be known.
fn body(markdown: &str) -> String {
    markdown.splitn(3, "+++\n").nth(2).unwrap().replace(' ', "")
}

const PLANS: [&str; 5] = ["2022", "2023", "2022-key-points", "promotion-plan", "2024"];

/// Page edges: nothing, a number, a form feed, both.
const EDGES: [(usize, &str); 4] = [(0, ""), (22, "— # —"), (26, "\u{C}"), (27, "\n#\n\u{C}")];

/// Sets every real document in `style`, with all page edges, and imports it. Where the bodies
/// differ, `excused` has the reports say so.
#[track_caller]
fn check(style: Style, excused: fn(&Report) -> bool) {
    for (page, edge) in EDGES.into_iter().filter(|(page, _)| *page == 0 || style.width > 0) {
        for plan in PLANS {
            compare(plan, Style { page, edge, ..style }, excused);
        }
    }
}

#[track_caller]
fn compare(plan: &str, style: Style, excused: fn(&Report) -> bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/real").join(format!("{plan}.md"));
    let golden = fs::read_to_string(path).unwrap();
    let set = typeset(&paragraphs(&golden), style);
    let done = import(set.as_bytes(), &ImportOptions::default()).unwrap();
    let (expected, found) = (body(&golden), body(&done.markdown));
    let mut differ = expected.split("\n\n").zip(found.split("\n\n")).filter(|(a, b)| a != b);
    assert!(expected == found || excused(&done.report), "{plan} {style:?}\n{:#?}", differ.next());
}

fn never(_: &Report) -> bool {
    false
}

/// A paragraph that ends where its line is full cannot be told from one that goes on; the
/// report has to say where that may be so.
fn doubts_a_full_line(report: &Report) -> bool {
    report.doubts.iter().any(|d| d.kind == DoubtKind::JoinedAfterSentence)
}

#[test]
fn a_paragraph_on_a_line() {
    for gap in [0, 1, 2] {
        check(Style { gap, ..PLAIN }, never);
        check(Style { gap, indent: 2, indent_shown: true, ..PLAIN }, never);
    }
}

#[test]
fn trailing_space_at_paragraph_ends() {
    for width in [28, 35] {
        for gap in [0, 1] {
            check(Style { width, gap, trailing: true, ..PLAIN }, never);
            check(Style { width, gap, trailing: true, indent: 2, indent_shown: true, ..PLAIN }, never);
        }
    }
}

#[test]
fn indented_first_lines() {
    for width in [20, 28, 38] {
        for gap in [0, 1] {
            check(Style { width, gap, indent: 2, indent_shown: true, ..PLAIN }, never);
        }
    }
}

#[test]
fn first_lines_whose_indent_was_lost() {
    for width in [22, 28, 42] {
        for indent in [0, 2] {
            check(Style { width, indent, gap: 1, ..PLAIN }, doubts_a_full_line);
        }
    }
}
