//! `gongbao build`: the site, into a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::args::{BuildArgs, SiteArgs};
use super::console::{WithTheme, counted};
use super::pages::{self, Known, Stop, Writer};
use super::{Exit, console};
use crate::base::{self, Date, SitePath};
use crate::compress;
use crate::index;
use crate::inputs::Inputs;
use crate::io::kept::Kept;
use crate::io::publish::{Publication, Written};
use crate::io::{Failure, clock, load};
use crate::links::{self, PageLinks};
use crate::pipeline::{self, Compiled};
use crate::render::Renderer;
use crate::routes;

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
        false => publish(&mut compiled, &inputs, &out, &args.site.site)?,
    };
    console::findings(&compiled.diagnostics, &WithTheme(&inputs));
    let Some(done) = published else { return Ok(Exit::Content) };
    console::result(&summary(&compiled, &done, &out, start));
    // The program ends here: its memory need not be given back piece by piece.
    std::mem::forget((inputs, compiled));
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
fn publish(
    compiled: &mut Compiled,
    inputs: &Inputs,
    out: &Path,
    site: &Path,
) -> Result<Option<Done>, Failure> {
    let publication = Publication::begin(out, site)?;
    let kept = Kept::read(publication.target(), pages::made_with(inputs, compiled));
    let faults = match write_all(compiled, &publication, &kept) {
        Ok((done, known)) => {
            publication.finish()?;
            kept.write(&known);
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

type Search = BTreeMap<SitePath, Arc<[u8]>>;

/// Writes the pages and, beside them, the search, which is the longest single piece of work.
fn write_all<'a>(
    compiled: &Compiled,
    publication: &Publication,
    kept: &'a Kept<PageLinks>,
) -> Result<(Done, Known<'a>), Stop> {
    let Compiled { site, routes, .. } = compiled;
    let paths = routes.list.iter().map(|route| routes::file(site, route));
    let mut files = links::Files::new(paths, &site.settings.base_url);
    let (search, pages) = rayon::join(
        || write_search(compiled, publication),
        || Writer::new(compiled, &files, publication, kept).write(&routes.list),
    );
    let ((search, mut written), (pages, known)) = (search?, pages?);
    written.extend(pages);
    files.extend(search.keys().cloned());
    let links = known.iter().map(|(path, page)| (path, &page.rest));
    let dead = files.check(links, &|path| page(compiled, path));
    if !dead.is_empty() {
        return Err(Stop::Faults(dead));
    }
    let done = Done {
        files: written.len(),
        changed: written.iter().filter(|file| file.changed).count(),
        bytes: written.iter().map(|file| file.bytes).sum(),
        search: search_sizes(&search),
    };
    Ok((done, known))
}

fn write_search(compiled: &Compiled, publication: &Publication) -> Result<(Search, Vec<Written>), Stop> {
    let files = index::files(&compiled.site).map_err(|fault| Stop::Faults(vec![fault]))?;
    let encodings = &compiled.site.settings.precompress;
    let written: Result<_, _> =
        files.par_iter().map(|(path, bytes)| pages::write(publication, path, bytes, encodings)).collect();
    Ok((files, written?))
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
