//! `gongbao build`: the site, into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::args::{BuildArgs, SiteArgs};
use super::console::WithTheme;
use super::{Exit, console};
use crate::base::{self, Date, Diagnostic, SitePath};
use crate::compress;
use crate::inputs::Inputs;
use crate::io::publish::{Publication, Written};
use crate::io::{Failure, clock, load};
use crate::links::{self, PageLinks};
use crate::pipeline::{self, Compiled};
use crate::render::Renderer;
use crate::routes::{self, Route};

/// Runs `gongbao build`.
pub(super) fn run(args: &BuildArgs) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut inputs = inputs(&args.site, args.as_of)?;
    inputs.drafts = args.drafts;
    inputs.base_url.clone_from(&args.base_url);
    let mut compiled = pipeline::compile(&inputs);
    compiled.add_search();
    let out = args.out.clone().unwrap_or_else(|| args.site.site.join("public"));
    let published = match base::block_publication(&compiled.diagnostics) {
        true => None,
        false => publish(&mut compiled, &out)?,
    };
    console::findings(&compiled.diagnostics, &WithTheme(&inputs));
    let Some(written) = published else { return Ok(Exit::Content) };
    console::result(&summary(&compiled, &written, &out, start));
    Ok(Exit::Done)
}

/// Reads a site from disk.
pub(super) fn inputs(site: &SiteArgs, as_of: Option<Date>) -> Result<Inputs, Failure> {
    let today = as_of.unwrap_or_else(clock::today);
    Ok(Inputs { files: load::load(&site.site)?, today, drafts: false, base_url: None })
}

/// Renders every route into the output. `None` if a page has an error, which
/// is added to the findings; the old site is then still there.
fn publish(compiled: &mut Compiled, out: &Path) -> Result<Option<Vec<Written>>, Failure> {
    let publication = Publication::begin(out)?;
    let pages = render_all(compiled, &publication);
    let faults = match pages {
        Ok((written, links)) => {
            let faults = check_links(compiled, &links);
            if faults.is_empty() {
                publication.finish()?;
                return Ok(Some(written));
            }
            faults
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

type Links = BTreeMap<SitePath, PageLinks>;

fn render_all(compiled: &Compiled, publication: &Publication) -> Result<(Vec<Written>, Links), Stop> {
    let renderer = Renderer::new(&compiled.site, &compiled.theme);
    let one = |route: &Route| {
        let path = routes::file(&compiled.site, route);
        let bytes = renderer.render(route).map_err(|fault| Stop::Faults(vec![fault]))?;
        let links = (path.extension() == "html").then(|| links::read(&String::from_utf8_lossy(&bytes)));
        let written = publication.write(&path, &bytes).map_err(Stop::Failure)?;
        for (path, small) in compress::beside(&path, &bytes, &compiled.site.settings.precompress) {
            publication.write(&path, &small).map_err(Stop::Failure)?;
        }
        Ok((written, links.map(|links| (path, links))))
    };
    let results: Vec<Result<_, Stop>> = compiled.routes.par_iter().map(one).collect();
    gather(results)
}

/// All faults together if there are any; a failure of the disk before all else.
#[expect(clippy::type_complexity, reason = "the one caller destructures it at once")]
fn gather(
    results: Vec<Result<(Written, Option<(SitePath, PageLinks)>), Stop>>,
) -> Result<(Vec<Written>, Links), Stop> {
    let (mut written, mut links, mut faults) = (Vec::new(), Links::new(), Vec::new());
    for result in results {
        match result {
            Ok((one, page)) => {
                written.push(one);
                links.extend(page);
            }
            Err(Stop::Faults(found)) => faults.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if faults.is_empty() { Ok((written, links)) } else { Err(Stop::Faults(faults)) }
}

fn check_links(compiled: &Compiled, pages: &Links) -> Vec<Diagnostic> {
    let files: BTreeSet<SitePath> = compiled.routes.iter().map(|r| routes::file(&compiled.site, r)).collect();
    links::check(pages, &files, &compiled.site.settings.base_url)
}

/// How many bytes a visitor loads for the search from a host that compresses:
/// the engine and its scripts, and the index of all languages. Compressed
/// quickly (quality 5 of 11), so a little more than a careful host would send.
fn search_sizes(compiled: &Compiled) -> [usize; 2] {
    let files: Vec<_> =
        compiled.theme.files.iter().filter(|(path, _)| path.as_str().starts_with("search/")).collect();
    let sizes = files.into_par_iter().map(|(path, bytes)| {
        let size = compress::quick_size(bytes);
        if matches!(path.extension(), "js" | "wasm") { [size, 0] } else { [0, size] }
    });
    sizes.reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]])
}

fn summary(compiled: &Compiled, written: &[Written], out: &Path, start: Instant) -> String {
    let (files, changed) = (written.len(), written.iter().filter(|w| w.changed).count());
    let tasks: usize = compiled.site.plans.iter().map(|plan| plan.tasks.len()).sum();
    let plans = compiled.site.plans.len();
    let bytes: usize = written.iter().map(|w| w.bytes).sum();
    let kilobytes = bytes / 1000;
    let seconds = start.elapsed().as_secs_f64();
    let out: PathBuf = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let out = out.display();
    let [engine, index] = search_sizes(compiled).map(|size| size / 1000);
    format!(
        "{plans} plans, {tasks} tasks: {files} files ({changed} changed), {kilobytes} kB, in {seconds:.2} s\n\
         {plans} 份计划，{tasks} 项任务：{files} 个文件（{changed} 个有变化），{kilobytes} kB，用时 {seconds:.2} 秒\n\
         search: engine {engine} kB, index {index} kB with brotli · 检索（brotli 压缩后）：引擎 {engine} kB，索引 {index} kB\n\
         → {out}\n"
    )
}
