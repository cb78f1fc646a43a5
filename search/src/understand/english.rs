//! Dates and deadlines in English words.

use std::collections::BTreeSet;

use super::Found;
use super::time::{Date, Dates, part_of, year_of};

/// Words that make a date a deadline.
const DEADLINES: [&str; 14] = [
    "due",
    "deadline",
    "deadlines",
    "expire",
    "expires",
    "expiring",
    "expiry",
    "complete",
    "completed",
    "completion",
    "finish",
    "finished",
    "finishing",
    "done",
];
/// Words around dates that are not searched.
const AROUND: [&str; 22] = [
    "by", "end", "before", "after", "since", "until", "till", "between", "from", "through", "date", "dates",
    "task", "tasks", "item", "items", "year", "month", "work", "later", "than", "need",
];
/// Stop words, question words among them.
pub(super) const STOP: [&str; 66] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "is", "are",
    "was", "were", "be", "been", "being", "do", "does", "did", "has", "have", "had", "what", "which", "who",
    "whom", "whose", "when", "where", "why", "how", "can", "could", "should", "would", "will", "shall",
    "may", "must", "this", "that", "these", "those", "it", "its", "there", "about", "into", "as", "than",
    "then", "i", "we", "my", "our", "you", "your", "what's", "who's", "me", "us",
];

/// The statement of a text about deadlines.
pub(super) fn find(text: &str, today: Option<&str>) -> Option<Found> {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let bare =
        |word: &&str| word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '\'').to_lowercase();
    let words: Vec<String> = typed.iter().map(bare).collect();
    let (due, taken) = state(&words).or_else(|| deadline(&words, today))?;
    let left = |at: usize, word: &String| {
        !taken.contains(&at) && !STOP.contains(&word.as_str()) && !AROUND.contains(&word.as_str())
    };
    let rest = words.iter().enumerate().filter(|&(at, word)| left(at, word)).map(|(at, _)| typed[at]);
    let rest = rest.collect::<Vec<_>>().join(" ");
    let (first, last) = (*taken.first()?, *taken.last()?);
    Some(Found { due, typed: typed[first..=last].join(" "), rest })
}

/// Words for ongoing, past and missing deadlines.
fn state(words: &[String]) -> Option<(String, BTreeSet<usize>)> {
    const STATES: [(&[&str], &str); 14] = [
        (&["without", "a", "deadline"], "none"),
        (&["without", "deadline"], "none"),
        (&["no", "deadline"], "none"),
        (&["past", "due"], "past"),
        (&["past", "deadline"], "past"),
        (&["missed", "deadlines"], "past"),
        (&["expired", "deadlines"], "past"),
        (&["expired", "tasks"], "past"),
        (&["overdue"], "past"),
        (&["ongoing"], "ongoing"),
        (&["on-going"], "ongoing"),
        (&["long-term", "tasks"], "ongoing"),
        (&["continuing", "tasks"], "ongoing"),
        (&["in", "progress"], "ongoing"),
    ];
    for (said, due) in STATES.into_iter() {
        if let Some(at) = words.windows(said.len()).position(|window| window == said) {
            return Some((due.to_owned(), (at..at + said.len()).collect()));
        }
    }
    None
}

/// A date that is stated to be a deadline, and the places of the words that state it.
fn deadline(words: &[String], today: Option<&str>) -> Option<(String, BTreeSet<usize>)> {
    let (at, first, len) = (0..words.len()).find_map(|at| {
        let (date, len) = date(&words[at..], today)?;
        Some((at, date, len))
    })?;
    let end = at + len;
    let before = |word: &str| words[..at].iter().rev().take(4).any(|other| other == word);
    let said: BTreeSet<usize> =
        (0..words.len()).filter(|&at| DEADLINES.contains(&words[at].as_str())).collect();
    let by = words[..at].iter().rposition(|word| word == "by");
    let by =
        by.filter(|&by| words[by + 1..at].iter().all(|word| ["the", "end", "of"].contains(&word.as_str())));
    if said.is_empty() && by.is_none() {
        return None;
    }
    let range = ["to", "and", "through", "until", "till", "-", "–"];
    let joined = words.get(end).is_some_and(|word| range.contains(&word.as_str()) || word.is_empty());
    let last = if joined { words.get(end + 1..).and_then(|rest| date(rest, today)) } else { None };
    let due = match last {
        Some((last, _)) => first.0.to(last.0),
        None if before("before") => first.0.before(),
        None if before("after") => first.1.unwrap_or(first.0).after(),
        None if before("since") || before("from") => format!("{}..", first.0.value()),
        None => first.1.map_or_else(|| first.0.value(), |last| first.0.to(last)),
    };
    let end = last.map_or(end, |(_, len)| end + 1 + len);
    Some((due, said.into_iter().chain(by).chain(at..end).collect()))
}

/// `2025`, `2025-06-30`, `June 2025`, `June 30, 2025`, `30 June 2025`, `this year`, `2023-2025`,
/// `first half of 2025`, `Q1 2025`, `second quarter of 2025`: the date, and how many words it has.
fn date(words: &[String], today: Option<&str>) -> Option<(Dates, usize)> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    if let Some(date) = one_word(word(0)) {
        return Some((date, 1));
    }
    let relative = match (word(0), word(1)) {
        ("this", "year") => Some(0),
        ("next", "year") => Some(1),
        ("last", "year") => Some(-1),
        _ => None,
    };
    if let Some(years) = relative {
        return Some(((Date::year(year_of(today?)?.checked_add_signed(years)?)?, None), 2));
    }
    if let Some((first, last, taken)) = part(words) {
        let skipped = words[taken..].iter().take_while(|word| ["of", "the"].contains(&word.as_str())).count();
        let year = Date::year(word(taken + skipped).parse().ok()?)?;
        return Some((part_of(year, first, last), taken + skipped + 1));
    }
    let day = |at: usize| word(at).parse().ok().filter(|day| (1..=31).contains(day));
    let dated = |month: Option<u32>, day: Option<u32>, year: usize| {
        let date = Date::year(word(year).parse().ok()?)?;
        Some(((Date { month: Some(month?), day, ..date }, None), year + 1))
    };
    let own = month(word(0));
    dated(own, None, 1)
        .or_else(|| dated(own, Some(day(1)?), 2))
        .or_else(|| dated(month(word(1)), Some(day(0)?), 2))
}

/// A half or a quarter of a year: its first and last months, and how many words name it.
fn part(words: &[String]) -> Option<(u32, u32, usize)> {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let short = ["q1", "q2", "q3", "q4"].iter().position(|name| *name == word(0));
    let ordinal = ORDINALS.iter().position(|name| *name == word(0));
    let (months, nth, taken) = match (short, ordinal, word(1)) {
        (Some(nth), _, _) => (3, nth, 1),
        (_, Some(nth), "quarter") => (3, nth, 2),
        (_, Some(nth @ 0..=1), "half") => (6, nth, 2),
        _ => return None,
    };
    let first = months * u32::try_from(nth).ok()? + 1;
    Some((first, first + months - 1, taken))
}

fn one_word(word: &str) -> Option<Dates> {
    let parts: Vec<u32> = word.split(['-', '–', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let date = Date::year(*parts.first()?)?;
    match parts[..] {
        [_] => Some((date, None)),
        [_, month @ 1..=12] => Some((Date { month: Some(month), ..date }, None)),
        [_, month @ 1..=12, day @ 1..=31] => {
            Some((Date { month: Some(month), day: Some(day), ..date }, None))
        }
        [_, last] => Some((date, Some(Date::year(last)?))),
        _ => None,
    }
}

/// The month that a word names, whole or shortened.
fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let names = |name: &&str| word == *name || word == &name[..3] || (word == "sept" && *name == "september");
    (1..).zip(&NAMES).find(|(_, name)| names(name)).map(|(month, _)| month)
}
