//! Pages into a publication: made, or taken over from the last build where they would be the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::patience::Patience;
use crate::base::{Diagnostic, SitePath};
use crate::compress;
use crate::inputs::Inputs;
use crate::io::Failure;
use crate::io::kept::{self, Kept};
use crate::io::publish::{Publication, Written};
use crate::links::{self, PageLinks};
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::render::prepared::Prepared;
use crate::routes::{self, Route};
use crate::settings::Encoding;

/// Why pages cannot be written.
pub(super) enum Stop {
    /// They have errors.
    Faults(Vec<Diagnostic>),
    /// The disk does not let us.
    Failure(Failure),
}

/// What is known of each page after a build, for the next one.
pub(super) type Known<'a> = BTreeMap<SitePath, Cow<'a, kept::Page<PageLinks>>>;

/// What pages are written with.
pub(super) struct Writer<'a, 'k> {
    renderer: Renderer<'a>,
    /// The files that links may lead to.
    files: &'a links::Files,
    publication: &'a Publication,
    kept: &'k Kept<PageLinks>,
    patience: Patience,
}

/// What a route became: its files, and what is known of a page.
type Made<'a> = (Vec<Written>, Option<(SitePath, Cow<'a, kept::Page<PageLinks>>)>);

/// The digest of all that pages are made with, whatever they show: the program, the theme, and the
/// names of the files that they may link to.
pub(super) fn made_with(inputs: &Inputs, compiled: &Compiled) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(kept::program());
    for (path, bytes) in ["templates", "themes"].iter().flat_map(|folder| inputs.below(folder)) {
        hasher.update(path.as_str());
        hasher.update(Sha256::digest(bytes));
    }
    let Compiled { site, routes, .. } = compiled;
    hasher.update(format!("{:?}", site.settings));
    for route in &routes.list {
        hasher.update(routes::url(site, route));
        hasher.update("\n");
    }
    hasher.finalize().into()
}

impl<'a, 'k> Writer<'a, 'k> {
    /// Prepares to write the pages of a site.
    pub(super) fn new(
        compiled: &'a Compiled,
        files: &'a links::Files,
        publication: &'a Publication,
        kept: &'k Kept<PageLinks>,
    ) -> Self {
        let renderer = Renderer::of_all(&compiled.site, &compiled.theme);
        Self { renderer, files, publication, kept, patience: Patience::default() }
    }

    /// Writes every route; all faults together if there are any.
    pub(super) fn write(&self, routes: &[Route]) -> Result<(Vec<Written>, Known<'k>), Stop> {
        // Small shares: who has been busy with the search finds something left to do.
        let routes = routes.par_iter().with_max_len(8).filter(|route| !matches!(route, Route::Twin(..)));
        gather(self.patience.watch(|| routes.map(|route| self.route(route)).collect()))
    }

    fn route(&self, route: &Route) -> Result<Made<'k>, Stop> {
        let path = routes::file(self.renderer.site, route);
        self.patience.page(&path, || match self.renderer.prepare(route) {
            Some(page) => self.page(route, &path, &page),
            None => {
                let bytes = self.renderer.bytes(route).map_err(|fault| Stop::Faults(vec![fault]))?;
                Ok((vec![self.file(&path, &bytes)?], None))
            }
        })
    }

    /// Writes a page with its Markdown twin, or takes both over.
    fn page(&self, route: &Route, path: &SitePath, page: &Prepared) -> Result<Made<'k>, Stop> {
        let from = page.digest();
        if let Some(known) = self.kept.page(path, from)
            && let Some(written) = self.publication.keep(&known.files)
        {
            return Ok((written, Some((path.clone(), Cow::Borrowed(known)))));
        }
        let bytes = self.renderer.finish(page).map_err(|fault| Stop::Faults(vec![fault]))?;
        let html = std::str::from_utf8(&bytes).expect("templates render texts");
        let (mut paths, mut written) = (vec![path.clone()], vec![self.file(path, &bytes)?]);
        if let Route::Page(lang, page) = *route
            && routes::has_twin(page)
        {
            let path = routes::file(self.renderer.site, &Route::Twin(lang, page));
            written.push(self.file(&path, &self.renderer.twin_of(lang, html))?);
            paths.push(path);
        }
        let beside: Vec<_> = paths.iter().flat_map(compress::names).collect();
        paths.extend(beside);
        let files = self.publication.lying(&paths);
        let page = kept::Page { from, files, rest: self.files.read(path, html) };
        Ok((written, Some((path.clone(), Cow::Owned(page)))))
    }

    fn file(&self, path: &SitePath, bytes: &[u8]) -> Result<Written, Stop> {
        write(self.publication, path, bytes, &self.renderer.site.settings.precompress)
    }
}

/// Writes a file and, beside it, what the settings ask to have compressed beforehand.
pub(super) fn write(
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

/// All faults together if there are any; a failure of the disk before all else.
fn gather<'a>(results: Vec<Result<Made<'a>, Stop>>) -> Result<(Vec<Written>, Known<'a>), Stop> {
    let (mut written, mut known, mut faults) = (Vec::new(), Known::new(), Vec::new());
    for result in results {
        match result {
            Ok((files, page)) => {
                written.extend(files);
                known.extend(page);
            }
            Err(Stop::Faults(found)) => faults.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if faults.is_empty() { Ok((written, known)) } else { Err(Stop::Faults(faults)) }
}
