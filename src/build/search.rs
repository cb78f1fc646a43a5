//! The search into a publication: indexed, or taken over from the last build if it would be the same.

use std::collections::{BTreeMap, BTreeSet};

use super::cache::{BuildCache, CachedIndex};
use super::{WriteError, pages};
use crate::base::{Lang, SitePath, digest};
use crate::compress;
use crate::index::{self, IndexInput};
use crate::io::publish::Publication;
use crate::io::stamp::FileStamp;
use crate::links::PageLinks;
use crate::site::Site;

/// The files of the search that were written.
pub(super) struct Search {
    /// The index of each language as the next build needs it.
    pub(super) indexes: BTreeMap<String, CachedIndex>,
    pub(super) sizes: SearchSizes,
}

/// How many bytes a visitor loads from a host that compresses. Compressed quickly, so a little more than a
/// careful host would send.
pub struct SearchSizes {
    /// The engine and its scripts, in bytes.
    pub engine: usize,
    /// The index of all languages, in bytes.
    pub index: usize,
    /// Whether the size of the index is the compressed one.
    pub is_compressed: bool,
}

/// An index of more bytes than this is not compressed to tell its size, since nobody loads all of it.
const LARGE: usize = 1 << 20;

/// Writes the search, one language after the other: each needs memory for all its texts.
pub(super) fn write(
    site: &Site,
    publication: &Publication,
    cache: &BuildCache<PageLinks>,
) -> Result<Search, WriteError> {
    let (lexicon, mut indexes) = (index::lexicon(site), BTreeMap::new());
    let mut writer = IndexWriter { site, publication, written: BTreeSet::new() };
    for language in &site.settings.languages {
        let source = IndexInput::new(site, language.code, &lexicon);
        indexes.insert(language.code.to_string(), writer.write(language.code, &source, cache)?);
    }
    let manifests: Vec<&[u8]> = indexes.values().map(|index| index.manifest.as_slice()).collect();
    let (path, manifest) =
        index::manifest(&manifests).map_err(|fault| WriteError::Diagnostics(vec![fault]))?;
    let file =
        |path: &SitePath, bytes: &[u8]| pages::write(publication, path, bytes, &site.settings.precompress);
    file(&path, &manifest)?;
    let mut engine = 0;
    for (path, bytes) in index::engine() {
        file(&path, &bytes)?;
        engine += compress::quick_size(&bytes);
    }
    let compressed: Option<usize> = indexes.values().map(|index| index.compressed).sum();
    let all = || indexes.values().map(|index| index.bytes).sum();
    let sizes =
        SearchSizes { engine, index: compressed.unwrap_or_else(all), is_compressed: compressed.is_some() };
    Ok(Search { indexes, sizes })
}

/// Writes indexes. Languages share files of equal content.
struct IndexWriter<'a> {
    site: &'a Site,
    publication: &'a Publication,
    written: BTreeSet<SitePath>,
}

impl IndexWriter<'_> {
    /// Writes the index of one language, or takes it over.
    fn write(
        &mut self,
        lang: Lang,
        source: &IndexInput<'_>,
        cache: &BuildCache<PageLinks>,
    ) -> Result<CachedIndex, WriteError> {
        let Self { site, publication, .. } = *self;
        let encodings = &site.settings.precompress;
        // Compressed forms are written beside the files.
        let inputs = digest::sha256(&[&source.digest(), format!("{encodings:?}").as_bytes()].concat());
        if let Some(cached) = cache.index(lang.as_str(), inputs)
            && publication.keep(&self.unwritten(&cached.files))
        {
            self.written.extend(cached.files.iter().map(|file| file.path.clone()));
            return Ok(cached.clone());
        }
        let index::LanguageIndex { files, manifest } =
            source.part().map_err(|fault| WriteError::Diagnostics(vec![fault]))?;
        for (path, bytes) in &files {
            if self.written.insert(path.clone()) {
                pages::write(publication, path, bytes, encodings)?;
            }
        }
        let bytes: usize = files.values().map(Vec::len).sum();
        let size = || files.values().map(|bytes| compress::quick_size(bytes)).sum();
        let compressed = (bytes <= LARGE).then(size);
        let paths: Vec<SitePath> = files.into_keys().collect();
        Ok(CachedIndex { inputs, files: pages::stamps(publication, &paths), manifest, bytes, compressed })
    }

    fn unwritten<'f>(&self, files: &'f [FileStamp]) -> Vec<&'f FileStamp> {
        files.iter().filter(|file| !self.written.contains(&file.path)).collect()
    }
}
