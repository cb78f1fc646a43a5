//! The elements of a page, one after the other, as Markdown.

use std::collections::BTreeSet;

use crate::html::markdown::element::MarkdownElement;
use crate::html::markdown::writer::{Checkpoint, Gap, MarkdownWriter};
use crate::html::scanner::{Scanner, decoded, decoded_text};

const LINK: &str = "[";
const HEADINGS: [&str; 6] = ["# ", "## ", "### ", "#### ", "##### ", "###### "];

/// An element that is open.
struct OpenElement<'a> {
    name: &'a str,
    element: MarkdownElement,
    state: ElementState,
}

/// The state of an open element, needed when it ends.
enum ElementState {
    Plain,
    /// It is not shown.
    Hidden,
    /// Where a mark was written, the mark, and what ends it.
    Marked(Checkpoint, &'static str, String),
    /// A row of a table.
    Row,
    /// Where a cell began.
    Cell(Checkpoint),
    /// In its text nothing is markup.
    Verbatim,
}

/// A page that is being read.
pub(super) struct MarkdownPage<'a> {
    writer: MarkdownWriter,
    open: Vec<OpenElement<'a>>,
    /// The class of the texts that are not shown.
    other: &'static str,
    /// The marks that are open, each once.
    marks: BTreeSet<&'static str>,
    /// In how many elements we are that are not shown.
    hidden: usize,
    /// The number of the next item of each open list, if it has numbers.
    lists: Vec<Option<usize>>,
    /// Of each open list of terms, whether a term is open.
    terms: Vec<bool>,
    /// The cells of the row, and how many rows there were.
    cells: Vec<String>,
    rows: usize,
    /// The text so far of an element in which nothing is markup.
    verbatim: Option<String>,
}

impl<'a> MarkdownPage<'a> {
    /// A page of which the texts of class `other` are not shown.
    pub(super) fn new(other: &'static str) -> Self {
        Self {
            writer: MarkdownWriter::default(),
            open: Vec::new(),
            marks: BTreeSet::new(),
            other,
            hidden: 0,
            lists: Vec::new(),
            terms: Vec::new(),
            cells: Vec::new(),
            rows: 0,
            verbatim: None,
        }
    }

    /// The end of the page.
    pub(super) fn finish(mut self) -> String {
        while self.close_last() {}
        self.writer.finish()
    }

    /// Takes text as it is written.
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match &mut self.verbatim {
            Some(so_far) => so_far.push_str(&decoded_text(text)),
            None => self.writer.text(&decoded_text(text)),
        }
    }

    /// Takes a start tag, which `tag` has just read.
    pub(super) fn start(&mut self, name: &'a str, tag: &Scanner<'_>) {
        let element = MarkdownElement::of(name);
        while self.open.last().is_some_and(|open| open.element.ends_before(open.name, element)) {
            self.close_last();
        }
        let is_hidden = self.hidden > 0 || self.is_hidden(element, tag);
        if element.is_void() {
            if !is_hidden && self.verbatim.is_none() {
                self.void(element, tag);
            }
            return;
        }
        let state = match is_hidden {
            true => ElementState::Hidden,
            false if self.verbatim.is_some() => ElementState::Plain,
            false => self.begin(element, tag),
        };
        self.hidden += usize::from(is_hidden);
        self.open.push(OpenElement { name, element, state });
    }

    /// Takes an end tag. One that ends nothing is passed over.
    pub(super) fn end(&mut self, name: &str) {
        let place = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        while place.is_some_and(|place| self.open.len() > place) {
            self.close_last();
        }
    }

    /// Whether an element is for eyes only, or for the other language.
    fn is_hidden(&self, element: MarkdownElement, tag: &Scanner<'_>) -> bool {
        let classes = || tag.value("class").unwrap_or_default().split_ascii_whitespace();
        let has = |class: &str| classes().any(|other| other == class);
        element == MarkdownElement::LeftOut
            || tag.value("role") == Some("doc-backlink")
            || has("same")
            || (has("text") && has(self.other))
    }

    fn void(&mut self, element: MarkdownElement, tag: &Scanner<'_>) {
        match element {
            MarkdownElement::Break => self.writer.line_break(),
            MarkdownElement::Rule => {
                self.writer.gap(Gap::Blank);
                self.writer.verbatim("---");
                self.writer.gap(Gap::Blank);
            }
            MarkdownElement::Image => {
                let [alt, src] = ["alt", "src"].map(|name| decoded(tag.value(name).unwrap_or_default()));
                let place = self.writer.open_mark("![");
                self.writer.text(&alt);
                self.writer.close_mark(place, &format!("]({})", destination(&src)));
            }
            _ => {}
        }
    }

    fn begin(&mut self, element: MarkdownElement, tag: &Scanner<'_>) -> ElementState {
        match element {
            MarkdownElement::Block | MarkdownElement::Heading(_) if self.is_group() => {}
            MarkdownElement::Heading(level) if !self.writer.is_flat() => {
                self.writer.gap(Gap::Blank);
                return self.mark(HEADINGS[level - 1], String::new());
            }
            MarkdownElement::Block | MarkdownElement::Heading(_) => self.writer.gap(Gap::Blank),
            MarkdownElement::List => self.list(None),
            MarkdownElement::Ordered => {
                // Only one that begins with 1 may follow text without an empty line.
                self.writer.gap(Gap::Blank);
                let first = tag.value("start").and_then(|start| start.parse().ok());
                self.list(Some(first.unwrap_or(1)));
            }
            MarkdownElement::Item => self.item(tag.value("id").and_then(|id| id.strip_prefix("note-"))),
            MarkdownElement::Terms => {
                self.writer.list_gap();
                self.terms.push(false);
            }
            MarkdownElement::Term => return self.term(),
            MarkdownElement::Quote => {
                self.writer.gap(Gap::Blank);
                self.writer.push_level("> ", "> ");
            }
            MarkdownElement::Table if self.writer.is_flat() => self.writer.gap(Gap::Blank),
            MarkdownElement::Table => {
                self.writer.gap(Gap::Blank);
                self.rows = 0;
            }
            MarkdownElement::Row if !self.writer.is_flat() => return ElementState::Row,
            MarkdownElement::Cell
                if matches!(self.open.last(), Some(OpenElement { state: ElementState::Row, .. })) =>
            {
                return ElementState::Cell(self.writer.open_cell());
            }
            MarkdownElement::Row | MarkdownElement::Cell => self.writer.gap(Gap::Line),
            MarkdownElement::Link => return self.link(tag),
            MarkdownElement::Strong => return self.emphasis("**"),
            MarkdownElement::Emphasis => return self.emphasis("*"),
            MarkdownElement::Deleted => return self.emphasis("~~"),
            MarkdownElement::Code | MarkdownElement::Preformatted => {
                self.verbatim = Some(String::new());
                return ElementState::Verbatim;
            }
            _ => {}
        }
        ElementState::Plain
    }

    /// Closes the element that was opened last; `false` if there is none.
    fn close_last(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        match open.state {
            ElementState::Hidden => {
                self.hidden -= 1;
                return true;
            }
            ElementState::Marked(place, mark, end) => {
                self.marks.remove(mark);
                self.writer.unflatten();
                self.writer.close_mark(place, &end);
            }
            ElementState::Cell(place) => self.cells.push(self.writer.close_cell(place)),
            ElementState::Row => self.row(),
            ElementState::Verbatim => self.write_verbatim(open.element),
            ElementState::Plain => {}
        }
        match open.element {
            MarkdownElement::Block if self.is_group() => {}
            MarkdownElement::Block | MarkdownElement::Heading(_) => self.writer.gap(Gap::Blank),
            MarkdownElement::List | MarkdownElement::Ordered => {
                self.lists.pop();
                self.writer.list_gap();
            }
            MarkdownElement::Item | MarkdownElement::Quote => {
                self.writer.pop_level();
                self.writer.gap(if open.element == MarkdownElement::Item { Gap::Line } else { Gap::Blank });
            }
            MarkdownElement::Term => self.writer.end_of_term(),
            MarkdownElement::Description => self.writer.gap(Gap::Line),
            MarkdownElement::Terms => {
                self.end_of_terms();
                self.terms.pop();
                self.writer.list_gap();
            }
            MarkdownElement::Table => self.writer.gap(Gap::Blank),
            _ => {}
        }
        true
    }

    /// Whether what begins or ends now only groups a term with its descriptions (HTML Standard, §4.4.9).
    fn is_group(&self) -> bool {
        self.open.last().is_some_and(|open| open.element == MarkdownElement::Terms)
    }

    fn list(&mut self, first: Option<usize>) {
        self.writer.list_gap();
        self.lists.push(first);
    }

    /// An item of a list, or a footnote, by its number.
    fn item(&mut self, note: Option<&str>) {
        self.writer.gap(Gap::Line);
        if let Some(note) = note {
            self.writer.gap(Gap::Blank);
            return self.writer.push_level(&format!("[^{note}]: "), "    ");
        }
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.writer.push_level(&marker, &" ".repeat(marker.len()));
    }

    fn term(&mut self) -> ElementState {
        self.end_of_terms();
        self.writer.gap(Gap::Line);
        if let Some(is_open) = self.terms.last_mut() {
            *is_open = true;
            self.writer.push_level("- ", "  ");
        }
        self.emphasis("**")
    }

    /// Ends the item of a term with its descriptions.
    fn end_of_terms(&mut self) {
        if self.terms.last_mut().is_some_and(std::mem::take) {
            self.writer.pop_level();
        }
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.writer.row(&cells, self.rows == 0);
            self.rows += 1;
        }
    }

    /// Emphasis within the same emphasis is none.
    fn emphasis(&mut self, mark: &'static str) -> ElementState {
        match self.marks.contains(mark) {
            true => ElementState::Plain,
            false => self.mark(mark, mark.to_owned()),
        }
    }

    /// A link within a link is none.
    fn link(&mut self, tag: &Scanner<'_>) -> ElementState {
        let Some(href) = tag.value("href").filter(|_| !self.marks.contains(LINK)) else {
            return ElementState::Plain;
        };
        if tag.value("role") == Some("doc-noteref") {
            return self.mark("[^", "]".to_owned());
        }
        let mut end = format!("]({}", destination(&decoded(href)));
        if let Some(title) = tag.value("title").filter(|title| !title.is_empty()) {
            let title = decoded(title).replace('\\', "\\\\").replace('"', "\\\"");
            end += &format!(" \"{}\"", title.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.mark(LINK, end + ")")
    }

    /// Text between two marks stays in one line.
    fn mark(&mut self, mark: &'static str, end: String) -> ElementState {
        let place = self.writer.open_mark(mark);
        self.writer.flatten();
        self.marks.insert(mark);
        ElementState::Marked(place, mark, end)
    }

    fn write_verbatim(&mut self, element: MarkdownElement) {
        let text = self.verbatim.take().unwrap_or_default();
        if element == MarkdownElement::Code || self.writer.is_flat() {
            self.writer.code(&text);
        } else {
            self.writer.gap(Gap::Blank);
            self.writer.fenced(&text);
            self.writer.gap(Gap::Blank);
        }
    }
}

/// An address as the target of a link (CommonMark 0.31.2, §6.3).
fn destination(address: &str) -> String {
    match address.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '\\')) {
        true => format!(
            "<{}>",
            address.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E").replace('\n', "")
        ),
        false => address.to_owned(),
    }
}
