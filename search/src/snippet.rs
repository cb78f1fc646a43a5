//! Snippets and highlights.

use std::ops::Range;

use serde::Serialize;

use crate::find::{Phrase, is_part};
use crate::text::{Script, Unit};
use crate::volume::Volume;

/// A stretch of text, marked or not. Text, not HTML: the page escapes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The text.
    pub text: String,
    /// True if it matches the query.
    pub mark: bool,
}

/// The whole text with matches marked.
pub(crate) fn highlight(volume: &Volume, text: &str, phrases: &[Phrase]) -> Vec<Run> {
    let units = volume.units(text);
    runs(text, 0..text.len(), &marks(volume.script, &units, phrases))
}

/// The part of the text with most matches, marked. The beginning of a text is not repeated if it is
/// the title; empty if nothing but a note in brackets, such as that of the deadline, follows it.
pub(crate) fn snippet(volume: &Volume, title: &str, text: &str, phrases: &[Phrase]) -> Vec<Run> {
    let rest = after_title(title, text);
    let text = &text[rest..];
    if rest > 0 && is_note(text) {
        return Vec::new();
    }
    let units = volume.units(text);
    let marks = marks(volume.script, &units, phrases);
    let window = window(text, volume.script, &marks);
    let mut runs = runs(text, window.clone(), &marks);
    let ellipsis = || Run { text: "…".to_owned(), mark: false };
    if window.start > 0 || rest > 0 {
        runs.insert(0, ellipsis());
    }
    if window.end < text.trim_end().len() {
        runs.push(ellipsis());
    }
    runs
}

/// The offset at which a text continues after the title, if it begins with it; 0 if it does not.
fn after_title(title: &str, text: &str) -> usize {
    let title = title.trim_end_matches(['…', '。', '.']);
    let rest = text.strip_prefix(title).filter(|_| !title.is_empty());
    let ends = |c: char| c.is_whitespace() || "…。.；;，,：:".contains(c);
    rest.map_or(0, |rest| text.len() - rest.trim_start_matches(ends).len())
}

/// Returns whether a text is empty or one note in brackets: （持续推进）, (Ongoing.)
fn is_note(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', '.']);
    let inside = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    text.is_empty() || inside.is_some_and(|inside| !inside.contains(['（', '(', '）', ')']))
}

/// Byte ranges of the phrases, in order; those that touch are one.
fn marks(script: Script, units: &[Unit], phrases: &[Phrase]) -> Vec<Range<usize>> {
    let unit = |at: Option<usize>| Some(units.get(at?)?.text.as_str());
    let mut found: Vec<Range<usize>> = Vec::new();
    for phrase in phrases.iter().filter(|phrase| !phrase.slots.is_empty()) {
        for (at, window) in units.windows(phrase.slots.len()).enumerate() {
            let same = window.iter().zip(&phrase.slots).all(|(unit, forms)| forms.contains(&unit.text));
            if same
                && !(phrase.whole && is_part(script, unit(at.checked_sub(1)), unit(Some(at + window.len()))))
            {
                found.push(at..at + window.len());
            }
        }
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged.into_iter().map(|range| units[range.start].start..units[range.end - 1].end).collect()
}

/// Length of a snippet in bytes: some 100 Han characters or 250 letters.
fn length(script: Script) -> usize {
    match script {
        Script::Han => 320,
        Script::Words => 250,
    }
}

fn window(text: &str, script: Script, marks: &[Range<usize>]) -> Range<usize> {
    let length = length(script);
    let text_end = text.trim_end().len();
    if text_end <= length + length / 4 {
        return 0..text_end;
    }
    let lead = length / 5;
    let inside = |start: usize| {
        marks.iter().filter(|mark| mark.start >= start && mark.end <= start + length - lead).count()
    };
    // The first of the best: `max_by_key` would give the last.
    let best = marks.iter().rev().max_by_key(|mark| inside(mark.start));
    let wanted = best.map_or(0, |mark| mark.start.saturating_sub(lead));
    let start = best.map_or(0, |mark| start_of_clause(text, wanted, mark.start, script));
    let longest = best.map_or(0, |mark| mark.end).max(start + length);
    start..end_of_clause(text, longest.min(text_end), script)
}

/// The start of a clause, or at least of a word, between `from` and `mark`.
fn start_of_clause(text: &str, from: usize, mark: usize, script: Script) -> usize {
    if from == 0 {
        return 0;
    }
    let from = boundary(text, from);
    let before = &text[from..mark];
    let after = |at: usize, c: char| from + at + c.len_utf8();
    let clause = before.char_indices().find(|&(_, c)| "。；，！？;\n".contains(c));
    let word = before.char_indices().find(|(_, c)| c.is_whitespace());
    let start = match (clause, word, script) {
        (Some((at, c)), ..) => after(at, c),
        (None, Some((at, c)), Script::Words) => after(at, c),
        _ => from,
    };
    start + (text[start..mark].len() - text[start..mark].trim_start().len())
}

/// The end of a word at or before `to`; Chinese may be cut anywhere.
fn end_of_clause(text: &str, to: usize, script: Script) -> usize {
    let to = boundary(text, to);
    if to == text.len() || script == Script::Han {
        return to;
    }
    let space = text[..to].rfind(char::is_whitespace).filter(|&at| to - at < 40);
    space.unwrap_or(to)
}

/// The nearest character boundary at or before an offset.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn runs(text: &str, window: Range<usize>, marks: &[Range<usize>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = window.start;
    let mut push = |range: Range<usize>, mark: bool| {
        if !range.is_empty() {
            runs.push(Run { text: text[range].replace('\n', " "), mark });
        }
    };
    for mark in marks.iter().filter(|mark| mark.end > window.start && mark.start < window.end) {
        let (start, end) = (mark.start.max(window.start), mark.end.min(window.end));
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..window.end, false);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_title_is_found() {
        for (title, text, rest) in [
            ("推进修法", "推进修法。（持续推进）", "（持续推进）"),
            ("推进修法", "推进修法。研究条文。", "研究条文。"),
            ("Amend the law", "Amend the law, and study its effect.", "and study its effect."),
            ("推进…", "推进修法。", "修法。"),
            ("修法", "推进修法。", "推进修法。"),
            ("", "推进修法。", "推进修法。"),
        ] {
            assert_eq!(&text[after_title(title, text)..], rest, "{title} {text}");
        }
        assert!(is_note("（持续推进）") && is_note("(Ongoing.)") && is_note(" "));
        assert!(!is_note("（一）修法（持续推进）") && !is_note("研究条文。"));
    }
}
