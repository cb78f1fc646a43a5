//! Redirects: the old addresses of `[[redirect]]` and the pages and files that they lead to.

use std::collections::BTreeMap;

use super::{Route, akn_versions, calendars, feeds, of_language, pages, url};
use crate::base::{Code, Diagnostic, SitePath, Span};
use crate::message;
use crate::settings::{self, Redirect};
use crate::site::Site;

/// Every old address, such as `zh/plans/2023-old/`, with the page or file that is there no longer. Of
/// several redirects that fit an address, the longest applies.
pub fn targets(site: &Site) -> BTreeMap<String, Route> {
    let mut redirects: Vec<_> = site.settings.redirects.iter().collect();
    redirects.sort_by_key(|redirect| redirect.from.len());
    let mut targets = BTreeMap::new();
    if redirects.is_empty() {
        return targets;
    }
    let routes = in_languages(site);
    for redirect in redirects {
        let moved = routes.iter().filter_map(|(lang, rest, route)| {
            Some((format!("{lang}/{}{}", redirect.from, rest.strip_prefix(&redirect.to)?), route.clone()))
        });
        targets.extend(moved);
    }
    targets
}

/// The redirect pages and the files for hosts; none for a site without redirects.
pub(super) fn routes(site: &Site) -> Vec<Route> {
    let page = |(old, target): (String, Route)| match target {
        Route::Page(lang, page) => Some(Route::Redirect(lang, old.split_once('/')?.1.to_owned(), page)),
        _ => None,
    };
    let mut routes: Vec<_> = targets(site).into_iter().filter_map(page).collect();
    if !site.settings.redirects.is_empty() {
        routes.extend([Route::HostRedirects, Route::NginxRedirects]);
    }
    routes
}

/// Every page and file of a language: its code, the address below it, and the route.
fn in_languages(site: &Site) -> Vec<(String, String, Route)> {
    let (pages, calendars, feeds) = (pages(site), calendars(site), feeds(site));
    let languages = site.settings.languages.iter();
    let routes = languages.flat_map(|language| of_language(language.code, &pages, &calendars, &feeds));
    let routes = routes.chain(akn_versions(site).map(|(lang, plan)| Route::AkomaNtoso(lang, plan)));
    let split = |route: Route| {
        let url = url(site, &route);
        let (lang, rest) = url.split_once('/')?;
        Some((lang.to_owned(), rest.to_owned(), route))
    };
    routes.filter_map(split).collect()
}

/// The diagnostics for redirects to or from an address that begins with a language, and for those that lead
/// nowhere.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let redirects = &site.settings.redirects;
    if redirects.is_empty() {
        return Vec::new();
    }
    let routes = in_languages(site);
    let is_page = |address: &str| routes.iter().any(|(_, rest, _)| rest.starts_with(address));
    let fault = |redirect: &Redirect| {
        if has_language(site, &redirect.from) {
            return Some(with_language(&redirect.from, redirect.from_place.clone()));
        }
        if has_language(site, &redirect.to) {
            return Some(with_language(&redirect.to, redirect.to_place.clone()));
        }
        (!is_page(&redirect.to)).then(|| leads_nowhere(redirect))
    };
    redirects.iter().filter_map(fault).collect()
}

fn has_language(site: &Site, address: &str) -> bool {
    let first = address.split('/').next();
    site.settings.languages.iter().any(|language| Some(language.code.as_str()) == first)
}

fn with_language(address: &str, place: Span) -> Diagnostic {
    let title = message!("跳转的地址 {address} 带有语言代码", "the redirect names a language: {address}");
    let hint = message!(
        "去掉语言代码：跳转适用于每种语言",
        "leave out the language: a redirect applies to every language"
    );
    Diagnostic::new(Code::BAD_VALUE, title).at(&SitePath::fixed(settings::FILE), place).hint(hint)
}

fn leads_nowhere(redirect: &Redirect) -> Diagnostic {
    let title = message!("跳转的目标 {} 不存在", "the redirect leads nowhere: there is no {}", redirect.to);
    let hint = message!(
        "写现有页面的地址，不带语言代码；目标也不能是另一条跳转的旧地址",
        "write the address of a page that exists, without the language; not the old address of another redirect"
    );
    let place = redirect.to_place.clone();
    Diagnostic::new(Code::DEAD_LINK, title).at(&SitePath::fixed(settings::FILE), place).hint(hint)
}

/// The redirect that applies to an old address without the language.
pub(super) fn redirect_of<'a>(site: &'a Site, old: &str) -> Option<&'a Redirect> {
    let redirects = site.settings.redirects.iter().filter(|redirect| old.starts_with(&redirect.from));
    redirects.max_by_key(|redirect| redirect.from.len())
}

/// The diagnostic for a redirect with an old address at which another page or file is.
pub(super) fn collision(redirect: &Redirect, other: &SitePath) -> Diagnostic {
    let from = &redirect.from;
    let title =
        message!("跳转的旧地址 {from} 会占用 {other}", "the redirect from {from} takes the place of {other}");
    let hint = message!(
        "删除这条跳转，或改写 from：旧地址上不能再有页面",
        "remove the redirect or change its `from`: an old address has no page of its own"
    );
    let place = redirect.from_place.clone();
    Diagnostic::new(Code::ROUTE_COLLISION, title).at(&SitePath::fixed(settings::FILE), place).hint(hint)
}
