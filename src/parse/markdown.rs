//! Markdown → blocks. The subset is small: what plans are written in, and nothing that could carry code.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::base::address::is_harmless;
use crate::base::{Code, Diagnostic, SitePath, Span, characters};
use crate::message;
use crate::model::{Block, BlockKind, Mark, MarkKind};

/// Parses the Markdown in `text[start..]` (CommonMark 0.31 with tables,
/// strike-through and footnotes) into blocks. Spans are bytes of `text`.
pub fn parse(path: &SitePath, text: &str, start: usize) -> (Vec<Block>, Vec<Diagnostic>) {
    let mut builder = Builder::new(path, text, start);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        builder.event(event, range.start + start..range.end + start);
    }
    builder.close();
    builder.number_notes();
    (builder.blocks, builder.faults)
}

struct Builder<'a> {
    path: &'a SitePath,
    source: &'a str,
    blocks: Vec<Block>,
    faults: Vec<Diagnostic>,
    open: Option<Block>,
    /// Marks that have begun in the open block.
    begun: Vec<(usize, MarkKind)>,
    /// For each list around the current place whether it has numbers.
    lists: Vec<bool>,
    /// The kind that the next paragraph takes because an item has just begun.
    item: Option<(BlockKind, Span)>,
    quotes: usize,
    images: usize,
    notes: Notes,
}

impl<'a> Builder<'a> {
    fn new(path: &'a SitePath, source: &'a str, start: usize) -> Self {
        debug_assert!(source.is_char_boundary(start), "front matter ends on a line");
        Self {
            path,
            source,
            blocks: Vec::new(),
            faults: Vec::new(),
            open: None,
            begun: Vec::new(),
            lists: Vec::new(),
            item: None,
            quotes: 0,
            images: 0,
            notes: Notes::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => {
                self.begin(MarkKind::Code, &span);
                let inside = self.inside_code(&span);
                self.text(&text, inside);
                self.finish();
            }
            Event::SoftBreak => self.soft_break(span),
            Event::HardBreak => {
                self.begin(MarkKind::Break, &span);
                self.text("\n", span);
                self.finish();
            }
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(span),
            Event::Rule => self.unsupported(span, ("分隔线", "a rule")),
            Event::FootnoteReference(label) => self.note(&label, &span),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading { level: level_number(level) }, span),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(kind) => {
                let info =
                    if let CodeBlockKind::Fenced(info) = kind { info.into_string() } else { String::new() };
                self.open(BlockKind::Listing { info }, span);
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(first.is_some());
            }
            Tag::Item => self.item(span),
            Tag::Table(_) => self.open(BlockKind::Table { rows: Vec::new() }, span),
            Tag::TableHead | Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.begin(MarkKind::Emphasis, &span),
            Tag::Strong => self.begin(MarkKind::Strong, &span),
            Tag::Strikethrough => self.begin(MarkKind::Deleted, &span),
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.notes.open = Some((label.into_string(), span));
            }
            Tag::Link { dest_url, .. } => self.link(dest_url.into_string(), &span),
            Tag::Image { .. } => {
                self.images += 1;
                self.unsupported(span, ("图片", "an image"));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item | TagEnd::Table => {
                self.close();
            }
            TagEnd::BlockQuote(_) => self.quotes -= 1,
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => self.finish(),
            TagEnd::FootnoteDefinition => {
                self.close();
                self.notes.open = None;
            }
            TagEnd::Image => self.images -= 1,
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let (kind, span) = match (kind, self.item.take()) {
            (BlockKind::Paragraph, Some((item, at))) => (item, at.start..span.end.max(at.start)),
            (BlockKind::Paragraph, None) if self.quotes > 0 => (BlockKind::Quote, span),
            (kind, _) => (kind, span),
        };
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.open =
            Some(Block { kind, text: String::new(), marks: Vec::new(), span, depth, origin: Vec::new() });
    }

    fn item(&mut self, span: Span) {
        self.close();
        let marker = self.source[span.clone()].trim_start();
        let digits = marker.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let kind = match (self.lists.last(), marker[..digits].parse()) {
            (Some(true), Ok(number)) => BlockKind::Item { number },
            _ => BlockKind::Bullet,
        };
        self.item = Some((kind, span));
    }

    /// Ends the open block. Trailing white space is not part of a text.
    fn close(&mut self) {
        while !self.begun.is_empty() {
            self.finish();
        }
        let Some(mut block) = self.open.take() else { return };
        self.notes.define(self.blocks.len());
        let end = block.text.trim_end_matches(['\n', ' ']).len();
        block.text.truncate(end);
        let length = self.source[block.span.clone()].trim_end().len();
        block.span.end = block.span.start + length;
        for mark in &mut block.marks {
            mark.span.end = mark.span.end.min(end);
        }
        block.marks.retain(|mark| mark.span.start < mark.span.end);
        block.marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        self.blocks.push(block);
    }

    fn begin(&mut self, kind: MarkKind, span: &Span) {
        let block = self.current(span);
        let start = block.text.len();
        self.begun.push((start, kind));
    }

    fn link(&mut self, url: String, span: &Span) {
        if !is_harmless(&url) {
            let title = message!("链接“{url}”不能使用", "the link “{url}” may not be used");
            let hint =
                message!("网址以 https:// 或 http:// 开头", "an address begins with https:// or http://");
            let fault = Diagnostic::new(Code::BAD_VALUE, title).at(self.path, span.clone()).hint(hint);
            self.faults.push(fault);
        }
        self.begin(MarkKind::Link(url), span);
    }

    fn finish(&mut self) {
        if let (Some((start, kind)), Some(block)) = (self.begun.pop(), &mut self.open) {
            block.marks.push(Mark { span: start..block.text.len(), kind });
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.images > 0 {
            return;
        }
        let (path, at, source) = (self.path, span.start, &self.source[span.clone()]);
        // Written as a reference, `&#x202e;`, it is not in the file.
        if let Some(c) = text.chars().find(|c| characters::is_hidden(*c) && !source.contains(*c)) {
            let first = source.chars().next().map_or(0, char::len_utf8);
            self.faults.push(characters::found(c, 1).at(path, at..at + first));
        }
        let stretches = if source.starts_with(text) { vec![(0, 0)] } else { aligned(text, source) };
        let block = self.current(&span);
        let start = block.text.len();
        block.origin.extend(stretches.into_iter().map(|(place, from)| (start + place, at + from)));
        block.text.push_str(text);
    }

    /// What stands between the backticks of a code span.
    fn inside_code(&self, span: &Span) -> Span {
        let ticks = self.source[span.clone()].bytes().take_while(|byte| *byte == b'`').count();
        let start = span.start + ticks;
        start..span.end.saturating_sub(ticks).max(start)
    }

    /// A line end inside a paragraph: a space between words, nothing between Han characters.
    fn soft_break(&mut self, span: Span) {
        let after = self.source[span.start..].trim_start().chars().next();
        let before = self.open.as_ref().and_then(|b| b.text.chars().next_back());
        if !(before.is_some_and(is_wide) && after.is_some_and(is_wide)) {
            self.text(" ", span);
        }
    }

    /// The open block, in which `span` stands. Tight items have no paragraph of their own, so one is
    /// opened at their first word and grows with them.
    fn current(&mut self, span: &Span) -> &mut Block {
        if self.open.is_none() {
            self.open(BlockKind::Paragraph, span.clone());
        }
        let block = self.open.as_mut().expect("a block has just been opened");
        block.span.end = block.span.end.max(span.end);
        block
    }

    fn row(&mut self) {
        if let Some(Block { kind: BlockKind::Table { rows }, text, .. }) = &mut self.open {
            if !rows.is_empty() {
                text.push('\n');
            }
            rows.push(Vec::new());
        }
    }

    fn cell(&mut self) {
        if let Some(Block { kind: BlockKind::Table { rows }, text, .. }) = &mut self.open
            && let Some(row) = rows.last_mut()
        {
            if !row.is_empty() {
                text.push('\t');
            }
            row.push(text.len()..text.len());
        }
    }

    fn end_cell(&mut self) {
        if let Some(Block { kind: BlockKind::Table { rows }, text, .. }) = &mut self.open
            && let Some(cell) = rows.last_mut().and_then(|row| row.last_mut())
        {
            cell.end = text.len();
        }
    }

    fn raw_html(&mut self, span: Span) {
        let end = span.start + self.source[span.clone()].trim_end().len();
        self.faults.push(
            Diagnostic::new(
                Code::RAW_HTML,
                message!("这里不能使用 HTML 标记", "raw HTML is not allowed here"),
            )
            .at(self.path, span.start..end)
            .hint(message!(
                "删去标记；若要显示“<”本身，写成 \\<",
                "remove the markup; to show `<` itself, write \\<"
            )),
        );
    }

    fn unsupported(&mut self, span: Span, (zh, en): (&str, &str)) {
        let end = span.start + self.source[span.clone()].trim_end().len();
        self.faults.push(
            Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, message!("不支持{zh}", "{en} is not supported"))
                .at(self.path, span.start..end)
                .hint(message!(
                    "只用标题、段落、列表和表格",
                    "use headings, paragraphs, lists and tables only"
                )),
        );
    }
}

/// Where the characters of a text come from that is not in the file as it is read: code has spaces for
/// line ends, and NUL is read as U+FFFD (CommonMark 0.31.2, §2.3, §6.1). What a reference stands for
/// comes from where it begins.
fn aligned(text: &str, source: &str) -> Vec<(usize, usize)> {
    let (mut places, mut at) = (vec![(0, 0)], 0);
    for (place, c) in text.char_indices() {
        let is_same = |s: char| s == c || (s == '\0' && c == '\u{fffd}') || (s == '\n' && c == ' ');
        if let Some((skipped, s)) = source[at..].char_indices().find(|(_, s)| is_same(*s)) {
            places.push((place, at + skipped));
            at += skipped + s.len_utf8();
        }
    }
    places
}

/// The footnotes of a text.
#[derive(Default)]
struct Notes {
    /// The labels in the order in which the text refers to them, with the number of references.
    labels: Vec<(String, usize)>,
    /// The footnote around the current place.
    open: Option<(String, Span)>,
    /// The blocks of footnotes, with their labels and places.
    blocks: Vec<(usize, String, Span)>,
}

impl Notes {
    fn define(&mut self, block: usize) {
        self.blocks.extend(self.open.clone().map(|(label, span)| (block, label, span)));
    }

    fn number(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|(known, _)| known == label).map(|place| place + 1)
    }
}

impl Builder<'_> {
    /// A reference to a footnote, which shows its number.
    fn note(&mut self, label: &str, span: &Span) {
        let number = self.notes.number(label).unwrap_or_else(|| {
            self.notes.labels.push((label.to_owned(), 0));
            self.notes.labels.len()
        });
        let times = &mut self.notes.labels[number - 1].1;
        *times += 1;
        let times = *times;
        self.begin(MarkKind::Note(number, times), span);
        self.text(&number.to_string(), span.clone());
        self.finish();
    }

    /// Makes footnotes of their blocks, once all references are known.
    fn number_notes(&mut self) {
        for (index, label, span) in std::mem::take(&mut self.notes.blocks) {
            let Some(number) = self.notes.number(&label) else {
                self.faults.push(unused_note(self.path, &label, &span));
                continue;
            };
            match &mut self.blocks[index].kind {
                kind @ BlockKind::Paragraph => *kind = BlockKind::Footnote { number },
                _ => self
                    .unsupported(span, ("脚注中的列表、表格等", "a list, table or the like in a footnote")),
            }
        }
        let undefined: Vec<_> =
            self.blocks.iter().flat_map(|block| undefined_notes(self.path, block)).collect();
        self.faults.extend(undefined);
    }
}

fn unused_note(path: &SitePath, label: &str, span: &Span) -> Diagnostic {
    let title = message!("正文没有引用脚注 [^{label}]", "the text does not refer to the footnote [^{label}]");
    Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title).at(path, span.start..span.start).hint(message!(
        "在正文中要注的地方写 [^{label}]，或删去这条脚注",
        "write [^{label}] in the text where the note belongs, or remove the note"
    ))
}

/// References to footnotes that are not there, which CommonMark reads as plain words.
fn undefined_notes(path: &SitePath, block: &Block) -> Vec<Diagnostic> {
    let is_code = |at: usize| {
        matches!(block.kind, BlockKind::Listing { .. })
            || block.marks.iter().any(|mark| mark.kind == MarkKind::Code && mark.span.contains(&at))
    };
    let found = block.text.match_indices("[^").filter(|(at, _)| !is_code(*at)).filter_map(|(at, _)| {
        let label = &block.text[at + 2..];
        let label =
            &label[..label.find(']').filter(|end| *end > 0 && !label[..*end].contains(['\n', ' ', '[']))?];
        let title = message!("没有脚注 [^{label}]", "there is no footnote [^{label}]");
        let place = block.locate(&(at..at + label.len() + 3));
        Some(Diagnostic::new(Code::DEAD_LINK, title).at(path, place).hint(message!(
            "另起一段写它的内容：[^{label}]: …",
            "write its text in a paragraph of its own: [^{label}]: …"
        )))
    });
    found.collect()
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether a character belongs to a script written without spaces between words, or is full-width.
fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let (blocks, faults) = parse(&SitePath::new("zh.md").unwrap(), text, 0);
        assert_eq!(faults, [], "{text}");
        let found: Vec<_> = blocks.iter().map(|b| (name(b), b.text.as_str())).collect();
        let found: Vec<_> = found.iter().map(|(kind, text)| (kind.as_str(), *text)).collect();
        assert_eq!(found, expected);
        for block in &blocks {
            for (at, c) in block.text.char_indices().filter(|(_, c)| !"\n\t ".contains(*c)) {
                let place = block.locate(&(at..at + c.len_utf8()));
                assert_eq!(
                    &text[place.start..place.start + c.len_utf8()],
                    c.to_string(),
                    "in {}",
                    block.text
                );
            }
        }
    }

    fn name(block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { level } => format!("h{level}"),
            BlockKind::Paragraph => "p".into(),
            BlockKind::Item { number } => format!("{number}.{}", block.depth),
            BlockKind::Bullet => format!("*{}", block.depth),
            BlockKind::Quote => "quote".into(),
            BlockKind::Footnote { number } => format!("note {number}"),
            BlockKind::Listing { info } => format!("code {info}"),
            BlockKind::Table { rows } => format!("table {}x{}", rows.len(), rows[0].len()),
        }
    }

    #[test]
    fn headings_paragraphs_and_items() {
        check(
            "## 二、主要任务\n\n正文一。\n\n27. 甲。（持续推进）\n28. 乙。\n\n    续段。\n29. 丙\n",
            &[
                ("h2", "二、主要任务"),
                ("p", "正文一。"),
                ("27.1", "甲。（持续推进）"),
                ("28.1", "乙。"),
                ("p", "续段。"),
                ("29.1", "丙"),
            ],
        );
    }

    #[test]
    fn the_written_number_counts_even_where_commonmark_ignores_it() {
        check("1. 甲\n3. 乙\n", &[("1.1", "甲"), ("3.1", "乙")]);
    }

    #[test]
    fn line_ends_join_han_without_a_space_and_words_with_one() {
        check("知识产\n权保护\nby the\nend", &[("p", "知识产权保护 by the end")]);
    }

    /// Found by fuzzing: behind the first mark or line end of a tight item places were wrong, and could
    /// lie within a character.
    #[test]
    fn a_tight_item_has_the_places_of_all_its_words() {
        let texts = [("1.1", "甲乙丙《丁》"), ("2.1", "A　《B"), ("*1", "cd 戊")];
        check("1. 甲*乙*丙《丁》\n2. A　\n   《B\n- ` c `*d* 戊\n", &texts);
        let text = "1. A　\nB <b>《C";
        let (blocks, _) = parse(&SitePath::new("zh.md").unwrap(), text, 0);
        let mark = blocks[0].text.find('《').unwrap();
        assert_eq!(&text[blocks[0].locate(&(mark..mark + 3))], "《");
        assert_eq!(blocks[0].span, 0..text.len());
    }

    /// Found by fuzzing: code over two lines is not in the file as it is read, and its hidden characters
    /// were said to be references, in the middle of its first character.
    #[test]
    fn hidden_characters_in_code_over_two_lines_are_no_references() {
        let parse = |text| parse(&SitePath::new("zh.md").unwrap(), text, 0).1;
        assert_eq!(parse("y````前\u{b}a \nb\"\ny````"), []);
        let found = parse("甲&#x202e;乙");
        assert_eq!((found.len(), found[0].labels[0].start, found[0].labels[0].end), (1, 3, 4));
    }

    /// Found by fuzzing: behind NUL, which is read as a longer character, places were wrong.
    #[test]
    fn places_in_code_hold_behind_line_ends_and_nul() {
        for text in ["甲`a\n  乙\0\0\0丙`丁", "甲`\0\n丙`&amp;丁", "1. `\0\0\n   《丙`"] {
            let (blocks, _) = parse(&SitePath::new("zh.md").unwrap(), text, 0);
            for (at, c) in blocks[0].text.char_indices().filter(|(_, c)| "甲乙丙丁《".contains(*c)) {
                assert_eq!(&text[blocks[0].locate(&(at..at + c.len_utf8()))], c.to_string(), "{text:?}");
            }
            for (at, c) in blocks[0].text.char_indices() {
                assert!(text.get(blocks[0].locate(&(at..at + c.len_utf8()))).is_some(), "{text:?} {at}");
            }
        }
    }

    #[test]
    fn nested_lists_and_tables() {
        check("1. 甲\n   - 子项\n   - 子项二\n", &[("1.1", "甲"), ("*2", "子项"), ("*2", "子项二")]);
        check("| 任务 | 期限 |\n|--|--|\n| 甲 | **乙** |\n", &[("table 2x2", "任务\t期限\n甲\t乙")]);
    }

    #[test]
    fn marks_and_escapes_keep_their_places() {
        check("甲\\*乙*丙*&amp;丁", &[("p", "甲*乙丙&丁")]);
        let (blocks, _) = parse(&SitePath::new("en.md").unwrap(), "See *the **Law***.", 0);
        let marks: Vec<_> = blocks[0].marks.iter().map(|m| (m.span.clone(), m.kind.clone())).collect();
        assert_eq!(marks, [(4..11, MarkKind::Emphasis), (8..11, MarkKind::Strong)]);
    }

    #[test]
    fn html_and_images_are_faults() {
        let (_, faults) = parse(&SitePath::new("zh.md").unwrap(), "甲<b>乙</b>\n\n![x](y.png)\n", 0);
        let codes: Vec<_> = faults.iter().map(|f| f.code.name()).collect();
        assert_eq!(codes, ["raw-html", "raw-html", "unsupported-markdown"]);
    }
}
