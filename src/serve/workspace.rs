//! The files of a site while they are being edited → a state of the server after each change.

use std::path::PathBuf;
use std::sync::Arc;

use super::server::PreviewOptions;
use super::{ServerState, limits};
use crate::base::{Code, Date, Diagnostic, SitePath};
use crate::inputs::Inputs;
use crate::io::batch::Batch;
use crate::io::load::{self, SiteFiles};
use crate::io::{Failure, clock, output};
use crate::pipeline::{self, CompileCache, Compiled};
use crate::watchdog::{self, Stopped};

/// A site on disk, and what was last read of it.
pub(super) struct Workspace {
    /// Its folder, without links in its path.
    root: PathBuf,
    /// The day to count from, if not today.
    as_of: Option<Date>,
    inputs: Arc<Inputs>,
    memory: CompileCache,
    /// Diagnostics about the disk: files that could not be read, links where gongbao writes.
    failures: Vec<Diagnostic>,
    /// How many seconds compiling may take.
    limit: u32,
}

impl Workspace {
    /// A site that has not been read yet.
    pub(super) fn new(root: PathBuf, options: &PreviewOptions, base_url: String) -> Self {
        let today = options.as_of.unwrap_or_else(clock::today);
        let inputs =
            Inputs { files: SiteFiles::new(), today, drafts: options.drafts, base_url: Some(base_url) };
        Self {
            root,
            as_of: options.as_of,
            inputs: Arc::new(inputs),
            memory: CompileCache::default(),
            failures: Vec::new(),
            limit: options.compile_limit,
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

    /// The first state; `None` if the program has a defect.
    pub(super) fn first(&mut self) -> Option<ServerState> {
        self.read(&Batch::Everything);
        self.next(&ServerState::nothing(Arc::clone(&self.inputs)), &[])
    }

    /// The state after a change; `None` if the program has a defect.
    pub(super) fn next(&mut self, state: &ServerState, changed: &[SitePath]) -> Option<ServerState> {
        let inputs = Arc::clone(&self.inputs);
        match self.compile() {
            Ok(compiled) => Some(state.next(inputs, compiled, changed)),
            Err(Stopped::Limit(diagnostic)) => {
                Some(state.without(inputs, diagnostic.hint(limits::still_running())))
            }
            Err(Stopped::Panic(_)) => None,
        }
    }

    /// Compiles. If that takes too long, its thread is left alone with everything that it remembers.
    fn compile(&mut self) -> Result<Compiled, Stopped> {
        let (inputs, mut memory) = (Arc::clone(&self.inputs), std::mem::take(&mut self.memory));
        let compiled = watchdog::run(self.limit, memory.reading.clone(), move |_| {
            let compiled = pipeline::recompile(&inputs, &mut memory);
            (compiled, memory)
        });
        let (mut compiled, memory) = compiled?;
        self.memory = memory;
        compiled.diagnostics.extend_from_slice(&self.failures);
        Ok(compiled)
    }
}

/// The paths under which two readings of a site differ.
fn differences(old: &SiteFiles, new: &SiteFiles) -> Vec<SitePath> {
    let same = |a: &SiteFiles, path: &SitePath, bytes: &Arc<[u8]>| {
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
