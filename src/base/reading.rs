//! The files that are being read at the moment, for those who wait for them.

use std::sync::{Arc, Mutex, PoisonError};

use super::SitePath;

/// The files that are being read, the one begun first in front. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct FilesInProgress(Arc<Mutex<Vec<SitePath>>>);

impl FilesInProgress {
    /// Does the work for a file.
    pub fn file<T>(&self, path: &SitePath, work: impl FnOnce() -> T) -> T {
        self.with(|files| files.push(path.clone()));
        let done = work();
        self.with(|files| files.iter().position(|file| file == path).map(|place| files.remove(place)));
        done
    }

    /// The file that has been read for the longest time; `None` between files.
    pub fn longest(&self) -> Option<SitePath> {
        self.with(|files| files.first().cloned())
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<SitePath>) -> T) -> T {
        // Each change is complete before anything can panic.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_begun_first_is_the_one_that_takes_long() {
        let [a, b] = ["a.md", "b.md"].map(|path| SitePath::new(path).expect("a path"));
        let reading = FilesInProgress::default();
        let seen = reading.file(&a, || reading.file(&b, || reading.longest()));
        assert_eq!((seen, reading.longest()), (Some(a), None));
    }
}
