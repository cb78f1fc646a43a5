//! XML documents (XML 1.0), written to memory.

use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};

/// What writes a document: elements stand in lines of their own, a space deeper for each level.
pub(super) type Writer = quick_xml::Writer<Vec<u8>>;

/// A document in UTF-8 with its declaration; `write` writes the root element.
pub(super) fn document(write: impl FnOnce(&mut Writer) -> io::Result<()>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    written.and_then(|()| write(&mut writer)).expect("writing to memory does not fail");
    String::from_utf8(writer.into_inner()).expect("what was written is text") + "\n"
}

/// Writes an element that holds a text.
pub(super) fn text(writer: &mut Writer, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}
