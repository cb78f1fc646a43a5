//! XML documents (XML 1.0), written to memory.

use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};

/// The writer of a document: one element a line, indented by one space for each level.
pub type XmlWriter = quick_xml::Writer<Vec<u8>>;

/// A document in UTF-8 with its declaration; `write` writes the root element.
pub fn document(write: impl FnOnce(&mut XmlWriter) -> io::Result<()>) -> String {
    let mut writer = XmlWriter::new_with_indent(Vec::new(), b' ', 1);
    let written = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    written.and_then(|()| write(&mut writer)).expect("writing to memory does not fail");
    let mut document = String::from_utf8(writer.into_inner()).expect("what was written is text") + "\n";
    document.retain(is_char);
    document
}

/// Returns whether XML 1.0 allows a character (production 2, `Char`). The others make a document ill-formed even
/// as references, so that they are left out, wherever they come from.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Writes an element that contains a text.
pub fn text(writer: &mut XmlWriter, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    /// The text in an element and in an attribute of a document made of them.
    fn round_trip(said: &str) -> (String, String) {
        let document = document(|writer| {
            let root = writer.create_element("a").with_attribute(("b", said));
            root.write_inner_content(|writer| text(writer, "c", said))?;
            Ok(())
        });
        assert!(document.chars().all(is_char), "{document:?}");
        let mut reader = Reader::from_str(&document);
        let (mut read, mut attribute, mut inside) = (String::new(), String::new(), false);
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return (read, attribute),
                Event::Start(tag) if tag.name().as_ref() == "a" => {
                    let found = tag.try_get_attribute("b").unwrap().unwrap();
                    attribute = quick_xml::escape::unescape(&found.value).unwrap().into_owned();
                }
                Event::Start(_) => inside = true,
                Event::End(_) => inside = false,
                Event::Text(text) if inside => read.push_str(&text),
                Event::GeneralRef(name) if inside => {
                    let name = format!("&{};", &*name);
                    read.push_str(&quick_xml::escape::unescape(&name).unwrap());
                }
                _ => {}
            }
        }
    }

    fn check(said: &str) {
        let kept: String = said.chars().filter(|c| is_char(*c)).collect();
        assert_eq!(round_trip(said), (kept.clone(), kept), "{said:?}");
    }

    #[test]
    fn every_character_is_written_or_left_out() {
        // The ranges of production 2, written out.
        let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        assert!(all.iter().all(|c| is_char(*c) != forbidden(*c)));
        for chars in all.chunks(4096) {
            check(&chars.iter().collect::<String>());
        }
    }

    proptest! {
        #[test]
        fn any_text_makes_a_document(said in any::<String>()) {
            check(&said);
        }
    }
}
