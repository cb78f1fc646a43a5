//! Changes on disk, as they come → batches to act on. Pure: time is a number.
//!
//! Editors write a file twice, save beside and rename, leave backups; a
//! version control system writes hundreds of files. A batch is taken when it
//! has been quiet for a moment, or when waiting any longer would be felt. Some
//! time after the last change everything is looked at once more, so that a
//! change that was never announced is found all the same.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::base::SitePath;

/// How long it must be quiet before a batch is taken: longer than an editor takes between two writes.
pub const QUIET: Duration = Duration::from_millis(5);
/// How long a change waits at most.
pub const PATIENCE: Duration = Duration::from_millis(100);
/// How long after a batch everything is looked at once more.
pub const SETTLED: Duration = Duration::from_millis(400);
/// From so many paths on, looking at everything is less work.
const MANY: usize = 256;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileEvent {
    /// A file or folder of the site came, changed or went.
    Changed(SitePath),
    /// Something changed, and nobody knows what.
    Rescan,
}

/// The files to read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch {
    /// These files and folders.
    Paths(BTreeSet<SitePath>),
    /// The whole site.
    Everything,
}

/// Collects events into batches.
#[derive(Debug, Default)]
pub struct Batcher {
    paths: BTreeSet<SitePath>,
    rescan: bool,
    first: Option<Duration>,
    last: Duration,
    settle: Option<Duration>,
}

impl Batcher {
    /// Notes an event that came at a time, which never goes back.
    pub fn add(&mut self, event: FileEvent, now: Duration) {
        match event {
            FileEvent::Changed(path) => drop(self.paths.insert(path)),
            FileEvent::Rescan => self.rescan = true,
        }
        self.first.get_or_insert(now);
        self.last = now;
    }

    /// When the next batch will be ready; never, if nothing happens.
    pub fn ready_at(&self) -> Option<Duration> {
        match self.first {
            Some(first) => Some((self.last + QUIET).min(first + PATIENCE)),
            None => self.settle,
        }
    }

    /// Takes the batch that is ready, if one is.
    pub fn take(&mut self, now: Duration) -> Option<Batch> {
        if self.ready_at().is_none_or(|ready| now < ready) {
            return None;
        }
        let settling = self.first.take().is_none();
        self.settle = (!settling).then_some(now + SETTLED);
        let paths = std::mem::take(&mut self.paths);
        let everything = std::mem::take(&mut self.rescan) || settling || paths.len() >= MANY;
        Some(if everything { Batch::Everything } else { Batch::Paths(paths) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events at milliseconds → the batches with the milliseconds they are taken at.
    fn check(events: &[(u64, &str)], expected: &[(u64, &[&str])]) {
        let mut batcher = Batcher::default();
        let mut coming = events.iter().peekable();
        let mut found: Vec<(u64, Vec<String>)> = Vec::new();
        for now in 0..2000 {
            let time = Duration::from_millis(now);
            while let Some((_, path)) = coming.next_if(|(at, _)| *at == now) {
                let event = SitePath::new(path).map_or(FileEvent::Rescan, FileEvent::Changed);
                batcher.add(event, time);
            }
            match batcher.take(time) {
                Some(Batch::Everything) => found.push((now, vec!["*".into()])),
                Some(Batch::Paths(paths)) => found.push((now, paths.iter().map(|p| p.to_string()).collect())),
                None => {}
            }
        }
        let expected: Vec<_> =
            expected.iter().map(|(at, paths)| (*at, paths.iter().map(|p| p.to_string()).collect())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_save_is_one_batch_and_is_looked_at_again() {
        check(&[(5, "a.md")], &[(10, &["a.md"]), (410, &["*"])]);
        check(&[(0, "a.md"), (4, "a.md"), (9, "a.md~")], &[(14, &["a.md", "a.md~"]), (414, &["*"])]);
    }

    #[test]
    fn saves_apart_are_batches_apart() {
        check(&[(0, "a"), (50, "b")], &[(5, &["a"]), (55, &["b"]), (455, &["*"])]);
    }

    #[test]
    fn a_stream_of_changes_is_not_waited_out() {
        let events: Vec<_> = (0..30).map(|n| (n * 4, "a")).collect();
        check(&events, &[(100, &["a"]), (121, &["a"]), (521, &["*"])]);
    }

    #[test]
    fn what_is_not_known_is_looked_for_everywhere() {
        check(&[(0, "a"), (1, "")], &[(6, &["*"]), (406, &["*"])]);
        let names: Vec<_> = (0..300).map(|n| format!("f{n}")).collect();
        let events: Vec<_> = names.iter().map(|name| (0, name.as_str())).collect();
        check(&events, &[(5, &["*"]), (405, &["*"])]);
    }
}
