//! `gongbao suggest`: links between tasks and subject headings that an editor may want, as TOML; with
//! `--write` the links are added to `content/threads.toml`.

use super::args::SuggestArgs;
use super::console::{self, counted};
use super::{Exit, build};
use crate::base::{Code, Diagnostic, Message, Severity, SitePath, diagnostic};
use crate::inputs::Inputs;
use crate::io::folder::{self, EditLock};
use crate::io::{Failure, load};
use crate::message;
use crate::parse::catalogues::threads;
use crate::pipeline::{self, Compiled};
use crate::site::Site;
use crate::suggest::records;
use crate::suggest::{self, Reach, Suggestion, SuggestionScope};

/// How many suggestions are shown unless another number is asked for.
const SHOWN: usize = 20;

/// Runs `gongbao suggest`; without `--write` also on a site that has errors.
pub(super) fn run(args: &SuggestArgs) -> Result<Exit, Failure> {
    if args.write { write(args) } else { show(args) }
}

fn show(args: &SuggestArgs) -> Result<Exit, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let site = pipeline::compile(&inputs).site;
    let scope = match scope(args, &site) {
        Ok(scope) => scope,
        Err(unknown) => return Ok(usage(&unknown)),
    };
    let (links, headings) = (suggest::links(&site, &scope), suggest::headings(&site, &scope));
    let parts = [
        (!links.is_empty()).then(|| suggest::toml(&site, &links)),
        (!headings.is_empty()).then(|| suggest::headings_toml(&site, &headings)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        console::say("Nothing to suggest · 没有可建议的内容\n");
    } else {
        console::tell(&parts.join("\n"));
    }
    Ok(Exit::Done)
}

/// The options, with the plans they name; a message about a plan that is not in the site.
fn scope(args: &SuggestArgs, site: &Site) -> Result<SuggestionScope, Message> {
    let unknown = |id: &str| message!("没有编号为 {id} 的计划", "there is no plan `{id}`");
    let plans = args.plans.iter().map(|id| site.plan(id).ok_or_else(|| unknown(id)));
    Ok(SuggestionScope {
        reach: if args.across { Reach::AllYears } else { Reach::Series },
        plans: plans.collect::<Result<_, _>>()?,
        least: f64::from(args.at_least) / 100.0,
        limit: args.limit.unwrap_or(if args.write { usize::MAX } else { SHOWN }),
    })
}

fn usage(message: &Message) -> Exit {
    console::usage(message);
    Exit::Usage
}

fn write(args: &SuggestArgs) -> Result<Exit, Failure> {
    // Taken before anything is read, so that records others added in the meantime are kept.
    let _lock = EditLock::take(&load::root(&args.site.site)?, console::waiting)?;
    let inputs = build::inputs(&args.site, None)?;
    let Compiled { site, mut diagnostics, .. } = pipeline::compile(&inputs);
    diagnostics.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    if !diagnostics.is_empty() {
        // The ids of tasks may change when errors are fixed, and unreadable records would be doubled.
        console::findings(&diagnostics, &inputs);
        return Ok(Exit::Content);
    }
    let scope = match scope(args, &site) {
        Ok(scope) => scope,
        Err(unknown) => return Ok(usage(&unknown)),
    };
    let links = records::matches(&site, &scope);
    if links.is_empty() {
        console::say("Nothing to add · 没有可写入的内容\n");
        return Ok(Exit::Done);
    }
    match catalogue(&inputs, &site, &links) {
        Ok(text) => folder::write(&args.site.site, threads::FILE, &text)?,
        Err(unfit) => {
            console::findings(&[unfit], &inputs);
            return Ok(Exit::Content);
        }
    }
    console::tell(&written(links.len()));
    Ok(Exit::Done)
}

/// The catalogue with the records at its end, read again to make sure that `check` will accept it.
fn catalogue(inputs: &Inputs, site: &Site, links: &[Suggestion]) -> Result<String, Diagnostic> {
    let path = SitePath::fixed(threads::FILE);
    let old = inputs.read(&path).transpose()?.unwrap_or_default();
    let text = records::append(site, old, links);
    let (_, found) = threads::read(&path, &text, &site.settings.languages);
    if diagnostic::has_errors(&found) { Err(unfit(&path)) } else { Ok(text) }
}

/// TOML does not add `[[thread]]` to a list that is written as `thread = […]`.
fn unfit(path: &SitePath) -> Diagnostic {
    let title = message!("记录不能加在这个文件末尾", "records cannot be added at the end of this file");
    Diagnostic::new(Code::TOML_SYNTAX, title).at(path, 0..0).hint(message!(
        "把 thread = […] 和 link = […] 改写为 [[thread]] 和 [[link]]",
        "write `thread = […]` and `link = […]` as [[thread]] and [[link]]"
    ))
}

fn written(links: usize) -> String {
    format!(
        "{} added to {2}; `gongbao check` lists what an editor has to judge\n\
         已在 {2} 中写入 {1} 条联系；gongbao check 逐条列出，请编辑核对\n",
        counted(links, "link"),
        links,
        threads::FILE
    )
}
