//! The verdict on a site: one list of findings for `check`, `build` and `serve`.
//!
//! [`pipeline::compile`](crate::pipeline::compile) finds what is wrong with the files. Pages are looked at
//! once nothing is, since theirs would be consequences: each is rendered, and its links are followed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::{self, Code, Diagnostic, SitePath, Span};
use crate::index;
use crate::links::written::Fragments;
use crate::links::{Dead, LinkableFiles, PageLinks};
use crate::message;
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::routes::{self, Route, RouteTable};
use crate::site::Site;
use crate::theme::Theme;

/// A site as its pages are rendered.
#[derive(Clone, Copy)]
pub struct RenderedPages<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// The routes.
    pub routes: &'a RouteTable,
}

/// The work of rendering a page, with an end to it.
pub type RenderGuard<'a> = dyn Fn(&SitePath, &mut dyn FnMut()) + Sync + 'a;

impl<'a> RenderedPages<'a> {
    /// The pages of a compiled site.
    pub fn of(compiled: &'a Compiled) -> Self {
        Self { site: &compiled.site, theme: &compiled.theme, routes: &compiled.routes }
    }

    /// The files that links of pages may lead to: all routes and the engine of the search.
    pub fn files(self) -> LinkableFiles {
        let routes = self.routes.list.iter().map(|route| routes::file(self.site, route));
        let settings = &self.site.settings;
        LinkableFiles::new(routes.chain(index::engine_paths()), [&settings.base_url, &settings.own_url])
    }

    /// The routes that are pages.
    fn pages(self) -> impl ParallelIterator<Item = &'a Route> {
        self.routes
            .list
            .par_iter()
            .filter(|route| matches!(route, Route::Root | Route::RootNotFound | Route::Page(..)))
    }

    /// Renders every page and gives what is wrong: with templates, or if nothing is, with links.
    /// `around` is told of each page by its path, and lets it be rendered.
    pub fn faults(self, around: &RenderGuard<'_>) -> Vec<Diagnostic> {
        let renderer = Renderer::of_all(self.site, self.theme);
        let files = self.files();
        let page = |route: &Route| {
            let path = routes::file(self.site, route);
            let mut result = Ok(PageLinks::default());
            around(&path, &mut || {
                result =
                    renderer.render(route).map(|bytes| files.read(&path, &String::from_utf8_lossy(&bytes)));
            });
            result.map(|links| (path, links))
        };
        let (links, faults): (BTreeMap<_, _>, Vec<_>) =
            self.pages().map(page).partition_map(|page| match page {
                Ok(page) => rayon::iter::Either::Left(page),
                Err(fault) => rayon::iter::Either::Right(fault),
            });
        if faults.is_empty() { self.dead_links(&files, links.iter()) } else { faults }
    }

    /// The diagnostics of the links of finished pages.
    pub fn dead_links<'p>(
        self,
        files: &LinkableFiles,
        pages: impl Iterator<Item = (&'p SitePath, &'p PageLinks)> + Clone,
    ) -> Vec<Diagnostic> {
        self.dead(&files.check(pages, &|path| self.page(path)))
    }

    /// A page once more, by its path.
    fn page(self, path: &SitePath) -> String {
        let bytes =
            self.route(path).and_then(|route| Renderer::new(self.site, self.theme).render(route).ok());
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    }

    fn route(self, path: &SitePath) -> Option<&'a Route> {
        let address = path.as_str().strip_suffix("index.html");
        let folder = address.filter(|address| address.is_empty() || address.ends_with('/'));
        self.routes.find(self.site, folder.unwrap_or(path.as_str()))
    }

    /// One finding for each target, however many pages link to it.
    fn dead(self, dead: &[Dead]) -> Vec<Diagnostic> {
        let mut by_target: BTreeMap<&str, Vec<&Dead>> = BTreeMap::new();
        dead.iter().for_each(|link| by_target.entry(&link.target).or_default().push(link));
        if by_target.is_empty() {
            return Vec::new();
        }
        let fragments = Fragments::new(self.site);
        let mut found: BTreeMap<(SitePath, usize), Diagnostic> = BTreeMap::new();
        for links in by_target.values() {
            let (file, place) = self.place(links[0], &fragments);
            let key = (file.clone(), place.start);
            found.entry(key).or_insert_with(|| leads_nowhere(links, file, place));
        }
        found.into_values().collect()
    }

    /// Where a link is written: in the Markdown or template of the page, or else on the page.
    fn place(self, link: &Dead, fragments: &Fragments<'_>) -> (SitePath, Span) {
        let route = self.route(&link.page);
        let in_text = route.and_then(|route| fragments.place(route, &link.address));
        in_text.or_else(|| self.in_template(&link.address)).unwrap_or_else(|| (link.page.clone(), 0..0))
    }

    /// The first place of an address in the templates, after what they put before it.
    fn in_template(self, address: &str) -> Option<(SitePath, Span)> {
        let own = [&self.site.settings.base_url, &self.site.settings.own_url];
        let address = own.iter().find_map(|base| address.strip_prefix(base.as_str())).unwrap_or(address);
        let address = address.trim_start_matches("../").trim_start_matches("./");
        self.theme.templates.values().filter(|_| !address.is_empty()).find_map(|(path, text)| {
            let start = text.find(address)?;
            Some((path.clone(), start..start + address.len()))
        })
    }
}

fn leads_nowhere(links: &[&Dead], file: SitePath, place: Span) -> Diagnostic {
    let Dead { page, address, .. } = links[0];
    let fault = Diagnostic::new(
        Code::DEAD_LINK,
        message!("{page} 中的链接 {address} 没有目标", "the link {address} on {page} leads nowhere"),
    );
    let fault = fault.at(&file, place).hint(message!(
        "改正文中的链接，或模板中的地址",
        "correct the link in the text, or the address in the template"
    ));
    let others = links.len() - 1;
    match others {
        0 => fault,
        _ => {
            fault.hint(message!("另有 {others} 个页面有同样的链接", "{others} more pages have the same link"))
        }
    }
}

/// Completes the findings of a compiled site with those of its pages.
///
/// A theme that cannot be loaded has been reported already, and renders nothing.
pub fn examine(compiled: &mut Compiled, around: &RenderGuard<'_>) {
    if base::has_errors(&compiled.diagnostics) || !compiled.theme.speaks(&compiled.site.settings) {
        return;
    }
    let faults = RenderedPages::of(compiled).faults(around);
    add(compiled, faults);
}

/// Adds findings to those of a compiled site.
pub fn add(compiled: &mut Compiled, faults: Vec<Diagnostic>) {
    compiled.diagnostics.extend(faults);
    base::settle(&mut compiled.diagnostics);
}
