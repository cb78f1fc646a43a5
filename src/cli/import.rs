//! `gongbao import`: raw text → a plan's Markdown, with the account of what was done to it.

use std::path::Path;

use super::args::{Format, ImportArgs};
use super::{Exit, console};
use crate::base::Lang;
use crate::base::characters::visible_json;
use crate::import::{self, Import, Options};
use crate::io::folder::{self, EditLock};
use crate::io::{Failure, file};
use crate::message;
use crate::model::PlanId;

/// Runs `gongbao import`.
pub(super) fn run(args: &ImportArgs) -> Result<Exit, Failure> {
    let (Some(plan), Some(lang)) = (PlanId::new(&args.plan), Lang::new(&args.lang)) else {
        console::usage(&message!(
            "--plan 和 --lang 用小写字母、数字和连字符",
            "--plan and --lang are made of lower-case letters, digits and hyphens"
        ));
        return Ok(Exit::Usage);
    };
    let bytes = file::read(&args.file)?;
    let options = Options { kind: args.kind.map(Into::into), ..Options::default() };
    match import::import(&bytes, &options) {
        Ok(import) => write(args, &plan, lang, &import),
        Err(error) => {
            console::usage(&console::both(&error));
            Ok(Exit::Content)
        }
    }
}

fn write(args: &ImportArgs, plan: &PlanId, lang: Lang, import: &Import) -> Result<Exit, Failure> {
    let (base, folder) = match &args.out {
        Some(out) => (out.as_path(), ""),
        None => (Path::new(""), "content/plans/"),
    };
    let inside = format!("{folder}{plan}/{lang}.md");
    let path = base.join(&inside);
    let account = match args.format {
        Format::Human => import.report.render(),
        Format::Json => {
            let text = serde_json::to_string_pretty(&import.report).expect("a report is plain data");
            format!("{}\n", visible_json(&text))
        }
    };
    if args.dry_run {
        console::result(&import.markdown);
        console::say(&account);
        return Ok(Exit::Done);
    }
    let _lock = EditLock::take(base, console::waiting)?;
    if path.exists() && !args.force {
        let path = path.display();
        let message = message!("{path} 已经存在，没有改动", "{path} exists already; nothing was changed");
        let hint = message!(
            "用 --dry-run 只看结果，或用 --force 覆盖",
            "look at the result with --dry-run, or replace the file with --force"
        );
        return Err(Failure::said(message).hint(hint));
    }
    folder::write(base, &inside, &import.markdown)?;
    console::say(&account);
    console::tell(&format!("→ {}\n", path.display()));
    Ok(Exit::Done)
}
