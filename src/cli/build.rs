//! `gongbao build`: the site, into a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::args::{BuildArgs, SiteArgs};
use super::console::{WithTheme, counted};
use super::patience::Patience;
use super::{Exit, console};
use crate::base::{self, Date, Diagnostic, SitePath};
use crate::compress;
use crate::index;
use crate::inputs::Inputs;
use crate::io::publish::{Publication, Written};
use crate::io::{Failure, clock, load};
use crate::links::{self, PageLinks};
use crate::pipeline::{self, Compiled};
use crate::render::Renderer;
use crate::routes::{self, Route};
use crate::settings::Encoding;

/// Runs `gongbao build`.
pub(super) fn run(args: &BuildArgs) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut inputs = inputs(&args.site, args.as_of)?;
    inputs.drafts = args.drafts;
    inputs.base_url.clone_from(&args.base_url);
    let mut compiled = pipeline::compile(&inputs);
    let out = args.out.clone().unwrap_or_else(|| args.site.site.join("public"));
    let published = match base::block_publication(&compiled.diagnostics) {
        true => None,
        false => publish(&mut compiled, &out, &args.site.site)?,
    };
    console::findings(&compiled.diagnostics, &WithTheme(&inputs));
    let Some(done) = published else { return Ok(Exit::Content) };
    console::result(&summary(&compiled, &done, &out, start));
    Ok(Exit::Done)
}

/// Reads a site from disk.
pub(super) fn inputs(site: &SiteArgs, as_of: Option<Date>) -> Result<Inputs, Failure> {
    let today = as_of.unwrap_or_else(clock::today);
    Ok(Inputs { files: load::load(&site.site)?, today, drafts: false, base_url: None })
}

/// What was written.
struct Done {
    files: usize,
    changed: usize,
    bytes: usize,
    /// How many bytes a visitor loads for the search: the engine and its scripts, and the index.
    search: [usize; 2],
}

/// Renders every route into the output. `None` if a page has an error, which
/// is added to the findings; the old site is then still there.
fn publish(compiled: &mut Compiled, out: &Path, site: &Path) -> Result<Option<Done>, Failure> {
    let publication = Publication::begin(out, site)?;
    let faults = match write_all(compiled, &publication) {
        Ok(done) => {
            publication.finish()?;
            return Ok(Some(done));
        }
        Err(Stop::Faults(faults)) => faults,
        Err(Stop::Failure(failure)) => {
            // The first failure is the one to report; what is left over the next build removes.
            let _ = publication.abandon();
            return Err(failure);
        }
    };
    publication.abandon()?;
    compiled.diagnostics.extend(faults);
    base::sort(&mut compiled.diagnostics);
    Ok(None)
}

enum Stop {
    Faults(Vec<Diagnostic>),
    Failure(Failure),
}

type Links = Vec<(SitePath, PageLinks)>;
type Search = BTreeMap<SitePath, Arc<[u8]>>;

/// Writes the pages and, beside them, the search, which is the longest single piece of work.
fn write_all(compiled: &Compiled, publication: &Publication) -> Result<Done, Stop> {
    let Compiled { site, theme, routes, .. } = compiled;
    let paths = routes.list.iter().map(|route| routes::file(site, route));
    let mut files = links::Files::new(paths, &site.settings.base_url);
    let (search, pages) = rayon::join(
        || write_search(compiled, publication),
        || render_all(&Renderer::of_all(site, theme), &routes.list, &files, publication),
    );
    let ((search, mut written), (pages, links)) = (search?, pages?);
    written.extend(pages);
    files.extend(search.keys().cloned());
    let dead = files.check(&links, &|path| page(compiled, path));
    if !dead.is_empty() {
        return Err(Stop::Faults(dead));
    }
    Ok(Done {
        files: written.len(),
        changed: written.iter().filter(|file| file.changed).count(),
        bytes: written.iter().map(|file| file.bytes).sum(),
        search: search_sizes(&search),
    })
}

fn write_search(compiled: &Compiled, publication: &Publication) -> Result<(Search, Vec<Written>), Stop> {
    let files = index::files(&compiled.site).map_err(|fault| Stop::Faults(vec![fault]))?;
    let encodings = &compiled.site.settings.precompress;
    let written: Result<_, _> =
        files.par_iter().map(|(path, bytes)| write(publication, path, bytes, encodings)).collect();
    Ok((files, written?))
}

/// Writes a file and, beside it, what the settings ask to have compressed beforehand.
fn write(
    publication: &Publication,
    path: &SitePath,
    bytes: &[u8],
    encodings: &[Encoding],
) -> Result<Written, Stop> {
    let written = publication.write(path, bytes).map_err(Stop::Failure)?;
    for (path, small) in compress::beside(path, bytes, encodings) {
        publication.write(&path, &small).map_err(Stop::Failure)?;
    }
    Ok(written)
}

fn render_all(
    renderer: &Renderer<'_>,
    routes: &[Route],
    files: &links::Files,
    publication: &Publication,
) -> Result<(Vec<Written>, Links), Stop> {
    let patience = Patience::default();
    let one = |route: &Route| write_route(renderer, route, files, publication, &patience);
    let routes = routes.par_iter().filter(|route| !matches!(route, Route::Twin(..)));
    gather(patience.watch(|| routes.map(one).collect()))
}

/// A file, or a page with its twin; and the links of a page.
type Made = (Vec<Written>, Option<(SitePath, PageLinks)>);

/// Writes a route; a page with its Markdown twin, which is made from it.
fn write_route(
    renderer: &Renderer<'_>,
    route: &Route,
    files: &links::Files,
    publication: &Publication,
    patience: &Patience,
) -> Result<Made, Stop> {
    let encodings = &renderer.site.settings.precompress;
    let path = routes::file(renderer.site, route);
    let rendered = patience.page(&path, || renderer.render(route));
    let bytes = rendered.map_err(|fault| Stop::Faults(vec![fault]))?;
    let mut written = vec![write(publication, &path, &bytes, encodings)?];
    if let Route::Page(lang, page) = *route
        && routes::has_twin(page)
    {
        let path = routes::file(renderer.site, &Route::Twin(lang, page));
        written.push(write(publication, &path, &renderer.twin_of(lang, text(&bytes)), encodings)?);
    }
    let links = (path.extension() == "html").then(|| files.read(&path, text(&bytes)));
    Ok((written, links.map(|links| (path, links))))
}

/// The text of a page.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("templates render texts")
}

/// All faults together if there are any; a failure of the disk before all else.
fn gather(results: Vec<Result<Made, Stop>>) -> Result<(Vec<Written>, Links), Stop> {
    let (mut written, mut links, mut faults) = (Vec::new(), Links::new(), Vec::new());
    for result in results {
        match result {
            Ok((files, page)) => {
                written.extend(files);
                links.extend(page);
            }
            Err(Stop::Faults(found)) => faults.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if faults.is_empty() { Ok((written, links)) } else { Err(Stop::Faults(faults)) }
}

/// A page once more, by its path.
fn page(compiled: &Compiled, path: &SitePath) -> String {
    let route = compiled.routes.list.iter().find(|route| routes::file(&compiled.site, route) == *path);
    let bytes = route.and_then(|route| Renderer::new(&compiled.site, &compiled.theme).render(route).ok());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

/// An index of more bytes than this is not compressed to say its size: nobody loads all of it.
const LARGE: usize = 1 << 20;

/// How many bytes a visitor loads for the search from a host that compresses:
/// the engine and its scripts, and the index of all languages. Compressed
/// quickly, so a little more than a careful host would send.
fn search_sizes(search: &Search) -> [usize; 2] {
    let is_engine = |path: &SitePath| matches!(path.extension(), "js" | "wasm");
    let index: usize = search.iter().filter(|(path, _)| !is_engine(path)).map(|(_, bytes)| bytes.len()).sum();
    let sizes = search.par_iter().map(|(path, bytes)| match is_engine(path) {
        true => [compress::quick_size(bytes), 0],
        false if index > LARGE => [0, bytes.len()],
        false => [0, compress::quick_size(bytes)],
    });
    sizes.reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]])
}

fn summary(compiled: &Compiled, done: &Done, out: &Path, start: Instant) -> String {
    let Done { files, changed, bytes, search } = done;
    let tasks = compiled.site.tasks().count();
    let plans = compiled.site.plans.len();
    let kilobytes = bytes / 1000;
    let seconds = start.elapsed().as_secs_f64();
    let out: PathBuf = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let out = out.display();
    let [engine, index] = search.map(|size| size / 1000);
    let counts = format!("{}, {}", counted(plans, "plan"), counted(tasks, "task"));
    let (en, zh) = match search[1] > LARGE {
        true => (", before compression", "（压缩前）"),
        false => (" with brotli", "（brotli 压缩后）"),
    };
    format!(
        "{counts}: {files} files ({changed} changed), {kilobytes} kB, in {seconds:.2} s\n\
         {plans} 份计划，{tasks} 项任务：{files} 个文件（{changed} 个有变化），{kilobytes} kB，用时 {seconds:.2} 秒\n\
         search: engine {engine} kB with brotli, index {index} kB{en} · \
         检索：引擎 {engine} kB（brotli 压缩后），索引 {index} kB{zh}\n\
         → {out}\n"
    )
}
