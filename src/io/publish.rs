//! Publish: bytes → a directory, all or nothing.
//!
//! The new site is written beside the old one and the two are exchanged in one
//! step, so that at every instant the directory is the whole old site or the
//! whole new one. Files that did not change are linked rather than written:
//! they keep their bytes and their modification time. What was written is listed with
//! its digests ([`super::sums`]), so that what others put there is known and left alone.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::folder::{self, Folder, SCRATCH};
use super::load::FOLDERS;
use super::signature::{self, Signer};
use super::stamp::FileStamp;
use super::sums::{self, Sums};
use super::{Failure, LOCK, MAKE_FOLDER, READ, READ_FOLDER, WRITE};
use crate::base::SitePath;
use crate::base::digest::{Sha256Digest, sha256};
use crate::message;
use crate::routes::{MARK, OWN};

/// The text of the marker file.
pub const MARK_TEXT: &str = "gongbao\n";

/// A site that is being written.
pub struct Publication {
    /// The directory to replace, without links in its path.
    target: PathBuf,
    /// The folder of that directory.
    parent: Folder,
    /// The name of the new site in that folder until it is whole.
    scratch: String,
    /// The path of the new site until then. Only this publication writes there.
    staging: PathBuf,
    /// Whether there is an old site, with which new files are compared.
    again: bool,
    /// The folders that were made in it.
    folders: Mutex<HashSet<PathBuf>>,
    /// The files written so far.
    written: Mutex<(Sums, WriteStats)>,
    lock: OutputLock,
}

/// Keeps other builds from writing the same output until it is dropped.
#[must_use]
pub struct OutputLock(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

/// The sizes of what was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteStats {
    /// The files of the new site.
    pub files: usize,
    /// How many of them differ from the old site's, or are new.
    pub changed: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

impl Publication {
    /// Begins to write a site that will take the place of `target`, which has no links in its path.
    /// `site` is the folder that is read.
    ///
    /// # Errors
    /// `target` is among the files that are read, or contains files that gongbao did not write, another
    /// build is writing it, a link is in the place of the lock, or the disk does not let us.
    pub fn begin(target: PathBuf, site: &Path) -> Result<Self, Failure> {
        check_apart(&target, site)?;
        check_owner(&target)?;
        let (Some(place), Some(name)) = (target.parent(), target.file_name()) else {
            let path = target.display();
            return Err(Failure::said(message!("不能把 {path} 作为输出", "{path} cannot be the output")));
        };
        let name = name.to_string_lossy();
        let parent = Folder::named(place)?;
        let lock = lock(&parent, &name, &target)?;
        remove_scratch(place, &name)?;
        let scratch = folder::scratch(&name);
        let staging = place.join(&scratch);
        parent.make(&scratch).map_err(|e| Failure::new(&staging, MAKE_FOLDER, &e))?;
        let again = target.join(MARK).is_file();
        let (folders, written) = (Mutex::default(), Mutex::default());
        Ok(Self { target, parent, scratch, staging, again, folders, written, lock })
    }

    /// Writes one file of the site.
    ///
    /// # Errors
    /// The path has been written already or is one of [`OWN`], or the disk does not let us.
    pub fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<(), Failure> {
        let (old, new) = (self.target.join(path.as_str()), self.staging.join(path.as_str()));
        let failed = |e: std::io::Error| Failure::new(&new, WRITE, &e);
        self.claim(path, sha256(bytes))?;
        if let Some(folder) = new.parent() {
            self.make(folder).map_err(failed)?;
        }
        let same = self.again && fs::read(&old).is_ok_and(|before| before == bytes);
        // A file system without hard links gets a copy instead.
        if !(same && fs::hard_link(&old, &new).is_ok()) {
            create(&new, bytes).map_err(failed)?;
        }
        self.count(bytes.len() as u64, !same);
        Ok(())
    }

    /// Takes over files of the old site, all of them or none: `false` if one is not there as it was, or
    /// has been written already.
    pub fn keep(&self, files: &[&FileStamp]) -> bool {
        let is_new = |file: &&FileStamp| !self.written().0.0.contains_key(&file.path);
        if !self.again || !files.iter().all(|file| file.is_in(&self.target) && is_new(file)) {
            return false;
        }
        for (place, file) in files.iter().enumerate() {
            let into = self.staging.join(file.path.as_str());
            let made = into.parent().is_none_or(|folder| self.make(folder).is_ok());
            if !made || fs::hard_link(self.target.join(file.path.as_str()), &into).is_err() {
                let linked = files[..place].iter().map(|file| self.staging.join(file.path.as_str()));
                linked.for_each(|file| drop(fs::remove_file(file)));
                return false;
            }
        }
        for file in files {
            self.written().0.0.insert(file.path.clone(), file.digest);
            self.count(file.size(), false);
        }
        true
    }

    /// The sizes of what was written so far.
    pub fn stats(&self) -> WriteStats {
        self.written().1
    }

    fn written(&self) -> MutexGuard<'_, (Sums, WriteStats)> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, bytes: u64, changed: bool) {
        let stats = &mut self.written().1;
        stats.files += 1;
        stats.changed += usize::from(changed);
        stats.bytes += bytes;
    }

    /// Takes a path for one writer.
    fn claim(&self, path: &SitePath, sum: Sha256Digest) -> Result<(), Failure> {
        let is_taken = OWN.contains(&path.as_str()) || self.written().0.0.insert(path.clone(), sum).is_some();
        if is_taken { Err(two_writers(path)) } else { Ok(()) }
    }

    /// The stamps of those of the files that were written.
    pub fn stamps(&self, paths: &[SitePath]) -> Vec<FileStamp> {
        // The disk is asked when others may write again.
        let known: Vec<_> = {
            let written = self.written();
            paths.iter().filter_map(|path| Some((path, *written.0.0.get(path)?))).collect()
        };
        known.into_iter().map(|(path, sum)| FileStamp::of(&self.staging, path, sum)).collect()
    }

    /// The directory to replace.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Makes a folder once: asking the disk for each file whether it is there takes as long as writing.
    fn make(&self, folder: &Path) -> std::io::Result<()> {
        let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !known().contains(folder) {
            fs::create_dir_all(folder)?;
            known().insert(folder.to_owned());
        }
        Ok(())
    }

    /// Puts the new site, signed if there is a `signer`, into the place of the old one once it is on the
    /// disk: after a loss of power one of the two is there, whole. Other builds wait until the lock is dropped.
    ///
    /// # Errors
    /// The disk does not let us; the old site is still there.
    pub fn finish(self, signer: Option<&Signer>) -> Result<OutputLock, Failure> {
        let (sums, _) = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        let sums = sums.encode();
        let signature = signer.map(|signer| signer.sign(&sums, &self.target)).transpose()?;
        let signature = signature.map(|text| (signature::FILE, text));
        let own = [(sums::FILE, sums), (MARK, MARK_TEXT.to_owned())];
        for (name, text) in own.into_iter().chain(signature) {
            let path = self.staging.join(name);
            create(&path, text.as_bytes()).map_err(|e| Failure::new(&path, WRITE, &e))?;
        }
        self.parent.sync_all().map_err(|e| Failure::new(&self.staging, WRITE, &e))?;
        let name = self.target.file_name().unwrap_or_default();
        self.parent.exchange(&self.scratch, name).map_err(|e| cannot_replace(&self.target, &e))?;
        // The old site must not go before its successor's name is on the disk.
        self.parent.sync_names().map_err(|e| Failure::new(&self.target, WRITE, &e))?;
        remove(&self.staging)?;
        Ok(self.lock)
    }

    /// Gives the new site up. The old one stays as it was.
    ///
    /// # Errors
    /// Returns an error if the written files cannot be removed; the next build removes them.
    pub fn abandon(self) -> Result<(), Failure> {
        remove(&self.staging)
    }
}

/// Creates a file that does not exist yet. An existing one may be a hard link to a file of the old site.
fn create(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let nofollow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    File::options().write(true).create_new(true).custom_flags(nofollow).open(path)?.write_all(bytes)
}

/// Checks that the output is apart from the input of the next build.
fn check_apart(target: &Path, site: &Path) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::new(site, READ_FOLDER, &e);
    let root = fs::canonicalize(site).map_err(failed)?;
    let inside = target.strip_prefix(&root).ok().and_then(|inside| inside.components().next());
    let is_read = |name: &str| inside.is_some_and(|first| first.as_os_str() == name);
    if !root.starts_with(target) && !FOLDERS.into_iter().any(is_read) {
        return Ok(());
    }
    let path = target.display();
    Err(Failure::said(message!(
        "{path} 中有网站的源文件，不能作为输出",
        "{path} contains the sources of the site; it cannot be the output"
    ))
    .hint(message!("用 --out 指定别的文件夹，如 public", "name another folder with --out, such as public")))
}

fn check_owner(target: &Path) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::new(target, READ, &e);
    if !target.exists() || fs::read_dir(target).map_err(failed)?.next().is_none() {
        return Ok(());
    }
    if target.join(MARK).is_file() {
        return check_foreign(target);
    }
    let path = target.display();
    Err(Failure::said(message!(
        "{path} 中有不是 gongbao 写的文件，没有改动",
        "{path} contains files that gongbao did not write; nothing was changed"
    ))
    .hint(message!(
        "用 --out 指定别的文件夹，或把其中的文件移走",
        "name another folder with --out, or move the files elsewhere"
    )))
}

/// Checks that the published site contains no foreign files, which would be lost with it.
fn check_foreign(target: &Path) -> Result<(), Failure> {
    let foreign = match Sums::read(target)? {
        Some(sums) => sums.foreign(target, &OWN)?,
        // A site without an account is from before there was one.
        None => sums::links(target)?,
    };
    let Some(first) = foreign.first() else { return Ok(()) };
    let (path, more) = (target.display(), foreign.len() - 1);
    let (zh, en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!(" 等 {} 个文件", foreign.len()), format!(" and {more} more")),
    };
    Err(Failure::said(message!(
        "{path} 中有不是 gongbao 写的文件：{first}{zh}；没有改动",
        "{path} contains files that gongbao did not write: {first}{en}; nothing was changed"
    ))
    .hint(message!(
        "要发布的文件放在 static/ 中，其他文件移到别处",
        "put files that are to be published into static/, and others elsewhere"
    )))
}

fn two_writers(path: &SitePath) -> Failure {
    Failure::said(message!("{path} 要写入两次，没有改动", "{path} has two writers; nothing was changed"))
        .hint(message!("给 static/{path} 改名", "rename static/{path}"))
}

fn lock(parent: &Folder, name: &str, target: &Path) -> Result<OutputLock, Failure> {
    let file = parent.lockable(&format!(".{name}.{SCRATCH}lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(OutputLock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::said(message!(
            "另一个 gongbao 正在写入 {}",
            "another gongbao is writing {}",
            target.display()
        ))
        .hint(message!("等它结束后再试", "try again when it has finished"))),
        Err(fs::TryLockError::Error(error)) => Err(Failure::new(target, LOCK, &error)),
    }
}

/// Removes what builds that were killed left beside the output. The lock is held, so it is nobody's.
fn remove_scratch(folder: &Path, name: &str) -> Result<(), Failure> {
    let prefix = format!(".{name}.{SCRATCH}");
    let entries = fs::read_dir(folder).map_err(|e| Failure::new(folder, READ_FOLDER, &e))?;
    for entry in entries.flatten() {
        let found = entry.file_name();
        let is_left = |kind: &str| !["lock", "cache"].contains(&kind);
        if !found.to_string_lossy().strip_prefix(&prefix).is_some_and(is_left) {
            continue;
        }
        match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            true => remove(&entry.path())?,
            false => drop(fs::remove_file(entry.path())),
        }
    }
    Ok(())
}

fn remove(directory: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(directory) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(directory, ("删除", "remove"), &e))
        }
        _ => Ok(()),
    }
}

fn cannot_replace(target: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::new(target, ("替换", "replace"), error);
    match error.kind() {
        // A mount cannot be exchanged with what is beside it.
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => failure.hint(message!(
            "它可能是一个挂载点；用 --out 指定其中的文件夹",
            "it may be a mount point; name a folder within it with --out"
        )),
        _ => failure,
    }
}
