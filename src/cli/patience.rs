//! Patience, which has an end: a template can loop for ever, and nothing in it can be interrupted.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Exit, console};
use crate::base::{Code, Diagnostic, Reading, SitePath};
use crate::io::{http, memory};
use crate::message;
use crate::report::Sources;

/// How long one page may take. Most take some milliseconds; those of all tasks of the largest
/// sites take seconds.
const LIMIT: Duration = Duration::from_secs(60);

/// How often it is looked whether that is so.
const LOOK: Duration = Duration::from_millis(250);
/// How much more memory than at first may be held, in GiB: a template may fill a variable, which has no
/// limit of its own. All pages of 10,000 tasks together need a tenth of it.
const GIGABYTES: u64 = 4;

/// The pages that are being rendered, each since when.
type Since = BTreeMap<SitePath, Instant>;

/// What is being rendered by a build.
#[derive(Default)]
pub(super) struct Patience(Mutex<Since>);

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
                let (ended, before) = (ended, memory::held());
                while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                    self.running(|pages| look(pages, LIMIT, before));
                }
            });
            let result = work();
            drop(done);
            result
        })
    }

    fn running<T>(&self, with: impl FnOnce(&mut Since) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Gives up if the page that was begun first takes too long, or if too much memory is held.
fn look(pages: &Since, limit: Duration, before: Option<u64>) {
    let Some((path, since)) = pages.iter().min_by_key(|(_, since)| **since) else { return };
    if since.elapsed() > limit {
        give_up(endless(path, limit));
    }
    let grown = memory::held().zip(before).map_or(0, |(now, before)| now.saturating_sub(before));
    if grown > GIGABYTES << 30 {
        give_up(heavy(path));
    }
}

/// How many seconds compiling may take, unless the command line says otherwise. Ten thousand tasks take one.
pub(super) const COMPILING: u32 = 60;

/// Compiles a site. Once that takes too long, says so and ends the program: nothing in it can be interrupted.
pub(super) fn compiling<T: Send>(seconds: u32, reading: &Reading, work: impl FnOnce() -> T + Send) -> T {
    let (done, ended) = channel();
    thread::scope(|scope| {
        scope.spawn(move || done.send(work()));
        match ended.recv_timeout(Duration::from_secs(seconds.into())) {
            Ok(compiled) => compiled,
            Err(RecvTimeoutError::Timeout) => give_up(unfinished(seconds, reading)),
            Err(RecvTimeoutError::Disconnected) => panic!("the compilation has failed"),
        }
    })
}

/// The diagnostic of a site that takes too long to compile.
pub(super) fn unfinished(seconds: u32, reading: &Reading) -> Diagnostic {
    let title = match reading.longest() {
        Some(path) => message!(
            "编译在 {seconds} 秒内没有完成，还在读 {path}",
            "compiling is not finished after {seconds} seconds, while {path} is being read"
        ),
        None => {
            message!("编译在 {seconds} 秒内没有完成", "compiling is not finished after {seconds} seconds")
        }
    };
    Diagnostic::new(Code::COMPILE_LIMIT, title).hint(message!(
        "检查这个文件中有没有误粘贴的超长段落；机器较慢时，用 --compile-limit 放宽时限",
        "look for a very long paragraph pasted by mistake; on a slow machine, allow more time with \
         --compile-limit"
    ))
}

/// A page that never ends keeps its thread for ever. What was published before is still there.
fn give_up(fault: Diagnostic) -> ! {
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
    pages: Since,
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

    /// Ends the program once a page fills the memory, which nothing else can stop.
    pub(super) fn watch(&self) -> ! {
        let before = memory::held();
        loop {
            thread::sleep(LOOK);
            look(&self.begun().pages, Duration::MAX, before);
        }
    }

    /// Since when the page has been rendered.
    fn begin(&self, generation: u64, path: &SitePath) -> Instant {
        let mut begun = self.begun();
        if begun.generation < generation {
            *begun = Begun { generation, pages: Since::new() };
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

fn heavy(path: &SitePath) -> Diagnostic {
    Diagnostic::new(
        Code::TEMPLATE_ERROR,
        message!("{path} 占用的内存超过 {GIGABYTES} GiB", "{path} takes more than {GIGABYTES} GiB of memory"),
    )
    .hint(message!(
        "它的模板可能无止境地填充一个变量；检查其中的 set 和 for",
        "its template may fill a variable without end; look at each `set` and `for` in it"
    ))
}
