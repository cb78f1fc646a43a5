//! Errors of the template engine → diagnostics at their place in the template, in both languages.

use std::collections::BTreeMap;

use tera::{ErrorKind, ReportError};

use crate::base::fields::nearest;
use crate::base::{Code, Diagnostic, Message, SitePath, Span};
use crate::message;

/// The file that a template is, and its text.
pub type TemplateSource = (SitePath, String);

/// The fault of a template that was being rendered, or of one that it uses.
pub fn diagnostic(
    error: &tera::Error,
    template: &str,
    templates: &BTreeMap<String, TemplateSource>,
) -> Diagnostic {
    if let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = error.kind() {
        return at(said(report), templates.get(report.filename()), |_| report.span().range.clone());
    }
    let text = error.to_string();
    match located(&text, templates) {
        Some((template, line, column)) => {
            let first = text.lines().next().unwrap_or_default();
            let fault = generic(template, first.strip_prefix("error: ").unwrap_or(first));
            at(fault, templates.get(template), |text| byte(text, line, column))
        }
        None => at(generic(template, &text), templates.get(template), |_| 0..0),
    }
}

fn at(fault: Diagnostic, source: Option<&TemplateSource>, place: impl Fn(&str) -> Span) -> Diagnostic {
    match source {
        Some((path, text)) => fault.at(path, place(text)),
        None => fault,
    }
}

/// The first place in a report of the engine: a line ` --> base.html:3:8`.
fn located<'a>(
    text: &str,
    templates: &'a BTreeMap<String, TemplateSource>,
) -> Option<(&'a str, usize, usize)> {
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (template, _) = templates.get_key_value(parts.next()?)?;
    Some((template, line, column))
}

/// The character at a line and column, both from 1.
fn byte(text: &str, line: usize, column: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    let mut chars = rest.char_indices().skip(column.saturating_sub(1)).map(|(at, _)| start + at);
    let from = chars.next().unwrap_or(text.len());
    from..chars.next().unwrap_or(text.len())
}

fn said(report: &ReportError) -> Diagnostic {
    let (template, text) = (report.filename(), report.message());
    match missing(text) {
        Some(missing) => missing.diagnostic(template),
        None => generic(template, text),
    }
}

fn generic(template: &str, text: &str) -> Diagnostic {
    let title = message!("模板 {template} 有错误", "the template {template} has an error");
    Diagnostic::new(Code::TEMPLATE_ERROR, title).hint(Message { zh: text.to_owned(), en: text.to_owned() })
}

/// A name that a template uses and that is not there.
struct Missing<'a> {
    name: &'a str,
    is_field: bool,
    known: Vec<&'a str>,
}

/// Reads the engine's words: "Field `x` is not defined. Available fields: a, b".
fn missing(text: &str) -> Option<Missing<'_>> {
    let (kind, rest) = text.split_once(" `")?;
    let is_field = match kind {
        "Field" => true,
        "Variable" => false,
        _ => return None,
    };
    let (name, rest) = rest.split_once("` is not defined.")?;
    let known = rest.split_once(": ").map_or("", |(_, list)| list);
    Some(Missing { name, is_field, known: known.split(", ").filter(|name| !name.is_empty()).collect() })
}

impl Missing<'_> {
    fn diagnostic(&self, template: &str) -> Diagnostic {
        let name = self.name;
        let title = match self.is_field {
            true => message!(
                "{template} 用到的字段 {name} 不存在",
                "{template} uses the field `{name}`, which is not there"
            ),
            false => message!(
                "{template} 用到的变量 {name} 不存在",
                "{template} uses the variable `{name}`, which is not there"
            ),
        };
        let fault = Diagnostic::new(Code::TEMPLATE_ERROR, title);
        let list = self.known.join(", ");
        match nearest(name, &self.known) {
            Some(near) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
            None if list.is_empty() => fault.hint(message!("这里没有任何字段", "nothing has a name here")),
            None => fault.hint(message!("这里可用的：{list}", "what there is here: {list}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: &str) {
        let mut tera = tera::Tera::new();
        let path = SitePath::new("templates/x.html").expect("a path");
        let rendered = tera.add_raw_template("x.html", template).and_then(|()| {
            let mut context = tera::Context::new();
            context.insert("page", &serde_json::json!({ "title": "T", "lang": "en" }));
            tera.render("x.html", &context)
        });
        let templates = BTreeMap::from([("x.html".to_owned(), (path, template.to_owned()))]);
        let fault = diagnostic(&rendered.expect_err("the template has an error"), "x.html", &templates);
        let place = &template[fault.labels[0].start..fault.labels[0].end];
        let hints: Vec<_> = fault.hints.iter().map(|hint| hint.en.as_str()).collect();
        assert_eq!(format!("{} | {place} | {}", fault.title.en, hints.join(" | ")), expected);
    }

    #[test]
    fn names_that_are_not_there() {
        check(
            "<p>\n{{ page.titel }}",
            "x.html uses the field `titel`, which is not there | titel | did you mean `title`?",
        );
        check(
            "{{ pag.title }}",
            "x.html uses the variable `pag`, which is not there | pag | did you mean `page`?",
        );
        check(
            "{% for x in page.tasks.all %}{% endfor %}",
            "x.html uses the field `tasks`, which is not there | tasks | what there is here: lang, title",
        );
    }

    #[test]
    fn other_faults_are_given_in_the_words_of_the_engine() {
        check(
            "中文\n中文 {{ page.title | shout }}",
            "the template x.html has an error | s | Unknown filter `shout`",
        );
        check("{% if page %}", "the template x.html has an error | %} | Unexpected end of input");
    }
}
