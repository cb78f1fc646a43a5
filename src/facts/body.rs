//! Responsible bodies: the agencies that an item names, and what they do.
//!
//! Read from parentheses （A牵头，B、C参与） and from labels 责任单位：A、B. Names are kept as
//! written; `等` and `等部门` behind the last one are left out.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::scan::{self, Cursor};
use super::{Problem, ProblemKind, Span, paren};

/// What a body does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Leads: 牵头, 主办.
    Lead,
    /// Is responsible: 负责, 责任单位.
    Responsible,
    /// Takes part: 参与, 配合, 协助.
    Participating,
}

/// An agency named by an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its name as written.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Where its name is.
    pub span: Span,
}

/// What [`read`] finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the text.
    pub bodies: Vec<Body>,
    /// Whether the text says 按职责分工负责: each answers for its own part.
    pub by_duty: bool,
    /// Where the text names no body though it says that one is responsible.
    pub problems: Vec<Problem>,
}

/// What closes a clause about bodies; longer ones first.
const ROLES: &[(&str, Role)] = &[
    ("牵头组织实施", Role::Lead),
    ("牵头负责", Role::Lead),
    ("牵头", Role::Lead),
    ("主办", Role::Lead),
    ("共同负责", Role::Responsible),
    ("分别负责", Role::Responsible),
    ("具体负责", Role::Responsible),
    ("负责", Role::Responsible),
    ("协同配合", Role::Participating),
    ("配合", Role::Participating),
    ("参与", Role::Participating),
    ("参加", Role::Participating),
    ("协助", Role::Participating),
    ("协办", Role::Participating),
];

/// Each answers for its own part.
const BY_DUTY: &[&str] = &["按照职责分工", "按职责分工", "按各自职责", "根据职责分工", "按职责", "分工"];

const LABELS: &[(&str, Role)] = &[
    ("牵头责任单位", Role::Lead),
    ("配合责任单位", Role::Participating),
    ("责任单位", Role::Responsible),
    ("责任部门", Role::Responsible),
    ("责任主体", Role::Responsible),
    ("责任处室", Role::Responsible),
    ("牵头单位", Role::Lead),
    ("牵头部门", Role::Lead),
    ("牵头处室", Role::Lead),
    ("主办单位", Role::Lead),
    ("配合单位", Role::Participating),
    ("配合部门", Role::Participating),
    ("配合处室", Role::Participating),
    ("参与单位", Role::Participating),
    ("参加单位", Role::Participating),
    ("参与部门", Role::Participating),
    ("协办单位", Role::Participating),
];

/// Finds labels; the longest, where several start.
static ALL_LABELS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let labels = LABELS.iter().map(|(label, _)| label);
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(labels);
    automaton.expect("a few words make a small automaton")
});

/// What the names of bodies end with.
const ENDINGS: &[&str] = &[
    "部", "委", "局", "署", "院", "会", "办", "厅", "中心", "社", "行", "公司", "政府", "单位", "部门",
    "机构", "机关", "中央", "联", "处", "司", "室", "组", "队", "所", "校", "区", "市", "省", "县", "地方",
    "企业", "集团", "协会",
];

/// Kinds of bodies that are no names by themselves: 各有关部门和单位 is one.
const GENERIC: &[&str] = &["单位", "部门", "机构", "企业", "地方", "机关"];

/// Reads the bodies that `text` names as responsible.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for paren in paren::read(text).pairs {
        let words = &text[paren.inner.clone()];
        if !LABELS.iter().any(|(label, _)| words.contains(label)) {
            reading.take_statement(text, paren.inner);
        }
    }
    reading.take_labels(text);
    reading.bodies.sort_by_key(|body| body.span.start);
    reading.problems.sort_by_key(|problem| problem.span.start);
    reading
}

/// Whether `words`, a clause within a parenthesis, names bodies and not a time.
pub(super) fn is_clause(words: &str) -> bool {
    let words = words.trim();
    let labelled = LABELS.iter().any(|(label, _)| words.starts_with(label));
    labelled || assigned(words).is_some() || (are_names(words) && !words.contains(['年', '月']))
}

impl Reading {
    /// （A牵头，B、C参与）: names before a role, clause by clause.
    fn take_statement(&mut self, text: &str, inner: Span) {
        let mut waiting: Vec<Span> = Vec::new();
        let clauses = scan::pieces(text, inner.clone(), |c| matches!(c, '，' | ',' | '；' | ';'));
        for clause in clauses.into_iter().flat_map(|span| at_roles(text, span)) {
            let words = &text[clause.clone()];
            match assigned(words) {
                Some((head, role, by_duty)) => {
                    waiting.push(clause.start..clause.start + head);
                    let before = waiting.drain(..);
                    let found: Vec<Body> = before.flat_map(|s| bodies(text, s, role)).collect();
                    let closing = clause.clone();
                    self.by_duty |= by_duty && !found.is_empty();
                    self.take(found, closing, head == 0 && words.len() == inner.len());
                }
                None if are_names(words) => waiting.push(clause),
                None => waiting.clear(),
            }
        }
    }

    /// 责任单位：A、B；配合单位：C.
    fn take_labels(&mut self, text: &str) {
        let mut labels = ALL_LABELS.find_iter(text).peekable();
        while let Some(label) = labels.next() {
            let mut cursor = Cursor::new(text, label.end());
            if cursor.eat_any(&["：", ":"]).is_none() {
                continue;
            }
            let at = cursor.at();
            let stop = |c: char| matches!(c, '；' | ';' | '。' | '\n' | '）' | ')' | '】');
            let next = labels.peek().map_or(text.len(), |next| next.start());
            let end = text[at..next].find(stop).map_or(next, |i| at + i);
            let found = bodies(text, at..end, LABELS[label.pattern().as_usize()].1);
            self.take(found, label.start()..at, true);
        }
    }

    fn take(&mut self, found: Vec<Body>, place: Span, must: bool) {
        if found.is_empty() && must {
            self.problems.push(Problem::new(place, ProblemKind::NoBodyNamed));
        }
        self.bodies.extend(found);
    }
}

/// A牵头B配合 without a comma: cut behind 牵头.
fn at_roles(text: &str, span: Span) -> Vec<Span> {
    let words = &text[span.clone()];
    let behind = words.find("牵头").map(|at| at + "牵头".len());
    match behind
        .filter(|&at| assigned(words.get(at..).unwrap_or_default()).is_some_and(|(head, ..)| head > 0))
    {
        Some(at) => vec![span.start..span.start + at, span.start + at..span.end],
        None => vec![span],
    }
}

/// How many bytes of `words` are names, what role they have, and whether 按职责分工.
fn assigned(words: &str) -> Option<(usize, Role, bool)> {
    let trimmed = words.trim_end();
    let (head, role) =
        ROLES.iter().find_map(|&(word, role)| Some((trimmed.strip_suffix(word)?.trim_end(), role)))?;
    let undivided = BY_DUTY.iter().find_map(|word| head.strip_suffix(word));
    let names = undivided.unwrap_or(head).trim_end();
    let plausible = names.is_empty() || are_names(names);
    plausible.then_some((names.len(), role, undivided.is_some()))
}

/// Whether `words` could be a list of bodies.
fn are_names(words: &str) -> bool {
    let list = words.trim().trim_start_matches(['由', '（']);
    let last = strip_others(list);
    let ends = |name: &str| ENDINGS.iter().any(|ending| name.ends_with(ending));
    !last.is_empty() && list.split('、').any(|name| ends(strip_others(name)))
}

/// The bodies of a list.
fn bodies(text: &str, span: Span, role: Role) -> Vec<Body> {
    let pieces = scan::pieces(text, span, |c| matches!(c, '、' | '，' | ','));
    let mut bodies = Vec::new();
    for piece in pieces.into_iter().flat_map(|piece| at_joints(text, piece)) {
        let (span, role) = bare(text, piece, role);
        if !span.is_empty() {
            let name = text[span.clone()].to_owned();
            bodies.push(Body { name, role, span });
        }
    }
    bodies
}

/// Cuts 司法部和公安部, not 国家发展和改革委员会: both sides must end like a body. 会同 stays
/// with the body that it brings in, see [`bare`].
fn at_joints(text: &str, span: Span) -> Vec<Span> {
    let words = &text[span.clone()];
    let mut joints = JOINTS.map(|joint| {
        let places = words.match_indices(joint).map(|(at, _)| at);
        (joint, places.filter(|at| names_body(&words[at + joint.len()..])).peekable())
    });
    let (mut pieces, mut start) = (Vec::new(), 0);
    loop {
        let cut = joints.iter_mut().find_map(|(joint, places)| {
            // A place that cuts nothing here cuts nothing later, where less stands before it.
            while places.next_if(|at| *at < start || !ends_like_body(&words[start..*at])).is_some() {}
            Some((*places.peek()?, *joint))
        });
        let Some((at, joint)) = cut else { break };
        pieces.push(span.start + start..span.start + at);
        start = if joint == "会同" { at } else { at + joint.len() };
    }
    pieces.push(span.start + start..span.end);
    pieces
}

/// What joins two bodies, in the order in which it is looked for.
const JOINTS: [&str; 5] = ["以及", "会同", "和", "及", "与"];

fn ends_like_body(words: &str) -> bool {
    ENDINGS.iter().any(|ending| words.trim_end().ends_with(ending))
}

/// Whether words behind a joint name a body rather than a kind of bodies.
fn names_body(words: &str) -> bool {
    let name = strip_others(words);
    ends_like_body(name) && !GENERIC.contains(&name)
}

/// A name without 由 before it and 等部门 behind it; behind 会同 it takes part.
fn bare(text: &str, piece: Span, role: Role) -> (Span, Role) {
    let words = &text[piece.clone()];
    let joined = words.strip_prefix("会同");
    let role = joined.map_or(role, |_| Role::Participating);
    let words = joined.unwrap_or(words);
    let words = words.strip_prefix("由").unwrap_or(words);
    let start = piece.end - words.len();
    let end = start + strip_others(words).len();
    (scan::trim(text, start..end), role)
}

/// Without 等, 等部门, 等有关单位 at the end.
fn strip_others(words: &str) -> &str {
    let words = words.trim_end();
    let others = ["等有关部门", "等相关部门", "等有关单位", "等相关单位", "等部门", "等单位", "等"];
    let found = others.iter().find_map(|other| words.strip_suffix(other));
    found.unwrap_or(words).trim_end()
}
