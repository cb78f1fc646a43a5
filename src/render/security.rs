//! What browsers are told to refuse: the Content Security Policy of every page, and `/_headers`,
//! in which hosts such as Netlify and Cloudflare Pages read what else to say.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::inert::{self, POLICY as DOCUMENT};
use crate::base::{SitePath, base64, digest};
use crate::resolve::Site;

/// What a page may load, beside scripts and styles: nothing but files of its own site.
const PAGE: &str = "default-src 'none'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                    manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";

/// What the worker of the search may do: compile its engine and read its index. A worker
/// follows the policy of its own file, not that of the page that starts it.
const WORKER: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// The scripts and styles that stand in templates themselves, as the hashes by which a policy allows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
}

impl Inline {
    /// Adds those of a template. One that the template engine writes anew on each page has
    /// no fixed hash and will be refused; its data belong into an attribute or a data block.
    pub fn read(&mut self, template: &str) {
        for text in elements(template, "script").filter_map(|(tag, text)| is_code(tag).then_some(text)) {
            self.scripts.insert(hash(text));
        }
        self.styles.extend(elements(template, "style").map(|(_, text)| hash(text)));
    }

    /// The policy of a page, for `<meta http-equiv="Content-Security-Policy">`.
    pub fn policy(&self) -> String {
        let list =
            |hashes: &BTreeSet<String>| hashes.iter().map(|hash| format!(" '{hash}'")).collect::<String>();
        format!("{PAGE}; script-src 'self'{}; style-src 'self'{}", list(&self.scripts), list(&self.styles))
    }
}

/// The elements of a name with what stands in their start tags and between their tags.
fn elements<'a>(text: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = text;
    std::iter::from_fn(move || {
        let tag = rest.split_once(&open)?.1;
        let (tag, after) = tag.split_once('>')?;
        let (inside, after) = after.split_once(&close)?;
        rest = after;
        Some((tag, inside))
    })
}

/// Whether a script stands in the page and is run: it has no `src`, and its type is not one of data.
fn is_code(tag: &str) -> bool {
    let data = tag.contains("type=") && !tag.contains("module") && !tag.contains("javascript");
    !tag.contains("src=") && !data
}

/// A hash as policies write it (CSP 3 §2.3.1): the digest in Base64.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64::encode(&digest::sha256(text.as_bytes())))
}

/// `/_headers`, for a site with these files beside its pages. Hosts join the policies of all rules
/// that fit a path: below a language both that of pages and that of documents hold, while the search
/// may compile its engine only where no stricter one holds as well.
pub fn headers<'a>(site: &Site, inline: &Inline, files: impl Iterator<Item = &'a SitePath>) -> String {
    let base = base_path(&site.settings.base_url);
    let page = format!("{}; frame-ancestors 'none'", inline.policy());
    let mut text = format!(
        "{base}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         X-Frame-Options: DENY\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()\n\
         {base}\n  Content-Security-Policy: {page}\n\
         {base}404.html\n  Content-Security-Policy: {page}\n"
    );
    for language in &site.settings.languages {
        text += &format!("{base}{}/*\n  Content-Security-Policy: {page}\n", language.code);
    }
    text += &format!(
        "{base}search/*\n  Content-Security-Policy: {WORKER}\n\
         {base}assets/*\n  Content-Security-Policy: {DOCUMENT}\n  \
         Cache-Control: public, max-age=31536000, immutable\n\
         {base}data/*\n  Access-Control-Allow-Origin: *\n"
    );
    for place in documents(site, files) {
        text += &format!("{base}{place}\n  Content-Security-Policy: {DOCUMENT}\n");
    }
    text
}

/// Where documents of the site's own are ([`inert::is_document`]): their folders, as hosts limit the
/// number of rules, and single files where there are pages or a rule already.
fn documents<'a>(site: &Site, files: impl Iterator<Item = &'a SitePath>) -> BTreeSet<String> {
    let is_mixed = |folder: &str| {
        ["assets", "data", "search"].contains(&folder)
            || site.settings.languages.iter().any(|language| language.code.as_str() == folder)
    };
    let place = |path: &SitePath| match path.as_str().split_once('/') {
        Some(("assets", _)) => None,
        Some((folder, _)) if !is_mixed(folder) => Some(format!("{}/*", escaped(folder))),
        _ => Some(escaped(path.as_str())),
    };
    files.filter(|path| inert::is_document(path)).filter_map(place).collect()
}

/// A path as a rule writes it: `*` and `:` have a meaning there, and a space ends it.
fn escaped(path: &str) -> String {
    const RESERVED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'*').add(b':').add(b'#').add(b'?').add(b'%').add(b'"').add(b'<').add(b'>');
    utf8_percent_encode(path, RESERVED).to_string()
}

/// The path of an address, with a slash at each end.
fn base_path(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or("/", |at| &url[host + at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_template_is_allowed_by_its_hash_and_nothing_else_is() {
        let mut inline = Inline::default();
        inline.read("<script src=\"a.js\"></script><script type=\"application/ld+json\">{}</script>");
        assert_eq!(inline, Inline::default());
        assert!(inline.policy().ends_with("script-src 'self'; style-src 'self'"));
        inline.read("<script>alert(1)</script> <style media=\"print\">p{}</style>");
        let policy = inline.policy();
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
            "{policy}"
        );
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
    }

    #[test]
    fn paths_are_those_of_the_address() {
        assert_eq!(base_path("https://example.org/"), "/");
        assert_eq!(base_path("https://example.org/plans/ip/"), "/plans/ip/");
    }
}
