//! The changes of wording from one item to a later one, in the reader's language.

use serde::Serialize;

use crate::base::Lang;
use crate::compare::{Run, RunKind};
use crate::html::{self, ChangeLabels, Html};
use crate::model::index::LinkIndex;
use crate::routes::{self, Route};
use crate::views::context::{PageContext, Phrase};
use crate::views::strings;

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
    /// The name of the language in itself.
    pub name: Phrase,
    /// BCP 47 tag of the page.
    pub lang: String,
}

/// Compares the two items of a link in the reader's language, or in the original's if either is not translated.
pub fn of_link(reader: &PageContext<'_>, link: LinkIndex, anchor: &str) -> Difference {
    let (lang, runs) = reader.shared.comparison(link, reader.lang);
    let labels = ChangeLabels {
        removed: reader.say(strings::change_removed()),
        added: reader.say(strings::change_added()),
        end: reader.say(strings::change_end()),
    };
    let without = |kind: RunKind| runs.iter().filter(move |run| run.kind != kind);
    Difference {
        lang: reader.tag(lang).to_owned(),
        inline: html::changes(runs.iter(), &labels),
        old: html::changes(without(RunKind::Added), &labels),
        new: html::changes(without(RunKind::Removed), &labels),
        shared: shared(&runs),
        others: others(reader, anchor),
    }
}

/// Twice the characters in both texts, of the characters of either.
fn shared(runs: &[Run]) -> usize {
    let count = |run: &Run| run.text.chars().filter(|c| c.is_alphanumeric()).count();
    let same: usize = runs.iter().filter(|run| run.kind == RunKind::Same).map(count).sum();
    let changed: usize = runs.iter().filter(|run| run.kind != RunKind::Same).map(count).sum();
    200 * same / (2 * same + changed).max(1)
}

fn others(reader: &PageContext<'_>, anchor: &str) -> Vec<Other> {
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
