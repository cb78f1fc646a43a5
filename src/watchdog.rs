//! Watchdog: stops waiting for work that may never end.
//!
//! A template can loop forever, and nothing in it can be interrupted. Such work runs in a thread of its
//! own, which is left alone once a limit is exceeded; the caller reports the diagnostic and ends the
//! program, or goes on without the result.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::{Code, Diagnostic, FilesInProgress, SitePath};
use crate::io::{clock, memory};
use crate::message;

/// Limit of compiling in seconds, unless the command line sets another. 10,000 tasks take one second.
pub const COMPILE_LIMIT: u32 = 60;
/// Limit of rendering one page. Most take milliseconds; those of all tasks of the largest sites take seconds.
const PAGE_LIMIT: Duration = Duration::from_secs(60);
/// Interval between two looks at the work.
const INTERVAL: Duration = Duration::from_millis(250);
/// Limit of the growth of memory in GiB: a template may fill a variable, which has no limit of its own. All
/// pages of 10,000 tasks together need a tenth of it.
const GIBIBYTES: u64 = 4;

/// Work in progress, as the watchdog sees it.
#[derive(Default)]
pub struct Progress {
    /// The files that are being read while the site is compiled.
    reading: FilesInProgress,
    is_compiled: AtomicBool,
    pages: PagesInProgress,
}

impl Progress {
    /// Ends the part of the work that the limit of compiling applies to.
    pub fn compiled(&self) {
        self.is_compiled.store(true, Ordering::Release);
    }

    /// Renders the page with a path.
    pub fn page<T>(&self, path: &SitePath, work: impl FnOnce() -> T) -> T {
        self.pages.begin(path);
        let done = work();
        self.pages.end(path);
        done
    }
}

/// The reason why work has no result.
pub enum Stopped {
    /// A limit was exceeded. The thread of the work still runs.
    Limit(Box<Diagnostic>),
    /// The program has a defect: the work panicked with this payload.
    Panic(Box<dyn Any + Send>),
}

/// Does work in a thread of its own, until it is done or exceeds a limit: compiling may take `limit`
/// seconds, and `reading` tells which files it is reading.
///
/// # Errors
/// Returns an error if a limit is exceeded or the work panics.
pub fn run<T: Send + 'static>(
    limit: u32,
    reading: FilesInProgress,
    work: impl FnOnce(&Progress) -> T + Send + 'static,
) -> Result<T, Stopped> {
    let progress = Arc::new(Progress { reading, ..Progress::default() });
    let (done, ended) = channel();
    let seen = Arc::clone(&progress);
    // Nobody waits any more once a limit is exceeded.
    let worker = thread::spawn(move || drop(done.send(work(&seen))));
    let watch = WatchedWork { limit, start: clock::instant(), memory: memory::held(), progress: &progress };
    loop {
        match ended.recv_timeout(watch.interval()) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(diagnostic) = watch.exceeded() {
                    return Err(Stopped::Limit(Box::new(diagnostic)));
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                let panic = worker.join().expect_err("work that is done sends its result");
                return Err(Stopped::Panic(panic));
            }
        }
    }
}

/// The work that the limits apply to.
struct WatchedWork<'a> {
    /// The limit of compiling in seconds.
    limit: u32,
    start: Instant,
    /// The memory of the program at the start in bytes, if the system tells.
    memory: Option<u64>,
    progress: &'a Progress,
}

impl WatchedWork<'_> {
    /// The time until the next look.
    fn interval(&self) -> Duration {
        match self.is_compiling() {
            true => INTERVAL.min(self.rest()),
            false => INTERVAL,
        }
    }

    fn is_compiling(&self) -> bool {
        !self.progress.is_compiled.load(Ordering::Acquire)
    }

    /// The time that compiling may still take.
    fn rest(&self) -> Duration {
        Duration::from_secs(self.limit.into()).saturating_sub(self.start.elapsed())
    }

    /// The diagnostic of the limit that is exceeded, if one is.
    fn exceeded(&self) -> Option<Diagnostic> {
        let pages = &self.progress.pages;
        if self.is_compiling() && self.rest().is_zero() {
            return Some(compile_timeout(self.limit, &self.progress.reading));
        }
        pages.timeout(PAGE_LIMIT).or_else(|| pages.out_of_memory(self.memory))
    }
}

/// The pages that are being rendered, each with the time at which it was begun.
#[derive(Default)]
pub struct PagesInProgress(Mutex<BTreeMap<SitePath, Instant>>);

impl PagesInProgress {
    /// Notes that a page is begun. Returns how long it has been rendered by now, here or elsewhere.
    pub fn begin(&self, path: &SitePath) -> Duration {
        lock(&self.0).entry(path.clone()).or_insert_with(clock::instant).elapsed()
    }

    /// Notes that a page is done. Returns how long that took.
    pub fn end(&self, path: &SitePath) -> Duration {
        lock(&self.0).remove(path).map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Forgets all pages.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    /// The diagnostic of the page that was begun first, if it takes longer than a limit.
    fn timeout(&self, limit: Duration) -> Option<Diagnostic> {
        let (path, since) = self.first()?;
        (since.elapsed() > limit).then(|| page_timeout(&path, limit))
    }

    /// The diagnostic of the page that was begun first, if the program takes too much more memory than `before`.
    pub fn out_of_memory(&self, before: Option<u64>) -> Option<Diagnostic> {
        let (path, _) = self.first()?;
        let grown = memory::held()?.saturating_sub(before?);
        (grown > GIBIBYTES << 30).then(|| too_large(&path))
    }

    fn first(&self) -> Option<(SitePath, Instant)> {
        let pages = lock(&self.0);
        pages.iter().min_by_key(|(_, since)| **since).map(|(path, since)| (path.clone(), *since))
    }
}

/// Waits between two looks at the work.
pub fn pause() {
    thread::sleep(INTERVAL);
}

fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is complete before anything can panic.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The diagnostic of a site that takes too long to compile.
fn compile_timeout(limit: u32, reading: &FilesInProgress) -> Diagnostic {
    let title = match reading.longest() {
        Some(path) => message!(
            "编译在 {limit} 秒内没有完成，还在读 {path}",
            "compiling is not finished after {limit} seconds, while {path} is being read"
        ),
        None => {
            message!("编译在 {limit} 秒内没有完成", "compiling is not finished after {limit} seconds")
        }
    };
    Diagnostic::new(Code::COMPILE_LIMIT, title).hint(message!(
        "检查这个文件中有没有误粘贴的超长段落；机器较慢时，用 --compile-limit 放宽时限",
        "look for a very long paragraph pasted by mistake; on a slow machine, allow more time with \
         --compile-limit"
    ))
}

/// The diagnostic of a page that takes too long to render.
pub fn page_timeout(path: &SitePath, limit: Duration) -> Diagnostic {
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

fn too_large(path: &SitePath) -> Diagnostic {
    Diagnostic::new(
        Code::TEMPLATE_ERROR,
        message!("{path} 占用的内存超过 {GIBIBYTES} GiB", "{path} takes more than {GIBIBYTES} GiB of memory"),
    )
    .hint(message!(
        "它的模板可能无止境地填充一个变量；检查其中的 set 和 for",
        "its template may fill a variable without end; look at each `set` and `for` in it"
    ))
}
