//! What is kept from one build to the next, beside the output: from what each page and index was made,
//! how their files lie on the disk, and which translations nothing was found in. It may be deleted at
//! any time: it spares work and changes nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::folder::{Folder, SCRATCH};
use crate::base::digest::Sum;
use crate::base::{SitePath, digest};

/// What was kept of the last build into an output.
pub struct Kept<T: Clone + 'static> {
    /// The file it is kept in.
    file: PathBuf,
    last: Build<'static, T>,
}

/// What is kept of a build.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Clone + DeserializeOwned"))]
pub struct Build<'a, T: Clone> {
    /// What every page was made with.
    pub with: Sum,
    /// The pages, by their paths.
    pub pages: BTreeMap<SitePath, Cow<'a, Page<T>>>,
    /// The index of each language.
    pub parts: BTreeMap<String, Part>,
    /// The digests of what the checks of translations found nothing in.
    pub sound: BTreeSet<Sum>,
}

/// What is kept of the index of a language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// From what it was made.
    pub from: Sum,
    /// Its files.
    pub files: Vec<Lying>,
    /// What it adds to the manifest.
    pub manifest: Vec<u8>,
    /// How many bytes it has.
    pub bytes: usize,
    /// How many bytes a host sends that compresses quickly; nothing of an index that is too large to ask.
    pub small: Option<usize>,
}

/// What is kept of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page<T> {
    /// From what it was made.
    pub from: Sum,
    /// Its files.
    pub files: Vec<Lying>,
    /// What else is known of it.
    pub rest: T,
}

/// A file as it lies on the disk. One that was written anew, or by others, lies otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lying {
    /// Its path in the output.
    pub path: SitePath,
    /// The digest of its bytes.
    pub sum: Sum,
    /// Where it lies; nothing, if that cannot be told.
    place: Option<Place>,
}

/// Size in bytes, time of modification in seconds and nanoseconds, and inode.
type Place = (u64, i64, i64, u64);

impl Lying {
    /// How a file of a folder lies there.
    pub(super) fn of(folder: &Path, path: &SitePath, sum: Sum) -> Self {
        Self { path: path.clone(), sum, place: place(&folder.join(path.as_str())) }
    }

    /// Whether it still lies in the folder as it did.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        self.place.is_some() && self.place == place(&folder.join(self.path.as_str()))
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.place.map_or(0, |(size, ..)| size)
    }
}

fn place(file: &Path) -> Option<Place> {
    let found = fs::symlink_metadata(file).ok().filter(fs::Metadata::is_file)?;
    Some((found.size(), found.mtime(), found.mtime_nsec(), found.ino()))
}

/// What tells this program from another one, or from itself before it was built anew.
fn program() -> String {
    let own = std::env::current_exe().ok();
    let place = own.as_deref().and_then(place);
    format!("{} {own:?} {place:?}", env!("CARGO_PKG_VERSION"))
}

impl<T: Clone> Default for Build<'_, T> {
    fn default() -> Self {
        Self { with: Sum::default(), pages: BTreeMap::new(), parts: BTreeMap::new(), sound: BTreeSet::new() }
    }
}

impl<T: Clone + Serialize + DeserializeOwned + 'static> Kept<T> {
    /// What this program kept of an output; nothing, if that is gone, damaged, or of another one.
    pub fn read(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let file = out.with_file_name(format!(".{name}.{SCRATCH}cache"));
        let bytes = place(&file).and_then(|_| fs::read(&file).ok());
        let last = bytes.and_then(|bytes| decode(&bytes)).unwrap_or_default();
        Self { file, last }
    }

    /// A page, if it was made with and from the same.
    pub fn page(&self, with: Sum, path: &SitePath, from: Sum) -> Option<&Page<T>> {
        let page = self.last.pages.get(path).filter(|page| self.last.with == with && page.from == from);
        page.map(AsRef::as_ref)
    }

    /// The index of a language, if it was made from the same.
    pub fn part(&self, name: &str, from: Sum) -> Option<&Part> {
        self.last.parts.get(name).filter(|part| part.from == from)
    }

    /// What the checks of translations found nothing in.
    pub fn sound(&self) -> &BTreeSet<Sum> {
        &self.last.sound
    }

    /// Keeps a build for the next one. Where it cannot be kept that has more work, and that is all.
    pub fn write(&self, build: &Build<'_, T>) {
        let body = postcard::to_stdvec(&(program(), build)).unwrap_or_default();
        let bytes = [digest::sha256(&body).as_slice(), &body].concat();
        let (folder, name) = (self.file.parent(), self.file.file_name());
        let folder = folder.and_then(|folder| Folder::named(folder).ok());
        let name = name.unwrap_or_default().to_string_lossy();
        let _ = folder.map(|folder| folder.replace(&name, &bytes));
    }
}

fn decode<T: Clone + DeserializeOwned + 'static>(bytes: &[u8]) -> Option<Build<'static, T>> {
    let (sum, body) = bytes.split_first_chunk::<32>()?;
    if digest::sha256(body) != *sum {
        return None;
    }
    let (made_by, rest) = postcard::take_from_bytes::<String>(body).ok()?;
    if made_by != program() {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(from: u8) -> Cow<'static, Page<u32>> {
        Cow::Owned(Page { from: [from; 32], files: Vec::new(), rest: 7 })
    }

    #[test]
    fn what_was_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (out, path) = (folder.path().join("public"), SitePath::fixed("zh/index.html"));
        let part = Part { from: [3; 32], ..Part::default() };
        Kept::read(&out).write(&Build {
            with: [1; 32],
            pages: [(path.clone(), page(5))].into(),
            parts: [("zh".to_owned(), part)].into(),
            sound: [[9; 32]].into(),
        });
        let rest = |with: u8, from: u8| {
            Kept::<u32>::read(&out).page([with; 32], &path, [from; 32]).map(|page| page.rest)
        };
        assert_eq!((rest(1, 5), rest(1, 6), rest(2, 5)), (Some(7), None, None));
        let kept = Kept::<u32>::read(&out);
        let is_kept = |name: &str, from: u8| kept.part(name, [from; 32]).is_some();
        assert_eq!((is_kept("zh", 3), is_kept("zh", 4), is_kept("en", 3)), (true, false, false));
        assert_eq!(*kept.sound(), [[9; 32]].into());
        let file = folder.path().join(".public.gongbao-cache");
        let mut bytes = fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&file, bytes).unwrap();
        assert_eq!(rest(1, 5), None);
    }

    #[test]
    fn a_file_that_was_written_again_lies_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.html");
        fs::write(&file, "one").unwrap();
        let lying = Lying::of(folder.path(), &SitePath::fixed("a.html"), [0; 32]);
        assert!(lying.is_in(folder.path()));
        fs::rename(&file, folder.path().join("b.html")).unwrap();
        fs::write(&file, "two").unwrap();
        assert!(!lying.is_in(folder.path()));
    }
}
