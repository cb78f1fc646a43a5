//! Aliases: short names that a document defines for itself with 以下简称.
//!
//! An alias holds in its own document only (DESIGN §5). What it stands for is the title
//! cited directly before the parenthesis, or else the words of the clause before it.

use super::paren::{self, Paren};
use super::scan::{self, Cursor};
use super::{Problem, ProblemKind, Span, citation};

/// A short name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The short name, without marks: 工作方案 of （以下简称《工作方案》）.
    pub name: String,
    /// Where the short name is, without marks.
    pub span: Span,
    /// What it stands for, without marks.
    pub full: String,
    /// Where that is, without marks.
    pub full_span: Span,
    /// Whether `full` is a cited title; otherwise it is all of the clause before the
    /// parenthesis but for the verbs that lead in.
    pub cited: bool,
    /// The parenthesis, with its marks.
    pub parenthesis: Span,
}

/// What [`read`] finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the text.
    pub aliases: Vec<Alias>,
    /// Definitions that lack a name or something to name.
    pub problems: Vec<Problem>,
}

/// Reads the aliases that `text` defines.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for paren in paren::read(text).pairs {
        match definition(text, &paren) {
            Some(Ok(aliases)) => reading.aliases.extend(aliases),
            Some(Err(kind)) => reading.problems.push(Problem::new(paren.span, kind)),
            None => {}
        }
    }
    reading
}

/// Whether a parenthesis with `inner` between its marks defines an alias.
pub(super) fn defines(inner: &str) -> bool {
    Cursor::new(inner, 0).eat_any(LEADS).is_some()
}

const LEADS: &[&str] =
    &["以下分别简称", "以下统一简称", "以下统称", "以下简称", "以下称", "下简称", "下称", "简称"];

/// Verbs that lead in to a name: 推进X（以下简称Y） names X.
const VERBS: &[&str] = &[
    "深入", "全面", "认真", "继续", "加快", "积极", "贯彻", "落实", "实施", "推进", "推动", "做好", "加入",
    "制定", "修订", "印发", "发布", "按照", "根据", "依据", "执行", "现将", "为", "由", "将", "是", "设立",
    "成立", "建设", "建立",
];

fn definition(text: &str, paren: &Paren) -> Option<Result<Vec<Alias>, ProblemKind>> {
    let inner = &text[paren.inner.clone()];
    let mut cursor = Cursor::new(inner, 0);
    let together = cursor.eat_any(LEADS)?.contains('统');
    cursor.eat_any(&["为", "：", ":"]);
    let names = names(text, paren.inner.start + cursor.at()..paren.inner.end);
    Some(match (names.is_empty(), referent(text, paren.span.start, together)) {
        (true, _) => Err(ProblemKind::EmptyAlias),
        (_, None) => Err(ProblemKind::AliasWithoutReferent),
        (_, Some((full, cited))) => Ok(names
            .into_iter()
            .map(|span| Alias {
                name: text[span.clone()].to_owned(),
                span,
                full: text[full.clone()].to_owned(),
                full_span: full.clone(),
                cited,
                parenthesis: paren.span.clone(),
            })
            .collect()),
    })
}

/// The names in `span`, without their marks: 《A》, “A”, A, or `“A”或“B”`.
fn names(text: &str, span: Span) -> Vec<Span> {
    let marks = ['《', '》', '“', '”', '"', '「', '」', '‘', '’'];
    let pieces = scan::pieces(text, span, |c| marks.contains(&c) || matches!(c, '、' | '，' | ','));
    let joins = ["或", "和", "与", "及", "或者"];
    let named = pieces.into_iter().filter(|piece| !joins.contains(&&text[piece.clone()]));
    named.collect()
}

/// The title whose closing mark ends the text. No title begins in a sentence before its own, so
/// that what a document says at length before is not read again for each of its parentheses.
fn title_at_end(text: &str) -> Option<Span> {
    let sentence =
        text.rfind(['。', '\n']).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let title = citation::read(&text[sentence..]).citations.pop()?;
    let ends_it = sentence + title.span.end == text.len();
    ends_it.then(|| sentence + title.title_span.start..sentence + title.title_span.end)
}

/// What stands directly before `at`, and whether it is a cited title. 统称 names all of a
/// list `together`, 简称 its last member.
fn referent(text: &str, at: usize, together: bool) -> Option<(Span, bool)> {
    let before = text[..at].trim_end();
    if let Some(title) = title_at_end(before) {
        return Some((title, true));
    }
    let clause = scan::clause_start(before, before.len());
    let cut = |c: char| matches!(c, '》' | '）' | ')') || c == '、' && !together;
    let mut behind = before[clause..].rmatch_indices(cut);
    let from = behind.next().map_or(clause, |(i, mark)| clause + i + mark.len());
    let mut cursor = Cursor::new(before, from);
    while cursor.eat_any(VERBS).is_some() {}
    let full = scan::trim(before, cursor.at()..before.len());
    (!full.is_empty()).then_some((full, false))
}
