//! Kinds of characters: Han; those that no reader sees and that can make a text say something else than it
//! shows; and those that look like another one.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use gongbao_search::characters::{is_ignorable, ordinary};

use super::{Code, Diagnostic, SitePath, Span};
use crate::message;

/// Whether a character is of the Chinese script: CJK Unified Ideographs with their extensions, 〇 and 々.
pub fn is_han(c: char) -> bool {
    matches!(c, '〇' | '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Returns whether a character has no place in a text. By the properties of the Unicode Character Database:
/// controls (Cc) but for tab and line ends, separators of lines (Zl, Zp), what is ignored unless a program
/// knows better (`Default_Ignorable_Code_Point`: controls of direction as in CVE-2021-42574, tags, variation
/// selectors, fillers), `Noncharacter_Code_Point` and private use (Co); further what stands for an
/// annotation or object that is not there (U+FFF9–FFFC) and the blank of Braille (U+2800).
pub fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffc}' | '\u{2800}' => true,
        _ => c.is_control() || is_ignorable(c) || is_noncharacter(c) || is_private(c),
    }
}

/// Returns whether Unicode reserves a code point as a noncharacter (D14).
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns whether a character means something in one font or program only.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Returns whether a character shows nothing and may be left out without changing what a reader sees.
pub fn prints_nothing(c: char) -> bool {
    is_ignorable(c) || is_noncharacter(c) || (c.is_control() && !c.is_whitespace())
}

/// The hidden characters of a text with their places. Those that do the work they were encoded for are
/// not among them: joiners between letters of Arabic, Indic and Mongolian scripts, variants of Mongolian
/// letters, and what makes a picture of a sign or one of two.
///
/// A variation selector behind a Han character is hidden. The variants that official texts tell apart have
/// characters of their own, and 256 selectors carry a byte of a message behind each character.
fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|&(at, c)| is_hidden(c) && !is_needed(text, at, c))
}

fn is_needed(text: &str, at: usize, c: char) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
    let (Some(before), after) = (before, after.unwrap_or(' ')) else { return false };
    match c {
        '\u{200c}' => is_joined_script(before) && is_joined_script(after),
        '\u{200d}' if is_joined_script(before) => is_joined_script(after),
        '\u{200d}' => (is_picture(before) || before == '\u{fe0f}') && is_picture(after),
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        '\u{fe0e}' | '\u{fe0f}' if after == '\u{20e3}' => matches!(before, '0'..='9' | '#' | '*'),
        '\u{fe0e}' | '\u{fe0f}' => is_picture(before),
        _ => false,
    }
}

/// The blocks of scripts whose letters joiners shape: Arabic to Sinhala, Khmer and Mongolian.
fn is_joined_script(c: char) -> bool {
    !is_hidden(c) && matches!(c, '\u{600}'..='\u{dff}' | '\u{1780}'..='\u{18af}')
}

/// The blocks of the signs that there are pictures of, letters and numbers apart.
fn is_picture(c: char) -> bool {
    matches!(c, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2190}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}'
        | '\u{2934}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// How many lines of a file are reported for one reason.
const MOST: usize = 100;

/// Reports each line with hidden characters, and each with characters that look like others. A byte order
/// mark at the head of the file is neither.
pub fn check(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = text.len() - body.len();
    let (mut unseen, mut disguised) = (Vec::new(), Vec::new());
    for line in body.split_inclusive('\n') {
        unseen.extend(CharacterRun::of(at, hidden(line)));
        disguised.extend(CharacterRun::of(at, line.char_indices().filter(|(_, c)| ordinary(*c).is_some())));
        at += line.len();
    }
    let mut found = report(path, &unseen, CharacterRun::is_hidden);
    found.extend(report(path, &disguised, CharacterRun::is_disguised));
    found
}

/// Reports the hidden characters of a value that the file does not show at its place: `source` has an
/// escape or a reference for them.
pub fn check_value(path: &SitePath, value: &str, source: &str, span: Span) -> Option<Diagnostic> {
    let shown: BTreeSet<char> = hidden(source).map(|(_, c)| c).collect();
    let written = hidden(value).filter(|(_, c)| !shown.contains(c));
    CharacterRun::of(0, written).map(|found| found.is_hidden().at(path, span))
}

fn report(path: &SitePath, lines: &[CharacterRun], say: fn(&CharacterRun) -> Diagnostic) -> Vec<Diagnostic> {
    let mut found: Vec<_> =
        lines.iter().take(MOST).map(|line| say(line).at(path, line.span.clone())).collect();
    let more = lines.len() - found.len();
    if more > 0
        && let Some(last) = found.pop()
    {
        found.push(last.hint(message!(
            "此后还有 {more} 行如此",
            "{more} more lines after this one have such characters"
        )));
    }
    found
}

/// Characters of one kind in one line.
struct CharacterRun {
    /// The first of them.
    span: Span,
    chars: Vec<char>,
}

/// How many different characters of a line are named.
const NAMED: usize = 8;

impl CharacterRun {
    fn of(line: usize, mut chars: impl Iterator<Item = (usize, char)>) -> Option<CharacterRun> {
        let (at, first) = chars.next()?;
        let span = line + at..line + at + first.len_utf8();
        Some(CharacterRun { span, chars: std::iter::once(first).chain(chars.map(|(_, c)| c)).collect() })
    }

    /// The first few different ones.
    fn named(&self) -> Vec<char> {
        let mut named = Vec::new();
        for c in &self.chars {
            if !named.contains(c) && named.len() < NAMED {
                named.push(*c);
            }
        }
        named
    }

    fn is_hidden(&self) -> Diagnostic {
        let named = self.named();
        let list = |name: fn(char) -> &'static str, [open, close, comma]: [&str; 3]| {
            let codes =
                |of: &[char]| of.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect::<Vec<_>>();
            let one = |of: &[char]| format!("{}{open}{}{close}", name(of[0]), codes(of).join(comma));
            let kinds = named.chunk_by(|a, b| name(*a) == name(*b));
            kinds.map(one).collect::<Vec<_>>().join(comma)
        };
        let (zh, en) = (list(|c| name(c).0, ["（", "）", "、"]), list(|c| name(c).1, [" (", ")", ", "]));
        let (count, code) = (self.chars.len(), u32::from(named[0]));
        let title = message!(
            "此行有看不见或不应使用的字符：{zh}，共 {count} 个",
            "this line has characters that are not seen or not to be used: {en}; {count} in all"
        );
        let fault = Diagnostic::new(Code::CONTROL_CHARACTER, title);
        let fault = match spelled(&self.chars) {
            Some(words) => {
                fault.hint(message!("这些标签字符拼出“{words}”", "the tag characters spell “{words}”"))
            }
            None => fault,
        };
        fault.hint(match named.iter().all(|c| is_private(*c)) {
            true => message!(
                "对照原件，改为通用的字符；编辑器的“查找”可按 \\u{{{code:04X}}} 搜索",
                "compare with the source and write an ordinary character; search for \\u{{{code:04X}}} in your editor"
            ),
            false => message!(
                "删除它；编辑器的“查找”可按 \\u{{{code:04X}}} 搜索",
                "delete it; search for \\u{{{code:04X}}} in your editor"
            ),
        })
    }

    fn is_disguised(&self) -> Diagnostic {
        let named = self.named();
        let pairs = || named.iter().map(|c| (c, u32::from(*c), ordinary(*c).unwrap_or_default()));
        let zh: Vec<_> = pairs().map(|(c, code, to)| format!("“{c}”（U+{code:04X}）应写作“{to}”")).collect();
        let en: Vec<_> =
            pairs().map(|(c, code, to)| format!("“{c}” (U+{code:04X}) should be “{to}”")).collect();
        let (zh, en, count) = (zh.join("，"), en.join(", "), self.chars.len());
        Diagnostic::new(
            Code::COMPATIBILITY_CHARACTER,
            message!("{zh}；此行共 {count} 个兼容字符", "{en}; compatibility characters in this line: {count}"),
        )
        .hint(message!(
            "兼容字符与通用字看起来相同，多半来自 PDF；改为通用字，或用 gongbao import 重新转换",
            "they look like ordinary characters and mostly come from PDFs; replace them, or convert the source again with `gongbao import`"
        ))
    }
}

/// The words that tag characters hide, if there are any.
fn spelled(chars: &[char]) -> Option<String> {
    const LONGEST: usize = 60;
    let tags = chars.iter().filter(|c| matches!(c, '\u{e0020}'..='\u{e007e}'));
    let words: String = tags.filter_map(|c| char::from_u32(u32::from(*c) - 0xe0000)).take(LONGEST).collect();
    (!words.is_empty()).then_some(words)
}

fn name(c: char) -> (&'static str, &'static str) {
    match c {
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => ("零宽字符", "a zero-width character"),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("改变书写方向的控制符", "a control of the direction of writing")
        }
        '\u{ad}' => ("软连字符", "a soft hyphen"),
        '\u{2028}' | '\u{2029}' => ("行分隔符", "a line separator"),
        '\u{0}' => ("空字符", "a null character"),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => ("谚文填充符", "a Hangul filler"),
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            ("变体选择符", "a variation selector")
        }
        '\u{2800}' => ("空白的盲文符号", "a blank Braille pattern"),
        '\u{fff9}'..='\u{fffb}' => ("行间注释符", "an annotation mark"),
        '\u{fffc}' => ("对象替换符", "an object replacement character"),
        '\u{e0000}'..='\u{e007f}' => ("标签字符", "a tag character"),
        _ if c.is_control() => ("控制字符", "a control character"),
        _ if is_private(c) => ("专用区字符", "a private-use character"),
        _ if is_noncharacter(c) => ("非字符码位", "a noncharacter"),
        _ => ("不可见的格式字符", "an invisible format character"),
    }
}

/// The text as readers of facts see it: characters that look like others replaced by them, where that does
/// not change a place. Nearly all have as many bytes as what they stand for.
pub fn ordinarily(text: &str) -> Cow<'_, str> {
    let stands_for = |c: char| ordinary(c).filter(|to| to.len() == c.len_utf8());
    if !text.chars().any(|c| stands_for(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    for c in text.chars() {
        match stands_for(c) {
            Some(to) => read.push_str(to),
            None => read.push(c),
        }
    }
    Cow::Owned(read)
}

/// The text for a terminal: what that would obey or hide is written out as `\u{1b}`. Tabs and line ends stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_hidden(c) || c == '\r')
}

/// As [`visible`], in one line: for names of files, which may have line ends in them.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_hidden(c) || matches!(c, '\r' | '\n' | '\t'))
}

/// As [`visible`], for JSON: what it would obey or hide is within strings, and `\u001b` there means the same.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match is_hidden(c) {
            true => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(text, "\\u{unit:04x}");
            }),
            false => text.push(c),
        }
    }
    Cow::Owned(text)
}

fn escaped(text: &str, escape: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&escape) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match escape(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    fn check_file(text: &str) -> Vec<Diagnostic> {
        check(&SitePath::new("content/plans/2023/zh.md").unwrap(), text)
    }

    #[test]
    fn hidden_is_what_unicode_calls_so() {
        let classes = r"[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Co}\u{fff9}-\u{fffc}\u{2800}--\t\n\r]";
        let hidden = Regex::new(classes).unwrap();
        for c in '\0'..=char::MAX {
            assert_eq!(is_hidden(c), hidden.is_match(c.encode_utf8(&mut [0; 4])), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn every_hidden_character_is_named_at_its_place() {
        for c in ('\0'..=char::MAX).filter(|c| is_hidden(*c)) {
            let found = check_file(&format!("甲\n乙{c}办法\n"));
            assert_eq!(found.len(), 1, "U+{:04X}", u32::from(c));
            let label = &found[0].labels[0];
            assert_eq!((label.start, label.end), (7, 7 + c.len_utf8()));
            let code = format!("U+{:04X}", u32::from(c));
            assert!(found[0].title.zh.contains(&code) && found[0].title.en.contains(&code), "{code}");
        }
    }

    #[test]
    fn what_does_its_work_stays() {
        for text in ["", "甲\t乙\r\n", "\u{feff}甲", "é👩‍👧 ❤️ 👩🏽‍💻 1️⃣", "אב", "می‌خواهم क्‍ष", "ᠮᠣᠩᠭᠣᠯ᠋ ᠪᠢ"]
        {
            assert_eq!(check_file(text), [], "{text:?}");
        }
        for text in [
            "2025\u{fe0f}年",
            "办\u{e0100}法",
            "办\u{fe00}法",
            "甲\u{200d}乙",
            "❤\u{fe0f}\u{fe0f}",
            "①\u{fe0f}",
        ] {
            assert_eq!(check_file(text).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn a_line_is_reported_once_with_all_it_has() {
        let found = check_file("\u{feff}甲\u{202e}乙\u{200b}\0\n丙\n丁\u{e0074}\u{e0068}\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].labels[0].start..found[0].labels[0].end, 6..9);
        for part in ["U+202E", "U+200B", "U+0000", "共 3 个"] {
            assert!(found[0].title.zh.contains(part), "{:?}", found[0]);
        }
        assert!(found[1].hints[0].en.contains("“th”"), "{:?}", found[1]);
    }

    #[test]
    fn many_lines_are_counted() {
        let found = check_file(&"甲\u{200b}\n".repeat(250));
        assert_eq!(found.len(), MOST);
        assert!(found[MOST - 1].hints.iter().any(|hint| hint.en.starts_with("150 more")));
    }

    #[test]
    fn every_character_in_disguise_is_named_with_the_right_one() {
        for (c, to) in ('\0'..=char::MAX).filter_map(|c| Some((c, ordinary(c)?))) {
            let found = check_file(&format!("甲\n推{c}裁决\n"));
            assert_eq!(found.len(), 1, "{c}");
            assert_eq!((found[0].code, found[0].labels[0].start), (Code::COMPATIBILITY_CHARACTER, 7));
            assert!(found[0].title.zh.contains(&format!("“{c}”（U+{:04X}）应写作“{to}”", u32::from(c))));
        }
    }

    #[test]
    fn readers_see_the_ordinary_characters_at_the_same_places() {
        assert_eq!(ordinarily("推⾏《⾏政办法》"), "推行《行政办法》");
        assert!(matches!(ordinarily("推行"), Cow::Borrowed(_)));
        for c in '\0'..=char::MAX {
            assert_eq!(ordinarily(c.encode_utf8(&mut [0; 4])).len(), c.len_utf8());
        }
    }

    #[test]
    fn terminals_get_nothing_to_obey() {
        for c in ('\0'..=char::MAX).filter(|c| is_hidden(*c)) {
            let (text, code) = (format!("甲{c}\n乙"), u32::from(c));
            assert_eq!(visible(&text), format!("甲\\u{{{code:x}}}\n乙"));
            assert_eq!(visible_line(&text), format!("甲\\u{{{code:x}}}\\u{{a}}乙"));
            let json = serde_json::to_string(&text).unwrap();
            let shown = visible_json(&json);
            assert!(!shown.contains(is_hidden), "{code:04X}");
            assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }
}
