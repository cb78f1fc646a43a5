//! Which interface strings a theme needs, and whether every language has just those.

pub mod ftl;
pub mod string_uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Code, Diagnostic, Label, SitePath};
use crate::message;
use ftl::{FtlString, FtlStrings};
use string_uses::Call;

/// The strings of one language, with the file that they are to be found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Where strings that are missing should be written.
    pub path: SitePath,
    /// The strings.
    pub strings: FtlStrings,
}

/// Compares the strings of every language with what is asked for, and with each other.
pub fn check(calls: &[Call], languages: &[Vocabulary], is_plural_form: fn(&str) -> bool) -> Vec<Diagnostic> {
    let needed = needed(calls);
    let mut faults = Vec::new();
    for language in languages {
        let has = |name: &str| language.strings.contains_key(name);
        faults.extend(needed.iter().filter(|(name, _)| !has(name)).map(|(_, call)| missing(language, call)));
        let taken_in: BTreeSet<_> = language.strings.values().flat_map(|s| &s.uses.strings).collect();
        for (name, written) in &language.strings {
            match needed.get(name.as_str()) {
                Some(call) => faults.extend(not_given(name, written, call)),
                None if taken_in.contains(name) || is_plural_form(name) => {}
                None => faults.push(unused(name, written)),
            }
            faults.extend(not_used(name, written, languages));
        }
    }
    faults
}

/// Each string that is asked for, with the variables that every place gives it.
fn needed(calls: &[Call]) -> BTreeMap<&str, Call> {
    let mut needed: BTreeMap<&str, Call> = BTreeMap::new();
    for call in calls {
        let known = needed.entry(call.name.as_str()).or_insert_with(|| call.clone());
        known.variables.retain(|variable| call.variables.contains(variable));
    }
    needed
}

fn missing(language: &Vocabulary, call: &Call) -> Diagnostic {
    let (name, path) = (&call.name, &language.path);
    let title = message!("{path} 没有界面文字 {name}", "{path} has no string `{name}`");
    let fault = Diagnostic::new(Code::MISSING_STRING, title).at(path, 0..0);
    let fault = match &call.place {
        Some(place) => fault.label(place.clone().with_text(message!("这里要用", "needed here"))),
        None => fault,
    };
    fault.hint(message!("加一行：{name} = …", "add a line `{name} = …`"))
}

fn unused(name: &str, written: &FtlString) -> Diagnostic {
    let title = message!("界面文字 {name} 没有用到", "the string `{name}` is not used");
    Diagnostic::new(Code::UNUSED_STRING, title)
        .label(written.place.clone())
        .hint(message!("删去它，或改正名称", "delete it, or correct its name"))
}

/// The variables that a string uses and some place that asks for it does not give.
fn not_given(name: &str, written: &FtlString, call: &Call) -> Option<Diagnostic> {
    let used = written.uses.shown.iter().chain(&written.uses.choosing);
    let unknown: BTreeSet<_> = used.filter(|variable| !call.variables.contains(*variable)).collect();
    let variable = unknown.first()?;
    let title =
        message!("界面文字 {name} 没有变量 ${variable}", "the string `{name}` is given no `${variable}`");
    let given: Vec<_> = call.variables.iter().map(|variable| format!("${variable}")).collect();
    let given = if given.is_empty() { "–".to_owned() } else { given.join(", ") };
    let fault = Diagnostic::new(Code::STRING_VARIABLES, title).label(written.place.clone());
    Some(fault.hint(message!("可用的变量：{given}", "the variables known here: {given}")))
}

/// The languages in which a string leaves out a variable that this one shows.
/// A variable that only chooses (a plural) may be of no use in another language.
fn not_used(name: &str, written: &FtlString, languages: &[Vocabulary]) -> Vec<Diagnostic> {
    let others = languages.iter().filter_map(|language| language.strings.get(name));
    let lacking = others.filter_map(|other| {
        let uses = &other.uses;
        let used = |variable: &&String| uses.shown.contains(*variable) || uses.choosing.contains(*variable);
        let variable = written.uses.shown.iter().find(|variable| !used(variable))?;
        Some(left_out(name, variable, &other.place, &written.place))
    });
    lacking.collect()
}

fn left_out(name: &str, variable: &str, place: &Label, other: &Label) -> Diagnostic {
    let title =
        message!("界面文字 {name} 没有用变量 ${variable}", "the string `{name}` leaves out `${variable}`");
    let there = message!("另一种语言在这里用了它", "another language uses it here");
    Diagnostic::new(Code::STRING_VARIABLES, title)
        .label(place.clone())
        .label(other.clone().with_text(there))
        .hint(message!("各语言用同样的变量", "use the same variables in every language"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, files: &[(&str, &str)], expected: &[&str]) {
        let path = |name: &str| SitePath::new(name).unwrap();
        let calls = string_uses::calls(&path("x.html"), template);
        let vocabulary = |(name, text): &(&str, &str)| Vocabulary {
            path: path(name),
            strings: ftl::read(&path(name), text),
        };
        let found = super::check(&calls, &files.iter().map(vocabulary).collect::<Vec<_>>(), |_| false);
        let show = |d: &Diagnostic| format!("{} {}: {}", d.code.name(), d.labels[0].path, d.title.en);
        assert_eq!(found.iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_language_has_what_is_asked_for_and_no_more() {
        let template = "{{ t(key=\"a\") }}{{ t(key=\"b\", n=1) }}";
        let zh = ("zh.ftl", "a = 甲\nb = 乙\n");
        check(template, &[zh, ("en.ftl", "a = A\nb = { $n ->\n    [one] B\n   *[other] Bs\n }\n")], &[]);
        check(template, &[("zh.ftl", "a = 甲\n")], &["missing-string zh.ftl: zh.ftl has no string `b`"]);
        check(
            template,
            &[zh, ("en.ftl", "a = A\nb = B\nc = C\n")],
            &["unused-string en.ftl: the string `c` is not used"],
        );
    }

    #[test]
    fn variables_are_the_same_in_every_language() {
        let template = "{{ t(key=\"a\", n=1) }}";
        check(
            template,
            &[("zh.ftl", "a = { $n } 项\n"), ("en.ftl", "a = items\n")],
            &["string-variables en.ftl: the string `a` leaves out `$n`"],
        );
        check(
            template,
            &[("zh.ftl", "a = { $m } 项\n")],
            &["string-variables zh.ftl: the string `a` is given no `$m`"],
        );
    }
}
