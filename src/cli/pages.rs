//! Pages into a publication: made, or taken over from the last build where they would be the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::patience::Patience;
use crate::base::digest::{self, Sum};
use crate::base::{Diagnostic, SitePath};
use crate::compress;
use crate::inputs::Inputs;
use crate::io::Failure;
use crate::io::kept::{self, Kept, Lying};
use crate::io::publish::Publication;
use crate::links::{self, PageLinks};
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::render::page_input::Prepared;
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
    with: Sum,
    patience: Patience,
}

/// What is known of the page that a route became.
type Made<'a> = Option<(SitePath, Cow<'a, kept::Page<PageLinks>>)>;

/// The digest of all that pages are made with, whatever they show: the theme, and the names of the
/// files that they may link to.
pub(super) fn made_with(inputs: &Inputs, compiled: &Compiled) -> Sum {
    let mut hasher = Sha256::new();
    let theme = ["templates", "themes"].iter().flat_map(|folder| inputs.below(folder));
    hasher.update(digest::of_files(theme.map(|(path, bytes)| (path, &**bytes))));
    let Compiled { site, routes, .. } = compiled;
    hasher.update(format!("{:?}", site.settings));
    for route in &routes.list {
        hasher.update(routes::url(site, route));
        hasher.update("\n");
    }
    hasher.finalize().into()
}

impl<'a, 'k> Writer<'a, 'k> {
    /// Prepares to write the pages of a site that are made `with` this.
    pub(super) fn new(
        compiled: &'a Compiled,
        files: &'a links::Files,
        publication: &'a Publication,
        kept: &'k Kept<PageLinks>,
        with: Sum,
    ) -> Self {
        let renderer = Renderer::of_all(&compiled.site, &compiled.theme);
        Self { renderer, files, publication, kept, with, patience: Patience::default() }
    }

    /// Writes every route; all faults together if there are any.
    pub(super) fn write(&self, routes: &[Route]) -> Result<Known<'k>, Stop> {
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
                self.file(&path, &bytes)?;
                Ok(None)
            }
        })
    }

    /// Writes a page with its Markdown twin, or takes both over.
    fn page(&self, route: &Route, path: &SitePath, page: &Prepared) -> Result<Made<'k>, Stop> {
        let from = page.digest();
        if let Some(known) = self.kept.page(self.with, path, from)
            && self.publication.keep(&known.files.iter().collect::<Vec<_>>())
        {
            return Ok(Some((path.clone(), Cow::Borrowed(known))));
        }
        let bytes = self.renderer.finish(page).map_err(|fault| Stop::Faults(vec![fault]))?;
        let html = std::str::from_utf8(&bytes).expect("templates render texts");
        self.file(path, &bytes)?;
        let mut paths = vec![path.clone()];
        if let Route::Page(lang, page) = *route
            && routes::has_twin(page)
        {
            let path = routes::file(self.renderer.site, &Route::Twin(lang, page));
            self.file(&path, &self.renderer.twin_of(lang, html))?;
            paths.push(path);
        }
        let files = lying(self.publication, &paths);
        let page = kept::Page { from, files, rest: self.files.read(path, html) };
        Ok(Some((path.clone(), Cow::Owned(page))))
    }

    fn file(&self, path: &SitePath, bytes: &[u8]) -> Result<(), Stop> {
        write(self.publication, path, bytes, &self.renderer.site.settings.precompress)
    }
}

/// Writes a file and, beside it, what the settings ask to have compressed beforehand.
pub(super) fn write(
    publication: &Publication,
    path: &SitePath,
    bytes: &[u8],
    encodings: &[Encoding],
) -> Result<(), Stop> {
    publication.write(path, bytes).map_err(Stop::Failure)?;
    for (path, small) in compress::beside(path, bytes, encodings) {
        publication.write(&path, &small).map_err(Stop::Failure)?;
    }
    Ok(())
}

/// How files and what was compressed beside them lie on the disk.
pub(super) fn lying(publication: &Publication, paths: &[SitePath]) -> Vec<Lying> {
    let beside = paths.iter().flat_map(compress::names);
    publication.lying(&paths.iter().cloned().chain(beside).collect::<Vec<_>>())
}

/// All faults together if there are any; a failure of the disk before all else.
fn gather<'a>(results: Vec<Result<Made<'a>, Stop>>) -> Result<Known<'a>, Stop> {
    let (mut known, mut faults) = (Known::new(), Vec::new());
    for result in results {
        match result {
            Ok(page) => known.extend(page),
            Err(Stop::Faults(found)) => faults.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if faults.is_empty() { Ok(known) } else { Err(Stop::Faults(faults)) }
}
