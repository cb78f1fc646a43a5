//! The glossary: every term, how it is rendered, and the tasks that use it.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::base::Lang;
use crate::html::{self, Html};
use crate::model::index::{TaskIndex, TermIndex};
use crate::routes::Page;
use crate::settings::Localized;
use crate::site::{ItemRef, Term};
use crate::views::blocks;
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::head::{self, PageView};
use crate::views::overlays;
use crate::views::strings;

/// Lists of tasks longer than this are folded up.
const LONG: usize = 12;

/// More tasks than this are left to the search: nobody reads on, and the page would grow with the site.
const MOST: usize = 120;

/// The glossary.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryView {
    /// The terms, by the initial of their rendering.
    pub groups: Vec<TermGroup>,
    /// How many terms there are.
    pub total: usize,
}

/// Terms with the same initial.
#[derive(Clone, Debug, Serialize)]
pub struct TermGroup {
    /// The initial, a capital letter; `#` for terms without a rendering.
    pub initial: String,
    /// The terms, in alphabetical order.
    pub terms: Vec<TermView>,
}

/// One term.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    /// The term in the original's language.
    pub original: Phrase,
    /// The rendering to use.
    pub approved: Option<Phrase>,
    /// Renderings that are as good.
    pub accepted: Vec<Phrase>,
    /// A note about it.
    pub note: Option<NoteView>,
    /// Terms of the same meaning on this page.
    pub synonyms: Vec<Link>,
    /// How many tasks use it.
    pub uses: usize,
    /// The first of them.
    pub tasks: Vec<Link>,
    /// Where the others are found.
    pub rest: Option<RestView>,
    /// Whether the list of tasks is long enough to be folded up.
    pub long: bool,
}

/// Tasks that are not listed.
#[derive(Clone, Debug, Serialize)]
pub struct RestView {
    /// How many they are.
    pub tasks: usize,
    /// The search for the term.
    pub href: String,
}

/// A note, in which terms of another language may occur.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// BCP 47 tag, if it differs from that of the page.
    pub lang: Option<String>,
    /// The words.
    pub html: Html,
}

/// The page of the glossary.
pub fn view(reader: &PageContext<'_>) -> PageView<GlossaryView> {
    let terms = &reader.site.glossary.terms;
    let lang = blocks::companion(reader);
    let mut groups: BTreeMap<String, Vec<(String, TermView)>> = BTreeMap::new();
    for index in terms.indices() {
        let view = term(reader, lang, index);
        let sort = view.approved.as_ref().map(|p| p.text.to_lowercase()).unwrap_or_default();
        let initial = sort.chars().next().map_or("#".to_owned(), |c| c.to_uppercase().collect());
        groups.entry(initial).or_default().push((sort, view));
    }
    let content = GlossaryView { groups: groups.into_iter().map(group).collect(), total: terms.len() };
    let title = reader.label(strings::glossary_title());
    let description = reader.say(strings::glossary_description(terms.len()));
    head::frame(reader, "glossary", title, description, vec![head::home_crumb(reader)], content)
}

fn group((initial, mut terms): (String, Vec<(String, TermView)>)) -> TermGroup {
    terms.sort_by(|a, b| (&a.0, &a.1.original).cmp(&(&b.0, &b.1.original)));
    TermGroup { initial, terms: terms.into_iter().map(|(_, term)| term).collect() }
}

fn term(reader: &PageContext<'_>, lang: Option<Lang>, index: TermIndex) -> TermView {
    let term = &reader.site.glossary.terms[index];
    let rendered = lang.and_then(|lang| Some((lang, term.entry.renderings.get(&lang)?)));
    let used = term.used_by.iter().filter_map(|item| Some((*item, task_of(reader, *item)?)));
    let used: Vec<_> = used.collect();
    let tasks: Vec<_> = used.iter().take(MOST).map(|(item, task)| link(reader, *item, *task)).collect();
    TermView {
        id: term.entry.id.value.clone(),
        original: original(reader, term),
        approved: rendered.map(|(lang, r)| reader.phrase(&r.approved, lang)),
        accepted: rendered
            .map(|(lang, r)| r.accepted.iter().map(|form| reader.phrase(form, lang)).collect())
            .unwrap_or_default(),
        note: (!term.entry.note.is_empty()).then(|| note(reader, &term.entry.note)),
        synonyms: term.synonyms.iter().map(|other| synonym(reader, *other)).collect(),
        uses: used.len(),
        long: tasks.len() > LONG,
        rest: (used.len() > MOST).then(|| RestView { tasks: used.len() - MOST, href: search(reader, term) }),
        tasks,
    }
}

fn note(reader: &PageContext<'_>, note: &Localized) -> NoteView {
    let Phrase { text, lang } = reader.localized(note);
    let overlays =
        overlays::foreign(reader, &text, if lang.is_some() { reader.original() } else { reader.lang });
    NoteView { html: html::inline(&text, 0..text.len(), &[], &overlays), lang }
}

fn original(reader: &PageContext<'_>, term: &Term) -> Phrase {
    reader.phrase(&term.entry.original.value, reader.original())
}

fn synonym(reader: &PageContext<'_>, index: TermIndex) -> Link {
    let term = &reader.site.glossary.terms[index];
    Link { href: format!("#{}", term.entry.id.value), text: original(reader, term) }
}

/// The search for a term, in the words of the page's language.
fn search(reader: &PageContext<'_>, term: &Term) -> String {
    let rendering = term.entry.renderings.get(&reader.lang).map(|rendering| &rendering.approved);
    let words = utf8_percent_encode(rendering.unwrap_or(&term.entry.original.value), NON_ALPHANUMERIC);
    format!("{}?q={words}", reader.href(Page::Search))
}

/// Which task of its plan an item is, if it is one.
fn task_of(reader: &PageContext<'_>, item: ItemRef) -> Option<TaskIndex> {
    reader.site.plans[item.plan].task_of(item.node)
}

/// A link to a task, by its id.
fn link(reader: &PageContext<'_>, item: ItemRef, task: TaskIndex) -> Link {
    let text = reader.site.item_id(item);
    reader.link(Page::Task(item.plan, task), Phrase { text, lang: None })
}
