//! Render: one route of a site → the bytes of one file. Pure, so that it can be
//! mapped over all routes in parallel, or called for the one page asked for.

pub mod built_in;
pub mod calendar;
pub mod comparisons;
mod cycles;
pub mod data;
pub mod dates;
pub mod fault;
pub mod feed;
pub mod html;
pub mod inert;
pub mod llms;
pub mod markdown;
mod numbers;
pub mod open_search;
pub mod prepared;
mod reach;
pub mod security;
pub mod sitemap;
pub mod strings;
pub mod styles;
pub mod theme;
pub mod titles;
pub mod views;
pub mod vocabulary;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use comparisons::Comparisons;

use crate::base::{Diagnostic, Lang};
use crate::compare::Run;
use crate::resolve::Site;
use crate::routes::{DataFile, Page, Route};
use prepared::Prepared;
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
    comparisons: Comparisons,
    data: [OnceLock<Vec<u8>>; DataFile::ALL.len()],
}

impl<'a> Renderer<'a> {
    /// Prepares to render every route.
    pub fn of_all(site: &'a Site, theme: &'a Theme) -> Self {
        Self { comparisons: Comparisons::of_all(site), ..Self::new(site, theme) }
    }

    /// Prepares to render a few routes.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        theme.titles.prepare(site);
        let of = |(index, instrument): (usize, &'a crate::resolve::site::Instrument)| {
            instrument.title.iter().map(move |(lang, title)| ((*lang, title.as_str()), index))
        };
        Self {
            site,
            theme,
            titles: site.instruments.iter().enumerate().flat_map(of).collect(),
            comparisons: Comparisons::of_few(site),
            data: Default::default(),
        }
    }

    /// What changed in the words of a link of the site, and the language of these words.
    pub fn comparison(&self, link: usize, lang: Lang) -> (Lang, Arc<[Run]>) {
        self.comparisons.get(self.site, link, lang)
    }

    /// A file of open data. Pages state the sizes of these files.
    pub fn data(&self, file: DataFile) -> &[u8] {
        let index = DataFile::ALL.iter().position(|other| *other == file).expect("all files are in the list");
        self.data[index].get_or_init(|| data::bytes(self, file))
    }

    /// The instrument of that title in a language.
    pub fn instrument(&self, lang: Lang, title: &str) -> Option<usize> {
        self.titles.get(&(lang, title)).copied()
    }

    /// The bytes of a route, or what is wrong with its template.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        Ok(self.bytes(route)?.into_owned())
    }

    /// As [`Renderer::render`], without a copy of what lies in memory already.
    pub fn bytes(&self, route: &Route) -> Result<Cow<'_, [u8]>, Diagnostic> {
        let reader = |lang: Lang| Reader::new(self, route, lang);
        let text = match route {
            Route::Root | Route::RootNotFound => return Ok(self.finish(&self.root(route))?.into()),
            Route::NoJekyll => return Ok(Cow::Borrowed(&[])),
            Route::Page(lang, page) => return Ok(self.finish(&self.received(route, *lang, *page))?.into()),
            Route::Twin(lang, page) => return Ok(self.twin(*lang, *page)?.into()),
            Route::Data(file) => return Ok(self.data(*file).into()),
            Route::File(path) => return Ok(self.theme.files.get(path).map_or(&[][..], |b| b).into()),
            Route::Calendar(lang, scope) => calendar::calendar(&reader(*lang), *scope),
            Route::Feed(lang, scope) => feed::feed(&reader(*lang), *scope),
            Route::OpenSearch(lang) => open_search::description(&reader(*lang)),
            Route::Llms => llms::llms(self),
            Route::SearchStrings(lang) => views::search::strings(&reader(*lang)),
            Route::Sitemap => sitemap::sitemap(self.site),
            Route::SitemapPart(part) => sitemap::part(self.site, *part),
            Route::Headers => security::headers(self.site, &self.theme.inline, self.theme.files.keys()),
            Route::Robots => sitemap::robots(self.site),
        };
        Ok(text.into_bytes().into())
    }

    /// The Markdown twin of a page is made from the page, so that it says the same.
    fn twin(&self, lang: Lang, page: Page) -> Result<Vec<u8>, Diagnostic> {
        let html = self.finish(&self.received(&Route::Page(lang, page), lang, page))?;
        Ok(self.twin_of(lang, &String::from_utf8_lossy(&html)))
    }

    /// The Markdown twin of a page that was rendered in a language.
    pub fn twin_of(&self, lang: Lang, html: &str) -> Vec<u8> {
        markdown::twin(html, lang == self.site.settings.original()).into_bytes()
    }

    /// A page before it is written; `None` of what is no page.
    pub fn prepare(&self, route: &Route) -> Option<Prepared> {
        match route {
            Route::Root | Route::RootNotFound => Some(self.root(route)),
            Route::Page(lang, page) => Some(self.received(route, *lang, *page)),
            _ => None,
        }
    }

    /// The bytes of a page, or what is wrong with its template.
    pub fn finish(&self, page: &Prepared) -> Result<Vec<u8>, Diagnostic> {
        let (template, templates) = (page.template, &self.theme.local(page.lang).templates);
        let mut bytes = Bounded::default();
        let rendered = page.context().and_then(|context| templates.render_to(template, &context, &mut bytes));
        rendered.map(|()| bytes.0).map_err(|error| fault::diagnostic(&error, template, &self.theme.templates))
    }

    fn root(&self, route: &Route) -> Prepared {
        self.page(route, self.site.settings.original(), &views::root::view)
    }

    /// What the template of a page receives.
    fn received(&self, route: &Route, lang: Lang, page: Page) -> Prepared {
        use views::{
            glossary, home, instruments, page, plan, search, simple, task, tasks, threads, timeline, topics,
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
            Page::Text(i) => self.page(route, lang, &|r| page::view(r, i)),
            Page::Data => self.page(route, lang, &simple::data),
            Page::NotFound => self.page(route, lang, &simple::not_found),
        }
    }

    fn page<V: View + 'static>(
        &self,
        route: &Route,
        lang: Lang,
        view: &dyn Fn(&Reader<'_>) -> V,
    ) -> Prepared {
        Prepared::new(lang, view(&Reader::new(self, route, lang)))
    }
}

/// What a template writes, up to a size that no page has.
#[derive(Default)]
struct Bounded(Vec<u8>);

impl Bounded {
    /// 256 MiB. A template that loops for ever would fill the memory.
    const LIMIT: usize = 1 << 28;
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > Self::LIMIT {
            return Err(std::io::Error::other("the page is larger than 256 MiB"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
