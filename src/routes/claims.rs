//! Claims: every path that `build` writes has one writer. What the program writes wins, and a file of
//! `static/` that would be a second writer is reported and left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::{Page, Route, SEARCH, file, redirects};
use crate::base::{Code, Diagnostic, SitePath};
use crate::compress;
use crate::message;
use crate::settings::Encoding;
use crate::site::Site;

/// The file by which a directory is known to be gongbao's to replace.
pub const MARK: &str = ".gongbao";
/// The file with the digests of all others.
pub const SUMS: &str = "SHA256SUMS";
/// The name of the signature of that list.
pub const SIGNATURE: &str = "SHA256SUMS.minisig";
/// The files of a published site that are gongbao's own account of it.
pub const OWN: [&str; 3] = [MARK, SUMS, SIGNATURE];

/// The folder of `static/` in a site.
const STATIC: &str = "static";

/// The paths that are written, by their lower-case form: some servers and disks do not tell cases apart.
struct Claims<'a> {
    /// The path of each claim, and whether it comes from `static/`.
    paths: HashMap<String, (SitePath, bool)>,
    encodings: &'a [Encoding],
}

/// The diagnostics for routes of the program that claim the same path, and for files of `static/` that
/// have another writer, with those files.
pub(super) fn check<'a>(
    site: &Site,
    routes: &[Route],
    statics: &'a [SitePath],
) -> (Vec<Diagnostic>, BTreeSet<&'a SitePath>) {
    let mut faults = Vec::new();
    // One diagnostic for each redirect, however many pages are below its old address.
    let mut reported = BTreeSet::new();
    let mut claims = Claims { paths: HashMap::new(), encodings: &site.settings.precompress };
    let lower = |path: SitePath| (path.as_str().to_lowercase(), path);
    let written: Vec<_> = routes.par_iter().map(|route| lower(file(site, route))).collect();
    for (route, (lower, path)) in routes.iter().zip(written) {
        if let Route::Redirect(_, old, _) = route {
            let mut places = folders(&lower).chain([lower.as_str()]);
            if let Some((other, _)) = places.find_map(|place| claims.paths.get(place)) {
                let redirect = redirects::redirect_of(site, old).filter(|r| reported.insert(&r.from));
                faults.extend(redirect.map(|redirect| redirects::collision(redirect, other)));
                continue;
            }
        }
        if let Some((other, _)) = claims.paths.insert(lower, (path.clone(), false)) {
            let fault = two_pages(&path, &other);
            faults.push(source(site, route).into_iter().fold(fault, Diagnostic::rests_on));
        }
    }
    claims.paths.extend(own().map(|path| (path.as_str().to_lowercase(), (path, false))));
    let refused: BTreeMap<_, _> = claims.refuse(statics);
    faults.extend(refused.values().cloned());
    (faults, refused.into_keys().collect())
}

/// The files that are written beside the routes and whose names are known before they are made.
fn own() -> impl Iterator<Item = SitePath> {
    let engine = gongbao_search::dist::names();
    let search = engine.chain([gongbao_search::MANIFEST]).map(|name| format!("{SEARCH}/{name}"));
    let names = search.chain(OWN.map(str::to_owned));
    names.map(|name| SitePath::new(&name).expect("the program names its files in plain ASCII"))
}

impl Claims<'_> {
    /// The files of `static/` that another file or folder is in the way of, each with the diagnostic.
    fn refuse<'a>(&mut self, statics: &'a [SitePath]) -> BTreeMap<&'a SitePath, Diagnostic> {
        let mut refused = BTreeMap::new();
        for path in statics {
            match self.find(path) {
                Some(fault) => drop(refused.insert(path, fault)),
                None => drop(self.paths.insert(path.as_str().to_lowercase(), (path.clone(), true))),
            }
        }
        if !statics.is_empty() {
            self.within_files(statics, &mut refused);
        }
        refused
    }

    /// The diagnostic for a file of `static/` that has the path of another, or needs a folder at one.
    fn find(&self, path: &SitePath) -> Option<Diagnostic> {
        let lower = path.as_str().to_lowercase();
        if let Some((other, is_static)) = self.writer(&lower) {
            return Some(two_writers(path, &other, is_static));
        }
        if folders(&lower).any(|folder| folder == SEARCH) {
            return Some(in_search(path));
        }
        let other = folders(&lower).find_map(|folder| self.writer(folder));
        other.map(|(other, is_static)| takes_place(&other, is_static, path, true))
    }

    /// The path and the kind of writer of a file, which may be the compressed form of another.
    fn writer(&self, lower: &str) -> Option<(SitePath, bool)> {
        let known = || self.paths.get(lower).cloned();
        let compressed = || {
            let stem = compress::stem(lower, self.encodings)?;
            let (path, _) = self.paths.get(stem)?;
            let form = SitePath::new(&format!("{path}{}", &lower[stem.len()..]))?;
            compress::is_compressed(path).then_some((form, false))
        };
        known().or_else(compressed)
    }

    /// Adds the files of `static/` in whose place a folder is needed.
    fn within_files<'a>(&self, statics: &'a [SitePath], refused: &mut BTreeMap<&'a SitePath, Diagnostic>) {
        let files: HashMap<String, &SitePath> =
            statics.iter().map(|path| (path.as_str().to_lowercase(), path)).collect();
        let mut found = BTreeMap::new();
        for (lower, (path, is_static)) in &self.paths {
            let places = folders(lower).filter_map(|folder| files.get(folder));
            found.extend(places.map(|file| ((*file, path), *is_static)));
        }
        for ((file, path), is_static) in found {
            refused.entry(file).or_insert_with(|| takes_place(file, true, path, is_static));
        }
    }
}

/// The folders of a path, from the outermost.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The name of a file for messages: where the editor finds it, if it comes from `static/`.
fn named(path: &SitePath, is_static: bool) -> String {
    if is_static { format!("{STATIC}/{path}") } else { path.to_string() }
}

fn fault(path: &SitePath, title: crate::base::Message) -> Diagnostic {
    let source = SitePath::new(&named(path, true)).expect("a path below a folder is a path");
    let hint = message!("给 {source} 改名", "rename {source}");
    Diagnostic::new(Code::ROUTE_COLLISION, title).at(&source, 0..0).hint(hint)
}

fn two_writers(path: &SitePath, other: &SitePath, is_static: bool) -> Diagnostic {
    let source = named(path, true);
    let title = match is_static {
        true => message!(
            "{source} 与 {STATIC}/{other} 只有大小写不同，不能同时发布",
            "{source} and {STATIC}/{other} differ by case only and cannot both be published"
        ),
        false => message!("{source} 与程序都要写入 {other}", "{source} and the program both write {other}"),
    };
    fault(path, title)
}

fn in_search(path: &SitePath) -> Diagnostic {
    let source = named(path, true);
    let title = message!(
        "{source} 在程序写入检索文件的文件夹 {SEARCH}/ 中",
        "{source} is in {SEARCH}/, the folder in which the program writes the search"
    );
    fault(path, title)
}

/// A file in whose place `path` needs a folder. One of the two comes from `static/`, and is reported.
fn takes_place(file: &SitePath, file_is_static: bool, path: &SitePath, path_is_static: bool) -> Diagnostic {
    let (blocking, blocked) = (named(file, file_is_static), named(path, path_is_static));
    let title = message!(
        "文件 {blocking} 占用了 {blocked} 的文件夹",
        "the file {blocking} takes the place of the folder of {blocked}"
    );
    fault(if file_is_static { file } else { path }, title)
}

fn two_pages(path: &SitePath, other: &SitePath) -> Diagnostic {
    let title = message!(
        "两个页面都要写入 {path}（另一个是 {other}）",
        "two pages claim {path} (the other as {other})"
    );
    let hint = message!("改一个编号", "change one of the ids");
    Diagnostic::new(Code::ROUTE_COLLISION, title).at(path, 0..0).hint(hint)
}

/// The file or folder of the site that a route is made from.
fn source(site: &Site, route: &Route) -> Option<SitePath> {
    let page = match route {
        Route::Page(_, page) | Route::Markdown(_, page) => *page,
        Route::Calendar(_, scope) | Route::Feed(_, scope) => scope.page(),
        Route::AkomaNtoso(_, plan) => Page::Plan(*plan),
        _ => return None,
    };
    match page {
        Page::Plan(plan) | Page::Task(plan, _) | Page::Transition(plan) => {
            SitePath::new(&format!("content/plans/{}", site.plans[plan].id))
        }
        Page::Instrument(_) => Some(SitePath::fixed("content/instruments.toml")),
        Page::Thread(_) => Some(SitePath::fixed("content/threads.toml")),
        Page::Topic(_) => Some(SitePath::fixed("content/topics.toml")),
        _ => None,
    }
}
