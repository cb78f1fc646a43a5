//! The links and anchors of an HTML page, as a browser reads them (HTML Standard, §13.2.5), found
//! without taking the rest of the page apart.

use html5gum::{Token, Tokenizer};

/// What stands in a tag that links are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// An anchor: the value of `id`.
    Anchor(&'a str),
    /// An address: the value of `href` or `src`.
    Address(&'a str),
}

/// Elements in which a tag is text, until they end.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Tells of every link and anchor of a page, in order.
pub fn scan(html: &str, found: &mut dyn FnMut(Found<'_>)) {
    let mut at = 0;
    while let Some(next) = html[at..].find('<') {
        let start = at + next;
        let rest = &html[start + 1..];
        at = start + 1;
        if rest.starts_with("!--") {
            // A comment ends with `-->`, which may share its dashes with the beginning.
            at += 1 + rest[1..].find("-->").map_or(rest.len() - 1, |end| end + 3);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = tag(html, start, found);
        } else if rest.starts_with(['!', '?', '/']) {
            at += rest.find('>').unwrap_or(rest.len());
        }
    }
}

/// Reads the tag that begins at `start`; returns where to go on.
fn tag(html: &str, start: usize, found: &mut dyn FnMut(Found<'_>)) -> usize {
    let bytes = html.as_bytes();
    let mut at = start + 1;
    at += until(&bytes[at..], |b| is_space(b) || matches!(b, b'/' | b'>'));
    let name = &html[start + 1..at];
    let mut tag = Tag::default();
    while let Some((attribute, after)) = attribute(html, at) {
        tag.take(&attribute);
        at = after;
    }
    at += until(&bytes[at..], |b| b == b'>');
    if at >= bytes.len() {
        // A page that ends within a tag does not have the tag.
        return at;
    }
    tag.tell(&html[start..=at], found);
    match RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
        Some(raw) => raw_end(html, at, raw),
        None => at + 1,
    }
}

/// Where the text of a raw element ends that begins after `from`.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let is_end = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    let mut ends = html[from..].match_indices("</").map(|(at, _)| from + at);
    ends.find(is_end).unwrap_or(html.len())
}

/// An attribute as written. Its value may hold character references.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
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
    at += 1 + until(&bytes[at + 1..], |b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
    let name = &html[start..at];
    let equals = at + until(&bytes[at..], |b| !is_space(b));
    if bytes.get(equals) != Some(&b'=') {
        return Some((Attribute { name, value: "" }, at));
    }
    at = equals + 1 + until(&bytes[equals + 1..], |b| !is_space(b));
    let (from, to, after) = match *bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let end = at + 1 + until(&bytes[at + 1..], |b| b == quote);
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

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The attributes of a tag that matter. Of two of a name the first counts.
#[derive(Default)]
struct Tag<'a> {
    id: Option<&'a str>,
    href: Option<&'a str>,
    src: Option<&'a str>,
}

impl<'a> Tag<'a> {
    fn take(&mut self, attribute: &Attribute<'a>) {
        let place = match attribute.name {
            name if name.eq_ignore_ascii_case("id") => &mut self.id,
            name if name.eq_ignore_ascii_case("href") => &mut self.href,
            name if name.eq_ignore_ascii_case("src") => &mut self.src,
            _ => return,
        };
        place.get_or_insert(attribute.value);
    }

    fn tell(&self, written: &str, found: &mut dyn FnMut(Found<'_>)) {
        let values = [self.id, self.href, self.src];
        let plain = |value: &&str| value.bytes().all(|byte| !matches!(byte, b'&' | b'\r' | b'\0'));
        if !values.iter().flatten().all(plain) {
            return read(written, found);
        }
        self.id.into_iter().for_each(|id| found(Found::Anchor(id)));
        self.href.into_iter().chain(self.src).for_each(|address| found(Found::Address(address)));
    }
}

/// Reads a tag that has character references as the standard says, which takes longer.
fn read(tag: &str, found: &mut dyn FnMut(Found<'_>)) {
    for Ok(token) in Tokenizer::new(tag) {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            match name.as_slice() {
                b"id" => found(Found::Anchor(&value)),
                b"href" | b"src" => found(Found::Address(&value)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Scan = fn(&str, &mut dyn FnMut(Found<'_>));

    fn found(html: &str, by: Scan) -> Vec<(bool, String)> {
        let mut all = Vec::new();
        by(html, &mut |found| {
            all.push(match found {
                Found::Anchor(id) => (true, id.to_owned()),
                Found::Address(address) => (false, address.to_owned()),
            });
        });
        all.sort();
        all
    }

    fn check(html: &str) {
        assert_eq!(found(html, scan), found(html, read), "{html}");
    }

    #[test]
    fn what_it_finds_is_what_a_parser_finds() {
        for html in [
            "<a href=x id='y'>z</a><img/src=\"a b\">",
            "<a HREF = 'a&amp;b' href=c>",
            "<p =id=1 id=2 / id=3>1 < 2 <3",
            "<!-- <a href=x> --><!doctype html><?x <a href=y>?></a href=z><a href=w>",
            "<!--><a href=1>--><!---><a href=2>--><!----><a href=3>",
            "<a href=\"x",
            "<a href",
            "<a id><a id=><a id=\"\"><br/>",
        ] {
            check(html);
        }
    }

    #[test]
    fn a_tag_in_a_script_is_text() {
        let html = "<script src=a>'<a href=x>'</script><title><a href=y></TITLE><a href=b>";
        assert_eq!(found(html, scan), [(false, "a".to_owned()), (false, "b".to_owned())]);
    }

    proptest! {
        #[test]
        fn of_any_page(html in r#"(<|>|/|=|"|'| |a|href|src|id|&amp;|&lt|x|地|!--|-->|\n){0,40}"#) {
            check(&html);
        }
    }
}
