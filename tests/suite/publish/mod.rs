//! Publishing.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

mod acceptances;
mod kills;
mod links;
mod power;
mod publishing;
mod untouched;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{SMALL, write};
use tempfile::TempDir;

/// The days of two sites that follow each other: their "days left" differ on most pages.
const DAYS: [&str; 2] = ["2025-06-01", "2025-07-01"];

/// The files of a folder, by their paths in it.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// The smallest site, on disk.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    folder
}

/// Every file below a folder, hidden ones too, and the target of every link.
fn everything(folder: &Path) -> Tree {
    let (mut files, mut folders) = (Tree::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap()) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let bytes = match kind.is_symlink() {
                true => fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                false if kind.is_dir() => {
                    folders.push(path);
                    continue;
                }
                false => fs::read(&path).unwrap(),
            };
            files.insert(path.strip_prefix(folder).unwrap().to_owned(), bytes);
        }
    }
    files
}
