//! Names that Windows does not have: a site with one cannot be copied to such a machine, or from an
//! archive unpacked there.

use std::collections::BTreeSet;

use super::{Page, Route, file};
use crate::base::path::is_portable;
use crate::base::{Code, Diagnostic, SitePath};
use crate::message;
use crate::parse::catalogues::{instruments, threads, topics};
use crate::settings;
use crate::site::Site;

/// A warning for each name in the paths of routes, at the file that it comes from.
pub(super) fn check(site: &Site, routes: &[Route]) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    for route in routes {
        let path = file(site, route);
        let bad = path.parts().filter(|part| !is_portable(part));
        seen.extend(bad.map(|part| (source(site, route, part), part.to_owned())));
    }
    seen.into_iter().map(|(path, name)| warning(&path, &name)).collect()
}

/// The file that gives a route a name.
fn source(site: &Site, route: &Route, name: &str) -> SitePath {
    let of_page = |page: Page| match page {
        Page::Plan(plan) | Page::Task(plan, _) | Page::Transition(plan) => {
            Some(site.plans[plan].path.clone())
        }
        Page::Text(page) => {
            let text = format!("content/pages/{}.{}.md", site.pages[page].slug, site.settings.original());
            SitePath::new(&text)
        }
        Page::Instrument(_) => Some(SitePath::fixed(instruments::FILE)),
        Page::Thread(_) => Some(SitePath::fixed(threads::FILE)),
        Page::Topic(_) => Some(SitePath::fixed(topics::FILE)),
        _ => None,
    };
    let found = match route {
        Route::Page(lang, _) | Route::Markdown(lang, _) if lang.as_str() == name => None,
        Route::Page(_, page) | Route::Markdown(_, page) => of_page(*page),
        Route::Calendar(lang, scope) | Route::Feed(lang, scope) if lang.as_str() != name => {
            of_page(scope.page())
        }
        Route::AkomaNtoso(lang, plan) if lang.as_str() != name => of_page(Page::Plan(*plan)),
        Route::File(path) => SitePath::new(&format!("static/{path}")),
        _ => None,
    };
    found.unwrap_or(SitePath::fixed(settings::FILE))
}

fn warning(path: &SitePath, name: &str) -> Diagnostic {
    let title = message!(
        "Windows 上不能有名为“{name}”的文件或文件夹",
        "Windows has no file or folder named `{name}`"
    );
    let hint = message!("改用别的名称", "choose another name");
    Diagnostic::new(Code::RESERVED_NAME, title).at(path, 0..0).hint(hint)
}
