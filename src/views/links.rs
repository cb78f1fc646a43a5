//! Links between tasks in the reader's language: what leads on, why, and what changed in the words.

use serde::Serialize;

use crate::model::index::{EndIndex, LinkIndex, ThreadIndex};
use crate::routes::Page;
use crate::views::changes::{self, Difference};
use crate::views::context::{self, PageContext, Phrase};
use crate::views::items::{self, ItemView};
use crate::views::strings;

/// A link from an item to one of a later year.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Its anchor on the page, the same in every language.
    pub anchor: String,
    /// `continues`, `splits-into`, `merges-into` or `related`.
    pub kind: &'static str,
    /// The kind of link, in words.
    pub forward: String,
    /// The same seen from the later item.
    pub backward: String,
    /// The earlier item.
    pub from: ItemView,
    /// The later item.
    pub to: ItemView,
    /// The reason.
    pub reason: Phrase,
    /// The line of work it belongs to.
    pub thread: context::Link,
    /// The changes of wording.
    pub difference: Difference,
}

/// A task without a counterpart.
#[derive(Clone, Debug, Serialize)]
pub struct EndView {
    /// `new` or `dropped`.
    pub kind: &'static str,
    /// The meaning, in words.
    pub words: String,
    /// The task.
    pub task: ItemView,
    /// The item in which something of a dropped task lives on.
    pub residue: Option<ItemView>,
    /// The reason.
    pub reason: Phrase,
    /// The line of work it belongs to.
    pub thread: context::Link,
}

/// A link by its index in the site.
pub fn view(reader: &PageContext<'_>, index: LinkIndex) -> LinkView {
    let link = &reader.site.links[index];
    let (from, to) = (items::view(reader, link.from), items::view(reader, link.to));
    let anchor = format!("{}-to-{}", from.id, to.id).replace('/', "-");
    LinkView {
        kind: link.kind.as_str(),
        forward: reader.say(strings::link(link.kind)),
        backward: reader.say(strings::link_back(link.kind)),
        reason: reader.localized(&link.reason),
        thread: thread(reader, link.thread),
        difference: changes::of_link(reader, index, &anchor),
        anchor,
        from,
        to,
    }
}

/// An end by its index in the site.
pub fn end(reader: &PageContext<'_>, index: EndIndex) -> EndView {
    let end = &reader.site.ends[index];
    EndView {
        kind: end.kind.as_str(),
        words: reader.say(strings::end(end.kind)),
        task: items::view(reader, end.task),
        residue: end.residue.map(|item| items::view(reader, item)),
        reason: reader.localized(&end.reason),
        thread: thread(reader, end.thread),
    }
}

/// A line of work by its index in the site, as a link.
pub fn thread(reader: &PageContext<'_>, index: ThreadIndex) -> context::Link {
    reader.link(Page::Thread(index), reader.localized(&reader.site.threads[index].title))
}
