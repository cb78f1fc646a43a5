//! Brackets of a text, half-width or full-width, outside titles: （）, 【】, 〔〕, [].

use super::{Span, citation};

/// One parenthesis at the outermost level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paren {
    /// With its marks.
    pub(super) span: Span,
    /// Between its marks.
    pub(super) inner: Span,
}

/// The parentheses of a text, and the marks that pair with nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Parens {
    /// Outermost pairs, in order.
    pub(super) pairs: Vec<Paren>,
    /// Openings that are never closed.
    pub(super) unclosed: Vec<usize>,
    /// Closings that nothing opens.
    pub(super) unopened: Vec<usize>,
}

/// Finds the parentheses of `text`. Those inside 《…》 belong to the title, and widths may
/// mix: `（2025年12月底前完成)` occurs.
pub(super) fn read(text: &str) -> Parens {
    let titles = citation::read(text).citations;
    let mut titles = titles.iter().map(|title| &title.span).peekable();
    let mut found = Parens::default();
    let mut open = Vec::new();
    for (i, c) in text.char_indices() {
        while titles.next_if(|title| title.end <= i).is_some() {}
        if titles.peek().is_some_and(|title| title.contains(&i)) {
            continue;
        }
        match c {
            '（' | '(' | '【' | '〔' | '[' => open.push(i),
            '）' | ')' | '】' | '〕' | ']' => match open.pop() {
                Some(start) if open.is_empty() => found.pairs.push(pair(text, start, i)),
                Some(_) => {}
                None => found.unopened.push(i),
            },
            _ => {}
        }
    }
    found.recover(text, open);
    found
}

impl Parens {
    /// An opening that is never closed hides the pairs behind it: find those again.
    fn recover(&mut self, text: &str, open: Vec<usize>) {
        let Some(&first) = open.first() else { return };
        let behind = first + text[first..].chars().next().map_or(0, char::len_utf8);
        let rest = read_plain(text, behind);
        self.unclosed = open;
        self.pairs.extend(rest);
        self.pairs.sort_by_key(|paren| paren.span.start);
    }
}

/// Innermost pairs behind `from`; only used to recover.
fn read_plain(text: &str, from: usize) -> Vec<Paren> {
    let mut pairs = Vec::new();
    let mut open = None;
    for (i, c) in text[from..].char_indices().map(|(i, c)| (from + i, c)) {
        match c {
            '（' | '(' | '【' | '〔' | '[' => open = Some(i),
            '）' | ')' | '】' | '〕' | ']' => pairs.extend(open.take().map(|start| pair(text, start, i))),
            _ => {}
        }
    }
    pairs
}

fn pair(text: &str, open: usize, close: usize) -> Paren {
    let width = |at: usize| text[at..].chars().next().map_or(0, char::len_utf8);
    Paren { span: open..close + width(close), inner: open + width(open)..close }
}
