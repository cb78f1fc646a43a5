//! What is kept from one build to the next, beside the output: from what each page was made, and how
//! its files lie on the disk. It may be deleted at any time: it spares work and changes nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::beside;
use super::sums::Sum;
use crate::base::{SitePath, digest};

/// What was kept of pages, by the path of each.
pub struct Kept<T> {
    /// The file it is kept in.
    file: PathBuf,
    /// What every page was made with.
    with: Sum,
    pages: BTreeMap<SitePath, Page<T>>,
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
pub fn program() -> String {
    let own = std::env::current_exe().ok();
    let place = own.as_deref().and_then(place);
    format!("{} {own:?} {place:?}", env!("CARGO_PKG_VERSION"))
}

impl<T: Clone + Serialize + DeserializeOwned> Kept<T> {
    /// What was kept of the pages of an output that were made `with` the same; nothing, if that is
    /// gone, damaged, or of another time.
    pub fn read(out: &Path, with: Sum) -> Self {
        let file = beside(out, "gongbao-cache");
        let pages = fs::read(&file).ok().and_then(|bytes| decode(&bytes, with)).unwrap_or_default();
        Self { file, with, pages }
    }

    /// A page, if it was made from the same.
    pub fn page(&self, path: &SitePath, from: Sum) -> Option<&Page<T>> {
        self.pages.get(path).filter(|page| page.from == from)
    }

    /// Keeps these pages for the next build. Where they cannot be kept it has more work, and that is all.
    pub fn write(&self, pages: &BTreeMap<SitePath, Cow<'_, Page<T>>>) {
        let body = postcard::to_stdvec(&(self.with, pages)).unwrap_or_default();
        let bytes = [digest::sha256(&body).as_slice(), &body].concat();
        let new = beside(&self.file, "new");
        let _ = fs::write(&new, bytes).and_then(|()| fs::rename(&new, &self.file));
    }
}

fn decode<T: DeserializeOwned>(bytes: &[u8], with: Sum) -> Option<BTreeMap<SitePath, Page<T>>> {
    let (sum, body) = bytes.split_first_chunk::<32>()?;
    if digest::sha256(body) != *sum {
        return None;
    }
    let (made_with, rest) = postcard::take_from_bytes::<Sum>(body).ok()?;
    if made_with != with {
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
        Kept::read(&out, [1; 32]).write(&[(path.clone(), page(5))].into());
        let rest = |with: u8, from: u8| {
            Kept::<u32>::read(&out, [with; 32]).page(&path, [from; 32]).map(|page| page.rest)
        };
        assert_eq!((rest(1, 5), rest(1, 6), rest(2, 5)), (Some(7), None, None));
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
