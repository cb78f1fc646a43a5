//! Output of the program: diagnostics and failures to standard error, results to standard output.

use std::io::{IsTerminal, Write, stderr, stdout};

use super::Exit;
use crate::base::characters::{visible, visible_line};
use crate::base::{Diagnostic, Message, Severity, SitePath};
use crate::import::ImportError;
use crate::inputs::Inputs;
use crate::io::Failure;
use crate::report::{self, Sources};
use crate::theme::built_in;

/// The files of a site, with those of the default theme where it has none of its own.
pub(super) struct WithTheme<'a>(pub(super) &'a Inputs);

impl Sources for WithTheme<'_> {
    fn text(&self, path: &SitePath) -> Option<&str> {
        self.0.text(path).or_else(|| built_in::text(path))
    }
}

/// Writes findings for a person, and how many there are.
pub(super) fn findings(diagnostics: &[Diagnostic], sources: &dyn Sources) {
    if diagnostics.is_empty() {
        return;
    }
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    to_stderr(&report::human(diagnostics, sources, stderr().is_terminal()));
    to_stderr(&format!("\nerrors: {errors}, warnings: {warnings} · 错误 {errors}，警告 {warnings}\n"));
}

/// Writes a diagnostic about work that cannot be interrupted, and ends the program.
pub(super) fn give_up(diagnostic: &Diagnostic) -> ! {
    findings(std::slice::from_ref(diagnostic), &NoSources);
    std::process::exit(Exit::Content as i32);
}

/// No file is quoted.
struct NoSources;

impl Sources for NoSources {
    fn text(&self, _: &SitePath) -> Option<&str> {
        None
    }
}

/// Writes that something outside failed.
pub(super) fn failure(failure: &Failure) {
    to_stderr(&format!("error: {}\n", visible_line(&failure.to_string())));
    if let Some(hint) = &failure.hint {
        to_stderr(&visible(&format!("  = help: {} · {}\n", hint.en, hint.zh)));
    }
}

/// Writes that what was asked for cannot be done.
pub(super) fn usage(message: &Message) {
    to_stderr(&visible(&format!("error: {} · {}\n", message.en, message.zh)));
}

/// The importer's messages are in English and Chinese, a line each.
pub(super) fn both(error: &ImportError) -> Message {
    let text = error.to_string();
    let (en, zh) = text.rsplit_once('\n').unwrap_or((&text, &text));
    Message { zh: zh.to_owned(), en: en.to_owned() }
}

/// Writes what a person should know beside the result.
pub(super) fn say(text: &str) {
    to_stderr(&visible(text));
}

/// Says, on a terminal, that another command edits the same site.
pub(super) fn waiting() {
    if stderr().is_terminal() {
        say("Waiting for another gongbao to finish · 等待另一个 gongbao 结束\n");
    }
}

/// Writes a result for people.
pub(super) fn tell(text: &str) {
    result(&visible(text));
}

/// Writes a result for programs, as it is. A reader that has gone away is no error.
pub(super) fn result(text: &str) {
    let _ = stdout().write_all(text.as_bytes());
}

/// So many things, in English.
pub(super) fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn to_stderr(text: &str) {
    let _ = stderr().write_all(text.as_bytes());
}
