//! What a parenthesis says: promises about time, clause by clause.

use super::words::{ADVERBS, ASIDES, EDITIONS, FILLERS, HINTS, ONGOING, RELATIVE, VERBS};
use super::{Deadline, Kind};
use crate::facts::date::{self, Edge, Moment, Precision, When};
use crate::facts::scan::{self, Cursor};
use crate::facts::{Problem, ProblemKind, Span, alias, body};

/// What one parenthesis says about time; nothing, if it is about something else.
#[derive(Debug, Default)]
pub(super) struct Sense {
    pub(super) deadlines: Vec<Deadline>,
    pub(super) problems: Vec<Problem>,
}

impl Sense {
    /// Whether it is a promise beyond doubt, so that it is one wherever it stands: a bare
    /// （2021年） is not.
    pub(super) fn is_plain_promise(&self) -> bool {
        let plain = |deadline: &Deadline| {
            deadline.kind == Kind::Ongoing
                || matches!(deadline.edge, Some(Edge::Before | Edge::End))
        };
        !self.deadlines.is_empty() && self.deadlines.iter().all(plain)
    }
}

/// What the text between the marks of a parenthesis says.
pub(super) fn sense(text: &str, inner: Span, year: Option<i16>) -> Sense {
    let words = text[inner.clone()].trim();
    if is_something_else(words) {
        return Sense::default();
    }
    let dates = date::read(&text[inner.clone()], year);
    if !dates.problems.is_empty() {
        let problems = dates.problems.into_iter();
        return Sense {
            problems: problems
                .map(|p| Problem::new(shift(p.span, inner.start), p.kind))
                .collect(),
            ..Sense::default()
        };
    }
    let moments: Vec<Moment> = (dates.moments.into_iter())
        .map(|m| Moment {
            span: shift(m.span, inner.start),
            ..m
        })
        .collect();
    let mut sense = Sense::default();
    for span in scan::pieces(text, inner, |c| matches!(c, '，' | ',' | '；' | ';' | '。')) {
        sense.add(Clause::new(text, span, &moments));
    }
    sense.join_recurrences(text);
    sense
}

/// Whether the whole parenthesis is plainly no deadline.
fn is_something_else(words: &str) -> bool {
    let aside = ASIDES.iter().any(|word| words.starts_with(word));
    let edition = EDITIONS.iter().any(|word| words.ends_with(word));
    words.is_empty()
        || aside
        || edition && !words.contains(['前', '底', '末'])
        || alias::defines(words)
}

impl Sense {
    /// 2022年至2025年，每年12月底前完成 is one promise: what comes round, and between when.
    fn join_recurrences(&mut self, text: &str) {
        for i in (1..self.deadlines.len()).rev() {
            let (range, every) = (&self.deadlines[i - 1], &self.deadlines[i]);
            let bare =
                range.kind == Kind::Due && range.start.is_some() && range.recurrence.is_none();
            if !bare || every.recurrence.is_none() || every.date.is_some() {
                continue;
            }
            let mut whole = range.clone();
            whole.recurrence = every.recurrence;
            whole.kind = every.kind;
            whole.span.end = every.span.end;
            whole.text = text[whole.span.clone()].to_owned();
            self.deadlines.splice(i - 1..=i, [whole]);
        }
    }

    fn add(&mut self, clause: Clause<'_>) {
        match clause.read() {
            Ok(deadlines) => self.deadlines.extend(deadlines),
            Err(Some(kind)) => self.problems.push(Problem::new(clause.span.clone(), kind)),
            Err(None) => {}
        }
    }
}

/// A clause and the times it names.
struct Clause<'a> {
    text: &'a str,
    span: Span,
    moments: Vec<&'a Moment>,
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, span: Span, moments: &'a [Moment]) -> Self {
        let inside = |m: &&Moment| span.start <= m.span.start && m.span.end <= span.end;
        let moments = moments.iter().filter(inside).collect();
        Self {
            text,
            span,
            moments,
        }
    }

    /// Its promises; or the problem with it; or `Err(None)` if it is about something else.
    fn read(&self) -> Result<Vec<Deadline>, Option<ProblemKind>> {
        let words = &self.text[self.span.clone()];
        let (Some(first), Some(last)) = (self.moments.first(), self.moments.last()) else {
            return self.read_undated(words);
        };
        let before = &self.text[self.span.start..first.span.start];
        let tail = Tail::of(self.text, last.span.end..self.span.end);
        if let Some(deadline) = self.until(before, &tail) {
            return Ok(vec![deadline]);
        }
        let clear = matches!(last.edge, Edge::Before | Edge::End) && !before.contains("较");
        let led = is_filler(before) || body::is_clause(before) || (clear && tail.acts(self.text));
        if !led || !tail.fits(self.text, last.edge) {
            return Err(Some(ProblemKind::DeadlineNotUnderstood));
        }
        Ok(self.promises(&tail))
    }

    fn read_undated(&self, words: &str) -> Result<Vec<Deadline>, Option<ProblemKind>> {
        if ongoing_at(words) == Some(0) {
            let phrase = words.trim_start_matches(['并', '且']);
            return Ok(vec![
                self.ongoing(self.span.end - phrase.len()..self.span.end),
            ]);
        }
        if body::is_clause(words) || is_filler(words) {
            return Err(None);
        }
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if has(RELATIVE) && (has(VERBS) || !has(HINTS)) {
            return Err(Some(ProblemKind::RelativeDate));
        }
        let hints = has(HINTS) || date::hints_at_time(words) || words.ends_with('前');
        Err(hints.then_some(ProblemKind::DeadlineNotUnderstood))
    }

    /// `持续推进至2025年底`.
    fn until(&self, before: &str, tail: &Tail) -> Option<Deadline> {
        let [moment] = self.moments[..] else {
            return None;
        };
        let goes_on = ongoing_at(before) == Some(0) && before.trim_end().ends_with(['至', '到']);
        (goes_on && tail.is_empty()).then(|| {
            let mut deadline = dated(self.text, moment, self.span.clone());
            deadline.kind = Kind::Ongoing;
            deadline
        })
    }

    fn promises(&self, tail: &Tail) -> Vec<Deadline> {
        let mut deadlines = self.due(tail);
        if let (true, Some(ongoing)) = (tail.verb.is_empty(), &tail.ongoing) {
            // 2022年至2025年持续推进: the time belongs to what goes on.
            for deadline in &mut deadlines {
                deadline.kind = Kind::Ongoing;
                deadline.span.end = ongoing.end;
                deadline.text = self.text[deadline.span.clone()].to_owned();
            }
        } else if let Some(ongoing) = &tail.ongoing {
            deadlines.push(self.ongoing(ongoing.clone()));
        }
        deadlines
    }

    /// One promise for each time named; a range and a recurrence make one together.
    fn due(&self, tail: &Tail) -> Vec<Deadline> {
        let end = if tail.verb.is_empty() {
            None
        } else {
            Some(tail.verb.end)
        };
        if let [range, every] = self.moments[..]
            && matches!((range.when, every.when), (When::Once(_), When::Every(_)))
        {
            let span = range.span.start..end.unwrap_or(every.span.end);
            let mut deadline = dated(self.text, range, span);
            deadline.kind = Kind::Due;
            deadline.recurrence = dated(self.text, every, every.span.clone()).recurrence;
            return vec![deadline];
        }
        let last = self.moments.len() - 1;
        let numbered = self.moments.iter().enumerate();
        numbered
            .map(|(i, moment)| {
                let own = moment.span.end;
                let end = if i == last { end.unwrap_or(own) } else { own };
                dated(self.text, moment, moment.span.start..end)
            })
            .collect()
    }

    fn ongoing(&self, span: Span) -> Deadline {
        Deadline {
            kind: Kind::Ongoing,
            date: None,
            start: None,
            precision: None,
            edge: None,
            recurrence: None,
            text: self.text[span.clone()].to_owned(),
            span,
        }
    }
}

/// The promise that goes with a time by itself.
pub(super) fn dated(text: &str, moment: &Moment, span: Span) -> Deadline {
    let (period, recurrence) = match moment.when {
        When::Once(period) => (Some(period), None),
        When::Every(recurrence) => (None, Some(recurrence)),
    };
    let from = moment.edge == Edge::From;
    let stretch = |p: &date::Period| p.range || from || is_plan_period(p, moment.edge);
    Deadline {
        kind: if from { Kind::Ongoing } else { Kind::Due },
        date: period.filter(|p| !from || p.range).map(|p| p.last),
        start: period.filter(stretch).map(|p| p.first),
        precision: period.map(|p| p.precision),
        edge: Some(moment.edge),
        recurrence,
        text: text[span.clone()].to_owned(),
        span,
    }
}

fn is_plan_period(period: &date::Period, edge: Edge) -> bool {
    period.precision == Precision::FiveYear && edge == Edge::Within
}

/// What follows the last time of a clause: `完成` and `持续推进` of `…完成并持续推进`.
struct Tail {
    verb: Span,
    ongoing: Option<Span>,
}

impl Tail {
    fn of(text: &str, span: Span) -> Self {
        let words = &text[span.clone()];
        let ongoing = ongoing_at(words).map(|at| span.start + at..span.end);
        let verb_end = ongoing.as_ref().map_or(span.end, |ongoing| ongoing.start);
        let verb = scan::trim(text, span.start..verb_end);
        let mut bare = &text[verb.clone()];
        while let Some(shorter) = ["并", "且", "后", "，", "、", "再", "，并", "此"]
            .iter()
            .find_map(|join| bare.strip_suffix(join))
        {
            bare = shorter.trim_end();
        }
        Self {
            verb: verb.start..verb.start + bare.len(),
            ongoing: ongoing.map(|span| scan::trim(text, span)),
        }
    }

    fn is_empty(&self) -> bool {
        self.verb.is_empty() && self.ongoing.is_none()
    }

    /// Whether it names an act.
    fn acts(&self, text: &str) -> bool {
        let verb = &text[self.verb.clone()];
        VERBS.iter().any(|word| verb.contains(word)) || self.ongoing.is_some()
    }

    /// Whether it can follow a promised time. Where neither 前 nor 底 closes the time, what
    /// follows may narrow it (2025年国庆节前完成, 2025年6底前完成): only a verb will do.
    fn fits(&self, text: &str, edge: Edge) -> bool {
        let verb = &text[self.verb.clone()];
        let mut cursor = Cursor::new(verb, 0);
        while cursor.eat_any(ADVERBS).is_some() {}
        let wrong = verb.starts_with('已') || cursor.number().is_some();
        let closed = matches!(edge, Edge::Before | Edge::End) && self.acts(text);
        verb.is_empty() || !wrong && (closed || cursor.sees_any(VERBS))
    }
}

/// Where in `words` the phrase of something kept up begins; 0 if nothing but joints lead in.
fn ongoing_at(words: &str) -> Option<usize> {
    let mut cursor = Cursor::new(words, 0);
    while cursor
        .eat_any(&["并", "且", "今后", "此后", "以后", "后", "需", "要", "作为"])
        .is_some()
    {}
    if ONGOING.iter().any(|word| cursor.ahead().starts_with(word)) {
        return (!counts_time(cursor.ahead())).then_some(0);
    }
    let starts = ONGOING.iter().filter_map(|word| words.find(word));
    starts.min()
}

/// 持续3年 says how long, not that it goes on.
fn counts_time(words: &str) -> bool {
    let after = words.strip_prefix("持续").unwrap_or_default();
    Cursor::new(after, 0).number().is_some()
}

fn is_filler(words: &str) -> bool {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(FILLERS).is_some() {}
    cursor.ahead().is_empty()
}

fn shift(span: Span, by: usize) -> Span {
    span.start + by..span.end + by
}
