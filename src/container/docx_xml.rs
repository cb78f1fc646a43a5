//! Parts of a DOCX file: their events, attributes and characters.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// The events of a part, until its end or the first fault.
pub(super) struct Xml<'a>(Reader<&'a [u8]>);

impl<'a> Xml<'a> {
    pub(super) fn new(xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        Self(reader)
    }
}

impl<'a> Iterator for Xml<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.read_event().ok().filter(|event| !matches!(event, Event::Eof))
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// The characters of an event: text, `&amp;`, `&#x41;`.
pub(super) fn characters(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some((**text).to_owned()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => Some(c.to_string()),
            _ => resolve_xml_entity(reference).map(str::to_owned),
        },
        _ => None,
    }
}
