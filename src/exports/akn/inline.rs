//! Inline content: a stretch of text with its marks and overlays → XML without white space of its own.

use std::cmp::Reverse;
use std::collections::VecDeque;

use quick_xml::escape::escape;

use crate::base::Span;
use crate::base::address::is_harmless;
use crate::html::{Overlay, OverlayKind};
use crate::model::{Mark, MarkKind};

/// An element over a stretch of text.
struct InlineRange {
    span: Span,
    element: InlineElement,
}

/// The elements of Akoma Ntoso inside a paragraph.
#[derive(Clone)]
enum InlineElement {
    /// An element around the text, as its name and attributes.
    Around(&'static str, Vec<(&'static str, String)>),
    /// An end of a line instead of the text.
    EndOfLine,
    /// A footnote or a reference to one instead of the text: its number, and how often it was referred to.
    Note(usize, usize),
}

/// The elements of a text by their starts, taken from the front as the text is written.
pub(super) struct RangeQueue(VecDeque<InlineRange>);

impl RangeQueue {
    /// The elements of the marks and overlays of a text.
    pub(super) fn new(marks: &[Mark], overlays: &[Overlay]) -> Self {
        let overlays = overlays.iter().filter_map(of_overlay);
        let mut ranges: Vec<_> = overlays.chain(marks.iter().filter_map(of_mark)).collect();
        ranges.retain(|range| !range.span.is_empty());
        ranges.sort_by_key(|range| (range.span.start, Reverse(range.span.end)));
        Self(ranges.into())
    }

    /// Takes the elements that begin before a place; those that reach beyond it are split there.
    fn take(&mut self, end: usize) -> Self {
        let (mut taken, mut rests) = (VecDeque::new(), Vec::new());
        while let Some(mut range) = self.0.pop_front_if(|range| range.span.start < end) {
            if range.span.end > end {
                rests.push(InlineRange { span: end..range.span.end, element: range.element.clone() });
                range.span.end = end;
            }
            taken.push_back(range);
        }
        rests.into_iter().rev().for_each(|rest| self.0.push_front(rest));
        Self(taken)
    }
}

fn of_overlay(overlay: &Overlay) -> Option<InlineRange> {
    let element = match &overlay.kind {
        OverlayKind::Link { href, title, .. } => {
            let title = (!title.is_empty()).then(|| ("title", title.clone()));
            InlineElement::Around("ref", std::iter::once(("href", href.clone())).chain(title).collect())
        }
        OverlayKind::Time(day) => InlineElement::Around("date", vec![("date", day.clone())]),
        OverlayKind::Foreign(tag) => InlineElement::Around("span", vec![("xml:lang", tag.clone())]),
        OverlayKind::Class(_) => return None,
    };
    Some(InlineRange { span: overlay.span.clone(), element })
}

fn of_mark(mark: &Mark) -> Option<InlineRange> {
    let inline = |name: &str| InlineElement::Around("inline", vec![("name", name.to_owned())]);
    let element = match &mark.kind {
        MarkKind::Emphasis => InlineElement::Around("i", Vec::new()),
        MarkKind::Strong => InlineElement::Around("b", Vec::new()),
        MarkKind::Code => inline("code"),
        // `del` would be a deletion by an amending act.
        MarkKind::Deleted => inline("deleted"),
        MarkKind::Link(url) => {
            is_harmless(url).then(|| InlineElement::Around("a", vec![("href", url.clone())]))?
        }
        MarkKind::Break => InlineElement::EndOfLine,
        MarkKind::Note(number, times) => InlineElement::Note(*number, *times),
    };
    Some(InlineRange { span: mark.span.clone(), element })
}

/// Writes a stretch of a text, behind those that were written before from the same queue. `note` gives the
/// XML of a footnote, or of a reference to one.
///
/// Elements that overlap without one containing the other are split where they cross; a link inside a link is
/// left out, as on the pages.
pub(super) fn stretch(
    text: &str,
    within: Span,
    ranges: &mut RangeQueue,
    note: &dyn Fn(usize, usize) -> String,
) -> String {
    let mut writer = InlineWriter { text, out: String::new(), note };
    writer.stretch(within.clone(), ranges.take(within.end), false);
    writer.out
}

/// A text as lines.
pub(super) fn lines(text: &str) -> String {
    let lines: Vec<_> = text.trim_end_matches('\n').split('\n').map(escape).collect();
    lines.join("<eol/>")
}

struct InlineWriter<'a> {
    text: &'a str,
    out: String,
    note: &'a dyn Fn(usize, usize) -> String,
}

impl InlineWriter<'_> {
    fn stretch(&mut self, within: Span, mut ranges: RangeQueue, is_linked: bool) {
        let mut at = within.start;
        while let Some(range) = ranges.0.pop_front() {
            let span = range.span.start.max(at)..range.span.end;
            if span.is_empty() {
                continue;
            }
            self.plain(at..span.start);
            at = span.end;
            let inside = ranges.take(span.end);
            self.element(&range.element, span, inside, is_linked);
        }
        self.plain(at..within.end);
    }

    fn element(&mut self, element: &InlineElement, span: Span, inside: RangeQueue, is_linked: bool) {
        match element {
            InlineElement::EndOfLine => self.out.push_str("<eol/>"),
            InlineElement::Note(number, times) => self.out.push_str(&(self.note)(*number, *times)),
            InlineElement::Around(name, attributes) => {
                let is_link = matches!(*name, "a" | "ref");
                if is_link && is_linked {
                    return self.stretch(span, inside, true);
                }
                self.out.push_str(&format!("<{name}"));
                for (key, value) in attributes {
                    self.out.push_str(&format!(" {key}=\"{}\"", escape(value)));
                }
                self.out.push('>');
                self.stretch(span, inside, is_linked || is_link);
                self.out.push_str(&format!("</{name}>"));
            }
        }
    }

    fn plain(&mut self, span: Span) {
        self.out.push_str(&escape(&self.text[span]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marks: &[(Span, MarkKind)], overlays: &[(Span, OverlayKind)], expected: &str) {
        let marks: Vec<_> =
            marks.iter().map(|(span, kind)| Mark { span: span.clone(), kind: kind.clone() }).collect();
        let overlays: Vec<_> =
            overlays.iter().map(|(span, kind)| Overlay { span: span.clone(), kind: kind.clone() }).collect();
        let note = |number, times| format!("[{number}.{times}]");
        let written = stretch("a<b\ncdef", 0..8, &mut RangeQueue::new(&marks, &overlays), &note);
        assert_eq!(written, expected);
    }

    #[test]
    fn elements_are_nested_and_split() {
        let link = |href: &str| MarkKind::Link(href.into());
        let cited = OverlayKind::Link { href: "x?a&b".into(), class: "cite", title: String::new() };
        check(&[], &[], "a&lt;b\ncdef");
        check(&[(3..4, MarkKind::Break)], &[], "a&lt;b<eol/>cdef");
        check(
            &[(0..5, MarkKind::Strong), (4..6, MarkKind::Emphasis)],
            &[],
            "<b>a&lt;b\n<i>c</i></b><i>d</i>ef",
        );
        check(&[(0..1, link("javascript:x"))], &[], "a&lt;b\ncdef");
        check(&[(4..6, link("y"))], &[(4..8, cited)], "a&lt;b\n<ref href=\"x?a&amp;b\">cdef</ref>");
        check(&[(4..5, MarkKind::Note(2, 1))], &[], "a&lt;b\n[2.1]def");
    }
}
