//! Bodies: the agencies that an item names, and their roles.
//!
//! Read from brackets （A牵头，B、C配合） and from labels 责任单位：A、B, in brackets or in
//! paragraphs of their own. Names are kept as written; 等, 等部门 and 等有关单位 behind the last
//! one only say that the list is left open. A class of bodies (各区政府, 市各有关部门) is kept
//! like a name. Sentences outside brackets (市教育局负责此项工作) are not read.

mod list;
mod words;

use super::scan;
use super::{Problem, ProblemKind, Span, paren, script};

/// The role of a body in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyRole {
    /// Leads: 牵头, 主办.
    Lead,
    /// Is responsible: 负责, 责任单位, 主责, 落实.
    Responsible,
    /// Cooperates: 配合, 协助, 协办, 会同.
    Cooperate,
    /// Guides: 指导, 督导.
    Guide,
    /// Participates: 参与, 参加.
    Participate,
}

impl BodyRole {
    /// All roles with their names in data, front matter and strings.
    pub const NAMES: [(&str, BodyRole); 5] = [
        ("lead", Self::Lead),
        ("responsible", Self::Responsible),
        ("cooperate", Self::Cooperate),
        ("guide", Self::Guide),
        ("participate", Self::Participate),
    ];

    /// The role's name in data.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// Returns whether a body of this role answers for the task: it leads or is responsible.
    pub fn answers(self) -> bool {
        matches!(self, Self::Lead | Self::Responsible)
    }
}

/// An agency named by an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its name as written.
    pub name: String,
    /// Its role.
    pub role: BodyRole,
    /// True if 等 follows the name: others that are not named have the same role.
    pub others: bool,
    /// Where its name is.
    pub span: Span,
}

/// The result of [`read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyReading {
    /// In the order of the text.
    pub bodies: Vec<Body>,
    /// True if the text says 按职责分工负责: each answers for its own part.
    pub by_duty: bool,
    /// Where the text names no body though it says that one is responsible.
    pub problems: Vec<Problem>,
}

/// Reads the bodies that `text` names with a role.
pub fn read(text: &str) -> BodyReading {
    let plain = script::simplified(text);
    let labels = labels(&plain);
    let mut reading = BodyReading::default();
    for label in &labels {
        let found = list::read(&plain, label.list.clone(), Some(label.role));
        reading.take(found, label.span.clone(), true);
    }
    for paren in paren::read(&plain).pairs {
        let next = labels.partition_point(|label| label.span.start < paren.inner.start);
        let around = labels[next..].first().is_some_and(|label| label.span.start < paren.inner.end);
        let inside = labels[..next].last().is_some_and(|label| label.list.contains(&paren.span.start));
        if !around && !inside {
            let found = list::read(&plain, paren.inner.clone(), None);
            let must = found.bare_role && !paren.inner.is_empty();
            reading.take(found, paren.inner, must);
        }
    }
    reading.finish(text)
}

/// Returns whether `text` ends with a bracket that names who leads or is responsible.
pub fn ends_with_answering(text: &str) -> bool {
    let end = text.trim_end_matches(['。', '；', ' ']).len();
    let last = paren::read(text).pairs.pop().filter(|last| last.span.end == end);
    let names = |last: paren::Paren| {
        read(text).bodies.iter().any(|body| body.role.answers() && last.span.contains(&body.span.start))
    };
    last.is_some_and(names)
}

/// Reads a cell of a table whose column gives the role: 责任单位 | A、B.
pub fn in_cell(text: &str, cell: Span, role: BodyRole) -> BodyReading {
    let plain = script::simplified(text);
    let mut reading = BodyReading::default();
    reading.take(list::read(&plain, cell.clone(), Some(role)), cell, false);
    reading.finish(text)
}

/// The role that the head of a column gives to the bodies below it.
pub fn column_role(head: &str) -> Option<BodyRole> {
    words::label(&script::simplified(head))
}

/// Returns whether `words`, a clause within a bracket, names bodies and not a time.
pub(super) fn is_clause(words: &str) -> bool {
    let words = words.trim();
    let found = list::read(words, 0..words.len(), None);
    let labelled = words.find(['：', ':']).is_some_and(|at| words::label_at_end(&words[..at]).is_some());
    labelled || !found.bodies.is_empty() || found.bare_role || list::are_names(words)
}

impl BodyReading {
    fn take(&mut self, found: list::ListedBodies, place: Span, must: bool) {
        if found.bodies.is_empty() && must {
            self.problems.push(Problem::new(place, ProblemKind::NoBodyNamed));
        }
        self.by_duty |= found.by_duty && !found.bodies.is_empty();
        self.bodies.extend(found.bodies);
    }

    /// The names as `text` writes them, in its order.
    fn finish(mut self, text: &str) -> Self {
        for body in &mut self.bodies {
            text[body.span.clone()].clone_into(&mut body.name);
        }
        self.bodies.sort_by_key(|body| body.span.start);
        self.problems.sort_by_key(|problem| problem.span.start);
        self
    }
}

/// A label and the list behind it.
struct BodyLabel {
    /// With its colon.
    span: Span,
    role: BodyRole,
    list: Span,
}

/// The labels of `text`, each with its list up to the next label of any kind or the end of the
/// bracket, line or sentence.
fn labels(text: &str) -> Vec<BodyLabel> {
    let mut found: Vec<BodyLabel> = Vec::new();
    let mut next = text.len();
    for (at, colon) in text.rmatch_indices(['：', ':']) {
        let from = scan::line_start_within(text, at);
        let head = text[from..at].trim_end();
        let known = words::label_at_end(head).map(|(start, role)| (from + start, role));
        let start = known.map_or_else(|| from + start_of_last_word(head), |(start, _)| start);
        if let Some((start, role)) = known {
            let list = at + colon.len();
            found.push(BodyLabel {
                span: start..list,
                role,
                list: list..list_end(text, list, next.max(list)),
            });
        }
        next = start;
    }
    found.reverse();
    found
}

/// Where the words directly before a colon begin, such as 完成时限 of `A、B 完成时限：`.
fn start_of_last_word(words: &str) -> usize {
    let mark = |c: char| c.is_whitespace() || scan::ends_clause(c) || "、（(【[〔".contains(c);
    words.rfind(mark).map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8))
}

/// The end of a list that begins at `from`: before the end of its sentence, line or bracket, at
/// `limit` at the latest.
fn list_end(text: &str, from: usize, limit: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text[from..limit].char_indices() {
        match c {
            '（' | '(' | '【' | '[' | '〔' => depth += 1,
            '）' | ')' | '】' | ']' | '〕' if depth > 0 => depth -= 1,
            '）' | ')' | '】' | ']' | '〕' => return from + at,
            _ if depth == 0 && scan::ends_sentence(c) => return from + at,
            '\n' => return from + at,
            _ => {}
        }
    }
    limit
}
