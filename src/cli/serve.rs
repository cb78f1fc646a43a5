//! `gongbao serve`: the site as it is being written, in the browser.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::args::ServeArgs;
use super::patience::Preview;
use super::workspace::Workspace;
use super::{Exit, console};
use crate::base::{self, Diagnostic, Lang, Message, SitePath};
use crate::index;
use crate::io::http::{self, Feed, Listener};
use crate::io::watch::Watch;
use crate::io::{Failure, browser, load};
use crate::routes::{self, Route};
use crate::serve::answer::Desk;
use crate::serve::guard::Guard;
use crate::serve::kept::Kept;
use crate::serve::{Answer, Request, Snapshot, View};

/// How many findings are written to the terminal at once.
const MOST_SAID: usize = 10;
/// How long nothing changes before the index of the search is made anew.
const SEARCH_PAUSE: Duration = Duration::from_millis(500);

/// Runs `gongbao serve`.
pub(super) fn run(args: &ServeArgs) -> Result<Exit, Failure> {
    let root = load::root(&args.site.site)?;
    let listener = Listener::open(args.port, args.host)?;
    let port = listener.address.port();
    let base_url = base_url(args.host, port);
    // Watched before it is read, so that no change falls in between.
    let notice = Arc::new(OnceLock::new());
    let watch = Watch::start(&root, args.poll, tell(Arc::clone(&notice)));
    let mut workspace = Workspace::new(root, args, base_url.clone());
    let view = workspace.first().expect("the fault of the program has been reported");
    say_findings(&view.findings, &view);
    console::tell(&welcome(&view, &base_url, (args.port, port)));
    let (changes, changed) = mpsc::channel();
    let view = Arc::new(view);
    // The other end lives as long as the process.
    let _ = changes.send(Arc::clone(&view));
    let guard = Guard { public: args.host, allowed: args.allow_host.clone() };
    let server = Arc::new(Server { notice, ..Server::new(view, base_url, guard) });
    let [watching, answering, searching, previewing] = std::array::from_fn(|_| Arc::clone(&server));
    std::thread::spawn(move || watching.follow(watch, workspace, &changes));
    std::thread::spawn(move || searching.look_closer(&changed));
    std::thread::spawn(move || previewing.preview.watch());
    if args.open {
        browser::open(&server.base_url);
    }
    http::serve(listener, &server.feed, Arc::new(move |request| answering.answer(request)))?;
    console::say("\nStopped · 已停止\n");
    Ok(Exit::Done)
}

/// Says why changes are not announced: on the terminal, and to pages that ask.
fn tell(notice: Arc<OnceLock<Message>>) -> impl FnOnce(Message) + Send {
    move |reason| {
        console::say(&format!("note: {} · {}\n", reason.en, reason.zh));
        // It is told once.
        let _ = notice.set(reason);
    }
}

/// The server's own address, which takes the place of the site's.
fn base_url(public: bool, port: u16) -> String {
    let outside = http::own_address().filter(|_| public);
    match outside {
        Some(IpAddr::V6(address)) => format!("http://[{address}]:{port}/"),
        Some(address) => format!("http://{address}:{port}/"),
        None => format!("http://127.0.0.1:{port}/"),
    }
}

/// Where to look, in each language of the site.
fn welcome(view: &View, base_url: &str, (asked, port): (u16, u16)) -> String {
    let mut text = String::new();
    if port != asked && asked != 0 {
        text += &format!("Port {asked} is taken; using {port} · 端口 {asked} 已被占用，改用 {port}\n");
    }
    match &view.snapshot {
        Some(snapshot) => {
            for language in &snapshot.site.settings.languages {
                text += &format!("{base_url}{}/  {}\n", language.code, language.name);
            }
        }
        None => text += &format!("{base_url}\n"),
    }
    text + "Ctrl-C stops the server · 按 Ctrl-C 停止\n"
}

/// What the thread that follows changes and those that answer share.
struct Server {
    view: RwLock<Arc<View>>,
    kept: Kept,
    feed: Feed,
    guard: Guard,
    base_url: String,
    /// What was said about templates that failed, so that it is not said again.
    said: Mutex<BTreeSet<Message>>,
    /// Whether somebody has used the search. An index that nobody asks for is not made.
    searched: AtomicBool,
    preview: Preview,
    /// A notice to editors about the preview itself.
    notice: Arc<OnceLock<Message>>,
}

impl Server {
    fn new(view: Arc<View>, base_url: String, guard: Guard) -> Self {
        let (view, kept, feed) = (RwLock::new(view), Kept::default(), Feed::default());
        let (said, searched, preview) = (Mutex::default(), AtomicBool::new(false), Preview::default());
        Self { view, kept, feed, guard, base_url, said, searched, preview, notice: Arc::default() }
    }

    fn view(&self) -> Arc<View> {
        // Nothing can panic while the view is exchanged.
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, request: &Request) -> Answer {
        let view = self.view();
        if request.path.strip_prefix('/').is_some_and(|path| path.starts_with(index::FOLDER)) {
            self.searched.store(true, Ordering::Relaxed);
        }
        let failed = |fault: &Diagnostic| self.template_failed(&view, fault);
        let render = |snapshot: &Snapshot, route: &Route| {
            let path = routes::file(&snapshot.site, route);
            self.preview.page(view.generation, &path, || snapshot.render(route))?
        };
        let desk = Desk {
            view: &view,
            kept: &self.kept,
            guard: &self.guard,
            notice: self.notice.get(),
            render: &render,
            failed: &failed,
        };
        desk.answer(request)
    }

    fn template_failed(&self, view: &View, fault: &Diagnostic) {
        let said = fault.hints.first().unwrap_or(&fault.title).clone();
        if self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(said) {
            console::findings(std::slice::from_ref(fault), &*view.inputs);
        }
    }

    /// Takes up changes until watching ends.
    fn follow(&self, watch: Watch, mut workspace: Workspace, changes: &Sender<Arc<View>>) {
        for batch in watch {
            let start = Instant::now();
            let changed = workspace.read(&batch);
            if changed.is_empty() {
                continue;
            }
            let before = self.view();
            let Some(mut view) = workspace.next(&before, &changed) else {
                console::say(
                    "A fault of gongbao itself; the site stays as it was · gongbao 自身出错，网站保持原样\n",
                );
                continue;
            };
            let mut now = self.view.write().unwrap_or_else(PoisonError::into_inner);
            view.generation = now.generation + 1;
            let view = Arc::new(view);
            *now = Arc::clone(&view);
            drop(now);
            self.feed.tell(view.generation);
            // The other end lives as long as the process.
            let _ = changes.send(Arc::clone(&view));
            self.said.lock().unwrap_or_else(PoisonError::into_inner).clear();
            console::say(&self.status(&changed, start.elapsed(), &view, &before));
            let new: Vec<_> = view.new_findings(&before).cloned().collect();
            say_findings(&new, &view);
        }
    }

    /// When edits have paused, looks at the finished pages of the newest view, and makes its search, so
    /// that nobody waits for it.
    fn look_closer(&self, changes: &Receiver<Arc<View>>) {
        while let Ok(mut view) = changes.recv() {
            while let Ok(newer) = changes.recv_timeout(SEARCH_PAUSE) {
                view = newer;
            }
            self.examine(&view);
            if let Some(snapshot) = view.snapshot.as_ref().filter(|_| self.searched.load(Ordering::Relaxed)) {
                snapshot.prepare_search();
            }
        }
    }

    /// Adds what the finished pages of a view show to be wrong, unless another view has taken its place.
    fn examine(&self, view: &Arc<View>) {
        if base::has_errors(&view.findings) {
            return;
        }
        let Some(snapshot) = &view.snapshot else { return };
        let faults = snapshot.faults(&|path, render| {
            if self.view().generation == view.generation {
                // What takes too long is reported when somebody asks for the page.
                let _ = self.preview.page(view.generation, path, render);
            }
        });
        let mut now = self.view.write().unwrap_or_else(PoisonError::into_inner);
        if faults.is_empty() || now.generation != view.generation {
            return;
        }
        *now = Arc::new(view.examined(faults));
        let examined = Arc::clone(&now);
        drop(now);
        self.feed.tell(examined.generation);
        let new: Vec<_> = examined.new_findings(view).cloned().collect();
        say_findings(&new, &examined);
    }

    /// One line: what changed, how long it took, where to look, how it stands.
    fn status(&self, changed: &[SitePath], took: Duration, view: &View, before: &View) -> String {
        let what = match changed {
            [] => String::new(),
            [path] => path.to_string(),
            [path, rest @ ..] => format!("{path} +{}", rest.len()),
        };
        let url = changed.first().map_or(String::new(), |path| page_of(path).unwrap_or_default());
        let wrong = base::has_errors(&view.findings);
        let was_wrong = base::has_errors(&before.findings);
        let state = match (wrong, was_wrong) {
            (true, _) => "  ✗ errors; the last good site is shown · 有错误，仍显示最近一次无误的网站",
            (false, true) => "  ✓ mended · 已改正",
            (false, false) => "",
        };
        format!("{what}  {} ms  {}{url}{state}\n", took.as_millis(), self.base_url)
    }
}

/// What is newly wrong; if it is much, the beginning.
fn say_findings(new: &[Diagnostic], view: &View) {
    let said = &new[..new.len().min(MOST_SAID)];
    console::findings(said, &*view.inputs);
    let rest = new.len() - said.len();
    if rest > 0 {
        console::say(&format!("{rest} more in the browser · 浏览器中还有 {rest} 个\n"));
    }
}

/// The address of the page that a file of the site is shown on.
fn page_of(path: &SitePath) -> Option<String> {
    if let Some(page) = path.as_str().strip_prefix("content/pages/") {
        let (slug, lang) = page.strip_suffix(".md")?.rsplit_once('.')?;
        return Some(format!("{}/pages/{slug}/", Lang::new(lang)?));
    }
    let rest = path.as_str().strip_prefix("content/plans/")?;
    let (plan, file) = rest.split_once('/')?;
    let lang = Lang::new(file.strip_suffix(".md")?)?;
    Some(format!("{lang}/plans/{plan}/"))
}
