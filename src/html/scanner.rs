//! HTML as it is written: its tags and the text between them, as a browser tells them apart (HTML
//! Standard, §13.2.5), without taking a page apart any further.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use memchr::{memchr, memchr3, memmem};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlPiece<'a> {
    /// A start tag, by its name as written.
    Start(&'a str),
    /// An end tag, by its name as written.
    End(&'a str),
    /// Text as written: it may contain character references.
    Text(&'a str),
}

/// An attribute as written, without quotes. Its value may contain character references; see [`decoded`].
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
}

/// Elements in which a tag is text, until they end.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Goes through a page piece by piece. Comments and declarations are passed over.
pub struct Scanner<'a> {
    html: &'a str,
    at: usize,
    /// Where the raw element ends that has just begun.
    raw: Option<usize>,
    attributes: Vec<Attribute<'a>>,
}

impl<'a> Scanner<'a> {
    /// At the beginning of a page, or of a part that begins outside of tags.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None, attributes: Vec::new() }
    }

    /// The value of an attribute of the start tag that was read last, as written. Of two of a name the
    /// first counts.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        found.map(|attribute| attribute.value)
    }

    /// Reads what begins with the `<` at `self.at`. `None` of what is passed over.
    fn markup(&mut self) -> Option<HtmlPiece<'a>> {
        let start = self.at + 1;
        let rest = &self.html[start..];
        match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("!--") => {
                // A comment ends with `-->`, which may share its dashes with the beginning.
                let end = memmem::find(&rest.as_bytes()[1..], b"-->");
                self.at = start + end.map_or(rest.len(), |end| end + 4);
                None
            }
            Some(b'/') if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                let name = &rest[1..][..until(&rest.as_bytes()[1..], ends_name)];
                self.at = start + until_after(rest, b'>');
                Some(HtmlPiece::End(name))
            }
            Some(b'!' | b'?' | b'/') => {
                self.at = start + until_after(rest, b'>');
                None
            }
            Some(_) => self.start_tag(start),
            None => unreachable!("what begins no markup is text"),
        }
    }

    /// Reads the tag whose name begins at `start`. A page that ends within a tag does not have the tag.
    fn start_tag(&mut self, start: usize) -> Option<HtmlPiece<'a>> {
        let bytes = self.html.as_bytes();
        let mut at = start + until(&bytes[start..], ends_name);
        let name = &self.html[start..at];
        self.attributes.clear();
        while let Some((attribute, after)) = attribute(self.html, at) {
            self.attributes.push(attribute);
            at = after;
        }
        at += until(&bytes[at..], |b| b == b'>');
        self.at = (at + 1).min(bytes.len());
        if at >= bytes.len() {
            return None;
        }
        self.raw =
            RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)).map(|raw| raw_end(self.html, at, raw));
        Some(HtmlPiece::Start(name))
    }

    /// Where the text ends that begins at `self.at`.
    fn text_end(&mut self) -> usize {
        if let Some(end) = self.raw.take() {
            return end;
        }
        let bytes = self.html.as_bytes();
        let mut from = self.at;
        while let Some(next) = memchr(b'<', &bytes[from..]) {
            let begins = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?' | b'/');
            if bytes.get(from + next + 1).is_some_and(begins) {
                return from + next;
            }
            from += next + 1;
        }
        bytes.len()
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = HtmlPiece<'a>;

    fn next(&mut self) -> Option<HtmlPiece<'a>> {
        while self.at < self.html.len() {
            let (start, end) = (self.at, self.text_end());
            if end > start {
                self.at = end;
                return Some(HtmlPiece::Text(&self.html[start..end]));
            }
            if let Some(piece) = self.markup() {
                return Some(piece);
            }
        }
        None
    }
}

/// Where the text of a raw element ends that begins after `from`.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let is_end = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    let mut ends = memmem::find_iter(&html.as_bytes()[from..], b"</").map(|at| from + at);
    ends.find(is_end).unwrap_or(html.len())
}

/// The attribute at or after `at`, and where it ends; `None` at the end of the tag.
fn attribute(html: &str, mut at: usize) -> Option<(Attribute<'_>, usize)> {
    let bytes = html.as_bytes();
    at += until(&bytes[at..], |b| !is_space(b) && b != b'/');
    if *bytes.get(at)? == b'>' {
        return None;
    }
    let start = at;
    // An equals sign at the beginning is part of the name.
    at += 1 + until(&bytes[at + 1..], |b| ends_name(b) || b == b'=');
    let name = &html[start..at];
    let equals = at + until(&bytes[at..], |b| !is_space(b));
    if bytes.get(equals) != Some(&b'=') {
        return Some((Attribute { name, value: "" }, at));
    }
    at = equals + 1 + until(&bytes[equals + 1..], |b| !is_space(b));
    let (from, to, after) = match *bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let end = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |length| at + 1 + length);
            (at + 1, end, (end + 1).min(bytes.len()))
        }
        _ => {
            let end = at + until(&bytes[at..], |b| is_space(b) || b == b'>');
            (at, end, end)
        }
    };
    Some((Attribute { name, value: &html[from..to] }, after))
}

fn until(bytes: &[u8], is_end: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| is_end(*byte)).unwrap_or(bytes.len())
}

/// The place after the first such byte, or the end.
fn until_after(text: &str, byte: u8) -> usize {
    memchr(byte, text.as_bytes()).map_or(text.len(), |at| at + 1)
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The value of an attribute with its character references resolved.
pub fn decoded(value: &str) -> Cow<'_, str> {
    // In a quoted value of a tag of its own, as the standard says; in text some references differ.
    match is_plain(value) {
        true => value.into(),
        false => reread(&format!("<a b=\"{}\">", value.replace('"', "&quot;"))),
    }
}

/// Text with its character references resolved.
pub fn decoded_text(text: &str) -> Cow<'_, str> {
    match is_plain(text) {
        true => text.into(),
        false => reread(&text.replace('<', "&lt;")),
    }
}

fn is_plain(text: &str) -> bool {
    memchr3(b'&', b'\r', b'\0', text.as_bytes()).is_none()
}

/// The elements as a full parser reads them, which takes longer.
fn reread(html: &str) -> Cow<'static, str> {
    let mut text = String::with_capacity(html.len());
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(piece) => text.push_str(&String::from_utf8_lossy(&piece)),
            Token::StartTag(tag) => {
                text.extend(tag.attributes.values().map(|value| String::from_utf8_lossy(value)));
            }
            _ => {}
        }
    }
    text.into()
}
