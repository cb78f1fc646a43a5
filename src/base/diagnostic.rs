//! Diagnostics: what is wrong with the content, where, and what to do about it.

use serde::Serialize;

use super::{Code, Message, SitePath, Span};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The content is wrong; most errors keep the site from being published ([`Code::blocks`]).
    Error,
    /// Worth an editor's look; the site is published all the same.
    Warning,
}

/// A place in a source that a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file.
    pub path: SitePath,
    /// First byte of the place.
    pub start: usize,
    /// First byte after the place.
    pub end: usize,
    /// What to say at the place, if more than the title needs saying.
    pub text: Option<Message>,
}

impl Label {
    /// A place without a text of its own.
    pub fn new(path: &SitePath, span: Span) -> Self {
        Self { path: path.clone(), start: span.start, end: span.end, text: None }
    }

    /// Adds what to say at the place.
    pub fn with_text(mut self, text: Message) -> Self {
        self.text = Some(text);
        self
    }
}

/// One finding about the content of a site.
///
/// The first label is the place at fault; further ones are places that explain
/// it ("first defined here").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub code: Code,
    /// What is wrong here, in one sentence.
    pub title: Message,
    /// Where.
    pub labels: Vec<Label>,
    /// What to do.
    pub hints: Vec<Message>,
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(code: Code, title: Message) -> Self {
        Self { code, title, labels: Vec::new(), hints: Vec::new() }
    }

    /// Adds a place.
    pub fn at(self, path: &SitePath, span: Span) -> Self {
        self.label(Label::new(path, span))
    }

    /// Adds a place with a text.
    pub fn label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// Adds advice.
    pub fn hint(mut self, hint: Message) -> Self {
        self.hints.push(hint);
        self
    }

    /// How much it weighs, which its code decides.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Whether any of the diagnostics is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}

/// Whether any of the diagnostics keeps the site from being published.
pub fn block_publication(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.code.blocks())
}

/// Puts diagnostics into the one order in which they are always reported: by
/// file, then by place, then by code; and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.labels, a.code.name(), &a.title, &a.hints).cmp(&(&b.labels, b.code.name(), &b.title, &b.hints))
    });
    diagnostics.dedup();
}
