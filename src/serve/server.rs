//! The server of the preview: follows changes on disk, answers requests, and reports events to its caller.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use super::guard::{Guard, HEADERS};
use super::handler::Handler;
use super::last_good::LastGoodPages;
use super::limits::PageLimits;
use super::workspace::Workspace;
use super::{ServerState, Snapshot, client};
use crate::base::{self, Date, Diagnostic, Message, SitePath};
use crate::index;
use crate::inputs::Inputs;
use crate::io::http::{self, Listener, ReloadChannel, Responder};
use crate::io::request::{Answer, Request};
use crate::io::watch::FileWatch;
use crate::io::{Failure, clock, load};
use crate::routes::{self, Route};

/// How long nothing changes before finished pages are examined and the search is indexed.
const PAUSE: Duration = Duration::from_millis(500);

/// The settings of a preview.
pub struct PreviewOptions {
    /// The folder of the site.
    pub site: PathBuf,
    /// The day to count from; `None` for today.
    pub as_of: Option<Date>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// How many seconds compiling may take.
    pub compile_limit: u32,
    /// The port to listen on; if it is taken, a free one near it.
    pub port: u16,
    /// Whether other machines may connect.
    pub public: bool,
    /// Further host names that are answered.
    pub allowed_hosts: Vec<String>,
    /// Whether the disk is polled for changes.
    pub poll: bool,
}

/// An event that the preview reports while it runs.
pub enum PreviewEvent {
    /// The disk is polled for changes, for this reason.
    Polling(Message),
    /// The site was compiled after a change.
    Changed(SiteUpdate),
    /// There are diagnostics that were not reported before.
    Diagnostics(Vec<Diagnostic>, Arc<Inputs>),
    /// The program has a defect. The site is shown as it was before the change.
    Defect,
    /// The memory is used up, so the program has to end.
    OutOfMemory(Diagnostic),
}

/// A change, and how the site is after it.
pub struct SiteUpdate {
    /// The files that changed.
    pub files: Vec<SitePath>,
    /// The address of the page that shows the first of them, or else of the site.
    pub url: String,
    /// How long reading and compiling took.
    pub took: Duration,
    /// Whether the files had errors before.
    pub had_errors: bool,
    /// Whether the files have errors now, so that the last good site is shown.
    pub has_errors: bool,
}

/// Receives events. It is called from several threads.
pub type EventSink = dyn Fn(PreviewEvent) + Send + Sync;

/// A preview that is ready to answer requests.
pub struct Server {
    listener: Listener,
    watch: FileWatch,
    workspace: Workspace,
    shared: Arc<ServerShared>,
}

impl Server {
    /// Reads and compiles a site, and opens its port.
    ///
    /// # Errors
    /// Returns an error if the folder does not exist or no port is free.
    pub fn open(options: PreviewOptions, report: Arc<EventSink>) -> Result<Self, Failure> {
        let root = load::root(&options.site)?;
        let listener = Listener::open(options.port, options.public)?;
        let base_url = http::base_url(options.public, listener.address.port());
        // Watched before it is read, so that no change is missed.
        let notice = Arc::new(OnceLock::new());
        let watch = FileWatch::start(&root, options.poll, degraded(Arc::clone(&notice), Arc::clone(&report)));
        let mut workspace = Workspace::new(root, &options, base_url.clone());
        let state = workspace.first().expect("the panic has been reported");
        let shared = ServerShared {
            state: RwLock::new(Arc::new(state)),
            last_good: LastGoodPages::default(),
            channel: ReloadChannel::default(),
            guard: Guard { public: options.public, allowed: options.allowed_hosts },
            base_url,
            reported: Mutex::default(),
            is_search_used: AtomicBool::new(false),
            limits: PageLimits::default(),
            notice,
            report,
        };
        Ok(Self { listener, watch, workspace, shared: Arc::new(shared) })
    }

    /// The address of the preview, with a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.listener.address.port()
    }

    /// The present state.
    pub fn state(&self) -> Arc<ServerState> {
        self.shared.state()
    }

    /// Follows changes and answers requests until the process is asked to end.
    ///
    /// # Errors
    /// Returns an error if the machine does not allow to wait for connections.
    pub fn run(self) -> Result<(), Failure> {
        let Self { listener, watch, workspace, shared } = self;
        let (changes, changed) = mpsc::channel();
        // The receiver lives as long as the process.
        let _ = changes.send(shared.state());
        let [following, examining, limiting, answering] = std::array::from_fn(|_| Arc::clone(&shared));
        thread::spawn(move || following.follow(watch, workspace, &changes));
        thread::spawn(move || examining.examine_pauses(&changed));
        thread::spawn(move || (limiting.report)(PreviewEvent::OutOfMemory(limiting.limits.out_of_memory())));
        let answer = Arc::new(move |request: &Request| answering.answer(request));
        let responder = Responder { answer, timed_out: client::bare_page, headers: &HEADERS };
        http::serve(listener, &shared.channel, responder)
    }
}

/// Reports why the disk is polled, also to the pages that ask.
fn degraded(notice: Arc<OnceLock<Message>>, report: Arc<EventSink>) -> impl FnOnce(Message) + Send {
    move |reason| {
        report(PreviewEvent::Polling(reason.clone()));
        // It is set once.
        let _ = notice.set(reason);
    }
}

/// The part of the server that its threads share.
struct ServerShared {
    state: RwLock<Arc<ServerState>>,
    last_good: LastGoodPages,
    channel: ReloadChannel,
    guard: Guard,
    base_url: String,
    /// The reported failures of templates, so that each is reported once.
    reported: Mutex<BTreeSet<Message>>,
    /// Whether somebody has used the search. An index that nobody asks for is not built.
    is_search_used: AtomicBool,
    limits: PageLimits,
    /// A notice to editors about the preview itself.
    notice: Arc<OnceLock<Message>>,
    report: Arc<EventSink>,
}

impl ServerShared {
    fn state(&self) -> Arc<ServerState> {
        // Nothing can panic while the state is exchanged.
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, request: &Request) -> Answer {
        let state = self.state();
        if request.path.strip_prefix('/').is_some_and(|path| path.starts_with(index::FOLDER)) {
            self.is_search_used.store(true, Ordering::Relaxed);
        }
        let failed = |diagnostic: &Diagnostic| self.template_failed(&state, diagnostic);
        let render = |snapshot: &Snapshot, route: &Route| {
            let path = routes::file(&snapshot.site, route);
            self.limits.page(state.generation, &path, || snapshot.render(route))?
        };
        let handler = Handler {
            state: &state,
            last_good: &self.last_good,
            guard: &self.guard,
            notice: self.notice.get(),
            render: &render,
            failed: &failed,
        };
        handler.answer(request)
    }

    fn template_failed(&self, state: &ServerState, diagnostic: &Diagnostic) {
        let message = diagnostic.hints.first().unwrap_or(&diagnostic.title).clone();
        if self.reported().insert(message) {
            (self.report)(PreviewEvent::Diagnostics(vec![diagnostic.clone()], Arc::clone(&state.inputs)));
        }
    }

    fn reported(&self) -> MutexGuard<'_, BTreeSet<Message>> {
        self.reported.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compiles after each change, until watching ends.
    fn follow(&self, watch: FileWatch, mut workspace: Workspace, changes: &Sender<Arc<ServerState>>) {
        for batch in watch {
            let start = clock::instant();
            let files = workspace.read(&batch);
            if files.is_empty() {
                continue;
            }
            let before = self.state();
            let Some(state) = workspace.next(&before, &files) else {
                (self.report)(PreviewEvent::Defect);
                continue;
            };
            let state = self.replace(None, state).expect("any state is replaced");
            // The receiver lives as long as the process.
            let _ = changes.send(Arc::clone(&state));
            self.reported().clear();
            (self.report)(PreviewEvent::Changed(SiteUpdate {
                url: self.base_url.clone()
                    + &files.first().and_then(|file| state.page_of(file)).unwrap_or_default(),
                files,
                took: start.elapsed(),
                had_errors: base::has_errors(&before.diagnostics),
                has_errors: base::has_errors(&state.diagnostics),
            }));
            self.report_new(&state, &before);
        }
    }

    /// Makes a state the present one in place of `expected`, if that is given, and tells the pages.
    /// `None` if another state has taken its place.
    fn replace(&self, expected: Option<&ServerState>, mut state: ServerState) -> Option<Arc<ServerState>> {
        let mut now = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if expected.is_some_and(|expected| expected.generation != now.generation) {
            return None;
        }
        state.generation = now.generation + 1;
        let state = Arc::new(state);
        *now = Arc::clone(&state);
        drop(now);
        self.channel.announce(state.generation);
        Some(state)
    }

    fn report_new(&self, state: &ServerState, before: &ServerState) {
        let new: Vec<_> = state.new_diagnostics(before).cloned().collect();
        if !new.is_empty() {
            (self.report)(PreviewEvent::Diagnostics(new, Arc::clone(&state.inputs)));
        }
    }

    /// Examines the finished pages of the newest state when edits pause, and indexes its search, so that
    /// nobody waits for it.
    fn examine_pauses(&self, changes: &Receiver<Arc<ServerState>>) {
        while let Ok(mut state) = changes.recv() {
            while let Ok(newer) = changes.recv_timeout(PAUSE) {
                state = newer;
            }
            self.examine(&state);
            let is_used = self.is_search_used.load(Ordering::Relaxed);
            if let Some(snapshot) = state.snapshot.as_ref().filter(|_| is_used) {
                snapshot.prepare_search();
            }
        }
    }

    /// Adds the diagnostics of the finished pages of a state, unless another state has taken its place.
    fn examine(&self, state: &Arc<ServerState>) {
        if base::has_errors(&state.diagnostics) {
            return;
        }
        let Some(snapshot) = &state.snapshot else { return };
        let found = snapshot.diagnostics(&|path, render| {
            if self.state().generation == state.generation {
                // A page that takes too long is reported when somebody asks for it.
                let _ = self.limits.page(state.generation, path, render);
            }
        });
        if found.is_empty() {
            return;
        }
        if let Some(examined) = self.replace(Some(state), state.examined(found)) {
            self.report_new(&examined, state);
        }
    }
}
