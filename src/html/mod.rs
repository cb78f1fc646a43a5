//! Text with marks and overlays → HTML. The only module that makes [`Html`].

mod document;
pub mod markdown;
pub mod scanner;

use std::cmp::Reverse;

use serde::{Serialize, Serializer};

use crate::base::Span;
use crate::base::address::is_harmless;
use crate::compare::{Run, RunKind};
use crate::model::{Mark, MarkKind};

pub use document::document;

/// HTML that is safe to put into a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The HTML as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::from(self).serialize(serializer)
    }
}

impl From<&Html> for tera::Value {
    fn from(html: &Html) -> Self {
        Self::safe_string(&html.0)
    }
}

/// JSON for a `script` element. No text in it can end the element or open a
/// comment: `<`, `>` and `&` are written as JSON escapes (HTML §4.12.1.3).
pub fn json(value: &serde_json::Value) -> Html {
    let text = value.to_string();
    Html(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

/// Something known about a stretch of text that the page shows there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// The stretch, in bytes of the text.
    pub span: Span,
    /// The thing to show.
    pub kind: OverlayKind,
}

/// The kind of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverlayKind {
    /// A link inside the site; the class says to what.
    Link {
        /// The address.
        href: String,
        /// The CSS class.
        class: &'static str,
        /// The tooltip; may be empty.
        title: String,
    },
    /// A day or period, with its machine-readable form (HTML `time`, ISO 8601).
    Time(String),
    /// Words of another language, with its BCP 47 tag.
    Foreign(String),
    /// A stretch with a CSS class.
    Class(&'static str),
}

/// Renders a stretch of a text with its marks and overlays.
///
/// Elements that overlap without one holding the other are split where they
/// cross; a link inside a link is left out, as HTML has none.
pub fn inline(text: &str, within: Span, marks: &[Mark], overlays: &[Overlay]) -> Html {
    written(text, within, marks, overlays, &[])
}

/// Renders a whole text as [`inline`] does, marking where a line may end in it (`wbr`): `places`, in bytes,
/// in ascending order.
pub fn title(text: &str, marks: &[Mark], overlays: &[Overlay], places: &[usize]) -> Html {
    written(text, 0..text.len(), marks, overlays, places)
}

fn written(text: &str, within: Span, marks: &[Mark], overlays: &[Overlay], places: &[usize]) -> Html {
    write(text, within, elements(marks, overlays), places)
}

fn elements(marks: &[Mark], overlays: &[Overlay]) -> Vec<WrappedRange> {
    overlays.iter().map(WrappedRange::overlay).chain(marks.iter().flat_map(WrappedRange::mark)).collect()
}

fn write(text: &str, within: Span, mut elements: Vec<WrappedRange>, places: &[usize]) -> Html {
    for element in &mut elements {
        element.span = element.span.start.max(within.start)..element.span.end.min(within.end);
    }
    elements.retain(|e| e.span.start < e.span.end);
    let mut writer = HtmlWriter {
        text,
        out: String::with_capacity(within.len() * 2),
        open: Vec::new(),
        links: 0,
        at: within.start,
        places,
    };
    writer.write(elements, within.end);
    Html(writer.out)
}

/// Renders a table whose cells are stretches of a text; the first row is the head.
pub fn table(text: &str, rows: &[Vec<Span>], marks: &[Mark], overlays: &[Overlay]) -> Html {
    let mut out = String::from("<table>");
    let mut elements = InCells::new(elements(marks, overlays));
    for (index, row) in rows.iter().enumerate() {
        let (open, close) = if index == 0 { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
        out.push_str("<tr>");
        for cell in row {
            out.push_str(open);
            out.push_str(write(text, cell.clone(), elements.of(cell), &[]).as_str());
            out.push_str(close);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    Html(out)
}

/// The elements of a table, given out cell by cell.
struct InCells {
    /// Those that begin in later cells, the next one last; each with its place among all of them.
    waiting: Vec<(usize, WrappedRange)>,
    /// Those that have begun and not ended.
    open: Vec<(usize, WrappedRange)>,
}

impl InCells {
    fn new(elements: Vec<WrappedRange>) -> Self {
        let mut waiting: Vec<_> = elements.into_iter().enumerate().collect();
        waiting.sort_by_key(|(_, element)| Reverse(element.span.start));
        Self { waiting, open: Vec::new() }
    }

    /// The elements over a cell behind those asked for before, in their own order.
    fn of(&mut self, cell: &Span) -> Vec<WrappedRange> {
        while let Some(next) = self.waiting.pop_if(|(_, element)| element.span.start < cell.end) {
            self.open.push(next);
        }
        self.open.retain(|(_, element)| element.span.end > cell.start);
        self.open.sort_by_key(|(place, _)| *place);
        self.open.iter().map(|(_, element)| element.clone()).collect()
    }
}

/// Words around changed text for readers who do not see it struck out or underlined.
#[derive(Clone, Debug)]
pub struct ChangeLabels {
    /// Before removed words.
    pub removed: String,
    /// Before added words.
    pub added: String,
    /// After either.
    pub end: String,
}

/// Renders a comparison: removed words in `del`, added ones in `ins`.
///
/// Browsers do not tell screen readers of either element, so that the labels
/// are in the text, for hearing only (class `heard`).
pub fn changes<'a>(runs: impl IntoIterator<Item = &'a Run>, labels: &ChangeLabels) -> Html {
    let mut out = String::new();
    for run in runs {
        let (name, label) = match run.kind {
            RunKind::Same => {
                escape(&run.text, &mut out);
                continue;
            }
            RunKind::Removed => ("del", &labels.removed),
            RunKind::Added => ("ins", &labels.added),
        };
        out.push_str(&format!("<{name}>"));
        heard(label, &mut out);
        escape(&run.text, &mut out);
        heard(&labels.end, &mut out);
        out.push_str(&format!("</{name}>"));
    }
    Html(out)
}

fn heard(label: &str, out: &mut String) {
    out.push_str("<span class=\"heard\">");
    escape(label, out);
    out.push_str("</span>");
}

/// Escapes a text for an element or a quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// The anchor of a reference to a footnote.
fn note_reference(number: usize, times: usize) -> String {
    match times {
        1 => format!("note-{number}-back"),
        _ => format!("note-{number}-back-{times}"),
    }
}

/// An element over a stretch of text: how it opens and what closes it.
#[derive(Clone)]
struct WrappedRange {
    span: Span,
    open: String,
    name: &'static str,
}

impl WrappedRange {
    fn new(span: &Span, name: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut open = format!("<{name}");
        for (key, value) in attributes {
            open.push_str(&format!(" {key}=\""));
            escape(value, &mut open);
            open.push('"');
        }
        open.push('>');
        Self { span: span.clone(), open, name }
    }

    fn overlay(overlay: &Overlay) -> Self {
        let span = &overlay.span;
        match &overlay.kind {
            OverlayKind::Link { href, class, title } => {
                let mut attributes = vec![("class", *class), ("href", href)];
                attributes.extend((!title.is_empty()).then_some(("title", title.as_str())));
                Self::new(span, "a", &attributes)
            }
            OverlayKind::Time(datetime) => Self::new(span, "time", &[("datetime", datetime)]),
            OverlayKind::Foreign(tag) => Self::new(span, "span", &[("lang", tag)]),
            OverlayKind::Class(class) => Self::new(span, "span", &[("class", class)]),
        }
    }

    /// The elements of a mark, the inner first.
    fn mark(mark: &Mark) -> Vec<Self> {
        let one = |name, attributes: &[(&str, &str)]| vec![Self::new(&mark.span, name, attributes)];
        match &mark.kind {
            MarkKind::Emphasis => one("em", &[]),
            MarkKind::Strong => one("strong", &[]),
            MarkKind::Code => one("code", &[]),
            MarkKind::Deleted => one("s", &[]),
            MarkKind::Link(url) if is_harmless(url) => one("a", &[("href", url)]),
            MarkKind::Link(_) => one("span", &[]),
            MarkKind::Break => one("br", &[]),
            MarkKind::Note(number, times) => {
                let (id, href) = (note_reference(*number, *times), format!("#note-{number}"));
                let link = Self::new(&mark.span, "a", &[("href", &href), ("role", "doc-noteref")]);
                vec![link, Self::new(&mark.span, "sup", &[("id", &id)])]
            }
        }
    }
}

struct HtmlWriter<'a> {
    text: &'a str,
    out: String,
    open: Vec<WrappedRange>,
    /// How many of them are links.
    links: usize,
    at: usize,
    /// Where a line may end, as far as it has not been written.
    places: &'a [usize],
}

impl HtmlWriter<'_> {
    fn write(&mut self, mut elements: Vec<WrappedRange>, end: usize) {
        // Taken from the back: the next to open is the last.
        elements.sort_by_key(|e| (Reverse(e.span.start), e.span.end));
        while let Some(mut element) = elements.pop() {
            self.close_until(element.span.start);
            if let Some(limit) = self.open.last().map(|outer| outer.span.end)
                && element.span.end > limit
            {
                let rest = WrappedRange { span: limit..element.span.end, ..element.clone() };
                let place = elements.partition_point(|e| {
                    (Reverse(e.span.start), e.span.end) < (Reverse(rest.span.start), rest.span.end)
                });
                elements.insert(place, rest);
                element.span.end = limit;
            }
            self.begin(element);
        }
        self.close_until(end);
        while let Some(element) = self.open.pop() {
            self.end(&element);
        }
        self.plain(end);
    }

    fn begin(&mut self, element: WrappedRange) {
        self.plain(element.span.start);
        if element.name == "br" {
            self.out.push_str("<br>");
            self.at = element.span.end;
        } else if element.name != "a" || self.links == 0 {
            self.out.push_str(&element.open);
            self.links += usize::from(element.name == "a");
            self.open.push(element);
        }
    }

    fn close_until(&mut self, at: usize) {
        while let Some(element) = self.open.pop_if(|e| e.span.end <= at) {
            self.end(&element);
        }
    }

    fn end(&mut self, element: &WrappedRange) {
        self.links -= usize::from(element.name == "a");
        self.plain(element.span.end);
        self.out.push_str("</");
        self.out.push_str(element.name);
        self.out.push('>');
    }

    fn plain(&mut self, to: usize) {
        while let Some((place, rest)) = self.places.split_first().filter(|(place, _)| **place <= to) {
            self.escaped(*place);
            self.out.push_str("<wbr>");
            self.places = rest;
        }
        self.escaped(to);
    }

    fn escaped(&mut self, to: usize) {
        if self.at < to {
            escape(&self.text[self.at..to], &mut self.out);
            self.at = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marks: &[(Span, MarkKind)], overlays: &[(Span, OverlayKind)], expected: &str) {
        let marks: Vec<_> = marks.iter().map(|(s, k)| Mark { span: s.clone(), kind: k.clone() }).collect();
        let overlays: Vec<_> =
            overlays.iter().map(|(s, k)| Overlay { span: s.clone(), kind: k.clone() }).collect();
        assert_eq!(inline(text, 0..text.len(), &marks, &overlays).as_str(), expected);
    }

    #[test]
    fn text_is_escaped() {
        check("a<b>&\"'", &[], &[], "a&lt;b&gt;&amp;&quot;&#39;");
    }

    #[test]
    fn elements_nest_and_split_where_they_cross() {
        check(
            "abcdef",
            &[(2..6, MarkKind::Strong)],
            &[(0..4, OverlayKind::Class("x"))],
            "<span class=\"x\">ab<strong>cd</strong></span><strong>ef</strong>",
        );
        check(
            "ab\ncd",
            &[(2..3, MarkKind::Break)],
            &[(0..5, OverlayKind::Time("2025".into()))],
            "<time datetime=\"2025\">ab<br>cd</time>",
        );
    }

    #[test]
    fn lines_may_end_where_it_is_said() {
        let strong = Mark { span: 3..9, kind: MarkKind::Strong };
        assert_eq!(
            title("甲乙丙<丁", &[strong], &[], &[3, 6, 9]).as_str(),
            "甲<wbr><strong>乙<wbr>丙<wbr></strong>&lt;丁"
        );
    }

    #[test]
    fn links_do_not_nest_and_do_not_run_code() {
        let link = |to: &str| OverlayKind::Link { href: to.into(), class: "w", title: String::new() };
        check(
            "ab",
            &[(0..1, MarkKind::Link("https://x".into()))],
            &[(0..2, link("../y/"))],
            "<a class=\"w\" href=\"../y/\">ab</a>",
        );
        for bad in ["javascript:alert(1)", " java\nscript:x", "data:text/html,x", "VBSCRIPT:x"] {
            check("a", &[(0..1, MarkKind::Link(bad.into()))], &[], "<span>a</span>");
        }
        check(
            "a",
            &[(0..1, MarkKind::Link("../plans/?a=b:c".into()))],
            &[],
            "<a href=\"../plans/?a=b:c\">a</a>",
        );
    }

    #[test]
    fn json_stays_inside_its_element() {
        let value = serde_json::json!({ "name": "</script><!-- <script> & \u{2028}" });
        let text = json(&value);
        assert!(!text.as_str().contains(['<', '>', '&']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(text.as_str()).unwrap(), value);
    }

    #[test]
    fn changes_are_marked_for_eyes_and_ears() {
        let run = |kind, text: &str| Run { kind, text: text.into() };
        let labels = ChangeLabels { removed: "[-".into(), added: "[+".into(), end: "]".into() };
        let runs = [run(RunKind::Same, "a<"), run(RunKind::Removed, "b"), run(RunKind::Added, "c")];
        let heard = |text| format!("<span class=\"heard\">{text}</span>");
        let expected = format!(
            "a&lt;<del>{}b{}</del><ins>{}c{}</ins>",
            heard("[-"),
            heard("]"),
            heard("[+"),
            heard("]")
        );
        assert_eq!(changes(&runs, &labels).as_str(), expected);
    }
}
