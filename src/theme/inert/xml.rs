//! XML as a browser reads it, part by part, with everything refused that changes how it is read:
//! other encodings, document types, entities, processing instructions.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};

use crate::base::{Message, Span};
use crate::message;
use crate::theme::inert::Fault;

/// Namespaces whose elements browsers give a behaviour. All others are shown as text.
const ACTIVE: [&str; 3] =
    ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"];

/// A start tag, names resolved.
pub(super) struct Tag {
    pub(super) namespace: Option<String>,
    pub(super) name: String,
    /// All attributes but declarations of namespaces.
    pub(super) attributes: Vec<XmlAttribute>,
    pub(super) span: Span,
}

/// An attribute of a tag.
pub(super) struct XmlAttribute {
    pub(super) namespace: Option<String>,
    /// The name as written, with its prefix.
    pub(super) written: String,
    pub(super) name: String,
    /// The value, references resolved.
    pub(super) value: String,
    pub(super) span: Span,
}

/// A part of a document.
pub(super) enum XmlPart<'a> {
    Start(Tag),
    Text(Cow<'a, str>),
    End,
}

/// XML data, such as a sitemap or a feed: elements that browsers only list.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    walk(text, |part| match part {
        XmlPart::Start(tag) if tag.namespace.as_deref().is_some_and(|name| ACTIVE.contains(&name)) => {
            Err(Fault::element(tag.span, &tag.name))
        }
        _ => Ok(()),
    })
}

/// Visits the parts of a document in order, up to the first that is refused.
pub(super) fn walk<'a>(
    text: &'a str,
    visit: impl FnMut(XmlPart<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    XmlWalk { text, reader, depth: 0, has_root: false, visit }.run()
}

struct XmlWalk<'a, V> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
    has_root: bool,
    visit: V,
}

impl<'a, V: FnMut(XmlPart<'a>) -> Result<(), Fault>> XmlWalk<'a, V> {
    fn run(mut self) -> Result<(), Fault> {
        loop {
            let start = self.place();
            let event = self.reader.read_event().map_err(|_| broken(start..self.text.len()))?;
            let span = start..self.place();
            match event {
                Event::Eof if self.depth == 0 && self.has_root => return Ok(()),
                Event::Eof => return Err(broken(span)),
                event => self.event(event, span)?,
            }
        }
    }

    fn place(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).map_or(self.text.len(), |at| at.min(self.text.len()))
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Start(element) => self.start(&element, span, false),
            Event::Empty(element) => self.start(&element, span, true),
            Event::End(_) => {
                self.depth -= 1;
                (self.visit)(XmlPart::End)
            }
            Event::Text(text) => self.characters(text.into_inner(), span),
            Event::CData(text) if self.depth > 0 => self.characters(text.into_inner(), span),
            Event::GeneralRef(reference) if self.depth > 0 => {
                let text = character(&reference).ok_or_else(|| entity(span.clone()))?;
                self.characters(text.to_string().into(), span)
            }
            // Anything shorter opens a comment that a browser ends elsewhere.
            Event::Comment(_) if span.len() >= "<!---->".len() => Ok(()),
            Event::Decl(_) => self.declaration(span),
            Event::DocType(_) => {
                Err(Fault::new(span, message!("不允许 <!DOCTYPE>", "<!DOCTYPE> is not allowed")))
            }
            Event::PI(_) => Err(Fault::new(
                span,
                message!("不允许处理指令 <?…?>", "processing instructions, <?…?>, are not allowed"),
            )),
            _ => Err(broken(span)),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, span: Span, is_empty: bool) -> Result<(), Fault> {
        if self.depth == 0 && self.has_root {
            return Err(broken(span));
        }
        self.has_root = true;
        self.depth += usize::from(!is_empty);
        let tag = self.tag(element, span)?;
        (self.visit)(XmlPart::Start(tag))?;
        if is_empty { (self.visit)(XmlPart::End) } else { Ok(()) }
    }

    fn characters(&mut self, text: Cow<'a, str>, span: Span) -> Result<(), Fault> {
        if text.contains("]]>") || self.depth == 0 && !text.trim_ascii().is_empty() {
            return Err(broken(span));
        }
        (self.visit)(XmlPart::Text(text))
    }

    /// The declaration may say what is so anyway, at the beginning.
    fn declaration(&self, span: Span) -> Result<(), Fault> {
        let written = self.text[span.clone()].replace('\'', "\"").to_ascii_lowercase();
        let said = written.trim_start_matches("<?xml").trim_end_matches("?>").split_ascii_whitespace();
        let said: Vec<_> = said.collect();
        let rest = said.strip_prefix(&["version=\"1.0\""]).unwrap_or(&["?"]);
        let rest = rest.strip_prefix(&["encoding=\"utf-8\""]).unwrap_or(rest);
        let is_plain = matches!(rest, [] | ["standalone=\"yes\"" | "standalone=\"no\""]);
        if span.start == 0 && is_plain {
            return Ok(());
        }
        Err(Fault::new(
            span,
            message!(
                "XML 声明只能写 version=\"1.0\" 和 encoding=\"UTF-8\"，并且在文件开头",
                "an XML declaration may only state version=\"1.0\" and encoding=\"UTF-8\", at the beginning"
            ),
        ))
    }

    fn tag(&self, element: &BytesStart<'_>, span: Span) -> Result<Tag, Fault> {
        let resolver = self.reader.resolver();
        let (namespace, name) = resolver.resolve_element(element.name());
        let namespace = bound(&namespace).map_err(|()| broken(span.clone()))?;
        let name = name.as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|_| broken(span.clone()))?;
            let written = attribute.key.as_ref().to_owned();
            let place = place(self.text, &span, &written);
            if attribute.value.contains('<') || !is_name(&written) {
                return Err(broken(place));
            }
            if attribute.key.as_namespace_binding().is_some() {
                // The reader binds the name as written; a browser would resolve references in it.
                match attribute.value.contains('&') {
                    true => return Err(Fault::attribute(place, &written, &attribute.value)),
                    false => continue,
                }
            }
            attributes.push(self.attribute(attribute.key, &attribute.value, place)?);
        }
        if !is_name(element.name().as_ref()) {
            return Err(broken(span));
        }
        Ok(Tag { namespace, name, attributes, span })
    }

    fn attribute(&self, key: QName<'_>, value: &str, span: Span) -> Result<XmlAttribute, Fault> {
        let (namespace, name) = self.reader.resolver().resolve_attribute(key);
        let namespace = bound(&namespace).map_err(|()| broken(span.clone()))?;
        let value = quick_xml::escape::unescape(value).map_err(|_| entity(span.clone()))?.into_owned();
        let (written, name) = (key.as_ref().to_owned(), name.as_ref().to_owned());
        Ok(XmlAttribute { namespace, written, name, value, span })
    }
}

fn bound(namespace: &ResolveResult<'_>) -> Result<Option<String>, ()> {
    match namespace {
        ResolveResult::Bound(name) => Ok(Some(name.as_ref().to_owned())),
        ResolveResult::Unbound => Ok(None),
        ResolveResult::Unknown(_) => Err(()),
    }
}

/// Where an attribute of a tag is.
fn place(text: &str, tag: &Span, name: &str) -> Span {
    let written = &text[tag.clone()];
    let is_apart = |at: &usize| {
        let before = written[..*at].chars().next_back();
        let after = written[at + name.len()..].trim_ascii_start();
        before.is_some_and(char::is_whitespace) && after.starts_with('=')
    };
    let found = written.match_indices(name).map(|(at, _)| at).find(is_apart);
    found.map_or(tag.clone(), |at| tag.start + at..tag.start + at + name.len())
}

/// Returns whether a name has only characters that are in no name by mistake (XML 1.0 §2.3, ASCII part).
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c) || !c.is_ascii())
}

/// The character that a reference names; `None` for an entity that a document would have to define.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character);
    }
    let name: &str = reference;
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("apos", '\''), ("quot", '"')];
    known.into_iter().find(|(known, _)| *known == name).map(|(_, character)| character)
}

fn entity(span: Span) -> Fault {
    Fault::new(span, message!("含有未知的实体引用", "it contains an unknown entity reference"))
}

fn broken(span: Span) -> Fault {
    let found: Message = message!("不是格式良好的 XML", "it is not well-formed XML");
    Fault::new(span, found)
}
