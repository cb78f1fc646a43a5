//! The search into a publication: made, or taken over from the last build where it would be the same.

use std::collections::BTreeMap;

use super::pages::{self, Stop};
use crate::base::{Lang, SitePath, digest};
use crate::compress;
use crate::index::{self, Source};
use crate::io::kept::{Kept, Part};
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
    for language in &site.settings.languages {
        let source = Source::new(site, language.code, &lexicon);
        parts.insert(language.code.to_string(), one(site, language.code, &source, publication, kept)?);
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

/// Writes the index of one language, or takes it over.
fn one(
    site: &Site,
    lang: Lang,
    source: &Source<'_>,
    publication: &Publication,
    kept: &Kept<PageLinks>,
) -> Result<Part, Stop> {
    // What is compressed beforehand lies beside its files.
    let beside = format!("{:?}", site.settings.precompress);
    let from = digest::sha256(&[&source.digest(), beside.as_bytes()].concat());
    if let Some(part) = kept.part(lang.as_str(), from)
        && publication.keep(&part.files)
    {
        return Ok(part.clone());
    }
    let index::Part { files, manifest } = source.part().map_err(|fault| Stop::Faults(vec![fault]))?;
    for (path, bytes) in &files {
        pages::write(publication, path, bytes, &site.settings.precompress)?;
    }
    let bytes: usize = files.values().map(Vec::len).sum();
    let small = (bytes <= LARGE).then(|| files.values().map(|bytes| compress::quick_size(bytes)).sum());
    let paths: Vec<SitePath> = files.into_keys().collect();
    Ok(Part { from, files: pages::lying(publication, &paths), manifest, bytes, small })
}
