//! The state of the server after a change: the last good site, and the diagnostics of the latest edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Snapshot;
use crate::base::{self, Diagnostic, Lang, Message, SitePath};
use crate::inputs::Inputs;
use crate::parse::page as text_page;
use crate::pipeline::Compiled;
use crate::routes::{Page, Route};

/// The state of the server. Immutable: each change makes another.
pub struct ServerState {
    /// Counts the changes since the server began.
    pub generation: u64,
    /// The site to show: the last one that `build` would publish. Before there was one,
    /// the latest that can be shown at all.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The diagnostics of the files as they are now.
    pub diagnostics: Vec<Diagnostic>,
    /// The files as they are now.
    pub inputs: Arc<Inputs>,
}

impl ServerState {
    /// The state before the first.
    pub fn nothing(inputs: Arc<Inputs>) -> Self {
        Self { generation: 0, snapshot: None, diagnostics: Vec::new(), inputs }
    }

    /// The state after a change that could not be compiled: what was shown before, and why.
    pub fn without(&self, inputs: Arc<Inputs>, diagnostic: Diagnostic) -> Self {
        let snapshot = self.snapshot.clone();
        Self { generation: self.generation + 1, snapshot, diagnostics: vec![diagnostic], inputs }
    }

    /// The state after a change. What is wrong with the files that changed comes
    /// first: it is the cause of what is wrong elsewhere.
    pub fn next(&self, inputs: Arc<Inputs>, mut compiled: Compiled, changed: &[SitePath]) -> Self {
        let mut diagnostics = std::mem::take(&mut compiled.diagnostics);
        let changed: BTreeSet<&SitePath> = changed.iter().collect();
        diagnostics.sort_by_key(|d| !d.labels.first().is_some_and(|label| changed.contains(&label.path)));
        let good = !base::has_errors(&diagnostics);
        let held = self.snapshot.as_ref().filter(|held| held.good && !good);
        let snapshot = match held {
            Some(held) => Some(Arc::clone(held)),
            None if compiled.theme.speaks(&compiled.site.settings) => {
                Some(Arc::new(Snapshot::new(compiled, Arc::clone(&inputs), good)))
            }
            None => self.snapshot.clone(),
        };
        Self { generation: self.generation + 1, snapshot, diagnostics, inputs }
    }

    /// The state with the diagnostics of its finished pages.
    pub fn examined(&self, found: Vec<Diagnostic>) -> Self {
        let mut diagnostics = [found, self.diagnostics.clone()].concat();
        base::settle(&mut diagnostics);
        let (snapshot, inputs) = (self.snapshot.clone(), Arc::clone(&self.inputs));
        Self { generation: self.generation + 1, snapshot, diagnostics, inputs }
    }

    /// The address, relative to the base URL, of the page that shows a file of the site, if there is one.
    pub fn page_of(&self, file: &SitePath) -> Option<String> {
        let snapshot = self.snapshot.as_ref()?;
        let lang =
            |name: &str| Lang::new(name).filter(|lang| snapshot.site.settings.language(*lang).is_some());
        let (folder, name) = file.as_str().strip_suffix(".md")?.rsplit_once('/')?;
        let route = match folder {
            text_page::FOLDER => {
                let (slug, code) = name.rsplit_once('.')?;
                let page = snapshot.site.pages.position(|page| page.slug.as_str() == slug)?;
                Route::Page(lang(code)?, Page::Text(page))
            }
            _ => {
                let id = folder.strip_prefix("content/plans/")?;
                let plan = snapshot.site.plan(id)?;
                Route::Page(lang(name)?, Page::Plan(plan))
            }
        };
        Some(snapshot.url(&route))
    }

    /// The diagnostics that the state before did not have, wherever in their files they have moved to.
    pub fn new_diagnostics<'a>(&'a self, before: &'a ServerState) -> impl Iterator<Item = &'a Diagnostic> {
        type DiagnosticKey<'a> = (&'static str, &'a Message, &'a [Message], Vec<&'a SitePath>);
        let known = |d: &'a Diagnostic| -> DiagnosticKey<'a> {
            (d.code.name(), &d.title, &d.hints, d.labels.iter().map(|label| &label.path).collect())
        };
        let old: BTreeSet<_> = before.diagnostics.iter().map(known).collect();
        self.diagnostics.iter().filter(move |new| !old.contains(&known(new)))
    }
}
