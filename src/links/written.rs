//! Links in Markdown, judged against the routes of the site and reported at their places in the source.
//!
//! A link is read as a browser reads it on the page. If that leads nowhere, it may name a file of the
//! site, as on a code host: `../plans/2025/zh.md`, `../../static/附件1.pdf`; or begin at the root of the
//! site, `/zh/plans/2025/`, wherever that is published. Pages then write it in the way of browsers.

mod advice;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{decoded, is_outside, normalised};
use crate::base::{Code, Diagnostic, Lang, SitePath, Span};
use crate::message;
use crate::model::{Block, MarkKind};
use crate::parse::page;
use crate::routes::{self, Page, Route, RouteTable};
use crate::site::{Address, Site};

/// For each file its links that pages write in another way.
pub type Addresses = BTreeMap<SitePath, BTreeMap<String, Address>>;

/// The characters of a file name that mean something else in an address (RFC 3986).
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// Judges every link in the Markdown of plans and pages. The addresses of the site itself begin with one
/// of `base_urls`: that of its settings, and the one it is shown at.
pub fn check(site: &Site, routes: &RouteTable, base_urls: [&str; 2]) -> (Addresses, Vec<Diagnostic>) {
    let judge = Judge { site, routes, base_urls, files: OnceCell::new() };
    let (mut addresses, mut faults) = (Addresses::new(), Vec::new());
    for text in texts(site) {
        for (written, block, span) in links(&text) {
            match judge.follow(&text, written) {
                Some(LinkReading::Dead) => faults.push(judge.dead(&text, written, block.locate(span))),
                Some(LinkReading::Other(address)) => {
                    addresses.entry(text.file.clone()).or_default().insert(written.to_owned(), address);
                }
                None => {}
            }
        }
    }
    (addresses, faults)
}

/// The links of all texts by their fragments, each with its text and place, so that many are looked up at once.
pub struct Fragments<'a> {
    site: &'a Site,
    texts: Vec<LinkedText<'a>>,
    /// For each fragment the texts, as indices, and the places there.
    links: BTreeMap<&'a str, Vec<(usize, Span)>>,
}

impl<'a> Fragments<'a> {
    /// Reads the links of a site.
    pub fn new(site: &'a Site) -> Self {
        let texts: Vec<LinkedText<'a>> = texts(site).collect();
        let mut found: BTreeMap<&str, Vec<(usize, Span)>> = BTreeMap::new();
        for (index, text) in texts.iter().enumerate() {
            for (written, block, span) in links(text) {
                if let Some(at) = written.find('#') {
                    found.entry(&written[at..]).or_default().push((index, block.locate(span)));
                }
            }
        }
        Self { site, texts, links: found }
    }

    /// The place in its source of a link that a page shows with the fragment of this address.
    pub fn place(&self, page: &Route, address: &str) -> Option<(SitePath, Span)> {
        let links = self.links.get(&address[address.find('#')?..])?;
        let shown = links.iter().filter(|(text, _)| self.is_on(page, &self.texts[*text]));
        let places = shown.map(|(text, span)| (self.texts[*text].file, span));
        let (file, span) = places.min_by_key(|(file, span)| (*file, span.start))?;
        Some((file.clone(), span.clone()))
    }

    /// Returns whether a page shows a text.
    fn is_on(&self, page: &Route, text: &LinkedText<'_>) -> bool {
        match page {
            Route::Page(lang, Page::Text(index)) => {
                let is_shown = text.lang == *lang || !self.site.pages[*index].texts.contains_key(lang);
                is_shown && text.index == *index && !text.is_plan
            }
            Route::Page(_, Page::Plan(plan) | Page::Task(plan, _)) => text.is_plan && text.index == *plan,
            _ => false,
        }
    }
}

/// The text of one file.
struct LinkedText<'a> {
    file: &'a SitePath,
    lang: Lang,
    /// The page or plan, as an index.
    index: usize,
    /// The address of the page that shows it, from the root of the site.
    page: String,
    /// True if it is the text of a plan.
    is_plan: bool,
    blocks: Vec<&'a Block>,
}

/// Every text with a link.
fn texts(site: &Site) -> impl Iterator<Item = LinkedText<'_>> {
    let of_pages = site.pages.iter_enumerated().flat_map(move |(index, page)| {
        page.texts.iter().map(move |(lang, text)| LinkedText {
            file: &text.path,
            index: index.index(),
            lang: *lang,
            page: routes::url(site, &Route::Page(*lang, Page::Text(index))),
            is_plan: false,
            blocks: linked(text.blocks.iter()),
        })
    });
    let of_plans = site.plans.iter_enumerated().flat_map(move |(index, plan)| {
        let original = site.settings.original();
        let text = move |file, lang, blocks| LinkedText {
            file,
            index: index.index(),
            lang,
            page: routes::url(site, &Route::Page(lang, Page::Plan(index))),
            is_plan: true,
            blocks,
        };
        let own = text(&plan.path, original, linked(plan.blocks.iter().map(|block| &*block.original)));
        let translations = plan.translations.iter().map(move |(lang, file)| {
            let blocks = plan.blocks.iter().filter_map(|block| Some(&*block.translations.get(lang)?.block));
            text(file, *lang, linked(blocks))
        });
        std::iter::once(own).chain(translations)
    });
    of_pages.chain(of_plans).filter(|text| !text.blocks.is_empty())
}

fn linked<'a>(blocks: impl Iterator<Item = &'a Block>) -> Vec<&'a Block> {
    blocks.filter(|block| block.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Link(_)))).collect()
}

/// The links of a text, each with its block and its place there.
fn links<'a>(text: &LinkedText<'a>) -> impl Iterator<Item = (&'a str, &'a Block, &'a Span)> + use<'a> {
    text.blocks.clone().into_iter().flat_map(|block| {
        block.marks.iter().filter_map(move |mark| match &mark.kind {
            MarkKind::Link(address) => Some((address.as_str(), block, &mark.span)),
            _ => None,
        })
    })
}

/// How a link inside the site is read.
enum LinkReading {
    /// It leads to this address, which the page writes in another way.
    Other(Address),
    /// It leads nowhere.
    Dead,
}

struct Judge<'a> {
    site: &'a Site,
    routes: &'a RouteTable,
    base_urls: [&'a str; 2],
    /// Files that go into the output as they are, by their normalised names.
    files: OnceCell<BTreeMap<String, &'a SitePath>>,
}

impl<'a> Judge<'a> {
    /// Follows a link; `None` if it leads out of the site or can be followed as it is written.
    fn follow(&self, text: &LinkedText<'_>, written: &str) -> Option<LinkReading> {
        let own = self.base_urls.iter().find_map(|base| written.strip_prefix(base));
        if own.is_none() && is_outside(written) {
            return None;
        }
        let address = own.unwrap_or(written);
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        if path.is_empty() {
            return None;
        }
        let path = decoded(path);
        let as_browser = match own {
            Some(_) => Some(path.clone().into_owned()),
            None => self.as_browser(text, &path),
        };
        let found = as_browser.as_ref().and_then(|url| self.find(url));
        if found.is_some() && found == as_browser && !text.is_plan && !written.starts_with('/') {
            return None;
        }
        let found =
            found.or_else(|| self.as_file(text, &path)).or_else(|| self.find(path.strip_prefix('/')?));
        Some(found.map_or(LinkReading::Dead, |url| LinkReading::Other(address_of(text, &url, rest))))
    }

    /// The address, from the root of the site, that a browser asks for on the page of the text.
    fn as_browser(&self, text: &LinkedText<'_>, path: &str) -> Option<String> {
        if !path.starts_with('/') {
            return join(&text.page, path);
        }
        let folder = |base: &str| {
            base.split_once("://")
                .and_then(|(_, rest)| rest.find('/').map(|at| decoded(&rest[at..]).into_owned()))
        };
        self.base_urls.iter().find_map(|base| path.strip_prefix(folder(base)?.as_str()).map(str::to_owned))
    }

    /// The address of what a file of the site becomes, named from the folder of the text or from the root.
    fn as_file(&self, text: &LinkedText<'_>, path: &str) -> Option<String> {
        let folder = text.file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let named = [join(&format!("{folder}/"), path), Some(path.trim_start_matches('/').to_owned())];
        named.into_iter().flatten().find_map(|file| self.published(text.lang, &file))
    }

    /// The address of the page or file that a source file becomes.
    fn published(&self, lang: Lang, file: &str) -> Option<String> {
        if let Some(name) = file.strip_prefix("static/") {
            return self.find(name).filter(|url| !url.ends_with('/'));
        }
        let path = SitePath::new(file)?;
        let page = match file.strip_prefix("content/plans/") {
            Some(rest) => {
                let (plan, name) = rest.split_once('/')?;
                Lang::new(name.strip_suffix(".md")?)?;
                Page::Plan(self.site.plan(plan)?)
            }
            None => {
                let (slug, _) = page::name(&path, &self.site.settings.languages)?;
                Page::Text(self.site.pages.position(|page| page.slug == slug)?)
            }
        };
        Some(routes::url(self.site, &Route::Page(lang, page)))
    }

    /// The exact address of a route: with the slash of a folder, with the name as the file has it.
    fn find(&self, url: &str) -> Option<String> {
        let page = url.strip_suffix("index.html").filter(|page| page.is_empty() || page.ends_with('/'));
        let is_there = |url: &str| self.routes.find(self.site, url).is_some();
        let folder = || Some(format!("{url}/")).filter(|folder| is_there(folder));
        if is_there(url) {
            return Some(url.to_owned());
        }
        let page = page.filter(|page| is_there(page)).map(str::to_owned);
        page.or_else(folder).or_else(|| Some(self.files().get(&*normalised(url))?.to_string()))
    }

    fn files(&self) -> &BTreeMap<String, &'a SitePath> {
        self.files.get_or_init(|| {
            let files = self.routes.list.iter().filter_map(|route| match route {
                Route::File(path) => Some((normalised(path.as_str()).into_owned(), path)),
                _ => None,
            });
            files.collect()
        })
    }

    fn dead(&self, text: &LinkedText<'_>, written: &str, place: Span) -> Diagnostic {
        let title = message!("链接“{written}”没有目标", "the link “{written}” leads nowhere");
        let fault = Diagnostic::new(Code::DEAD_LINK, title).at(text.file, place).rests_on(text.file.clone());
        let parts: Vec<_> = written.split('/').collect();
        let plans = parts.windows(2).filter(|pair| pair[0] == "plans");
        let plans = plans.filter_map(|pair| SitePath::new(&format!("content/plans/{}", pair[1])));
        plans.fold(fault, Diagnostic::rests_on).hint(self.advice(text, written))
    }
}

/// The address as pages write it, which follows the language of the page where the link does.
fn address_of(text: &LinkedText<'_>, url: &str, rest: &str) -> Address {
    let escaped = utf8_percent_encode(url, ESCAPED);
    match url.strip_prefix(text.lang.as_str()).and_then(|url| url.strip_prefix('/')) {
        Some(url) => Address::InLanguage(format!("{}{rest}", utf8_percent_encode(url, ESCAPED))),
        None => Address::InSite(format!("{escaped}{rest}")),
    }
}

/// Follows a path from an address that ends in `/` or a file name; `None` if it leads above the root.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let mut steps = path.split('/').peekable();
    while let Some(step) = steps.next() {
        match step {
            ".." => drop(parts.pop()?),
            "." => {}
            step => parts.push(step),
        }
        if steps.peek().is_none() && matches!(step, "." | "..") {
            parts.push("");
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_as_browsers_join_them() {
        let check = |from, path, expected: Option<&str>| {
            assert_eq!(join(from, path).as_deref(), expected, "{from} {path}");
        };
        check("zh/pages/about/", "../../plans/2025/", Some("zh/plans/2025/"));
        check("zh/pages/about/", "../../../附件.pdf", Some("附件.pdf"));
        check("zh/pages/about/", "..", Some("zh/pages/"));
        check("zh/pages/about/", "./", Some("zh/pages/about/"));
        check("zh/pages/about/", "a", Some("zh/pages/about/a"));
        check("zh/pages/about/", "../../../../x", None);
    }
}
