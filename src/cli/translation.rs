//! `gongbao translation status | accept`: which translations were reviewed for which originals.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::args::{AcceptArgs, Format, SiteArgs, StatusArgs, TranslationCommand};
use super::{Exit, build, console};
use crate::base::{Diagnostic, Label, Lang};
use crate::check::states::{self, TextStatus};
use crate::inputs::Inputs;
use crate::io::folder::{self, EditLock};
use crate::io::{Failure, load};
use crate::message;
use crate::pipeline::{self, Compiled};
use crate::report;
use crate::resolve::translations;
use crate::site::TranslationState;

/// Runs `gongbao translation`.
pub(super) fn run(command: &TranslationCommand) -> Result<Exit, Failure> {
    match command {
        TranslationCommand::Status(args) => status(args),
        TranslationCommand::Accept(args) => accept(args),
    }
}

/// Drafts have translations too.
fn compile(site: &SiteArgs) -> Result<(Inputs, Compiled), Failure> {
    let mut inputs = build::inputs(site, None)?;
    inputs.drafts = true;
    let compiled = pipeline::compile(&inputs);
    Ok((inputs, compiled))
}

/// The account of all translations.
#[derive(Serialize)]
struct StatusReport<'a> {
    plans: Vec<StateCounts<'a>>,
    blocks: Vec<UnreviewedText<'a>>,
}

/// How many texts of a plan are in which state.
#[derive(Serialize)]
struct StateCounts<'a> {
    plan: &'a str,
    lang: Lang,
    reviewed: usize,
    unreviewed: usize,
    stale: usize,
    missing: usize,
}

/// A text that is not reviewed.
#[derive(Serialize)]
struct UnreviewedText<'a> {
    id: String,
    lang: Lang,
    state: &'static str,
    file: &'a str,
    line: usize,
}

fn status(args: &StatusArgs) -> Result<Exit, Failure> {
    let (inputs, compiled) = compile(&args.site)?;
    let entries = states::entries(&compiled.site);
    let open = entries.iter().filter(|entry| entry.state != TranslationState::Reviewed);
    let files = report::DiagnosticFiles::new(entries.iter().map(|entry| &entry.place), &inputs);
    let account = StatusReport { plans: counts(&entries), blocks: open.map(|e| block(e, &files)).collect() };
    console::tell(&match args.format {
        Format::Human => human(&account),
        Format::Json => serde_json::to_string_pretty(&account).expect("an account is plain data") + "\n",
    });
    let due = account.plans.iter().any(|counts| counts.stale + counts.missing > 0);
    Ok(if due { Exit::Content } else { Exit::Done })
}

fn counts<'a>(entries: &[TextStatus<'a>]) -> Vec<StateCounts<'a>> {
    let mut states: BTreeMap<(&'a str, Lang), Vec<TranslationState>> = BTreeMap::new();
    for entry in entries {
        states.entry((entry.plan, entry.lang)).or_default().push(entry.state);
    }
    let count = |((plan, lang), states): ((&'a str, Lang), Vec<TranslationState>)| {
        let of = |state| states.iter().filter(|s| **s == state).count();
        StateCounts {
            plan,
            lang,
            reviewed: of(TranslationState::Reviewed),
            unreviewed: of(TranslationState::Unreviewed),
            stale: of(TranslationState::Stale),
            missing: of(TranslationState::Missing),
        }
    };
    states.into_iter().map(count).collect()
}

fn block<'a>(entry: &'a TextStatus<'_>, files: &report::DiagnosticFiles<'_>) -> UnreviewedText<'a> {
    let Label { path, start, .. } = &entry.place;
    let line = files.get(path).map_or(1, |lines| lines.position(*start).line);
    UnreviewedText {
        id: entry.name(),
        lang: entry.lang,
        state: entry.state.as_str(),
        file: path.as_str(),
        line,
    }
}

fn human(account: &StatusReport<'_>) -> String {
    let width = account.plans.iter().map(|counts| counts.plan.len()).max().unwrap_or(0).max(4);
    let mut text = format!("{:width$}  lang  reviewed  unreviewed  stale  missing\n", "plan");
    for StateCounts { plan, lang, reviewed, unreviewed, stale, missing } in &account.plans {
        let lang = lang.as_str();
        text += &format!("{plan:width$}  {lang:4}  {reviewed:8}  {unreviewed:10}  {stale:5}  {missing:7}\n");
    }
    for UnreviewedText { id, lang, state, file, line } in &account.blocks {
        text += &format!("{file}:{line}: {state} {id} ({lang})\n");
    }
    text
}

fn accept(args: &AcceptArgs) -> Result<Exit, Failure> {
    // Taken before anything is read, so that what others accepted in the meantime is kept.
    let _lock = EditLock::take(&load::root(&args.site.site)?, console::waiting)?;
    let (inputs, mut compiled) = compile(&args.site)?;
    let in_lock = |d: &&Diagnostic| d.labels.iter().any(|label| label.path.as_str() == translations::FILE);
    let faults: Vec<_> = compiled.diagnostics.iter().filter(in_lock).cloned().collect();
    if !faults.is_empty() {
        // What could not be read would be lost if the file were rewritten.
        console::findings(&faults, &inputs);
        return Ok(Exit::Content);
    }
    let entries = states::entries(&compiled.site);
    if let Some(unknown) = args.ids.iter().find(|id| !entries.iter().any(|entry| entry.is_named(id))) {
        console::usage(&message!(
            "没有编号为 {unknown} 的计划、条目或段落",
            "there is no plan, item or paragraph `{unknown}`"
        ));
        return Ok(Exit::Usage);
    }
    let named = |entry: &&TextStatus<'_>| args.ids.is_empty() || args.ids.iter().any(|id| entry.is_named(id));
    let open = entries.iter().filter(|entry| entry.state != TranslationState::Reviewed).filter(named);
    let lock = Arc::make_mut(&mut compiled.lock);
    lock.renew(entries.iter().filter_map(|entry| Some((entry.lang, entry.original, entry.translation?))));
    let mut accepted = 0;
    for (entry, translation) in open.filter_map(|entry| Some((entry, entry.translation?))) {
        lock.accept(entry.lang, entry.original, translation);
        accepted += 1;
    }
    folder::write(&args.site.site, translations::FILE, &lock.write())?;
    console::tell(&format!("{accepted} accepted · 确认 {accepted} 段\n"));
    Ok(Exit::Done)
}
