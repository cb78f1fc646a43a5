//! Styles: the parts of a theme's style sheet → one sheet, checked and made small.

use std::collections::BTreeMap;

use super::css::{self, CssFault, CssFaultKind};
use crate::base::{Code, Diagnostic, Message, SitePath};
use crate::message;

/// The parts of a style sheet by their names, which decide their order.
pub type StyleParts = BTreeMap<String, (SitePath, String)>;

/// All parts as one sheet, in the order of their names. What cannot be read is
/// left out, as a browser would do, and reported.
pub fn bundle(parts: &StyleParts, faults: &mut Vec<Diagnostic>) -> Vec<u8> {
    let mut sheet = String::new();
    for (path, text) in parts.values() {
        sheet += &part(path, text, faults);
    }
    sheet.into_bytes()
}

/// How deep brackets may nest. The parser goes one level down its stack for each, and nobody
/// writes half as many.
const DEEPEST: usize = 24;

fn part(path: &SitePath, text: &str, faults: &mut Vec<Diagnostic>) -> String {
    if let Some(place) = too_deep(text) {
        faults.push(said_at(
            path,
            place,
            message!("括号嵌套超过 {DEEPEST} 层", "brackets nest more than {DEEPEST} deep"),
        ));
        return String::new();
    }
    let (small, found) = css::shrink(text);
    faults.extend(found.into_iter().map(|fault| said_at(path, fault.at, said(fault))));
    small
}

fn said(fault: CssFault) -> Message {
    match fault.kind {
        CssFaultKind::OpenString => message!("引号没有闭合", "a quotation mark is not closed"),
        CssFaultKind::BadUrl => {
            message!(
                "网址中有引号、括号或空格，请加引号",
                "an address with quotes, brackets or spaces needs quotes around it"
            )
        }
        CssFaultKind::Unopened => message!("多余的右括号", "nothing opens this bracket"),
        CssFaultKind::Unclosed => message!("括号没有闭合", "nothing closes this bracket"),
        CssFaultKind::Unfinished => {
            message!("末尾的文字后面没有花括号", "no block follows the words at the end")
        }
    }
}

fn said_at(path: &SitePath, place: usize, said: Message) -> Diagnostic {
    let title = message!(
        "样式表 {path} 中有无法识别的内容",
        "the style sheet {path} contains something that is not understood"
    );
    Diagnostic::new(Code::STYLE_FAULT, title).at(path, place..place).hint(said)
}

/// The first bracket that is nested too deeply, wherever it is: in comments and strings they count too.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str]) -> (String, Vec<Diagnostic>) {
        let name = |i: usize| format!("{i}.css");
        let parts = texts.iter().enumerate().map(|(i, text)| {
            (name(i), (SitePath::new(&format!("themes/t/styles/{}", name(i))).unwrap(), (*text).to_owned()))
        });
        let mut faults = Vec::new();
        let bytes = bundle(&parts.collect(), &mut faults);
        (String::from_utf8(bytes).unwrap(), faults)
    }

    #[test]
    fn parts_become_one_small_sheet_in_order() {
        let (sheet, faults) =
            check(&["/* why */ a { color: #ff0000; b { margin: 0px } }", "p { color: blue }"]);
        assert_eq!((sheet.as_str(), faults.len()), ("a{color:#ff0000;b{margin:0px}}p{color:blue}", 0));
    }

    #[test]
    fn a_fault_is_reported_where_it_is_and_the_rest_stays() {
        let (sheet, faults) =
            check(&["a { color: red }\n/* 汉字 */ a:-nope( { margin: 0 }\n", "p { top: 0 }"]);
        assert!(sheet.starts_with("a{color:red}") && sheet.ends_with("p{top:0}"), "{sheet}");
        let [fault, ..] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!(fault.code, Code::STYLE_FAULT);
    }

    #[test]
    fn what_nests_without_end_is_reported_and_left_out() {
        for piece in ["a{", "@media print{", ":not(", "a{b:(", "a,b{"] {
            let (sheet, faults) = check(&[&piece.repeat(100_000), "p { top: 0 }"]);
            assert_eq!((sheet.as_str(), faults.len()), ("p{top:0}", 1), "{piece}");
            let (sheet, _) = check(&[&piece.repeat(12), "p { top: 0 }"]);
            assert!(sheet.ends_with("p{top:0}"), "{piece}");
        }
    }
}
