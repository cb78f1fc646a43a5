//! A site at one moment, with its pages by address.

use std::collections::BTreeMap;

use super::content_type;
use super::request::{self, Answer, Request};
use crate::base::Lang;
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::render::theme::Theme;
use crate::resolve::Site;
use crate::routes::{self, Page, Route};

/// A site at one moment: rendered page by page, as pages are asked for.
pub struct Snapshot {
    /// The site.
    pub site: Site,
    /// The theme.
    pub theme: Theme,
    /// The routes by their addresses from the root of the site.
    routes: BTreeMap<String, Route>,
}

/// What is found at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This page or file.
    Route(Route),
    /// The folder of that address, named without its final slash.
    Folder(String),
    /// Nothing: the page that says so, in the language to say it in.
    Nothing(Route),
}

impl Snapshot {
    /// Takes a compiled site.
    pub fn new(compiled: Compiled) -> Self {
        let Compiled { site, theme, routes, .. } = compiled;
        let routes = routes.into_iter().map(|route| (routes::url(&site, &route), route)).collect();
        Self { site, theme, routes }
    }

    /// What is at the address that a request names.
    pub fn find(&self, request: &Request) -> Found {
        let path = request::decode(&request.path);
        let url = path.as_deref().and_then(|path| path.strip_prefix('/')).unwrap_or("?");
        let page = url.strip_suffix("index.html").filter(|page| page.is_empty() || page.ends_with('/'));
        if let Some(route) = self.routes.get(page.unwrap_or(url)) {
            return Found::Route(route.clone());
        }
        let folder = format!("{url}/");
        if self.routes.contains_key(&folder) {
            return Found::Folder(folder);
        }
        Found::Nothing(Route::Page(self.language(url, request), Page::NotFound))
    }

    /// The language to speak to someone who asked for what is not there.
    fn language(&self, url: &str, request: &Request) -> Lang {
        let settings = &self.site.settings;
        let named = url.split('/').next().and_then(Lang::new);
        let accepted = request.accept_language.as_deref().unwrap_or_default();
        // Browsers list languages by preference, so weights are not looked at.
        let wanted = accepted.split(',').filter_map(|tag| Lang::new(tag.split(['-', ';']).next()?.trim()));
        let mut candidates = named.into_iter().chain(wanted);
        candidates.find(|lang| settings.language(*lang).is_some()).unwrap_or(settings.original())
    }

    /// The bytes of a route as `build` would write them; what is wrong if it cannot be rendered.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, crate::base::Diagnostic> {
        Renderer::new(&self.site, &self.theme).render(route)
    }

    /// The media type of a route.
    pub fn content_type(&self, route: &Route) -> &'static str {
        content_type::of(&routes::url(&self.site, route))
    }
}

/// The answer that sends a browser to the folder it named without its final slash.
pub fn redirect(folder: &str, query: &str) -> Answer {
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let answer = Answer::plain(308, "This is a folder: add a slash.", "这是文件夹，网址末尾要有斜线。");
    answer.header("location", format!("/{folder}{query}"))
}
