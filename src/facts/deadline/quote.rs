//! The quotation of a promise in running text: the clause that it belongs to.

use super::Deadline;
use super::words::VERBS;
use crate::facts::{Span, scan};

/// How many characters beside the time make a quotation that speaks for itself.
const ENOUGH: usize = 5;

/// Extends each promise, which is only its time so far, to its clause. Clauses are kept apart.
pub(super) fn extend(text: &str, deadlines: &mut [Deadline], brackets: &[Span]) {
    let times: Vec<Span> = deadlines.iter().map(|deadline| deadline.time.clone()).collect();
    let mut from = 0;
    for (index, deadline) in deadlines.iter_mut().enumerate() {
        let next = times.get(index + 1).map_or(text.len(), |next| next.start);
        let end = end(text, &times[index], next, brackets);
        let start = start(text, &times[index], end, from);
        deadline.span = without_brackets(text, scan::trim(text, start..end), &times[index]);
        from = deadline.span.end;
    }
}

/// The end of the clause, or of the one behind it where the time is set off: 2027年底前，….
fn end(text: &str, time: &Span, next: usize, brackets: &[Span]) -> usize {
    let sentence = scan::sentence_end_within(text, time.end);
    let semicolon = text[time.end..sentence].find(['；', ';']).map_or(sentence, |at| time.end + at);
    let bracket = brackets[brackets.partition_point(|span| span.start < time.end)..].first();
    let limit = bracket.filter(|span| ends_measure(text, span)).map_or(semicolon, |b| b.start.min(semicolon));
    let first = scan::clause_end_within(text, time.end).min(limit);
    if text[time.end..first].trim().chars().nth(1).is_some() || first >= limit {
        return first;
    }
    let behind = first + text[first..].chars().next().map_or(0, char::len_utf8);
    if next < limit && scan::clause_start_within(text, next) <= behind {
        return first;
    }
    scan::clause_end_within(text, behind).min(limit)
}

/// Returns whether a bracket closes what is said before it: one about bodies or times at the end.
fn ends_measure(text: &str, bracket: &Span) -> bool {
    let behind = text[bracket.end..].trim_start();
    behind.is_empty() || behind.starts_with(['。', '；', '\n', '（', '(', '【', '['])
}

/// The start of the clause; of the one before where the clause has nothing but the time and a verb.
fn start(text: &str, time: &Span, end: usize, from: usize) -> usize {
    let clause = scan::clause_start_within(text, time.start).max(from.min(time.start));
    let before = without_marker(&text[clause..time.start]);
    let own = time.start - before.len();
    let said = before.chars().count() + text[time.end..end].trim().chars().count();
    let bare = said <= ENOUGH && VERBS.iter().any(|verb| text[time.end..end].contains(verb));
    let mark = text[..clause].chars().next_back().filter(|mark| matches!(mark, '，' | ','));
    let Some(mark) = mark.filter(|_| bare && own == clause) else { return own };
    let earlier = clause - mark.len_utf8();
    if earlier <= from {
        return own;
    }
    let start = scan::clause_start_within(text, earlier).max(from);
    start + (text[start..earlier].len() - without_marker(&text[start..earlier]).len())
}

/// A quotation without the marks of brackets that pair with nothing, at its ends.
fn without_brackets(text: &str, span: Span, time: &Span) -> Span {
    let head = text[span.start..time.start].trim_start_matches(['（', '(', '【', '〔', '[']);
    let tail = text[time.end..span.end].trim_end_matches(['）', ')', '】', '〕', ']']);
    let paired = tail.contains(['（', '(', '【', '〔', '[']);
    time.start - head.len()..if paired { span.end } else { time.end + tail.len() }
}

/// Where the clause that begins at `clause` says something, behind 一是.
pub(super) fn from(text: &str, clause: usize, end: usize) -> usize {
    end - without_marker(&text[clause..end]).len()
}

/// The words behind the number of a heading, whose opening bracket may be cut off: （四）….
fn in_brackets(words: &str) -> Option<&str> {
    let inside = words.strip_prefix(['（', '(']).unwrap_or(words);
    let behind = inside.trim_start_matches(crate::facts::number::is_numeral);
    let behind = (behind.len() < inside.len()).then(|| behind.strip_prefix(['）', ')'])).flatten()?;
    Some(behind.trim_start())
}

/// A clause without 一是, （四） and white space at its start.
pub(super) fn without_marker(words: &str) -> &str {
    let words = words.trim_start();
    let words = in_brackets(words).unwrap_or(words);
    let numerals = words.trim_start_matches(crate::facts::number::is_numeral);
    if numerals.len() == words.len() {
        return words;
    }
    let behind = numerals.strip_prefix('是').or_else(|| numerals.strip_prefix(['、', '.', '．']));
    behind.map_or(words, str::trim_start)
}
