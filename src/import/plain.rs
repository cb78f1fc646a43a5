//! Markdown → the text a reader sees, by an independent CommonMark parser.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Stands for anything that is not plain text. A source has none: noncharacters are left out of it.
pub(super) const FOREIGN: char = '\u{FFFF}';

/// The text of `markdown`, with the numbers of list items as a browser shows them.
pub(super) fn text(markdown: &str) -> String {
    let mut reader = PlainReader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.read(&event);
    }
    reader.text
}

#[derive(Default)]
struct PlainReader {
    text: String,
    /// The number of the next item of each open list; `None` for a list of bullets.
    lists: Vec<Option<u64>>,
}

impl PlainReader {
    fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(TagEnd::List(_)) => drop(self.lists.pop()),
            Event::Text(text) => self.text.push_str(text),
            Event::End(_) | Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            _ => self.text.push(FOREIGN),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(start) => self.lists.push(*start),
            Tag::Item => self.number(),
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => {}
            _ => self.text.push(FOREIGN),
        }
    }

    fn number(&mut self) {
        if let Some(Some(number)) = self.lists.last_mut() {
            self.text.push_str(&format!("{number}. "));
            *number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_text_and_numbers() {
        let squeezed: String = text("## 一\n\n4. 甲\n\n5. 乙\n   - 丙\n").split_whitespace().collect();
        assert_eq!(squeezed, "一4.甲5.乙丙");
        assert!(text("*甲*").contains(FOREIGN) && text("`甲`").contains(FOREIGN));
    }
}
