//! What the server shows at one moment: the last good site, and what is wrong with the latest edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Snapshot;
use crate::base::{self, Diagnostic, Message, SitePath};
use crate::inputs::Inputs;
use crate::pipeline::Compiled;

/// What the server shows. Immutable: each change makes another.
pub struct View {
    /// Counts the changes since the server began.
    pub generation: u64,
    /// The site to show: the last one that `build` would publish. Before there was one,
    /// the latest that can be shown at all.
    pub snapshot: Option<Arc<Snapshot>>,
    /// What is wrong with the files as they are now.
    pub findings: Vec<Diagnostic>,
    /// The files as they are now.
    pub inputs: Arc<Inputs>,
}

impl View {
    /// The view before the first.
    pub fn nothing(inputs: Arc<Inputs>) -> Self {
        Self { generation: 0, snapshot: None, findings: Vec::new(), inputs }
    }

    /// The view after a change that could not be compiled: what was shown before, and why.
    pub fn without(&self, inputs: Arc<Inputs>, fault: Diagnostic) -> Self {
        let snapshot = self.snapshot.clone();
        Self { generation: self.generation + 1, snapshot, findings: vec![fault], inputs }
    }

    /// The view after a change. What is wrong with the files that changed comes
    /// first: it is the cause of what is wrong elsewhere.
    pub fn next(&self, inputs: Arc<Inputs>, mut compiled: Compiled, changed: &[SitePath]) -> Self {
        let mut findings = std::mem::take(&mut compiled.diagnostics);
        let changed: BTreeSet<&SitePath> = changed.iter().collect();
        findings.sort_by_key(|d| !d.labels.first().is_some_and(|label| changed.contains(&label.path)));
        let good = !base::has_errors(&findings);
        let held = self.snapshot.as_ref().filter(|held| held.good && !good);
        let snapshot = match held {
            Some(held) => Some(Arc::clone(held)),
            None if compiled.theme.speaks(&compiled.site.settings) => {
                Some(Arc::new(Snapshot::new(compiled, Arc::clone(&inputs), good)))
            }
            None => self.snapshot.clone(),
        };
        Self { generation: self.generation + 1, snapshot, findings, inputs }
    }

    /// The view with what its finished pages show to be wrong.
    pub fn examined(&self, faults: Vec<Diagnostic>) -> Self {
        let mut findings = [faults, self.findings.clone()].concat();
        base::settle(&mut findings);
        let (snapshot, inputs) = (self.snapshot.clone(), Arc::clone(&self.inputs));
        Self { generation: self.generation + 1, snapshot, findings, inputs }
    }

    /// The findings that the view before did not have, wherever in their files they have moved to.
    pub fn new_findings<'a>(&'a self, before: &'a View) -> impl Iterator<Item = &'a Diagnostic> {
        type Known<'a> = (&'static str, &'a Message, &'a [Message], Vec<&'a SitePath>);
        let known = |d: &'a Diagnostic| -> Known<'a> {
            (d.code.name(), &d.title, &d.hints, d.labels.iter().map(|label| &label.path).collect())
        };
        let old: BTreeSet<_> = before.findings.iter().map(known).collect();
        self.findings.iter().filter(move |new| !old.contains(&known(new)))
    }
}
