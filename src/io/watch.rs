//! Watch: what happens to the files of a site → batches of paths to read again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::batch::{Batch, Batcher, FileEvent};
use super::load::FOLDERS;
use crate::base::{Message, SitePath};
use crate::message;

/// How often everything is read where changes are not announced.
const POLLING: Duration = Duration::from_millis(500);
/// How many times as long as a reading took the pause after it is at least, so that a large site on a
/// slow disk is not read all the time.
const PAUSE: u32 = 3;
/// How long the announcement of a first, harmless event may take.
const HEARD_WITHIN: Duration = Duration::from_secs(1);

/// Watches the files of a site.
pub struct FileWatch {
    root: PathBuf,
    /// Tells of changes; where there is none, everything is read again and again.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<notify::Event>>,
    batcher: Batcher,
    start: Instant,
    /// When the last batch was handed out.
    handed: Instant,
    /// Files outside the site that links in it lead to.
    linked: BTreeSet<PathBuf>,
    /// Is told, once, why polling takes the place of watching.
    degraded: Option<Box<dyn FnOnce(Message) + Send>>,
}

impl FileWatch {
    /// Begins to watch the site in a directory, without links in its path. `poll` reads everything
    /// again and again instead; so does a machine that cannot watch, or a disk that does not tell of
    /// changes (networks, some containers), and `degraded` is told why.
    pub fn start(root: &Path, poll: bool, degraded: impl FnOnce(Message) + Send + 'static) -> Self {
        let (sender, events) = channel();
        // Whoever watched has gone when an event cannot be delivered.
        let deliver = move |event| drop(sender.send(event));
        let mut watch = Self {
            root: root.to_owned(),
            watcher: None,
            events,
            batcher: Batcher::default(),
            start: Instant::now(),
            handed: Instant::now(),
            linked: BTreeSet::new(),
            degraded: Some(Box::new(degraded)),
        };
        if poll {
            return watch;
        }
        match notify::recommended_watcher(deliver) {
            Ok(watcher) => watch.watcher = Some(watcher),
            Err(error) => watch.poll(because_of(&error)),
        }
        watch.watch_root();
        watch
    }

    fn watch_root(&mut self) {
        let root = self.root.clone();
        let folders = FOLDERS.map(|folder| root.join(folder));
        if folders.iter().chain([&root]).any(|folder| !announces(folder)) {
            self.poll(no_announcements());
        }
        self.watch(&root, RecursiveMode::NonRecursive);
        self.look_everywhere();
        if self.watcher.is_some() && !self.hears() {
            self.poll(no_announcements());
        }
    }

    /// Watches a folder. If that is not possible, or only for a part of what is below, everything is
    /// polled from now on: a page that follows some edits and not others misleads.
    fn watch(&mut self, folder: &Path, mode: RecursiveMode) {
        let watched = self.watcher.as_mut().map_or(Ok(()), |watcher| watcher.watch(folder, mode));
        match watched {
            // Gone in the meantime, which is announced.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
            Err(error) => self.poll(because_of(&error)),
            Ok(()) => {}
        }
    }

    /// Polls from now on.
    fn poll(&mut self, reason: Message) {
        self.watcher = None;
        if let Some(tell) = self.degraded.take() {
            tell(reason);
        }
    }

    /// Returns whether reading a watched folder, which is an event on Linux, is announced.
    fn hears(&mut self) -> bool {
        if !cfg!(target_os = "linux") || std::fs::read_dir(&self.root).is_err() {
            return true;
        }
        let heard = self.events.recv_timeout(HEARD_WITHIN);
        heard.map(|event| self.note(event)).is_ok()
    }

    fn note(&mut self, event: notify::Result<notify::Event>) {
        let now = self.start.elapsed();
        match event {
            Ok(event) if event.need_rescan() => self.batcher.add(FileEvent::Rescan, now),
            Ok(event) if is_change(event.kind) => {
                let events: Vec<_> = event.paths.iter().filter_map(|path| self.event(path)).collect();
                events.into_iter().for_each(|event| self.batcher.add(event, now));
            }
            Ok(_) => {}
            Err(error) => {
                self.batcher.add(FileEvent::Rescan, now);
                if matches!(error.kind, ErrorKind::MaxFilesWatch) {
                    self.poll(because_of(&error));
                }
            }
        }
    }

    /// The event for a change at a path; `None` if it does not concern the site.
    fn event(&self, path: &Path) -> Option<FileEvent> {
        if self.linked.contains(path) {
            return Some(FileEvent::Rescan);
        }
        let inside = path.strip_prefix(&self.root).ok()?;
        let site_path = inside.to_str().and_then(|inside| SitePath::new(&inside.replace('\\', "/")));
        match site_path {
            // A folder of the site came or went: it has to be watched again.
            Some(path) if FOLDERS.contains(&path.as_str()) => Some(FileEvent::Rescan),
            Some(path) => Some(FileEvent::Changed(path)),
            None => Some(FileEvent::Rescan),
        }
    }

    /// Watches all folders of the site that are there, and what links in them lead to.
    ///
    /// Watching a folder twice does no harm.
    fn look_everywhere(&mut self) {
        let mut linked = BTreeSet::new();
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                self.watch(&folder, RecursiveMode::Recursive);
                links(&folder, 0, &mut linked);
            }
        }
        let before = std::mem::replace(&mut self.linked, linked.clone());
        for folder in linked.difference(&before).filter_map(|file| file.parent()) {
            self.watch(folder, RecursiveMode::NonRecursive);
        }
    }
}

/// Waits for the next batch, until watching comes to an end.
impl Iterator for FileWatch {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let batch = self.announced();
        if batch.is_none() && self.watcher.is_none() {
            std::thread::sleep(POLLING.max(self.handed.elapsed() * PAUSE));
        }
        self.handed = Instant::now();
        batch.or_else(|| self.watcher.is_none().then_some(Batch::Everything))
    }
}

impl FileWatch {
    /// The next batch that was announced; `None` if there will be none.
    fn announced(&mut self) -> Option<Batch> {
        while self.watcher.is_some() {
            let now = self.start.elapsed();
            if let Some(batch) = self.batcher.take(now) {
                if batch == Batch::Everything {
                    self.look_everywhere();
                }
                return Some(batch);
            }
            let event = match self.batcher.ready_at() {
                Some(ready) => self.events.recv_timeout(ready.saturating_sub(now)),
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(event) => self.note(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

/// Whether something changed; reading, too, is an event.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// The files that links below a folder lead to. Folders are followed by the watcher itself.
fn links(folder: &Path, depth: usize, found: &mut BTreeSet<PathBuf>) {
    // Deeper than any content is: a link leads back to a folder it is in.
    if depth > 16 {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_symlink() && path.is_file() => found.extend(path.canonicalize().ok()),
            Ok(kind) if kind.is_dir() => links(&path, depth + 1, found),
            _ => {}
        }
    }
}

/// Returns whether the disk below a folder tells of changes, also of those made elsewhere. Shares of networks,
/// of virtual machines and of WSL do not, or only of some.
#[cfg(target_os = "linux")]
fn announces(folder: &Path) -> bool {
    rustix::fs::statfs(folder).map_or(true, |found| !SILENT.contains(&(found.f_type as u32)))
}

/// Elsewhere only the errors of the system tell.
#[cfg(not(target_os = "linux"))]
fn announces(_: &Path) -> bool {
    true
}

/// The file systems that do not tell of changes, as `linux/magic.h` and their drivers number them.
#[cfg(target_os = "linux")]
const SILENT: [u32; 13] = [
    0x0102_1997, // 9p: WSL 2, virtual machines
    0x5346_4846, // drvfs: WSL 1
    0x6573_5546, // FUSE: sshfs, virtiofs, Docker Desktop
    0x6969,      // NFS
    0xff53_4d42, // CIFS
    0xfe53_4d42, // SMB 2
    0x517b,      // SMB
    0x786f_4256, // vboxsf
    0xbacb_acbc, // vmhgfs
    0x7461_636f, // OCFS 2
    0x00c3_6400, // Ceph
    0x5346_414f, // AFS
    0x0bd0_0bd0, // Lustre
];

fn because_of(error: &notify::Error) -> Message {
    if matches!(error.kind, ErrorKind::MaxFilesWatch) {
        return polling(&message!(
            "系统可监视的文件数量已达上限（fs.inotify.max_user_watches）",
            "the limit of watched files is reached (fs.inotify.max_user_watches)"
        ));
    }
    polling(&message!("无法监视文件：{error}", "the files cannot be watched: {error}"))
}

fn no_announcements() -> Message {
    polling(&message!(
        "网站所在的磁盘（如网络或共享文件夹）不通知文件的改动",
        "the disk of the site does not announce changes (a network or shared folder, for example)"
    ))
}

fn polling(Message { zh, en }: &Message) -> Message {
    message!(
        "{zh}。预览改为每秒检查两次（同 --poll），改动会稍迟显示",
        "{en}; the preview looks for changes twice a second instead (as with --poll), so edits show a little later"
    )
}
