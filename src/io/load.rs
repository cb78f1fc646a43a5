//! Load: a directory → the files of `Inputs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::base::SitePath;
use crate::message;
use crate::settings;

/// The folders of a site that are read.
const FOLDERS: [&str; 4] = ["content", "static", "templates", "themes"];

/// The files of a site, by path.
pub type Files = BTreeMap<SitePath, Arc<[u8]>>;

/// Reads the files of the site in a directory. Hidden files and editors'
/// backups (`.x`, `x~`) are left out.
///
/// # Errors
/// A directory or file that cannot be read, or a name that is not Unicode.
pub fn load(root: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    let config = root.join(settings::FILE);
    if config.exists() {
        let path = SitePath::new(settings::FILE).expect("a fixed path of the content format");
        files.insert(path, read(&config)?);
    }
    for folder in FOLDERS.iter().filter(|folder| root.join(folder).is_dir()) {
        walk(&root.join(folder), folder, &mut files)?;
    }
    Ok(files)
}

fn walk(directory: &Path, name: &str, files: &mut Files) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(directory, ("读取文件夹", "read the folder"), &error);
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, file_name) = (entry.path(), entry.file_name());
        let Some(part) = file_name.to_str().filter(|part| SitePath::new(part).is_some()) else {
            return Err(bad_name(&path));
        };
        if part.starts_with('.') || part.ends_with('~') {
            continue;
        }
        let name = format!("{name}/{part}");
        if path.is_dir() {
            walk(&path, &name, files)?;
        } else if let Some(site_path) = SitePath::new(&name) {
            files.insert(site_path, read(&path)?);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Arc<[u8]>, Failure> {
    fs::read(path).map(Into::into).map_err(|error| Failure::new(path, ("读取", "read"), &error))
}

fn bad_name(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!("文件名 {path} 不能用在网站中", "the file name {path} cannot be used in a site"))
        .hint(message!(
            "改名：不用反斜杠、冒号和控制字符",
            "rename it: no backslash, colon or control character"
        ))
}
