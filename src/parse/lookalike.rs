//! Lines that a reader takes for a heading or a task and the parser takes for text: `###8.`, `2．`,
//! `##　二、`. Such a line would take a task, its page and its deadline from the site, so it is an error.
//!
//! A line with `#` is known by its first characters. A number by itself is ordinary in official texts, so it
//! must be the one that is missing among the headings or tasks around it, and not go on with an enumeration.

use crate::base::{Diagnostic, Message, SitePath, Span};
use crate::message;
use crate::model::{Block, BlockKind, Node, NodeKind};
use crate::parse::label::{self, NumberLabel, NumberStyle};
use crate::parse::markdown::Genre;
use crate::parse::{numbering, slips};

/// The level of tasks in lists, below all headings.
const ITEM: usize = 7;
/// For each level of headings, and for tasks in lists, a number.
type NumbersByLevel = [Option<(NumberStyle, u32)>; ITEM + 1];

/// The nearest numbers in one direction.
#[derive(Clone, Copy, Default)]
struct NearestNumbers {
    /// Below the same heading.
    here: NumbersByLevel,
    /// In the whole plan, for numbers that go on through its sections.
    anywhere: NumbersByLevel,
}

impl NearestNumbers {
    fn pass(&mut self, level: usize, number: Option<(NumberStyle, u32)>) {
        if level < ITEM {
            self.here[level + 1..ITEM].fill(None);
        }
        if number.is_some() {
            (self.here[level], self.anywhere[level]) = (number, number);
        }
    }
}

/// Reports the look-alikes of a plan. `nodes` are those of an original; a translation has none.
pub(super) fn check(
    path: &SitePath,
    source: &str,
    blocks: &[Block],
    nodes: Option<&[Node]>,
) -> Vec<Diagnostic> {
    let structure = structure(blocks, nodes);
    let mut walk = NumberWalk {
        path,
        source,
        is_original: nodes.is_some(),
        upcoming: upcoming(&structure),
        structure: &structure,
        before: 0,
        last: NearestNumbers::default(),
        enumerated: [0; 4],
        faults: Vec::new(),
    };
    blocks.iter().enumerate().for_each(|(index, block)| walk.block(index, block));
    walk.faults
}

/// Reports lines of a page that were meant to be headings.
pub(super) fn check_page(path: &SitePath, source: &str, blocks: &[Block]) -> Vec<Diagnostic> {
    let is_text =
        |block: &&Block| !matches!(block.kind, BlockKind::Listing { .. } | BlockKind::Heading { .. });
    let texts = blocks.iter().filter(is_text);
    let found = texts.flat_map(|block| {
        lines_of(source, block)
            .filter_map(|(span, line)| heading(line, Genre::Page, false).map(|h| (span, line, h)))
    });
    found.map(|(span, line, corrected)| report(path, span, line, &corrected)).collect()
}

/// A numbered heading, or a task in a list.
struct NumberedItem {
    block: usize,
    level: usize,
    style: NumberStyle,
    number: u32,
    /// True if it is a task, with a number like those of the other tasks.
    is_task: bool,
}

fn structure(blocks: &[Block], nodes: Option<&[Node]>) -> Vec<NumberedItem> {
    let mut tasks = nodes.unwrap_or_default().iter().filter(|node| node.kind == NodeKind::Task).peekable();
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        while tasks.next_if(|task| task.blocks.start < index).is_some() {}
        let is_task = tasks.peek().is_some_and(|task| task.blocks.start == index);
        let numbered = match block.kind {
            BlockKind::Heading { level } => label::read(numbering::split(&block.text).label)
                .map(|l| (usize::from(level), l.style, l.number)),
            BlockKind::Item { number } if is_task || (nodes.is_none() && block.depth == 1) => {
                Some((ITEM, NumberStyle::Arabic, number))
            }
            _ => None,
        };
        let numbered = numbered.map(|(level, style, number)| NumberedItem {
            block: index,
            level,
            style,
            number,
            is_task,
        });
        found.extend(numbered);
    }
    let tasks =
        |style| found.iter().filter(|part: &&NumberedItem| part.is_task && part.style == style).count();
    let usual = [NumberStyle::Arabic, NumberStyle::ArabicParen, NumberStyle::Han, NumberStyle::HanParen]
        .into_iter()
        .max_by_key(|s| tasks(*s));
    found.iter_mut().for_each(|part| part.is_task &= usual == Some(part.style));
    found
}

/// For each place between two numbered parts the numbers that come next.
fn upcoming(structure: &[NumberedItem]) -> Vec<NearestNumbers> {
    let mut next = NearestNumbers::default();
    let mut all = vec![next];
    for part in structure.iter().rev() {
        next.pass(part.level, Some((part.style, part.number)));
        all.push(next);
    }
    all.reverse();
    all
}

struct NumberWalk<'a> {
    path: &'a SitePath,
    source: &'a str,
    is_original: bool,
    structure: &'a [NumberedItem],
    upcoming: Vec<NearestNumbers>,
    /// How many numbered parts come before this place.
    before: usize,
    /// The last numbers.
    last: NearestNumbers,
    /// How far the text has counted since the last numbered part, for each style, from 1.
    enumerated: [u32; 4],
    faults: Vec<Diagnostic>,
}

impl NumberWalk<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        if self.structure.get(self.before).is_some_and(|part| part.block == index) {
            return self.numbered(block);
        }
        match block.kind {
            BlockKind::Heading { level } => {
                self.candidate(block.span.clone(), heading_text(self.source, block));
                self.last.pass(usize::from(level), None);
            }
            BlockKind::Listing { .. } => {}
            _ => lines_of(self.source, block).for_each(|(span, line)| self.line(block, span, line)),
        }
    }

    /// A heading or task with its number.
    fn numbered(&mut self, block: &Block) {
        let part @ &NumberedItem { level, style, number, .. } = &self.structure[self.before];
        self.before += 1;
        self.enumerated = [0; 4];
        let meant = self.is_original.then(|| self.other_level(part)).flatten();
        if let Some(meant) = meant {
            self.report_level(block, meant);
        }
        self.last.pass(meant.unwrap_or(level), Some((style, number)));
        if level == ITEM {
            self.enumerate(&block.text);
            let lines = lines_of(self.source, block).skip(1);
            lines.for_each(|(span, line)| self.line(block, span, line));
        }
    }

    /// The level whose numbers a heading goes on with, if it is another one than its own.
    fn other_level(&self, part: &NumberedItem) -> Option<usize> {
        let NumberedItem { level, style, number, is_task, .. } = *part;
        let (last, next) = (&self.last, &self.upcoming[self.before]);
        let is_of = |found: Option<(NumberStyle, u32)>| found.is_some_and(|(other, _)| other == style);
        if level == ITEM || is_of(last.here[level]) {
            return None;
        }
        // Of two that do not agree the one at an unusual level is wrong.
        let may_precede = number == 1 && !is_task && level != usual_level(style) && !is_of(next.here[level]);
        (1..=ITEM).filter(|other| *other != level).find(|other| {
            let follows = number > 1 && last.anywhere[*other] == Some((style, number - 1));
            let precedes = may_precede && !is_of(last.here[*other]);
            follows && next.anywhere[*other] != Some((style, number))
                || precedes && self.next_of(*other) == Some((style, 2))
        })
    }

    /// The next number of a level: below the same heading, or of the whole plan if it has had none.
    fn next_of(&self, level: usize) -> Option<(NumberStyle, u32)> {
        let next = &self.upcoming[self.before];
        let of_plan = next.anywhere[level].filter(|_| self.last.anywhere[level].is_none());
        next.here[level].or(of_plan)
    }

    fn report_level(&mut self, block: &Block, meant: usize) {
        let line = heading_text(self.source, block);
        let corrected = marker(meant) + line;
        let cause = message!(
            "同类编号的标题或任务不是这一级",
            "headings or tasks with such numbers are of another level"
        );
        let span = block.span.start..block.span.start + first_line(&self.source[block.span.clone()]).len();
        self.faults.push(slips::lookalike(self.path, span, cause, &corrected));
    }

    /// A line of text.
    fn line(&mut self, block: &Block, span: Span, line: &str) {
        let genre = if self.is_original { Genre::Original } else { Genre::Translation };
        let is_whole = block.kind == BlockKind::Paragraph && span.len() >= block.span.len();
        let underline = line.trim();
        if underline.len() >= 3 && underline.bytes().all(|byte| byte == b'=') {
            let cause = message!("“===”没有可以作标题的文字", "“===” has no text to make a heading of");
            self.faults.push(slips::lookalike(self.path, span, cause, "…"));
        } else if let Some(corrected) = heading(line, genre, is_whole) {
            self.faults.push(report(self.path, span, line, &corrected));
        } else if !matches!(block.kind, BlockKind::Table { .. }) || !line.contains('|') {
            self.candidate(span, line);
        }
    }

    /// A line that may begin with the number of a lost heading or task.
    fn candidate(&mut self, span: Span, line: &str) {
        let text = line.trim_start_matches(|c: char| c.is_whitespace() || ">*_-+•·●▪".contains(c));
        let Some(label) = label::read(text) else { return self.enumerate(line) };
        match self.missing(&label) {
            Some((level, style)) => {
                let corrected = corrected(level, style, &label, &text[label.len..]);
                self.faults.push(report(self.path, span, line, &corrected));
                self.last.pass(level, Some((style, label.number)));
            }
            None => {
                self.count(&label);
                self.enumerate(&text[label.len..]);
            }
        }
    }

    /// The level at which the number is missing, with the style of its numbers.
    fn missing(&self, label: &NumberLabel) -> Option<(usize, NumberStyle)> {
        let (number, style) = (label.number, label.style);
        let is_enumerated = number > 1 && self.enumerated[style as usize] == number - 1;
        let of_style = |found: &(NumberStyle, u32)| {
            found.0 == style || (found.0, style) == (NumberStyle::Arabic, NumberStyle::ArabicParen)
        };
        let is_missing = |level: usize| {
            let at = |levels: &NumbersByLevel| levels[level].filter(of_style);
            let (last, next) = (&self.last, &self.upcoming[self.before]);
            let before = at(&last.anywhere).filter(|(_, before)| number == before + 1);
            let follows = before.filter(|_| at(&next.anywhere).is_none_or(|(_, after)| after != number));
            let after = self.next_of(level).filter(of_style).filter(|(_, after)| *after == number + 1);
            let precedes = after.filter(|(_, after)| {
                at(&last.here).is_none_or(|(_, before)| before < number || *after <= before)
            });
            follows.or(precedes).map(|(style, _)| (level, style))
        };
        if is_enumerated { None } else { (1..=ITEM).find_map(is_missing) }
    }

    fn count(&mut self, label: &NumberLabel) {
        let counted = &mut self.enumerated[label.style as usize];
        if label.number == 1 || label.number == *counted + 1 {
            *counted = label.number;
        }
    }

    /// Counts what a text enumerates inside itself: `（1）…；（2）…`.
    fn enumerate(&mut self, text: &str) {
        for (at, c) in text.char_indices() {
            let from = if "（(①⑴".contains(c) { at } else { at + c.len_utf8() };
            if "（(①⑴。；：:;，,".contains(c)
                && let Some(label) = label::read(text[from..].trim_start())
            {
                self.count(&label);
            }
        }
    }
}

/// A heading with its mark put right, if the line is one but for its mark.
fn heading(line: &str, genre: Genre, is_whole: bool) -> Option<String> {
    let text = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let text = text.strip_prefix(['-', '+', '*']).map_or(text, str::trim_start);
    let title = text.trim_start_matches(['#', '＃', '﹟', '♯']);
    let count = text[..text.len() - title.len()].chars().count();
    let spaced = title.trim_start();
    let has_wide_space = title.starts_with(|c: char| c.is_whitespace() && !c.is_ascii());
    let is_one = match count {
        0 => false,
        1 => {
            has_wide_space
                || genre != Genre::Page && (is_title(title) && is_whole || title.starts_with([' ', '\t']))
        }
        _ => true,
    };
    (is_one && !spaced.is_empty()).then(|| marker(count.min(6)) + spaced)
}

/// Returns whether the text behind a `#` is a title. `#1楼` and `#话题#` are words.
fn is_title(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_worded = text.starts_with(|c: char| c.is_alphabetic() || "《“".contains(c));
    let is_year = digits == 4 && text[digits..].starts_with('年');
    !text.contains('#') && (is_worded || is_year || label::read(text).is_some())
}

fn corrected(level: usize, style: NumberStyle, label: &NumberLabel, rest: &str) -> String {
    let rest = rest.replace("**", "");
    let numeral = &label.numeral;
    let label = match style {
        NumberStyle::Arabic => format!("{numeral}. "),
        NumberStyle::ArabicParen => format!("（{numeral}）"),
        NumberStyle::Han => format!("{numeral}、"),
        NumberStyle::HanParen => format!("（{numeral}）"),
    };
    marker(level) + &label + rest.trim_start()
}

/// The level of headings with such numbers (GB/T 9704—2012, 7.3.3), below the title.
fn usual_level(style: NumberStyle) -> usize {
    match style {
        NumberStyle::Han => 2,
        NumberStyle::HanParen => 3,
        NumberStyle::Arabic | NumberStyle::ArabicParen => 4,
    }
}

fn marker(level: usize) -> String {
    if level < ITEM { "#".repeat(level) + " " } else { String::new() }
}

fn report(path: &SitePath, span: Span, line: &str, corrected: &str) -> Diagnostic {
    slips::lookalike(path, span, cause(line, corrected), corrected)
}

/// The first character that keeps a line from being what it looks like.
fn cause(line: &str, corrected: &str) -> Message {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let differs = |(c, wanted): &(char, char)| c != wanted;
    let first = text.chars().zip(corrected.chars()).find(differs);
    match (indent.chars().find(|c| !c.is_ascii()), first) {
        (Some(space), _) => named(space),
        (None, Some((c, _))) if is_odd(c) => named(c),
        (None, Some((_, '#'))) => message!("前面没有“#”", "it has no `#`"),
        (None, Some((_, ' '))) => message!("“#”或编号后面没有空格", "no space follows `#` or the number"),
        (None, Some(('#', _))) => {
            message!("“#”的个数不对，最多六个", "it has too many `#`; six are the most")
        }
        (None, Some(_)) => message!("编号的写法不对", "its number is not written as such numbers are"),
        (None, None) if !indent.is_empty() => message!("行首有空格", "spaces precede it"),
        (None, None) => message!("前面没有空行", "no empty line precedes it"),
    }
}

/// A character typed for an ASCII one.
fn is_odd(c: char) -> bool {
    !c.is_ascii() && !c.is_alphabetic()
}

fn named(c: char) -> Message {
    let code = u32::from(c);
    let (zh, en) = match c {
        '\u{3000}' => ("表意空格（全角空格）", "an ideographic space"),
        '\u{a0}' | '\u{202f}' => ("不换行空格", "a no-break space"),
        _ if c.is_whitespace() => ("特殊空格", "a special space"),
        '０'..='９' => ("全角数字", "a full-width digit"),
        '＃' => ("全角井号", "a full-width number sign"),
        '．' => ("全角句点", "a full-width full stop"),
        '、' => ("顿号", "an ideographic comma"),
        '。' => ("句号", "an ideographic full stop"),
        _ => return message!("有“{c}”（U+{code:04X}）", "it has “{c}” (U+{code:04X})"),
    };
    message!("有{zh} U+{code:04X}", "it has {en}, U+{code:04X}")
}

/// The lines of a block's source.
fn lines_of<'a>(source: &'a str, block: &Block) -> impl Iterator<Item = (Span, &'a str)> {
    slips::lines(source, block.span.clone())
}

fn heading_text<'a>(source: &'a str, block: &Block) -> &'a str {
    first_line(&source[block.span.clone()]).trim_start_matches('#').trim()
}

fn first_line(source: &str) -> &str {
    source.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
