//! The search: the box on every page, and the page of its own.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::routes::{self, Page, Route};
use crate::views::context::PageContext;
use crate::views::head::{self, PageView};
use crate::views::strings;

/// The data of the search box.
#[derive(Clone, Debug, Serialize)]
pub struct SearchBox {
    /// The search page.
    pub href: String,
    /// The script that every page loads; it loads the rest when a visitor turns to the search.
    pub script: String,
    /// The script that shows results.
    pub ui: String,
    /// The engine's script.
    pub engine: String,
    /// The way up to the root of the site, to which the addresses of hits are relative.
    pub base: String,
    /// The code of the page's language.
    pub lang: String,
    /// The interface strings of the scripts.
    pub strings: String,
}

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The page of all tasks, for those who have no scripts.
    pub tasks: String,
    /// The script that writes results to files.
    pub save: String,
}

/// The data of the search box of a page.
pub fn search_box(reader: &PageContext<'_>) -> SearchBox {
    let base = if reader.root.is_empty() { "./".to_owned() } else { reader.root.clone() };
    SearchBox {
        href: reader.href(Page::Search),
        script: head::asset(reader, "search.js"),
        ui: head::asset(reader, "search-ui.js"),
        engine: format!("{base}search/gongbao-search.js"),
        base,
        lang: reader.lang.to_string(),
        strings: routes::href(reader.site, reader.route, &Route::SearchStrings(reader.lang)),
    }
}

/// `/search/strings.<language>.json`: the interface strings of the scripts, the names of the site's
/// languages, and for references the issuers of plans and the status of the texts.
pub fn strings(reader: &PageContext<'_>) -> String {
    let stems = strings::SEARCH.iter().filter_map(|name| name.strip_suffix("other"));
    let forms = stems
        .flat_map(|stem| strings::PLURAL_CATEGORIES.iter().map(move |category| format!("{stem}{category}")));
    let all = strings::SEARCH.iter().map(|name| (*name).to_owned()).chain(forms);
    let languages = reader.site.settings.languages.iter();
    let is_translated = reader.lang != reader.original();
    let strings: BTreeMap<String, String> = all
        .filter(|name| reader.local.strings.contains(&format!("search-{name}")))
        .map(|name| (name.clone(), reader.say(strings::of_search(&name))))
        .chain(languages.map(|language| (format!("language-{}", language.code), language.name.clone())))
        .chain([("original".to_owned(), reader.site.settings.tag(reader.original()).to_owned())])
        .chain(issuers(reader))
        .chain(is_translated.then(|| ("unofficial".to_owned(), reader.say(strings::unofficial()))))
        .collect();
    serde_json::to_string(&strings).expect("strings are plain data") + "\n"
}

/// The issuers of the plans that state one: `issuer-2023`.
fn issuers(reader: &PageContext<'_>) -> impl Iterator<Item = (String, String)> {
    let plans = reader.site.plans.iter().filter(|plan| !plan.issuer.is_empty());
    plans.map(|plan| (format!("issuer-{}", plan.id), reader.localized(&plan.issuer).text))
}

/// The search page.
pub fn view(reader: &PageContext<'_>) -> PageView<SearchView> {
    let title = reader.label(strings::search_title());
    let description = reader.say(strings::search_description());
    let content = SearchView { tasks: reader.href(Page::Tasks), save: head::asset(reader, "search-save.js") };
    head::frame(reader, "search", title, description, vec![head::home_crumb(reader)], content)
}
