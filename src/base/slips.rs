//! Slips of the keyboard in TOML: what editors write by mistake → what is wrong with it, and the line that
//! was meant.
//!
//! A line with a syntax error is repaired in the ways of [`repair`]. The repaired line is shown only if the
//! parser no longer stumbles over it.

mod marks;
mod repair;

use toml::de::DeTable;

use super::{Message, Span};
use crate::message;
use repair::Slip;
pub(super) use repair::{date, flag};

/// A longer line was not typed by anybody.
const LONGEST_LINE: usize = 4096;
/// So many errors of one file are looked at.
const MOST: usize = 20;

/// A mistake at a place of a TOML text, with advice.
pub(super) struct SlipAdvice {
    /// The place, in bytes of the text.
    pub(super) span: Span,
    /// The mistake.
    pub(super) title: Message,
    /// The advice.
    pub(super) hint: Message,
}

/// Explains the errors of a text, one for each line. Errors after the first are explained only if they
/// have a repair of their own: others may be consequences.
pub(super) fn explain(text: &str, errors: &[toml::de::Error]) -> Vec<SlipAdvice> {
    let mut found: Vec<SlipAdvice> = Vec::new();
    for error in errors.iter().take(MOST) {
        let at = error.span().map_or(0, |span| text.floor_char_boundary(span.start.min(text.len())));
        let is_new = |finding: &SlipAdvice| {
            !found.iter().any(|f| line(text, f.span.start) == line(text, finding.span.start))
        };
        match repaired(text, at) {
            Some(finding) if is_new(&finding) => found.push(finding),
            None if found.is_empty() => found.push(unknown(text, at, error)),
            _ => {}
        }
    }
    found
}

/// The finding for an error at a byte, if a repair of its line or of the one before it is the answer.
fn repaired(text: &str, at: usize) -> Option<SlipAdvice> {
    let own = line(text, at);
    let before = text[..own.start].trim_end().len();
    let candidates = [Some(own.clone()), (before > 0).then(|| line(text, before))];
    candidates.into_iter().flatten().find_map(|place| {
        let written = text[place.clone()].trim_end_matches('\r');
        let is_suspect = written.len() <= LONGEST_LINE && !is_sound(written, usize::MAX);
        let repair = Some(written).filter(|_| is_suspect).and_then(repair::line)?;
        let whole =
            format!("{}{}{}", &text[..place.start], repair.line, &text[place.start + written.len()..]);
        let is_read = is_sound(&repair.line, usize::MAX)
            || is_sound(&whole, usize::MAX)
            || !repair.line.contains('=') && is_sound(&whole, place.start + repair.line.len());
        (repair.slip.is_certain() || is_read).then(|| {
            finding(&repair.slip, repair.line.trim(), place.start + repair.at..place.start + repair.end)
        })
    })
}

/// Returns whether the parser reads a text up to a byte.
fn is_sound(text: &str, end: usize) -> bool {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors.first().is_none_or(|error| error.span().is_some_and(|span| span.start > end))
}

fn finding(slip: &Slip, line: &str, span: Span) -> SlipAdvice {
    let hint = match slip {
        Slip::FullWidth { .. } => message!(
            "改用英文输入法，这一行写作：{line}",
            "use the keyboard's own marks; write this line as: {line}"
        ),
        Slip::NoSuchDay { .. } => {
            message!("对照原件改正日期", "compare with the source and correct the date")
        }
        _ => message!("这一行写作：{line}", "write this line as: {line}"),
    };
    SlipAdvice { span, title: slip.title(), hint }
}

/// An error that has no known repair.
fn unknown(text: &str, at: usize, error: &toml::de::Error) -> SlipAdvice {
    let what = error.message();
    let span = error.span().unwrap_or(at..at);
    let end = text.ceil_char_boundary(span.end.max(at + 1).min(text.len()));
    let title = match what {
        "duplicate key" => message!("键“{0}”写了两次", "the key `{0}` is there twice", &text[at..end]),
        _ => message!("这里不合 TOML 语法", "this is not valid TOML: {what}"),
    };
    let hint = match what {
        "duplicate key" => message!("删去其中一个", "remove one of them"),
        _ => message!(
            "每行写作“键 = 值”：文字加英文双引号，日期写作 2023-03-01（不加引号），列表写作 [\"甲\", \"乙\"]",
            "each line is `key = value`: text goes between double quotes, a date is written 2023-03-01 without quotes, a list [\"a\", \"b\"]"
        ),
    };
    SlipAdvice { span: at..end.max(at), title, hint }
}

/// The line in which a byte is, without its line end.
fn line(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first finding in both languages, with what it points at.
    fn said(text: &str) -> String {
        let (_, errors) = DeTable::parse_recoverable(text);
        let found = explain(text, &errors);
        let one = |f: &SlipAdvice| {
            let place = &text[f.span.clone()];
            format!("{place}\n  {} — {}\n  {} — {}\n", f.title.zh, f.hint.zh, f.title.en, f.hint.en)
        };
        found.iter().map(one).collect()
    }

    /// Every mistake has a corrected line, and Chinese sentences have no words of the parser.
    fn check(mistake: &str, corrected: &str) {
        for before in ["", "kind = \"annual-plan\"\n"] {
            let said = said(&format!("{before}{mistake}\nlast = 1\n"));
            assert!(
                said.contains(&format!("：{corrected} —")) || said.contains(&format!("：{corrected}\n")),
                "{mistake}: {said}"
            );
            assert!(said.contains(&format!(": {corrected}\n")), "{mistake}: {said}");
            assert_eq!(said.lines().count(), 3, "{said}");
        }
    }

    #[test]
    fn marks_of_full_width_are_named_with_those_to_type() {
        for (mistake, corrected) in [
            ("terms = [\"指南\"，\"培训\"]", "terms = [\"指南\", \"培训\"]"),
            ("terms = [\"指南\"、 \"培训\"]", "terms = [\"指南\", \"培训\"]"),
            ("terms = ［\"指南\", \"培训\"］", "terms = [\"指南\", \"培训\"]"),
            ("year ＝ 2026", "year = 2026"),
            ("year＝2026", "year = 2026"),
            ("year：2026", "year = 2026"),
            ("year =　2026", "year = 2026"),
            ("year = ２０２６", "year = 2026"),
            ("title = “方案”", "title = \"方案\""),
            ("title = “关于“双碳”的方案”", "title = \"关于“双碳”的方案\""),
            ("title = ＂方案＂", "title = \"方案\""),
            ("title = \"方案”", "title = \"方案\""),
            ("title = “方案\"", "title = \"方案\""),
            ("title = 「方案」", "title = \"方案\""),
            ("title = ｛ zh = “题”， en = \"T\" ｝", "title = { zh = \"题\", en = \"T\" }"),
            ("［title］", "[title]"),
            ("［［milestones］］", "[[milestones]]"),
            ("【title】", "[title]"),
            ("issued ＝ 2026年1月15日", "issued = 2026-01-15"),
            ("year = 2026 ＃ 年份", "year = 2026 # 年份"),
        ] {
            check(mistake, corrected);
            let said = said(mistake);
            assert!(said.contains("全角") || said.contains("中文"), "{said}");
        }
    }

    #[test]
    fn dates_quotes_and_brackets_are_corrected() {
        for (mistake, corrected) in [
            ("issued = 2026年1月15日", "issued = 2026-01-15"),
            ("issued = 2026年 1 月 5 日", "issued = 2026-01-05"),
            ("issued = 2026/01/15", "issued = 2026-01-15"),
            ("issued = 2026-1-15", "issued = 2026-01-15"),
            ("issued = 2026.1.15", "issued = 2026-01-15"),
            ("title = 方案", "title = \"方案\""),
            ("title = 2026年工作方案", "title = \"2026年工作方案\""),
            ("base_url = https://example.org/", "base_url = \"https://example.org/\""),
            ("title = \"方案", "title = \"方案\""),
            ("title = 方案\"", "title = \"方案\""),
            ("terms = [\"甲\", \"乙\"", "terms = [\"甲\", \"乙\"]"),
            ("terms = [\"甲\" \"乙\"]", "terms = [\"甲\", \"乙\"]"),
            ("terms = [甲, 乙]", "terms = [\"甲\", \"乙\"]"),
            ("title = { zh = \"题\"", "title = { zh = \"题\" }"),
            ("[title", "[title]"),
            ("[[milestones", "[[milestones]]"),
            ("[[milestones]", "[[milestones]]"),
            ("title: 方案", "title = \"方案\""),
            ("title \"方案\"", "title = \"方案\""),
            ("年份 = 2024", "year = 2024"),
            ("draft = True", "draft = true"),
            ("draft = 是", "draft = true"),
            ("title = \"方案\";", "title = \"方案\""),
        ] {
            check(mistake, corrected);
        }
    }

    #[test]
    fn days_that_no_month_has_are_named() {
        insta::assert_snapshot!(said("issued = 2026-02-30\n") + &said("issued = 2026年13月1日\n"));
    }

    #[test]
    fn what_is_not_known_is_said_without_the_words_of_the_parser() {
        insta::assert_snapshot!(said("a = 1\na = 2\n") + &said("= 3\n") + &said("a = [1, [2\n\n\nb = 3\n"));
    }

    #[test]
    fn any_text_is_explained() {
        for text in [
            "",
            "“",
            "a = “",
            "a = \"”",
            "［",
            "\u{3000}",
            "a = ＂\n“\n",
            "\r\n＝\r\n",
            "a = [“\n",
            "年 = 月 = 日",
        ] {
            let (_, errors) = DeTable::parse_recoverable(text);
            assert_eq!(explain(text, &errors).is_empty(), errors.is_empty(), "{text}");
        }
    }
}
