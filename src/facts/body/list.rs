//! Lists of bodies: A、B和C, with the role that closes them or that a label gives them.

use super::words::{BY_DUTY, GENERIC, MANNERS, ROLES, is_name, is_plausible};
use super::{Body, BodyRole};
use crate::facts::{Span, scan};

/// The bodies of a list, and how it ends.
#[derive(Debug, Default)]
pub(super) struct ListedBodies {
    pub(super) bodies: Vec<Body>,
    /// True if it says 按职责分工.
    pub(super) by_duty: bool,
    /// True if it is a role without a body: （负责）.
    pub(super) bare_role: bool,
}

/// The longest piece that is looked into, in bytes.
const LONGEST: usize = 600;

/// Reads a list. Without a `label`, only bodies before a word for a role are meant.
pub(super) fn read(text: &str, span: Span, label: Option<BodyRole>) -> ListedBodies {
    let mut list = BodyList { text, label, waiting: Vec::new(), found: ListedBodies::default() };
    let whole = scan::trim(text, span.clone());
    for clause in outermost(text, span, |c| matches!(c, '，' | ',' | '；' | ';' | '。' | '\n')) {
        list.clause(clause.clone());
        list.found.bare_role |= clause == whole && list.found.bodies.is_empty() && is_role(&text[clause]);
    }
    list.close();
    list.found
}

/// Returns whether `words` could be a list of bodies without a role.
pub(super) fn are_names(words: &str) -> bool {
    let pieces = pieces(words, 0..words.len());
    let names = |span: &Span| is_name(strip_others(&words[span.clone()]).0);
    pieces.last().is_some_and(names) && pieces.iter().all(|span| is_plausible(&words[span.clone()]))
}

struct BodyList<'a> {
    text: &'a str,
    label: Option<BodyRole>,
    /// Names that wait for a role.
    waiting: Vec<Span>,
    found: ListedBodies,
}

impl BodyList<'_> {
    /// A牵头, or names that a later clause gives their role.
    fn clause(&mut self, clause: Span) {
        if self.label.is_some() {
            self.close();
        }
        for piece in pieces(self.text, clause) {
            self.piece(piece);
        }
        let last = self.waiting.last().map(|last| strip_others(&self.text[last.clone()]).0);
        if self.label.is_none() && last.is_some_and(|last| !is_name(last)) {
            self.waiting.clear();
        }
    }

    /// A name, perhaps with the role that it and those before it have.
    fn piece(&mut self, piece: Span) {
        let words = &self.text[piece.clone()];
        if words.len() > LONGEST {
            self.waiting.clear();
            return;
        }
        if let Some(end) = inner_role(words) {
            self.piece(piece.start..piece.start + end);
            self.piece(scan::trim(self.text, piece.start + end..piece.end));
            return;
        }
        let Some((end, role, by_duty)) = role_at_end(words) else {
            self.waiting.push(piece);
            return;
        };
        let names = scan::trim(self.text, piece.start..piece.start + end);
        let own = !names.is_empty();
        let plausible = match own {
            true => is_name(strip_others(bare(&self.text[names.clone()]).1).0),
            false => {
                self.waiting.last().is_some_and(|last| is_name(strip_others(&self.text[last.clone()]).0))
            }
        };
        if own {
            self.waiting.push(names);
        }
        if plausible {
            self.found.by_duty |= by_duty;
            self.give(role);
        } else if self.label.is_none() {
            self.waiting.clear();
        }
    }

    /// Gives those that wait the role of the label, or none.
    fn close(&mut self) {
        match self.label {
            Some(role) => self.give(role),
            None => self.waiting.clear(),
        }
    }

    fn give(&mut self, role: BodyRole) {
        let mut role = role;
        for piece in std::mem::take(&mut self.waiting) {
            for (span, joined) in at_joints(self.text, piece) {
                if joined {
                    role = BodyRole::Cooperate;
                }
                self.body(span, role);
            }
        }
    }

    fn body(&mut self, span: Span, role: BodyRole) {
        let (skip, words) = bare(&self.text[span.clone()]);
        let (words, others) = strip_others(words);
        let (words, own) = own_role(words);
        let start = span.start + skip;
        let span = scan::trim(self.text, start..start + words.len());
        let name = &self.text[span.clone()];
        let known = is_name(name) || (is_plausible(name) && name.chars().nth(1).is_some());
        if known && !GENERIC.contains(&name) {
            let role = own.unwrap_or(role);
            self.found.bodies.push(Body { name: name.to_owned(), role, others, span });
        } else if others {
            self.mark_open();
        }
    }

    /// 等部门 as a piece of its own: the list before it is left open.
    fn mark_open(&mut self) {
        if let Some(last) = self.found.bodies.last_mut() {
            last.others = true;
        }
    }
}

/// The pieces of a clause between 、 and spaces, outside brackets.
fn pieces(text: &str, clause: Span) -> Vec<Span> {
    outermost(text, clause, |c| c == '、' || c.is_whitespace())
}

/// The pieces of `span` between marks that are outside all brackets in it, trimmed.
fn outermost(text: &str, span: Span, cut: impl Fn(char) -> bool) -> Vec<Span> {
    let mut depth = 0_i32;
    let outside = |c: char| {
        match c {
            '（' | '(' | '【' | '[' | '〔' => depth += 1,
            '）' | ')' | '】' | ']' | '〕' => depth -= 1,
            _ => {}
        }
        depth <= 0 && cut(c)
    };
    let outside = std::cell::RefCell::new(outside);
    scan::pieces(text, span, |c| (outside.borrow_mut())(c))
}

/// Returns whether `words` is a role and no body.
fn is_role(words: &str) -> bool {
    role_at_end(words).is_some_and(|(end, ..)| words[..end].trim().is_empty())
}

/// How many bytes of `words` are before its role, the role, and whether 按职责分工.
fn role_at_end(words: &str) -> Option<(usize, BodyRole, bool)> {
    let trimmed = words.trim_end();
    let role = |&(word, role): &(&str, BodyRole)| Some((trimmed.strip_suffix(word)?.trim_end(), role));
    let (mut head, role) = ROLES.iter().find_map(role)?;
    let mut by_duty = false;
    loop {
        let duty = BY_DUTY.iter().find_map(|word| head.strip_suffix(word));
        let manner = MANNERS.iter().find_map(|word| head.strip_suffix(word));
        let Some(shorter) = duty.or(manner) else { break };
        by_duty |= duty.is_some();
        head = shorter.trim_end();
    }
    Some((head.trim_end_matches(['各', '均', '等']).len().max(others_end(head)), role, by_duty))
}

/// The end of `head` with its 等, which says that the list is open.
fn others_end(head: &str) -> usize {
    if head.ends_with('等') { head.len() } else { 0 }
}

/// The end of a role inside `words` with names on both sides: A牵头B配合.
fn inner_role(words: &str) -> Option<usize> {
    let roles = ["牵头负责", "牵头", "负责", "主办"];
    let ends = roles.iter().filter_map(|role| Some(words.find(role)? + role.len()));
    let end = ends.max()?;
    let (left, right) = words.split_at(end);
    let named = |part: &str| role_at_end(part).is_some_and(|(end, ..)| end > 0 && is_name(&part[..end]));
    (named(left) && named(right.trim_start())).then_some(end)
}

/// Cuts 司法部和公安部, not 国家发展和改革委员会: both sides must end like a name. Those behind
/// 会同 are told apart.
fn at_joints(text: &str, span: Span) -> Vec<(Span, bool)> {
    let mut cut = Vec::new();
    let mut rest = span;
    let mut joined = false;
    if let Some(behind) = text[rest.clone()].strip_prefix("会同") {
        (rest, joined) = (rest.end - behind.len()..rest.end, true);
    }
    while let Some((at, joint)) = joint(&text[rest.clone()]) {
        cut.push((rest.start..rest.start + at, joined));
        joined |= joint == "会同";
        rest.start += at + joint.len();
    }
    cut.push((rest, joined));
    cut
}

/// The first word that joins two names.
fn joint(words: &str) -> Option<(usize, &'static str)> {
    const JOINTS: &[&str] = &["以及", "会同", "和", "及", "与"];
    let mut starts = words.char_indices();
    starts.find_map(|(at, _)| {
        let joint = JOINTS.iter().copied().find(|joint| words[at..].starts_with(joint))?;
        let (left, right) = (&words[..at], &words[at + joint.len()..]);
        let right = strip_others(right).0;
        let names = is_name(strip_others(left).0) && is_name(right) && !GENERIC.contains(&right);
        names.then_some((at, joint))
    })
}

/// How many bytes lead in to a name, and the words behind them: 由, 2025年底前由.
fn bare(words: &str) -> (usize, &str) {
    let led = words.match_indices('由').map(|(at, led)| (at, at + led.len())).find(|&(at, _)| {
        let before = words[..at].chars().next_back();
        at == 0 || before.is_some_and(|c| matches!(c, '前' | '底' | '末' | '起' | '内'))
    });
    let skip = led.map_or(0, |(_, end)| end);
    (skip, &words[skip..])
}

/// A name without the role that brackets give it alone: 市教育局（牵头）.
fn own_role(words: &str) -> (&str, Option<BodyRole>) {
    let inner = words.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    let role =
        inner.and_then(|(name, inner)| Some((name, role_at_end(inner).filter(|(end, ..)| *end == 0)?)));
    role.map_or((words, None), |(name, (_, role, _))| (name, Some(role)))
}

/// Without 等, 等部门, 等市有关单位 at the end, and whether there was one.
fn strip_others(words: &str) -> (&str, bool) {
    let words = words.trim_end();
    let Some((name, rest)) = words.rsplit_once('等') else { return (words, false) };
    let mut kind = rest.trim();
    let heads =
        ["中央", "国家", "省", "市", "区", "县", "州", "直", "级", "各", "有关", "相关", "其他", "负有"];
    while let Some(shorter) = heads.iter().find_map(|head| kind.strip_prefix(head)) {
        kind = shorter;
    }
    let kinds = ["部门", "单位", "机构", "地方", "方面", "部门和单位", "部门及单位", "部门单位", "单位部门"];
    let open = kind.is_empty() && rest.trim().is_empty() || kinds.contains(&kind);
    if open { (name.trim_end(), true) } else { (words, false) }
}
