//! Patience, which has an end: a template can loop for ever, and nothing in it can be interrupted.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Exit, console};
use crate::base::{Code, Diagnostic, SitePath};
use crate::io::http;
use crate::message;
use crate::report::Sources;

/// How long one page may take. Most take some milliseconds; those of all tasks of the largest
/// sites take seconds.
const LIMIT: Duration = Duration::from_secs(60);

/// The pages that are being rendered, each since when.
#[derive(Default)]
pub(super) struct Patience(Mutex<BTreeMap<SitePath, Instant>>);

impl Patience {
    /// Does the work for a page.
    pub(super) fn page<T>(&self, path: &SitePath, work: impl FnOnce() -> T) -> T {
        self.running(|pages| pages.insert(path.clone(), Instant::now()));
        let done = work();
        self.running(|pages| pages.remove(path));
        done
    }

    /// Does all the work. Once a page takes too long, says so and ends the program.
    pub(super) fn watch<T>(&self, work: impl FnOnce() -> T) -> T {
        let (done, ended) = channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| {
                let ended = ended;
                while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                    self.overdue().into_iter().for_each(|path| give_up(endless(&path, LIMIT)));
                }
            });
            let result = work();
            drop(done);
            result
        })
    }

    fn overdue(&self) -> Option<SitePath> {
        self.running(|pages| {
            pages.iter().find(|(_, since)| since.elapsed() > LIMIT).map(|(path, _)| path.clone())
        })
    }

    fn running<T>(&self, with: impl FnOnce(&mut BTreeMap<SitePath, Instant>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A page that never ends keeps its thread for ever. What was published before is still there.
fn give_up(fault: Diagnostic) {
    console::findings(&[fault], &Nothing);
    std::process::exit(Exit::Content as i32);
}

/// No file is quoted.
struct Nothing;

impl Sources for Nothing {
    fn text(&self, _: &SitePath) -> Option<&str> {
        None
    }
}

/// The pages that a preview is rendering, or has given up. A page that is given up keeps its thread,
/// so it is not begun again until something changes.
#[derive(Default)]
pub(super) struct Preview(Mutex<Begun>);

#[derive(Default)]
struct Begun {
    generation: u64,
    pages: BTreeMap<SitePath, Instant>,
}

impl Preview {
    /// How long a page may take: the server gives up waiting for it later than others may ask for it.
    const LIMIT: Duration = Duration::from_secs(http::ANSWERED_WITHIN.as_secs() / 2);

    /// Does the work for a page of the site as it is after so many changes.
    ///
    /// # Errors
    /// The page took too long, now or when it was asked for before.
    pub(super) fn page<T>(
        &self,
        generation: u64,
        path: &SitePath,
        work: impl FnOnce() -> T,
    ) -> Result<T, Diagnostic> {
        let since = self.begin(generation, path);
        if since.elapsed() > Self::LIMIT {
            return Err(given_up(path));
        }
        let done = work();
        if since.elapsed() > Self::LIMIT {
            return Err(given_up(path));
        }
        self.begun().pages.remove(path);
        Ok(done)
    }

    /// Since when the page has been rendered.
    fn begin(&self, generation: u64, path: &SitePath) -> Instant {
        let mut begun = self.begun();
        if begun.generation < generation {
            *begun = Begun { generation, pages: BTreeMap::new() };
        }
        *begun.pages.entry(path.clone()).or_insert_with(Instant::now)
    }

    fn begun(&self) -> MutexGuard<'_, Begun> {
        // Each change is complete before anything can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn given_up(path: &SitePath) -> Diagnostic {
    endless(path, Preview::LIMIT).hint(message!(
        "预览仍在为它占用处理器；改正后请停止预览并重新启动",
        "the preview is still at work on it; once it is mended, stop the preview and start it again"
    ))
}

fn endless(path: &SitePath, limit: Duration) -> Diagnostic {
    let seconds = limit.as_secs();
    Diagnostic::new(
        Code::TEMPLATE_ERROR,
        message!("{path} 在 {seconds} 秒内没有完成", "{path} is not finished after {seconds} seconds"),
    )
    .hint(message!(
        "它的模板可能无止境地循环；检查其中的 for",
        "its template may loop without end; look at each `for` in it"
    ))
}
