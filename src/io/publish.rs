//! Publish: bytes → a directory, all or nothing.
//!
//! The new site is written beside the old one and the two are exchanged in one
//! step, so that at every instant the directory is the whole old site or the
//! whole new one. Files that did not change are linked rather than written:
//! they keep their bytes and their modification time. What was written is listed with
//! its digests ([`super::sums`]), so that what others put there is known and left alone.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kept::Lying;
use super::load::FOLDERS;
use super::sums::{self, Sums};
use super::{Failure, READ, READ_FOLDER, WRITE, beside};
use crate::base::SitePath;
use crate::base::digest::{Sum, sha256};
use crate::message;

/// The file by which a directory is known to be gongbao's to replace.
pub const MARK: &str = ".gongbao";

/// The files of a published site that are gongbao's own account of it.
pub const OWN: [&str; 2] = [MARK, sums::FILE];

/// A site that is being written.
pub struct Publication {
    /// The directory to replace, symbolic links resolved.
    target: PathBuf,
    /// Where the new site is written.
    staging: PathBuf,
    /// Whether there is an old site, with which new files are compared.
    again: bool,
    /// The folders that were made in it.
    folders: Mutex<HashSet<PathBuf>>,
    /// What was written so far.
    written: Mutex<(Sums, Tally)>,
    /// Held until the publication ends, so that two builds do not mix.
    _lock: File,
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The files of the new site.
    pub files: usize,
    /// How many of them differ from the old site's, or are new.
    pub changed: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

impl Publication {
    /// Begins to write a site that will take the place of `out`. `site` is the folder that is read.
    ///
    /// # Errors
    /// `out` is among the files that are read, or holds files that gongbao did
    /// not write, another build is writing it, or the disk does not let us.
    pub fn begin(out: &Path, site: &Path) -> Result<Self, Failure> {
        let target = resolve(out)?;
        check_apart(&target, site)?;
        check_owner(&target)?;
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)
                .map_err(|e| Failure::new(parent, ("建立文件夹", "make the folder"), &e))?;
        }
        let lock = lock(&target)?;
        let staging = beside(&target, "gongbao-new");
        remove(&staging)?;
        fs::create_dir(&staging)
            .map_err(|e| Failure::new(&staging, ("建立文件夹", "make the folder"), &e))?;
        let again = target.join(MARK).is_file();
        Ok(Self { target, staging, again, folders: Mutex::default(), written: Mutex::default(), _lock: lock })
    }

    /// Writes one file of the site.
    ///
    /// # Errors
    /// The disk does not let us, or the name is one of [`OWN`].
    pub fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<(), Failure> {
        if OWN.contains(&path.as_str()) {
            return Err(own_name(path));
        }
        let (old, new) = (self.target.join(path.as_str()), self.staging.join(path.as_str()));
        let failed = |e: std::io::Error| Failure::new(&new, WRITE, &e);
        let sum = sha256(bytes);
        if self.has(path, sum) {
            return Ok(());
        }
        if let Some(folder) = new.parent() {
            self.make(folder).map_err(failed)?;
        }
        let same = self.again && fs::read(&old).is_ok_and(|before| before == bytes);
        // A file system without hard links gets a copy instead.
        if !(same && fs::hard_link(&old, &new).is_ok()) {
            fs::write(&new, bytes).map_err(failed)?;
        }
        self.count([(path, sum, bytes.len() as u64)], !same);
        Ok(())
    }

    /// Takes over files of the old site, all of them or none: `false` if one does not lie there as it did.
    pub fn keep(&self, files: &[Lying]) -> bool {
        if !self.again || !files.iter().all(|file| file.is_in(&self.target)) {
            return false;
        }
        let new: Vec<&Lying> = files.iter().filter(|file| !self.has(&file.path, file.sum)).collect();
        for (place, file) in new.iter().enumerate() {
            let into = self.staging.join(file.path.as_str());
            let made = into.parent().is_none_or(|folder| self.make(folder).is_ok());
            if !made || fs::hard_link(self.target.join(file.path.as_str()), &into).is_err() {
                // A file that were written there now would be written into the old site.
                new[..place]
                    .iter()
                    .for_each(|file| drop(fs::remove_file(self.staging.join(file.path.as_str()))));
                return false;
            }
        }
        self.count(new.iter().map(|file| (&file.path, file.sum, file.size())), false);
        true
    }

    /// How much was written so far.
    pub fn tally(&self) -> Tally {
        self.written().1
    }

    fn written(&self) -> MutexGuard<'_, (Sums, Tally)> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count<'a>(&self, files: impl IntoIterator<Item = (&'a SitePath, Sum, u64)>, changed: bool) {
        let (sums, tally) = &mut *self.written();
        for (path, sum, bytes) in files {
            sums.0.insert(path.clone(), sum);
            tally.files += 1;
            tally.changed += usize::from(changed);
            tally.bytes += bytes;
        }
    }

    /// Whether this file of the new site has been written: languages share pieces of the search.
    fn has(&self, path: &SitePath, sum: Sum) -> bool {
        self.written().0.0.get(path) == Some(&sum)
    }

    /// How the files of these that were written lie on the disk.
    pub fn lying(&self, paths: &[SitePath]) -> Vec<Lying> {
        // The disk is asked when others may write again.
        let known: Vec<_> = {
            let written = self.written();
            paths.iter().filter_map(|path| Some((path, *written.0.0.get(path)?))).collect()
        };
        known.into_iter().map(|(path, sum)| Lying::of(&self.staging, path, sum)).collect()
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

    /// Puts the new site into the place of the old one.
    ///
    /// # Errors
    /// The disk does not let us; the old site is still there.
    pub fn finish(self) -> Result<(), Failure> {
        let (sums, _) = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (name, text) in [(sums::FILE, sums.encode()), (MARK, "gongbao\n".to_owned())] {
            let path = self.staging.join(name);
            fs::write(&path, text).map_err(|e| Failure::new(&path, WRITE, &e))?;
        }
        exchange(&self.staging, &self.target)?;
        // What stands in the staging place now is the old site.
        remove(&self.staging)
    }

    /// Gives the new site up. The old one stays as it was.
    ///
    /// # Errors
    /// What was written cannot be removed; the next build removes it.
    pub fn abandon(self) -> Result<(), Failure> {
        remove(&self.staging)
    }
}

/// The directory that `out` means, through symbolic links, whether it exists or not.
pub fn resolve(out: &Path) -> Result<PathBuf, Failure> {
    let failed = |e: std::io::Error| Failure::new(out, ("找到", "find"), &e);
    if out.exists() {
        return fs::canonicalize(out).map_err(failed);
    }
    let mut absolute = std::path::absolute(out).map_err(failed)?;
    // A link to a folder that is still to be made; the system gives up on longer chains too.
    for _ in 0..40 {
        let Ok(leads_to) = fs::read_link(&absolute) else { break };
        absolute = absolute.parent().unwrap_or(Path::new("/")).join(leads_to);
    }
    if absolute.file_name().is_none() {
        return Err(Failure::said(message!("不能把 {} 作为输出", "{} cannot be the output", out.display())));
    }
    Ok(absolute)
}

/// What is written must not be read by the next build.
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
        "{path} holds what the site is made from; it cannot be the output"
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
        "{path} holds files that gongbao did not write; nothing was changed"
    ))
    .hint(message!(
        "用 --out 指定别的文件夹，或把其中的文件移走",
        "name another folder with --out, or move the files elsewhere"
    )))
}

/// What others put into a published site would be lost with it.
fn check_foreign(target: &Path) -> Result<(), Failure> {
    // A site without an account is from before there was one.
    let Some(sums) = Sums::read(target)? else { return Ok(()) };
    let foreign = sums.foreign(target, &OWN)?;
    let Some(first) = foreign.first() else { return Ok(()) };
    let (path, more) = (target.display(), foreign.len() - 1);
    let (zh, en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!(" 等 {} 个文件", foreign.len()), format!(" and {more} more")),
    };
    Err(Failure::said(message!(
        "{path} 中有不是 gongbao 写的文件：{first}{zh}；没有改动",
        "{path} holds files that gongbao did not write: {first}{en}; nothing was changed"
    ))
    .hint(message!(
        "要发布的文件放在 static/ 中，其他文件移到别处",
        "put files that are to be published into static/, and others elsewhere"
    )))
}

fn own_name(path: &SitePath) -> Failure {
    Failure::said(message!("文件名 {path} 由 gongbao 使用", "the file name {path} is gongbao's own"))
        .hint(message!("给 static/{path} 改名", "rename static/{path}"))
}

fn lock(target: &Path) -> Result<File, Failure> {
    let path = beside(target, "gongbao-lock");
    let failed = |e: std::io::Error| Failure::new(&path, ("锁定", "lock"), &e);
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::said(message!(
            "另一个 gongbao 正在写入 {}",
            "another gongbao is writing {}",
            target.display()
        ))
        .hint(message!("等它结束后再试", "try again when it has finished"))),
        Err(fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn remove(directory: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(directory) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(directory, ("删除", "remove"), &e))
        }
        _ => Ok(()),
    }
}

/// Exchanges two directories in one step; moves the first to the second's place if there is none yet.
fn exchange(new: &Path, target: &Path) -> Result<(), Failure> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let failed = |e: std::io::Error| {
        let failure = Failure::new(target, ("替换", "replace"), &e);
        match e.kind() {
            // A mount cannot be exchanged with what stands beside it.
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => failure.hint(message!(
                "它可能是一个挂载点；用 --out 指定其中的文件夹",
                "it may be a mount point; name a folder within it with --out"
            )),
            _ => failure,
        }
    };
    if !target.exists() {
        return fs::rename(new, target).map_err(failed);
    }
    renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE).map_err(|e| failed(e.into()))
}
