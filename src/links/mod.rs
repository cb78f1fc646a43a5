//! Links inside the site: every one must lead to a page that exists, and to an anchor on it.

pub mod scan;

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use scan::Found;

/// The files that links may lead to.
pub struct Files {
    names: HashSet<SitePath>,
    base_url: String,
}

/// What a page offers to links, and which of its own links cannot be judged by itself. It is small,
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

impl Files {
    /// The files of the output; the addresses of the site itself begin with `base_url`.
    pub fn new(names: impl IntoIterator<Item = SitePath>, base_url: &str) -> Self {
        Self { names: names.into_iter().collect(), base_url: base_url.to_owned() }
    }

    /// Adds files that were made in the meantime.
    pub fn extend(&mut self, names: impl IntoIterator<Item = SitePath>) {
        self.names.extend(names);
    }

    /// Reads the links and anchors of an HTML page.
    pub fn read(&self, path: &SitePath, html: &str) -> PageLinks {
        let mut links = PageLinks::default();
        let mut buffer = String::new();
        scan::scan(html, &mut |found| match found {
            Found::Anchor(id) => links.anchors.push(anchor(path.as_str(), id)),
            Found::Address(address) => match self.target(path, address, &mut buffer) {
                Target::Outside | Target::File => {}
                Target::Anchor(hash) => links.wanted.push(hash),
                Target::Nothing => links.missing.push(address.to_owned()),
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
    ) -> Vec<Diagnostic> {
        let anchors: HashSet<u64> =
            pages.clone().flat_map(|(_, links)| links.anchors.iter().copied()).collect();
        let is_suspect = |links: &PageLinks| {
            !links.missing.is_empty() || links.wanted.iter().any(|hash| !anchors.contains(hash))
        };
        let suspects = pages.filter(|(_, links)| is_suspect(links)).map(|(path, _)| path);
        suspects.flat_map(|path| self.dead(path, &html(path), &anchors)).collect()
    }

    fn dead(&self, path: &SitePath, html: &str, anchors: &HashSet<u64>) -> Vec<Diagnostic> {
        let (mut dead, mut buffer) = (BTreeSet::new(), String::new());
        scan::scan(html, &mut |found| {
            let Found::Address(address) = found else { return };
            let leads_nowhere = match self.target(path, address, &mut buffer) {
                Target::Outside | Target::File => false,
                Target::Anchor(hash) => !anchors.contains(&hash),
                Target::Nothing => true,
            };
            if leads_nowhere {
                dead.insert(address.to_owned());
            }
        });
        dead.into_iter().map(|address| diagnostic(path, &address)).collect()
    }

    /// Where a link leads. `buffer` is room for the name of the file.
    fn target(&self, from: &SitePath, target: &str, buffer: &mut String) -> Target {
        let (address, fragment) = target.split_once('#').unwrap_or((target, ""));
        let address = address.split('?').next().unwrap_or_default();
        if !address.starts_with(&self.base_url) && is_outside(address) {
            return Target::Outside;
        }
        let found = locate(from.as_str(), address, &self.base_url, buffer)
            .is_some_and(|()| self.names.contains(buffer.as_str()));
        match (found, fragment) {
            (false, _) => Target::Nothing,
            (true, "") => Target::File,
            (true, fragment) => Target::Anchor(anchor(buffer, fragment)),
        }
    }
}

/// Where a link leads.
enum Target {
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

/// Writes the file an address means into `file`; `None` if it leads above the root.
fn locate(from: &str, address: &str, base_url: &str, file: &mut String) -> Option<()> {
    file.clear();
    let rest = match address.strip_prefix(base_url) {
        Some(rest) => rest,
        None if address.is_empty() => {
            file.push_str(from);
            return Some(());
        }
        None => {
            file.push_str(from.rsplit_once('/').map_or("", |(folder, _)| folder));
            address
        }
    };
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

fn diagnostic(path: &SitePath, target: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DEAD_LINK,
        message!("{path} 中的链接 {target} 没有目标", "the link {target} on {path} leads nowhere"),
    )
    .at(path, 0..0)
    .hint(message!(
        "改正文中的链接，或模板中的地址",
        "mend the link in the text, or the address in the template"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_link(target: &str, expected: bool) {
        let path = |p| SitePath::new(p).unwrap();
        let (home, plan) = (path("zh/index.html"), path("zh/plans/2023/index.html"));
        let html = format!("<h1 id=task-5>x</h1><a href=\"{target}\">");
        let files = Files::new([home.clone(), plan.clone(), path("data/tasks.json")], "https://x.org/a/");
        let pages = [
            (home.clone(), files.read(&home, "<h1 id=\"top\">x</h1>")),
            (plan.clone(), files.read(&plan, &html)),
        ];
        let pages = pages.iter().map(|(path, links)| (path, links));
        let found = files.check(pages, &|_| html.clone());
        let titles: Vec<_> = found.iter().map(|fault| fault.title.en.clone()).collect();
        let dead = format!("the link {target} on zh/plans/2023/index.html leads nowhere");
        assert_eq!(titles, if expected { vec![] } else { vec![dead] }, "{target}");
    }

    #[test]
    fn links_are_followed_as_a_browser_does() {
        for good in [
            "#task-5",
            "",
            "../../",
            "../../#top",
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
        ] {
            check_link(bad, false);
        }
    }
}
