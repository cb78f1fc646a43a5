//! The identity of files on disk, used to detect that they were rewritten.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::SitePath;
use crate::base::digest::Sha256Digest;

/// A file of the output, with its identity when it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Its path in the output.
    pub path: SitePath,
    /// The digest of its bytes.
    pub digest: Sha256Digest,
    /// Its identity; `None` if the system does not tell.
    identity: Option<FileIdentity>,
}

/// The identity of a file on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileIdentity {
    /// Size in bytes.
    size: u64,
    /// Time of modification: seconds and nanoseconds since 1970.
    modified: (i64, i64),
    inode: u64,
}

impl FileStamp {
    /// The stamp of a file in a folder.
    pub(super) fn of(folder: &Path, path: &SitePath, digest: Sha256Digest) -> Self {
        Self { path: path.clone(), digest, identity: identity(&folder.join(path.as_str())) }
    }

    /// Returns whether the file in the folder is still the one that was stamped.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        self.identity.is_some() && self.identity == identity(&folder.join(self.path.as_str()))
    }

    /// The size of the file in bytes.
    pub(super) fn size(&self) -> u64 {
        self.identity.map_or(0, |identity| identity.size)
    }
}

fn identity(file: &Path) -> Option<FileIdentity> {
    let found = fs::symlink_metadata(file).ok().filter(fs::Metadata::is_file)?;
    let modified = (found.mtime(), found.mtime_nsec());
    Some(FileIdentity { size: found.size(), modified, inode: found.ino() })
}

/// Reads a regular file; `None` if there is none, or a link.
pub fn read(file: &Path) -> Option<Vec<u8>> {
    identity(file).and_then(|_| fs::read(file).ok())
}

/// The identity of this program, which differs after each compilation.
pub fn program() -> String {
    let own = std::env::current_exe().ok();
    let identity = own.as_deref().and_then(identity);
    format!("{} {own:?} {identity:?}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_rewritten_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.html");
        fs::write(&file, "one").unwrap();
        let stamp = FileStamp::of(folder.path(), &SitePath::fixed("a.html"), [0; 32]);
        assert!(stamp.is_in(folder.path()));
        fs::rename(&file, folder.path().join("b.html")).unwrap();
        fs::write(&file, "two").unwrap();
        assert!(!stamp.is_in(folder.path()));
    }
}
