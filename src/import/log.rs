//! The running account that the stages keep of their changes and doubts.

use super::account::{Doubt, DoubtKind, Edit, Rule};

/// Changes and doubts in the order in which they came up.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) edits: Vec<Edit>,
    pub(super) doubts: Vec<Doubt>,
}

impl Log {
    /// Notes a change.
    pub(super) fn edit(&mut self, rule: Rule, line: usize, from: impl Into<String>, to: impl Into<String>) {
        self.edits.push(Edit::new(rule, line, from, to));
    }

    /// Notes a doubt about the text at `line`.
    pub(super) fn doubt(&mut self, kind: DoubtKind, line: usize, text: &str) {
        self.doubts.push(Doubt { line, excerpt: excerpt(text), kind });
    }
}

/// Characters of an excerpt.
const EXCERPT: usize = 24;

/// The beginning of `text`, cut with … if it is long.
pub(super) fn excerpt(text: &str) -> String {
    let cut: String = text.chars().take(EXCERPT).collect();
    if cut.len() < text.len() { cut + "…" } else { cut }
}

/// The end of `text`, cut with … if it is long.
pub(super) fn excerpt_end(text: &str) -> String {
    let count = text.chars().count();
    if count <= EXCERPT {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - EXCERPT).collect();
    format!("…{tail}")
}
