//! Annexes behind a plan: 附件, alone on its line or numbered, and the title below it.

use std::sync::LazyLock;

use regex::Regex;

use super::account::Rule;
use super::log::Log;
use super::marker;
use super::paragraphs::{Chunk, Paragraph};

/// Most characters of the title of an annex.
const LONGEST_TITLE: usize = 40;

/// Returns whether `text` opens an annex: 附件, 附件2, 附件1 名词解释.
pub(super) fn is_title(text: &str) -> bool {
    MARK.find(text).is_some_and(|mark| is_short(&text[mark.end()..]))
}

/// The word, its number, and nothing or white space before the title. A colon begins a list of annexes.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^附(?:件|錄|录|表)\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?(?:$|\s+)")
        .expect("the pattern is valid")
});

fn is_short(title: &str) -> bool {
    title.chars().count() <= LONGEST_TITLE && !title.contains(['。', '；', '，', '：', ':'])
}

/// Joins the mark of each annex with the title below it.
pub(super) fn join_titles(chunks: &mut Vec<Chunk>, log: &mut Log) {
    let mut at = 0;
    while at + 1 < chunks.len() {
        if is_mark(&chunks[at]) && is_name(&chunks[at + 1]) {
            let below = chunks.remove(at + 1);
            if let (Chunk::Text(mark), Chunk::Text(title)) = (&mut chunks[at], below) {
                log.edit(Rule::JoinedLines, title.line(), "⏎", " ");
                mark.text = format!("{} {}", mark.text.trim_end(), title.text);
                mark.lines.extend(title.lines);
            }
        }
        at += 1;
    }
}

fn is_mark(chunk: &Chunk) -> bool {
    matches!(chunk, Chunk::Text(paragraph) if MARK.find(&paragraph.text).is_some_and(|mark| mark.end() == paragraph.text.len()))
}

fn is_name(chunk: &Chunk) -> bool {
    let is_plain = |paragraph: &Paragraph| {
        paragraph.bullet.is_none() && paragraph.heading.is_none() && marker::parse(&paragraph.text).is_none()
    };
    matches!(chunk, Chunk::Text(paragraph) if is_plain(paragraph) && is_short(&paragraph.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_are_told_from_their_lists_and_from_text() {
        for text in ["附件", "附件1", "附件2 名词解释", "附录", "附表 任务分工"] {
            assert!(is_title(text), "{text}");
        }
        for text in ["附件：名词解释", "附件1：名词解释", "附件所列事项由各单位办理。", "附则"]
        {
            assert!(!is_title(text), "{text}");
        }
    }
}
