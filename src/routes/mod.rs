//! Routes: the site → every page and file that will exist. URLs are made here and nowhere else.

mod claims;
mod portable;
pub mod redirects;
pub mod sitemap;
mod table;

use std::borrow::Cow;

use crate::base::{Lang, SitePath};
use crate::model::index::{
    BodyIndex, InstrumentIndex, PageIndex, PlanIndex, TaskIndex, ThreadIndex, TopicIndex,
};
use crate::resolve::timeline;
use crate::site::{Due, DueItem, ItemRef, Site};
pub use claims::{MARK, OWN, SIGNATURE, SUMS};
pub use table::{RouteTable, StaticFiles};

/// The folder of the search in the output; all of it is the program's.
pub const SEARCH: &str = "search";

/// One page or file of the published site. Numbers are indices into the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The landing page: leads to the home page of each language.
    Root,
    /// A page in a language.
    Page(Lang, Page),
    /// The Markdown version of a page, `index.md` beside its `index.html`.
    Markdown(Lang, Page),
    /// Due days for calendars: `deadlines.ics`.
    Calendar(Lang, Scope),
    /// The news for feed readers: `atom.xml`.
    Feed(Lang, Scope),
    /// A plan as Akoma Ntoso XML: `plan.akn.xml` beside the page of the plan.
    AkomaNtoso(Lang, PlanIndex),
    /// `/<language>/opensearch.xml`: how browsers add the search.
    OpenSearch(Lang),
    /// A file of `/data/`.
    Data(DataFile),
    /// `/llms.txt`: the way round the site for language models.
    Llms,
    /// `/search/strings.<language>.json`: what the scripts of the search say.
    SearchStrings(Lang),
    /// `/404.html`: the page for what is not there, in every language, for hosts that look for it at the
    /// root only.
    RootNotFound,
    /// `/.nojekyll`: keeps GitHub Pages from leaving out files such as `_headers`.
    NoJekyll,
    /// `/sitemap.xml`, or the index of its parts.
    Sitemap,
    /// `/sitemap-1.xml` and so on: a part of the sitemap, counted from 0.
    SitemapPart(usize),
    /// `/robots.txt`.
    Robots,
    /// `/_headers`: what hosts are to say beside each file.
    Headers,
    /// The page at an old address of a page: the language, the old address below it, and the page.
    Redirect(Lang, String, Page),
    /// `/_redirects`: where hosts are to lead those who ask for old addresses.
    HostRedirects,
    /// `/redirects.nginx.conf`: the same for nginx.
    NginxRedirects,
    /// A file of the theme, or one that the site ships as it is; the path in the output.
    File(SitePath),
}

/// The pages that exist in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The home page.
    Home,
    /// All plans, by year.
    Plans,
    /// A plan, whole.
    Plan(PlanIndex),
    /// A task of a plan: the plan, and the task in it.
    Task(PlanIndex, TaskIndex),
    /// The changes to a plan from the one before it in its series.
    Transition(PlanIndex),
    /// All tasks.
    Tasks,
    /// All due days.
    Timeline,
    /// All cited instruments.
    Instruments,
    /// One instrument and who cites it.
    Instrument(InstrumentIndex),
    /// All lines of work, against the years.
    Threads,
    /// One line of work and its story.
    Thread(ThreadIndex),
    /// All subject headings.
    Topics,
    /// One subject heading and its tasks.
    Topic(TopicIndex),
    /// All bodies that tasks name.
    Bodies,
    /// One body and its tasks.
    Body(BodyIndex),
    /// Where one searches.
    Search,
    /// The terms and how they are rendered.
    Glossary,
    /// The downloads.
    Data,
    /// A page of text: a guide, what the site is.
    Text(PageIndex),
    /// The page for missing pages.
    NotFound,
}

/// How much of the site a calendar or a feed covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All of it.
    Site,
    /// A plan.
    Plan(PlanIndex),
    /// A subject heading.
    Topic(TopicIndex),
    /// A body.
    Body(BodyIndex),
}

impl Scope {
    /// The page that shows what the scope covers; its calendar and feed are beside it.
    pub fn page(self) -> Page {
        match self {
            Self::Site => Page::Home,
            Self::Plan(plan) => Page::Plan(plan),
            Self::Topic(topic) => Page::Topic(topic),
            Self::Body(body) => Page::Body(body),
        }
    }

    /// The due days in it, in order of time.
    pub fn dues(self, site: &Site) -> Cow<'_, [Due]> {
        match self {
            Self::Site => Cow::Borrowed(&site.timeline),
            Self::Plan(plan) => timeline::of_plan(&site.plans, plan).into(),
            Self::Topic(topic) => timeline::of_tasks(&site.plans, &site.topics[topic].tasks).into(),
            Self::Body(body) => {
                timeline::of_tasks(&site.plans, &site.bodies[body].covered(&site.plans)).into()
            }
        }
    }
}

/// The files of open data. A new table is added here and in `exports::data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataFile {
    /// Every task, in JSON.
    TasksJson,
    /// The JSON Schema of the JSON.
    TasksSchema,
    /// Every task, as a table.
    TasksCsv,
    /// Every due day, as a table.
    DeadlinesCsv,
    /// Every cited instrument, as a table.
    InstrumentsCsv,
    /// Every line of work, as a table.
    ThreadsCsv,
    /// The data package that describes the tables.
    Package,
}

impl DataFile {
    /// All files, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::TasksCsv,
        Self::DeadlinesCsv,
        Self::InstrumentsCsv,
        Self::ThreadsCsv,
        Self::TasksJson,
        Self::TasksSchema,
        Self::Package,
    ];

    /// The name of the file in `/data/`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TasksJson => "tasks.json",
            Self::TasksSchema => "tasks.schema.json",
            Self::TasksCsv => "tasks.csv",
            Self::DeadlinesCsv => "deadlines.csv",
            Self::InstrumentsCsv => "instruments.csv",
            Self::ThreadsCsv => "threads.csv",
            Self::Package => "datapackage.json",
        }
    }
}

/// The routes of a site, with the given calendars, feeds and files of the theme, in a fixed order.
fn routes(site: &Site, calendars: &[Scope], feeds: &[Scope], assets: &[SitePath]) -> Vec<Route> {
    let pages = pages(site);
    let mut routes = vec![Route::Root];
    let languages = site.settings.languages.iter();
    routes.extend(languages.flat_map(|language| of_language(language.code, &pages, calendars, feeds)));
    routes.extend(akn_versions(site).map(|(lang, plan)| Route::AkomaNtoso(lang, plan)));
    routes.extend(DataFile::ALL.map(Route::Data));
    routes.extend([Route::RootNotFound, Route::NoJekyll, Route::Llms, Route::Sitemap]);
    routes.extend((0..sitemap::parts(site)).map(Route::SitemapPart));
    routes.extend([Route::Robots, Route::Headers]);
    routes.extend(redirects::routes(site));
    routes.extend(assets.iter().cloned().map(Route::File));
    routes
}

/// The pages and files of a language.
fn of_language(lang: Lang, pages: &[Page], calendars: &[Scope], feeds: &[Scope]) -> Vec<Route> {
    let mut routes: Vec<_> = pages.iter().map(|page| Route::Page(lang, *page)).collect();
    routes.extend(pages.iter().filter(|page| has_markdown(**page)).map(|page| Route::Markdown(lang, *page)));
    routes.extend(calendars.iter().map(|scope| Route::Calendar(lang, *scope)));
    routes.extend(feeds.iter().map(|scope| Route::Feed(lang, *scope)));
    routes.extend([Route::OpenSearch(lang), Route::SearchStrings(lang)]);
    routes
}

/// Whether there is a Markdown version of a page: of all but the one for what is not there.
pub fn has_markdown(page: Page) -> bool {
    page != Page::NotFound
}

/// The calendars there are: for the site and for every plan and topic with a due day,
/// since a calendar without an entry is not valid (RFC 5545 §3.6).
pub fn calendars(site: &Site) -> Vec<Scope> {
    scopes(site).filter(|scope| has_calendar(site, *scope)).collect()
}

/// The Akoma Ntoso versions of plans, by language.
pub fn akn_versions(site: &Site) -> impl Iterator<Item = (Lang, PlanIndex)> {
    let languages = site.settings.languages.iter().map(|language| language.code);
    let plans = |lang| site.plans.indices().map(move |plan| (lang, plan));
    languages.flat_map(plans).filter(|(lang, plan)| has_akn(site, *lang, *plan))
}

/// Returns whether a plan has an Akoma Ntoso version in a language. The schema demands a date, so the plan must
/// state a day or a year; and the plan must be available in the language.
pub fn has_akn(site: &Site, lang: Lang, plan: PlanIndex) -> bool {
    let plan = &site.plans[plan];
    plan.day().is_some() && (lang == site.settings.original() || plan.translations.contains_key(&lang))
}

/// The calendars and feeds that are listed together; those of topics and bodies are offered on their own pages.
pub fn is_listed(scope: &Scope) -> bool {
    !matches!(scope, Scope::Topic(_) | Scope::Body(_))
}

/// The feeds there are: for the site, for every plan and for every topic with a task.
pub fn feeds(site: &Site) -> Vec<Scope> {
    scopes(site).filter(|scope| has_feed(site, *scope)).collect()
}

fn scopes(site: &Site) -> impl Iterator<Item = Scope> {
    let plans = site.plans.indices().map(Scope::Plan);
    let topics = site.topics.indices().map(Scope::Topic);
    let bodies = site.bodies.indices().map(Scope::Body);
    std::iter::once(Scope::Site).chain(plans).chain(topics).chain(bodies)
}

/// Whether there is a calendar of a scope.
pub fn has_calendar(site: &Site, scope: Scope) -> bool {
    // Every page of a task asks, so the whole timeline is not looked through.
    match scope {
        Scope::Site => !site.timeline.is_empty(),
        Scope::Plan(plan) => timeline::is_dated(&site.plans[plan]),
        Scope::Topic(topic) => any_is_dated(site, site.topics[topic].tasks.iter()),
        Scope::Body(body) => any_is_dated(site, site.bodies[body].covered(&site.plans).iter()),
    }
}

fn any_is_dated<'a>(site: &Site, mut items: impl Iterator<Item = &'a ItemRef>) -> bool {
    items.any(|item| {
        let task = site.plans[item.plan].task_at(item.node);
        task.is_some_and(|task| task.due_days().next().is_some())
    })
}

/// Whether there is a feed of a scope.
pub fn has_feed(site: &Site, scope: Scope) -> bool {
    !matches!(scope, Scope::Topic(topic) if site.topics[topic].tasks.is_empty())
}

/// The page to show those who read none of the languages of the site: the landing page
/// instead of a home page, else the original, which prevails.
pub fn default_version(site: &Site, page: Page) -> Route {
    match page {
        Page::Home => Route::Root,
        page => Route::Page(site.settings.original(), page),
    }
}

/// Number of plans up to which the home page lists all of them; beyond it the list is a page of its own.
pub const HOME_PLANS: usize = 12;

/// The pages every language has.
pub fn pages(site: &Site) -> Vec<Page> {
    let mut pages = vec![Page::Home];
    for (plan, of_plan) in site.plans.iter_enumerated() {
        pages.push(Page::Plan(plan));
        pages.extend(site.previous(plan).map(|_| Page::Transition(plan)));
        pages.extend(of_plan.tasks.indices().map(|task| Page::Task(plan, task)));
    }
    if site.plans.len() > HOME_PLANS {
        pages.push(Page::Plans);
    }
    pages.extend([Page::Tasks, Page::Timeline, Page::Instruments]);
    pages.extend(site.instruments.indices().map(Page::Instrument));
    pages.push(Page::Threads);
    pages.extend(site.threads.indices().map(Page::Thread));
    pages.push(Page::Topics);
    pages.extend(site.topics.indices().map(Page::Topic));
    if !site.bodies.is_empty() {
        pages.push(Page::Bodies);
        pages.extend(site.bodies.indices().map(Page::Body));
    }
    pages.extend([Page::Glossary, Page::Search, Page::Data]);
    pages.extend(site.pages.indices().map(Page::Text));
    pages.push(Page::NotFound);
    pages
}

/// Where an item is shown: the page of a task, or the page of the plan with the anchor of the item there.
pub fn place(site: &Site, item: ItemRef) -> (Page, String) {
    match site.plans[item.plan].task_of(item.node) {
        Some(task) => (Page::Task(item.plan, task), String::new()),
        None => (Page::Plan(item.plan), format!("#{}", site.node(item).id)),
    }
}

/// The page that says that something is due. The anchor there is that of its id.
pub fn page_of(due: &Due) -> Page {
    match due.what {
        DueItem::Task(task) => Page::Task(due.plan, task),
        DueItem::Milestone(_) => Page::Plan(due.plan),
    }
}

/// The address of a route from the root of the site: `zh/plans/2023/`, or nothing for the root.
pub fn url(site: &Site, route: &Route) -> String {
    match route {
        Route::Root => String::new(),
        Route::Page(lang, page) => format!("{lang}/{}", page_url(site, *page)),
        Route::Markdown(lang, page) => format!("{lang}/{}index.md", page_url(site, *page)),
        Route::Calendar(lang, scope) => format!("{lang}/{}deadlines.ics", page_url(site, scope.page())),
        Route::Feed(lang, scope) => format!("{lang}/{}atom.xml", page_url(site, scope.page())),
        Route::AkomaNtoso(lang, plan) => format!("{lang}/{}plan.akn.xml", page_url(site, Page::Plan(*plan))),
        Route::OpenSearch(lang) => format!("{lang}/opensearch.xml"),
        Route::Data(file) => format!("data/{}", file.name()),
        Route::Llms => "llms.txt".into(),
        Route::SearchStrings(lang) => format!("{SEARCH}/strings.{lang}.json"),
        Route::RootNotFound => "404.html".into(),
        Route::NoJekyll => ".nojekyll".into(),
        Route::Sitemap => "sitemap.xml".into(),
        Route::SitemapPart(part) => format!("sitemap-{}.xml", part + 1),
        Route::Robots => "robots.txt".into(),
        Route::Headers => "_headers".into(),
        Route::Redirect(lang, old, _) => format!("{lang}/{old}"),
        Route::HostRedirects => "_redirects".into(),
        Route::NginxRedirects => "redirects.nginx.conf".into(),
        Route::File(path) => path.to_string(),
    }
}

fn page_url(site: &Site, page: Page) -> String {
    let plan = |plan: PlanIndex| &site.plans[plan];
    match page {
        Page::Home => String::new(),
        Page::Plan(p) => format!("plans/{}/", plan(p).id),
        Page::Task(p, t) => format!("plans/{}/tasks/{}/", plan(p).id, plan(p).tasks[t].number),
        Page::Transition(p) => {
            let before = site.previous(p).map_or("", |before| plan(before).id.as_str());
            format!("plans/{}/since/{before}/", plan(p).id)
        }
        Page::Plans => "plans/".into(),
        Page::Tasks => "tasks/".into(),
        Page::Timeline => "timeline/".into(),
        Page::Instruments => "instruments/".into(),
        Page::Instrument(i) => format!("instruments/{}/", site.instruments[i].slug),
        Page::Threads => "threads/".into(),
        Page::Thread(i) => format!("threads/{}/", site.threads[i].slug),
        Page::Topics => "topics/".into(),
        Page::Topic(i) => format!("topics/{}/", site.topics[i].slug),
        Page::Bodies => "bodies/".into(),
        Page::Body(i) => format!("bodies/{}/", site.bodies[i].slug),
        Page::Search => "search/".into(),
        Page::Glossary => "glossary/".into(),
        Page::Data => "data/".into(),
        Page::Text(i) => format!("pages/{}/", site.pages[i].slug),
        Page::NotFound => "404.html".into(),
    }
}

/// The file of a route in the output directory.
pub fn file(site: &Site, route: &Route) -> SitePath {
    let url = url(site, route);
    let path = if url.is_empty() || url.ends_with('/') { url + "index.html" } else { url };
    SitePath::new(&path).expect("slugs and ids are made of characters that paths may contain")
}

/// The way from a page up to the root of the site: `../../` for a page two folders deep.
///
/// Links are this followed by [`url`], so that the site works below any
/// address. A page for missing pages is shown at any depth and takes
/// `base_url` instead.
pub fn root(site: &Site, from: &Route) -> String {
    if matches!(from, Route::RootNotFound | Route::Page(_, Page::NotFound)) {
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
