//! Readings of a parenthesis: promises about time, clause by clause.

use super::tail::{Tail, ongoing_at};
use super::words::{ASIDES, EDITIONS, FILLERS, HEDGES, HINTS, JOINTS, RELATIVE, VERBS};
use super::{Basis, Context, Deadline, DeadlineKind, occasion, stretch};
use crate::facts::date::{self, Edge, Moment, Precision, When};
use crate::facts::scan::{self, Cursor};
use crate::facts::{Problem, ProblemKind, Span, alias, body, number};

/// The promises about time in one parenthesis; none if it is about something else.
#[derive(Debug, Default)]
pub(super) struct Sense {
    pub(super) deadlines: Vec<Deadline>,
    pub(super) problems: Vec<Problem>,
}

impl Sense {
    /// Whether it is a promise beyond doubt, so that it is one wherever it is: a bare
    /// （2021年） is not.
    pub(super) fn is_plain_promise(&self) -> bool {
        let plain = |deadline: &Deadline| {
            deadline.kind == DeadlineKind::Ongoing || matches!(deadline.edge, Some(Edge::Before | Edge::End))
        };
        !self.deadlines.is_empty() && self.deadlines.iter().all(plain)
    }
}

/// Reads the text between the marks of a bracket, behind a label or in a cell.
pub(super) fn sense(text: &str, inner: Span, traditional: bool, context: &Context) -> Sense {
    let mut sense = Sense::default();
    if alias::defines(&text[inner.clone()]) {
        return sense;
    }
    let dates = dates(text, inner.clone(), traditional, context.year);
    let mut exception = None;
    for span in scan::pieces(text, inner, |c| matches!(c, '，' | ',' | '；' | ';' | '。')) {
        let words = &text[span.clone()];
        if words.starts_with('除') && words.ends_with('外') {
            exception = Some(span.start);
            continue;
        }
        let before = std::mem::take(&mut exception);
        if is_aside(words) {
            continue;
        }
        let known = sense.deadlines.len();
        // Both are in the order of the text.
        let from = dates.problems.partition_point(|problem| problem.span.start < span.start);
        let to = dates.problems.partition_point(|problem| problem.span.start < span.end);
        let wrong = dates.problems[from..to].to_vec();
        let clause = Clause::new(text, span, &dates.moments, context);
        match clause.occasion() {
            Some(deadline) => sense.deadlines.push(deadline),
            None if wrong.is_empty() => sense.add(clause),
            None => sense.add_wrong(&clause, wrong),
        }
        if let Some((start, first)) = before.zip(sense.deadlines.get_mut(known)) {
            first.span.start = start;
        }
    }
    sense.join();
    sense.retell(text);
    sense
}

/// The times in `inner`, with spans into all of `text`.
fn dates(text: &str, inner: Span, traditional: bool, year: Option<i16>) -> date::DateReading {
    let mut dates = date::read_simplified(&text[inner.clone()], traditional, year);
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

/// Returns whether the promise `told` belongs to the time `time`.
fn is_told_of(time: &Deadline, told: &Deadline) -> bool {
    let undated = told.date.is_none() && told.start.is_none() && told.occasion.is_none();
    let bare = time.start.is_some() && time.recurrence.is_none();
    let comes_round = time.kind == DeadlineKind::Due && told.recurrence.is_some();
    let goes_on = time.edge == Some(Edge::From) && told.kind == DeadlineKind::Ongoing;
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
                    let (span, named) = (time.span.start..told.span.end, time.time.start..told.time.end);
                    let (recurrence, kind) = (told.recurrence, told.kind);
                    *told = Deadline { recurrence, kind, span, time: named, ..time };
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

    /// A clause with a time from which no day follows is kept in words where it is a promise.
    fn add_wrong(&mut self, clause: &Clause<'_>, wrong: Vec<Problem>) {
        use ProblemKind::{RelativeDate, VagueDate, YearNotStated};
        let undated = |problem: &Problem| matches!(problem.kind, RelativeDate | VagueDate | YearNotStated);
        if let Some(last) = wrong.last().filter(|_| wrong.iter().all(undated)) {
            self.deadlines.extend(clause.in_words(last.span.clone()));
        }
        self.problems.extend(wrong);
    }

    fn add(&mut self, clause: Clause<'_>) {
        match clause.read() {
            Ok(deadlines) => self.deadlines.extend(deadlines),
            Err(Some(kind)) => {
                self.deadlines.extend(clause.unknown_occasion());
                self.problems.push(Problem::new(clause.span.clone(), kind));
            }
            Err(None) => {}
        }
    }
}

/// A clause and the times it names.
struct Clause<'a> {
    text: &'a str,
    span: Span,
    moments: Vec<&'a Moment>,
    context: &'a Context,
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, span: Span, moments: &'a [Moment], context: &'a Context) -> Self {
        let first = moments.partition_point(|m| m.span.start < span.start);
        let last = moments.partition_point(|m| m.span.end <= span.end);
        let moments = moments[first..last.max(first)].iter().collect();
        Self { text, span, moments, context }
    }

    /// 2025年汛前完成, or a stretch from the day of issue.
    fn occasion(&self) -> Option<Deadline> {
        let words = &self.text[..self.span.end];
        let known = words[self.span.start..].match_indices('前').find_map(|(at, _)| {
            let named = occasion::before(words, self.span.start + at, self.context.year)?;
            (named.span.start >= self.span.start).then_some(named)
        });
        if let Some(named) = known {
            let deadline = Deadline::before(self.text, &named, self.context);
            return self.fitted(deadline);
        }
        let issue = self.text[self.span.clone()].find("之日起").map(|at| self.span.start + at);
        let issue = issue.and_then(|at| stretch::from_issue(words, at, self.context));
        let moments = || self.moments.iter().find_map(|moment| stretch::from_moment(words, moment));
        let stretch = issue.or_else(moments)?;
        let mut deadline =
            Deadline::in_words(self.text, stretch.span.start.max(self.span.start)..stretch.span.end);
        deadline.edge = Some(Edge::Within);
        if let Some((day, precision)) = stretch.last {
            (deadline.date, deadline.precision) = (Some(day), Some(precision));
            deadline.basis = Basis::Computed;
        }
        self.fitted(deadline)
    }

    /// Something due before what no table knows: 会议召开前完成, 下一届会议前.
    fn unknown_occasion(&self) -> Option<Deadline> {
        let words = &self.text[self.span.clone()];
        let at = words.rfind('前')?;
        let plain = |words: &str| {
            !has_figures(words) && !words.ends_with(['日', '目', '此', '提', '之', '当', '年', '月'])
        };
        let head = words[..at].trim_start_matches(|c| number::arabic(c).is_some() || c == '年');
        if !plain(head) || head.chars().nth(1).is_none() || body::is_clause(words) {
            return None;
        }
        let end = self.span.start + at + '前'.len_utf8();
        self.fitted(Deadline::in_words(self.text, self.span.start..end))
    }

    /// A time from which no day follows.
    fn in_words(&self, time: Span) -> Option<Deadline> {
        self.fitted(Deadline::in_words(self.text, time))
    }

    /// The promise with its verb and its hedge, if the words around it are those of a promise.
    fn fitted(&self, mut deadline: Deadline) -> Option<Deadline> {
        let before = &self.text[self.span.start..deadline.time.start];
        let tail = Tail::of(self.text, deadline.time.end..self.span.end);
        let verb = &self.text[tail.verb.clone()];
        let fits = (verb.is_empty() || VERBS.iter().any(|word| verb.contains(word)))
            && !verb.starts_with(['后', '已']);
        let led = is_filler(before) || body::is_clause(before) || tail.acts(self.text);
        if !fits || !led || has_figures(before) {
            return None;
        }
        deadline.time.end = deadline.time.end.max(tail.verb.end);
        deadline.span = self.hedge(deadline.time.start)..deadline.time.end;
        Some(deadline)
    }

    /// Where the hedge of a time begins: 力争 of 力争于2025年底前.
    fn hedge(&self, at: usize) -> usize {
        let before = &self.text[self.span.start..at];
        let starts = HEDGES.iter().filter_map(|word| before.find(word));
        let start = starts.filter(|start| is_filler(&before[*start..])).min();
        start.map_or(at, |start| self.span.start + start)
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
        let hedge = self.hedge(first.span.start);
        let clear = matches!(last.edge, Edge::Before | Edge::End) && !before.contains("较");
        let led = is_filler(before) || body::is_clause(before) || (clear && tail.acts(self.text));
        let whole = led && self.is_joined() && !has_figures(before);
        if !whole || !tail.fits(self.text, last.edge) {
            return Err(Some(ProblemKind::DeadlineNotUnderstood));
        }
        let mut promises = self.promises(&tail);
        if let Some(first) = promises.first_mut() {
            first.span.start = hedge;
        }
        Ok(promises)
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

    /// Whether only joints or acts are between its times: in 2025年×2月 something is lost.
    fn is_joined(&self) -> bool {
        self.moments.windows(2).all(|pair| {
            let gap = self.text[pair[0].span.end..pair[1].span.start].trim();
            let named = JOINTS.contains(&gap) || VERBS.iter().any(|verb| gap.contains(verb));
            named || (gap.is_empty() && matches!(pair[1].when, When::Every(_)))
        })
    }

    /// `持续推进至2025年底`.
    fn until(&self, before: &str, tail: &Tail) -> Option<Deadline> {
        let [moment] = self.moments[..] else {
            return None;
        };
        let goes_on = ongoing_at(before) == Some(0) && before.trim_end().ends_with(['至', '到']);
        (goes_on && tail.is_empty()).then(|| {
            let mut deadline = dated(self.text, moment, self.span.clone());
            deadline.kind = DeadlineKind::Ongoing;
            deadline
        })
    }

    fn promises(&self, tail: &Tail) -> Vec<Deadline> {
        let mut deadlines = self.due(tail);
        if let (true, Some(ongoing)) = (tail.verb.is_empty(), &tail.ongoing) {
            // 2022年至2025年持续推进: the time belongs to what goes on.
            for deadline in &mut deadlines {
                deadline.kind = DeadlineKind::Ongoing;
            }
            if let Some(last) = deadlines.last_mut() {
                last.span.end = ongoing.end;
                last.time.end = ongoing.end;
            }
        } else if let Some(ongoing) = &tail.ongoing {
            deadlines.push(self.ongoing(ongoing.clone()));
        }
        deadlines
    }

    /// One promise for each time named; a range and a recurrence make one together.
    fn due(&self, tail: &Tail) -> Vec<Deadline> {
        let end = if tail.verb.is_empty() { None } else { Some(tail.verb.end) };
        if let [range, every] = self.moments[..]
            && matches!((range.when, every.when), (When::Once(_), When::Every(_)))
        {
            let span = range.span.start..end.unwrap_or(every.span.end);
            let mut deadline = dated(self.text, range, span);
            deadline.kind = DeadlineKind::Due;
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
        Deadline { kind: DeadlineKind::Ongoing, edge: None, ..Deadline::in_words(self.text, span) }
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
        kind: if from { DeadlineKind::Ongoing } else { DeadlineKind::Due },
        date: period.filter(|p| !from || p.range).map(|p| p.last),
        start: period.filter(stretch).map(|p| p.first),
        precision: period.map(|p| p.precision),
        edge: Some(moment.edge),
        recurrence,
        basis: if moment.open { Basis::Latest } else { Basis::Stated },
        ..Deadline::in_words(text, span)
    }
}

fn is_plan_period(period: &date::Period, edge: Edge) -> bool {
    period.precision == Precision::FiveYear && edge == Edge::Within
}

fn has_figures(words: &str) -> bool {
    words.chars().any(|c| number::arabic(c).is_some())
}

fn is_filler(words: &str) -> bool {
    let mut cursor = Cursor::new(words, 0);
    while cursor.eat_any(FILLERS).or_else(|| cursor.eat_any(HEDGES)).is_some() {}
    cursor.ahead().is_empty()
}

/// Whether words that no rule reads may be meant as a deadline.
pub(super) fn hints_at_deadline(words: &str) -> bool {
    let hinted = HINTS.iter().any(|word| words.contains(word));
    hinted || date::hints_at_time(words) || words.ends_with('前')
}
