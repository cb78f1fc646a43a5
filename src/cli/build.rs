//! `gongbao build`: the site, into a directory.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::{BuildArgs, SiteArgs};
use super::console::{WithTheme, counted};
use super::{Exit, console};
use crate::base::Date;
use crate::build::{self, BuildError, Job, Published, Signing};
use crate::inputs::Inputs;
use crate::io::publish::WriteStats;
use crate::io::{Failure, clock, load, output, signature};
use crate::pipeline::Compiled;

/// Runs `gongbao build`.
pub(super) fn run(args: &BuildArgs) -> Result<Exit, Failure> {
    let start = clock::instant();
    let mut inputs = inputs(&args.site, args.as_of)?;
    inputs.drafts = args.drafts;
    inputs.base_url.clone_from(&args.base_url);
    let password = || std::env::var(signature::PASSWORD).ok();
    let job = Job {
        inputs,
        site: args.site.site.clone(),
        out: args.out.clone(),
        strict: args.strict,
        compile_limit: args.compile_limit,
        signing: args.sign.clone().map(|key| Signing { key, password: password() }),
    };
    let outcome = unless_limited(build::build(job))?;
    console::findings(&outcome.compiled.diagnostics, &WithTheme(&outcome.inputs));
    let Some(published) = &outcome.published else { return Ok(Exit::Content) };
    let out = args.out.clone().unwrap_or_else(|| args.site.site.join(output::DEFAULT));
    console::tell(&summary(&outcome.compiled, published, &out, start));
    // The program ends here, so its memory need not be freed piece by piece.
    std::mem::forget(outcome);
    Ok(Exit::Done)
}

/// The result of a build or check. If a limit is exceeded, reports that and ends the program, since a thread
/// is still at work.
pub(super) fn unless_limited<T>(result: Result<T, BuildError>) -> Result<T, Failure> {
    match result {
        Ok(outcome) => Ok(outcome),
        Err(BuildError::Failure(failure)) => Err(failure),
        Err(BuildError::Limit(diagnostic)) => console::give_up(&diagnostic),
    }
}

/// Reads a site from disk.
pub(super) fn inputs(site: &SiteArgs, as_of: Option<Date>) -> Result<Inputs, Failure> {
    let today = as_of.unwrap_or_else(clock::today);
    Ok(Inputs { files: load::load(&site.site)?, today, drafts: false, base_url: None })
}

fn summary(compiled: &Compiled, published: &Published, out: &Path, start: Instant) -> String {
    let Published { stats: WriteStats { files, changed, bytes }, search } = published;
    let tasks = compiled.site.tasks().count();
    let plans = compiled.site.plans.len();
    let kilobytes = bytes / 1000;
    let seconds = start.elapsed().as_secs_f64();
    let out: PathBuf = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let out = out.display();
    let [engine, index] = [search.engine, search.index].map(|size| size / 1000);
    let counts = format!("{}, {}", counted(plans, "plan"), counted(tasks, "task"));
    let (en, zh) = match search.is_compressed {
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
