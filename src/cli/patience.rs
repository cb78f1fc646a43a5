//! Patience, which has an end: a template can loop for ever, and nothing in it can be interrupted.

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::{Code, Diagnostic, SitePath};
use crate::message;

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

    /// Does all the work. Once a page takes too long, says so to `give_up`, which ends the program.
    pub(super) fn watch<T>(&self, give_up: impl Fn(Diagnostic) + Sync, work: impl FnOnce() -> T) -> T {
        let (done, ended) = channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| {
                let ended = ended;
                while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                    self.overdue().into_iter().for_each(|path| give_up(endless(&path)));
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

fn endless(path: &SitePath) -> Diagnostic {
    let seconds = LIMIT.as_secs();
    Diagnostic::new(
        Code::TEMPLATE_ERROR,
        message!("{path} 在 {seconds} 秒内没有完成", "{path} is not finished after {seconds} seconds"),
    )
    .hint(message!(
        "它的模板可能无止境地循环；检查其中的 for",
        "its template may loop without end; look at each `for` in it"
    ))
}
