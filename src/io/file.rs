//! Files and folders that the command line names, read.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{Failure, READ, READ_FOLDER};

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// The file cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |e: std::io::Error| Failure::new(path, READ, &e);
    if path.as_os_str() != "-" {
        return fs::read(path).map_err(failed);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Whether nothing is at a path, or an empty folder.
///
/// # Errors
/// The folder cannot be read.
pub fn is_free(path: &Path) -> Result<bool, Failure> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(Failure::new(path, READ_FOLDER, &error)),
    }
}

/// Reads the files in a folder, hidden ones left out, in order of their names.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn folder(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let failed = |e: std::io::Error| Failure::new(path, READ_FOLDER, &e);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.starts_with('.') {
            files.push((name, read(&entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}
