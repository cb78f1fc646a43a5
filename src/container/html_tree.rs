//! A web page as a tree, as far as its text needs it.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The tree; its root is the first element.
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// The contents of `meta` elements, by their names in lower case.
    pub(super) metadata: BTreeMap<String, String>,
    /// The address that a browser wrote into the page when it was saved.
    pub(super) saved_from: Option<String>,
}

/// An element and what it contains.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Child>,
}

/// A part of an element: text, or another element by its place.
pub(super) enum Child {
    Text(String),
    Element(ElementIndex),
}

/// The place of an element in its tree.
pub(super) type ElementIndex = usize;

impl Tree {
    /// Returns whether there is an element of a name inside of another.
    pub(super) fn contains(&self, index: ElementIndex, name: &str) -> bool {
        self.elements[index].children.iter().any(|child| match child {
            Child::Text(_) => false,
            Child::Element(child) => self.elements[*child].name == name || self.contains(*child, name),
        })
    }
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// Elements that have no contents.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that end an open paragraph when they begin (HTML Standard, §13.1.2.4).
const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "center",
];

/// Most elements within each other; what is deeper becomes a child of the last of these.
const DEEPEST: usize = 256;

/// Reads a page.
pub(super) fn parse(text: &str) -> Tree {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let root = Element { name: "body".into(), ..Element::default() };
    let tree = Tree { elements: vec![root], metadata: BTreeMap::new(), saved_from: None };
    let mut builder = TreeBuilder { tree, open: vec![0] };
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (utf8(name), utf8(value))).collect();
                let element = Element { name: utf8(&tag.name), attributes, children: Vec::new() };
                builder.start(element, tag.self_closing);
            }
            Token::EndTag(tag) => builder.end(&utf8(&tag.name)),
            Token::String(text) => builder.add(Child::Text(utf8(&text))),
            Token::Comment(comment) => builder.comment(&utf8(&comment)),
            _ => {}
        }
    }
    builder.tree
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

struct TreeBuilder {
    tree: Tree,
    /// The open elements, outermost first.
    open: Vec<ElementIndex>,
}

impl TreeBuilder {
    fn start(&mut self, element: Element, self_closing: bool) {
        let name = element.name.as_str();
        match name {
            "html" | "body" => return,
            "meta" => self.note(&element),
            "li" => self.close("li", &["ul", "ol", "menu"]),
            "dt" | "dd" => {
                self.close("dt", &["dl"]);
                self.close("dd", &["dl"]);
            }
            "tr" => self.close("tr", &["table"]),
            "td" | "th" => {
                self.close("td", &["tr", "table"]);
                self.close("th", &["tr", "table"]);
            }
            "thead" | "tbody" | "tfoot" => {
                for section in ["thead", "tbody", "tfoot"] {
                    self.close(section, &["table"]);
                }
            }
            _ if BLOCKS.contains(&name) => self.close("p", &["td", "th", "div", "li", "table"]),
            _ => {}
        }
        let is_open = !self_closing && !VOID.contains(&name);
        let index = self.tree.elements.len();
        self.tree.elements.push(element);
        self.add(Child::Element(index));
        if is_open && self.open.len() < DEEPEST {
            self.open.push(index);
        }
    }

    /// Closes the innermost open element of a name, unless one of `scope` is open inside of it.
    fn close(&mut self, name: &str, scope: &[&str]) {
        let names = self.open.iter().map(|open| self.tree.elements[*open].name.as_str());
        let found = names.rev().position(|open| open == name || scope.contains(&open));
        let Some(place) = found.map(|behind| self.open.len() - 1 - behind) else { return };
        if self.tree.elements[self.open[place]].name == name {
            self.open.truncate(place.max(1));
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "body" | "html" => {}
            "br" => self.start(Element { name: "br".into(), ..Element::default() }, true),
            // An end tag of a cell's contents does not end the cell.
            _ if matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot") => {
                self.close(name, &["table"]);
            }
            "table" => self.close(name, &[]),
            _ => self.close(name, &["table", "td", "th"]),
        }
    }

    fn add(&mut self, child: Child) {
        let innermost = self.open.last().copied().unwrap_or(0);
        self.tree.elements[innermost].children.push(child);
    }

    fn note(&mut self, meta: &Element) {
        let name = [meta.attribute("name"), meta.attribute("property")].join("").to_ascii_lowercase();
        self.tree.metadata.entry(name).or_insert_with(|| meta.attribute("content").trim().to_owned());
    }

    /// `saved from url=(0042)https://…`, as browsers write it.
    fn comment(&mut self, comment: &str) {
        let address = comment.trim().strip_prefix("saved from url=(").and_then(|rest| rest.split_once(')'));
        if let Some((_, address)) = address.filter(|(_, address)| address.starts_with("http")) {
            self.tree.saved_from = Some(address.trim().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested names.
    fn shape(tree: &Tree, index: ElementIndex) -> String {
        let element = &tree.elements[index];
        let children = element.children.iter().map(|child| match child {
            Child::Text(text) => text.trim().to_owned(),
            Child::Element(index) => shape(tree, *index),
        });
        format!("{}({})", element.name, children.collect::<String>())
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(shape(&parse(html), 0), expected);
    }

    #[test]
    fn tags_that_may_be_left_out_are_supplied() {
        check("<p>甲<p>乙<ul><li>一<li>二</ul>", "body(p(甲)p(乙)ul(li(一)li(二)))");
        check("<table><tr><td>甲<td>乙<tr><td>丙</table>丁", "body(table(tr(td(甲)td(乙))tr(td(丙)))丁)");
    }

    #[test]
    fn stray_end_tags_end_nothing() {
        check(
            "<div><table><tr><td>甲</div>乙</td></tr></table></p>丙</div>",
            "body(div(table(tr(td(甲乙)))丙))",
        );
    }

    #[test]
    fn scripts_are_one_text() {
        check("<script>var a = '<p>';</script>甲", "body(script(var a = '<p>';)甲)");
    }
}
