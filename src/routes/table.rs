//! The routes of a site as a table, which is valid as long as nothing gets another address.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{
    Route, Scope, akn_versions, calendars, claims, feeds, portable, redirects, routes, sitemap, url,
};
use crate::base::{Diagnostic, Lang, SitePath};
use crate::model::PlanId;
use crate::model::index::PlanIndex;
use crate::settings::{Encoding, Redirect};
use crate::site::Site;

/// Every page and file that will exist, and what is wrong with their addresses.
#[derive(Clone, Debug)]
pub struct RouteTable {
    names: Names,
    /// The routes, in a fixed order.
    pub list: Vec<Route>,
    /// The paths that have two writers, and names that not every machine has.
    pub faults: Vec<Diagnostic>,
    /// Places in the list, by address; made when the first address is asked for.
    places: OnceLock<HashMap<String, usize>>,
}

/// All that routes and their addresses are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Names {
    languages: Vec<Lang>,
    plans: Vec<(PlanId, Vec<u32>)>,
    /// The words of instruments, lines of work, headings, bodies and pages of text in their addresses.
    slugs: [Vec<String>; 5],
    /// The plan before each plan of its series, with which it has a page.
    previous: Vec<Option<PlanIndex>>,
    /// The Akoma Ntoso versions of plans.
    akn: Vec<(Lang, PlanIndex)>,
    calendars: Vec<Scope>,
    feeds: Vec<Scope>,
    files: StaticFiles,
    precompress: Vec<Encoding>,
    redirects: Vec<Redirect>,
    /// The parts of the sitemap, whose number follows from the length of the addresses too.
    sitemaps: usize,
}

/// The files that go into the output as they are, by their paths there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaticFiles {
    /// Those of the theme.
    pub assets: Vec<SitePath>,
    /// Those of `static/`.
    pub statics: Vec<SitePath>,
}

impl RouteTable {
    /// The routes of a site with the given files beside its pages: the known table, if it is theirs.
    pub fn renew(
        known: Option<std::sync::Arc<Self>>,
        site: &Site,
        files: StaticFiles,
    ) -> std::sync::Arc<Self> {
        let names = Names::new(site, files);
        let known = known.filter(|known| known.names == names);
        known.unwrap_or_else(|| Self::of(site, names).into())
    }

    fn of(site: &Site, names: Names) -> Self {
        let StaticFiles { assets, statics } = &names.files;
        let mut list = routes(site, &names.calendars, &names.feeds, assets);
        let (mut faults, refused) = claims::check(site, &list, statics);
        list.extend(statics.iter().filter(|path| !refused.contains(path)).cloned().map(Route::File));
        faults.extend(portable::check(site, &list));
        faults.extend(redirects::check(site));
        Self { names, list, faults, places: OnceLock::new() }
    }

    /// The route at an address of the site.
    pub fn find(&self, site: &Site, address: &str) -> Option<&Route> {
        let places =
            || self.list.iter().enumerate().map(|(place, route)| (url(site, route), place)).collect();
        self.places.get_or_init(places).get(address).map(|place| &self.list[*place])
    }
}

impl Names {
    fn new(site: &Site, files: StaticFiles) -> Self {
        let plans = site.plans.iter();
        Self {
            languages: site.settings.languages.iter().map(|language| language.code).collect(),
            plans: plans.map(|p| (p.id.clone(), p.tasks.iter().map(|task| task.number).collect())).collect(),
            slugs: [
                site.instruments.iter().map(|instrument| instrument.slug.clone()).collect(),
                site.threads.iter().map(|thread| thread.slug.clone()).collect(),
                site.topics.iter().map(|topic| topic.slug.clone()).collect(),
                site.bodies.iter().map(|body| body.slug.clone()).collect(),
                site.pages.iter().map(|page| page.slug.clone()).collect(),
            ],
            previous: site.plans.indices().map(|plan| site.previous(plan)).collect(),
            akn: akn_versions(site).collect(),
            calendars: calendars(site),
            feeds: feeds(site),
            files,
            precompress: site.settings.precompress.clone(),
            redirects: site.settings.redirects.clone(),
            sitemaps: sitemap::parts(site),
        }
    }
}
