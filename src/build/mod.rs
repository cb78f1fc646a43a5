//! Build: a site's inputs → the site in a directory, all or nothing.
//!
//! Compiles, renders every page into a [`Publication`], and puts it into the place of the old site if it has
//! no errors. Returns outcomes: it prints nothing and does not end the program.

mod cache;
mod pages;
mod search;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::PathBuf;

use crate::base::digest::Sha256Digest;
use crate::base::{self, Diagnostic};
use crate::inputs::Inputs;
use crate::io::publish::{Publication, WriteStats};
use crate::io::signature::Signer;
use crate::io::{Failure, output};
use crate::links::PageLinks;
use crate::pipeline::{self, CompileCache, Compiled};
use crate::verdict::{self, RenderedPages};
use crate::watchdog::{self, Progress, Stopped};
use cache::{BuildCache, CachedBuild};
use pages::PageWriter;
pub use search::SearchSizes;

/// A build to run.
pub struct Job {
    /// The files of the site and the settings of the run.
    pub inputs: Inputs,
    /// The folder of the site.
    pub site: PathBuf,
    /// The directory to replace; `None` for the default one in the site.
    pub out: Option<PathBuf>,
    /// Whether warnings prevent publication, as errors do.
    pub strict: bool,
    /// How many seconds compiling may take.
    pub compile_limit: u32,
    /// The key to sign the checksums with.
    pub signing: Option<Signing>,
}

/// A secret key to sign with.
pub struct Signing {
    /// The file of the key.
    pub key: PathBuf,
    /// Its password, if that is known already.
    pub password: Option<String>,
}

/// The result of a build or check.
pub struct Outcome {
    /// The files of the site.
    pub inputs: Inputs,
    /// The site, with the diagnostics of its files and pages.
    pub compiled: Compiled,
    /// The published site; `None` if diagnostics prevent that. The old site is unchanged then.
    pub published: Option<Published>,
}

/// The sizes of a published site.
pub struct Published {
    /// The files that were written.
    pub stats: WriteStats,
    /// The files of the search.
    pub search: SearchSizes,
}

/// The reason why a build has no outcome.
pub enum BuildError {
    /// The disk, a key or a lock. The old site is unchanged.
    Failure(Failure),
    /// Compiling or a page exceeds its limit. A thread is still at work, so the program should end.
    Limit(Box<Diagnostic>),
}

impl From<Failure> for BuildError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Builds a site and publishes it if it has no errors.
///
/// # Errors
/// Returns an error if the disk fails or a limit is exceeded.
pub fn build(job: Job) -> Result<Outcome, BuildError> {
    let mut memory = CompileCache::default();
    let reading = memory.reading.clone();
    watch(job.compile_limit, reading, move |progress| {
        let out = job.out.clone().unwrap_or_else(|| job.site.join(output::DEFAULT));
        let target = output::resolve(job.out.as_deref(), &job.site);
        let cache = BuildCache::read(target.as_ref().unwrap_or(&out));
        memory.use_passed_pairs(cache.passed_pairs().clone());
        let mut compiled = pipeline::recompile(&job.inputs, &mut memory);
        progress.compiled();
        if job.out.is_none() {
            verdict::add(&mut compiled, output::links(&job.site));
        }
        let published = match is_refused(&compiled.diagnostics, job.strict) {
            true => {
                verdict::examine(&mut compiled, &|path, render| progress.page(path, render));
                None
            }
            false => {
                let signer = signer(&job, &compiled)?;
                let publication = Publication::begin(target?, &job.site)?;
                let publisher = Publisher { job: &job, cache: &cache, progress };
                let passed = memory.into_passed_pairs();
                publisher.publish(&mut compiled, publication, signer.as_ref(), passed)?
            }
        };
        Ok(finish(job.inputs, compiled, published, job.strict))
    })
}

/// Finds everything that [`build`] would find, without writing.
///
/// # Errors
/// Returns an error if a limit is exceeded.
pub fn check(inputs: Inputs, site: PathBuf, strict: bool, compile_limit: u32) -> Result<Outcome, BuildError> {
    let mut memory = CompileCache::default();
    let reading = memory.reading.clone();
    watch(compile_limit, reading, move |progress| {
        let mut compiled = pipeline::recompile(&inputs, &mut memory);
        progress.compiled();
        verdict::add(&mut compiled, output::links(&site));
        verdict::examine(&mut compiled, &|path, render| progress.page(path, render));
        Ok(finish(inputs, compiled, None, strict))
    })
}

fn watch<T: Send + 'static>(
    limit: u32,
    reading: base::FilesInProgress,
    work: impl FnOnce(&Progress) -> Result<T, Failure> + Send + 'static,
) -> Result<T, BuildError> {
    match watchdog::run(limit, reading, work) {
        Ok(result) => result.map_err(BuildError::Failure),
        Err(Stopped::Limit(diagnostic)) => Err(BuildError::Limit(diagnostic)),
        Err(Stopped::Panic(panic)) => resume_unwind(panic),
    }
}

fn finish(inputs: Inputs, mut compiled: Compiled, published: Option<Published>, strict: bool) -> Outcome {
    if strict {
        base::strict(&mut compiled.diagnostics);
    }
    Outcome { inputs, compiled, published }
}

/// Returns whether diagnostics prevent publication.
fn is_refused(diagnostics: &[Diagnostic], strict: bool) -> bool {
    base::has_errors(diagnostics) || strict && !diagnostics.is_empty()
}

fn signer(job: &Job, compiled: &Compiled) -> Result<Option<Signer>, Failure> {
    let Some(Signing { key, password }) = &job.signing else { return Ok(None) };
    Signer::read(key, password.clone(), &compiled.site.settings.base_url).map(Some)
}

/// The reason why pages are not written.
enum WriteError {
    /// They have errors.
    Diagnostics(Vec<Diagnostic>),
    /// The disk failed.
    Failure(Failure),
}

/// Writes a compiled site.
struct Publisher<'a> {
    job: &'a Job,
    cache: &'a BuildCache<PageLinks>,
    progress: &'a Progress,
}

impl Publisher<'_> {
    /// Writes every route and puts the new site into the place of the old one. `None` if a page has an error,
    /// which is added to the diagnostics.
    fn publish(
        &self,
        compiled: &mut Compiled,
        publication: Publication,
        signer: Option<&Signer>,
        passed_pairs: BTreeSet<Sha256Digest>,
    ) -> Result<Option<Published>, Failure> {
        let diagnostics = match self.write(compiled, &publication) {
            Ok((published, mut build)) => {
                let _lock = publication.finish(signer)?;
                build.passed_pairs = passed_pairs;
                self.cache.write(&build);
                return Ok(Some(published));
            }
            Err(WriteError::Diagnostics(diagnostics)) => diagnostics,
            Err(WriteError::Failure(failure)) => {
                // The first failure is the one to report; the next build removes what is left over.
                let _ = publication.abandon();
                return Err(failure);
            }
        };
        publication.abandon()?;
        verdict::add(compiled, diagnostics);
        Ok(None)
    }

    /// Writes the pages and, at the same time, the search, which is the longest single piece of work.
    fn write(
        &self,
        compiled: &Compiled,
        publication: &Publication,
    ) -> Result<(Published, CachedBuild<'_, PageLinks>), WriteError> {
        let Compiled { site, routes, .. } = compiled;
        let environment = pages::environment(&self.job.inputs, compiled);
        let files = RenderedPages::of(compiled).files();
        let writer = PageWriter {
            renderer: crate::render::Renderer::of_all(site, &compiled.theme),
            files: &files,
            publication,
            cache: self.cache,
            environment,
            progress: self.progress,
        };
        let (search, pages) =
            rayon::join(|| search::write(site, publication, self.cache), || writer.write(&routes.list));
        let (search, pages) = (search?, pages?);
        let links = pages.iter().map(|(path, page)| (path, &page.rest));
        let dead = RenderedPages::of(compiled).dead_links(&files, links);
        if !dead.is_empty() {
            return Err(WriteError::Diagnostics(dead));
        }
        let published = Published { stats: publication.stats(), search: search.sizes };
        let build = CachedBuild { environment, pages, indexes: search.indexes, ..CachedBuild::default() };
        Ok((published, build))
    }
}
