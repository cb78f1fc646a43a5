//! The directory that a build replaces, and links at the names that gongbao writes in a site.
//!
//! A site may come from others. What the user names on the command line may be anywhere; what a site says
//! by a link of its own never leads the writing out of the site.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::folder::SCRATCH;
use super::{Failure, load};
use crate::base::{Code, Diagnostic, Message, SitePath};
use crate::message;

/// The folder of a site that is built into unless the command line names another.
pub const DEFAULT: &str = "public";
/// The folders of a site that commands write into unless the command line names others.
const DEFAULTS: [&str; 2] = [DEFAULT, "quickwit"];

/// The directory to replace, without links in its path, whether it exists or not: `named` on the command
/// line, else [`DEFAULT`] in the site.
///
/// # Errors
/// There is no such place, or the default one is a link out of the site.
pub fn resolve(named: Option<&Path>, site: &Path) -> Result<PathBuf, Failure> {
    match named {
        Some(out) => real(out).map_err(|error| not_found(out, &error)),
        None => default(site),
    }
}

fn default(site: &Path) -> Result<PathBuf, Failure> {
    let out = site.join(DEFAULT);
    let target = real(&out).map_err(|error| not_found(&out, &error))?;
    match is_inside(&target, &load::root(site)?) {
        true => Ok(target),
        false => {
            let (title, hint) = leads_out(&out.display().to_string());
            Err(Failure::said(title).hint(hint))
        }
    }
}

/// The links in the folder of a site at names that gongbao writes: locks, caches and scratch files, whose
/// names are gongbao's, and default outputs that lead out of the site.
pub fn links(site: &Path) -> Vec<Diagnostic> {
    let Ok(root) = load::root(site) else { return Vec::new() };
    let entries = fs::read_dir(&root).into_iter().flatten().flatten();
    let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    let mut names: Vec<_> = links.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names.iter().filter_map(|name| link(&root, name)).collect()
}

fn link(root: &Path, name: &str) -> Option<Diagnostic> {
    let is_scratch = name.starts_with('.') && name.contains(SCRATCH);
    let is_inside = || real(&root.join(name)).is_ok_and(|target| is_inside(&target, root));
    let (title, hint) = match is_scratch {
        true => own_name(name),
        false if DEFAULTS.contains(&name) && !is_inside() => leads_out(name),
        false => return None,
    };
    let place = SitePath::new(name);
    let fault = Diagnostic::new(Code::OUTPUT_LINK, title).hint(hint);
    Some(place.iter().fold(fault, |fault, place| fault.at(place, 0..0)))
}

/// Returns whether a directory is below the folder of a site, and not in a hidden one such as `.git`.
fn is_inside(target: &Path, root: &Path) -> bool {
    let inside = target.strip_prefix(root).ok().filter(|inside| inside.components().next().is_some());
    let is_hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
    inside.is_some_and(|inside| !inside.iter().any(is_hidden))
}

/// The path without links in it; of what does not exist, that of its parent with its name.
fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        found => return found,
    }
    let absolute = std::path::absolute(path)?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(ErrorKind::NotFound.into());
    };
    let parent = real(parent)?;
    let place = parent.join(name);
    match fs::read_link(&place) {
        // A link to a folder that is still to be made.
        Ok(to) => real(&parent.join(to)),
        Err(_) => Ok(place),
    }
}

fn not_found(path: &Path, error: &io::Error) -> Failure {
    Failure::new(path, ("找到", "find"), error)
}

fn leads_out(link: &str) -> (Message, Message) {
    let title = message!(
        "链接 {link} 指向网站之外或隐藏的文件夹，不写入那里",
        "the link {link} leads out of the site or into a hidden folder; nothing is written there"
    );
    let hint = message!(
        "删除这个链接；确实要写到那里的，用 --out 指明",
        "remove the link, or name the place with --out if it is meant"
    );
    (title, hint)
}

fn own_name(name: &str) -> (Message, Message) {
    let title = message!(
        "{name} 是链接，而这个文件名由 gongbao 使用",
        "{name} is a link, and its name is gongbao's own"
    );
    (title, message!("删除这个链接", "remove the link"))
}
