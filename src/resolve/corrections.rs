//! Corrections: what a plan said before its text was corrected, each record compared with the text.

use std::collections::{BTreeMap, HashSet};

use crate::base::fields::At;
use crate::base::{Code, Date, Diagnostic, Lang, SitePath};
use crate::message;
use crate::model::CorrectionEntry;
use crate::model::index::{BlockIndex, NodeIndex};
use crate::parse::plan::ParsedPlan;
use crate::site::{Correction, Plan};

/// The corrections of one file of a plan, the latest first. A record that does not fit is reported.
///
/// The records are undone from the latest to the first, so that each is compared with the text as it was
/// then: words that were corrected twice need not be in the text of today.
pub fn of_file(plan: &Plan, lang: Lang, file: &ParsedPlan, faults: &mut Vec<Diagnostic>) -> Vec<Correction> {
    let path = &file.document.path;
    let mut texts: BTreeMap<Option<NodeIndex>, EarlierText> = BTreeMap::new();
    let mut corrections = Vec::new();
    for (anchor, entry) in latest_first(lang, &file.document.meta.corrections) {
        if plan.published.is_some_and(|published| entry.date.value < published) {
            faults.push(too_early(path, &entry.date));
        }
        let node = match &entry.item {
            Some(id) => match plan.ids.get(&id.value).copied() {
                Some(node) => Some(node),
                None => {
                    faults.push(unknown(path, id));
                    continue;
                }
            },
            None => None,
        };
        let text = texts.entry(node).or_insert_with(|| EarlierText::new(text(plan, lang, node)));
        match text.undo(&entry.new.value, &entry.old) {
            true => corrections.push(correction(anchor, lang, node, entry)),
            false => faults.push(not_in_text(path, entry)),
        }
    }
    corrections
}

/// A text whose corrections are undone one after the other.
struct EarlierText {
    text: String,
    /// At least the pairs of neighbouring characters in the text. Words with another pair are not in the
    /// text, and are found missing without a search of all of it.
    pairs: HashSet<[char; 2]>,
}

impl EarlierText {
    fn new(text: String) -> EarlierText {
        EarlierText { pairs: pairs(&text).collect(), text }
    }

    /// Replaces the first `new` by `old`. Returns whether the text contained it.
    fn undo(&mut self, new: &str, old: &str) -> bool {
        let possible = pairs(new).all(|pair| self.pairs.contains(&pair));
        let Some(at) = possible.then(|| self.text.find(new)).flatten() else { return false };
        self.text.replace_range(at..at + new.len(), old);
        let before = self.text[..at].chars().next_back().map_or(at, |c| at - c.len_utf8());
        let after = at + old.len();
        let after = self.text[after..].chars().next().map_or(after, |c| after + c.len_utf8());
        self.pairs.extend(pairs(&self.text[before..after]));
        true
    }
}

/// The pairs of neighbouring characters.
fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> {
    text.chars().zip(text.chars().skip(1)).map(|(first, second)| [first, second])
}

fn correction(anchor: String, lang: Lang, node: Option<NodeIndex>, entry: &CorrectionEntry) -> Correction {
    Correction {
        anchor,
        date: entry.date.value,
        lang,
        node,
        old: entry.old.clone(),
        new: entry.new.value.clone(),
        note: entry.note.clone(),
    }
}

/// The records with their anchors; of one day those that are lower in the file are the later ones.
fn latest_first(lang: Lang, entries: &[CorrectionEntry]) -> Vec<(String, &CorrectionEntry)> {
    let mut of_day: BTreeMap<Date, usize> = BTreeMap::new();
    let mut named = Vec::new();
    for entry in entries {
        let count = of_day.entry(entry.date.value).or_default();
        *count += 1;
        let again = if *count > 1 { format!("-{count}") } else { String::new() };
        named.push((format!("correction-{lang}-{}{again}", entry.date.value), entry));
    }
    named.sort_by_key(|(_, entry)| entry.date.value);
    named.reverse();
    named
}

/// The words of an item in a language; without an item the words of all of the plan, its title among them.
fn text(plan: &Plan, lang: Lang, node: Option<NodeIndex>) -> String {
    let blocks =
        node.map_or(BlockIndex::new(0)..plan.blocks.next_idx(), |node| plan.nodes[node].blocks.clone());
    let words = plan.blocks[blocks].iter().filter_map(|block| match plan.translations.contains_key(&lang) {
        false => Some(block.original.text.as_str()),
        true => Some(block.translations.get(&lang)?.block.text.as_str()),
    });
    let title = plan.title.get(&lang).filter(|_| node.is_none()).map(String::as_str);
    title.into_iter().chain(words).collect::<Vec<_>>().join("\n")
}

fn unknown(path: &SitePath, id: &At<String>) -> Diagnostic {
    let title =
        message!("本计划没有编号为“{}”的任务或要求", "this plan has no task or requirement `{}`", id.value);
    Diagnostic::new(Code::UNKNOWN_ID, title).at(path, id.span.clone()).hint(message!(
        "写任务的序号，如 \"5\"，或 \"requirement-3\"；标题等不属于任何一项的，不写 item",
        "write the number of a task, such as \"5\", or \"requirement-3\"; leave `item` out for words that \
         belong to none, such as the title"
    ))
}

fn too_early(path: &SitePath, date: &At<Date>) -> Diagnostic {
    let title = message!("{} 早于计划的发布日期", "{} is before the publication of the plan", date.value);
    Diagnostic::new(Code::BAD_VALUE, title)
        .at(path, date.span.clone())
        .hint(message!("写更正的日期", "write the day of the correction"))
}

fn not_in_text(path: &SitePath, entry: &CorrectionEntry) -> Diagnostic {
    let title =
        message!("正文中没有更正后的文字", "the text does not contain the words after the correction");
    let fault = Diagnostic::new(Code::CORRECTION_NOT_IN_TEXT, title).at(path, entry.new.span.clone());
    fault.hint(message!(
        "从改正后的正文逐字复制 new，不跨段落；后来又改的，再记一条更正",
        "copy `new` from the corrected text, from within one paragraph; if it was changed again later, record \
         that as a further correction"
    ))
}
