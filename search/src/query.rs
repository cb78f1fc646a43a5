//! The query language, read leniently: nothing a visitor types is an error.
//!
//! | typed | means |
//! |---|---|
//! | `专利 侵权` | both, anywhere in the record |
//! | `"trademark agency"` | these words as written, side by side |
//! | `-商标` | not this |
//! | `*right*` | any word that contains this (`right*` begins, `*right` ends with it) |
//! | `plan:2023` `year:2022..2024` `kind:task` `topic:地理标志` | only these records |
//! | `due:2025` `due:2025-06` `due:2022..2023` `due:..2025` | by deadline |
//! | `due:ongoing` `due:past` `due:none` | ongoing, past, without a deadline |
//! | `body:市财政局` | tasks that a body is responsible for or takes part in |
//!
//! Full-width colons, quotes and minus signs count as their ASCII forms; the Chinese
//! names 计划 年份 类型 主题 期限 到期 截止 单位 may be used. What does not parse is searched for as text.

/// A parsed query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// In the order typed.
    pub(crate) terms: Vec<Term>,
    /// `field:value` and `-field:value`.
    pub(crate) filters: Vec<Filter>,
}

/// A word or phrase to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Term {
    /// The text without quotes and minus.
    pub(crate) text: String,
    /// True if it was in quotes.
    pub(crate) quoted: bool,
    /// True if records that contain it are excluded.
    pub(crate) negated: bool,
}

/// A condition on a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    /// The facet.
    pub(crate) facet: Facet,
    /// The value as typed.
    pub(crate) value: String,
    /// True if records that meet it are excluded.
    pub(crate) negated: bool,
}

/// The facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Facet {
    /// Plan id.
    Plan,
    /// Year of the plan.
    Year,
    /// Kind of record.
    Kind,
    /// Topic slug.
    Topic,
    /// Year of the deadline, `ongoing` or `none`.
    Due,
    /// Name of a responsible or participating body.
    Body,
}

impl Facet {
    /// All facets.
    pub(crate) const ALL: [Facet; 6] =
        [Facet::Plan, Facet::Year, Facet::Kind, Facet::Topic, Facet::Due, Facet::Body];

    /// The facet's name in queries, options and results.
    pub(crate) fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The facet with this name, in English or Chinese.
    pub(crate) fn named(name: &str) -> Option<Facet> {
        let name = name.to_lowercase();
        Facet::ALL.into_iter().find(|facet| facet.names().contains(&name.as_str()))
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Facet::Plan => &["plan", "计划"],
            Facet::Year => &["year", "年份"],
            Facet::Kind => &["kind", "类型"],
            Facet::Topic => &["topic", "主题"],
            Facet::Due => &["due", "期限", "deadline", "到期", "截止"],
            Facet::Body => &["body", "单位", "责任单位", "部门"],
        }
    }
}

impl Query {
    /// Reads a query.
    pub(crate) fn parse(input: &str) -> Query {
        let mut query = Query::default();
        let mut rest = input.trim_start();
        while !rest.is_empty() {
            let (token, after) = token(rest);
            query.add(token);
            rest = after.trim_start();
        }
        query
    }

    /// The terms that are not negated, as one text.
    pub(crate) fn words(&self) -> String {
        joined(self.terms.iter().filter(|term| !term.negated))
    }

    fn add(&mut self, token: Token<'_>) {
        let field = token.field.and_then(|name| Some((name, Facet::named(name)?)));
        let (negated, value) = (token.negated, token.value.to_owned());
        match (field, token.field) {
            (Some((_, facet)), _) if !value.trim().is_empty() => {
                self.filters.push(Filter { facet, value, negated });
            }
            // `plan:` on its way to `plan:2023`: nothing to filter by yet.
            (Some(_), _) => {}
            (None, Some(name)) => {
                let text = format!("{name}:{value}");
                self.terms.push(Term { text, quoted: token.quoted, negated });
            }
            (None, None) => self.terms.push(Term { text: value, quoted: token.quoted, negated }),
        }
    }
}

/// The texts of terms with spaces between them.
pub(crate) fn joined<'a>(terms: impl IntoIterator<Item = &'a Term>) -> String {
    terms.into_iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A token: up to white space or the closing quote.
struct Token<'a> {
    negated: bool,
    field: Option<&'a str>,
    value: &'a str,
    quoted: bool,
}

fn token(input: &str) -> (Token<'_>, &str) {
    let (negated, input) = minus(input);
    let (field, input) = field(input);
    if let Some((value, rest)) = quoted(input) {
        return (Token { negated, field, value, quoted: true }, rest);
    }
    let end = input.find(char::is_whitespace).unwrap_or(input.len());
    let (value, rest) = input.split_at(end);
    (Token { negated, field, value, quoted: false }, rest)
}

fn minus(input: &str) -> (bool, &str) {
    match input.strip_prefix(['-', '－']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace() && c != '-') => (true, rest),
        _ => (false, input),
    }
}

/// Splits off the name of a facet before a colon; any other name remains in the text.
fn field(input: &str) -> (Option<&str>, &str) {
    let end = input.find(|c: char| !c.is_alphabetic()).unwrap_or(input.len());
    let (name, rest) = input.split_at(end);
    match rest.strip_prefix([':', '：']) {
        Some(value) if Facet::named(name).is_some() => (Some(name), value),
        _ => (None, input),
    }
}

/// A quoted text at the beginning of the input, if its closing quote ends a token.
/// In `“十四五”规划` the quotes belong to the text, and are folded away with it.
fn quoted(input: &str) -> Option<(&str, &str)> {
    let open = input.chars().next()?;
    let close = match open {
        '"' | '＂' => open,
        '“' | '”' => '”',
        '「' => '」',
        '『' => '』',
        _ => return None,
    };
    let body = &input[open.len_utf8()..];
    let end = body.find(close)?;
    let rest = &body[end + close.len_utf8()..];
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    ends.then_some((&body[..end], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let query = Query::parse(input);
        let sign = |negated: bool| if negated { "-" } else { "" };
        let terms = query.terms.iter().map(|term| {
            let quote = if term.quoted { "\"" } else { "" };
            format!("{}{quote}{}{quote}", sign(term.negated), term.text)
        });
        let filters = query
            .filters
            .iter()
            .map(|filter| format!("{}{}:{}", sign(filter.negated), filter.facet.name(), filter.value));
        assert_eq!(terms.chain(filters).collect::<Vec<_>>().join(" | "), expected, "{input}");
    }

    #[test]
    fn reads_terms_and_filters() {
        check("专利 侵权", "专利 | 侵权");
        check("\u{3000}专利\u{3000}侵权 ", "专利 | 侵权");
        check("\"trade mark\" -agency", "\"trade mark\" | -agency");
        check("plan:2023 year:2022..2024 专利", "专利 | plan:2023 | year:2022..2024");
        check("年份：2023 -kind:notice", "year:2023 | -kind:notice");
        check("topic:\"geographical indications\"", "topic:geographical indications");
        check("责任单位：市财政局 -body:市档案馆", "body:市财政局 | -body:市档案馆");
    }

    #[test]
    fn is_lenient() {
        check("", "");
        check("\"", "\"");
        check("\"never closed", "\"never | closed");
        check("“十四五”规划", "“十四五”规划");
        check("“十四五” 规划", "\"十四五\" | 规划");
        check("plan:", "");
        check("foo:bar", "foo:bar");
        check("- -- a-b", "- | -- | a-b");
        check("-", "-");
        check("http://x", "http://x");
    }
}
