//! The files of a site while they are being written → a view after each change.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::{Code, Date, Diagnostic, SitePath};
use crate::inputs::Inputs;
use crate::io::load::{self, Files};
use crate::io::{Failure, clock, output};
use crate::pipeline::{self, Memory};
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
}

impl Workspace {
    /// A site that has not been read yet.
    pub(super) fn new(root: PathBuf, as_of: Option<Date>, drafts: bool, base_url: String) -> Self {
        let today = as_of.unwrap_or_else(clock::today);
        let inputs = Inputs { files: Files::new(), today, drafts, base_url: Some(base_url) };
        Self { root, as_of, inputs: Arc::new(inputs), memory: Memory::default(), failures: Vec::new() }
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

    /// The first view.
    pub(super) fn first(&mut self) -> View {
        self.read(&Batch::Everything);
        let compiled = self.compile();
        View::first(Arc::clone(&self.inputs), compiled)
    }

    /// The view after a change; `None` if the program itself failed at it.
    pub(super) fn next(&mut self, view: &View, changed: &[SitePath]) -> Option<View> {
        // A fault of the program must not end a server that someone works with.
        let compiled = catch_unwind(AssertUnwindSafe(|| self.compile()));
        if compiled.is_err() {
            self.memory = Memory::default();
        }
        Some(view.next(Arc::clone(&self.inputs), compiled.ok()?, changed))
    }

    fn compile(&mut self) -> pipeline::Compiled {
        let mut compiled = pipeline::recompile(&self.inputs, &mut self.memory);
        compiled.diagnostics.extend_from_slice(&self.failures);
        compiled
    }
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
