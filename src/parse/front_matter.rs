//! Front matter: the TOML between `+++` lines at the head of a Markdown file.

use crate::base::fields::{self, At, Fields};
use crate::base::{Code, Diagnostic, SitePath, Span, address};
use crate::message;
use crate::model::document::{Meta, PlanKind, StatedMilestone, TaskMarking};
use crate::parse::{corrections, facts_entry};

/// Whether a file contains an original or a translation, which states less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileRole {
    /// The text that prevails.
    Original,
    /// A translation of it.
    Translation,
}

/// Where the front matter is, and where the body begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The TOML, without its fences.
    pub toml: Span,
    /// The first byte of the body.
    pub body: usize,
}

/// Finds the front matter; `None` if the file does not begin with any or it never ends.
pub fn split(text: &str) -> Option<Split> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n').map(|line| {
        let place = at..at + line.len();
        at = place.end;
        (line.trim_end(), place)
    });
    let first = lines.next().filter(|(line, _)| *line == "+++")?.1.end;
    let (_, fence) = lines.find(|(line, _)| *line == "+++")?;
    Some(Split { toml: first..fence.start, body: fence.end })
}

/// Reads the front matter of a plan. Gives what could be read, where the body
/// begins, and the faults.
pub fn read(path: &SitePath, text: &str, role: FileRole) -> (Meta, usize, Vec<Diagnostic>) {
    read_with(path, text, |fields| meta(fields, role))
}

/// Reads front matter of any kind, as [`read`] does that of a plan.
pub fn read_with<T: Default>(
    path: &SitePath,
    text: &str,
    meta: impl FnOnce(&mut Fields<'_>) -> T,
) -> (T, usize, Vec<Diagnostic>) {
    let Some(Split { toml, body }) = split(text) else {
        return (T::default(), 0, vec![missing(path, text)]);
    };
    let (meta, faults) = fields::parse(path, &text[toml.clone()], toml.start, meta);
    (meta, body, faults)
}

fn missing(path: &SitePath, text: &str) -> Diagnostic {
    let line = text.find('\n').unwrap_or(text.len());
    Diagnostic::new(
        Code::MISSING_FRONT_MATTER,
        message!("文件开头没有完整的前置元数据", "the file does not begin with complete front matter"),
    )
    .at(path, 0..line)
    .hint(message!(
        "第一行写 +++，随后写 title = \"…\" 等，再以一行 +++ 结束",
        "begin with a line `+++`, then `title = \"…\"` and so on, then another line `+++`"
    ))
}

fn meta(fields: &mut Fields<'_>, role: FileRole) -> Meta {
    let common = Meta {
        title: fields.required_text("title").unwrap_or_default(),
        number: fields.text("number"),
        issuer: fields.text("issuer"),
        milestones: fields.tables("milestones", |f| milestone(f, role)),
        corrections: fields.tables("corrections", corrections::read).into_iter().flatten().collect(),
        ..Meta::default()
    };
    if role == FileRole::Translation {
        return common;
    }
    let kind = fields.required_text("kind").and_then(|kind| fields.one_of(kind, &PlanKind::NAMES));
    let tasks = fields.text("tasks").and_then(|tasks| fields.one_of(tasks, &TaskMarking::NAMES));
    Meta {
        tasks: tasks.map_or_else(|| usual_marking(kind.as_ref()), |tasks| tasks.value),
        kind,
        year: year(fields),
        series: fields.text("series").map(|series| series.value.trim().to_owned()).filter(|s| !s.is_empty()),
        issued: fields.date("issued"),
        published: fields.date("published"),
        source: fields.text("source").and_then(|url| source(fields, url)),
        draft: fields.flag("draft").is_some_and(|d| d.value),
        facts: fields.tables("facts", facts_entry::read).into_iter().flatten().collect(),
        ..common
    }
}

fn usual_marking(kind: Option<&At<PlanKind>>) -> TaskMarking {
    match kind.map(|kind| kind.value) {
        Some(PlanKind::AnnualPlan) => TaskMarking::Heading(4),
        Some(PlanKind::KeyPoints) => TaskMarking::Heading(2),
        Some(PlanKind::PromotionPlan) | None => TaskMarking::List,
    }
}

fn milestone(fields: &mut Fields<'_>, role: FileRole) -> StatedMilestone {
    let due = fields.date("due");
    let due = if role == FileRole::Original { fields.require("due", due) } else { due };
    let title = fields.required_text("title");
    StatedMilestone { due, title: title.unwrap_or_default() }
}

fn year(fields: &mut Fields<'_>) -> Option<i16> {
    let year = fields.number("year")?;
    let valid = i16::try_from(year.value).ok().filter(|y| (1949..=2999).contains(y));
    if valid.is_none() {
        let fault = Diagnostic::new(Code::BAD_VALUE, message!("{} 不是年份", "{} is not a year", year.value));
        let hint = message!("写四位公历年份，如 2023", "write a year of four digits, such as 2023");
        fields.report(fault.at(fields.path(), year.span).hint(hint));
    }
    valid
}

fn source(fields: &mut Fields<'_>, url: At<String>) -> Option<String> {
    let valid = address::is_web(&url.value);
    if !valid {
        let fault =
            Diagnostic::new(Code::BAD_VALUE, message!("source 不是网址", "`source` is not an address"));
        let hint = message!("网址以 https:// 开头", "an address begins with https://");
        fields.report(fault.at(fields.path(), url.span).hint(hint));
    }
    valid.then_some(url.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, role: FileRole) -> (Meta, Vec<&'static str>) {
        let (meta, _, faults) = read(&SitePath::new("content/plans/2023/zh.md").unwrap(), text, role);
        (meta, faults.iter().map(|f| f.code.name()).collect())
    }

    /// Found by fuzzing: what lacks a key was said to be one byte, also where that is part of a character.
    #[test]
    fn a_missing_key_has_a_place_before_any_character() {
        for text in ["+++\n\u{feff}\n+++\n", "+++\n题 = 1\n+++\n"] {
            let (_, _, faults) =
                read(&SitePath::new("content/plans/2023/zh.md").unwrap(), text, FileRole::Original);
            assert!(!faults.is_empty());
            for label in faults.iter().flat_map(|fault| &fault.labels) {
                assert!(text.get(label.start..label.end).is_some(), "{label:?}");
            }
        }
    }

    #[test]
    fn the_front_matter_of_an_annual_plan() {
        let text = "+++\nkind = \"annual-plan\"\nyear = 2023\ntitle = \"甲\"\nissued = 2023-03-01\n\
                    [[milestones]]\ndue = 2023-03-15\ntitle = \"报送实施方案\"\n+++\n正文\n";
        let (meta, faults) = check(text, FileRole::Original);
        assert_eq!(faults, [""; 0]);
        assert_eq!((meta.year, meta.tasks), (Some(2023), TaskMarking::Heading(4)));
        assert_eq!(meta.milestones[0].due.clone().unwrap().value.to_string(), "2023-03-15");
        assert_eq!(&text[split(text).unwrap().body..], "正文\n");
    }

    #[test]
    fn faults_of_front_matter() {
        assert_eq!(check("正文", FileRole::Original).1, ["missing-front-matter"]);
        assert_eq!(check("+++\ntitle = \"x\"\n", FileRole::Original).1, ["missing-front-matter"]);
        let text = "+++\nkind = \"yearly\"\ntitle = \"x\"\nyear = 23\nsource = \"javascript:x\"\nissued = \"2023\"\n+++\n";
        assert_eq!(check(text, FileRole::Original).1, ["bad-value", "bad-value", "wrong-type", "bad-value"]);
        assert_eq!(
            check("+++\ntitle = \"x\"\nkind = \"key-points\"\n+++\n", FileRole::Translation).1,
            ["unknown-key"]
        );
    }
}
