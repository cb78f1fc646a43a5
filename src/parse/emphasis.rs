//! Emphasis in texts without spaces: the delimiter rule of CommonMark with its CJK-friendly amendment.
//!
//! CommonMark 0.31.2 (§6.2) asks for spaces or punctuation around the marks, so that `**…。**字` stays
//! literal and `**“…”**…**《…》**` makes the wrong words bold (commonmark-spec#650). The parser gives code,
//! links, references and escapes, which bind tighter and do not depend on emphasis; its own emphasis is
//! dropped, and the marks are paired once more by the amended rule
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>).
//!
//! Three further rules keep official texts as they are: marks between two ASCII digits are text (`2*3*4`),
//! one `~` is text (`5~10`), and marks do not open before a closing punctuation mark nor close after an opening one
//! (`张**、李**`).

mod pair;
mod run;

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::base::Span;
use pair::{Act, pair};
use run::{DelimiterRun, RunSide, is_cjk, is_variation};

/// Events with the emphasis of the amended rule, and marks that do not do what they seem to.
pub(super) struct EmphasisReading<'a> {
    pub(super) events: Vec<(Event<'a>, Span)>,
    pub(super) doubts: Vec<(MarkDoubt, Span)>,
}

/// Why a mark may not do what it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkDoubt {
    /// `**` or `~~` without a partner: the text shows it.
    Literal,
    /// `__` or `_` between words, which marks nothing: the text shows it.
    Underscores,
    /// One `*` inside a word: emphasis, or two signs of the text.
    InWord,
    /// Emphasis that contains one half of a pair of quotation marks or brackets.
    Crossing,
}

/// Pairs the marks of all blocks again. Spans are bytes of `source`.
pub(super) fn read<'a>(
    events: impl Iterator<Item = (Event<'a>, Span)>,
    source: &'a str,
) -> EmphasisReading<'a> {
    let mut reader = EmphasisReader {
        source,
        reading: EmphasisReading { events: Vec::new(), doubts: Vec::new() },
        pieces: Vec::new(),
        listing: false,
    };
    for (event, span) in events {
        reader.event(event, span);
    }
    reader.flush();
    reader.reading
}

/// A part of a block's inline content.
enum InlinePiece<'a> {
    Run(DelimiterRun),
    Other(Event<'a>, Span),
}

impl InlinePiece<'_> {
    fn span(&self) -> &Span {
        match self {
            Self::Run(run) => &run.span,
            Self::Other(_, span) => span,
        }
    }

    /// The end of what the piece takes of the source by itself.
    fn end(&self) -> usize {
        match self {
            Self::Other(Event::Start(_), span) => span.start,
            _ => self.span().end,
        }
    }

    /// The beginning of an address in angle brackets, which is no text with marks.
    fn is_address(&self) -> bool {
        use pulldown_cmark::LinkType::{Autolink, Email};
        matches!(self, Self::Other(Event::Start(Tag::Link { link_type: Autolink | Email, .. }), _))
    }

    /// Returns whether the content of a line ends here.
    fn is_break(&self) -> bool {
        matches!(self, Self::Other(Event::SoftBreak | Event::HardBreak, _))
    }
}

struct EmphasisReader<'a> {
    source: &'a str,
    reading: EmphasisReading<'a>,
    /// The inline content of the open block.
    pieces: Vec<InlinePiece<'a>>,
    listing: bool,
}

impl<'a> EmphasisReader<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => {
                self.listing = !self.listing;
                self.block(event, span);
            }
            _ if self.listing => self.reading.events.push((event, span)),
            Event::Start(ref tag @ (Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {
                let length = self.length(tag, &span);
                self.run(span.start..span.start + length);
            }
            Event::End(ref tag @ (TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)) => {
                let length = self.length(&start_of(tag), &span);
                self.run(span.end - length..span.end);
            }
            Event::Text(text) => self.text(text, span),
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Link | TagEnd::Image)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => self.pieces.push(InlinePiece::Other(event, span)),
            Event::Start(_) | Event::End(_) | Event::Html(_) | Event::Rule => self.block(event, span),
        }
    }

    fn block(&mut self, event: Event<'a>, span: Span) {
        self.flush();
        self.reading.events.push((event, span));
    }

    /// How many bytes the parser's mark has.
    fn length(&self, tag: &Tag<'_>, span: &Span) -> usize {
        match tag {
            Tag::Emphasis => 1,
            Tag::Strikethrough if !self.source[span.clone()].starts_with("~~") => 1,
            _ => 2,
        }
    }

    /// Adds marks, to the run before them if they touch it.
    fn run(&mut self, span: Span) {
        let mark = self.source.as_bytes()[span.start];
        if let Some(InlinePiece::Run(run)) = self.pieces.last_mut()
            && (run.mark, run.span.end) == (mark, span.start)
        {
            run.span.end = span.end;
            return;
        }
        self.pieces.push(InlinePiece::Run(DelimiterRun { mark, span, opens: false, closes: false }));
    }

    /// Divides text at its marks. A mark behind a backslash is text.
    fn text(&mut self, text: CowStr<'a>, span: Span) {
        let source = self.source;
        let last = self.pieces.last();
        if *text != source[span.clone()] || last.is_some_and(InlinePiece::is_address) {
            self.pieces.push(InlinePiece::Other(Event::Text(text), span));
            return;
        }
        let before = last.map_or(0, InlinePiece::end);
        let is_escaped = before < span.start && source[..span.start].ends_with('\\');
        let is_mark = |at: usize| matches!(source.as_bytes()[at], b'*' | b'_' | b'~');
        let mut from = span.start;
        for at in span.clone().filter(|at| is_mark(*at) && !(is_escaped && *at == span.start)) {
            self.plain(from..at);
            self.run(at..at + 1);
            from = at + 1;
        }
        self.plain(from..span.end);
    }

    fn plain(&mut self, span: Span) {
        if !span.is_empty() {
            let text = Event::Text(self.source[span.clone()].into());
            self.pieces.push(InlinePiece::Other(text, span));
        }
    }

    /// Ends a block: pairs its marks and gives its events.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if pieces.iter().any(|piece| matches!(piece, InlinePiece::Run(_))) {
            flank(self.source, &mut pieces);
            let acts = pair(&pieces);
            EventWriter { source: self.source, reading: &mut self.reading, acts }.write(pieces);
        } else {
            self.reading.events.extend(pieces.into_iter().filter_map(|piece| match piece {
                InlinePiece::Other(event, span) => Some((event, span)),
                InlinePiece::Run(_) => None,
            }));
        }
    }
}

fn start_of(tag: &TagEnd) -> Tag<'static> {
    match tag {
        TagEnd::Emphasis => Tag::Emphasis,
        TagEnd::Strikethrough => Tag::Strikethrough,
        _ => Tag::Strong,
    }
}

/// Finds for each run whether it may open and close emphasis.
fn flank(source: &str, pieces: &mut [InlinePiece<'_>]) {
    for index in 0..pieces.len() {
        let is_edge = |piece: Option<&InlinePiece<'_>>| piece.is_none_or(InlinePiece::is_break);
        let starts = is_edge(index.checked_sub(1).and_then(|before| pieces.get(before)));
        let ends = is_edge(pieces.get(index + 1));
        let InlinePiece::Run(run) = &mut pieces[index] else { continue };
        let before = source[..run.span.start].chars().rev().find(|c| !is_variation(*c));
        let after = source[run.span.end..].chars().next();
        let [before, after] = [before.filter(|_| !starts), after.filter(|_| !ends)].map(RunSide::of);
        (run.opens, run.closes) = run.rights(before, after);
    }
}

/// Writes the events of one block.
struct EventWriter<'a, 'r> {
    source: &'a str,
    reading: &'r mut EmphasisReading<'a>,
    acts: BTreeMap<usize, Act>,
}

impl<'a> EventWriter<'a, '_> {
    fn write(mut self, pieces: Vec<InlinePiece<'a>>) {
        let mut balance = Balance::default();
        let mut begun = Vec::new();
        for piece in pieces {
            match piece {
                InlinePiece::Run(run) => self.run(&run, &balance, &mut begun),
                InlinePiece::Other(event, span) => {
                    if let Event::Text(text) = &event {
                        balance.text(text);
                    }
                    self.reading.events.push((event, span));
                }
            }
        }
    }

    fn run(&mut self, run: &DelimiterRun, balance: &Balance, begun: &mut Vec<Balance>) {
        let mut at = run.span.start;
        while at < run.span.end {
            let end = match self.acts.remove(&at) {
                Some(act) => {
                    let end = act.mark.end;
                    self.act(run, act, balance, begun);
                    end
                }
                None => {
                    let end = self.acts.range(at..run.span.end).next().map_or(run.span.end, |(at, _)| *at);
                    self.literal(run, at..end);
                    end
                }
            };
            at = end;
        }
    }

    fn act(&mut self, run: &DelimiterRun, act: Act, balance: &Balance, begun: &mut Vec<Balance>) {
        let strong = act.mark.len() == 2;
        let (start, end) = match (run.mark, strong) {
            (b'~', _) => (Tag::Strikethrough, TagEnd::Strikethrough),
            (_, true) => (Tag::Strong, TagEnd::Strong),
            (_, false) => (Tag::Emphasis, TagEnd::Emphasis),
        };
        if act.opens {
            begun.push(balance.clone());
            if run.mark == b'*' && run.span.len() == 1 && self.is_in_word(&act.whole) {
                self.reading.doubts.push((MarkDoubt::InWord, act.whole.clone()));
            }
            self.reading.events.push((Event::Start(start), act.whole));
        } else {
            if begun.pop().is_some_and(|before| before != *balance) {
                self.reading.doubts.push((MarkDoubt::Crossing, act.whole.clone()));
            }
            self.reading.events.push((Event::End(end), act.whole));
        }
    }

    fn is_in_word(&self, whole: &Span) -> bool {
        let before = self.source[..whole.start].chars().next_back();
        let after = self.source[whole.end..].chars().next();
        before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
    }

    fn literal(&mut self, run: &DelimiterRun, span: Span) {
        let doubt = match (run.mark, run.span.len()) {
            (b'*' | b'~', 2..) => Some(MarkDoubt::Literal),
            (b'_', 2) => Some(MarkDoubt::Underscores),
            (b'_', 1) if self.is_between_han(&run.span) => Some(MarkDoubt::Underscores),
            _ => None,
        };
        self.reading.doubts.extend(doubt.map(|doubt| (doubt, span.clone())));
        self.reading.events.push((Event::Text(self.source[span.clone()].into()), span));
    }

    fn is_between_han(&self, span: &Span) -> bool {
        let before = self.source[..span.start].chars().next_back();
        let after = self.source[span.end..].chars().next();
        before.is_some_and(is_cjk) && after.is_some_and(is_cjk)
    }
}

/// How many pairs of each kind are open.
#[derive(Clone, Default, PartialEq, Eq)]
struct Balance([i32; 4]);

impl Balance {
    fn text(&mut self, text: &str) {
        const PAIRS: [[char; 2]; 4] = [['“', '”'], ['《', '》'], ['（', '）'], ['「', '」']];
        for c in text.chars() {
            for (count, [open, close]) in self.0.iter_mut().zip(PAIRS) {
                *count += i32::from(c == open) - i32::from(c == close);
            }
        }
    }
}

#[cfg(test)]
mod tests;
