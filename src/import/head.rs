//! Finds the titles, the covering notice and what they state.

use std::sync::LazyLock;

use regex::Regex;

use super::account::{DoubtKind, Rule};
use super::error::ImportError;
use super::log::Log;
use super::marker;
use super::paragraphs::{Chunk, Paragraph};
use super::provenance::{self, Facts};
use super::title;
use crate::container::chars;
use crate::container::dates;

/// The parts of a document, each a range of its chunks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DocumentParts {
    /// Place of the notice's title, if there is a notice.
    pub(super) notice: Option<usize>,
    /// Place of the plan's title, if it has one.
    pub(super) plan: Option<usize>,
}

/// Finds the parts. A title set in several lines is put together in `chunks`.
pub(super) fn parts(chunks: &mut Vec<Chunk>, log: &mut Log) -> DocumentParts {
    join_titles(chunks, log);
    if let Some(plan) = untitled_notice(chunks, log) {
        return DocumentParts { notice: Some(0), plan: Some(plan) };
    }
    let first = first_title(chunks).or_else(|| first_line(chunks));
    let notice = first.filter(|&at| text(chunks, at).is_some_and(title::is_notice));
    match notice.and_then(|at| Some((at, enclosed_title(chunks, at, log)?))) {
        Some((at, plan)) => DocumentParts { notice: Some(at), plan: Some(plan) },
        None => DocumentParts { notice: None, plan: first },
    }
}

/// Finds the parts by the title that the editor gave for the plan.
///
/// # Errors
/// If no lines of the document are that title.
pub(super) fn parts_titled(
    chunks: &mut Vec<Chunk>,
    title: &str,
    log: &mut Log,
) -> Result<DocumentParts, ImportError> {
    join_titles(chunks, log);
    let missing = || ImportError::NoSuchTitle { title: title.to_owned() };
    let (plan, lines) = find_title(chunks, 0, &title::words(title)).ok_or_else(missing)?;
    join(chunks, plan, lines, log);
    let notice = (0..plan).find(|&at| text(chunks, at).is_some_and(title::is_notice));
    Ok(DocumentParts { notice: notice.or_else(|| (plan > 0).then_some(0)), plan: Some(plan) })
}

/// The text of a paragraph that could be a title; an item of a list could not.
fn text(chunks: &[Chunk], at: usize) -> Option<&str> {
    match chunks.get(at) {
        Some(Chunk::Text(p)) if p.bullet.is_none() => Some(&p.text),
        _ => None,
    }
}

/// How many lines a title may have.
const LINES_OF_TITLE: usize = 4;

/// Joins a title that is set in several lines at the head of a document.
fn join_titles(chunks: &mut Vec<Chunk>, log: &mut Log) {
    let Some((at, lines)) = (0..chunks.len().min(6)).find_map(|at| Some((at, split_title(chunks, at)?)))
    else {
        return;
    };
    join(chunks, at, lines, log);
}

/// Joins a title of so many lines.
fn join(chunks: &mut Vec<Chunk>, at: usize, lines: usize, log: &mut Log) {
    for _ in 1..lines {
        let Chunk::Text(rest) = chunks.remove(at + 1) else { return };
        if let Chunk::Text(first) = &mut chunks[at] {
            log.doubt(DoubtKind::TitleJoined, rest.line(), &rest.text);
            log.edit(Rule::JoinedLines, rest.line(), "⏎", "");
            first.text.push_str(&rest.text);
            first.lines.extend(rest.lines);
        }
    }
}

/// In how many lines the title at a place is set, if in several.
fn split_title(chunks: &[Chunk], at: usize) -> Option<usize> {
    let mut whole = text(chunks, at).filter(|first| is_part_of_title(first))?.to_owned();
    for lines in 2..=LINES_OF_TITLE {
        let next = text(chunks, at + lines - 1)?;
        let is_complete = title::is_title_like(&whole);
        if is_complete && title::is_years(next) {
            return Some(lines);
        }
        if is_complete || !is_part_of_title(next) {
            return None;
        }
        whole.push_str(next);
        if title::is_title_like(&whole) {
            let years = text(chunks, at + lines).is_some_and(title::is_years);
            return Some(lines + usize::from(years));
        }
    }
    None
}

fn is_part_of_title(text: &str) -> bool {
    let is_remark = text.starts_with(['（', '(']);
    !is_remark && title::is_fragment(text) && signer(text).is_none() && dates::whole(text).is_none()
}

/// The first line of a document, if it can be a title in no known form.
fn first_line(chunks: &[Chunk]) -> Option<usize> {
    let first = text(chunks, 0).filter(|first| chars::han_count(first) >= 6 && is_part_of_title(first))?;
    (!first.contains('，') && chunks.len() > 1).then_some(0)
}

/// The title of the plan behind a notice that has no title of its own: the notice begins with those it is
/// addressed to and names the plan that it puts into force.
fn untitled_notice(chunks: &mut Vec<Chunk>, log: &mut Log) -> Option<usize> {
    let head = chunks.len().min(6);
    let is_titled = |i: usize| text(chunks, i).is_some_and(title::is_title_like);
    let name = (0..head).find_map(|i| Some((i, title::put_into_force(text(chunks, i)?)?)));
    let (at, name) = name.filter(|(at, _)| !(0..*at).any(is_titled))?;
    let (plan, lines) = find_title(chunks, at + 1, &title::words(name))?;
    join(chunks, plan, lines, log);
    Some(plan)
}

/// The place of a title, and in how many lines it is set there.
fn find_title(chunks: &[Chunk], from: usize, name: &str) -> Option<(usize, usize)> {
    (from..chunks.len()).find_map(|at| {
        let mut whole = String::new();
        for lines in 1..=LINES_OF_TITLE {
            whole += &title::words(text(chunks, at + lines - 1)?);
            if whole == name {
                return Some((at, lines));
            }
        }
        None
    })
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
fn enclosed_title(chunks: &mut Vec<Chunk>, notice: usize, log: &mut Log) -> Option<usize> {
    let name = title::enclosed(text(chunks, notice)?).map(title::words);
    let named = name.and_then(|name| find_title(chunks, notice + 1, &name));
    if let Some((plan, lines)) = named {
        join(chunks, plan, lines, log);
    }
    let named = named.map(|(plan, _)| plan);
    let chunks = &*chunks;
    let after = notice + 1..chunks.len();
    let signed =
        || after.clone().rfind(|&i| i > notice && text(chunks, i).is_some_and(|t| dates::whole(t).is_some()));
    named.or_else(|| {
        (signed()? + 1..chunks.len()).find(|&i| text(chunks, i).is_some_and(title::is_title_like))
    })
}

/// Notes the document number, the issuer and the day of issue that the document states.
pub(super) fn read_facts(document: &[&Paragraph], facts: &mut Facts) {
    let mut squeezed = document.iter().take(8).map(|p| (p, chars::squeeze(&p.text)));
    let numbered = squeezed.find(|(_, text)| DOCUMENT_NUMBER.is_match(text));
    if let Some((p, text)) = &numbered
        && let Some(found) = DOCUMENT_NUMBER.captures(text)
    {
        provenance::state(facts, "number", found[1].to_owned(), p.line());
        let day = found.get(2).and_then(|day| dates::whole(day.as_str()));
        day.into_iter().for_each(|day| provenance::state(facts, "issued", day.to_string(), p.line()));
    }
    sign(document, facts);
    let notice = document.iter().take(4).find(|p| title::is_notice(&p.text));
    if let Some((p, (issuer, _))) = notice.and_then(|p| Some((p, p.text.split_once("关于")?))) {
        signer(issuer)
            .into_iter()
            .for_each(|issuer| provenance::state(facts, "issuer", issuer.to_owned(), p.line()));
    }
}

/// Notes the day and the bodies that a document is signed with.
fn sign(document: &[&Paragraph], facts: &mut Facts) {
    let Some(at) = document.iter().rposition(|p| dates::whole(&p.text).is_some()) else { return };
    let signers: Vec<&str> = document[..at].iter().rev().map_while(|p| signer(&p.text)).collect();
    let is_end = at + 1 == document.len();
    let Some(day) = dates::whole(&document[at].text).filter(|_| is_end || !signers.is_empty()) else {
        return;
    };
    provenance::state(facts, "issued", day.to_string(), document[at].line());
    if !signers.is_empty() {
        let issuer: Vec<&str> = signers.into_iter().rev().collect();
        provenance::state(facts, "issuer", issuer.join("、"), document[at - 1].line());
    }
}

/// 国知发保字〔2022〕5号, alone on its line.
static DOCUMENT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[（(]?(\p{Han}{1,16}[〔\[（【(]\d{4}[〕\]）】)](?:第)?\d{1,5}[号號])[）)]?",
        r"(?:[\s　]*(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}))?$"
    ))
    .expect("the pattern is valid")
});

/// A public body, alone on its line.
fn signer(text: &str) -> Option<&str> {
    SIGNER.is_match(text).then_some(text)
}

static SIGNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Han}{2,28}(?:局|部|委|委员会|委員會|办公室|辦公室|办公厅|辦公廳|厅|廳|院|署|政府|会|會|处|處|中心|组|組|总局|總局|行)$")
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
        assert_eq!(parts(&mut chunks, &mut Log::default()), DocumentParts { notice: Some(0), plan: Some(6) });
        let paragraphs: Vec<&Paragraph> =
            chunks.iter().filter_map(|c| if let Chunk::Text(p) = c { Some(p) } else { None }).collect();
        let mut facts = Facts::new();
        read_facts(&paragraphs, &mut facts);
        let found: Vec<&str> = facts.values().map(|s| s.value.as_str()).collect();
        assert_eq!(found, ["2023-03-01", "示例局", "示发〔2023〕4号"]);
    }

    #[test]
    fn an_item_of_a_list_is_no_line_of_a_title() {
        let mut chunks = chunks("# 关于印发2022年工作方案的通知\n• 知识产权\n2022年工作方案\n");
        assert_eq!(parts(&mut chunks, &mut Log::default()), DocumentParts { notice: Some(0), plan: Some(2) });
    }

    #[test]
    fn a_plan_alone_has_its_title_first() {
        let mut chunks = chunks("示例市推进计划\n为深入实施，制定本计划。\n一、总体要求\n");
        assert_eq!(parts(&mut chunks, &mut Log::default()), DocumentParts { notice: None, plan: Some(0) });
    }
}
