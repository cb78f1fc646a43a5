//! The search into a publication: made, or taken over from the last build where it would be the same.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{self, Stop};
use crate::base::{Lang, SitePath, digest};
use crate::compress;
use crate::index::{self, Source};
use crate::io::kept::{Kept, Lying, Part};
use crate::io::publish::Publication;
use crate::links::PageLinks;
use crate::resolve::Site;

/// What was written of the search.
pub(super) struct Search {
    /// What is known of the index of each language, for the next build.
    pub(super) parts: BTreeMap<String, Part>,
    pub(super) sizes: Sizes,
}

/// How many bytes a visitor loads from a host that compresses. Compressed quickly, so a little more
/// than a careful host would send.
pub(super) struct Sizes {
    /// The engine and its scripts.
    pub(super) engine: usize,
    /// The index of all languages.
    pub(super) index: usize,
    /// Whether that is said compressed.
    pub(super) is_small: bool,
}

/// An index of more bytes than this is not compressed to say its size: nobody loads all of it.
const LARGE: usize = 1 << 20;

/// Writes the search, one language after the other: each needs memory for all its texts.
pub(super) fn write(site: &Site, publication: &Publication, kept: &Kept<PageLinks>) -> Result<Search, Stop> {
    let (lexicon, mut parts) = (index::lexicon(site), BTreeMap::new());
    let mut pieces = Pieces { site, publication, written: BTreeSet::new() };
    for language in &site.settings.languages {
        let source = Source::new(site, language.code, &lexicon);
        parts.insert(language.code.to_string(), pieces.one(language.code, &source, kept)?);
    }
    let manifests: Vec<&[u8]> = parts.values().map(|part| part.manifest.as_slice()).collect();
    let (path, manifest) = index::manifest(&manifests).map_err(|fault| Stop::Faults(vec![fault]))?;
    let file =
        |path: &SitePath, bytes: &[u8]| pages::write(publication, path, bytes, &site.settings.precompress);
    file(&path, &manifest)?;
    let mut engine = 0;
    for (path, bytes) in index::engine() {
        file(&path, bytes)?;
        engine += compress::quick_size(bytes);
    }
    let small: Option<usize> = parts.values().map(|part| part.small).sum();
    let all = || parts.values().map(|part| part.bytes).sum();
    let sizes = Sizes { engine, index: small.unwrap_or_else(all), is_small: small.is_some() };
    Ok(Search { parts, sizes })
}

/// The pieces of the index that were written. Languages share those of equal content.
struct Pieces<'a> {
    site: &'a Site,
    publication: &'a Publication,
    written: BTreeSet<SitePath>,
}

impl Pieces<'_> {
    /// Writes the index of one language, or takes it over.
    fn one(&mut self, lang: Lang, source: &Source<'_>, kept: &Kept<PageLinks>) -> Result<Part, Stop> {
        let Self { site, publication, .. } = *self;
        let encodings = &site.settings.precompress;
        // What is compressed beforehand is written beside its files.
        let from = digest::sha256(&[&source.digest(), format!("{encodings:?}").as_bytes()].concat());
        if let Some(part) = kept.part(lang.as_str(), from)
            && publication.keep(&self.unwritten(&part.files))
        {
            self.written.extend(part.files.iter().map(|file| file.path.clone()));
            return Ok(part.clone());
        }
        let index::Part { files, manifest } = source.part().map_err(|fault| Stop::Faults(vec![fault]))?;
        for (path, bytes) in &files {
            if self.written.insert(path.clone()) {
                pages::write(publication, path, bytes, encodings)?;
            }
        }
        let bytes: usize = files.values().map(Vec::len).sum();
        let small = (bytes <= LARGE).then(|| files.values().map(|bytes| compress::quick_size(bytes)).sum());
        let paths: Vec<SitePath> = files.into_keys().collect();
        Ok(Part { from, files: pages::lying(publication, &paths), manifest, bytes, small })
    }

    fn unwritten<'f>(&self, files: &'f [Lying]) -> Vec<&'f Lying> {
        files.iter().filter(|file| !self.written.contains(&file.path)).collect()
    }
}
