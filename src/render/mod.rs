//! Render: one route of a site → the bytes of one file. Pure, so that it can be
//! mapped over all routes in parallel, or called for the one page asked for.

pub mod built_in;
pub mod calendar;
pub mod data;
pub mod dates;
pub mod fault;
pub mod feed;
pub mod html;
pub mod llms;
pub mod markdown;
pub mod open_search;
pub mod security;
pub mod sitemap;
pub mod strings;
pub mod styles;
pub mod theme;
pub mod views;
pub mod vocabulary;

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Lang};
use crate::resolve::Site;
use crate::routes::{Page, Route};
use theme::Theme;
use views::View;
use views::reader::Reader;

/// Renders the routes of a site with a theme.
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// The instruments by their titles in each language, for links in translations.
    titles: BTreeMap<(Lang, &'a str), usize>,
}

impl<'a> Renderer<'a> {
    /// Prepares to render.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        let of = |(index, instrument): (usize, &'a crate::resolve::site::Instrument)| {
            instrument.title.iter().map(move |(lang, title)| ((*lang, title.as_str()), index))
        };
        Self { site, theme, titles: site.instruments.iter().enumerate().flat_map(of).collect() }
    }

    /// The instrument of that title in a language.
    pub fn instrument(&self, lang: Lang, title: &str) -> Option<usize> {
        self.titles.get(&(lang, title)).copied()
    }

    /// The bytes of a route, or what is wrong with its template.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        match route {
            Route::Root => self.fill(self.site.settings.original(), self.root(route)),
            Route::Page(lang, page) => self.render_page(route, *lang, *page),
            Route::Twin(lang, page) => self.twin(*lang, *page),
            Route::Calendar(lang, scope) => {
                Ok(calendar::calendar(&Reader::new(self, route, *lang), *scope).into_bytes())
            }
            Route::Feed(lang, scope) => Ok(feed::feed(&Reader::new(self, route, *lang), *scope).into_bytes()),
            Route::OpenSearch(lang) => {
                Ok(open_search::description(&Reader::new(self, route, *lang)).into_bytes())
            }
            Route::Data(file) => Ok(data::bytes(self.site, *file)),
            Route::Llms => Ok(llms::llms(self).into_bytes()),
            Route::SearchStrings(lang) => {
                Ok(views::search::strings(&Reader::new(self, route, *lang)).into_bytes())
            }
            Route::Sitemap => Ok(sitemap::sitemap(self.site).into_bytes()),
            Route::Headers => Ok(security::headers(self.site, &self.theme.inline).into_bytes()),
            Route::Robots => Ok(sitemap::robots(self.site).into_bytes()),
            Route::File(path) => Ok(self.theme.files.get(path).map(|b| b.to_vec()).unwrap_or_default()),
        }
    }

    /// The Markdown twin of a page is made from the page, so that it says the same.
    fn twin(&self, lang: Lang, page: Page) -> Result<Vec<u8>, Diagnostic> {
        let html = self.render_page(&Route::Page(lang, page), lang, page)?;
        let text = markdown::twin(&String::from_utf8_lossy(&html), lang == self.site.settings.original());
        Ok(text.into_bytes())
    }

    fn render_page(&self, route: &Route, lang: Lang, page: Page) -> Result<Vec<u8>, Diagnostic> {
        self.fill(lang, self.received(route, lang, page))
    }

    fn fill(&self, lang: Lang, received: Received) -> Result<Vec<u8>, Diagnostic> {
        let Received { template, context } = received;
        let templates = &self.theme.local(lang).templates;
        let rendered = context.and_then(|context| templates.render(template, &context));
        rendered
            .map(String::into_bytes)
            .map_err(|error| fault::diagnostic(&error, template, &self.theme.templates))
    }

    fn root(&self, route: &Route) -> Received {
        self.page(route, self.site.settings.original(), &views::root::view)
    }

    /// What the template of a page receives.
    fn received(&self, route: &Route, lang: Lang, page: Page) -> Received {
        use views::{
            glossary, home, instruments, plan, search, simple, task, tasks, threads, timeline, topics,
        };
        match page {
            Page::Home => self.page(route, lang, &home::view),
            Page::Plan(p) => self.page(route, lang, &|r| plan::view(r, p)),
            Page::Task(p, t) => self.page(route, lang, &|r| task::view(r, p, t)),
            Page::Tasks => self.page(route, lang, &tasks::view),
            Page::Timeline => self.page(route, lang, &timeline::view),
            Page::Instruments => self.page(route, lang, &instruments::list),
            Page::Instrument(i) => self.page(route, lang, &|r| instruments::one(r, i)),
            Page::Threads => self.page(route, lang, &threads::list),
            Page::Thread(i) => self.page(route, lang, &|r| threads::one(r, i)),
            Page::Topics => self.page(route, lang, &topics::list),
            Page::Topic(i) => self.page(route, lang, &|r| topics::one(r, i)),
            Page::Search => self.page(route, lang, &search::view),
            Page::Glossary => self.page(route, lang, &glossary::view),
            Page::Data => self.page(route, lang, &simple::data),
            Page::NotFound => self.page(route, lang, &simple::not_found),
        }
    }

    fn page<V: View>(&self, route: &Route, lang: Lang, view: &dyn Fn(&Reader<'_>) -> V) -> Received {
        let reader = Reader::new(self, route, lang);
        Received { template: V::TEMPLATE, context: tera::Context::from_serialize(&view(&reader)) }
    }
}

/// A template, and what it receives.
struct Received {
    template: &'static str,
    context: tera::TeraResult<tera::Context>,
}
