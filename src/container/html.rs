//! A saved web page → the lines of its document, and which lines belong to the page around it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::DropReason;
use super::Unreadable;
use super::decode::Decoded;
use super::html_tables;
use super::html_tree::{self, Child, ElementIndex, Tree};
use super::text::TextLines;
use super::{Container, Contents};
use super::{chars, dates, marks};

/// Returns whether `text` is a web page: it begins with a tag of one.
pub(super) fn is_page(text: &str) -> bool {
    PAGE.is_match(text)
}

static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    let opening = r"(?:<\?xml[^>]*>|<!--(?s:.*?)-->|\s)*";
    let tags = "!doctype|html|head|body|meta|title|div|section|article|main|table|h[1-6]|p|span|font|center";
    Regex::new(&format!(r"(?i)\A\u{{FEFF}}?{opening}<(?:{tags})[\s>]")).expect("the pattern is valid")
});

/// Reads a page.
///
/// # Errors
/// None so far: a page without text is found to be empty later.
pub(super) fn read(decoded: &Decoded) -> Result<Contents, Unreadable> {
    let tree = html_tree::parse(&decoded.text);
    let page = SavedPage::new(&tree);
    let mut writer = PageTextWriter {
        page: &page,
        lines: TextLines::default(),
        outside: BTreeMap::new(),
        titles: Vec::new(),
        state: WriterState::default(),
    };
    writer.children(0);
    writer.end_line();
    let PageTextWriter { lines, mut outside, titles, .. } = writer;
    let mut text = lines.finish();
    leave_out_repeated(&text, &titles, &mut outside);
    if let Some(title) = page.missing_title(&text) {
        text = format!("# {title}\n{text}");
        outside = outside.into_iter().map(|(line, reason)| (line + 1, reason)).collect();
    }
    let mut facts = decoded.facts.clone();
    facts.container = Container::Html;
    facts.lines = text.lines().count();
    Ok(Contents { text, facts, outside, stated: stated(&tree) })
}

/// Leaves out titles above the document that the document itself begins with.
fn leave_out_repeated(text: &str, titles: &[usize], outside: &mut BTreeMap<usize, DropReason>) {
    let lines =
        text.lines().zip(1..).filter(|(_, line)| !outside.contains_key(line) && !titles.contains(line));
    let document: String = lines.map(|(line, _)| bare(line)).collect();
    for &title in titles {
        let line = text.lines().nth(title - 1).map(bare).unwrap_or_default();
        if document.contains(&line) {
            outside.insert(title, DropReason::Navigation);
        }
    }
}

/// A text without white space and marks, to be compared.
fn bare(text: &str) -> String {
    chars::squeeze(text).replace(['#', '*', '\\'], "")
}

/// The facts that the head of a page states about its document.
fn stated(tree: &Tree) -> Vec<(&'static str, String)> {
    let published = ["pubdate", "publishdate", "article:published_time"];
    let day = published.iter().find_map(|name| dates::find(tree.metadata.get(*name)?));
    let addresses = ["og:url", "url"];
    let address = addresses.iter().find_map(|name| tree.metadata.get(*name)).or(tree.saved_from.as_ref());
    let address = address.filter(|address| address.starts_with("http"));
    let day = day.map(|day| ("published", day.to_string()));
    day.into_iter().chain(address.map(|address| ("source", address.clone()))).collect()
}

/// A page and where its document is.
struct SavedPage<'a> {
    tree: &'a Tree,
    /// Characters of each element outside links and menus.
    prose: Vec<usize>,
    /// The element that contains the document.
    main: ElementIndex,
    title: String,
}

/// Elements without text of the document.
pub(super) const SILENT: [&str; 16] = [
    "script", "style", "noscript", "template", "iframe", "svg", "select", "button", "textarea", "object",
    "head", "title", "input", "audio", "video", "canvas",
];

/// Elements that may contain the document.
const HOLDERS: [&str; 8] = ["body", "main", "article", "section", "div", "td", "center", "form"];

/// Words in the class or id of elements of the page around a document.
static AROUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?i)(?:^|[^a-z])(?:top|nav|navbar|navigation|menu|foot|footer|copyright|crumbs?|breadcrumbs?|position",
        "|share|bdshare\\w*|social|print|tools?|toolbar|fontsize|sidebar|aside|related|qrcode|ewm|search|login",
        "|links?|header|head|banner|logo|pages?nav|prevnext|comment)(?:[^a-z]|$)"
    ))
    .expect("the pattern is valid")
});

/// Ids and classes under which publishing systems of Chinese administrations put the text of a document.
static TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?i)(?:^|[\\s_-])(?:zoom|ucap-?content|trs_?editor|trs_?ueditor|pages_content|article-?(?:con|content|body)",
        "|con_text|xxgk_content|news_content|view-?content|content_body|js_content|rich_media_content|bt_content)",
        "(?:$|[\\s_-])"
    ))
    .expect("the pattern is valid")
});

/// Most characters of an element that is taken for one around the document by its name.
const LARGEST_AROUND: usize = 160;

impl<'a> SavedPage<'a> {
    fn new(tree: &'a Tree) -> Self {
        let named = ["articletitle", "og:title"];
        let meta = named.iter().find_map(|name| tree.metadata.get(*name)).filter(|title| !title.is_empty());
        let head = tree.elements.iter().find(|element| element.name == "title").map(|title| {
            title
                .children
                .iter()
                .filter_map(|c| if let Child::Text(text) = c { Some(&**text) } else { None })
                .collect()
        });
        let title = meta.cloned().or(head).unwrap_or_default();
        let mut page =
            Self { tree, prose: vec![0; tree.elements.len()], main: 0, title: chars::squeeze(&title) };
        page.count(0, false);
        page.main = page.find_main();
        page
    }

    fn count(&mut self, index: ElementIndex, in_link: bool) -> usize {
        let tree = self.tree;
        let element = &tree.elements[index];
        let is_silent = SILENT.contains(&element.name.as_str()) || matches!(&*element.name, "nav" | "footer");
        let in_link = in_link || element.name == "a";
        let mut count = 0;
        for child in &element.children {
            count += match child {
                Child::Text(text) if !in_link && !is_silent => {
                    text.chars().filter(|c| !c.is_whitespace()).count()
                }
                Child::Text(_) => 0,
                Child::Element(child) => self.count(*child, in_link),
            };
        }
        self.prose[index] = if is_silent { 0 } else { count };
        self.prose[index]
    }

    /// The element that publishing systems name, or the innermost with nearly all text of the page.
    fn find_main(&self) -> ElementIndex {
        let whole = self.prose[0];
        let holds = |index: ElementIndex, tenths: usize| self.prose[index] * 10 >= whole * tenths;
        let elements = self.tree.elements.iter().enumerate();
        let holders = elements.filter(|(_, element)| HOLDERS.contains(&element.name.as_str()));
        let mut named = holders.clone().filter(|(index, element)| {
            let is_named =
                TEXT.is_match(element.attribute("id")) || TEXT.is_match(element.attribute("class"));
            is_named && holds(*index, 3)
        });
        let large = || holders.rev().find(|(index, _)| holds(*index, 8));
        named.next().or_else(large).map_or(0, |(index, _)| index)
    }

    /// Returns whether an element is one of the page around the document, by its name.
    fn is_around(&self, index: ElementIndex) -> bool {
        let element = &self.tree.elements[index];
        let by_name = matches!(element.name.as_str(), "nav" | "footer" | "aside");
        let by_hint = AROUND.is_match(element.attribute("class")) || AROUND.is_match(element.attribute("id"));
        by_name || by_hint && self.prose[index] <= LARGEST_AROUND && !self.tree.contains(index, "h1")
    }

    /// The title that the head of the page states, if the text does not say it.
    fn missing_title(&self, text: &str) -> Option<&str> {
        let name = self.document_title();
        (chars::han_count(name) >= 6 && !bare(text).contains(name)).then_some(name)
    }

    /// The title of the page without the name of the site behind it.
    fn document_title(&self) -> &str {
        let end = self.title.find(['_', '|', '-', '－', '—']).unwrap_or(self.title.len());
        &self.title[..end]
    }
}

/// Where in the page the writer is.
#[derive(Clone, Copy, Default)]
struct WriterState {
    /// Inside the element that contains the document.
    inside: bool,
    /// Inside an element of the page around it.
    around: bool,
    bold: bool,
    link: bool,
    heading: u8,
    /// True if the open line has text outside links.
    plain: bool,
}

struct PageTextWriter<'a> {
    page: &'a SavedPage<'a>,
    lines: TextLines,
    outside: BTreeMap<usize, DropReason>,
    /// Lines outside the document that are its title.
    titles: Vec<usize>,
    state: WriterState,
}

impl PageTextWriter<'_> {
    fn children(&mut self, index: ElementIndex) {
        let tree = self.page.tree;
        let outer = self.state;
        self.state.inside |= index == self.page.main;
        for child in &tree.elements[index].children {
            match child {
                Child::Text(text) => self.text(text),
                Child::Element(child) => self.element(*child),
            }
        }
        let plain = self.state.plain;
        self.state = WriterState { plain, ..outer };
    }

    fn text(&mut self, text: &str) {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() && c != '\u{3000}').collect();
        let joined = join_words(&words);
        self.state.plain |= !self.state.link && !joined.trim().is_empty();
        self.lines.push(&joined, self.state.bold);
    }

    fn element(&mut self, index: ElementIndex) {
        let tree = self.page.tree;
        let element = &tree.elements[index];
        let name = element.name.as_str();
        if SILENT.contains(&name) {
            return;
        }
        let outer = self.state;
        self.state.around |= self.page.is_around(index);
        match name {
            "br" | "hr" => self.end_line(),
            "table" => match html_tables::data(tree, index) {
                Some(rows) => self.table(&rows),
                None => self.block(index),
            },
            "a" | "b" | "strong" => {
                self.state.link |= name == "a";
                self.state.bold |= name != "a";
                self.children(index);
            }
            "ol" | "ul" => self.list(index),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                self.state.heading = name.as_bytes()[1] - b'0';
                self.lines.heading(self.state.heading);
                self.children(index);
                self.end_line();
            }
            _ if is_inline(name) => self.children(index),
            _ => self.block(index),
        }
        let plain = self.state.plain;
        self.state = WriterState { plain, ..outer };
    }

    fn block(&mut self, index: ElementIndex) {
        self.end_line();
        self.children(index);
        self.end_line();
    }

    /// Items with the numbers that a browser shows.
    fn list(&mut self, index: ElementIndex) {
        self.end_line();
        let tree = self.page.tree;
        let list = &tree.elements[index];
        let mut number: u32 = list.attribute("start").parse().unwrap_or(1);
        for child in &list.children {
            let Child::Element(item) = child else { continue };
            if tree.elements[*item].name == "li" {
                let mark = if list.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
                self.lines.number(&mark);
                number = number.saturating_add(1);
            }
            self.element(*item);
            self.lines.number("");
        }
    }

    /// Ends the open line and decides whether it is part of the document.
    fn end_line(&mut self) {
        let WriterState { inside, around, heading, plain, .. } = self.state;
        self.state.plain = false;
        let text = self.lines.open().to_owned();
        let Some(line) = self.lines.end() else { return };
        let text = chars::squeeze(&text);
        let is_title = heading == 1 || self.page.document_title() == text;
        let is_sentence = text.contains('。') && chars::han_count(&text) >= 20;
        let is_part = match (around, inside) {
            (true, _) => false,
            (false, true) => true,
            (false, false) => is_title || plain && is_sentence,
        };
        if is_part && !inside {
            self.titles.push(line);
        }
        if !is_part && !marks::is_provenance(&text) {
            self.outside.insert(line, DropReason::Navigation);
        }
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        self.end_line();
        self.lines.gap();
        for row in rows {
            let line = self.lines.row(row);
            if self.state.around || !self.state.inside && row.iter().all(|cell| !cell.contains('。')) {
                self.outside.insert(line, DropReason::Navigation);
            }
        }
        self.lines.gap();
    }
}

/// One space for white space between words, none at the edges of a line break in Chinese text.
pub(super) fn join_words(words: &[&str]) -> String {
    let mut joined = String::new();
    for (at, word) in words.iter().enumerate() {
        let before = joined.chars().next_back();
        let is_apart =
            before.is_none_or(|c| !chars::is_han(c)) || word.chars().next().is_none_or(|c| !chars::is_han(c));
        if at > 0 && is_apart {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 22] = [
        "span", "font", "em", "i", "u", "s", "small", "big", "sub", "sup", "mark", "label", "abbr", "cite",
        "q", "code", "time", "img", "wbr", "ins", "strike", "o:p",
    ];
    INLINE.contains(&name)
}
