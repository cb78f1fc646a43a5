//! Limits of the preview: how long a page may take, and how much memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::base::{Diagnostic, SitePath};
use crate::io::{http, memory};
use crate::message;
use crate::watchdog::{self, PagesInProgress};

/// The pages that the preview is rendering, or has given up. A page that was given up keeps its thread, so
/// it is not rendered again until something changes.
#[derive(Default)]
pub(super) struct PageLimits {
    generation: AtomicU64,
    pages: PagesInProgress,
}

impl PageLimits {
    /// Limit of one page. The server gives up an answer later, so that others can still ask for it.
    const LIMIT: Duration = Duration::from_secs(http::ANSWERED_WITHIN.as_secs() / 2);

    /// Renders a page of the site after so many changes.
    ///
    /// # Errors
    /// Returns an error if the page takes too long, now or when it was requested before.
    pub(super) fn page<T>(
        &self,
        generation: u64,
        path: &SitePath,
        work: impl FnOnce() -> T,
    ) -> Result<T, Diagnostic> {
        if self.generation.fetch_max(generation, Ordering::AcqRel) < generation {
            self.pages.clear();
        }
        if self.pages.begin(path) > Self::LIMIT {
            return Err(given_up(path));
        }
        let done = work();
        // A page that was given up in the meantime stays on the list.
        if self.pages.begin(path) > Self::LIMIT {
            return Err(given_up(path));
        }
        self.pages.end(path);
        Ok(done)
    }

    /// Waits until a page fills the memory, which nothing else can stop.
    pub(super) fn out_of_memory(&self) -> Diagnostic {
        let before = memory::held();
        loop {
            watchdog::pause();
            if let Some(diagnostic) = self.pages.out_of_memory(before) {
                return diagnostic;
            }
        }
    }
}

fn given_up(path: &SitePath) -> Diagnostic {
    watchdog::page_timeout(path, PageLimits::LIMIT).hint(still_running())
}

/// The advice to restart a preview that has given up some work.
pub(super) fn still_running() -> crate::base::Message {
    message!(
        "预览仍在为它占用处理器；改正后请停止预览并重新启动",
        "the preview is still at work on it; once it is fixed, stop the preview and start it again"
    )
}
