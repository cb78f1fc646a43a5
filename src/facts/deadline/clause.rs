//! What a parenthesis says: promises about time, clause by clause.

use super::words::{ADVERBS, ASIDES, EDITIONS, FILLERS, HINTS, JOINTS, ONGOING, RELATIVE, VERBS};
use super::{Deadline, Kind};
use crate::facts::date::{self, Edge, Moment, Precision, When};
use crate::facts::scan::{self, Cursor};
use crate::facts::{Problem, ProblemKind, Span, alias, body, number};

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
            deadline.kind == Kind::Ongoing || matches!(deadline.edge, Some(Edge::Before | Edge::End))
        };
        !self.deadlines.is_empty() && self.deadlines.iter().all(plain)
    }
}

/// What the text between the marks of a parenthesis says.
pub(super) fn sense(text: &str, inner: Span, year: Option<i16>) -> Sense {
    let mut sense = Sense::default();
    if alias::defines(&text[inner.clone()]) {
        return sense;
    }
    let dates = dates(text, inner.clone(), year);
    for span in scan::pieces(text, inner, |c| matches!(c, '，' | ',' | '；' | ';' | '。')) {
        if is_aside(&text[span.clone()]) {
            continue;
        }
        // Both are in the order of the text.
        let from = dates.problems.partition_point(|problem| problem.span.start < span.start);
        let to = dates.problems.partition_point(|problem| problem.span.start < span.end);
        if from < to {
            sense.problems.extend_from_slice(&dates.problems[from..to]);
        } else {
            sense.add(Clause::new(text, span, &dates.moments));
        }
    }
    sense.join();
    sense.retell(text);
    sense
}

/// The times in `inner`, with spans into all of `text`.
fn dates(text: &str, inner: Span, year: Option<i16>) -> date::Reading {
    let mut dates = date::read(&text[inner.clone()], year);
    let moments = dates.moments.iter_mut().map(|moment| &mut moment.span);
    let problems = dates.problems.iter_mut().map(|problem| &mut problem.span);
    for span in moments.chain(problems) {
        *span = span.start + inner.start..span.end + inner.start;
    }
    dates
}

/// Whether `time` only gives the year of `told`: 2023年，一季度完成.
fn is_year_of(time: &Deadline, told: &Deadline) -> bool {
    let year = |deadline: &Deadline| deadline.date.map(|date| date.year());
    time.text.trim_end_matches('度').ends_with('年')
        && time.start.is_none()
        && told.precision < Some(Precision::Year)
        && year(time) == year(told)
}

/// Whether `told` is what is said of `time`.
fn is_told_of(time: &Deadline, told: &Deadline) -> bool {
    let undated = told.date.is_none() && told.start.is_none();
    let bare = time.start.is_some() && time.recurrence.is_none();
    let comes_round = time.kind == Kind::Due && told.recurrence.is_some();
    let goes_on = time.edge == Some(Edge::From) && told.kind == Kind::Ongoing;
    undated && bare && (comes_round || goes_on)
}

/// Whether a clause is plainly no promise: （截至2022年底）, （2023年修订）.
fn is_aside(words: &str) -> bool {
    let edition =
        |head: &str| !head.contains(['前', '底', '末']) && !VERBS.iter().any(|verb| head.contains(verb));
    let heads = EDITIONS.iter().filter_map(|word| words.strip_suffix(word));
    ASIDES.iter().any(|word| words.starts_with(word)) || heads.into_iter().any(edition)
}

impl Sense {
    /// A time and what it is said of, in two clauses, are one promise: 2022年至2025年，每年
    /// 12月底前完成, and 自2023年起，长期坚持.
    fn join(&mut self) {
        let mut joined: Vec<Deadline> = Vec::with_capacity(self.deadlines.len());
        for time in self.deadlines.drain(..).rev() {
            match joined.last_mut() {
                Some(told) if is_year_of(&time, told) => {}
                Some(told) if is_told_of(&time, told) => {
                    let whole = time.span.start..told.span.end;
                    *told = Deadline { recurrence: told.recurrence, kind: told.kind, span: whole, ..time };
                }
                _ => joined.push(time),
            }
        }
        joined.reverse();
        self.deadlines = joined;
    }

    /// Takes the words of each promise from where it now is.
    fn retell(&mut self, text: &str) {
        for deadline in &mut self.deadlines {
            text[deadline.span.clone()].clone_into(&mut deadline.text);
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
    moments: &'a [Moment],
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, span: Span, moments: &'a [Moment]) -> Self {
        let from = moments.partition_point(|moment| moment.span.start < span.start);
        let to = moments.partition_point(|moment| moment.span.end <= span.end);
        Self { text, span, moments: &moments[from..to.max(from)] }
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
        let whole = led && self.is_joined() && !has_figures(before);
        if !whole || !tail.fits(self.text, last.edge) {
            return Err(Some(ProblemKind::DeadlineNotUnderstood));
        }
        Ok(self.promises(&tail))
    }

    fn read_undated(&self, words: &str) -> Result<Vec<Deadline>, Option<ProblemKind>> {
        if ongoing_at(words) == Some(0) {
            let phrase = words.trim_start_matches(['并', '且']);
            return Ok(vec![self.ongoing(self.span.end - phrase.len()..self.span.end)]);
        }
        if body::is_clause(words) || is_filler(words) {
            return Err(None);
        }
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if has(RELATIVE) && (has(VERBS) || RELATIVE.iter().any(|word| words.ends_with(word))) {
            return Err(Some(ProblemKind::RelativeDate));
        }
        let hints = hints_at_deadline(words);
        let year_alone = words.chars().all(|c| number::arabic(c).is_some());
        Err((hints || year_alone).then_some(ProblemKind::DeadlineNotUnderstood))
    }

    /// Whether only joints or acts stand between its times: in 2025年×2月 something is lost.
    fn is_joined(&self) -> bool {
        self.moments.windows(2).all(|pair| {
            let gap = self.text[pair[0].span.end..pair[1].span.start].trim();
            let named = JOINTS.contains(&gap) || VERBS.iter().any(|verb| gap.contains(verb));
            named || (gap.is_empty() && matches!(pair[1].when, When::Every(_)))
        })
    }

    /// `持续推进至2025年底`.
    fn until(&self, before: &str, tail: &Tail) -> Option<Deadline> {
        let [moment] = self.moments else {
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
            }
            if let Some(last) = deadlines.last_mut() {
                last.span.end = ongoing.end;
            }
        } else if let Some(ongoing) = &tail.ongoing {
            deadlines.push(self.ongoing(ongoing.clone()));
        }
        deadlines
    }

    /// One promise for each time named; a range and a recurrence make one together.
    fn due(&self, tail: &Tail) -> Vec<Deadline> {
        let end = if tail.verb.is_empty() { None } else { Some(tail.verb.end) };
        if let [range, every] = self.moments
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
        while let Some(shorter) =
            ["并", "且", "后", "，", "、", "再", "，并", "此"].iter().find_map(|join| bare.strip_suffix(join))
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
    while cursor.eat_any(&["并", "且", "今后", "此后", "以后", "后", "需", "要", "作为"]).is_some()
    {
    }
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

fn has_figures(words: &str) -> bool {
    words.chars().any(|c| number::arabic(c).is_some())
}

fn is_filler(words: &str) -> bool {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(FILLERS).is_some() {}
    cursor.ahead().is_empty()
}

/// Whether words that no rule reads may be meant as a deadline.
pub(super) fn hints_at_deadline(words: &str) -> bool {
    let hinted = HINTS.iter().any(|word| words.contains(word));
    hinted || date::hints_at_time(words) || words.ends_with('前')
}
