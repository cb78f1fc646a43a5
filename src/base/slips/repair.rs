//! Repairs of one line of TOML, and what each of them is called.

use std::sync::LazyLock;

use regex::Regex;

use super::super::{Date, Message, Span};
use super::marks::{Narrow, narrow};
use crate::message;

/// A mistake in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    FullWidth { written: char, meant: char },
    Date,
    NoSuchDay { year: i16, month: i8, day: i8 },
    Quotes,
    ClosingQuote,
    Bracket(&'static str),
    Equals,
    Key { written: String, meant: &'static str },
    Flag,
    Comma,
    Stop,
}

/// A repaired line.
pub(super) struct Repair {
    pub(super) slip: Slip,
    pub(super) line: String,
    /// The place at fault, in bytes of the line as written.
    pub(super) at: usize,
    pub(super) end: usize,
}

impl Slip {
    /// Returns whether the slip is certain although no repair is known.
    pub(super) fn is_certain(&self) -> bool {
        matches!(self, Self::NoSuchDay { .. })
    }

    /// The mistake, in one sentence.
    pub(super) fn title(&self) -> Message {
        match self {
            Self::FullWidth { written: '\u{3000}' | '\u{a0}', .. } => message!(
                "这里有全角空格，应为半角空格",
                "there is a full-width space, where TOML needs one of the keyboard"
            ),
            Self::FullWidth { written, meant } => message!(
                "“{written}”是中文全角字符，这里要用半角的 {meant}",
                "`{written}` is a full-width character; TOML needs the `{meant}` of the keyboard"
            ),
            Self::Date => message!("日期应写作 2026-01-15 的样子", "a date is written like 2026-01-15"),
            Self::NoSuchDay { year, month, day } => no_such_day(*year, *month, *day),
            Self::Quotes => message!("文字要加英文双引号", "text goes between double quotes"),
            Self::ClosingQuote => {
                message!("文字缺少一个英文双引号", "a double quote is missing beside the text")
            }
            Self::Bracket(bracket) => message!("缺少右括号 {bracket}", "the closing `{bracket}` is missing"),
            Self::Equals => message!("键和值之间要用等号", "an equals sign goes between a key and its value"),
            Self::Key { written, meant } => {
                message!("键“{written}”应写作 {meant}", "the key `{written}` is written `{meant}`")
            }
            Self::Flag => message!("是与否写作 true 和 false", "yes and no are written `true` and `false`"),
            Self::Comma => {
                message!("列表的各项之间缺少逗号", "a comma is missing between the items of a list")
            }
            Self::Stop => message!("值的后面多了标点", "there is a mark too many after the value"),
        }
    }
}

fn no_such_day(year: i16, month: i8, day: i8) -> Message {
    match Date::new(year, month, 1) {
        Ok(first) => {
            let days = first.days_in_month();
            message!(
                "{year}年{month}月只有 {days} 天，没有 {day} 日",
                "month {month} of {year} has {days} days and no day {day}"
            )
        }
        Err(_) => message!("没有 {month} 月", "there is no month {month}"),
    }
}

/// Repairs a line; `None` if nothing is known to be wrong with it.
pub(super) fn line(written: &str) -> Option<Repair> {
    if written.contains("\"\"\"") || written.contains("'''") {
        return None;
    }
    let Narrow { line, first } = narrow(written);
    let (line, slip) = if line.trim_start().starts_with('[') { header(&line) } else { entry(&line) };
    let place = difference(written, &line);
    match (first, slip) {
        (_, Some(slip @ Slip::NoSuchDay { .. })) => {
            let value = written
                .find(['=', '＝'])
                .map_or(0, |at| at + written[at..].chars().next().map_or(0, char::len_utf8));
            let at = value + written[value..].len() - written[value..].trim_start().len();
            Some(Repair { slip, line, at, end: written.trim_end().len() })
        }
        (Some((at, written, meant)), _) => {
            Some(Repair { slip: Slip::FullWidth { written, meant }, line, at, end: at + written.len_utf8() })
        }
        (None, slip) => Some(Repair { slip: slip?, line, at: place.start, end: place.end }),
    }
}

/// The stretch of a line in which another differs from it; the last character if something is missing there.
fn difference(written: &str, meant: &str) -> Span {
    let same = |a: char, b: char| (a == b).then_some(a.len_utf8());
    let both = written.chars().zip(meant.chars());
    let start: usize = both.map_while(|(a, b)| same(a, b)).sum();
    let rest = written[start..].chars().rev().zip(meant[start..].chars().rev());
    let end = written.len() - rest.map_while(|(a, b)| same(a, b)).sum::<usize>();
    if end > start {
        return start..end;
    }
    let last = written[..start].chars().next_back().map_or(0, char::len_utf8);
    start - last..start
}

/// `[title]` or `[[milestones]]`.
fn header(line: &str) -> (String, Option<Slip>) {
    let inner = line.trim().trim_matches(['[', ']']);
    let double = line.trim().starts_with("[[") || line.trim().ends_with("]]");
    let (open, close) = if double { ("[[", "]]") } else { ("[", "]") };
    let meant = format!("{open}{inner}{close}");
    let is_name = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || "._- ".contains(c));
    match is_name && meant != line.trim() {
        true => (meant, Some(Slip::Bracket(close))),
        false => (line.to_owned(), None),
    }
}

static ENTRY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^(\s*)("[^"]*"|[^\s=:"'\[{]+)\s*(=|:|\s)\s*(.+?)\s*$"#));
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?$"));
static NEIGHBOURS: LazyLock<Regex> = LazyLock::new(|| pattern("\"\\s+\""));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern is valid")
}

/// `key = value`.
fn entry(line: &str) -> (String, Option<Slip>) {
    let Some(parts) = ENTRY.captures(line) else { return (line.to_owned(), None) };
    let (key, equals) = (&parts[2], &parts[3]);
    let (value, comment) = parts[4].split_once(" #").unwrap_or((&parts[4], ""));
    let comment = if comment.is_empty() { String::new() } else { format!(" #{comment}") };
    let (value, slip) = self::value(value.trim());
    let (known, renamed) = match KEYS.iter().find(|(zh, _)| *zh == key) {
        Some((zh, en)) => (*en, Some(Slip::Key { written: (*zh).to_owned(), meant: en })),
        None => (key, None),
    };
    let slip = renamed.or((equals != "=").then_some(Slip::Equals)).or(slip);
    match slip {
        Some(slip) => (format!("{}{known} = {value}{comment}", &parts[1]), Some(slip)),
        None => (line.to_owned(), None),
    }
}

/// The keys as editors call them.
const KEYS: [(&str, &str); 12] = [
    ("标题", "title"),
    ("题名", "title"),
    ("年份", "year"),
    ("年度", "year"),
    ("类型", "kind"),
    ("种类", "kind"),
    ("文号", "number"),
    ("发文字号", "number"),
    ("发文机关", "issuer"),
    ("成文日期", "issued"),
    ("发布日期", "published"),
    ("来源", "source"),
];

fn value(written: &str) -> (String, Option<Slip>) {
    let value = written.trim_end_matches([',', ';', '；', '。']).trim_end();
    if let Some(parts) = DATE.captures(value) {
        return day(value, &parts);
    }
    let stop = (value.len() < written.len()).then_some(Slip::Stop);
    let (value, slip) = match flag(value) {
        Some(flag) => (flag.to_owned(), (flag != value).then_some(Slip::Flag)),
        None => match value.chars().next() {
            Some('[') => list(value),
            Some('{') => closed(value, '{', '}', "}"),
            Some('"') => text(value),
            Some('\'') => (value.to_owned(), None),
            _ if is_plain(value) => (value.to_owned(), None),
            _ if value.ends_with('"') => (format!("\"{value}"), Some(Slip::ClosingQuote)),
            _ => (quoted(value), Some(Slip::Quotes)),
        },
    };
    (value, slip.or(stop))
}

/// A truth value, however it is written.
pub(crate) fn flag(written: &str) -> Option<&'static str> {
    match written {
        "true" | "True" | "TRUE" | "yes" | "Yes" | "是" => Some("true"),
        "false" | "False" | "FALSE" | "no" | "No" | "否" => Some("false"),
        _ => None,
    }
}

/// A date as TOML has it (RFC 3339 full-date), however it is written: `2026年1月5日`, `2026/1/5`, `20260105`.
pub(crate) fn date(written: &str) -> Option<String> {
    let written = written.trim();
    let is_short = written.len() == 8 && written.bytes().all(|b| b.is_ascii_digit());
    let dashed = is_short.then(|| format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..]));
    let written = dashed.as_deref().unwrap_or(written);
    let (date, slip) = day(written, &DATE.captures(written)?);
    (!matches!(slip, Some(Slip::NoSuchDay { .. }))).then_some(date)
}

fn day(value: &str, parts: &regex::Captures<'_>) -> (String, Option<Slip>) {
    let (Ok(year), Ok(month), Ok(day)) = (parts[1].parse(), parts[2].parse(), parts[3].parse()) else {
        return (value.to_owned(), None);
    };
    match Date::new(year, month, day) {
        Ok(date) if date.to_string() == value => (value.to_owned(), None),
        Ok(date) => (date.to_string(), Some(Slip::Date)),
        Err(_) => (value.to_owned(), Some(Slip::NoSuchDay { year, month, day })),
    }
}

fn text(value: &str) -> (String, Option<Slip>) {
    let is_open = value.replace("\\\"", "").matches('"').count() % 2 == 1;
    match is_open {
        true => (format!("{value}\""), Some(Slip::ClosingQuote)),
        false => (value.to_owned(), None),
    }
}

/// A list on one line: with commas, quotes and its bracket.
fn list(value: &str) -> (String, Option<Slip>) {
    let (value, bracket) = closed(value, '[', ']', "]");
    let joined = NEIGHBOURS.replace_all(&value, "\", \"").into_owned();
    if joined != value {
        return (joined, Some(Slip::Comma));
    }
    let inner = value.trim_start_matches('[').trim_end_matches(']');
    let bare = |item: &str| !item.is_empty() && !is_plain(item) && !item.contains(['"', '\'', '{', '[']);
    if inner.split(',').map(str::trim).any(bare) {
        let items = inner.split(',').map(str::trim).filter(|item| !item.is_empty());
        let items: Vec<_> =
            items.map(|item| if bare(item) { quoted(item) } else { item.to_owned() }).collect();
        return (format!("[{}]", items.join(", ")), Some(Slip::Quotes));
    }
    (value, bracket)
}

/// A value with its closing bracket.
fn closed(value: &str, open: char, close: char, name: &'static str) -> (String, Option<Slip>) {
    let missing = value.matches(open).count().saturating_sub(value.matches(close).count());
    if missing == 0 {
        return (value.to_owned(), None);
    }
    let space = if open == '{' { " " } else { "" };
    (format!("{}{space}{}", value.trim_end(), name.repeat(missing)), Some(Slip::Bracket(name)))
}

/// Returns whether a value is a number, a date or a truth value, which have no quotes.
fn is_plain(value: &str) -> bool {
    matches!(value, "true" | "false") || value.bytes().all(|b| b.is_ascii_digit() || b"+-_.:TZ".contains(&b))
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
