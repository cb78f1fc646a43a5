//! SVG drawings that go into the output as they are: none may run anything.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;

/// Elements that run something, or show what is no drawing.
const ELEMENTS: [&str; 8] =
    ["script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "annotation-xml"];

/// Reports a drawing that could run something when it is opened by itself (SVG 2 §2.2.2, scripts).
/// One that is no XML is reported too: browsers read on where a parser stops.
pub(super) fn check(path: &SitePath, bytes: &[u8]) -> Option<Diagnostic> {
    if !path.extension().eq_ignore_ascii_case("svg") {
        return None;
    }
    let (zh, en) = find(bytes).err()?;
    let fault = Diagnostic::new(
        Code::UNSAFE_DRAWING,
        message!("图形 {path} 不能发布：{zh}", "the drawing {path} cannot be published: {en}"),
    );
    Some(
        fault
            .at(path, 0..0)
            .hint(message!("用绘图软件另存为“纯 SVG”", "save it as plain SVG in your drawing program")),
    )
}

type Reason = (String, String);

fn find(bytes: &[u8]) -> Result<(), Reason> {
    let text = std::str::from_utf8(bytes).map_err(|_| said("不是 UTF-8", "it is not UTF-8"))?;
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(element) | Event::Empty(element)) => check_element(&element)?,
            // Entities can hold what is looked for; a stylesheet is looked for elsewhere.
            Ok(Event::DocType(doctype)) if doctype.contains('[') => {
                return Err(said("定义了实体", "it defines entities"));
            }
            Ok(Event::PI(_)) => return Err(said("含有处理指令", "it holds a processing instruction")),
            Ok(_) => {}
            Err(_) => return Err(said("不是完整的 XML", "it is not well-formed XML")),
        }
    }
}

fn check_element(element: &BytesStart<'_>) -> Result<(), Reason> {
    let name = element.local_name().as_ref().to_ascii_lowercase();
    if ELEMENTS.contains(&name.as_str()) {
        return Err((format!("含有 <{name}>"), format!("it holds <{name}>")));
    }
    for attribute in element.attributes() {
        let broken = || said("属性不完整", "an attribute is not well-formed");
        let attribute = attribute.map_err(|_| broken())?;
        let key = attribute.key.local_name().as_ref().to_ascii_lowercase();
        let value = attribute.value.to_ascii_lowercase();
        // An animation may set any attribute, `href` and `onclick` too.
        let sets = key == "attributename"
            && (value.contains("href") || value.contains('&') || value.starts_with("on"));
        if key.starts_with("on") || sets || (key == "href" && leads_elsewhere(&value)) {
            return Err((format!("含有 {key}=\"{value}\""), format!("it holds {key}=\"{value}\"")));
        }
    }
    Ok(())
}

/// Anything but a place in the drawing itself, or a picture within it.
fn leads_elsewhere(value: &str) -> bool {
    let picture = ["data:image/png;", "data:image/jpeg;"].iter().any(|start| value.starts_with(start));
    !value.trim_start().starts_with('#') && !picture
}

fn said(zh: &str, en: &str) -> Reason {
    (zh.to_owned(), en.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(text: &str) -> bool {
        check(&SitePath::new("a/b.SVG").unwrap(), text.as_bytes()).is_none()
    }

    #[test]
    fn drawings_that_only_draw() {
        assert!(check_text(
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>"
        ));
        assert!(check_text(
            "<svg><use href=\"#a\"/><image href=\"data:image/png;base64,AA\"/><style>a{}</style></svg>"
        ));
        assert!(check(&SitePath::new("a.png").unwrap(), b"<script>").is_none());
    }

    #[test]
    fn drawings_that_run_something() {
        for bad in [
            "<svg><script>x</script></svg>",
            "<svg xmlns:x=\"http://www.w3.org/2000/svg\"><x:script href=\"x\"/></svg>",
            "<svg onload=\"x\"/>",
            "<svg><a xlink:href=\"javascript:x\"/></svg>",
            "<svg><a href=\"&#106;avascript:x\"/></svg>",
            "<svg><foreignObject/></svg>",
            "<svg><set attributeName=\"onclick\" to=\"x\"/></svg>",
            "<svg><animate attributeName=\"href\" values=\"javascript:x\"/></svg>",
            "<!DOCTYPE svg [<!ENTITY x \"<script>\">]><svg>&x;</svg>",
            "<?xml-stylesheet href=\"x.xsl\"?><svg/>",
            "<svg><image href=\"data:image/svg+xml;base64,AA\"/></svg>",
            "<svg><a",
        ] {
            assert!(!check_text(bad), "{bad}");
        }
    }
}
