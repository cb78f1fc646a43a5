//! The files of a site while they are being written → a view after each change.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::args::ServeArgs;
use super::patience;
use crate::base::{Code, Date, Diagnostic, Reading, SitePath};
use crate::inputs::Inputs;
use crate::io::load::{self, Files};
use crate::io::{Failure, clock, output};
use crate::message;
use crate::pipeline::{self, Compiled, Memory};
use crate::serve::View;
use crate::serve::batch::Batch;

/// A site on disk, and what was last read of it.
pub(super) struct Workspace {
    /// Its folder, without links in its path.
    root: PathBuf,
    /// The day to count from, if not today.
    as_of: Option<Date>,
    inputs: Arc<Inputs>,
    memory: Memory,
    /// Diagnostics about the disk: files that could not be read, links where gongbao writes.
    failures: Vec<Diagnostic>,
    /// How many seconds compiling may take.
    limit: u32,
}

impl Workspace {
    /// A site that has not been read yet.
    pub(super) fn new(root: PathBuf, args: &ServeArgs, base_url: String) -> Self {
        let today = args.as_of.unwrap_or_else(clock::today);
        let inputs = Inputs { files: Files::new(), today, drafts: !args.no_drafts, base_url: Some(base_url) };
        Self {
            root,
            as_of: args.as_of,
            inputs: Arc::new(inputs),
            memory: Memory::default(),
            failures: Vec::new(),
            limit: args.compile_limit,
        }
    }

    /// Reads what a batch names. Gives the files that are not what they were.
    pub(super) fn read(&mut self, batch: &Batch) -> Vec<SitePath> {
        let mut files = self.inputs.files.clone();
        let failures = match batch {
            // What could not be read is tried again with whatever changes next.
            Batch::Paths(paths) if self.failures.is_empty() => {
                paths.iter().flat_map(|path| load::refresh(&self.root, path, &mut files)).collect()
            }
            _ => {
                let (found, failures) = load::scan(&self.root, &files);
                files = found;
                failures
            }
        };
        let links = output::links(&self.root);
        let failures: Vec<_> = failures.into_iter().map(unreadable).chain(links).collect();
        let mut changed = differences(&self.inputs.files, &files);
        if changed.is_empty() && failures != self.failures {
            changed = failures
                .iter()
                .chain(&self.failures)
                .flat_map(|f| &f.labels)
                .map(|l| l.path.clone())
                .collect();
        }
        self.failures = failures;
        let today = self.as_of.unwrap_or_else(clock::today);
        self.inputs = Arc::new(Inputs { files, today, ..Inputs::clone(&self.inputs) });
        changed
    }

    /// The first view; `None` if the program itself failed at it.
    pub(super) fn first(&mut self) -> Option<View> {
        self.read(&Batch::Everything);
        self.next(&View::nothing(Arc::clone(&self.inputs)), &[])
    }

    /// The view after a change; `None` if the program itself failed at it.
    pub(super) fn next(&mut self, view: &View, changed: &[SitePath]) -> Option<View> {
        let inputs = Arc::clone(&self.inputs);
        match self.compile() {
            Ok(compiled) => Some(view.next(inputs, compiled, changed)),
            Err(Stop::Endless(fault)) => Some(view.without(inputs, fault)),
            Err(Stop::Fault) => None,
        }
    }

    /// Compiles in a thread of its own, which nothing can interrupt. Where it takes too long it is left
    /// alone with all that it remembers.
    fn compile(&mut self) -> Result<Compiled, Stop> {
        let (done, ended) = channel();
        let (inputs, mut memory) = (Arc::clone(&self.inputs), std::mem::take(&mut self.memory));
        let reading = memory.reading.clone();
        // A fault of the program ends the thread, and not a server that someone works with.
        thread::spawn(move || {
            let compiled = pipeline::recompile(&inputs, &mut memory);
            // Nobody waits any more once it has taken too long.
            let _ = done.send((compiled, memory));
        });
        match ended.recv_timeout(Duration::from_secs(self.limit.into())) {
            Ok((mut compiled, memory)) => {
                self.memory = memory;
                compiled.diagnostics.extend_from_slice(&self.failures);
                Ok(compiled)
            }
            Err(RecvTimeoutError::Timeout) => Err(Stop::Endless(unfinished(self.limit, &reading))),
            Err(RecvTimeoutError::Disconnected) => Err(Stop::Fault),
        }
    }
}

/// Why there is no compiled site.
enum Stop {
    /// It takes too long.
    Endless(Diagnostic),
    /// The program failed.
    Fault,
}

fn unfinished(seconds: u32, reading: &Reading) -> Diagnostic {
    patience::unfinished(seconds, reading).hint(message!(
        "预览仍在为它占用处理器；改正后请停止预览并重新启动",
        "the preview is still at work on it; once it is fixed, stop the preview and start it again"
    ))
}

/// The paths under which two readings of a site differ.
fn differences(old: &Files, new: &Files) -> Vec<SitePath> {
    let same = |a: &Files, path: &SitePath, bytes: &Arc<[u8]>| {
        a.get(path).is_some_and(|known| Arc::ptr_eq(known, bytes))
    };
    let changed = new.iter().filter(|(path, bytes)| !same(old, path, bytes)).map(|(path, _)| path);
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    changed.chain(gone).cloned().collect()
}

fn unreadable(failure: Failure) -> Diagnostic {
    let fault = Diagnostic::new(Code::UNREADABLE_FILE, failure.message);
    failure.hint.into_iter().fold(fault, Diagnostic::hint)
}
