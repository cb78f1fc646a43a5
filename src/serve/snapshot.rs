//! A site at one moment, with its pages by address.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::base::{Diagnostic, Lang, SitePath};
use crate::index;
use crate::inputs::Inputs;
use crate::io::request;
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::routes::{self, Page, Route, RouteTable};
use crate::site::Site;
use crate::theme::Theme;
use crate::verdict::{RenderGuard, RenderedPages};

/// A site at one moment: rendered page by page, as pages are asked for.
pub struct Snapshot {
    /// The site.
    pub site: Site,
    /// The theme.
    pub theme: Theme,
    /// The files it was made from.
    pub inputs: Arc<Inputs>,
    /// Whether `build` would publish it.
    pub good: bool,
    /// Its pages and files.
    routes: Arc<RouteTable>,
    /// The files of the search, made when the first of them is asked for.
    search: OnceLock<BTreeMap<SitePath, Arc<[u8]>>>,
}

/// The result of a lookup by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This page or file.
    Route(Route),
    /// A folder, named without its final slash.
    Folder,
    /// Nothing: the page that says so, in the language to say it in.
    Nothing(Route),
}

impl Snapshot {
    /// Takes a compiled site and the files it was made from.
    pub fn new(compiled: Compiled, inputs: Arc<Inputs>, good: bool) -> Self {
        let Compiled { site, theme, routes, .. } = compiled;
        Self { site, theme, inputs, good, routes, search: OnceLock::new() }
    }

    /// Looks up a path as a request gives it.
    pub fn find(&self, path: &str, accept_language: &str) -> Lookup {
        let path = request::decode(path);
        let url = path.as_deref().and_then(|path| path.strip_prefix('/')).unwrap_or("?");
        let page = url.strip_suffix("index.html").filter(|page| page.is_empty() || page.ends_with('/'));
        if let Some(route) = self.route(page.unwrap_or(url)) {
            return Lookup::Route(route.clone());
        }
        if let Some(path) = SitePath::new(url).filter(|path| self.search_file(path).is_some()) {
            return Lookup::Route(Route::File(path));
        }
        if self.route(&format!("{url}/")).is_some() {
            return Lookup::Folder;
        }
        Lookup::Nothing(Route::Page(self.language(url, accept_language), Page::NotFound))
    }

    fn route(&self, url: &str) -> Option<&Route> {
        self.routes.find(&self.site, url)
    }

    /// The language to speak to someone who asked for what is not there.
    fn language(&self, url: &str, accepted: &str) -> Lang {
        let settings = &self.site.settings;
        let named = url.split('/').next().and_then(Lang::new);
        // Browsers list languages by preference, so weights are not looked at.
        let wanted = accepted.split(',').filter_map(|tag| Lang::new(tag.split(['-', ';']).next()?.trim()));
        let mut candidates = named.into_iter().chain(wanted);
        candidates.find(|lang| settings.language(*lang).is_some()).unwrap_or(settings.original())
    }

    /// The bytes of a route as `build` would write them; what is wrong if it cannot be rendered.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        if let Route::File(path) = route
            && let Some(bytes) = self.search_file(path)
        {
            return Ok(bytes.to_vec());
        }
        Renderer::new(&self.site, &self.theme).render(route)
    }

    /// A file of the search. A site whose search cannot be made has none.
    fn search_file(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        if path.parts().next() != Some(index::FOLDER) {
            return None;
        }
        self.search().get(path)
    }

    /// Makes the files of the search if nobody has asked for one yet; that takes a while.
    pub fn prepare_search(&self) {
        self.search();
    }

    fn search(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        self.search.get_or_init(|| index::files(&self.site).unwrap_or_default())
    }

    /// The diagnostics of its finished pages.
    pub fn diagnostics(&self, around: &RenderGuard<'_>) -> Vec<Diagnostic> {
        RenderedPages { site: &self.site, theme: &self.theme, routes: &self.routes }.faults(around)
    }

    /// The address of a route.
    pub fn url(&self, route: &Route) -> String {
        routes::url(&self.site, route)
    }
}
