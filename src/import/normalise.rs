//! Spaces that are typesetting, and parentheses of the wrong width.

use super::account::Rule;
use super::log::Log;
use crate::container::chars::{is_cjk_punctuation, is_han, is_latin};

/// A character and the line of the source it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SourceChar {
    pub(super) ch: char,
    pub(super) line: usize,
    /// Set in bold at the start of its paragraph.
    pub(super) bold: bool,
}

/// Widens parentheses in Chinese text and removes spaces that are typesetting.
pub(super) fn normalise(glyphs: Vec<SourceChar>, log: &mut Log) -> Vec<SourceChar> {
    remove_spaces(widen_parentheses(glyphs, log), log)
}

fn widen_parentheses(mut glyphs: Vec<SourceChar>, log: &mut Log) -> Vec<SourceChar> {
    let mut count = 0;
    let counted = glyphs.iter().map(|glyph| {
        count += usize::from(is_han(glyph.ch));
        count
    });
    let han: Vec<usize> = counted.collect();
    for (open, close) in parentheses(&glyphs) {
        if !is_chinese_context(&glyphs, &han, open, close) {
            continue;
        }
        for (index, wide) in [(open, '（'), (close, '）')] {
            if glyphs[index].ch != wide {
                log.edit(Rule::Parenthesis, glyphs[index].line, glyphs[index].ch, wide);
                glyphs[index].ch = wide;
            }
        }
    }
    glyphs
}

/// Places of matching parentheses, of either width.
fn parentheses(glyphs: &[SourceChar]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        match glyph.ch {
            '(' | '（' => open.push(index),
            ')' | '）' => pairs.extend(open.pop().map(|start| (start, index))),
            _ => {}
        }
    }
    pairs
}

/// Chinese inside, or a Chinese neighbour outside. An e-mail in Latin text keeps its parentheses. `han`
/// says how many Han characters there are up to each glyph.
fn is_chinese_context(glyphs: &[SourceChar], han: &[usize], open: usize, close: usize) -> bool {
    let chinese = |g: &SourceChar| is_han(g.ch) || is_cjk_punctuation(g.ch);
    let visible = |g: &&SourceChar| !g.ch.is_whitespace();
    let inside = han[open] < han[close];
    let before = glyphs[..open].iter().rev().find(visible).is_some_and(chinese);
    let after = glyphs[close + 1..].iter().find(visible).is_some_and(chinese);
    inside || before || after
}

fn remove_spaces(glyphs: Vec<SourceChar>, log: &mut Log) -> Vec<SourceChar> {
    let mut kept: Vec<SourceChar> = Vec::with_capacity(glyphs.len());
    let mut in_title = 0_usize;
    let mut rest = glyphs.iter().copied().peekable();
    while let Some(glyph) = rest.next() {
        if !glyph.ch.is_whitespace() {
            in_title = nesting(in_title, glyph.ch);
            kept.push(glyph);
            continue;
        }
        while rest.next_if(|g| g.ch.is_whitespace()).is_some() {}
        let (Some(&before), Some(&after)) = (kept.last(), rest.peek()) else { continue };
        let sides = (side(kept.iter().rev().map(|g| g.ch)), side(rest.clone().map(|g| g.ch)));
        let percent = matches!(after.ch, '%' | '‰' | '℃') && sides.0 == SpaceSide::Number;
        if keeps_space(sides.0, sides.1, in_title > 0) && !percent {
            kept.push(SourceChar { ch: ' ', ..glyph });
        } else {
            let pair = [before.ch, after.ch];
            log.edit(Rule::Space, glyph.line, format!("{} {}", pair[0], pair[1]), String::from_iter(pair));
        }
    }
    kept
}

/// Depth inside 《》.
fn nesting(depth: usize, c: char) -> usize {
    match c {
        '《' => depth + 1,
        '》' => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The character on one side of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SpaceSide {
    Han,
    CjkPunctuation,
    Number,
    /// A Latin word, IPv6 among them, or a sign.
    Latin,
}

/// The side that `word` is, read away from the space.
fn side(mut word: impl Iterator<Item = char>) -> SpaceSide {
    match word.next() {
        Some(c) if is_han(c) => SpaceSide::Han,
        Some(c) if is_cjk_punctuation(c) => SpaceSide::CjkPunctuation,
        Some('%' | '‰' | '℃') => SpaceSide::Number,
        Some(c) if c.is_numeric() => {
            let letter = word.take_while(|&c| is_latin(c)).any(char::is_alphabetic);
            if letter { SpaceSide::Latin } else { SpaceSide::Number }
        }
        _ => SpaceSide::Latin,
    }
}

/// Whether a space says something: between Latin words, between Latin and Chinese words,
/// between two numbers, and between two names inside one 《》.
fn keeps_space(before: SpaceSide, after: SpaceSide, in_title: bool) -> bool {
    match (before, after) {
        (SpaceSide::CjkPunctuation, _) | (_, SpaceSide::CjkPunctuation) => false,
        (SpaceSide::Han, SpaceSide::Han) => in_title,
        (SpaceSide::Number, SpaceSide::Han) | (SpaceSide::Han, SpaceSide::Number) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let glyphs = text.chars().map(|ch| SourceChar { ch, line: 1, bold: false }).collect();
        let normal = normalise(glyphs, &mut Log::default());
        assert_eq!(normal.iter().map(|g| g.ch).collect::<String>(), expected);
    }

    #[test]
    fn spaces_around_digits_are_typesetting() {
        check("做好第 46 届 2022 年 5 号", "做好第46届2022年5号");
        check("（2021— 2035 年） 知识", "（2021—2035年）知识");
    }

    #[test]
    fn spaces_in_latin_text_stay() {
        check("发送至 a@b.cn。", "发送至 a@b.cn。");
        check("世界 Intellectual  Property (WIPO) Office", "世界 Intellectual Property (WIPO) Office");
    }

    #[test]
    fn a_space_inside_a_title_belongs_to_it() {
        check("《最高人民法院 最高人民检察院关于解释》 发布", "《最高人民法院 最高人民检察院关于解释》发布");
        check("知识 产权", "知识产权");
    }

    #[test]
    fn a_number_in_a_word_is_a_word() {
        check("做好 IPv6 改造，90 % 以上", "做好 IPv6 改造，90%以上");
        check("第 5 G 网络 3D 打印", "第5 G 网络 3D 打印");
    }

    #[test]
    fn parentheses_are_widened_in_chinese_text() {
        check("协定》( RCEP ) 知识", "协定》（RCEP）知识");
        check("修订。 (持续推进)", "修订。（持续推进）");
        check("办法（试行)", "办法（试行）");
        check("f(x) = 1", "f(x) = 1");
        check("列）举(", "列）举(");
    }
}
