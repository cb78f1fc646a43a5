//! Links inside the site: every one must lead to a page that exists, and to an anchor on it.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{Token, Tokenizer};

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;

/// What a page offers to links, and where its own links lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The anchors on the page.
    pub anchors: BTreeSet<String>,
    /// The addresses it links to, as written.
    pub targets: BTreeSet<String>,
}

/// Reads the links and anchors of an HTML page.
pub fn read(html: &str) -> PageLinks {
    let mut links = PageLinks::default();
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match name.as_slice() {
                b"id" => drop(links.anchors.insert(value)),
                b"href" | b"src" => drop(links.targets.insert(value)),
                _ => {}
            }
        }
    }
    links
}

/// Checks the links of all pages against each other. `files` are all files of
/// the output; the addresses of the site itself begin with `base_url`.
pub fn check(
    pages: &BTreeMap<SitePath, PageLinks>,
    files: &BTreeSet<SitePath>,
    base_url: &str,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (path, links) in pages {
        for target in &links.targets {
            if !resolves(path, target, pages, files, base_url) {
                faults.push(dead(path, target));
            }
        }
    }
    faults
}

fn resolves(
    from: &SitePath,
    target: &str,
    pages: &BTreeMap<SitePath, PageLinks>,
    files: &BTreeSet<SitePath>,
    base_url: &str,
) -> bool {
    let (address, anchor) = target.split_once('#').unwrap_or((target, ""));
    let address = address.split('?').next().unwrap_or_default();
    let Some(file) = locate(from, address, base_url) else { return is_outside(address) };
    if !files.contains(&file) {
        return false;
    }
    anchor.is_empty() || pages.get(&file).is_some_and(|page| page.anchors.contains(anchor))
}

/// The file an address means; `None` if it leads out of the site.
fn locate(from: &SitePath, address: &str, base_url: &str) -> Option<SitePath> {
    let (mut parts, rest): (Vec<&str>, &str) = match address.strip_prefix(base_url) {
        Some(rest) => (Vec::new(), rest),
        None if is_outside(address) => return None,
        None => (from.parts().collect(), address),
    };
    if rest.is_empty() && address.is_empty() {
        return Some(from.clone());
    }
    parts.pop();
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    if parts.last().is_none_or(|last| last.is_empty()) {
        parts.pop();
        parts.push("index.html");
    }
    SitePath::new(&parts.join("/"))
}

fn is_outside(address: &str) -> bool {
    address.starts_with("//")
        || address.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

fn dead(path: &SitePath, target: &str) -> Diagnostic {
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
        let pages: BTreeMap<_, _> = [
            (path("zh/index.html"), read("<h1 id=\"top\">x</h1>")),
            (path("zh/plans/2023/index.html"), read("<h1 id=task-5>x</h1>")),
        ]
        .into();
        let files = pages.keys().cloned().chain([path("data/tasks.json")]).collect();
        let found = resolves(&path("zh/plans/2023/index.html"), target, &pages, &files, "https://x.org/a/");
        assert_eq!(found, expected, "{target}");
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
        for bad in
            ["#task-6", "../2024/", "../../../../../zh/", "https://x.org/a/fr/", "data/", "../../#task-5"]
        {
            check_link(bad, false);
        }
    }
}
