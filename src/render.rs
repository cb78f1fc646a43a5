//! Render: one route of a site → the bytes of one file. Pure, so that it can be
//! mapped over all routes in parallel, or called for the one page asked for.

pub mod page_input;

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::{Diagnostic, Lang};
use crate::exports::data::DataFiles;
use crate::exports::{akn, atom, headers, ics, llms, opensearch, redirects, sitemap};
use crate::html::markdown;
use crate::routes::{Page, Route};
use crate::site::Site;
use crate::theme::{Theme, template_error};
use crate::views::comparisons::Comparisons;
use crate::views::context::PageContext;
use crate::views::shared::SiteContext;
use crate::views::{self, View};
use page_input::PageInput;

/// Renders the routes of a site with a theme.
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    theme: &'a Theme,
    shared: SiteContext<'a>,
    data: Arc<DataFiles<'a>>,
}

impl<'a> Renderer<'a> {
    /// Prepares to render every route.
    pub fn of_all(site: &'a Site, theme: &'a Theme) -> Self {
        Self::with(site, theme, Comparisons::of_all(site))
    }

    /// Prepares to render a few routes.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        Self::with(site, theme, Comparisons::of_few(site))
    }

    fn with(site: &'a Site, theme: &'a Theme, comparisons: Comparisons) -> Self {
        let data = Arc::new(DataFiles::new(site));
        let sizes = Arc::clone(&data);
        let shared = SiteContext::new(site, theme, comparisons, move |file| sizes.bytes(file).len());
        Self { site, theme, shared, data }
    }

    /// The bytes of a route, or what is wrong with its template.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        Ok(self.bytes(route)?.into_owned())
    }

    /// As [`Renderer::render`], without a copy of bytes that are in memory already.
    pub fn bytes(&self, route: &Route) -> Result<Cow<'_, [u8]>, Diagnostic> {
        let reader = |lang: Lang| PageContext::new(&self.shared, route, lang);
        let text = match route {
            Route::Root | Route::RootNotFound => return Ok(self.finish(&self.root(route))?.into()),
            Route::NoJekyll => return Ok(Cow::Borrowed(&[])),
            Route::Page(lang, page) => return Ok(self.finish(&self.received(route, *lang, *page))?.into()),
            Route::Markdown(lang, page) => return Ok(self.markdown(*lang, *page)?.into()),
            Route::Data(file) => return Ok(self.data.bytes(*file).into()),
            Route::File(path) => return Ok(self.theme.files.get(path).map_or(&[][..], |b| b).into()),
            Route::Calendar(lang, scope) => ics::calendar(&reader(*lang), *scope),
            Route::Feed(lang, scope) => atom::feed(&reader(*lang), *scope),
            Route::AkomaNtoso(lang, plan) => akn::document(&reader(*lang), *plan),
            Route::OpenSearch(lang) => opensearch::description(&reader(*lang)),
            Route::Llms => llms::llms(&self.shared),
            Route::SearchStrings(lang) => views::search::strings(&reader(*lang)),
            Route::Sitemap => sitemap::sitemap(self.site),
            Route::SitemapPart(part) => sitemap::part(self.site, *part),
            Route::Headers => headers::headers(self.site, &self.theme.inline, self.theme.files.keys()),
            Route::Redirect(lang, _, page) => redirects::page(&reader(*lang), *lang, *page),
            Route::HostRedirects => redirects::for_hosts(self.site),
            Route::NginxRedirects => redirects::for_nginx(self.site),
            Route::Robots => sitemap::robots(self.site),
        };
        Ok(text.into_bytes().into())
    }

    /// The Markdown version of a page is made from the page, so that it says the same.
    fn markdown(&self, lang: Lang, page: Page) -> Result<Vec<u8>, Diagnostic> {
        let html = self.finish(&self.received(&Route::Page(lang, page), lang, page))?;
        Ok(self.markdown_of(lang, &String::from_utf8_lossy(&html)))
    }

    /// The Markdown version of a page that was rendered in a language.
    pub fn markdown_of(&self, lang: Lang, html: &str) -> Vec<u8> {
        markdown::of_page(html, lang == self.site.settings.original()).into_bytes()
    }

    /// A page before it is written; `None` of what is no page.
    pub fn prepare(&self, route: &Route) -> Option<PageInput> {
        match route {
            Route::Root | Route::RootNotFound => Some(self.root(route)),
            Route::Page(lang, page) => Some(self.received(route, *lang, *page)),
            _ => None,
        }
    }

    /// The bytes of a page, or what is wrong with its template.
    pub fn finish(&self, page: &PageInput) -> Result<Vec<u8>, Diagnostic> {
        let (template, templates) = (page.template, &self.theme.local(page.lang).templates);
        let mut bytes = Bounded::default();
        let rendered = page.context().and_then(|context| templates.render_to(template, &context, &mut bytes));
        rendered
            .map(|()| bytes.0)
            .map_err(|error| template_error::diagnostic(&error, template, &self.theme.templates))
    }

    pub(crate) fn root(&self, route: &Route) -> PageInput {
        self.page(route, self.site.settings.original(), &views::root::view)
    }

    /// The data that the template of a page receives.
    pub(crate) fn received(&self, route: &Route, lang: Lang, page: Page) -> PageInput {
        use crate::views::{
            bodies, glossary, home, instruments, page, plan, plans, search, simple, task, tasks, threads,
            timeline, topics, transition,
        };
        match page {
            Page::Home => self.page(route, lang, &home::view),
            Page::Plan(p) => self.page(route, lang, &|r| plan::view(r, p)),
            Page::Task(p, t) => self.page(route, lang, &|r| task::view(r, p, t)),
            Page::Transition(p) => self.page(route, lang, &|r| transition::view(r, p)),
            Page::Plans => self.page(route, lang, &plans::view),
            Page::Tasks => self.page(route, lang, &tasks::view),
            Page::Timeline => self.page(route, lang, &timeline::view),
            Page::Instruments => self.page(route, lang, &instruments::list),
            Page::Instrument(i) => self.page(route, lang, &|r| instruments::one(r, i)),
            Page::Threads => self.page(route, lang, &threads::list),
            Page::Thread(i) => self.page(route, lang, &|r| threads::one(r, i)),
            Page::Topics => self.page(route, lang, &topics::list),
            Page::Topic(i) => self.page(route, lang, &|r| topics::one(r, i)),
            Page::Bodies => self.page(route, lang, &bodies::list),
            Page::Body(i) => self.page(route, lang, &|r| bodies::one(r, i)),
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
        view: &dyn Fn(&PageContext<'_>) -> V,
    ) -> PageInput {
        PageInput::new(lang, view(&PageContext::new(&self.shared, route, lang)))
    }
}

/// The output of a template, up to a size that no page has.
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
