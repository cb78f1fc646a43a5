//! `/_headers`, in which hosts such as Netlify and Cloudflare Pages read the headers to send.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::base::SitePath;
use crate::site::Site;
use crate::theme::csp::InlineHashes;
use crate::theme::inert::{self, POLICY as DOCUMENT};

/// The policy of the search worker, which may compile its engine and read its index. A worker
/// follows the policy of its own file, not that of the page that starts it.
const WORKER: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/// `/_headers`, for a site with these files beside its pages. Hosts join the policies of all rules
/// that fit a path: below a language both that of pages and that of documents apply, while the search
/// may compile its engine only where no stricter one applies as well.
pub fn headers<'a>(site: &Site, inline: &InlineHashes, files: impl Iterator<Item = &'a SitePath>) -> String {
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
pub(super) fn escaped(path: &str) -> String {
    const RESERVED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'*').add(b':').add(b'#').add(b'?').add(b'%').add(b'"').add(b'<').add(b'>');
    utf8_percent_encode(path, RESERVED).to_string()
}

/// The path of an address, with a slash at each end.
pub(super) fn base_path(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or("/", |at| &url[host + at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_address() {
        assert_eq!(base_path("https://example.org/"), "/");
        assert_eq!(base_path("https://example.org/plans/ip/"), "/plans/ip/");
    }
}
