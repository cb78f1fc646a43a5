//! Reading a TOML table field by field, so that every fault in it is reported at its place.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Code, Date, Diagnostic, Label, SitePath, Span, characters, slips};
use crate::message;

/// A value and the bytes of the file it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

/// One table of a TOML file that is being read, and the faults found so far.
///
/// Ask for each key the table may have, then finish the reading, which
/// reports the keys nobody asked for.
pub struct Fields<'a> {
    path: &'a SitePath,
    offset: usize,
    table: &'a DeTable<'a>,
    span: Span,
    known: BTreeSet<&'a str>,
    faults: Vec<Diagnostic>,
    /// The TOML that is read, without what is before it in the file.
    text: &'a str,
}

/// Parses `text`, which starts at byte `offset` of the file, and hands its
/// table to `read`. The faults come back with the result, which is there even
/// if the text is not TOML throughout.
pub fn parse<T>(
    path: &SitePath,
    text: &str,
    offset: usize,
    read: impl FnOnce(&mut Fields<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let slips = slips::explain(text, &errors).into_iter();
    let mut faults: Vec<_> = slips.map(|slip| syntax_error(path, offset, slip)).collect();
    let mut fields = Fields {
        path,
        text,
        offset,
        span: offset..offset + text.chars().next().map_or(0, char::len_utf8),
        table: table.get_ref(),
        known: BTreeSet::new(),
        faults: Vec::new(),
    };
    let value = read(&mut fields);
    // A text with syntax errors has keys that were not read; do not call them missing.
    let found = fields.finish();
    if faults.is_empty() {
        faults = found;
    }
    // A plan is looked through as a whole.
    if offset == 0 {
        faults.extend(characters::check(path, text));
    }
    (value, faults)
}

fn syntax_error(path: &SitePath, offset: usize, slip: slips::SlipAdvice) -> Diagnostic {
    let place = offset + slip.span.start..offset + slip.span.end;
    Diagnostic::new(Code::TOML_SYNTAX, slip.title).at(path, place).hint(slip.hint)
}

/// A type of value, as people call it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueType {
    Text,
    Number,
    Flag,
    Date,
    Texts,
    Table,
    Tables,
}

impl ValueType {
    /// Its name in Chinese and in English.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("文字（加双引号）", "text between double quotes"),
            Self::Number => ("整数", "a whole number"),
            Self::Flag => (" true 或 false", "true or false"),
            Self::Date => ("日期（如 2023-03-01，不加引号）", "a date such as 2023-03-01, without quotes"),
            Self::Texts => ("文字的列表", "a list of texts"),
            Self::Table => ("表", "a table"),
            Self::Tables => ("表的列表（[[…]]）", "a list of tables ([[…]])"),
        }
    }

    /// How a value of another type is written in this one, if that is certain.
    fn meant(self, value: &DeValue<'_>) -> Option<String> {
        match (self, value) {
            (Self::Date, DeValue::String(text)) => slips::date(text),
            (Self::Date, DeValue::Integer(number)) => slips::date(number.as_str()),
            (Self::Number, DeValue::String(text)) => text.parse::<i64>().ok().map(|n| n.to_string()),
            (Self::Flag, DeValue::String(text)) => slips::flag(text).map(str::to_owned),
            (Self::Text, DeValue::Integer(number)) => Some(format!("\"{}\"", number.as_str())),
            (Self::Text, DeValue::Datetime(date)) => Some(format!("\"{date}\"")),
            (Self::Texts, DeValue::String(text)) => Some(format!("[\"{text}\"]")),
            _ => None,
        }
    }
}

/// The name of the type of a value in Chinese and in English.
fn type_names(value: &DeValue<'_>) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("文字", "text"),
        DeValue::Integer(_) => ("整数", "a whole number"),
        DeValue::Float(_) => ("小数", "a decimal number"),
        DeValue::Boolean(_) => (" true 或 false", "true or false"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("列表", "a list"),
        DeValue::Table(_) => ("表", "a table"),
    }
}

impl<'a> Fields<'a> {
    fn child(&self, table: &'a DeTable<'a>, span: Span) -> Fields<'a> {
        Fields {
            path: self.path,
            offset: self.offset,
            table,
            span,
            known: BTreeSet::new(),
            faults: Vec::new(),
            text: self.text,
        }
    }

    fn place(&self, span: Span) -> Span {
        self.offset + span.start..self.offset + span.end
    }

    /// Where the table is in the file.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// The file that is read.
    pub fn path(&self) -> &SitePath {
        self.path
    }

    /// Adds a fault that the caller found.
    pub fn report(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// The keys of the table, with their places, in the order of the file.
    pub fn keys(&self) -> Vec<At<&'a str>> {
        let mut keys: Vec<_> = self
            .table
            .keys()
            .map(|key| At { value: key.get_ref().as_ref(), span: self.place(key.span()) })
            .collect();
        keys.sort_by_key(|key| key.span.start);
        keys
    }

    fn get<T>(
        &mut self,
        key: &'a str,
        kind: ValueType,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        self.known.insert(key);
        let value: &'a Spanned<DeValue<'a>> = self.table.get(key)?;
        let span = self.place(value.span());
        if let Some(value) = read(value.get_ref()) {
            return Some(At { value, span });
        }
        let ((zh, en), (is_zh, is_en)) = (kind.names(), type_names(value.get_ref()));
        let title = message!("{key} 应当是{zh}，这里是{is_zh}", "`{key}` must be {en}, but this is {is_en}");
        let fault = Diagnostic::new(Code::WRONG_TYPE, title).at(self.path, span);
        let meant = kind.meant(value.get_ref());
        let hint = meant.map(|meant| message!("写作：{key} = {meant}", "write: {key} = {meant}"));
        self.faults.push(hint.into_iter().fold(fault, Diagnostic::hint));
        None
    }

    /// The text under `key`, if any.
    pub fn text(&mut self, key: &'a str) -> Option<At<String>> {
        let text = self.get(key, ValueType::Text, |v| v.as_str().map(str::to_owned))?;
        self.check_characters(&text);
        Some(text)
    }

    /// Reports hidden characters that are written as escapes, such as `\u202e`.
    fn check_characters(&mut self, text: &At<String>) {
        let source = &self.text[text.span.start - self.offset..text.span.end - self.offset];
        self.faults.extend(characters::check_value(self.path, &text.value, source, text.span.clone()));
    }

    /// The whole number under `key`, if any.
    pub fn number(&mut self, key: &'a str) -> Option<At<i64>> {
        self.get(key, ValueType::Number, |v| {
            v.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok())
        })
    }

    /// The truth value under `key`, if any.
    pub fn flag(&mut self, key: &'a str) -> Option<At<bool>> {
        self.get(key, ValueType::Flag, DeValue::as_bool)
    }

    /// The calendar day under `key`, if any.
    pub fn date(&mut self, key: &'a str) -> Option<At<Date>> {
        self.get(key, ValueType::Date, |v| {
            let date = v.as_datetime().filter(|d| d.time.is_none() && d.offset.is_none())?.date?;
            Date::new(i16::try_from(date.year).ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?)
                .ok()
        })
    }

    /// The list of texts under `key`; empty when there is none.
    pub fn texts(&mut self, key: &'a str) -> Vec<At<String>> {
        let offset = self.offset;
        let list = self.get(key, ValueType::Texts, |v| {
            let text = |v: &Spanned<DeValue<'_>>| {
                let span = offset + v.span().start..offset + v.span().end;
                v.get_ref().as_str().map(|s| At { value: s.to_owned(), span })
            };
            v.as_array()?.iter().map(text).collect::<Option<Vec<_>>>()
        });
        let texts = list.map_or_else(Vec::new, |list| list.value);
        texts.iter().for_each(|text| self.check_characters(text));
        texts
    }

    /// Reads the table under `key`, if any.
    pub fn table<T>(&mut self, key: &'a str, read: impl FnOnce(&mut Fields<'a>) -> T) -> Option<T> {
        let table = self.get(key, ValueType::Table, |v| v.as_table())?;
        let mut child = self.child(table.value, table.span);
        let value = read(&mut child);
        self.faults.extend(child.finish());
        Some(value)
    }

    /// Reads each table of the list under `key` (`[[key]]`).
    pub fn tables<T>(&mut self, key: &'a str, mut read: impl FnMut(&mut Fields<'a>) -> T) -> Vec<T> {
        let all = |v: &'a DeValue<'a>| {
            v.as_array()?
                .iter()
                .map(|t| Some((t.get_ref().as_table()?, t.span())))
                .collect::<Option<Vec<_>>>()
        };
        let Some(list) = self.get(key, ValueType::Tables, all) else { return Vec::new() };
        let one = |(table, span)| {
            let mut child = self.child(table, self.place(span));
            let value = read(&mut child);
            self.faults.extend(child.finish());
            value
        };
        list.value.into_iter().map(one).collect()
    }

    /// The text under `key`, which must be there.
    pub fn required_text(&mut self, key: &'a str) -> Option<At<String>> {
        let text = self.text(key);
        self.require(key, text)
    }

    /// The value of a word from a closed list of names; other words are reported.
    pub fn one_of<T: Copy>(&mut self, word: At<String>, names: &[(&str, T)]) -> Option<At<T>> {
        let At { value, span } = word;
        if let Some((_, meant)) = names.iter().find(|(name, _)| *name == value) {
            return Some(At { value: *meant, span });
        }
        let list = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let title = message!("“{value}”不是可用的值", "“{value}” is not one of the values known here");
        let hint = message!("可用的值：{list}", "use one of: {list}");
        self.report(Diagnostic::new(Code::BAD_VALUE, title).at(self.path, span).hint(hint));
        None
    }

    /// Like `value`, but a fault is reported when it is missing.
    pub fn require<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            self.faults.push(
                Diagnostic::new(Code::MISSING_KEY, message!("缺少 {key}", "`{key}` is missing"))
                    .at(self.path, self.span.clone())
                    .hint(message!("加一行：{key} = …", "add a line `{key} = …`")),
            );
        }
        value
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        for key in self.table.keys() {
            if !self.known.contains(key.get_ref().as_ref()) {
                self.faults.push(self.unknown(key));
            }
        }
        self.faults
    }

    fn unknown(&self, key: &Spanned<std::borrow::Cow<'_, str>>) -> Diagnostic {
        let name = key.get_ref().as_ref();
        let known: Vec<_> = self.known.iter().copied().collect();
        let list = known.join(", ");
        let fault =
            Diagnostic::new(Code::UNKNOWN_KEY, message!("未知的键 {name}", "the key `{name}` is unknown"))
                .label(Label::new(self.path, self.place(key.span())));
        match nearest(name, &known) {
            Some(near) => fault.hint(message!("是否想写 {near}？", "did you mean `{near}`?")),
            None => fault.hint(message!("可用的键：{list}", "the keys known here are {list}")),
        }
    }
}

/// The known word closest to what was written, if one is close enough to be meant.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let scored = known.iter().map(|k| (strsim::jaro_winkler(word, k), *k));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, k)| k)
}
