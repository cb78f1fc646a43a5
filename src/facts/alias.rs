//! Aliases: short names that a document defines for itself with 以下简称.
//!
//! An alias applies in its own document only. What it stands for is the title
//! cited directly before the parenthesis, or else the words of the clause before it.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// The name it stands for, without marks. Several names may share it.
    pub full: Arc<str>,
    /// Where that is, without marks.
    pub full_span: Span,
    /// Whether `full` is a cited title; otherwise it is all of the clause before the
    /// parenthesis but for the verbs that lead in.
    pub cited: bool,
    /// The parenthesis, with its marks.
    pub parenthesis: Span,
}

/// The result of [`read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AliasReading {
    /// In the order of the text.
    pub aliases: Vec<Alias>,
    /// Definitions that lack a name or something to name.
    pub problems: Vec<Problem>,
}

/// Reads the aliases that `text` defines.
pub fn read(text: &str) -> AliasReading {
    let mut reading = AliasReading::default();
    // Few texts define a name.
    let titles = LazyCell::new(|| title_ends(text));
    for paren in paren::read(text).pairs {
        match definition(text, &paren, |end| titles.get(&end).cloned()) {
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

/// `title` gives the title, without its marks, whose closing mark ends at a place.
fn definition(
    text: &str,
    paren: &Paren,
    title: impl FnOnce(usize) -> Option<Span>,
) -> Option<Result<Vec<Alias>, ProblemKind>> {
    let inner = &text[paren.inner.clone()];
    let mut cursor = Cursor::new(inner, 0);
    let together = cursor.eat_any(LEADS)?.contains('统');
    cursor.eat_any(&["为", "：", ":"]);
    let names = names(text, paren.inner.start + cursor.at()..paren.inner.end);
    let before = text[..paren.span.start].trim_end();
    let title = title(before.len()).map(|title| (title, true));
    let referent = title.or_else(|| Some((words_at_end(before, together)?, false)));
    Some(match (names.is_empty(), referent) {
        (true, _) => Err(ProblemKind::EmptyAlias),
        (_, None) => Err(ProblemKind::AliasWithoutReferent),
        (_, Some((full_span, cited))) => {
            let full: Arc<str> = text[full_span.clone()].into();
            let alias = |span: Span| Alias {
                name: text[span.clone()].to_owned(),
                span,
                full: Arc::clone(&full),
                full_span: full_span.clone(),
                cited,
                parenthesis: paren.span.clone(),
            };
            Ok(names.into_iter().map(alias).collect())
        }
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

/// The titles of a text, without their marks, by where they end with them. Those within others
/// count too: a parenthesis may be in a title that only a later mark closes.
fn title_ends(text: &str) -> BTreeMap<usize, Span> {
    let citations = citation::read(text).citations;
    let all = citations.into_iter().flat_map(|title| title.inner.into_iter().chain([title.title_span]));
    let cited =
        all.filter(|title| text[..title.start].ends_with('《') && !text[title.clone()].trim().is_empty());
    cited.map(|title| (title.end + '》'.len_utf8(), title)).collect()
}

/// The words at the end of a text that a short name can stand for: of a list all for 统称, where it
/// takes them `together`, the last member for 简称.
fn words_at_end(before: &str, together: bool) -> Option<Span> {
    let cut = |c: char| scan::ends_clause(c) || matches!(c, '》' | '）' | ')') || c == '、' && !together;
    let mut cursor = Cursor::new(before, scan::behind_last(before, cut).unwrap_or(0));
    while cursor.eat_any(VERBS).is_some() {}
    let full = scan::trim(before, cursor.at()..before.len());
    (!full.is_empty()).then_some(full)
}
