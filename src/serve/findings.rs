//! Diagnostics for the overlay in the browser.

use serde::Serialize;

use crate::base::{Diagnostic, Label, Message, Severity, SitePath};
use crate::report::{DiagnosticFiles, LineIndex, Sources};

/// How many findings are sent; nobody reads more at once.
const MOST: usize = 200;
/// How much of a line is shown before and after the place at fault, in characters.
const CONTEXT: usize = 60;

/// A finding as the overlay shows it.
#[derive(Debug, Serialize)]
struct OverlayFinding<'a> {
    code: &'static str,
    severity: Severity,
    title: &'a Message,
    places: Vec<OverlayPlace<'a>>,
    hints: Vec<Message>,
}

/// A place in a file: its line, cut into what is before, in and after the stretch at fault.
#[derive(Debug, Serialize)]
struct OverlayPlace<'a> {
    file: &'a SitePath,
    line: usize,
    column: usize,
    before: String,
    marked: String,
    after: String,
    note: Option<&'a Message>,
}

/// The values beside the findings.
pub struct OverlayHead<'a> {
    /// The number of the change that led to them.
    pub generation: u64,
    /// A notice to editors about the preview itself.
    pub notice: Option<&'a Message>,
}

/// All findings as JSON: how many errors and warnings there are, and the first
/// of them in full, errors before warnings.
pub fn json(head: &OverlayHead<'_>, findings: &[&Diagnostic], sources: &dyn Sources) -> String {
    let of = |severity| findings.iter().filter(move |d| d.severity() == severity);
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let counts = (errors.clone().count(), warnings.clone().count());
    let shown: Vec<&Diagnostic> = errors.chain(warnings).take(MOST).copied().collect();
    let files = DiagnosticFiles::new(shown.iter().flat_map(|d| &d.labels), sources);
    let shown: Vec<_> = shown.into_iter().map(|d| finding(d, &files)).collect();
    serde_json::json!({
        "generation": head.generation, "notice": head.notice, "errors": counts.0, "warnings": counts.1, "findings": shown,
    })
    .to_string()
}

fn finding<'a>(diagnostic: &'a Diagnostic, files: &DiagnosticFiles<'_>) -> OverlayFinding<'a> {
    OverlayFinding {
        code: diagnostic.code.name(),
        severity: diagnostic.severity(),
        title: &diagnostic.title,
        places: diagnostic.labels.iter().map(|label| place(label, files)).collect(),
        hints: diagnostic.advice(),
    }
}

fn place<'a>(label: &'a Label, files: &DiagnosticFiles<'_>) -> OverlayPlace<'a> {
    let none = LineIndex::new("");
    let lines = files.get(&label.path).unwrap_or(&none);
    let text = lines.text();
    let inside = |byte: usize| text.floor_char_boundary(byte.min(text.len()));
    let (start, end) = (inside(label.start), inside(label.end.max(label.start)));
    let (line, position) = (lines.around(start, start), lines.position(start));
    let end = end.min(line.end);
    OverlayPlace {
        file: &label.path,
        line: position.line,
        column: position.column,
        before: last(&text[line.start..start]),
        marked: text[start..end].to_owned(),
        after: first(&text[end..line.end]),
        note: label.text.as_ref(),
    }
}

fn first(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(CONTEXT) {
        Some((cut, c)) => format!("…{}", &text[cut + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Code;
    use crate::message;

    struct OneText(SitePath, String);

    impl Sources for OneText {
        fn text(&self, path: &SitePath) -> Option<&str> {
            (*path == self.0).then_some(&self.1)
        }
    }

    #[test]
    fn a_place_is_cut_out_of_its_line() {
        let text = format!("第一行\n{}错误处\n第三行", "甲".repeat(70));
        let source = OneText(SitePath::new("zh.md").unwrap(), text);
        let at = source.1.find('错').unwrap();
        let fault = Diagnostic::new(Code::RAW_HTML, message!("错", "wrong")).at(&source.0, at..at + 6);
        let elsewhere = SitePath::new("gone.md").unwrap();
        let fault = fault.at(&elsewhere, 5..9);
        let head = OverlayHead { generation: 3, notice: None };
        let data: serde_json::Value = serde_json::from_str(&json(&head, &[&fault], &source)).unwrap();
        assert_eq!((&data["generation"], &data["errors"]), (&3.into(), &1.into()));
        let place = &data["findings"][0]["places"][0];
        assert_eq!((&place["line"], &place["column"]), (&2.into(), &71.into()));
        assert_eq!((place["marked"].as_str(), place["after"].as_str()), (Some("错误"), Some("处")));
        assert_eq!(place["before"].as_str().unwrap().chars().count(), CONTEXT + 1);
        assert_eq!(data["findings"][0]["places"][1]["line"], 1);
    }
}
