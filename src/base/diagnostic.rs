//! Diagnostics: what is wrong with the content, where, and what to do about it.

use serde::Serialize;

use super::{Code, Message, SitePath, Span};
use crate::message;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The content is wrong, and the site is not published.
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
    /// The label at the place, if it adds to the title.
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
    /// How much it weighs: as its code says, or an error in a strict run.
    pub severity: Severity,
    /// The diagnostic, in one sentence.
    pub title: Message,
    /// Where.
    pub labels: Vec<Label>,
    /// Advice.
    pub hints: Vec<Message>,
    /// Files and folders that the finding follows from if they are at fault themselves
    /// ([`super::settle`]); the files of its labels if there are none.
    pub rests_on: Box<[SitePath]>,
    /// How many findings are withheld because they follow from this one.
    pub withheld: u32,
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(code: Code, title: Message) -> Self {
        Self {
            code,
            severity: code.severity(),
            title,
            labels: Vec::new(),
            hints: Vec::new(),
            rests_on: Box::default(),
            withheld: 0,
        }
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

    /// Names a file or folder of the site that the finding follows from if it is at fault itself.
    pub fn rests_on(mut self, path: SitePath) -> Self {
        let mut paths = self.rests_on.into_vec();
        paths.push(path);
        self.rests_on = paths.into();
        self
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The file at fault, if the finding has a place.
    pub fn home(&self) -> Option<&SitePath> {
        self.labels.first().map(|label| &label.path)
    }

    /// Everything to do, and how much is withheld until it is done.
    pub fn advice(&self) -> Vec<Message> {
        let withheld = self.withheld;
        let rest = match withheld {
            0 => None,
            1 => Some(message!(
                "另有 1 项由此引起，改正后再检查",
                "1 finding that follows from this is withheld until it is fixed"
            )),
            _ => Some(message!(
                "另有 {withheld} 项由此引起，改正后再检查",
                "{withheld} findings that follow from this are withheld until it is fixed"
            )),
        };
        self.hints.iter().cloned().chain(rest).collect()
    }
}

/// Returns whether any of the diagnostics is an error, which keeps the site from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Makes every warning an error.
pub fn strict(diagnostics: &mut [Diagnostic]) {
    diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
}
