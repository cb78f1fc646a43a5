//! Finds the titles, the covering notice and what they state.

use std::sync::LazyLock;

use regex::Regex;

use super::chars;
use super::dates;
use super::log::Log;
use super::marker;
use super::paragraphs::{Chunk, Paragraph};
use super::provenance::{self, Facts};
use super::report::{DoubtKind, Rule};
use super::title;

/// The parts of a document, each a range of its chunks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Place of the notice's title, if there is a notice.
    pub(super) notice: Option<usize>,
    /// Place of the plan's title, if it has one.
    pub(super) plan: Option<usize>,
}

/// Finds the parts. A title set in several lines is put together in `chunks`.
pub(super) fn parts(chunks: &mut Vec<Chunk>, log: &mut Log) -> Parts {
    join_titles(chunks, log);
    let first = first_title(chunks);
    let notice = first.filter(|&at| text(chunks, at).is_some_and(title::is_notice));
    match notice.and_then(|at| Some((at, enclosed_title(chunks, at)?))) {
        Some((at, plan)) => Parts { notice: Some(at), plan: Some(plan) },
        None => Parts { notice: None, plan: first },
    }
}

/// The text of a paragraph that could be a title; an item of a list could not.
fn text(chunks: &[Chunk], at: usize) -> Option<&str> {
    match chunks.get(at) {
        Some(Chunk::Text(p)) if p.bullet.is_none() => Some(&p.text),
        _ => None,
    }
}

/// Joins `X关于印发` and `Y的通知`, which layout alone cannot see as one line.
fn join_titles(chunks: &mut Vec<Chunk>, log: &mut Log) {
    let Some(at) = (0..chunks.len().min(6)).find(|&i| is_split_title(chunks, i)) else { return };
    let Chunk::Text(rest) = chunks.remove(at + 1) else { return };
    if let Chunk::Text(first) = &mut chunks[at] {
        log.doubt(DoubtKind::TitleJoined, rest.line(), &rest.text);
        log.edit(Rule::JoinedLines, rest.line(), "⏎", "");
        first.text.push_str(&rest.text);
        first.lines.extend(rest.lines);
    }
}

fn is_split_title(chunks: &[Chunk], at: usize) -> bool {
    match (text(chunks, at), text(chunks, at + 1)) {
        (Some(first), Some(second)) => {
            let open = first.ends_with("印发") || first.matches('《').count() > first.matches('》').count();
            title::is_title_start(first)
                && (open || second.ends_with("通知"))
                && title::is_title_like(&format!("{first}{second}"))
        }
        _ => false,
    }
}

/// The first heading of level 1, or the first title by form, before any numbered part.
fn first_title(chunks: &[Chunk]) -> Option<usize> {
    let numbered = |c: &Chunk| matches!(c, Chunk::Text(p) if marker::parse(&p.text).is_some());
    let head = &chunks[..chunks.iter().position(numbered).unwrap_or(chunks.len())];
    let heading =
        head.iter().position(|c| matches!(c, Chunk::Text(p) if p.heading == Some(1) && p.bullet.is_none()));
    heading.or_else(|| (0..head.len()).find(|&i| text(head, i).is_some_and(title::is_title_like)))
}

/// The title of what the notice at `notice` encloses: as named there, or the next title by
/// form after the notice's date.
fn enclosed_title(chunks: &[Chunk], notice: usize) -> Option<usize> {
    let name = title::enclosed(text(chunks, notice)?).map(chars::squeeze);
    let after = notice + 1..chunks.len();
    let named = after.clone().find(|&i| text(chunks, i).map(chars::squeeze).is_some_and(|t| Some(t) == name));
    let signed =
        || after.clone().rfind(|&i| i > notice && text(chunks, i).is_some_and(|t| dates::whole(t).is_some()));
    named.or_else(|| {
        (signed()? + 1..chunks.len()).find(|&i| text(chunks, i).is_some_and(title::is_title_like))
    })
}

/// Notes the document number, the issuer and the day of issue that the document states.
pub(super) fn read_facts(document: &[&Paragraph], facts: &mut Facts) {
    if let Some(p) = document.iter().take(8).find(|p| DOCUMENT_NUMBER.is_match(&p.text)) {
        let number = p.text.trim_matches(['（', '）', '(', ')']);
        provenance::state(facts, "number", number.to_owned(), p.line());
    }
    let Some(at) = document.iter().rposition(|p| dates::whole(&p.text).is_some()) else { return };
    let signers: Vec<&str> = document[..at].iter().rev().map_while(|p| signer(&p.text)).collect();
    if let (Some(day), false) = (dates::whole(&document[at].text), signers.is_empty()) {
        provenance::state(facts, "issued", day.to_string(), document[at].line());
        let issuer: Vec<&str> = signers.into_iter().rev().collect();
        provenance::state(facts, "issuer", issuer.join("、"), document[at - 1].line());
    }
}

/// 国知发保字〔2022〕5号, alone on its line.
static DOCUMENT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?\p{Han}{1,16}[〔\[（【]\d{4}[〕\]）】](?:第)?\d{1,5}号[）)]?$")
        .expect("the pattern is valid")
});

/// A public body, alone on its line.
fn signer(text: &str) -> Option<&str> {
    SIGNER.is_match(text).then_some(text)
}

static SIGNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Han}{2,28}(?:局|部|委|委员会|办公室|办公厅|厅|院|署|政府|会|中心|组|总局|行)$")
        .expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::super::{layout, lines, paragraphs};
    use super::*;

    fn chunks(text: &str) -> Vec<Chunk> {
        let lines = lines::split(text);
        paragraphs::build(&lines, layout::infer(&lines), &mut Log::default())
    }

    #[test]
    fn a_notice_and_its_plan_are_told_apart() {
        let mut chunks = chunks(
            "示例局关于印发\n2023年示例工作方案的通知\n示发〔2023〕4号\n各区县：\n特此通知。\n示例局\n2023年3月1日\n2023年示例工作方案\n一、总体要求\n",
        );
        assert_eq!(parts(&mut chunks, &mut Log::default()), Parts { notice: Some(0), plan: Some(6) });
        let paragraphs: Vec<&Paragraph> =
            chunks.iter().filter_map(|c| if let Chunk::Text(p) = c { Some(p) } else { None }).collect();
        let mut facts = Facts::new();
        read_facts(&paragraphs, &mut facts);
        let found: Vec<&str> = facts.values().map(|s| s.value.as_str()).collect();
        assert_eq!(found, ["2023-03-01", "示例局", "示发〔2023〕4号"]);
    }

    #[test]
    fn a_plan_alone_has_its_title_first() {
        let mut chunks = chunks("示例市推进计划\n为深入实施，制定本计划。\n一、总体要求\n");
        assert_eq!(parts(&mut chunks, &mut Log::default()), Parts { notice: None, plan: Some(0) });
    }
}
