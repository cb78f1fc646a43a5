//! The build cache: a file beside the output that lets the next build take over pages and indexes whose
//! inputs are unchanged. It can be deleted at any time and never changes what is published.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::digest::Sha256Digest;
use crate::base::{SitePath, digest};
use crate::io::folder::{Folder, SCRATCH};
use crate::io::stamp::{self, FileStamp};

/// The cache of the last build into an output.
pub(super) struct BuildCache<T: Clone + 'static> {
    file: PathBuf,
    last: CachedBuild<'static, T>,
}

/// A build as the next one needs it.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Clone + DeserializeOwned"))]
pub(super) struct CachedBuild<'a, T: Clone> {
    /// The digest of all that every page depends on.
    pub(super) environment: Sha256Digest,
    /// The pages, by their paths.
    pub(super) pages: BTreeMap<SitePath, Cow<'a, CachedPage<T>>>,
    /// The index of each language.
    pub(super) indexes: BTreeMap<String, CachedIndex>,
    /// The digests of the texts that passed the checks of translations.
    pub(super) passed_pairs: BTreeSet<Sha256Digest>,
}

/// The index of a language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct CachedIndex {
    /// The digest of its inputs.
    pub(super) inputs: Sha256Digest,
    /// Its files.
    pub(super) files: Vec<FileStamp>,
    /// Its part of the manifest.
    pub(super) manifest: Vec<u8>,
    /// Its size in bytes.
    pub(super) bytes: usize,
    /// Its size in bytes when a host compresses it quickly; `None` for a large index.
    pub(super) compressed: Option<usize>,
}

/// A page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CachedPage<T> {
    /// The digest of its inputs.
    pub(super) inputs: Sha256Digest,
    /// Its files.
    pub(super) files: Vec<FileStamp>,
    /// Further data for the next build.
    pub(super) rest: T,
}

impl<T: Clone> Default for CachedBuild<'_, T> {
    fn default() -> Self {
        Self {
            environment: Sha256Digest::default(),
            pages: BTreeMap::new(),
            indexes: BTreeMap::new(),
            passed_pairs: BTreeSet::new(),
        }
    }
}

impl<T: Clone + Serialize + DeserializeOwned + 'static> BuildCache<T> {
    /// Reads the cache that this program wrote for an output. It is empty if the file is absent, damaged or
    /// was written by another program.
    pub(super) fn read(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let file = out.with_file_name(format!(".{name}.{SCRATCH}cache"));
        let last = stamp::read(&file).and_then(|bytes| decode(&bytes)).unwrap_or_default();
        Self { file, last }
    }

    /// The page with a path, if its environment and inputs are these.
    pub(super) fn page(
        &self,
        environment: Sha256Digest,
        path: &SitePath,
        inputs: Sha256Digest,
    ) -> Option<&CachedPage<T>> {
        let same =
            |page: &&Cow<'_, CachedPage<T>>| self.last.environment == environment && page.inputs == inputs;
        self.last.pages.get(path).filter(same).map(AsRef::as_ref)
    }

    /// The index of a language, if its inputs are these.
    pub(super) fn index(&self, language: &str, inputs: Sha256Digest) -> Option<&CachedIndex> {
        self.last.indexes.get(language).filter(|index| index.inputs == inputs)
    }

    /// The digests of the texts that passed the checks of translations.
    pub(super) fn passed_pairs(&self) -> &BTreeSet<Sha256Digest> {
        &self.last.passed_pairs
    }

    /// Writes the cache of a build. If that fails, the next build has more work.
    pub(super) fn write(&self, build: &CachedBuild<'_, T>) {
        let body = postcard::to_stdvec(&(stamp::program(), build)).unwrap_or_default();
        let bytes = [digest::sha256(&body).as_slice(), &body].concat();
        let (folder, name) = (self.file.parent(), self.file.file_name());
        let folder = folder.and_then(|folder| Folder::named(folder).ok());
        let name = name.unwrap_or_default().to_string_lossy();
        let _ = folder.map(|folder| folder.replace(&name, &bytes));
    }
}

fn decode<T: Clone + DeserializeOwned + 'static>(bytes: &[u8]) -> Option<CachedBuild<'static, T>> {
    let (sum, body) = bytes.split_first_chunk::<32>()?;
    if digest::sha256(body) != *sum {
        return None;
    }
    let (program, rest) = postcard::take_from_bytes::<String>(body).ok()?;
    if program != stamp::program() {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn page(inputs: u8) -> Cow<'static, CachedPage<u32>> {
        Cow::Owned(CachedPage { inputs: [inputs; 32], files: Vec::new(), rest: 7 })
    }

    #[test]
    fn a_cache_that_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (out, path) = (folder.path().join("public"), SitePath::fixed("zh/index.html"));
        let index = CachedIndex { inputs: [3; 32], ..CachedIndex::default() };
        BuildCache::read(&out).write(&CachedBuild {
            environment: [1; 32],
            pages: [(path.clone(), page(5))].into(),
            indexes: [("zh".to_owned(), index)].into(),
            passed_pairs: [[9; 32]].into(),
        });
        let rest = |environment: u8, inputs: u8| {
            let cache = BuildCache::<u32>::read(&out);
            cache.page([environment; 32], &path, [inputs; 32]).map(|page| page.rest)
        };
        assert_eq!((rest(1, 5), rest(1, 6), rest(2, 5)), (Some(7), None, None));
        let cache = BuildCache::<u32>::read(&out);
        let is_cached = |language: &str, inputs: u8| cache.index(language, [inputs; 32]).is_some();
        assert_eq!((is_cached("zh", 3), is_cached("zh", 4), is_cached("en", 3)), (true, false, false));
        assert_eq!(*cache.passed_pairs(), [[9; 32]].into());
        let file = folder.path().join(".public.gongbao-cache");
        let mut bytes = fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&file, bytes).unwrap();
        assert_eq!(rest(1, 5), None);
    }
}
