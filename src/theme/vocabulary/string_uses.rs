//! Places that ask for interface strings: `t(key="…")` in templates.

use std::collections::BTreeSet;

use crate::base::{Label, SitePath};

/// A place that asks for a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The name of the string.
    pub name: String,
    /// The variables it gives.
    pub variables: BTreeSet<String>,
    /// The place, if it is in a template.
    pub place: Option<Label>,
}

/// The places in a template that ask for strings: `t(key="…", n=…)`.
pub fn calls(path: &SitePath, text: &str) -> Vec<Call> {
    let starts = text
        .match_indices("t(")
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    starts.filter_map(|(at, _)| call(path, text, at)).collect()
}

fn call(path: &SitePath, text: &str, at: usize) -> Option<Call> {
    let arguments = arguments(&text[at + "t(".len()..]);
    let (_, key) = arguments.iter().find(|(name, _)| *name == "key")?;
    let name = key.strip_prefix('"')?.strip_suffix('"')?;
    let variables = arguments.iter().map(|(name, _)| name.to_string()).filter(|name| name != "key");
    let end = at + text[at..].find(name)? + name.len();
    Some(Call {
        name: name.to_owned(),
        variables: variables.collect(),
        place: Some(Label::new(path, at..end)),
    })
}

/// The named arguments of a call, up to the parenthesis that closes it.
fn arguments(text: &str) -> Vec<(&str, &str)> {
    let (mut depth, mut quoted, mut start) = (0, false, 0);
    let mut arguments = Vec::new();
    for (at, c) in text.char_indices() {
        let ends = !quoted && depth == 0 && matches!(c, ',' | ')');
        if ends {
            arguments.extend(text[start..at].split_once('=').map(|(n, v)| (n.trim(), v.trim())));
            start = at + 1;
        }
        match c {
            '"' => quoted = !quoted,
            ')' if ends => break,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: &[(&str, &[&str])]) {
        let path = SitePath::new("templates/x.html").unwrap();
        let found = calls(&path, template);
        let found: Vec<_> = found
            .iter()
            .map(|c| (c.name.as_str(), c.variables.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(name, variables)| (*name, variables.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn calls_in_templates() {
        check(r#"{{ t(key="a") }}{% if t(key = "b", n=x | length) %}"#, &[("a", &[]), ("b", &["n"])]);
        check(r#"{{ t(key="c", day=f(x=1, y="),"), m=2) }}"#, &[("c", &["day", "m"])]);
        check(r#"{{ import(key="d") }} {{ t(key=name) }}"#, &[]);
    }
}
