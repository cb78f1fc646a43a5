//! Pages into a publication: rendered, or taken over from the last build if they would be the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::WriteError;
use super::cache::{BuildCache, CachedPage};
use crate::base::SitePath;
use crate::base::digest::{self, Sha256Digest};
use crate::compress;
use crate::inputs::Inputs;
use crate::io::publish::Publication;
use crate::io::stamp::FileStamp;
use crate::links::{self, PageLinks};
use crate::pipeline::Compiled;
use crate::render::Renderer;
use crate::render::page_input::PageInput;
use crate::routes::{self, Route};
use crate::settings::Encoding;
use crate::watchdog::Progress;

/// The pages of a build as the next one needs them, by their paths.
pub(super) type CachedPages<'a> = BTreeMap<SitePath, Cow<'a, CachedPage<PageLinks>>>;

/// The page that a route became, with its path; `None` for other files.
type WrittenPage<'a> = Option<(SitePath, Cow<'a, CachedPage<PageLinks>>)>;

/// Writes the pages of a site.
pub(super) struct PageWriter<'a, 'c> {
    pub(super) renderer: Renderer<'a>,
    /// The files that links may lead to.
    pub(super) files: &'a links::LinkableFiles,
    pub(super) publication: &'a Publication,
    pub(super) cache: &'c BuildCache<PageLinks>,
    pub(super) environment: Sha256Digest,
    pub(super) progress: &'a Progress,
}

/// The digest of all that every page depends on: the theme, the settings, and the addresses of all files.
pub(super) fn environment(inputs: &Inputs, compiled: &Compiled) -> Sha256Digest {
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

impl<'c> PageWriter<'_, 'c> {
    /// Writes every route. If pages have errors, all of them are returned together.
    pub(super) fn write(&self, routes: &[Route]) -> Result<CachedPages<'c>, WriteError> {
        // Small shares, so that the thread that was busy with the search finds some left.
        let routes = routes.par_iter().with_max_len(8).filter(|route| !matches!(route, Route::Markdown(..)));
        gather(routes.map(|route| self.route(route)).collect())
    }

    fn route(&self, route: &Route) -> Result<WrittenPage<'c>, WriteError> {
        let path = routes::file(self.renderer.site, route);
        self.progress.page(&path, || match self.renderer.prepare(route) {
            Some(input) => self.page(route, &path, &input),
            None => {
                let bytes =
                    self.renderer.bytes(route).map_err(|fault| WriteError::Diagnostics(vec![fault]))?;
                self.file(&path, &bytes)?;
                Ok(None)
            }
        })
    }

    /// Writes a page with its Markdown version, or takes both over.
    fn page(&self, route: &Route, path: &SitePath, input: &PageInput) -> Result<WrittenPage<'c>, WriteError> {
        let inputs = input.digest();
        if let Some(cached) = self.cache.page(self.environment, path, inputs)
            && self.publication.keep(&cached.files.iter().collect::<Vec<_>>())
        {
            return Ok(Some((path.clone(), Cow::Borrowed(cached))));
        }
        let bytes = self.renderer.finish(input).map_err(|fault| WriteError::Diagnostics(vec![fault]))?;
        let html = std::str::from_utf8(&bytes).expect("templates render texts");
        self.file(path, &bytes)?;
        let mut paths = vec![path.clone()];
        if let Route::Page(lang, page) = *route
            && routes::has_markdown(page)
        {
            let path = routes::file(self.renderer.site, &Route::Markdown(lang, page));
            self.file(&path, &self.renderer.markdown_of(lang, html))?;
            paths.push(path);
        }
        let files = stamps(self.publication, &paths);
        let page = CachedPage { inputs, files, rest: self.files.read(path, html) };
        Ok(Some((path.clone(), Cow::Owned(page))))
    }

    fn file(&self, path: &SitePath, bytes: &[u8]) -> Result<(), WriteError> {
        write(self.publication, path, bytes, &self.renderer.site.settings.precompress)
    }
}

/// Writes a file and its compressed forms.
pub(super) fn write(
    publication: &Publication,
    path: &SitePath,
    bytes: &[u8],
    encodings: &[Encoding],
) -> Result<(), WriteError> {
    publication.write(path, bytes).map_err(WriteError::Failure)?;
    for (path, small) in compress::beside(path, bytes, encodings) {
        publication.write(&path, &small).map_err(WriteError::Failure)?;
    }
    Ok(())
}

/// The stamps of files and of their compressed forms.
pub(super) fn stamps(publication: &Publication, paths: &[SitePath]) -> Vec<FileStamp> {
    let beside = paths.iter().flat_map(compress::names);
    publication.stamps(&paths.iter().cloned().chain(beside).collect::<Vec<_>>())
}

/// All diagnostics together; a failure of the disk comes before them.
fn gather<'a>(results: Vec<Result<WrittenPage<'a>, WriteError>>) -> Result<CachedPages<'a>, WriteError> {
    let (mut pages, mut diagnostics) = (CachedPages::new(), Vec::new());
    for result in results {
        match result {
            Ok(page) => pages.extend(page),
            Err(WriteError::Diagnostics(found)) => diagnostics.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if diagnostics.is_empty() { Ok(pages) } else { Err(WriteError::Diagnostics(diagnostics)) }
}
