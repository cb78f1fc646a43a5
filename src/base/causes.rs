//! Causes and consequences: which findings follow from others, and the order in which all are reported.
//!
//! A finding follows from another if the catalogue of codes below says that the one rule can be broken
//! because the other is, and the file at fault is one that the finding rests on. It is withheld until
//! its cause is fixed, and the cause says how many are.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Code, Diagnostic, Severity, SitePath};

/// The settings, which every other file rests on.
const SETTINGS: &str = "config.toml";

/// The folder of plans.
const PLANS: &str = "content/plans/";

/// Files whose content is not known.
const UNREADABLE: &[Code] =
    &[Code::NOT_UTF8, Code::UNREADABLE_FILE, Code::MISSING_FRONT_MATTER, Code::TOML_SYNTAX];
/// Records of TOML that are left out or incomplete.
const FIELDS: &[Code] = &[Code::UNKNOWN_KEY, Code::MISSING_KEY, Code::WRONG_TYPE, Code::BAD_VALUE];
/// Lines that look like headings and tasks and are read as text.
const LOOKALIKES: &[Code] = &[Code::MERGE_CONFLICT, Code::STRUCTURE_LOOKALIKE];
/// Plans whose tasks are not those that were meant.
const STRUCTURE: &[Code] = &[Code::NO_TASKS, Code::NUMBER_GAP, Code::NUMBER_REPEATED, Code::UNNUMBERED_TASK];
/// Files that are not where they should be.
const ABSENT: &[Code] = &[Code::MISSING_FILE, Code::BAD_FILE_NAME];
/// Records that are left out because of what they name.
const REFERENCES: &[Code] = &[Code::UNKNOWN_ID, Code::LINK_BACKWARDS, Code::DUPLICATE_ID];

/// The rules whose breach can be the cause of a breach of this one.
fn causes(code: Code) -> &'static [&'static [Code]] {
    match code {
        Code::MISSING_FILE => &[UNREADABLE],
        Code::NO_TASKS | Code::UNNUMBERED_TASK => &[UNREADABLE, FIELDS, LOOKALIKES],
        Code::NUMBER_GAP | Code::NUMBER_REPEATED | Code::SECTION_ORDER => &[UNREADABLE, LOOKALIKES],
        Code::UNSUPPORTED_MARKDOWN
        | Code::RAW_HTML
        | Code::UNREADABLE_DEADLINE
        | Code::MISSING_TRANSLATION => &[UNREADABLE],
        Code::UNKNOWN_INSTRUMENT | Code::LINK_BACKWARDS => &[UNREADABLE, FIELDS],
        Code::UNKNOWN_ID | Code::DEAD_LINK => &[UNREADABLE, FIELDS, LOOKALIKES, STRUCTURE],
        Code::INEXACT_QUOTATION
        | Code::CORRECTION_NOT_IN_TEXT
        | Code::FACT_NOT_IN_TEXT
        | Code::MISALIGNED
        | Code::TRANSLATION_WITHOUT_ORIGINAL
        | Code::STALE_TRANSLATION
        | Code::NUMBER_MISMATCH
        | Code::GLOSSARY_TERM_MISSING
        | Code::GLOSSARY_WRONG_RENDERING => &[UNREADABLE, LOOKALIKES, STRUCTURE],
        Code::NO_EFFECT | Code::NO_COUNTERPART | Code::ONE_SIDED_LINK | Code::ROUTE_COLLISION => {
            &[UNREADABLE, FIELDS, LOOKALIKES, STRUCTURE, REFERENCES]
        }
        _ => &[],
    }
}

/// The rules that are broken in other files because a value of the settings is not known.
const OF_SETTINGS: &[Code] = &[
    Code::BAD_FILE_NAME,
    Code::UNKNOWN_KEY,
    Code::MISSING_KEY,
    Code::MISSING_FILE,
    Code::MISSING_TRANSLATION,
    Code::TRANSLATION_WITHOUT_ORIGINAL,
];

/// The groups of rules that are applied one after the other, before all others.
const STAGES: [&[Code]; 6] = [UNREADABLE, ABSENT, FIELDS, LOOKALIKES, STRUCTURE, REFERENCES];

/// How early a rule is applied; a cause is of an earlier stage than its consequence.
fn stage(code: Code) -> usize {
    STAGES.iter().position(|codes| codes.contains(&code)).unwrap_or(STAGES.len())
}

/// Returns whether `finding` follows from `cause`.
fn follows(finding: &Diagnostic, cause: &Diagnostic) -> bool {
    // What keeps the site from being published is never withheld for something that does not.
    if cause.severity > finding.severity || stage(cause.code) >= stage(finding.code) {
        return false;
    }
    let Some(home) = cause.home() else { return false };
    if home.as_str() == SETTINGS {
        return finding.home() != Some(home) && follows_from_settings(finding.code, cause.code);
    }
    // A value of a plan's front matter tells of its tasks, not of the other values.
    let is_value = FIELDS.contains(&cause.code) && home.as_str().starts_with(PLANS);
    if is_value && finding.home() == Some(home) && !STRUCTURE.contains(&finding.code) {
        return false;
    }
    causes(finding.code).iter().any(|codes| codes.contains(&cause.code)) && rests_on(finding, home)
}

fn follows_from_settings(code: Code, cause: Code) -> bool {
    let unknown = UNREADABLE.contains(&cause) || cause == Code::MISSING_FILE;
    unknown || FIELDS.contains(&cause) && OF_SETTINGS.contains(&code)
}

/// Returns whether a finding rests on a file: it names the file or a folder above it.
fn rests_on(finding: &Diagnostic, file: &SitePath) -> bool {
    let covers = |path: &SitePath| {
        let rest = file.as_str().strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match &*finding.rests_on {
        [] => finding.labels.iter().any(|label| covers(&label.path)),
        named => named.iter().any(covers),
    }
}

/// Puts findings into the one order in which they are always reported, drops repetitions, and withholds
/// what follows from others.
///
/// Errors come before warnings and causes before all else; then the order is that of files and places.
pub fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(order);
    diagnostics.dedup_by(|a, b| order(a, b) == Ordering::Equal);
    let mut seen = BTreeSet::new();
    let mut is_cause =
        |d: &Diagnostic| stage(d.code) < STAGES.len() && seen.insert((d.code, d.home().cloned()));
    let causes: Vec<usize> = (0..diagnostics.len()).filter(|index| is_cause(&diagnostics[*index])).collect();
    let cause = |finding: &Diagnostic| causes.iter().copied().find(|c| follows(finding, &diagnostics[*c]));
    let found: Vec<Option<usize>> = diagnostics.iter().map(cause).collect();
    for cause in found.iter().flatten() {
        diagnostics[root(&found, *cause)].withheld += 1;
    }
    let mut found = found.into_iter();
    diagnostics.retain(|_| found.next().is_some_and(|cause| cause.is_none()));
}

/// The finding from which a cause follows itself, through others.
fn root(causes: &[Option<usize>], mut cause: usize) -> usize {
    while let Some(earlier) = causes[cause] {
        cause = earlier;
    }
    cause
}

fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let stage = |d: &Diagnostic| match d.severity {
        Severity::Error => stage(d.code),
        // Warnings are read file by file.
        Severity::Warning => 0,
    };
    let key = |d: &Diagnostic| (d.severity, stage(d));
    key(a).cmp(&key(b)).then_with(|| {
        (&a.labels, a.code.name(), &a.title, &a.hints).cmp(&(&b.labels, b.code.name(), &b.title, &b.hints))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    /// A finding at a file, and what it rests on.
    fn finding(code: Code, file: &'static str, rests_on: &[&'static str]) -> Diagnostic {
        let named = Diagnostic::new(code, message!("“{file}”", "`{file}`")).at(&SitePath::fixed(file), 0..0);
        rests_on.iter().fold(named, |finding, path| finding.rests_on(SitePath::fixed(path)))
    }

    fn check(mut given: Vec<Diagnostic>, expected: &[(&str, u32)]) {
        given.reverse();
        settle(&mut given);
        let found: Vec<_> = given.iter().map(|d| (d.code.name(), d.withheld)).collect();
        assert_eq!(found, expected);
        settle(&mut given);
        let again: Vec<_> = given.iter().map(|d| (d.code.name(), d.withheld)).collect();
        assert_eq!(again, expected, "settled once more");
    }

    const PLAN: &str = "content/plans/a/zh.md";

    #[test]
    fn what_follows_from_a_cause_is_withheld() {
        let all = vec![
            finding(Code::TRANSLATION_WITHOUT_ORIGINAL, "content/plans/a/en.md", &[PLAN]),
            finding(Code::NUMBER_REPEATED, PLAN, &[]),
            finding(Code::ROUTE_COLLISION, "zh/plans/a/tasks/3/index.html", &["content/plans/a"]),
            finding(Code::UNKNOWN_ID, "content/threads.toml", &["content/plans/a"]),
            finding(
                Code::NO_COUNTERPART,
                "content/plans/b/zh.md",
                &["content/threads.toml", "content/plans"],
            ),
        ];
        check(all, &[("number-repeated", 4)]);
    }

    #[test]
    fn what_has_another_subject_stays_and_errors_come_first() {
        let all = vec![
            finding(Code::MISSING_TRANSLATION, "content/plans/a/zh.md", &["content/plans/a/en.md"]),
            finding(Code::UNKNOWN_ID, "content/topics.toml", &["content/plans/b"]),
            finding(Code::NUMBER_REPEATED, PLAN, &[]),
        ];
        check(all, &[("number-repeated", 0), ("unknown-id", 0), ("missing-translation", 0)]);
    }

    #[test]
    fn an_error_is_never_withheld_for_a_warning() {
        let mut warning = finding(Code::NUMBER_REPEATED, PLAN, &[]);
        warning.severity = Severity::Warning;
        check(
            vec![warning, finding(Code::UNKNOWN_ID, "content/threads.toml", &["content/plans/a"])],
            &[("unknown-id", 0), ("number-repeated", 0)],
        );
    }

    #[test]
    fn unreadable_settings_explain_everything_but_files_that_cannot_be_read() {
        let all = vec![
            finding(Code::TOML_SYNTAX, "config.toml", &[]),
            finding(Code::NOT_UTF8, PLAN, &[]),
            finding(Code::BAD_FILE_NAME, "content/plans/a/fr.md", &[]),
            finding(Code::MISSING_STRING, "themes/default/i18n/en.ftl", &[]),
        ];
        check(all, &[("toml-syntax", 2), ("not-utf8", 0)]);
    }

    #[test]
    fn causes_are_of_an_earlier_stage() {
        for code in Code::all() {
            for cause in causes(code).iter().copied().flatten().filter(|cause| **cause != code) {
                assert!(stage(*cause) < stage(code) || REFERENCES.contains(&code), "{cause:?} → {code:?}");
            }
        }
    }
}
