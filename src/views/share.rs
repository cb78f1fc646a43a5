//! How a page presents itself to other programs: feeds, search, previews, its Markdown version.

use serde::Serialize;

use crate::model::index::PlanIndex;
use crate::routes::{self, Page, Route, Scope};
use crate::views::context::{PageContext, Phrase};

/// The links in the head of a page for other programs.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// The full address of the page for those who read none of its languages.
    pub default: String,
    /// The Markdown version, if the page has one.
    pub markdown: Option<String>,
    /// The Akoma Ntoso version of a plan, if the page has one.
    pub akn: Option<String>,
    /// The feeds that tell what is new on the page or the site.
    pub feeds: Vec<Offer>,
    /// The description of the search.
    pub search: String,
    /// The type of the page for previews (Open Graph): `website` or `article`.
    pub kind: &'static str,
    /// The language of the page as previews name it.
    pub locale: String,
    /// The other languages of the page as previews name them.
    pub other_locales: Vec<String>,
}

/// A file that a page offers.
#[derive(Clone, Debug, Serialize)]
pub struct Offer {
    /// Its address.
    pub href: String,
    /// Its name.
    pub title: Phrase,
}

/// The links of a page for other programs; none if it is not a page in a language.
pub fn of_page(reader: &PageContext<'_>) -> Option<Share> {
    let Route::Page(lang, page) = *reader.route else { return None };
    let href = |route: &Route| routes::href(reader.site, reader.route, route);
    let others = reader.site.settings.languages.iter().filter(|language| language.code != lang);
    Some(Share {
        default: routes::absolute(reader.site, &routes::default_version(reader.site, page)),
        markdown: routes::has_markdown(page).then(|| href(&Route::Markdown(lang, page))),
        akn: akn_of(reader, page),
        feeds: feeds_of(reader, page),
        search: href(&Route::OpenSearch(lang)),
        kind: if matches!(page, Page::Plan(_) | Page::Task(..)) { "article" } else { "website" },
        locale: locale(&reader.language.tag),
        other_locales: others.map(|language| locale(&language.tag)).collect(),
    })
}

fn akn_of(reader: &PageContext<'_>, page: Page) -> Option<String> {
    let Page::Plan(plan) = page else { return None };
    akn(reader, plan).map(|offer| offer.href)
}

fn feeds_of(reader: &PageContext<'_>, page: Page) -> Vec<Offer> {
    let own = match page {
        Page::Plan(plan) | Page::Task(plan, _) => Some(Scope::Plan(plan)),
        Page::Topic(topic) => Some(Scope::Topic(topic)),
        Page::Body(body) => Some(Scope::Body(body)),
        _ => None,
    };
    let there = own.filter(|scope| routes::has_feed(reader.site, *scope));
    std::iter::once(Scope::Site).chain(there).map(|scope| feed(reader, scope)).collect()
}

/// The feed of the site, of a plan or of a topic that has one.
pub fn feed(reader: &PageContext<'_>, scope: Scope) -> Offer {
    offer(reader, &Route::Feed(reader.lang, scope), scope)
}

/// The calendars of the site and of each plan with a due day.
pub fn calendars(reader: &PageContext<'_>) -> Vec<Offer> {
    let listed = routes::calendars(reader.site).into_iter().filter(routes::is_listed);
    listed.map(|scope| offer(reader, &Route::Calendar(reader.lang, scope), scope)).collect()
}

/// The feeds of the site and of each plan.
pub fn feeds(reader: &PageContext<'_>) -> Vec<Offer> {
    routes::feeds(reader.site)
        .into_iter()
        .filter(routes::is_listed)
        .map(|scope| feed(reader, scope))
        .collect()
}

/// The calendar of the site, of a plan or of a topic, if anything is due.
pub fn calendar(reader: &PageContext<'_>, scope: Scope) -> Option<Offer> {
    let there = routes::has_calendar(reader.site, scope);
    there.then(|| offer(reader, &Route::Calendar(reader.lang, scope), scope))
}

/// The Akoma Ntoso version of a plan in the reader's language, if it has one.
pub fn akn(reader: &PageContext<'_>, plan: PlanIndex) -> Option<Offer> {
    let there = routes::has_akn(reader.site, reader.lang, plan);
    there.then(|| offer(reader, &Route::AkomaNtoso(reader.lang, plan), Scope::Plan(plan)))
}

/// The Akoma Ntoso versions of all plans that have one.
pub fn akns(reader: &PageContext<'_>) -> Vec<Offer> {
    reader.site.plans.indices().filter_map(|plan| akn(reader, plan)).collect()
}

fn offer(reader: &PageContext<'_>, route: &Route, scope: Scope) -> Offer {
    Offer { href: routes::href(reader.site, reader.route, route), title: name(reader, scope) }
}

/// The tag as previews write it: `zh_CN` for `zh-Hans-CN`. A tag that names no
/// region gives the language alone.
fn locale(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or(tag);
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase()));
    region.map_or_else(|| language.to_owned(), |region| format!("{language}_{region}"))
}

/// The title of a calendar or feed: that of the site, of the plan or of the topic.
pub fn name(reader: &PageContext<'_>, scope: Scope) -> Phrase {
    match scope {
        Scope::Site => reader.localized(&reader.site.settings.title),
        Scope::Plan(plan) => reader.plan_title(&reader.site.plans[plan]),
        Scope::Topic(topic) => reader.localized(&reader.site.topics[topic].title),
        Scope::Body(body) => reader.localized(&reader.site.bodies[body].name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn previews_name_languages_with_their_region() {
        for (tag, expected) in [("zh-Hans-CN", "zh_CN"), ("zh-Hans", "zh"), ("en", "en"), ("en-GB", "en_GB")]
        {
            assert_eq!(locale(tag), expected);
        }
    }
}
