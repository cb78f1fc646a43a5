//! The reader: who looks at which page, in which language. Views are made for one.

use std::borrow::Cow;

use fluent_bundle::FluentArgs;
use serde::Serialize;

use crate::base::{Date, Lang, SitePath};
use crate::model::index::{InstrumentIndex, NodeIndex, TaskIndex};
use crate::model::{Mark, MarkKind};
use crate::routes::{self, Page, Route};
use crate::settings::{Language, Localized};
use crate::site::{Address, Plan, Site};
use crate::theme::Local;
use crate::views::shared::SiteContext;
use crate::views::strings::{self, InterfaceString};

/// Someone who reads one page in one language.
pub struct PageContext<'a> {
    /// The values that all pages share.
    pub shared: &'a SiteContext<'a>,
    /// The site.
    pub site: &'a Site,
    /// The page.
    pub route: &'a Route,
    /// The language of the page.
    pub lang: Lang,
    /// The same language with its tag and name.
    pub language: &'a Language,
    /// The parts of the theme for the language.
    pub local: &'a Local,
    /// The way up from the page to the root of the site.
    pub root: String,
}

/// A text, with its language where that is not the language of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// The BCP 47 tag, if it differs from that of the page.
    pub lang: Option<String>,
}

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The text.
    pub text: Phrase,
}

impl<'a> PageContext<'a> {
    /// A reader of a route.
    pub fn new(shared: &'a SiteContext<'a>, route: &'a Route, lang: Lang) -> Self {
        let site = shared.site;
        let language = site.settings.language(lang).expect("routes are made for the languages of the site");
        let (local, root) = (shared.theme.local(lang), routes::root(site, route));
        Self { shared, site, route, lang, language, local, root }
    }

    /// The language of the originals.
    pub fn original(&self) -> Lang {
        self.site.settings.original()
    }

    /// The BCP 47 tag of a language of the site.
    pub fn tag(&self, lang: Lang) -> &'a str {
        self.site.settings.tag(lang)
    }

    /// The address of a page in the reader's language.
    pub fn href(&self, page: Page) -> String {
        routes::href(self.site, self.route, &Route::Page(self.lang, page))
    }

    /// The marks of a text of a file, with links as this page writes them.
    pub fn marks<'m>(&self, file: &SitePath, marks: &'m [Mark]) -> Cow<'m, [Mark]> {
        let Some(addresses) = self.site.addresses.get(file) else { return Cow::Borrowed(marks) };
        let mut marks = marks.to_vec();
        for mark in &mut marks {
            if let MarkKind::Link(written) = &mut mark.kind
                && let Some(address) = addresses.get(written)
            {
                *written = self.address(address);
            }
        }
        Cow::Owned(marks)
    }

    fn address(&self, address: &Address) -> String {
        match address {
            Address::InLanguage(url) => format!("{}{}/{url}", self.root, self.lang),
            Address::InSite(url) => format!("{}{url}", self.root),
        }
    }

    /// A link to a page in the reader's language.
    pub fn link(&self, page: Page, text: Phrase) -> Link {
        Link { href: self.href(page), text }
    }

    /// A text that is in `lang`.
    pub fn phrase(&self, text: &str, lang: Lang) -> Phrase {
        let foreign = lang != self.lang;
        Phrase { text: text.to_owned(), lang: foreign.then(|| self.tag(lang).to_owned()) }
    }

    /// A text if it is in the reader's language, or else a string of the theme.
    pub fn own_or(&self, phrase: &Phrase, string: InterfaceString<'_>) -> String {
        if phrase.lang.is_none() { phrase.text.clone() } else { self.say(string) }
    }

    /// A text in the reader's language, or else in the original's, or else in any.
    pub fn localized(&self, texts: &Localized) -> Phrase {
        let own = texts.get_key_value(&self.lang);
        let found = own.or_else(|| texts.get_key_value(&self.original())).or_else(|| texts.iter().next());
        found.map_or_else(Phrase::default, |(lang, text)| self.phrase(text, *lang))
    }

    /// A string of the theme.
    pub fn say(&self, string: InterfaceString<'_>) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in string.variables {
            fluent.set(name, value.fluent());
        }
        // Themes are checked for missing strings when they are loaded.
        self.local.strings.get(&string.name, &fluent).unwrap_or_else(|| string.name.into_owned())
    }

    /// A string of the theme as a title or the text of a link.
    pub fn label(&self, string: InterfaceString<'_>) -> Phrase {
        Phrase { text: self.say(string), lang: None }
    }

    /// A day in the reader's language.
    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), words: self.local.dates.day(date) }
    }

    /// The title of a plan.
    pub fn plan_title(&self, plan: &Plan) -> Phrase {
        self.localized(&plan.title)
    }

    /// The kind of a plan, in words.
    pub fn kind(&self, plan: &Plan) -> String {
        self.say(strings::plan_kind(plan.kind))
    }

    /// The number and title of a node.
    pub fn numbered_title(&self, plan: &Plan, node: NodeIndex) -> Phrase {
        let (heading, lang) = plan.heading(node, self.lang, self.original());
        let tight = heading.label.ends_with(['、', '）']) || heading.label.is_empty();
        let space = if tight { "" } else { " " };
        self.phrase(&format!("{}{space}{}", heading.label, heading.title), lang)
    }

    /// The text of a task in the reader's language, or else in the original's, a line a block.
    pub fn task_text(&self, plan: &Plan, task: TaskIndex) -> String {
        let text = |lang| plan.text(plan.tasks[task].node, lang, self.original());
        text(self.lang).or_else(|| text(self.original())).unwrap_or_default()
    }

    /// A link to an instrument.
    pub fn instrument_link(&self, index: InstrumentIndex) -> Link {
        self.link(Page::Instrument(index), self.localized(&self.site.instruments[index].title))
    }

    /// The title of a node of a plan.
    pub fn node_title(&self, plan: &Plan, node: NodeIndex) -> Phrase {
        let (heading, lang) = plan.heading(node, self.lang, self.original());
        self.phrase(&heading.title, lang)
    }
}

/// A day, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// ISO 8601: `2025-12-31`.
    pub iso: String,
    /// In the reader's language.
    pub words: String,
}
