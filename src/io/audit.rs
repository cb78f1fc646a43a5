//! A published site against its account: every difference, with nothing on the disk left out.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::publish::MARK_TEXT;
use super::sums::Sums;
use super::{Failure, READ, READ_FOLDER};
use crate::base::SitePath;
use crate::base::digest::sha256;
use crate::routes::{MARK, OWN};

/// How something in a published site is not as it was published. Paths are words, since names may be any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditChange {
    /// The bytes of the file are others.
    Altered,
    /// The file is gone.
    Missing,
    /// The file was not published.
    Foreign,
    /// A folder without published files.
    ForeignFolder,
    /// A link, whatever it leads to: a published site is files.
    Link,
    /// A pipe, a socket or a device.
    NotAFile,
}

/// The differences between a published site and its account, in order of their paths.
///
/// # Errors
/// A file or folder cannot be read.
pub fn changes(site: &Path, sums: &Sums) -> Result<Vec<(String, AuditChange)>, Failure> {
    let folders = sums.0.keys().flat_map(|path| above(path.as_str())).collect();
    let mut audit = Audit { sums, folders, seen: BTreeSet::new(), changes: Vec::new() };
    audit.folder(site, "")?;
    let Audit { seen, mut changes, .. } = audit;
    // Copies may lack the mark: hosts and programs that copy leave hidden files out.
    let all = sums.0.keys().map(SitePath::as_str);
    let missing =
        all.filter(|path| !seen.contains(*path)).map(|path| (path.to_owned(), AuditChange::Missing));
    changes.extend(missing);
    changes.sort();
    Ok(changes)
}

/// The folders that a path is in.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

struct Audit<'a> {
    sums: &'a Sums,
    /// The folders of published files.
    folders: BTreeSet<&'a str>,
    /// The published files that are there.
    seen: BTreeSet<String>,
    changes: Vec<(String, AuditChange)>,
}

impl Audit<'_> {
    fn folder(&mut self, folder: &Path, name: &str) -> Result<(), Failure> {
        let failed = |error: io::Error| Failure::new(folder, READ_FOLDER, &error);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // Not that of what a link leads to.
            let kind = entry.file_type().map_err(failed)?;
            let part = entry.file_name();
            let is_text = part.to_str().is_some();
            let part = part.to_string_lossy();
            let path = if name.is_empty() { part.into_owned() } else { format!("{name}/{part}") };
            if kind.is_dir() && is_text && self.folders.contains(path.as_str()) {
                self.folder(&entry.path(), &path)?;
            } else if kind.is_file() && is_text {
                self.file(&entry.path(), path)?;
            } else {
                let change = match kind {
                    kind if kind.is_dir() => AuditChange::ForeignFolder,
                    kind if kind.is_symlink() => AuditChange::Link,
                    kind if kind.is_file() => AuditChange::Foreign,
                    _ => AuditChange::NotAFile,
                };
                self.seen.insert(path.clone());
                self.changes.push((path, change));
            }
        }
        Ok(())
    }

    fn file(&mut self, file: &Path, path: String) -> Result<(), Failure> {
        let expected = match self.sums.0.get(path.as_str()) {
            Some(sum) => Some(*sum),
            None if path == MARK => Some(sha256(MARK_TEXT.as_bytes())),
            None if OWN.contains(&path.as_str()) => return Ok(()),
            None => None,
        };
        let change = match expected {
            None => Some(AuditChange::Foreign),
            Some(sum) => {
                let bytes = fs::read(file).map_err(|error| Failure::new(file, READ, &error))?;
                (sha256(&bytes) != sum).then_some(AuditChange::Altered)
            }
        };
        self.changes.extend(change.map(|change| (path.clone(), change)));
        self.seen.insert(path);
        Ok(())
    }
}
