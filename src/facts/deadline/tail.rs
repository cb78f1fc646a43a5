//! The words behind a time in its clause: the act, and ongoing work afterwards.

use super::words::{ADVERBS, ONGOING, VERBS};
use crate::facts::Span;
use crate::facts::date::Edge;
use crate::facts::scan::{self, Cursor};

/// The words behind the last time of a clause: `完成` and `持续推进` of `…完成并持续推进`.
pub(super) struct Tail {
    pub(super) verb: Span,
    pub(super) ongoing: Option<Span>,
}

impl Tail {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let words = &text[span.clone()];
        let ongoing = ongoing_at(words).map(|at| span.start + at..span.end);
        let verb_end = ongoing.as_ref().map_or(span.end, |ongoing| ongoing.start);
        let verb = scan::trim(text, span.start..verb_end);
        let mut bare = &text[verb.clone()];
        while let Some(shorter) =
            ["并", "且", "后", "，", "、", "再", "，并", "此"].iter().find_map(|join| bare.strip_suffix(join))
        {
            bare = shorter.trim_end();
        }
        Self {
            verb: verb.start..verb.start + bare.len(),
            ongoing: ongoing.map(|span| scan::trim(text, span)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.verb.is_empty() && self.ongoing.is_none()
    }

    /// Returns whether it names an act.
    pub(super) fn acts(&self, text: &str) -> bool {
        let verb = &text[self.verb.clone()];
        VERBS.iter().any(|word| verb.contains(word)) || self.ongoing.is_some()
    }

    /// Returns whether it can follow a promised time. Where neither 前 nor 底 closes the time, what
    /// follows may narrow it (2025年国庆节前完成, 2025年6底前完成): only a verb will do.
    pub(super) fn fits(&self, text: &str, edge: Edge) -> bool {
        let verb = &text[self.verb.clone()];
        let mut cursor = Cursor::new(verb, 0);
        while cursor.eat_any(ADVERBS).is_some() {}
        let wrong = verb.starts_with('已') || cursor.number().is_some();
        let closed = matches!(edge, Edge::Before | Edge::End) && self.acts(text);
        verb.is_empty() || !wrong && (closed || cursor.sees_any(VERBS))
    }
}

/// Where in `words` the phrase of something kept up begins; 0 if nothing but joints lead in.
pub(super) fn ongoing_at(words: &str) -> Option<usize> {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(&["并", "且", "今后", "此后", "以后", "后", "需", "要", "作为"]).is_some()
    {
    }
    if ONGOING.iter().any(|word| cursor.ahead().starts_with(word)) {
        return (!counts_time(cursor.ahead())).then_some(0);
    }
    let starts = ONGOING.iter().filter_map(|word| words.find(word));
    starts.min()
}

/// 持续3年 says how long, not that it goes on.
fn counts_time(words: &str) -> bool {
    let after = words.strip_prefix("持续").unwrap_or_default();
    Cursor::new(after, 0).number().is_some()
}
