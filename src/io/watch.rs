//! Watch: what happens to the files of a site → batches of paths to read anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::Failure;
use super::load::FOLDERS;
use crate::base::SitePath;
use crate::message;
use crate::serve::batch::{Batch, Batcher, Event};

/// How often everything is read on a file system that does not tell what happens on it.
const POLLING: Duration = Duration::from_millis(500);

/// Watches the files of a site.
pub struct Watch {
    root: PathBuf,
    /// Tells of changes; where there is none, everything is read again and again.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<notify::Event>>,
    batcher: Batcher,
    start: Instant,
    /// Files outside the site that links in it lead to.
    linked: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch the site in a directory, without links in its path.
    /// `poll` is for file systems that do not tell: networks, some containers.
    ///
    /// # Errors
    /// The machine does not let us watch.
    pub fn start(root: &Path, poll: bool) -> Result<Self, Failure> {
        let (sender, events) = channel();
        // Whoever watched has gone when an event cannot be delivered.
        let deliver = move |event| drop(sender.send(event));
        let failed = |error: notify::Error| cannot_watch(root, &error);
        let watcher = if poll { None } else { Some(notify::recommended_watcher(deliver).map_err(failed)?) };
        let mut watch = Self {
            root: root.to_owned(),
            watcher,
            events,
            batcher: Batcher::default(),
            start: Instant::now(),
            linked: BTreeSet::new(),
        };
        watch.watch(root, RecursiveMode::NonRecursive).map_err(failed)?;
        watch.look_everywhere();
        Ok(watch)
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> notify::Result<()> {
        self.watcher.as_mut().map_or(Ok(()), |watcher| watcher.watch(folder, mode))
    }

    fn note(&mut self, event: notify::Result<notify::Event>) {
        let now = self.start.elapsed();
        match event {
            Ok(event) if event.need_rescan() => self.batcher.add(Event::Rescan, now),
            Ok(event) if is_change(event.kind) => {
                let events: Vec<_> = event.paths.iter().filter_map(|path| self.event(path)).collect();
                events.into_iter().for_each(|event| self.batcher.add(event, now));
            }
            Ok(_) => {}
            Err(_) => self.batcher.add(Event::Rescan, now),
        }
    }

    /// What a change at a path means for the site; `None` if nothing.
    fn event(&self, path: &Path) -> Option<Event> {
        if self.linked.contains(path) {
            return Some(Event::Rescan);
        }
        let inside = path.strip_prefix(&self.root).ok()?;
        let site_path = inside.to_str().and_then(|inside| SitePath::new(&inside.replace('\\', "/")));
        match site_path {
            // A folder of the site came or went: it has to be watched anew.
            Some(path) if FOLDERS.contains(&path.as_str()) => Some(Event::Rescan),
            Some(path) => Some(Event::Changed(path)),
            None => Some(Event::Rescan),
        }
    }

    /// Watches all folders of the site that are there, and what links in them lead to.
    ///
    /// Watching a folder twice does no harm; one that cannot be watched is
    /// reported when it is read.
    fn look_everywhere(&mut self) {
        let mut linked = BTreeSet::new();
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                let _ = self.watch(&folder, RecursiveMode::Recursive);
                links(&folder, 0, &mut linked);
            }
        }
        let before = std::mem::replace(&mut self.linked, linked.clone());
        for folder in linked.difference(&before).filter_map(|file| file.parent()) {
            let _ = self.watch(folder, RecursiveMode::NonRecursive);
        }
    }
}

/// Waits for the next batch, until watching comes to an end.
impl Iterator for Watch {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        if self.watcher.is_none() {
            std::thread::sleep(POLLING);
            return Some(Batch::Everything);
        }
        loop {
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
    // Deeper than any content is: a link leads back to a folder it stands in.
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

fn cannot_watch(root: &Path, error: &notify::Error) -> Failure {
    let root = root.display();
    Failure::said(message!("无法监视 {root}：{error}", "cannot watch {root}: {error}"))
        .hint(message!("加 --poll 再试", "try again with --poll"))
}
