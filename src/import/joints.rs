//! Does a paragraph end between these two lines?

use super::account::{DoubtKind, Layout};
use super::layout::SLACK;
use super::lines::Line;
use super::marker::{self, MarkerKind, Order};
use super::{deadlines, title};
use crate::container::{chars, dates};

/// The joint between two lines, and whether it is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// The paragraph goes on.
    Join(Option<DoubtKind>),
    /// A new paragraph begins.
    Split(Option<DoubtKind>),
}

/// Decides between `prev` and `next`, given the layout and the numbers read so far.
pub(super) fn decide(layout: Layout, order: &Order, prev: &Line, next: &Line) -> Joint {
    let indented = matches!(layout, Layout::Wrapped { indented: true, .. });
    if layout == Layout::Stated || is_block(prev, next) || (indented && next.indent >= 4) {
        return Joint::Split(None);
    }
    let by_layout = match layout {
        Layout::TrailingSpace { width } => trailing(width, prev),
        Layout::Wrapped { width, gap, indented } => wrapped(Wrap { width, gap, indented }, prev, next),
        Layout::LineIsParagraph | Layout::Stated => line_is_paragraph(prev, next),
    };
    match marker::parse(&next.text) {
        Some(marker) => before_marker(by_layout, prev, order.expects(marker), marker.kind),
        None => by_layout,
    }
}

/// Markup, an attachment line or the opening of an indented paragraph settles it.
fn is_block(prev: &Line, next: &Line) -> bool {
    let markup = prev.heading.is_some() || next.heading.is_some() || next.bullet.is_some();
    let indented =
        next.indent >= 4 && next.indent >= prev.indent + 2 && prev.bullet.is_none() && !is_numbered(prev);
    let set_apart = (prev.indent >= 6 && next.indent < prev.indent) || next.indent >= 16;
    markup
        || indented
        || set_apart
        || is_addressee(&prev.text)
        || FORMULAE.iter().any(|formula| next.text.starts_with(formula))
}

/// 各省、自治区、直辖市人民政府：
fn is_addressee(text: &str) -> bool {
    text.starts_with('各') && text.ends_with(['：', ':']) && !text.contains(['，', '。'])
}

/// Lines that always open a paragraph.
const FORMULAE: [&str; 3] = ["附件：", "附件:", "特此"];

fn is_numbered(line: &Line) -> bool {
    marker::parse(&line.text).is_some_and(|m| m.kind >= MarkerKind::Item)
}

/// A number opens a part when it is its turn or when a sentence has ended.
fn before_marker(by_layout: Joint, prev: &Line, expected: bool, kind: MarkerKind) -> Joint {
    match by_layout {
        Joint::Split(doubt) => Joint::Split(doubt),
        Joint::Join(_) if ends_sentence(&prev.text) || is_heading(&prev.text) => Joint::Split(None),
        Joint::Join(_) if expected && kind < MarkerKind::SubItem => {
            Joint::Split(Some(DoubtKind::EndsMidSentence))
        }
        Joint::Join(_) => Joint::Join(Some(DoubtKind::MarkerAsText)),
    }
}

fn trailing(width: usize, prev: &Line) -> Joint {
    let complete = ends_sentence(&prev.text) || stands_alone(&prev.text);
    match (prev.trailing, complete) {
        (true, true) => Joint::Split(None),
        (true, false) => Joint::Split((prev.right_edge() * 2 > width).then_some(DoubtKind::EndsMidSentence)),
        (false, true) if prev.right_edge() + 2 * SLACK < width => {
            Joint::Split(Some(DoubtKind::EndsMidSentence))
        }
        (false, _) => Joint::Join(None),
    }
}

/// Measures of wrapped text, in columns and blank lines.
#[derive(Clone, Copy)]
struct Wrap {
    width: usize,
    gap: usize,
    indented: bool,
}

fn wrapped(wrap: Wrap, prev: &Line, next: &Line) -> Joint {
    let ends = ends_sentence(&prev.text);
    let blank_line = wrap.gap == 0 && next.gap > 0 && !next.page_start;
    if blank_line && (ends || stands_alone(&prev.text)) {
        return Joint::Split(None);
    }
    if !is_full(wrap, prev, next) {
        let doubtful = !ends && !stands_alone(&prev.text);
        return Joint::Split(doubtful.then_some(DoubtKind::EndsMidSentence));
    }
    if title::is_title_like(&prev.text) && !prev.text.contains('、') && !next.text.starts_with('的') {
        return Joint::Split(Some(DoubtKind::EndsMidSentence));
    }
    if !ends || wrap.indented {
        return Joint::Join(None);
    }
    Joint::Join(Some(DoubtKind::JoinedAfterSentence))
}

/// Whether the first word of `next` would not have fitted behind `prev`.
fn is_full(wrap: Wrap, prev: &Line, next: &Line) -> bool {
    prev.right_edge() + first_word(&next.text) + SLACK - 2 > wrap.width
}

/// Columns of what cannot be parted at the start of `text`: a Latin word, or a character
/// with the punctuation that sticks to it.
fn first_word(text: &str) -> usize {
    let opens = text.chars().take_while(|&c| chars::is_opening(c)).count();
    let latin = text.chars().skip(opens).take_while(|&c| c.is_ascii_graphic()).count();
    let sticks = text.chars().skip(opens + 1).take_while(|&c| chars::is_non_starter(c)).count();
    2 * opens + if latin > 0 { latin } else { 2 * (1 + sticks) }
}

/// Columns from which an unfinished line is text that was cut, not a short line of its own.
const LONG: usize = 60;

fn line_is_paragraph(prev: &Line, next: &Line) -> Joint {
    let text = &prev.text;
    let sure = text.ends_with(['，', '、', '（', '《', '“']) || next.text.starts_with(chars::is_non_starter);
    if dates::whole(&next.text).is_some() {
        return Joint::Split(None);
    }
    if !sure && (ends_sentence(text) || stands_alone(text) || prev.columns() < LONG) {
        return Joint::Split(None);
    }
    Joint::Join((!sure).then_some(DoubtKind::JoinedMidSentence))
}

/// Whether `text` ends a sentence: 。 and the like, also before closing quotes, or a
/// parenthesis about time or duty that comes after the sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c| matches!(c, '”' | '’' | '》') || c.is_whitespace());
    if bare.ends_with(chars::is_sentence_final) {
        return true;
    }
    match deadlines::last_parenthesis(text) {
        Some((before, inside)) => {
            before.trim_end().ends_with(chars::is_sentence_final)
                || deadlines::is_about_time(inside)
                || inside.ends_with("负责")
        }
        None => false,
    }
}

/// Whether `text` is a line of its own by nature: a heading, a title, a date, an addressee.
fn stands_alone(text: &str) -> bool {
    is_heading(text)
        || title::is_title_like(text)
        || dates::whole(text).is_some()
        || text.ends_with(['号', '號'])
}

/// Most characters of a numbered heading.
const LONGEST_HEADING: usize = 40;

/// Whether `text` is a numbered heading without a sentence.
fn is_heading(text: &str) -> bool {
    let numbered = marker::parse(text).is_some_and(|m| m.kind <= MarkerKind::Section);
    numbered
        && !text.contains(['。', '；'])
        && text.chars().count() <= LONGEST_HEADING
        && !text.ends_with(['，', '、'])
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(layout: Layout, text: &str, expected: Joint) {
        let lines = lines::split(text);
        assert_eq!(decide(layout, &Order::default(), &lines[0], &lines[1]), expected, "{text}");
    }

    const WRAPPED: Layout = Layout::Wrapped { width: 20, gap: 0, indented: false };

    #[test]
    fn a_line_with_room_left_ends_a_paragraph() {
        check(WRAPPED, "全面加强知识产权保护\n工作。", Joint::Join(None));
        check(WRAPPED, "保护工作。\n全面加强", Joint::Split(None));
        check(WRAPPED, "全面加强产权保护。\n工作", Joint::Join(Some(DoubtKind::JoinedAfterSentence)));
    }

    #[test]
    fn a_word_that_would_not_have_fitted_explains_a_short_line() {
        check(WRAPPED, "邮箱地址发至\nsomebody@example.com", Joint::Join(None));
    }

    #[test]
    fn an_expected_number_opens_a_part() {
        check(WRAPPED, "全面加强知识产权保护\n一、总体要求", Joint::Split(Some(DoubtKind::EndsMidSentence)));
        check(WRAPPED, "全面加强知识产权保护\n七、八两月", Joint::Join(Some(DoubtKind::MarkerAsText)));
    }

    #[test]
    fn sentences_end_before_their_deadline() {
        for text in [
            "完成修订。（持续推进）",
            "完成修订(2025年12月底前完成)",
            "他说：“好。”",
            "开展调研（司法部负责）",
        ] {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["世界贸易组织（WTO）", "《协定》", "加强"] {
            assert!(!ends_sentence(text), "{text}");
        }
    }
}
