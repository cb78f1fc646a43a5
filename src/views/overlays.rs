//! Overlays on a block: citations, deadlines, words of other languages.

use std::collections::BTreeMap;

use crate::base::characters::is_han;
use crate::base::{Lang, Span};
use crate::facts::deadline::Deadline;
use crate::html::{Overlay, OverlayKind};
use crate::model::index::InstrumentIndex;
use crate::model::{Block, MarkKind};
use crate::routes::Page;
use crate::site::{BlockCitation, Plan, TextBlock};
use crate::views::context::PageContext;

/// The overlays of an original block of a plan.
pub fn of_original(
    reader: &PageContext<'_>,
    plan: &Plan,
    block: &TextBlock,
    deadlines: &[&Deadline],
) -> Vec<Overlay> {
    let citations =
        block.citations.iter().map(|citation| cite(reader, citation, plan.instruments[citation.instrument]));
    let mentions = block
        .mentions
        .iter()
        .map(|m| link(reader, m.span.clone(), plan.instruments[m.instrument], "cite named"));
    let times = deadlines.iter().filter_map(|deadline| {
        Some(Overlay { span: deadline.time.clone(), kind: OverlayKind::Time(deadline.date?.to_string()) })
    });
    let foreign = foreign(reader, &block.original.text, reader.original());
    citations.chain(mentions).chain(times).chain(foreign).collect()
}

fn cite(reader: &PageContext<'_>, citation: &BlockCitation, instrument: InstrumentIndex) -> Overlay {
    let span = citation.span.clone();
    // A short name means another instrument in another plan: pointing at it tells the full title.
    match citation.short {
        true => titled_link(reader, span, instrument, reader.original()),
        false => link(reader, span, instrument, "cite"),
    }
}

fn link(reader: &PageContext<'_>, span: Span, instrument: InstrumentIndex, class: &'static str) -> Overlay {
    let href = reader.href(Page::Instrument(instrument));
    Overlay { span, kind: OverlayKind::Link { href, class, title: String::new() } }
}

/// The overlays of a translated block: titles in italics lead to their instruments. Italics that are
/// no full title, short names for instance, lead to the one instrument that the original cites as often
/// and that has no link yet.
pub fn of_translation(
    reader: &PageContext<'_>,
    plan: &Plan,
    original: &TextBlock,
    block: &Block,
    lang: Lang,
) -> Vec<Overlay> {
    let titles = block.marks.iter().filter(|mark| mark.kind == MarkKind::Emphasis);
    let (mut links, mut unknown) = (Vec::new(), Vec::new());
    // How often each instrument is cited and has no link yet.
    let mut cited: BTreeMap<InstrumentIndex, usize> = BTreeMap::new();
    for citation in &original.citations {
        *cited.entry(plan.instruments[citation.instrument]).or_default() += 1;
    }
    for span in titles.map(|mark| mark.span.clone()) {
        let Some(instrument) = reader.shared.instrument(lang, &block.text[span.clone()]) else {
            unknown.push(span);
            continue;
        };
        links.push(link(reader, span, instrument, "cite"));
        if let Some(left) = cited.get_mut(&instrument) {
            *left = left.saturating_sub(1);
        }
    }
    cited.retain(|_, left| *left > 0);
    if let Some((instrument, _)) = only(&cited).filter(|(_, left)| *left == unknown.len()) {
        links.extend(unknown.into_iter().map(|span| titled_link(reader, span, instrument, lang)));
    }
    links.extend(foreign(reader, &block.text, lang));
    links
}

/// The one work that is left, and how often.
fn only(cited: &BTreeMap<InstrumentIndex, usize>) -> Option<(InstrumentIndex, usize)> {
    let (instrument, left) = cited.first_key_value().filter(|_| cited.len() == 1)?;
    Some((*instrument, *left))
}

/// A link whose title tells the full title of the instrument.
fn titled_link(reader: &PageContext<'_>, span: Span, instrument: InstrumentIndex, lang: Lang) -> Overlay {
    let mut overlay = link(reader, span, instrument, "cite");
    if let OverlayKind::Link { title, .. } = &mut overlay.kind {
        *title = reader.site.instruments[instrument].title.get(&lang).cloned().unwrap_or_default();
    }
    overlay
}

/// Marks words in another script than that of the text's language (WCAG 2.2,
/// 3.1.2): Han characters in a text in Latin letters, and two or more words in
/// Latin letters in a Chinese text. Single words there are names and terms,
/// which the criterion leaves out.
pub fn foreign(reader: &PageContext<'_>, text: &str, lang: Lang) -> Vec<Overlay> {
    let languages = &reader.site.settings.languages;
    let chinese = |tag: &str| tag.starts_with("zh");
    let other = languages.iter().find(|l| chinese(&l.tag) != chinese(reader.tag(lang)));
    let Some(other) = other else { return Vec::new() };
    let runs = if chinese(&other.tag) { han_runs(text) } else { latin_runs(text) };
    runs.into_iter().map(|span| Overlay { span, kind: OverlayKind::Foreign(other.tag.clone()) }).collect()
}

fn han_runs(text: &str) -> Vec<Span> {
    runs(text, is_han, |c| is_han(c) || "，。、；：（）《》“”".contains(c))
}

fn latin_runs(text: &str) -> Vec<Span> {
    let all = runs(text, |c| c.is_ascii_alphabetic(), |c| c.is_ascii_alphabetic() || " ’'-".contains(c));
    all.into_iter()
        .filter(|span| text[span.clone()].split(' ').filter(|word| word.len() > 1).count() > 1)
        .collect()
}

/// The longest stretches that begin and end with a character of the first kind and hold only characters of the second.
fn runs(text: &str, edge: fn(char) -> bool, inside: fn(char) -> bool) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if edge(c) {
            let end = at + c.len_utf8();
            match runs.last_mut() {
                Some(run) if open => run.end = end,
                _ => runs.push(at..end),
            }
            open = true;
        } else {
            open &= inside(c);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_other_script() {
        let cut =
            |text: &str, spans: Vec<Span>| spans.into_iter().map(|s| text[s].to_owned()).collect::<Vec<_>>();
        let text = "The “two affirmations” (“两个确立”、两个维护) of 2022";
        assert_eq!(cut(text, han_runs(text)), ["两个确立”、两个维护"]);
        let text = "技术与创新支持中心（TISC）和 Patent Prosecution Highway 合作";
        assert_eq!(cut(text, latin_runs(text)), ["Patent Prosecution Highway"]);
    }
}
