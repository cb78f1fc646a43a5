//! The landing page of the site: one link for each language. The page for missing pages at the root is like it.

use serde::Serialize;

use crate::html::Html;
use crate::routes::{self, Page, Route};
use crate::theme::STYLE;
use crate::views::context::{PageContext, Phrase};
use crate::views::head;
use crate::views::json_ld;
use crate::views::strings;

/// The landing page.
#[derive(Clone, Debug, Serialize)]
pub struct RootView {
    /// BCP 47 tag of the page.
    pub lang: String,
    /// The way into each language.
    pub languages: Vec<LanguageEntry>,
    /// The Content Security Policy of the page.
    pub policy: String,
    /// The style sheet.
    pub style: String,
    /// The mark of the site.
    pub icon: String,
    /// The full address of the page.
    pub canonical: String,
    /// The description of the page for machines.
    pub json_ld: Html,
    /// True for the page for missing pages at the root, `404.html`.
    pub missing: bool,
}

/// The way into a language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageEntry {
    /// BCP 47 tag.
    pub lang: String,
    /// The name of the language in itself.
    pub name: String,
    /// The home page.
    pub href: String,
    /// Its full address.
    pub url: String,
    /// The name of the site in the language, or that the page is not there.
    pub title: Phrase,
    /// The site in one sentence, or what to do.
    pub description: Phrase,
}

/// The landing page of the site.
pub fn view(reader: &PageContext<'_>) -> RootView {
    let site = reader.site;
    let missing = *reader.route == Route::RootNotFound;
    let text = |texts: &crate::settings::Localized, code| {
        texts.get(&code).map_or_else(|| reader.localized(texts), |text| reader.phrase(text, code))
    };
    let entry = |language: &crate::settings::Language| {
        let route = Route::Page(language.code, Page::Home);
        let told = PageContext::new(reader.shared, reader.route, language.code);
        let (title, description) = match missing {
            true => (told.label(strings::not_found_title()), told.label(strings::not_found_description())),
            false => {
                (text(&site.settings.title, language.code), text(&site.settings.description, language.code))
            }
        };
        LanguageEntry {
            lang: language.tag.clone(),
            name: language.name.clone(),
            href: routes::href(site, reader.route, &route),
            url: routes::absolute(site, &route),
            title,
            description,
        }
    };
    RootView {
        lang: reader.language.tag.clone(),
        languages: site.settings.languages.iter().map(entry).collect(),
        policy: reader.shared.theme.policy.clone(),
        style: head::asset(reader, STYLE),
        icon: head::asset(reader, "mark.svg"),
        canonical: routes::absolute(site, reader.route),
        json_ld: json_ld::of_page(
            reader,
            &reader.localized(&site.settings.title).text,
            &reader.localized(&site.settings.description).text,
            &[],
        ),
        missing,
    }
}
