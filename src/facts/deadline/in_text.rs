//! Promises in running text, outside the last parenthesis: `请于12月1日前报送`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::clause::dated;
use super::words::VERBS;
use super::{Deadline, Reading};
use crate::facts::date::{self, Edge, Moment};
use crate::facts::index::{Cover, Occurrences, Parts};
use crate::facts::{ProblemKind, Span, citation, paren, scan};

/// Words in the clause that put the date behind what is told, not before it.
const PAST: &[&str] = &["截至", "截止到", "早在", "同比"];

/// The same, directly before the date.
const FROM: &[&str] = &["自", "从", "较", "比", "与"];

/// Labels of a due day: `完成时限：2025年底`.
const LABELS: &[&str] = &["时限：", "时限:", "时间：", "时间:", "期限：", "期限:", "节点："];

/// Reads the due days that running text promises. They are kept apart from [`super::read`]
/// because a plan may not mean them as its items' deadlines; the reporting days of a
/// covering notice are found here (`分别于2022年2月28日和12月1日前报送`).
///
/// A time counts if it is written with 前, or after 到, 至 or a word like 力争 with a period's
/// end, and the rest of its sentence says what will be done; or if a label such as
/// `完成时限：` says so. Times in titles and parentheses never count.
pub fn in_text(text: &str, context_year: Option<i16>) -> Reading {
    let dates = date::read(text, context_year);
    if dates.moments.is_empty() && dates.problems.is_empty() {
        return Reading::default();
    }
    let elsewhere = elsewhere(text);
    let outside = |span: &Span| !elsewhere.contains(span.start);
    let around = Around::new(text);
    let moments = dates.moments.iter().filter(|m| outside(&m.span));
    let deadlines = moments.filter_map(|m| around.promise(m)).collect();
    let mut problems = dates.problems;
    problems.retain(|problem| {
        outside(&problem.span)
            && match problem.kind {
                ProblemKind::ImpossibleDate { .. } | ProblemKind::ReversedRange => true,
                ProblemKind::VagueDate | ProblemKind::BeforePeriod => false,
                _ => text[problem.span.clone()].ends_with('前') && around.acts_behind(&problem.span),
            }
    });
    Reading { deadlines, problems, parenthesis: None }
}

/// Titles and parentheses.
fn elsewhere(text: &str) -> Cover {
    let titles = citation::read(text).citations.into_iter();
    let parens = paren::read(text).pairs.into_iter();
    Cover::new(titles.map(|t| t.span).chain(parens.map(|p| p.span)))
}

static ALL_VERBS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(VERBS));
static ALL_PAST: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(PAST));

fn automaton(words: &[&str]) -> AhoCorasick {
    AhoCorasick::new(words).expect("a few words make a small automaton")
}

/// What stands around the times of a text.
struct Around<'a> {
    text: &'a str,
    clauses: Parts,
    sentences: Parts,
    verbs: Occurrences,
    past: Occurrences,
}

impl<'a> Around<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            clauses: Parts::new(text, scan::ends_clause),
            sentences: Parts::new(text, scan::ends_sentence),
            verbs: Occurrences::new(text, &ALL_VERBS),
            past: Occurrences::new(text, &ALL_PAST),
        }
    }

    fn promise(&self, moment: &Moment) -> Option<Deadline> {
        let before = self.clauses.start(moment.span.start)..moment.span.start;
        let line = self.text[..moment.span.start].trim_end();
        let labelled = LABELS.iter().any(|label| line.ends_with(label));
        let clause = self.text[before.clone()].trim_end();
        let past = self.past.any_in(&before) || FROM.iter().any(|word| clause.ends_with(word));
        let led = ["到", "至", "力争", "确保", "争取"].iter().any(|word| clause.ends_with(word));
        let timed = match moment.edge {
            Edge::Before => true,
            Edge::End | Edge::Within => led,
            Edge::From => false,
        };
        let told = timed && !past && self.acts_behind(&moment.span);
        (labelled && moment.edge != Edge::From || told).then(|| dated(self.text, moment, moment.span.clone()))
    }

    /// Whether the rest of the sentence says what will be done, not what has been.
    fn acts_behind(&self, span: &Span) -> bool {
        let behind = span.end..self.sentences.end(span.end);
        let rest = &self.text[behind.clone()];
        let past = rest.starts_with(['已', '的']) || rest.starts_with("，已");
        !past && self.verbs.any_in(&behind)
    }
}
