//! Diagnostics in the formats of continuous integration: annotations of GitHub, SARIF, JUnit.

use std::collections::BTreeSet;

use quick_xml::events::BytesText;
use serde_json::{Value, json};

use super::{DiagnosticFiles, Position, Sources, both};
use crate::base::characters::visible_json;
use crate::base::{Code, Diagnostic, Label, Severity};
use crate::xml;

/// The diagnostics of a run with the files that they point at.
pub struct CiReport<'a> {
    diagnostics: &'a [Diagnostic],
    files: DiagnosticFiles<'a>,
    /// The folder of the site in the repository, with `/` at its end, or nothing.
    folder: String,
}

/// A place as numbers, both counted from 1; columns in characters.
#[derive(Clone, Copy)]
struct LineRange {
    start: Position,
    end: Position,
}

impl<'a> CiReport<'a> {
    /// Takes the diagnostics of a site in a folder of the repository: `docs`, or `.` for its root.
    pub fn new(diagnostics: &'a [Diagnostic], sources: &'a dyn Sources, folder: &str) -> Self {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        let folder = if folder.is_empty() || folder == "." { String::new() } else { format!("{folder}/") };
        let files = DiagnosticFiles::new(diagnostics.iter().flat_map(|d| &d.labels), sources);
        Self { diagnostics, files, folder }
    }

    /// Workflow commands of GitHub Actions, one a line: each diagnostic is shown at its line of the change.
    ///
    /// The values of properties escape `%`, CR, LF, `:` and `,`; messages escape the first three.
    pub fn github(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let level = match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let place = diagnostic.labels.first().map(|label| {
                let LineRange { start, end } = self.range(label);
                // Columns are for places within one line only.
                let columns = match start.line == end.line {
                    true => format!(",col={},endColumn={}", start.column, end.column),
                    false => String::new(),
                };
                let file = property(&self.path(label));
                format!("file={file},line={},endLine={}{columns},", start.line, end.line)
            });
            let place = place.unwrap_or_default();
            let title = property(diagnostic.code.name());
            format!("::{level} {place}title={title}::{}\n", data(&words(diagnostic)))
        };
        self.diagnostics.iter().map(line).collect()
    }

    /// A log in SARIF 2.1.0 (OASIS), which code hosts and editors read. Columns count characters.
    pub fn sarif(&self) -> String {
        let codes: BTreeSet<Code> = self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        let rules: Vec<Value> = codes.into_iter().map(rule).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "gongbao", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "columnKind": "unicodeCodePoints",
                "results": self.diagnostics.iter().map(|diagnostic| self.result(diagnostic)).collect::<Vec<_>>(),
            }],
        });
        let text = serde_json::to_string_pretty(&log).expect("a log is plain data");
        format!("{}\n", visible_json(&text))
    }

    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let mut places = diagnostic.labels.iter().map(|label| self.location(label));
        let first: Vec<Value> = places.next().into_iter().collect();
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "level": diagnostic.severity(),
            "message": { "text": words(diagnostic) },
            "locations": first,
        });
        let related: Vec<Value> = places.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let LineRange { start, end } = self.range(label);
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&self.path(label)) },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
        });
        if let Some(message) = &label.text {
            location["message"] = json!({ "text": both(message) });
        }
        location
    }

    /// A report of JUnit as GitLab and Jenkins read it: errors are failures, warnings are skipped tests.
    pub fn junit(&self) -> String {
        let errors = self.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        let skipped = self.diagnostics.len() - errors;
        // A report without a test counts as a failure of the report.
        let all = self.diagnostics.len().max(1);
        xml::document(|writer| {
            let suites = writer.create_element("testsuites");
            suites.write_inner_content(|writer| {
                let suite = writer.create_element("testsuite").with_attributes([
                    ("name", "gongbao check"),
                    ("tests", all.to_string().as_str()),
                    ("failures", errors.to_string().as_str()),
                    ("skipped", skipped.to_string().as_str()),
                ]);
                suite.write_inner_content(|writer| {
                    if self.diagnostics.is_empty() {
                        let passed = [("classname", "gongbao"), ("name", "check")];
                        writer.create_element("testcase").with_attributes(passed).write_empty()?;
                    }
                    self.diagnostics.iter().try_for_each(|diagnostic| self.test_case(writer, diagnostic))
                })?;
                Ok(())
            })?;
            Ok(())
        })
    }

    fn test_case(&self, writer: &mut xml::XmlWriter, diagnostic: &Diagnostic) -> std::io::Result<()> {
        let (file, place) = match diagnostic.labels.first() {
            Some(label) => {
                let Position { line, column } = self.range(label).start;
                (self.path(label), format!(" {line}:{column}"))
            }
            None => ("gongbao".to_owned(), String::new()),
        };
        let name = format!("{}{place}", diagnostic.code.name());
        let case = writer.create_element("testcase");
        let case = case.with_attributes([("classname", file.as_str()), ("name", name.as_str())]);
        let kind = if diagnostic.severity() == Severity::Error { "failure" } else { "skipped" };
        case.write_inner_content(|writer| {
            let found =
                writer.create_element(kind).with_attribute(("message", both(&diagnostic.title).as_str()));
            found.write_text_content(BytesText::new(&words(diagnostic)))?;
            Ok(())
        })?;
        Ok(())
    }

    /// The path of a file in the repository.
    fn path(&self, label: &Label) -> String {
        format!("{}{}", self.folder, label.path)
    }

    fn range(&self, label: &Label) -> LineRange {
        let lines = self.files.get(&label.path);
        let position = |byte| lines.map_or(Position { line: 1, column: 1 }, |lines| lines.position(byte));
        LineRange { start: position(label.start), end: position(label.end.max(label.start)) }
    }
}

/// The message and the advice, in both languages.
fn words(diagnostic: &Diagnostic) -> String {
    let lines = std::iter::once(both(&diagnostic.title))
        .chain(diagnostic.advice().into_iter().map(|hint| both(&hint)));
    lines.collect::<Vec<_>>().join("\n")
}

fn rule(code: Code) -> Value {
    let (_, en) = code.summary();
    json!({ "id": code.name(), "shortDescription": { "text": en } })
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path as a URI reference (RFC 3986): what is not allowed in one is percent-encoded.
fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const REFUSED: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}')
        .add(b':');
    utf8_percent_encode(path, REFUSED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SitePath;
    use crate::message;

    struct OneSource(SitePath, &'static str);

    impl Sources for OneSource {
        fn text(&self, path: &SitePath) -> Option<&str> {
            (*path == self.0).then_some(self.1)
        }
    }

    fn run(read: impl FnOnce(&CiReport<'_>) -> String) -> String {
        let path = SitePath::new("content/plans/2025/zh.md").unwrap();
        let text = "# 甲\n完成100%，\n末";
        let at = text.find("100").unwrap();
        let diagnostics = [
            Diagnostic::new(Code::BAD_VALUE, message!("错：一", "wrong, 100%")).at(&path, at..at + 4),
            Diagnostic::new(Code::NUMBER_MISMATCH, message!("数", "number"))
                .at(&path, 0..text.len())
                .hint(message!("改", "correct")),
        ];
        read(&CiReport::new(&diagnostics, &OneSource(path, text), "./docs/"))
    }

    #[test]
    fn annotations_escape_what_ends_them() {
        let shown = run(|report| report.github());
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(
            lines[0],
            "::error file=docs/content/plans/2025/zh.md,line=2,endLine=2,col=3,endColumn=7,title=bad-value::wrong, 100%25 · 错：一"
        );
        assert_eq!(
            lines[1],
            "::warning file=docs/content/plans/2025/zh.md,line=1,endLine=3,title=number-mismatch::number · 数%0Acorrect · 改"
        );
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }

    #[test]
    fn a_sarif_log_names_rules_and_places() {
        let log: Value = serde_json::from_str(&run(|report| report.sarif())).unwrap();
        let run = &log["runs"][0];
        let rules: Vec<&str> = run["tool"]["driver"]["rules"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["id"].as_str().unwrap())
            .collect();
        let result = &run["results"][0];
        assert!(rules.contains(&result["ruleId"].as_str().unwrap()));
        assert_eq!(result["level"], "error");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "docs/content/plans/2025/zh.md");
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7 })
        );
        assert_eq!(uri("附件 1:2.md"), "%E9%99%84%E4%BB%B6%201%3A2.md");
    }

    #[test]
    fn a_junit_report_counts_errors_and_warnings() {
        let report = run(|report| report.junit());
        assert!(report.contains(r#"tests="2" failures="1" skipped="1""#), "{report}");
        assert!(report.contains("<failure message=\"wrong, 100% · 错：一\">"), "{report}");
        let empty = CiReport::new(&[], &OneSource(SitePath::new("a").unwrap(), ""), ".").junit();
        assert!(empty.contains(r#"<testcase classname="gongbao" name="check"/>"#), "{empty}");
    }
}
