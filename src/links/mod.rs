//! Links inside the site: every one must lead to a page that exists, and to an anchor on it.

pub mod scan;
pub mod written;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use icu_normalizer::ComposingNormalizerBorrowed;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::base::SitePath;
use scan::LinkTag;

/// The files that links may lead to.
pub struct LinkableFiles {
    /// Their normalised names.
    names: HashSet<String>,
    base_urls: [String; 2],
}

/// A link on a finished page that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dead {
    /// Its target, from the root of the site, with its anchor; as written if it leads above the root.
    pub target: String,
    /// The page.
    pub page: SitePath,
    /// The link as written.
    pub address: String,
}

/// The targets that a page offers to links, and its own links that cannot be judged alone. It is small,
/// since every page of a site has one: anchors are kept as hashes of the page and the anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLinks {
    /// The anchors on the page.
    anchors: Vec<u64>,
    /// The anchors it links to, its own and those of other pages.
    wanted: Vec<u64>,
    /// Links to files that are not there, as written.
    missing: Vec<String>,
}

impl LinkableFiles {
    /// The files of the output; the addresses of the site itself begin with one of `base_urls`.
    pub fn new(names: impl IntoIterator<Item = SitePath>, base_urls: [&str; 2]) -> Self {
        Self {
            names: names.into_iter().map(|name| normalised(name.as_str()).into_owned()).collect(),
            base_urls: base_urls.map(str::to_owned),
        }
    }

    /// Reads the links and anchors of an HTML page.
    pub fn read(&self, path: &SitePath, html: &str) -> PageLinks {
        let mut links = PageLinks::default();
        let mut buffer = String::new();
        scan::scan(html, &mut |found| match found {
            LinkTag::Anchor(id) => links.anchors.push(anchor(path.as_str(), id)),
            LinkTag::Address(address) => match self.target(path, address, &mut buffer) {
                LinkTarget::Outside | LinkTarget::File => {}
                LinkTarget::Anchor(hash) => links.wanted.push(hash),
                LinkTarget::Nothing => links.missing.push(address.to_owned()),
            },
        });
        links.wanted.sort_unstable();
        links.wanted.dedup();
        links
    }

    /// Checks the links of all pages against each other. `html` gives a page once more,
    /// to say which of its links are dead.
    pub fn check<'a>(
        &self,
        pages: impl Iterator<Item = (&'a SitePath, &'a PageLinks)> + Clone,
        html: &dyn Fn(&SitePath) -> String,
    ) -> Vec<Dead> {
        let anchors: HashSet<u64> =
            pages.clone().flat_map(|(_, links)| links.anchors.iter().copied()).collect();
        let is_suspect = |links: &PageLinks| {
            !links.missing.is_empty() || links.wanted.iter().any(|hash| !anchors.contains(hash))
        };
        let suspects = pages.filter(|(_, links)| is_suspect(links)).map(|(path, _)| path);
        suspects.flat_map(|path| self.dead(path, &html(path), &anchors)).collect()
    }

    fn dead(&self, path: &SitePath, html: &str, anchors: &HashSet<u64>) -> BTreeSet<Dead> {
        let (mut dead, mut buffer) = (BTreeSet::new(), String::new());
        scan::scan(html, &mut |found| {
            let LinkTag::Address(address) = found else { return };
            let leads_nowhere = match self.target(path, address, &mut buffer) {
                LinkTarget::Outside | LinkTarget::File => false,
                LinkTarget::Anchor(hash) => !anchors.contains(&hash),
                LinkTarget::Nothing => true,
            };
            if leads_nowhere {
                let fragment = address.find('#').map_or("", |at| &address[at..]);
                let target =
                    if buffer.is_empty() { address.to_owned() } else { format!("{buffer}{fragment}") };
                dead.insert(Dead { target, page: path.clone(), address: address.to_owned() });
            }
        });
        dead
    }

    /// Where a link leads. `buffer` is room for the name of the file.
    fn target(&self, from: &SitePath, target: &str, buffer: &mut String) -> LinkTarget {
        let (address, fragment) = target.split_once('#').unwrap_or((target, ""));
        let address = address.split('?').next().unwrap_or_default();
        // The address of the site may have percent-encoding of its own, so it is taken off first.
        let own = self.base_urls.iter().find_map(|base| address.strip_prefix(base.as_str()));
        if own.is_none() && is_outside(address) {
            return LinkTarget::Outside;
        }
        let from = if own.is_some() { Start::Root } else { Start::Page(from.as_str()) };
        let found = locate(from, &decoded(own.unwrap_or(address)), buffer)
            .is_some_and(|()| self.names.contains(&*normalised(buffer)));
        match found {
            false => LinkTarget::Nothing,
            // Viewers of other files understand fragments in ways of their own: `#page=3` (RFC 8118).
            true if is_top(fragment) || !buffer.ends_with(".html") => LinkTarget::File,
            true => LinkTarget::Anchor(anchor(buffer, &decoded(fragment))),
        }
    }
}

/// Returns whether a fragment means the top of a page, or words in it, which every page has (HTML Standard, §7.4.6.4).
fn is_top(fragment: &str) -> bool {
    fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with(":~:")
}

/// An address without its percent-encoding, as a host reads it; as it is if it has none.
fn decoded(address: &str) -> Cow<'_, str> {
    percent_decode_str(address).decode_utf8().unwrap_or(Cow::Borrowed(address))
}

/// A name in Unicode normalisation form C, since disks and editors differ in how they write é.
fn normalised(name: &str) -> Cow<'_, str> {
    match name.is_ascii() {
        true => Cow::Borrowed(name),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(name),
    }
}

/// Where a link leads.
enum LinkTarget {
    /// Out of the site.
    Outside,
    /// To a file of the site.
    File,
    /// To this anchor on a page of the site, if the page has it.
    Anchor(u64),
    /// To a file of the site that is not there.
    Nothing,
}

fn anchor(path: &str, id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, id).hash(&mut hasher);
    hasher.finish()
}

/// Where an address starts from.
enum Start<'a> {
    /// The root of the site: it began with the address of the site.
    Root,
    /// The page in this file.
    Page(&'a str),
}

/// Writes the file an address means into `file`; `None` if it leads above the root.
fn locate(from: Start<'_>, rest: &str, file: &mut String) -> Option<()> {
    file.clear();
    match from {
        Start::Root => {}
        Start::Page(page) if rest.is_empty() => {
            file.push_str(page);
            return Some(());
        }
        Start::Page(page) => file.push_str(page.rsplit_once('/').map_or("", |(folder, _)| folder)),
    }
    let mut parts = if file.is_empty() { 0 } else { file.split('/').count() };
    for part in rest.split('/').filter(|part| *part != ".") {
        if part == ".." {
            parts = usize::checked_sub(parts, 1)?;
            file.truncate(file.rfind('/').unwrap_or(0));
            continue;
        }
        if parts > 0 {
            file.push('/');
        }
        file.push_str(part);
        parts += 1;
    }
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    Some(())
}

fn is_outside(address: &str) -> bool {
    address.starts_with("//")
        || address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_link(target: &str, expected: bool) {
        let path = |p| SitePath::new(p).unwrap();
        let (home, plan) = (path("zh/index.html"), path("zh/plans/2023/index.html"));
        let html = format!("<h1 id=task-5>x</h1><a href=\"{target}\">");
        let names =
            [home.clone(), plan.clone(), path("data/tasks.json"), path("files/附件 1.pdf"), path("é.pdf")];
        let files = LinkableFiles::new(names, ["https://x.org/a/", "http://127.0.0.1:4000/"]);
        let pages = [
            (home.clone(), files.read(&home, "<h1 id=\"top\">x</h1>")),
            (plan.clone(), files.read(&plan, &html)),
        ];
        let pages = pages.iter().map(|(path, links)| (path, links));
        let found = files.check(pages, &|_| html.clone());
        let dead: Vec<_> = found.iter().map(|dead| dead.address.as_str()).collect();
        assert_eq!(dead, if expected { vec![] } else { vec![target] }, "{target}");
    }

    #[test]
    fn links_are_followed_as_a_browser_does() {
        for good in [
            "#task-5",
            "",
            "../../",
            "../../#top",
            "../../../files/%E9%99%84%E4%BB%B6%201.pdf#page=3",
            "../../../files/附件 1.pdf",
            "../../../e\u{301}.pdf",
            "http://127.0.0.1:4000/zh/",
            "#:~:text=x",
            "../../../data/tasks.json",
            "./",
            "?q=1#task-5",
            "https://x.org/a/zh/",
            "https://elsewhere.org/y",
            "mailto:a@b.c",
            "//cdn.org/x",
        ] {
            check_link(good, true);
        }
        for bad in [
            "#task-6",
            "../2024/",
            "../../../../../zh/",
            "/zh/",
            "../../..//zh/",
            "https://x.org/a/fr/",
            "data/",
            "../../#task-5",
            "../../../files/附件 2.pdf#page=3",
        ] {
            check_link(bad, false);
        }
    }
}
