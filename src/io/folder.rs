//! Folders that are written to: files in them are created or replaced, and no link below the folder that
//! the user named is followed.

use std::collections::hash_map::RandomState;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{self as system, AtFlags, CWD, FileType, Mode, OFlags, RenameFlags};

use super::{Failure, LOCK, MAKE_FOLDER, WRITE};
use crate::message;

/// An open folder. Names are resolved from its descriptor and never through a link.
pub struct Folder {
    handle: OwnedFd,
    path: PathBuf,
}

/// The part of every name that gongbao uses beside what it writes: locks, caches, scratch files.
pub const SCRATCH: &str = "gongbao-";

const MODE: u32 = 0o666;
const FOLDER_MODE: u32 = 0o777;

impl Folder {
    /// Opens a folder that the user named, through links if need be; creates a missing one.
    ///
    /// # Errors
    /// It cannot be created or opened.
    pub fn named(path: &Path) -> Result<Self, Failure> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let failed = |error: io::Error| Failure::new(path, MAKE_FOLDER, &error);
        fs::create_dir_all(path).map_err(failed)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let handle = system::openat(CWD, path, flags, Mode::empty()).map_err(|e| failed(e.into()))?;
        Ok(Self { handle, path: path.to_owned() })
    }

    /// Opens a folder below this one; creates missing ones.
    ///
    /// # Errors
    /// A part of the path is a link, or cannot be created or opened.
    pub fn below(self, inside: &Path) -> Result<Self, Failure> {
        inside.components().try_fold(self, |folder, part| folder.enter(part.as_os_str()))
    }

    fn enter(&self, name: &OsStr) -> Result<Self, Failure> {
        let path = self.path.join(name);
        let failed = |error: io::Error| Failure::new(&path, MAKE_FOLDER, &error);
        self.refuse_link(name)?;
        match self.make(name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
            _ => {}
        }
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let handle =
            system::openat(&self.handle, name, flags, Mode::empty()).map_err(|e| failed(e.into()))?;
        Ok(Self { handle, path })
    }

    /// Creates a folder that does not exist yet.
    pub(super) fn make(&self, name: impl AsRef<OsStr>) -> io::Result<()> {
        Ok(system::mkdirat(&self.handle, name.as_ref(), Mode::from_raw_mode(FOLDER_MODE))?)
    }

    /// Replaces a file so that it is never seen half-written, also after a loss of power.
    ///
    /// # Errors
    /// A link is in its place, or it cannot be written; the old file is then unchanged.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.refuse_link(name)?;
        let scratch = scratch(name);
        let written = self.create(&scratch).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()?;
            Ok(system::renameat(&self.handle, &scratch, &self.handle, name)?)
        });
        written.map_err(|error| {
            // Nothing more can be done about a file that cannot be removed either.
            let _ = self.unlink(&scratch);
            Failure::new(&self.path.join(name), WRITE, &error)
        })
    }

    /// Creates a file that does not exist yet.
    fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(system::openat(&self.handle, name, flags, Mode::from_raw_mode(MODE))?.into())
    }

    /// Opens a file to be locked, which is created if need be and never written to.
    pub(super) fn lockable(&self, name: &str) -> Result<File, Failure> {
        self.refuse_link(name)?;
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = system::openat(&self.handle, name, flags, Mode::from_raw_mode(MODE));
        Ok(file.map_err(|error| Failure::new(&self.path.join(name), LOCK, &error.into()))?.into())
    }

    /// Exchanges two entries in one step; moves the first to the second's place if there is none yet.
    pub(super) fn exchange(&self, new: &str, old: &OsStr) -> io::Result<()> {
        let to = &self.handle;
        match system::renameat_with(to, new, to, old, RenameFlags::EXCHANGE) {
            Err(rustix::io::Errno::NOENT) => Ok(system::renameat(to, new, to, old)?),
            result => Ok(result?),
        }
    }

    /// Waits until all that was written to the file system of this folder is on the disk.
    pub(super) fn sync_all(&self) -> io::Result<()> {
        Ok(system::syncfs(&self.handle)?)
    }

    /// Waits until the names in this folder are on the disk.
    pub(super) fn sync_names(&self) -> io::Result<()> {
        match system::fsync(&self.handle) {
            // Some file systems have no such thing for folders.
            Err(rustix::io::Errno::INVAL) => Ok(()),
            result => Ok(result?),
        }
    }

    fn unlink(&self, name: &str) -> io::Result<()> {
        Ok(system::unlinkat(&self.handle, name, AtFlags::empty())?)
    }

    /// Returns whether a link is at a name.
    fn is_link(&self, name: &OsStr) -> bool {
        let found = system::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW);
        found.is_ok_and(|found| FileType::from_raw_mode(found.st_mode) == FileType::Symlink)
    }

    /// Returns whether this file is at a name.
    fn is_file(&self, name: &str, file: &File) -> bool {
        let found = system::statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW);
        found.is_ok_and(|found| file.metadata().is_ok_and(|own| own.ino() == found.st_ino))
    }

    fn refuse_link(&self, name: impl AsRef<OsStr>) -> Result<(), Failure> {
        match self.is_link(name.as_ref()) {
            true => Err(link_in_place(&self.path.join(name.as_ref()))),
            false => Ok(()),
        }
    }
}

/// Writes a file below a folder that the user named, whole.
///
/// # Errors
/// A part of the path below `base` is a link, or the file cannot be written.
pub fn write(base: &Path, inside: &str, text: &str) -> Result<(), Failure> {
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    Folder::named(base)?.below(Path::new(folder))?.replace(name, text.as_bytes())
}

/// Held by a command that reads files of a site, changes them and writes them back.
pub struct EditLock {
    folder: Folder,
    _file: File,
}

const EDIT_LOCK: &str = ".gongbao-lock";

impl EditLock {
    /// Waits for the commands that edit the same folder; `waiting` is called if there are any.
    ///
    /// # Errors
    /// The lock is a link, or the folder cannot be written to.
    pub fn take(base: &Path, waiting: impl FnOnce()) -> Result<Self, Failure> {
        let folder = Folder::named(base)?;
        let failed = |error: io::Error| Failure::new(&folder.path.join(EDIT_LOCK), LOCK, &error);
        let mut waiting = Some(waiting);
        loop {
            let file = folder.lockable(EDIT_LOCK)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    waiting.take().into_iter().for_each(|say| say());
                    file.lock().map_err(failed)?;
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // The holder before removed the file: its lock keeps nobody out.
            if folder.is_file(EDIT_LOCK, &file) {
                return Ok(Self { folder, _file: file });
            }
        }
    }
}

impl Drop for EditLock {
    fn drop(&mut self) {
        // A lock that cannot be removed is taken again by the next command.
        let _ = self.folder.unlink(EDIT_LOCK);
    }
}

/// A name in the same folder that nobody can foresee: `zh.md` → `.zh.md.gongbao-new.1f2e3d4c5b6a7980`.
pub(super) fn scratch(name: &str) -> String {
    let random = RandomState::new().build_hasher().finish();
    format!(".{}.{SCRATCH}new.{random:016x}", name.trim_start_matches('.'))
}

/// A failure to write where a link is.
pub(super) fn link_in_place(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!(
        "{path} 是链接；gongbao 不通过链接写入",
        "{path} is a link; gongbao does not write through links"
    ))
    .hint(message!("删除这个链接", "remove the link"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn check(link: &str, inside: &str) {
        let [base, away] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        fs::write(away.path().join("zh.md"), "precious").unwrap();
        let link = base.path().join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let to = if link.extension().is_some() { away.path().join("zh.md") } else { away.path().into() };
        symlink(to, &link).unwrap();
        let failure = write(base.path(), inside, "new").unwrap_err();
        assert!(failure.message.en.contains("is a link"), "{failure}");
        assert_eq!(fs::read_to_string(away.path().join("zh.md")).unwrap(), "precious");
        assert_eq!(fs::read_dir(away.path()).unwrap().count(), 1);
    }

    #[test]
    fn no_link_below_the_base_is_followed() {
        check("content", "content/plans/2026/zh.md");
        check("content/plans", "content/plans/2026/zh.md");
        check("content/plans/2026", "content/plans/2026/zh.md");
        check("content/plans/2026/zh.md", "content/plans/2026/zh.md");
        check("zh.md", "zh.md");
    }

    #[test]
    fn a_base_that_the_user_named_may_be_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (base, away) = (folder.path().join("base"), folder.path().join("away"));
        fs::create_dir(&away).unwrap();
        symlink(&away, &base).unwrap();
        write(&base, "a/zh.md", "new").unwrap();
        write(&base, "a/zh.md", "newer").unwrap();
        assert_eq!(fs::read_to_string(away.join("a/zh.md")).unwrap(), "newer");
        assert_eq!(fs::read_dir(away.join("a")).unwrap().count(), 1, "no scratch file is left");
    }

    #[test]
    fn no_two_scratch_names_are_equal() {
        let names: std::collections::BTreeSet<_> = (0..1000).map(|_| scratch(".public")).collect();
        assert_eq!(names.len(), 1000);
        assert!(names.iter().all(|name| name.starts_with(".public.gongbao-new.")));
    }

    #[test]
    fn edits_of_one_folder_wait_for_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("count");
        fs::write(&file, "0").unwrap();
        let add = || {
            for _ in 0..50 {
                let _lock = EditLock::take(folder.path(), || {}).unwrap();
                let count: u32 = fs::read_to_string(&file).unwrap().parse().unwrap();
                write(folder.path(), "count", &(count + 1).to_string()).unwrap();
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(add))));
        assert_eq!(fs::read_to_string(&file).unwrap(), "200");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no lock is left");
    }
}
