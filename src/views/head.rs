//! The head of every page: title, languages, links, breadcrumbs.

use serde::Serialize;

use crate::html::Html;
use crate::routes::{self, Page, Route};
use crate::theme::STYLE;
use crate::views::context::{Link, PageContext, Phrase};
use crate::views::json_ld;
use crate::views::page;
use crate::views::search::{self, SearchBox};
use crate::views::share::{self, Share};
use crate::views::strings;

/// The frame around the content of a page.
#[derive(Clone, Debug, Serialize)]
pub struct PageHead {
    /// The kind of page, as a word: `home`, `plan`, `task` …
    pub kind: &'static str,
    /// BCP 47 tag of the page.
    pub lang: String,
    /// The code of the language, as in URLs.
    pub code: String,
    /// The title of the page, without the name of the site.
    pub title: Phrase,
    /// The page in one sentence.
    pub description: String,
    /// Its full address.
    pub canonical: String,
    /// The way up to the root of the site.
    pub root: String,
    /// The same page in every language of the site.
    pub alternates: Vec<Alternate>,
    /// The pages above this one, from home down.
    pub crumbs: Vec<Link>,
    /// The pages that every page leads to.
    pub nav: Vec<NavLink>,
    /// The name of the site.
    pub site_title: Phrase,
    /// The site in one sentence.
    pub site_description: Phrase,
    /// The home page.
    pub home: String,
    /// The Content Security Policy of the page.
    pub policy: String,
    /// The style sheet.
    pub style: String,
    /// The mark of the site.
    pub icon: String,
    /// The search.
    pub search: SearchBox,
    /// The script.
    pub script: String,
    /// The scripts of this kind of page.
    pub scripts: Vec<String>,
    /// The links for other programs.
    pub share: Option<Share>,
    /// The description of the page for machines.
    pub json_ld: Html,
    /// Whether the page is in the language of the originals.
    pub is_original: bool,
    /// Whether the page shows translations that the originals prevail over.
    pub is_unofficial: bool,
    /// Whether there is anything that the search could find.
    pub has_plans: bool,
    /// The day from which "days left" is counted.
    pub as_of: crate::views::context::Day,
}

/// The same page in a language.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    /// BCP 47 tag.
    pub lang: String,
    /// The name of the language in itself.
    pub name: String,
    /// Relative address, for people.
    pub href: String,
    /// Full address, for search engines.
    pub url: String,
    /// Whether it is this very page.
    pub current: bool,
}

/// A link of the site's navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    /// The address.
    pub href: String,
    /// The text.
    pub text: String,
    /// Its BCP 47 tag, if it is not in the language of the page.
    pub lang: Option<String>,
    /// Whether it leads to this very page.
    pub current: bool,
}

/// A page: its frame and its content.
#[derive(Clone, Debug, Serialize)]
pub struct PageView<C> {
    /// The frame.
    pub page: PageHead,
    /// The content.
    pub content: C,
}

/// Puts a frame around content.
pub fn frame<C>(
    reader: &PageContext<'_>,
    kind: &'static str,
    title: Phrase,
    description: String,
    crumbs: Vec<Link>,
    content: C,
) -> PageView<C> {
    let site = reader.site;
    let json_ld = json_ld::of_page(reader, &title.text, &description, &crumbs);
    let head = PageHead {
        kind,
        lang: reader.language.tag.clone(),
        code: reader.lang.to_string(),
        title,
        description,
        canonical: routes::absolute(site, reader.route),
        root: reader.root.clone(),
        alternates: alternates(reader),
        crumbs,
        nav: nav(reader),
        site_title: reader.localized(&site.settings.title),
        site_description: reader.localized(&site.settings.description),
        home: reader.href(Page::Home),
        policy: reader.shared.theme.policy.clone(),
        style: asset(reader, STYLE),
        icon: asset(reader, "mark.svg"),
        search: search::search_box(reader),
        script: asset(reader, "site.js"),
        scripts: scripts(kind).iter().map(|name| asset(reader, name)).collect(),
        share: share::of_page(reader),
        json_ld,
        is_original: reader.lang == reader.original(),
        is_unofficial: reader.lang != reader.original() && !site.plans.is_empty() && kind != "page",
        has_plans: !site.plans.is_empty(),
        as_of: reader.day(site.today),
    };
    PageView { page: head, content }
}

/// The scripts that a kind of page has beside those of every page. Nothing depends on them.
fn scripts(kind: &str) -> &'static [&'static str] {
    match kind {
        "timeline" | "tasks" => &["days.js", "filter.js"],
        "task" => &["days.js", "cite.js", "results.js"],
        "home" => &["days.js"],
        "plan" => &["days.js", "contents.js", "results.js"],
        "glossary" | "instruments" => &["filter.js"],
        _ => &[],
    }
}

/// The link that every trail of crumbs begins with.
pub fn home_crumb(reader: &PageContext<'_>) -> Link {
    reader.link(Page::Home, reader.label(strings::nav_home()))
}

/// The address of a file of the theme.
pub fn asset(reader: &PageContext<'_>, name: &str) -> String {
    let path = reader.shared.theme.assets.get(name).map_or("", String::as_str);
    format!("{}{path}", reader.root)
}

fn alternates(reader: &PageContext<'_>) -> Vec<Alternate> {
    let Route::Page(_, page) = *reader.route else { return Vec::new() };
    let languages = reader.site.settings.languages.iter();
    languages
        .map(|language| {
            let route = Route::Page(language.code, page);
            Alternate {
                lang: language.tag.clone(),
                name: language.name.clone(),
                href: routes::href(reader.site, reader.route, &route),
                url: routes::absolute(reader.site, &route),
                current: language.code == reader.lang,
            }
        })
        .collect()
}

/// The pages that there is something on, and the pages of text.
fn nav(reader: &PageContext<'_>) -> Vec<NavLink> {
    let site = reader.site;
    let plans = !site.plans.is_empty();
    let pages = [
        (strings::nav_home(), Page::Home, true),
        (strings::nav_plans(), Page::Plans, site.plans.len() > routes::HOME_PLANS),
        (strings::nav_tasks(), Page::Tasks, plans),
        (strings::nav_timeline(), Page::Timeline, plans),
        (strings::nav_threads(), Page::Threads, !site.threads.is_empty()),
        (strings::nav_topics(), Page::Topics, !site.topics.is_empty()),
        (strings::nav_bodies(), Page::Bodies, !site.bodies.is_empty()),
        (strings::nav_instruments(), Page::Instruments, plans),
        (strings::nav_glossary(), Page::Glossary, !site.glossary.terms.is_empty()),
        (strings::nav_data(), Page::Data, plans),
    ];
    let link = |page: Page, text: Phrase| NavLink {
        href: reader.href(page),
        text: text.text,
        lang: text.lang,
        current: matches!(reader.route, Route::Page(_, here) if *here == page),
    };
    let fixed = pages.into_iter().filter(|(_, _, shown)| *shown);
    let fixed = fixed.map(|(name, page, _)| link(page, reader.label(name)));
    let texts = site.pages.indices().map(|index| link(Page::Text(index), page::title(reader, index)));
    fixed.chain(texts).collect()
}
