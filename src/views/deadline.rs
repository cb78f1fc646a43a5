//! A deadline in the reader's language.

use serde::Serialize;

use crate::base::Date;
use crate::facts::date::{Edge, Precision};
use crate::facts::deadline::{Basis, Deadline, DeadlineKind, FactPlace};
use crate::resolve::timeline;
use crate::site::Task;
use crate::views::context::{PageContext, Phrase};
use crate::views::strings;

/// The promises of a task about time.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineView {
    /// The anchor of something due, by which its id names it: `due-2` for the second. What goes on has none.
    pub anchor: Option<String>,
    /// `due` or `ongoing`.
    pub kind: &'static str,
    /// The due day, ISO 8601.
    pub date: Option<String>,
    /// How exactly it is stated: `day`, `month`, `quarter`, `half-year`, `year` …
    pub precision: Option<&'static str>,
    /// In the reader's language: `by the end of December 2025`.
    /// A promise without a form of its own is in the words of the original.
    pub words: Phrase,
    /// The words of the original: of a time in running text with the clause it belongs to.
    pub quote: Phrase,
    /// True if the text states no day from which one follows: before the flood season.
    pub open: bool,
    /// Whether the day has gone by.
    pub passed: bool,
    /// How the day relates to today, in words; empty without a day.
    pub relation: String,
}

/// The deadlines of a task.
pub fn of_task(reader: &PageContext<'_>, task: &Task) -> Vec<DeadlineView> {
    let mut dues = 0;
    let anchored = task.deadlines.iter().map(|deadline| {
        let anchor = (deadline.kind == DeadlineKind::Due).then(|| timeline::due_anchor(dues));
        dues += usize::from(anchor.is_some());
        (deadline, anchor)
    });
    anchored.map(|(deadline, anchor)| view(reader, task, deadline, anchor)).collect()
}

fn view(reader: &PageContext<'_>, task: &Task, deadline: &Deadline, anchor: Option<String>) -> DeadlineView {
    let due = deadline.date.filter(|_| deadline.kind == DeadlineKind::Due);
    DeadlineView {
        anchor,
        kind: deadline.kind.as_str(),
        date: due.map(|date| date.to_string()),
        precision: due.and(deadline.precision).map(Precision::as_str),
        words: words(reader, deadline),
        quote: reader.phrase(&deadline.text, reader.original()),
        open: is_open(deadline),
        passed: due.is_some_and(|date| date < reader.site.today),
        relation: due.map(|date| task_relation(reader, task, date)).unwrap_or_default(),
    }
}

/// Returns whether something is due and no day follows from its words.
fn is_open(deadline: &Deadline) -> bool {
    deadline.kind == DeadlineKind::Due && deadline.date.is_none() && deadline.recurrence.is_none()
}

/// A deadline in the reader's language, or in the words of the original where it has no form there.
pub fn words(reader: &PageContext<'_>, deadline: &Deadline) -> Phrase {
    let text = match (deadline.kind, deadline.date, deadline.precision) {
        (DeadlineKind::Ongoing, None, _) if deadline.recurrence.is_none() => {
            reader.say(strings::deadline_ongoing())
        }
        (DeadlineKind::Due, Some(date), Some(precision)) => due(reader, deadline, date, precision),
        (DeadlineKind::Due, None, _) if is_open(deadline) => return open(reader, deadline),
        _ => return reader.phrase(&deadline.text, reader.original()),
    };
    Phrase { text, lang: None }
}

/// A due day with what it rests on, where the text does not name it.
fn due(reader: &PageContext<'_>, deadline: &Deadline, date: Date, precision: Precision) -> String {
    if let Some((occasion, _)) = deadline.occasion {
        let event = reader.say(strings::occasion(occasion));
        let day = reader.local.dates.day(date);
        let year = date.year().to_string();
        return reader.say(strings::deadline_festival(&event, &year, &day));
    }
    let within = deadline.edge == Some(Edge::Within) && deadline.basis == Basis::Stated;
    let words = period(reader, date, precision, within);
    match deadline.basis {
        Basis::Stated => words,
        Basis::Latest => reader.say(strings::deadline_latest(&words)),
        Basis::Computed => reader.say(strings::deadline_computed(&words)),
    }
}

/// Something due at a time that names no day: the occasion, or the words of the original.
fn open(reader: &PageContext<'_>, deadline: &Deadline) -> Phrase {
    let Some((occasion, year)) = deadline.occasion else {
        return reader.phrase(&deadline.text, reader.original());
    };
    let event = reader.say(strings::occasion(occasion));
    let text = match year.map(|year| year.to_string()) {
        Some(year) => reader.say(strings::deadline_before_in(&event, &year)),
        None => reader.say(strings::deadline_before(&event)),
    };
    Phrase { text, lang: None }
}

/// The clause that a deadline belongs to, where its item has others: in running text, in a table, or
/// in a bracket behind one of several measures.
pub fn clause(reader: &PageContext<'_>, deadline: &Deadline) -> Option<Phrase> {
    let own = deadline.place != FactPlace::Parenthesis || deadline.span.end != deadline.time.end;
    let more = deadline.span.len() > deadline.time.len() || deadline.place == FactPlace::FrontMatter;
    (own && more).then(|| reader.phrase(&deadline.text, reader.original()))
}

/// A due day as exactly as the text states it, and no more.
pub fn period(reader: &PageContext<'_>, date: Date, precision: Precision, within: bool) -> String {
    let dates = &reader.local.dates;
    let year = date.year().to_string();
    match precision {
        Precision::Day | Precision::TenDays => reader.say(strings::deadline_day(&dates.day(date))),
        Precision::Month => reader.say(strings::deadline_month(&dates.month(date))),
        Precision::Quarter => reader.say(strings::deadline_quarter(&year, i32::from((date.month() + 2) / 3))),
        Precision::HalfYear => {
            reader.say(strings::deadline_half_year(&year, i32::from((date.month() + 5) / 6)))
        }
        Precision::Year if within => reader.say(strings::deadline_within_year(&year)),
        Precision::Year => reader.say(strings::deadline_year(&year)),
        Precision::FiveYear => reader.say(strings::deadline_five_year(&year)),
    }
}

/// How the due day of a task relates to today. What later documents show of a
/// task is for its page to quote.
pub fn task_relation(reader: &PageContext<'_>, task: &Task, date: Date) -> String {
    if date < reader.site.today && !task.evidence.is_empty() {
        return reader.say(strings::deadline_passed_evidence());
    }
    relation(reader, date)
}

/// How a day relates to today. Nothing is said about whether anything was done.
pub fn relation(reader: &PageContext<'_>, date: Date) -> String {
    let days = reader.site.today.until(date).map_or(0, |span| span.get_days());
    match days {
        ..0 => reader.say(strings::deadline_passed()),
        0 => reader.say(strings::deadline_today()),
        _ => reader.say(strings::deadline_days_left(days)),
    }
}
