//! Deadlines: what an item promises about time.
//!
//! Promises are read from the brackets that end an item, perhaps next to the one that names the
//! responsible bodies: `（A、B负责）（2025年底前完成）` and `（A、B负责，2025年底前完成）`; from earlier
//! brackets that are beyond doubt promises, from labels (`完成时限：2027年8月底前`) and from running
//! text (`in_text`). A wording from which no day follows (汛前, 会议召开前) is kept in words; a last
//! bracket that looks like a promise and is not understood is a problem.
//!
//! `底前` means by the last day of that month or year. `前` after a day keeps that day as
//! the due day ([`Edge::Before`] tells that it was written so): the Civil Code, article
//! 1259, says of 以上, 以下, 以内 and 届满 that they include the figure and is silent on 前.

mod clause;
mod in_text;
mod occasion;
mod quote;
mod stretch;
mod tail;
mod words;

use jiff::civil::Date;

pub use super::date::{Cycle, Edge, Precision, Recurrence};
pub use occasion::Occasion;

use super::index::Cover;
use super::paren::{self, Paren, Parens};
use super::scan::{self, is_space};
use super::{Problem, ProblemKind, Span, citation, date, script};
use clause::Sense;

/// The kind of promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    /// To be done by a day: `2025年12月底前完成`.
    Due,
    /// To be kept up: `持续推进`.
    Ongoing,
}

impl DeadlineKind {
    /// All kinds with their names in data and front matter.
    pub const NAMES: [(&str, DeadlineKind); 2] = [("due", Self::Due), ("ongoing", Self::Ongoing)];

    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// Where a text states a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactPlace {
    /// In brackets.
    Parenthesis,
    /// In running text, or behind a label there.
    Text,
    /// In a cell of a table.
    Table,
    /// Nowhere that a reader of texts would find it: an editor states it, with the words it rests on.
    FrontMatter,
}

impl FactPlace {
    /// The value in `tasks.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parenthesis => "parenthesis",
            Self::Text => "text",
            Self::Table => "table",
            Self::FrontMatter => "front-matter",
        }
    }
}

/// The basis of a due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The text names the day, or the period of which it is the last.
    Stated,
    /// The last day that the words allow: `6月前` may mean the first of June.
    Latest,
    /// Computed, from the calendar (春节前) or from a stated start (自2025年起三年内).
    Computed,
}

/// The properties of the document that a reader needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The year it is for, used where a text states none.
    pub year: Option<i16>,
    /// The day it was issued.
    pub issued: Option<Date>,
}

impl Context {
    /// Returns whether a day is before the year of the document, so that no promise of it is due then.
    fn is_past(&self, day: Date) -> bool {
        let year = self.year.or_else(|| self.issued.map(|issued| issued.year()));
        year.is_some_and(|year| day.year() < year)
    }
}

/// One promise about time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The kind of promise.
    pub kind: DeadlineKind,
    /// The due day: the last day of the period named. For something ongoing, the day it
    /// goes on until, if stated (`2022年至2025年持续推进`). None for what only recurs, and for
    /// wordings from which no day follows.
    pub date: Option<Date>,
    /// The first day, where the text states a range, a plan period or a start
    /// (`2022年至2025年`, `“十四五”期间`, `2023年起`).
    pub start: Option<Date>,
    /// How finely the date was written; none without a date or start.
    pub precision: Option<Precision>,
    /// How the text relates to the date: 前, 底, within, or from.
    pub edge: Option<Edge>,
    /// For `每年12月31日前`, `每季度`.
    pub recurrence: Option<Recurrence>,
    /// The occasion before which it is due, and the year of that: `2025年汛前`.
    pub occasion: Option<(Occasion, Option<i16>)>,
    /// The basis of the day.
    pub basis: Basis,
    /// Where it is stated.
    pub place: FactPlace,
    /// The words that name the time.
    pub time: Span,
    /// The quoted words: the time with its verb and its hedge, in running text with its clause.
    pub span: Span,
    /// Those words.
    pub text: String,
}

impl Deadline {
    /// Something due at a time from which no day follows.
    fn in_words(text: &str, span: Span) -> Self {
        Self {
            kind: DeadlineKind::Due,
            date: None,
            start: None,
            precision: None,
            edge: Some(Edge::Before),
            recurrence: None,
            occasion: None,
            basis: Basis::Stated,
            place: FactPlace::Text,
            time: span.clone(),
            text: text[span.clone()].to_owned(),
            span,
        }
    }

    /// A promise that an editor states; its places are found by its words.
    pub fn stated(kind: DeadlineKind, date: Option<Date>, precision: Option<Precision>, text: &str) -> Self {
        Self {
            kind,
            date,
            precision: date.and(precision),
            edge: (kind == DeadlineKind::Due).then_some(Edge::Before),
            place: FactPlace::FrontMatter,
            ..Self::in_words(text, 0..text.len())
        }
    }

    /// Something due before an occasion. A festival of the document's year that was over when the
    /// document was issued is not the one that is meant, and no other is guessed.
    fn before(text: &str, named: &occasion::Named, context: &Context) -> Self {
        let day = named.year.and_then(|year| named.occasion.day(year));
        let over = day.zip(context.issued).is_some_and(|(day, issued)| day < issued);
        let year = named.year.filter(|_| !over);
        let day = day.filter(|_| !over);
        Self {
            date: day,
            precision: day.map(|_| Precision::Day),
            occasion: Some((named.occasion, year)),
            basis: if day.is_some() { Basis::Computed } else { Basis::Stated },
            ..Self::in_words(text, named.span.clone())
        }
    }

    fn at(mut self, place: FactPlace) -> Self {
        self.place = place;
        self
    }

    /// The day by which it is put in order: its own, or about when its occasion is.
    pub fn falls(&self) -> Option<Date> {
        let (occasion, year) = self.occasion.unzip();
        self.date.or_else(|| occasion?.about(year??))
    }

    /// A key that two promises share if they say the same about time, whatever their words. What
    /// is told in words only has its words for a key.
    pub fn time_key(&self) -> String {
        let words = self.date.is_none() && self.kind == DeadlineKind::Due && self.occasion.is_none();
        let words = words.then_some(&self.text);
        format!(
            "{:?}",
            (self.kind, self.date, self.start, self.precision, self.recurrence, self.occasion, words)
        )
    }
}

/// The result of [`read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeadlineReading {
    /// In the order of the text.
    pub deadlines: Vec<Deadline>,
    /// Problems: words that look like a promise and are not understood or not possible.
    pub problems: Vec<Problem>,
    /// The parenthesis that contains the deadlines, with its marks. It may name bodies too.
    pub parenthesis: Option<Span>,
}

/// Reads the deadlines of one item: of all of its text.
pub fn read(text: &str, context: &Context) -> DeadlineReading {
    let plain = script::simplified(text);
    let traditional = plain != text;
    let parens = paren::read(&plain);
    let mut reading = DeadlineReading::default();
    let (last, earlier) = split_last(&plain, &parens.pairs);
    for paren in last {
        let sense = clause::sense(&plain, paren.inner.clone(), traditional, context);
        reading.take(Some(&paren.span), sense, FactPlace::Parenthesis);
    }
    for paren in earlier {
        reading.take_earlier(
            &plain,
            paren,
            clause::sense(&plain, paren.inner.clone(), traditional, context),
            context,
        );
    }
    reading.problems.extend(unpaired(&plain, &parens, traditional, context));
    let mut elsewhere = elsewhere(&plain, &parens);
    for label in labels(&plain, &elsewhere, &parens.pairs) {
        reading.take(None, clause::sense(&plain, label.clone(), traditional, context), FactPlace::Text);
        elsewhere.push(label);
    }
    let elsewhere = Cover::new(elsewhere.into_iter());
    let dates = date::read_simplified(&plain, traditional, context.year);
    let (deadlines, problems) = in_text::read(&plain, &dates, &elsewhere, context);
    reading.deadlines.extend(deadlines);
    reading.problems.extend(problems);
    reading.finish(text)
}

/// Reads a cell of a table whose column gives times.
pub fn in_cell(text: &str, cell: Span, context: &Context) -> DeadlineReading {
    let plain = script::simplified(text);
    let mut reading = DeadlineReading::default();
    reading.take(None, clause::sense(&plain, cell, plain != text, context), FactPlace::Table);
    reading.finish(text)
}

/// Returns whether a column with this head gives the times by which things are due.
pub fn is_time_column(head: &str) -> bool {
    let head: String = script::simplified(head).chars().filter(|c| !c.is_whitespace()).collect();
    let ends =
        ["时限", "期限", "完成时间", "时间节点", "完成节点", "时间要求", "进度要求", "时限要求", "时间进度"];
    ends.iter().any(|end| head.ends_with(end)) || matches!(head.as_str(), "时间" | "节点" | "进度")
}

impl DeadlineReading {
    fn take(&mut self, paren: Option<&Span>, sense: Sense, place: FactPlace) {
        if !sense.deadlines.is_empty() {
            self.parenthesis = paren.cloned().or(self.parenthesis.take());
        }
        self.deadlines.extend(sense.deadlines.into_iter().map(|deadline| deadline.at(place)));
        self.problems.extend(sense.problems);
    }

    /// A bracket within the item, if it is a promise beyond doubt: that of the clause before it.
    fn take_earlier(&mut self, text: &str, paren: &Paren, mut sense: Sense, context: &Context) {
        let past = sense.deadlines.iter().filter_map(|d| d.date).any(|day| context.is_past(day));
        let describes = text[paren.span.end..].starts_with('的');
        if past || describes || !sense.is_plain_promise() {
            return;
        }
        let clause = scan::clause_start_within(text, paren.span.start);
        for deadline in &mut sense.deadlines {
            deadline.span = quote::from(text, clause, paren.span.start)..paren.span.end;
        }
        sense.problems.clear();
        self.take(None, sense, FactPlace::Parenthesis);
    }

    /// In the order of the text, in its own words.
    fn finish(mut self, text: &str) -> Self {
        for deadline in &mut self.deadlines {
            text[deadline.span.clone()].clone_into(&mut deadline.text);
        }
        self.deadlines.sort_by_key(|deadline| deadline.time.start);
        self.problems.sort_by_key(|problem| problem.span.start);
        self
    }
}

/// Where no running text is: in titles and brackets.
fn elsewhere(text: &str, parens: &Parens) -> Vec<Span> {
    let titles = citation::read(text).citations.into_iter().map(|title| title.span);
    titles.chain(parens.pairs.iter().map(|paren| paren.span.clone())).collect()
}

/// The texts behind labels such as 完成时限：, up to the next bracket, which is read by itself.
fn labels(text: &str, elsewhere: &[Span], brackets: &[Paren]) -> Vec<Span> {
    let elsewhere = Cover::new(elsewhere.iter().cloned());
    let colons = text.match_indices(['：', ':']).filter(|(at, _)| !elsewhere.contains(*at));
    let labels = colons.filter_map(|(at, colon)| {
        let head = text[scan::line_start_within(text, at)..at].trim_end();
        let known = words::LABELS.iter().any(|label| head.ends_with(label));
        let from = at + colon.len();
        let bracket = brackets.get(brackets.partition_point(|paren| paren.span.start < from));
        let end = |bracket: &Paren| bracket.span.start.min(scan::line_end_within(text, from));
        let end = || bracket.map_or_else(|| scan::line_end_within(text, from), end);
        (known && !head.ends_with("有效期限")).then(|| from..end())
    });
    let mut labels: Vec<Span> = labels.collect();
    for i in (1..labels.len()).rev() {
        labels[i - 1].end = labels[i - 1].end.min(labels[i].start);
    }
    labels.into_iter().map(|label| scan::trim(text, label)).filter(|label| !label.is_empty()).collect()
}

/// The parentheses that end the text, one directly behind the other, and those before them.
fn split_last<'a>(text: &str, pairs: &'a [Paren]) -> (&'a [Paren], &'a [Paren]) {
    let mut end = text.len();
    let mut first = pairs.len();
    while let Some(paren) = first.checked_sub(1).and_then(|i| pairs.get(i)) {
        if trim_marks(&text[..end]) != paren.span.end {
            break;
        }
        end = paren.span.start;
        first -= 1;
    }
    let (earlier, last) = pairs.split_at(first);
    (last, earlier)
}

/// Where `text` ends, but for white space and the marks that may follow a deadline.
fn trim_marks(text: &str) -> usize {
    let mark = |c: char| {
        is_space(c) || c.is_whitespace() || matches!(c, '。' | '．' | '.' | '；' | ';' | '，' | '、')
    };
    text.trim_end_matches(mark).len()
}

/// The problem of a promise at the end, in a parenthesis that lacks a mark.
fn unpaired(text: &str, parens: &Parens, traditional: bool, context: &Context) -> Option<Problem> {
    let end = trim_marks(text);
    let width = |at: usize| text[at..].chars().next().map_or(0, char::len_utf8);
    if let Some(&open) = parens.unclosed.last() {
        let mark = open..open + width(open);
        let sense = clause::sense(text, mark.end..end.max(mark.end), traditional, context);
        let told = !sense.deadlines.is_empty() || !sense.problems.is_empty();
        return told.then(|| Problem::new(mark, ProblemKind::UnclosedParenthesis));
    }
    let &close = parens.unopened.last()?;
    let sentence = text[..close].rfind(['。', '；', '\n']);
    let sentence = sentence.map_or(0, |at| at + width(at));
    let told = close + width(close) == end && clause::hints_at_deadline(&text[sentence..close]);
    told.then(|| Problem::new(close..end, ProblemKind::UnopenedParenthesis))
}
