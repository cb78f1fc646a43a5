//! Report: diagnostics → text for people, JSON for programs, and the formats of continuous integration.

mod formats;
mod lines;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use serde::Serialize;

use crate::base::characters::{visible, visible_json, visible_line};
use crate::base::{Diagnostic, Label, Message, Severity, SitePath};
pub use formats::CiReport;
pub use lines::{DiagnosticFiles, LineIndex, Position, position};

/// Gives the text of a file of the site, for excerpts.
pub trait Sources {
    /// The text of the file, if it is known and is text.
    fn text(&self, path: &SitePath) -> Option<&str>;
}

/// How many findings a person is shown in one run; JSON has them all.
const SHOWN: usize = 200;

/// The longest line that is shown, in bytes. Longer ones are no text that anybody wrote.
const LONGEST_LINE: usize = 4096;

/// Writes diagnostics for a person: title in both languages, file, line,
/// column, the text at fault underlined, advice. Columns are counted as the
/// text is shown, so that carets are under Chinese characters. Hidden characters
/// are written out, in the text too, so that they are seen and no terminal obeys them.
pub fn human(diagnostics: &[Diagnostic], sources: &dyn Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let first = &diagnostics[..diagnostics.len().min(SHOWN)];
    let files = DiagnosticFiles::new(first.iter().flat_map(|d| &d.labels), sources);
    let one = |d: &Diagnostic| format!("{}\n", renderer.render(&[group(d, &files)]));
    let mut shown = first.iter().map(one).collect::<Vec<_>>();
    let more = diagnostics.len() - shown.len();
    if more > 0 {
        shown.push(format!("… and {more} more · 另有 {more} 项\n"));
    }
    shown.join("\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &DiagnosticFiles<'a>) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(both(&diagnostic.title)).id(diagnostic.code.name());
    let places = diagnostic.labels.iter().enumerate().map(|(i, label)| place(i == 0, label, files));
    let hints = diagnostic.advice().into_iter().map(|hint| Element::from(Level::HELP.message(both(&hint))));
    Group::with_title(title).elements(places).elements(hints)
}

fn both(message: &Message) -> String {
    // A record to copy is the same in both languages.
    match message.en == message.zh {
        true => visible(&message.en).into_owned(),
        false => visible(&format!("{} · {}", message.en, message.zh)).into_owned(),
    }
}

fn place<'a>(first: bool, label: &'a Label, files: &DiagnosticFiles<'a>) -> Element<'a> {
    let path = visible_line(label.path.as_str());
    let Some(lines) = files.get(&label.path) else { return Origin::path(path).into() };
    let text = lines.text();
    let start = text.floor_char_boundary(label.start);
    let end = text.ceil_char_boundary(label.end).max(start);
    let Position { line, column } = lines.position(start);
    if lines.longest(start, end) > LONGEST_LINE {
        return Origin::path(path).line(line).char_column(column).into();
    }
    let excerpt = lines.around(start, end);
    let parts = [&text[excerpt.start..start], &text[start..end], &text[end..excerpt.end]].map(visible);
    let [before, inside, _] = &parts;
    let kind = if first { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(before.len()..before.len() + inside.len());
    let annotation = annotation.label(label.text.as_ref().map(both).unwrap_or_default());
    Snippet::source(parts.concat()).line_start(line).path(path).annotation(annotation).into()
}

/// One diagnostic as data, for editors and continuous integration.
#[derive(Serialize)]
struct Record<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a Message,
    labels: Vec<RecordPlace<'a>>,
    hints: Vec<Message>,
}

#[derive(Serialize)]
struct RecordPlace<'a> {
    file: &'a SitePath,
    start: Position,
    end: Position,
    text: &'a str,
    message: Option<&'a Message>,
}

/// Writes diagnostics as a JSON array; each has `code`, `severity`, `message`
/// (`zh`, `en`), `labels` (file, start, end, the text at fault) and `hints`.
pub fn json(diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    let files = DiagnosticFiles::new(diagnostics.iter().flat_map(|d| &d.labels), sources);
    let records: Vec<_> = diagnostics
        .iter()
        .map(|d| Record {
            code: d.code.name(),
            severity: d.severity(),
            message: &d.title,
            labels: d.labels.iter().map(|label| place_record(label, &files)).collect(),
            hints: d.advice(),
        })
        .collect();
    let text = serde_json::to_string_pretty(&records).expect("diagnostics are plain data");
    format!("{}\n", visible_json(&text))
}

fn place_record<'a>(label: &'a Label, files: &DiagnosticFiles<'a>) -> RecordPlace<'a> {
    let lines = files.get(&label.path);
    let position = |byte| lines.map_or(Position { line: 1, column: 1 }, |lines| lines.position(byte));
    RecordPlace {
        file: &label.path,
        start: position(label.start),
        end: position(label.end),
        text: lines.and_then(|lines| lines.text().get(label.start..label.end)).unwrap_or_default(),
        message: label.text.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Code;
    use crate::message;

    struct OneFile(SitePath, &'static str);

    impl Sources for OneFile {
        fn text(&self, path: &SitePath) -> Option<&str> {
            (*path == self.0).then_some(self.1)
        }
    }

    fn sample() -> (OneFile, Vec<Diagnostic>) {
        let source = OneFile(SitePath::new("zh.md").unwrap(), "第一行\n2. 甲（2025年13月底前完成）\n");
        let at = source.1.find("2025").unwrap();
        let title = message!("没有 13 月", "there is no month 13");
        let fault = Diagnostic::new(Code::IMPOSSIBLE_DATE, title).at(&source.0, at..at + "2025年13月".len());
        (source, vec![fault.hint(message!("月份是 1 到 12", "months are 1 to 12"))])
    }

    #[test]
    fn carets_stand_under_chinese_text() {
        let (source, faults) = sample();
        insta::assert_snapshot!(human(&faults, &source, false), @r"
        error[impossible-date]: there is no month 13 · 没有 13 月
         --> zh.md:2:6
          |
        2 | 2. 甲（2025年13月底前完成）
          |        ^^^^^^^^^^
          |
          = help: months are 1 to 12 · 月份是 1 到 12
        ");
    }

    #[test]
    fn any_place_in_any_text_can_be_reported() {
        let long = "知".repeat(2000);
        for text in ["", "甲", "一\n二\n", "\r\n", long.leak()] {
            let source = OneFile(SitePath::new("zh.md").unwrap(), text);
            for (start, end) in [(0, 0), (0, 1), (1, 2), (2, 1), (5000, 5001), (9000, 9000)] {
                let title = message!("坏了", "it is bad");
                let fault = Diagnostic::new(Code::RAW_HTML, title).at(&source.0, start..end);
                let said = human(&[fault], &source, false);
                assert!(said.contains("zh.md:") && said.len() < 1000, "{start}..{end}: {said}");
            }
        }
    }

    #[test]
    fn a_person_is_not_shown_thousands() {
        let (source, faults) = sample();
        let many = vec![faults[0].clone(); 1234];
        let said = human(&many, &source, false);
        assert_eq!(said.matches("impossible-date").count(), SHOWN);
        assert!(said.ends_with("… and 1034 more · 另有 1034 项\n"), "{said}");
    }

    #[test]
    fn json_has_lines_and_columns() {
        let (source, faults) = sample();
        let data: serde_json::Value = serde_json::from_str(&json(&faults, &source)).unwrap();
        assert_eq!(data[0]["labels"][0]["start"], serde_json::json!({"line": 2, "column": 6}));
        assert_eq!(data[0]["labels"][0]["text"], "2025年13月");
    }
}
