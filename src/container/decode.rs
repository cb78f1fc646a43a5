//! Bytes → text: finds the encoding, undoes it, and says what was odd about the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8};
use serde::Serialize;

use super::Unreadable;
use super::chars;
use crate::base::characters::prints_nothing;

/// The kind of a file, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// Plain text, or Markdown.
    Text,
    /// A web page.
    Html,
    /// A document of a word processor (ECMA-376).
    Docx,
    /// A printed document with text (ISO 32000).
    Pdf,
}

impl Container {
    /// The usual name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
        }
    }
}

/// Text as it was read, with line ends made `\n` and everything else left alone.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) facts: InputFacts,
}

/// The encoding and size of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputFacts {
    /// The kind of the file.
    pub container: Container,
    /// Name of the encoding, as in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Whether a byte order mark was at the start.
    pub byte_order_mark: bool,
    /// Lines that ended in CR LF or CR.
    pub carriage_returns: usize,
    /// Control and invisible characters that were left out.
    pub controls: usize,
    /// Byte sequences that mean nothing in the encoding, shown as U+FFFD.
    pub malformed: usize,
    /// Lines of text.
    pub lines: usize,
}

/// Reads `bytes` as UTF-8, or as what its byte order mark says, or as GB18030.
///
/// # Errors
/// `NotText` when the result looks like a binary file or another encoding.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (guess(bytes), 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let carriage_returns = text.matches('\r').count();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let facts = InputFacts {
        container: Container::Text,
        encoding: encoding.name(),
        byte_order_mark: mark > 0,
        carriage_returns,
        controls: text.chars().filter(|&c| is_left_out(c)).count(),
        malformed: text.matches('\u{FFFD}').count(),
        lines: text.lines().count(),
    };
    refuse_binary(&text, &facts)?;
    Ok(Decoded { text, facts })
}

/// Characters that no line keeps: controls, what Unicode ignores by default, and noncharacters.
pub(crate) fn is_left_out(c: char) -> bool {
    prints_nothing(c)
}

/// Valid UTF-8 is UTF-8. Of the rest, GB18030 unless the detector is sure that it is damaged UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, Utf8Detection::Allow);
    let damaged_utf8 = String::from_utf8_lossy(bytes).matches('\u{FFFD}').count() * 50 < bytes.len();
    if likely == UTF_8 || damaged_utf8 { UTF_8 } else { GB18030 }
}

fn refuse_binary(text: &str, facts: &InputFacts) -> Result<(), Unreadable> {
    let all = text.chars().count();
    let odd = facts.malformed + text.chars().filter(|&c| chars::is_stray_control(c)).count();
    if odd * 20 > all { Err(Unreadable::NotText { odd, all }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb18030_is_told_from_utf8() {
        let (bytes, _, _) = GB18030.encode("国家知识产权局关于印发工作方案的通知\r\n特此通知。\r\n");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.facts.encoding, "gb18030");
        assert_eq!(decoded.facts.carriage_returns, 2);
        assert!(decoded.text.starts_with("国家知识产权局"));
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_gb18030() {
        let mut bytes = "加强知识产权保护，优化创新环境。".repeat(8).into_bytes();
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.facts.encoding, decoded.facts.malformed), ("UTF-8", 1));
    }

    #[test]
    fn a_byte_order_mark_is_believed() {
        let decoded = decode("\u{FEFF}一、总体要求".as_bytes()).unwrap();
        assert!(decoded.facts.byte_order_mark && decoded.text == "一、总体要求");
    }

    #[test]
    fn a_binary_file_is_refused() {
        let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert!(matches!(decode(&bytes), Err(Unreadable::NotText { .. })));
    }
}
