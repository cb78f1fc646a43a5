//! Routes: the site → every page and file that will exist. URLs are made here and nowhere else.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::base::{Code, Diagnostic, Lang, SitePath};
use crate::message;
use crate::resolve::Site;

/// One page or file of the published site. Numbers are indices into the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The door: leads to the home page of each language.
    Root,
    /// A page in a language.
    Page(Lang, Page),
    /// `/data/tasks.json`.
    TasksJson,
    /// `/search/strings.<language>.json`: what the scripts of the search say.
    SearchStrings(Lang),
    /// `/sitemap.xml`.
    Sitemap,
    /// `/robots.txt`.
    Robots,
    /// A file of the theme, or one that the site ships as it is; the path in the output.
    File(SitePath),
}

/// The pages that exist in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// What the site is, and its plans.
    Home,
    /// A plan, whole.
    Plan(usize),
    /// A task of a plan: the plan, and the task in it.
    Task(usize, usize),
    /// All tasks.
    Tasks,
    /// All due days.
    Timeline,
    /// All cited instruments.
    Instruments,
    /// One instrument and who cites it.
    Instrument(usize),
    /// All lines of work, against the years.
    Threads,
    /// One line of work and its story.
    Thread(usize),
    /// All subject headings.
    Topics,
    /// One subject heading and its tasks.
    Topic(usize),
    /// Where one searches.
    Search,
    /// The terms and how they are rendered.
    Glossary,
    /// What can be downloaded.
    Data,
    /// What is shown where nothing is.
    NotFound,
}

/// All routes of a site, with the given files beside its pages, in a fixed order.
pub fn routes<'a>(site: &Site, files: impl Iterator<Item = &'a SitePath>) -> Vec<Route> {
    let pages = pages(site);
    let of_language = |lang: Lang| pages.iter().map(move |page| Route::Page(lang, *page));
    let mut routes = vec![Route::Root];
    routes.extend(site.settings.languages.iter().flat_map(|language| of_language(language.code)));
    routes.extend(site.settings.languages.iter().map(|language| Route::SearchStrings(language.code)));
    routes.extend([Route::TasksJson, Route::Sitemap, Route::Robots]);
    routes.extend(files.cloned().map(Route::File));
    routes
}

/// The pages every language has.
pub fn pages(site: &Site) -> Vec<Page> {
    let mut pages = vec![Page::Home];
    for (plan, of_plan) in site.plans.iter().enumerate() {
        pages.push(Page::Plan(plan));
        pages.extend((0..of_plan.tasks.len()).map(|task| Page::Task(plan, task)));
    }
    pages.extend([Page::Tasks, Page::Timeline, Page::Instruments]);
    pages.extend((0..site.instruments.len()).map(Page::Instrument));
    pages.push(Page::Threads);
    pages.extend((0..site.threads.len()).map(Page::Thread));
    pages.push(Page::Topics);
    pages.extend((0..site.topics.len()).map(Page::Topic));
    pages.extend([Page::Glossary, Page::Search, Page::Data, Page::NotFound]);
    pages
}

/// A diagnostic for each file that two routes claim, also where they differ
/// only by case, which some servers and disks do not tell apart.
pub fn collisions(site: &Site, routes: &[Route]) -> Vec<Diagnostic> {
    let named = |route: &Route| {
        let path = file(site, route);
        (path.as_str().to_lowercase(), path)
    };
    let named: Vec<(String, SitePath)> = routes.par_iter().map(named).collect();
    let mut seen = HashMap::with_capacity(named.len());
    let mut faults = Vec::new();
    for (lower, path) in &named {
        if let Some(other) = seen.insert(lower, path) {
            let title = message!(
                "两个页面都要写入 {path}（另一个是 {other}）",
                "two pages claim {path} (the other as {other})"
            );
            let hint = message!(
                "改名 static/ 中的文件，或改一个编号",
                "rename the file in static/, or change one of the ids"
            );
            faults.push(Diagnostic::new(Code::ROUTE_COLLISION, title).at(path, 0..0).hint(hint));
        }
    }
    faults
}

/// The address of a route from the root of the site: `zh/plans/2023/`, or nothing for the root.
pub fn url(site: &Site, route: &Route) -> String {
    match route {
        Route::Root => String::new(),
        Route::Page(lang, page) => format!("{lang}/{}", page_url(site, *page)),
        Route::TasksJson => "data/tasks.json".into(),
        Route::SearchStrings(lang) => format!("search/strings.{lang}.json"),
        Route::Sitemap => "sitemap.xml".into(),
        Route::Robots => "robots.txt".into(),
        Route::File(path) => path.to_string(),
    }
}

fn page_url(site: &Site, page: Page) -> String {
    let plan = |plan: usize| &site.plans[plan];
    match page {
        Page::Home => String::new(),
        Page::Plan(p) => format!("plans/{}/", plan(p).id),
        Page::Task(p, t) => format!("plans/{}/tasks/{}/", plan(p).id, plan(p).tasks[t].number),
        Page::Tasks => "tasks/".into(),
        Page::Timeline => "timeline/".into(),
        Page::Instruments => "instruments/".into(),
        Page::Instrument(i) => format!("instruments/{}/", site.instruments[i].slug),
        Page::Threads => "threads/".into(),
        Page::Thread(i) => format!("threads/{}/", site.threads[i].slug),
        Page::Topics => "topics/".into(),
        Page::Topic(i) => format!("topics/{}/", site.topics[i].slug),
        Page::Search => "search/".into(),
        Page::Glossary => "glossary/".into(),
        Page::Data => "data/".into(),
        Page::NotFound => "404.html".into(),
    }
}

/// The file of a route in the output directory.
pub fn file(site: &Site, route: &Route) -> SitePath {
    let url = url(site, route);
    let path = if url.is_empty() || url.ends_with('/') { url + "index.html" } else { url };
    SitePath::new(&path).expect("slugs and ids are made of characters that paths may hold")
}

/// The way from a page up to the root of the site: `../../` for a page two folders deep.
///
/// Links are this followed by [`url`], so that the site works below any
/// address. A page for missing pages is shown at any depth and takes
/// `base_url` instead.
pub fn root(site: &Site, from: &Route) -> String {
    if matches!(from, Route::Page(_, Page::NotFound)) {
        return site.settings.base_url.clone();
    }
    "../".repeat(url(site, from).matches('/').count())
}

/// A link from one page to another. From the root to itself it is `./`.
pub fn href(site: &Site, from: &Route, to: &Route) -> String {
    let href = root(site, from) + &url(site, to);
    if href.is_empty() { "./".into() } else { href }
}

/// The full address of a route.
pub fn absolute(site: &Site, route: &Route) -> String {
    site.settings.base_url.clone() + &url(site, route)
}
