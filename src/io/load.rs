//! Load: a directory → the files of a site.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Failure, READ, READ_FOLDER};
use crate::base::SitePath;
use crate::message;
use crate::settings;

/// The folders of a site that are read.
pub const FOLDERS: [&str; 4] = ["content", "static", "templates", "themes"];

/// The files of a site, by path.
pub type SiteFiles = BTreeMap<SitePath, Arc<[u8]>>;

/// Reads the files of the site in a directory. Hidden files and editors'
/// backups (`.x`, `x~`) are left out.
///
/// # Errors
/// A directory or file that cannot be read, or a name that is not Unicode.
pub fn load(root: &Path) -> Result<SiteFiles, Failure> {
    let (files, failures) = scan(root, &SiteFiles::new());
    failures.into_iter().next().map_or(Ok(files), Err)
}

/// The folder of a site, without links in its path.
///
/// # Errors
/// There is no such folder.
pub fn root(folder: &Path) -> Result<PathBuf, Failure> {
    fs::canonicalize(folder).map_err(|error| Failure::new(folder, READ_FOLDER, &error))
}

/// Reads all that can be read of the site in a directory, and says what cannot.
/// Files that are as they were `before` keep their place in memory.
pub fn scan(root: &Path, before: &SiteFiles) -> (SiteFiles, Vec<Failure>) {
    let mut scan = Scan::new(root, before);
    for name in std::iter::once(settings::FILE).chain(FOLDERS) {
        scan.entry(&root.join(name), name);
    }
    (scan.files, scan.failures)
}

/// Reads one file or folder of the site again, whether it is there or not.
pub fn refresh(root: &Path, path: &SitePath, files: &mut SiteFiles) -> Vec<Failure> {
    let mut parts = path.parts();
    let first = parts.next().unwrap_or_default();
    let known = if first == settings::FILE { parts.next().is_none() } else { FOLDERS.contains(&first) };
    if !known || path.parts().any(is_ignored) {
        return Vec::new();
    }
    let below = format!("{path}/");
    let old = files.extract_if(.., |file, _| file == path || file.as_str().starts_with(&below)).collect();
    let mut scan = Scan::new(root, &old);
    scan.entry(&root.join(path.as_str()), path.as_str());
    files.append(&mut scan.files);
    scan.failures
}

fn is_ignored(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

struct Scan<'a> {
    before: &'a SiteFiles,
    /// The folder of the site, without links in its path; nothing outside it is read.
    root: Option<PathBuf>,
    /// The folders that are being read, each within the one before, without links in their paths.
    within: Vec<PathBuf>,
    files: SiteFiles,
    failures: Vec<Failure>,
}

impl<'a> Scan<'a> {
    fn new(root: &Path, before: &'a SiteFiles) -> Self {
        let root = fs::canonicalize(root).ok();
        Self { before, root, within: Vec::new(), files: SiteFiles::new(), failures: Vec::new() }
    }

    fn entry(&mut self, path: &Path, name: &str) {
        let leads_out = |to: &PathBuf| self.root.as_ref().is_some_and(|root| !to.starts_with(root));
        if path.is_symlink() && fs::canonicalize(path).is_ok_and(|to| leads_out(&to)) {
            return self.failures.push(leads_out_of_site(path));
        }
        match fs::metadata(path).map(|found| found.file_type()) {
            Ok(kind) if kind.is_dir() => self.folder(path, name),
            Ok(kind) if !kind.is_file() => self.failures.push(no_file(path)),
            _ => self.file(path, name),
        }
    }

    fn folder(&mut self, path: &Path, name: &str) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.within.contains(&real) {
            return self.failures.push(leads_back(path));
        }
        self.within.push(real);
        self.entries(path, name);
        self.within.pop();
    }

    fn entries(&mut self, path: &Path, name: &str) {
        let failed = |error: std::io::Error| Failure::new(path, READ_FOLDER, &error);
        let entries = match fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(error) => return self.failures.push(failed(error)),
        };
        for entry in entries {
            let (path, file_name) = (entry.path(), entry.file_name());
            match file_name.to_str().filter(|part| SitePath::new(part).is_some()) {
                Some(part) if is_ignored(part) => {}
                Some(part) => self.entry(&path, &format!("{name}/{part}")),
                None => self.failures.push(bad_name(&path)),
            }
        }
    }

    fn file(&mut self, path: &Path, name: &str) {
        let Some(site_path) = SitePath::new(name) else { return };
        match fs::read(path) {
            Ok(bytes) => {
                let old = self.before.get(&site_path).filter(|old| ***old == *bytes);
                let bytes = old.cloned().unwrap_or_else(|| bytes.into());
                self.files.insert(site_path, bytes);
            }
            // It went between being listed and being read; a link that leads nowhere is still listed.
            Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => {}
            Err(error) => self.failures.push(Failure::new(path, READ, &error)),
        }
    }
}

fn leads_out_of_site(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!(
        "链接 {path} 指向网站的文件夹之外",
        "the link {path} leads out of the folder of the site"
    ))
    .hint(message!("把文件复制到网站的文件夹中", "copy the file into the folder of the site"))
}

fn leads_back(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!(
        "链接 {path} 指回它所在的文件夹",
        "the link {path} leads back to a folder it is in"
    ))
    .hint(message!("删除这个链接", "remove the link"))
}

fn no_file(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!("{path} 不是普通文件", "{path} is not an ordinary file"))
        .hint(message!("移走管道、套接字和设备", "move pipes, sockets and devices elsewhere"))
}

fn bad_name(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!("文件名 {path} 不能用在网站中", "the file name {path} cannot be used in a site"))
        .hint(message!(
            "改名：不用反斜杠、冒号、控制字符和看不见的字符",
            "rename it: no backslash, colon, control character or character that is not seen"
        ))
}
