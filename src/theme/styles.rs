//! Styles: the parts of a theme's style sheet → one sheet, checked, made small
//! and put into the words of browsers that are some years old.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use lightningcss::error::{Error, ErrorLocation};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use crate::base::{Code, Diagnostic, Message, SitePath};
use crate::message;

/// The parts of a style sheet by their names, which decide their order.
pub type StyleParts = BTreeMap<String, (SitePath, String)>;

/// The oldest browsers the sheet is written for: those that public offices and old phones
/// still have. What they do not know (nesting, `light-dark()`) is written out for them.
const BROWSERS: Browsers = Browsers {
    android: Some(version(88)),
    chrome: Some(version(88)),
    edge: Some(version(88)),
    firefox: Some(version(88)),
    ie: None,
    ios_saf: Some(version(14)),
    opera: None,
    safari: Some(version(14)),
    samsung: None,
};

/// A version as lightningcss counts: the major number in the third byte.
const fn version(major: u32) -> u32 {
    major << 16
}

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
    let found = Arc::new(RwLock::new(Vec::new()));
    let options =
        ParserOptions { error_recovery: true, warnings: Some(Arc::clone(&found)), ..Default::default() };
    let small = shrink(text, options);
    let found = found.read().map(|found| found.clone()).unwrap_or_default();
    faults.extend(found.iter().map(|error| fault(path, text, error)));
    small.unwrap_or_else(|error| {
        faults.push(fault(path, text, &error));
        String::new()
    })
}

fn shrink<'a>(text: &'a str, options: ParserOptions<'a>) -> Result<String, Error<String>> {
    let targets = Targets::from(BROWSERS);
    let mut sheet = StyleSheet::parse(text, options).map_err(|e| plain(&e))?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|e| plain(&e))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..Default::default() });
    printed.map(|result| result.code).map_err(|e| plain(&e))
}

fn plain<T: std::fmt::Display>(error: &Error<T>) -> Error<String> {
    Error { kind: error.kind.to_string(), loc: error.loc.clone() }
}

fn fault<T: std::fmt::Display>(path: &SitePath, text: &str, error: &Error<T>) -> Diagnostic {
    let start = error.loc.as_ref().map_or(0, |place| offset(text, place));
    let said = error.kind.to_string();
    said_at(path, start, Message { zh: said.clone(), en: said })
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

/// The byte at a place: lines are counted from 0, columns from 1 in UTF-16 units.
fn offset(text: &str, place: &ErrorLocation) -> usize {
    let line = place.line as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut left = place.column.saturating_sub(1) as usize;
    let before = text[start..].chars().take_while(|c| {
        let fits = left >= c.len_utf16() && *c != '\n';
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    start + before.map(char::len_utf8).sum::<usize>()
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
        assert_eq!((sheet.as_str(), faults.len()), ("a{color:red}a b{margin:0}p{color:#00f}", 0));
    }

    #[test]
    fn dark_colours_reach_browsers_without_light_dark() {
        let (sheet, _) = check(&[":root { color-scheme: light dark; --paper: light-dark(#fff, #000) }"]);
        assert!(sheet.contains("--lightningcss-dark") && !sheet.contains("light-dark("), "{sheet}");
    }

    #[test]
    fn a_fault_is_reported_where_it_is_and_the_rest_stays() {
        let (sheet, faults) =
            check(&["a { color: red }\n/* 汉字 */ a:-nope( { margin: 0 }\n", "p { top: 0 }"]);
        assert!(sheet.starts_with("a{color:red}") && sheet.ends_with("p{top:0}"), "{sheet}");
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
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
