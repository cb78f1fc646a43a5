//! The links and anchors of an HTML page.

use crate::html::scanner::{HtmlPiece, Scanner, decoded};

/// The attributes of a tag that links are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTag<'a> {
    /// An anchor: the value of `id`.
    Anchor(&'a str),
    /// An address: the value of `href` or `src`.
    Address(&'a str),
}

/// Tells of every link and anchor of a page, in order.
pub fn scan(html: &str, found: &mut dyn FnMut(LinkTag<'_>)) {
    let mut scanner = Scanner::new(html);
    while let Some(piece) = scanner.next() {
        if !matches!(piece, HtmlPiece::Start(_)) {
            continue;
        }
        if let Some(id) = scanner.value("id") {
            found(LinkTag::Anchor(&decoded(id)));
        }
        for address in ["href", "src"].into_iter().filter_map(|name| scanner.value(name)) {
            found(LinkTag::Address(&decoded(address)));
        }
    }
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    type Scan = fn(&str, &mut dyn FnMut(LinkTag<'_>));

    fn found(html: &str, by: Scan) -> Vec<(bool, String)> {
        let mut all = Vec::new();
        by(html, &mut |found| {
            all.push(match found {
                LinkTag::Anchor(id) => (true, id.to_owned()),
                LinkTag::Address(address) => (false, address.to_owned()),
            });
        });
        all.sort();
        all
    }

    /// The same by a parser.
    fn read(html: &str, found: &mut dyn FnMut(LinkTag<'_>)) {
        for Ok(token) in Tokenizer::new(html) {
            let Token::StartTag(tag) = token else { continue };
            for (name, value) in &tag.attributes {
                let value = String::from_utf8_lossy(value);
                match name.as_slice() {
                    b"id" => found(LinkTag::Anchor(&value)),
                    b"href" | b"src" => found(LinkTag::Address(&value)),
                    _ => {}
                }
            }
        }
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
            "<a href=\"",
            "<a href='地",
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
