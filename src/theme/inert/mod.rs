//! Files that browsers open as documents of their own – drawings, pages, XML: none may run anything.
//!
//! `static/` and the theme's assets go into the output as they are, so that an allow-list decides:
//! a list of dangerous elements is never complete. The policy that such files get in `_headers` and
//! in the preview ([`POLICY`]) is the second line of defence.

mod css;
mod html;
mod svg;
mod xml;

use std::collections::HashSet;

use crate::base::{Code, Diagnostic, Message, SitePath, Span};
use crate::message;

/// The Content Security Policy of a document that is not a page of the site.
pub const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
                          font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// How browsers and hosts treat a file, judged by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum FileKind {
    Drawing,
    Page,
    Xml,
    /// A document that hosts may send with `Content-Encoding`, so that its text is out of reach here.
    Compressed,
    /// A type that browsers never open as a document.
    Inert,
    /// Hosts send such files as they like; some look at the first bytes.
    Unknown,
}

impl FileKind {
    fn of(name: &str) -> Self {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match extension.to_ascii_lowercase().as_str() {
            "svg" => Self::Drawing,
            "html" | "htm" | "shtml" | "shtm" => Self::Page,
            "xhtml" | "xht" | "xml" | "xsl" | "xslt" | "xsd" | "rdf" | "rss" | "atom" | "opml" | "mml"
            | "mathml" | "kml" | "gpx" => Self::Xml,
            "svgz" => Self::Compressed,
            "gz" | "br" | "zst" | "z" | "deflate" if Self::of(stem).is_document() => Self::Compressed,
            "css" | "js" | "mjs" | "json" | "map" | "webmanifest" | "txt" | "md" | "csv" | "ics" | "png"
            | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "ico" | "woff" | "woff2" | "wasm" | "pdf"
            | "zip" => Self::Inert,
            _ => Self::Unknown,
        }
    }

    fn is_document(self) -> bool {
        matches!(self, Self::Drawing | Self::Page | Self::Xml | Self::Compressed)
    }
}

/// Returns whether browsers open a file of that name as a document.
pub fn is_document(path: &SitePath) -> bool {
    FileKind::of(path.file_name()).is_document()
}

/// The first thing in a document that may not be in it.
#[derive(Debug)]
struct Fault {
    /// The bytes of the file.
    span: Span,
    found: Message,
}

impl Fault {
    fn new(span: Span, found: Message) -> Self {
        Self { span, found }
    }

    /// An element that is not on the list.
    fn element(span: Span, name: &str) -> Self {
        Self::new(span, message!("<{name}> 不在允许的元素之列", "<{name}> is not among the allowed elements"))
    }

    /// A part of a style that is not on the lists.
    fn style(span: Span, part: &str) -> Self {
        Self::new(span, message!("样式中不允许“{part}”", "styles may not contain “{part}”"))
    }

    /// An attribute that is not on the list, or not with this value.
    fn attribute(span: Span, name: &str, value: &str) -> Self {
        let value: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
        Self::new(span, message!("不允许 {name}=\"{value}\"", "{name}=\"{value}\" is not allowed"))
    }
}

/// Reports a document that could run something, load from elsewhere or lead elsewhere when it is
/// opened by itself. A document that cannot be read to its end is reported too: browsers read on
/// where a parser stops.
pub(super) fn check(path: &SitePath, bytes: &[u8]) -> Option<Diagnostic> {
    let kind = match FileKind::of(path.file_name()) {
        FileKind::Unknown => sniffed(bytes),
        kind => kind,
    };
    if kind == FileKind::Compressed {
        return Some(compressed(path));
    }
    if matches!(kind, FileKind::Inert | FileKind::Unknown) {
        return None;
    }
    let fault = text(bytes).and_then(|(text, start)| {
        let shifted =
            |fault: Fault| Fault { span: fault.span.start + start..fault.span.end + start, ..fault };
        match kind {
            FileKind::Drawing => svg::check(text),
            FileKind::Page => html::check(text),
            _ => xml::check(text),
        }
        .map_err(shifted)
    });
    fault.err().map(|fault| diagnostic(path, kind, fault))
}

/// The kind of a file whose name says nothing, as hosts and browsers find it (MIME Sniffing §7.1).
fn sniffed(bytes: &[u8]) -> FileKind {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match bytes {
        [b'<', b'?', ..] => FileKind::Xml,
        [b'<', ..] => FileKind::Page,
        _ => FileKind::Unknown,
    }
}

/// The text of a document without its byte order mark, and where it begins.
///
/// UTF-8 without control characters is the same text for every browser whatever a host calls its
/// encoding: the escapes of ISO-2022-JP, the zeros of UTF-16 and the bytes of EBCDIC are not in it.
fn text(bytes: &[u8]) -> Result<(&str, usize), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Fault::new(at..at, message!("不是 UTF-8 编码", "it is not UTF-8"))
    })?;
    let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let start = text.len() - rest.len();
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    match rest.char_indices().find(|(_, c)| control(*c)) {
        Some((at, c)) => Err(Fault::new(
            start + at..start + at + c.len_utf8(),
            message!("含有控制字符 U+{:04X}", "it contains the control character U+{:04X}", u32::from(c)),
        )),
        None => Ok((rest, start)),
    }
}

fn diagnostic(path: &SitePath, kind: FileKind, fault: Fault) -> Diagnostic {
    let Message { zh, en } = fault.found;
    let (code, title, hint) = match kind {
        FileKind::Drawing => (
            Code::UNSAFE_DRAWING,
            message!("图形 {path} 不能发布：{zh}", "the drawing {path} cannot be published: {en}"),
            message!(
                "删去这一处，或用绘图软件另存为“优化的 SVG”（不含脚本、链接、动画和编辑数据）",
                "remove it, or save the file as optimised SVG, without scripts, links, animation and editor data"
            ),
        ),
        _ => (
            Code::UNSAFE_DOCUMENT,
            message!("文件 {path} 不能发布：{zh}", "the file {path} cannot be published: {en}"),
            message!(
                "删去这一处；要有脚本的页面写成主题的模板，其他文件可放在另一个网站上",
                "remove it; pages that need scripts belong in the templates of the theme, other files on another site"
            ),
        ),
    };
    Diagnostic::new(code, title).at(path, fault.span).hint(hint)
}

fn compressed(path: &SitePath) -> Diagnostic {
    let (code, plain) = match path.extension().eq_ignore_ascii_case("svgz") {
        true => (Code::UNSAFE_DRAWING, "svg"),
        false => (Code::UNSAFE_DOCUMENT, "html, svg, xml"),
    };
    Diagnostic::new(
        code,
        message!(
            "{path} 是压缩过的文件，不能发布：其中的内容无法检查",
            "{path} is compressed and cannot be published: its content cannot be checked"
        ),
    )
    .at(path, 0..0)
    .hint(message!(
        "放入未压缩的文件（{plain}）；config.toml 的 precompress 会在旁边写出压缩的文件",
        "use the file without compression ({plain}); `precompress` in config.toml writes compressed files beside it"
    ))
}

/// The words of a list.
fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

#[cfg(test)]
mod tests;
