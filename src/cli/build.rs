//! `gongbao build`: the site, into a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::{BuildArgs, SiteArgs};
use super::console::{WithTheme, counted};
use super::index::{self, Search, Sizes};
use super::pages::{self, Stop, Writer};
use super::patience::{self, Patience};
use super::{Exit, console};
use crate::base::digest::Sum;
use crate::base::{self, Date, Diagnostic};
use crate::inputs::Inputs;
use crate::io::kept::{Build, Kept};
use crate::io::publish::{Publication, Tally};
use crate::io::signature::{self, Signer};
use crate::io::{Failure, clock, load, output};
use crate::links::PageLinks;
use crate::pipeline::{self, Compiled, Memory};
use crate::verdict::{self, Pages};

/// Runs `gongbao build`.
pub(super) fn run(args: &BuildArgs) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut inputs = inputs(&args.site, args.as_of)?;
    inputs.drafts = args.drafts;
    inputs.base_url.clone_from(&args.base_url);
    let site = &args.site.site;
    let out = args.out.clone().unwrap_or_else(|| site.join(output::DEFAULT));
    let target = output::resolve(args.out.as_deref(), site);
    let kept = Kept::read(target.as_ref().unwrap_or(&out));
    let mut memory = Memory::of_sound(kept.sound().clone());
    let reading = memory.reading.clone();
    let compile = || pipeline::recompile(&inputs, &mut memory);
    let mut compiled = patience::compiling(args.compile_limit, &reading, compile);
    let sound = memory.into_sound();
    if args.out.is_none() {
        verdict::add(&mut compiled, output::links(site));
    }
    let published = match refused(&compiled.diagnostics, args.strict) {
        true => {
            let patience = Patience::default();
            patience.watch(|| verdict::examine(&mut compiled, &|path, render| patience.page(path, render)));
            None
        }
        false => {
            let signer = signer(args, &compiled)?;
            let publication = Publication::begin(target?, site)?;
            publish(&mut compiled, &inputs, (&kept, sound), publication, signer.as_ref())?
        }
    };
    if args.strict {
        base::strict(&mut compiled.diagnostics);
    }
    console::findings(&compiled.diagnostics, &WithTheme(&inputs));
    let Some(done) = published else { return Ok(Exit::Content) };
    console::tell(&summary(&compiled, &done, &out, start));
    // The program ends here: its memory need not be given back piece by piece.
    std::mem::forget((inputs, compiled));
    Ok(Exit::Done)
}

/// Returns whether findings keep a site from being published.
fn refused(findings: &[Diagnostic], strict: bool) -> bool {
    base::has_errors(findings) || strict && !findings.is_empty()
}

/// Reads a site from disk.
pub(super) fn inputs(site: &SiteArgs, as_of: Option<Date>) -> Result<Inputs, Failure> {
    let today = as_of.unwrap_or_else(clock::today);
    Ok(Inputs { files: load::load(&site.site)?, today, drafts: false, base_url: None })
}

/// The key that was named to sign with.
fn signer(args: &BuildArgs, compiled: &Compiled) -> Result<Option<Signer>, Failure> {
    let Some(file) = &args.sign else { return Ok(None) };
    let password = std::env::var(signature::PASSWORD).ok();
    Signer::read(file, password, &compiled.site.settings.base_url).map(Some)
}

/// What was written.
struct Done {
    tally: Tally,
    search: Sizes,
}

/// Renders every route into the output. `None` if a page has an error, which
/// is added to the findings; the old site is then still there.
fn publish(
    compiled: &mut Compiled,
    inputs: &Inputs,
    (kept, sound): (&Kept<PageLinks>, BTreeSet<Sum>),
    publication: Publication,
    signer: Option<&Signer>,
) -> Result<Option<Done>, Failure> {
    let with = pages::made_with(inputs, compiled);
    let faults = match write_all(compiled, &publication, kept, with) {
        Ok((done, mut build)) => {
            let _lock = publication.finish(signer)?;
            build.sound = sound;
            kept.write(&build);
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
    verdict::add(compiled, faults);
    Ok(None)
}

/// Writes the pages and, beside them, the search, which is the longest single piece of work.
fn write_all<'a>(
    compiled: &Compiled,
    publication: &Publication,
    kept: &'a Kept<PageLinks>,
    with: Sum,
) -> Result<(Done, Build<'a, PageLinks>), Stop> {
    let Compiled { site, routes, .. } = compiled;
    let files = Pages::of(compiled).files();
    let (search, pages) = rayon::join(
        || index::write(site, publication, kept),
        || Writer::new(compiled, &files, publication, kept, with).write(&routes.list),
    );
    let (Search { parts, sizes }, pages) = (search?, pages?);
    let links = pages.iter().map(|(path, page)| (path, &page.rest));
    let dead = Pages::of(compiled).dead_links(&files, links);
    if !dead.is_empty() {
        return Err(Stop::Faults(dead));
    }
    let done = Done { tally: publication.tally(), search: sizes };
    Ok((done, Build { with, pages, parts, ..Build::default() }))
}

fn summary(compiled: &Compiled, done: &Done, out: &Path, start: Instant) -> String {
    let Done { tally: Tally { files, changed, bytes }, search } = done;
    let tasks = compiled.site.tasks().count();
    let plans = compiled.site.plans.len();
    let kilobytes = bytes / 1000;
    let seconds = start.elapsed().as_secs_f64();
    let out: PathBuf = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let out = out.display();
    let [engine, index] = [search.engine, search.index].map(|size| size / 1000);
    let counts = format!("{}, {}", counted(plans, "plan"), counted(tasks, "task"));
    let (en, zh) = match search.is_small {
        true => (" with brotli", "（brotli 压缩后）"),
        false => (", before compression", "（压缩前）"),
    };
    format!(
        "{counts}: {files} files ({changed} changed), {kilobytes} kB, in {seconds:.2} s\n\
         {plans} 份计划，{tasks} 项任务：{files} 个文件（{changed} 个有变化），{kilobytes} kB，用时 {seconds:.2} 秒\n\
         search: engine {engine} kB with brotli, index {index} kB{en} · \
         检索：引擎 {engine} kB（brotli 压缩后），索引 {index} kB{zh}\n\
         → {out}\n"
    )
}
