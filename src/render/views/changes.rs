//! What changed in the words from one item to a later one, in the reader's language.

use serde::Serialize;

use super::reader::{Phrase, Reader};
use crate::base::Lang;
use crate::compare::{self, Run, RunKind, Script};
use crate::render::html::{self, ChangeLabels, Html};
use crate::resolve::site::ItemRef;
use crate::routes::{self, Route};

/// The words of two items, compared.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// BCP 47 tag of the words.
    pub lang: String,
    /// Both texts in one, removed and added words marked.
    pub inline: Html,
    /// The earlier text, removed words marked.
    pub old: Html,
    /// The later text, added words marked.
    pub new: Html,
    /// How much of the two texts is the same, in percent.
    pub shared: usize,
    /// The same comparison in the other languages of the site.
    pub others: Vec<Other>,
}

/// The same comparison in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    /// Where it is.
    pub href: String,
    /// What the language calls itself.
    pub name: Phrase,
    /// BCP 47 tag of the page.
    pub lang: String,
}

/// Compares two items in the reader's language, or in the original's if either is not translated.
pub fn between(reader: &Reader<'_>, from: ItemRef, to: ItemRef, anchor: &str) -> Difference {
    let (lang, old, new) = match (translation(reader, from), translation(reader, to)) {
        (Some(old), Some(new)) => (reader.lang, old, new),
        _ => (reader.original(), original(reader, from), original(reader, to)),
    };
    let tag = reader.tag(lang);
    let runs = compare::compare(&old, &new, Script::of(tag));
    let labels = ChangeLabels {
        removed: reader.say("change-removed"),
        added: reader.say("change-added"),
        end: reader.say("change-end"),
    };
    let without =
        |kind: RunKind| -> Vec<Run> { runs.iter().filter(|run| run.kind != kind).cloned().collect() };
    Difference {
        lang: tag.to_owned(),
        inline: html::changes(&runs, &labels),
        old: html::changes(&without(RunKind::Added), &labels),
        new: html::changes(&without(RunKind::Removed), &labels),
        shared: shared(&runs),
        others: others(reader, anchor),
    }
}

/// The words of an item below its heading in the original, a line a block.
fn original(reader: &Reader<'_>, item: ItemRef) -> String {
    let plan = &reader.site.plans[item.plan];
    let blocks = &plan.blocks[plan.nodes[item.node].body()];
    blocks.iter().map(|block| block.original.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The same in the reader's language; `None` if that is the original's or a block is not translated.
fn translation(reader: &Reader<'_>, item: ItemRef) -> Option<String> {
    let plan = &reader.site.plans[item.plan];
    let blocks = &plan.blocks[plan.nodes[item.node].body()];
    let texts: Option<Vec<_>> =
        blocks.iter().map(|b| Some(b.translations.get(&reader.lang)?.block.text.as_str())).collect();
    Some(texts?.join("\n"))
}

/// Twice the characters in both texts, of the characters of either.
fn shared(runs: &[Run]) -> usize {
    let count = |run: &Run| run.text.chars().filter(|c| c.is_alphanumeric()).count();
    let same: usize = runs.iter().filter(|run| run.kind == RunKind::Same).map(count).sum();
    let changed: usize = runs.iter().filter(|run| run.kind != RunKind::Same).map(count).sum();
    200 * same / (2 * same + changed).max(1)
}

fn others(reader: &Reader<'_>, anchor: &str) -> Vec<Other> {
    let Route::Page(here, page) = *reader.route else { return Vec::new() };
    let other = |lang: Lang, name: &str| {
        let href = routes::href(reader.site, reader.route, &Route::Page(lang, page));
        Other {
            href: format!("{href}#{anchor}"),
            name: reader.phrase(name, lang),
            lang: reader.tag(lang).into(),
        }
    };
    let languages = reader.site.settings.languages.iter().filter(|language| language.code != here);
    languages.map(|language| other(language.code, &language.name)).collect()
}
