//! Markdown → blocks. The subset is small: what plans are written in, and nothing that could carry code.

mod notes;

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::base::address::is_harmless;
use crate::base::{Code, Diagnostic, Message, SitePath, Span, characters};
use crate::message;
use crate::model::{Block, BlockKind, Mark, MarkKind};
use crate::parse::emphasis::{self, MarkDoubt};
use crate::parse::slips;
use notes::Notes;

/// Sort of a text, on which the reading of its line ends and marks depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// An official text in Chinese: nothing may be added to it.
    Original,
    /// A translation of one.
    Translation,
    /// A page of the site.
    Page,
}

/// Parses the Markdown in `text[start..]` (CommonMark 0.31 with tables, footnotes, strike-through by `~~`
/// and CJK-friendly emphasis) into blocks. Spans are bytes of `text`.
pub fn parse(path: &SitePath, text: &str, start: usize, genre: Genre) -> (Vec<Block>, Vec<Diagnostic>) {
    let mut builder = BlockBuilder::new(path, text, start, genre);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_ext(&text[start..], options);
    let mut definitions = definitions(&parser);
    let reading = emphasis::read(parser.into_offset_iter(), &text[start..]);
    let place = |span: Span| span.start + start..span.end + start;
    for (event, span) in reading.events {
        if let Event::Start(Tag::Link { id, .. }) = &event {
            definitions.remove(&id.to_lowercase());
        }
        builder.event(event, place(span));
    }
    builder.close();
    builder.number_notes();
    builder.doubts(reading.doubts.into_iter().map(|(doubt, span)| (doubt, place(span))));
    let hidden = definitions.into_values().map(place);
    builder.faults.extend(hidden.map(|span| slips::not_shown(path, text, span)));
    (builder.blocks, builder.faults)
}

/// The definitions of links, by their labels in lower case.
fn definitions(parser: &Parser<'_>) -> BTreeMap<String, Span> {
    let all = parser.reference_definitions().iter();
    all.map(|(label, definition)| (label.to_lowercase(), definition.span.clone())).collect()
}

struct BlockBuilder<'a> {
    path: &'a SitePath,
    source: &'a str,
    genre: Genre,
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

impl<'a> BlockBuilder<'a> {
    fn new(path: &'a SitePath, source: &'a str, start: usize, genre: Genre) -> Self {
        debug_assert!(source.is_char_boundary(start), "front matter ends on a line");
        Self {
            path,
            source,
            genre,
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
            Event::Rule => self.unsupported(span, message!("不支持分隔线", "a rule is not supported")),
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
                self.unsupported(span, message!("不支持图片", "an image is not supported"));
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
        let as_written = source.starts_with(text);
        // Written as a reference, `&#x202e;`, it is not in the file.
        if !as_written {
            let first = source.chars().next().map_or(0, char::len_utf8);
            self.faults.extend(characters::check_value(path, text, source, at..at + first));
        }
        let stretches = if as_written { vec![(0, 0)] } else { aligned(text, source) };
        let block = self.current(&span);
        let start = block.text.len();
        block.origin.extend(stretches.into_iter().map(|(place, from)| (start + place, at + from)));
        block.text.push_str(text);
    }

    /// The text between the backticks of a code span.
    fn inside_code(&self, span: &Span) -> Span {
        let ticks = self.source[span.clone()].bytes().take_while(|byte| *byte == b'`').count();
        let start = span.start + ticks;
        start..span.end.saturating_sub(ticks).max(start)
    }

    /// A line end inside a paragraph: a space between words, nothing between Han characters and beside
    /// a Han character and a digit. In an original it adds nothing beside any Chinese character: such
    /// texts have no spaces.
    fn soft_break(&mut self, span: Span) {
        let rest = self.source[span.start..].trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let after = rest.trim_start_matches(['*', '_', '`', '[']).chars().next();
        let before = self.open.as_ref().and_then(|b| b.text.chars().next_back());
        let (Some(before), Some(after)) = (before, after) else { return };
        let is_joined = match [is_wide(before), is_wide(after)] {
            [true, true] => true,
            [false, false] => false,
            _ if self.genre == Genre::Original => true,
            [true, false] => is_wide_width(before) && after.is_ascii_digit(),
            [false, true] => before.is_ascii_digit() && is_wide_width(after),
        };
        if !is_joined {
            self.text(" ", span);
        }
    }

    /// Reports marks that do not do what they seem to. Only in an original is the sign `*` likelier than
    /// emphasis.
    fn doubts(&mut self, doubts: impl Iterator<Item = (MarkDoubt, Span)>) {
        let is_original = self.genre == Genre::Original;
        for (doubt, span) in doubts.filter(|(doubt, _)| *doubt == MarkDoubt::Literal || is_original) {
            self.faults.push(slips::doubt(self.path, &self.source[span.clone()], doubt, span));
        }
    }

    /// The open block, in which `span` is. Tight items have no paragraph of their own, so one is
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

    fn unsupported(&mut self, span: Span, title: Message) {
        let end = span.start + self.source[span.clone()].trim_end().len();
        self.faults.push(
            Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title).at(self.path, span.start..end).hint(message!(
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
        let is_same =
            |s: char| s == c || (s == '\0' && c == '\u{fffd}') || (matches!(s, '\n' | '\r') && c == ' ');
        // Characters that the source lacks are those of references, and nothing else is beside them.
        let Some((skipped, s)) = source[at..].char_indices().find(|(_, s)| is_same(*s)) else { break };
        places.push((place, at + skipped));
        at += skipped + s.len_utf8();
    }
    places
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether a character belongs to a script written without spaces between words, or is full-width.
fn is_wide(c: char) -> bool {
    is_wide_width(c) || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

fn is_wide_width(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

#[cfg(test)]
mod tests;
