//! `gongbao import`: documents → Markdown of plans, with an account of what was done to them.

use std::path::Path;

use super::args::{Format, ImportArgs};
use super::{Exit, console};
use crate::base::Lang;
use crate::base::characters::{visible_json, visible_line};
use crate::import::{self, Import, ImportOptions};
use crate::io::folder::{self, EditLock};
use crate::io::{Failure, file};
use crate::message;
use crate::model::PlanId;

/// Runs `gongbao import`.
pub(super) fn run(args: &ImportArgs) -> Result<Exit, Failure> {
    let Some(lang) = Lang::new(&args.lang) else { return Ok(bad_names()) };
    if args.file.is_dir() {
        return match &args.plan {
            None => folder_of_files(args, lang),
            Some(_) => Ok(one_plan_for_a_folder(&args.file)),
        };
    }
    let Some(plan) = args.plan.as_deref().and_then(PlanId::new) else { return Ok(bad_names()) };
    let bytes = file::read(&args.file)?;
    match import::import(&bytes, &options(args)) {
        Ok(import) => write(args, &plan, lang, &import),
        Err(error) => {
            console::usage(&console::both(&error));
            Ok(Exit::Content)
        }
    }
}

fn one_plan_for_a_folder(folder: &Path) -> Exit {
    let folder = folder.display();
    console::usage(&message!(
        "{folder} 是文件夹：其中每个文件按文件名成为一份计划，请去掉 --plan，或改为指定一个文件",
        "{folder} is a folder: each file in it becomes a plan named after the file; leave out --plan, or name one file"
    ));
    Exit::Usage
}

fn bad_names() -> Exit {
    console::usage(&message!(
        "--plan 和 --lang 必须写明，用小写字母、数字和连字符",
        "--plan and --lang must be given, in lower-case letters, digits and hyphens"
    ));
    Exit::Usage
}

fn options(args: &ImportArgs) -> ImportOptions {
    ImportOptions {
        kind: args.kind.map(Into::into),
        title: args.title.clone(),
        number: args.number.clone(),
        issuer: args.issuer.clone(),
        tasks: args.tasks,
        ..ImportOptions::default()
    }
}

/// Imports every file of a folder, with one line for each. A plan is named after its file.
fn folder_of_files(args: &ImportArgs, lang: Lang) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    for (at, (name, bytes)) in file::folder(&args.file)?.iter().enumerate() {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let plan = plan_named(stem, at + 1);
        let line = match import::import(bytes, &options(args)) {
            Ok(import) if import.report.structure.tasks == 0 => {
                exit = Exit::Content;
                format!("{name}: 未识别到任务，未写出 · no tasks recognised; not written")
            }
            Ok(import) if args.dry_run => format!("{name}: {}", score(&import)),
            Ok(import) => match save(args, &plan, lang, &import) {
                Ok(saved) => format!("{name} → {saved}: {}", score(&import)),
                Err(failure) => {
                    exit = Exit::Content;
                    format!("{name}: {failure}")
                }
            },
            Err(error) => {
                exit = Exit::Content;
                format!("{name}: {}", error.to_string().replace('\n', " · "))
            }
        };
        console::result(&format!("{}\n", visible_line(&line)));
    }
    Ok(exit)
}

/// An id made of the ASCII letters and digits of a name, or of a number.
fn plan_named(name: &str, number: usize) -> PlanId {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let numbered = || PlanId::new(&format!("plan-{number}")).expect("letters and digits");
    PlanId::new(&slug).unwrap_or_else(numbered)
}

/// How much of a document was found, in a line.
fn score(import: &Import) -> String {
    let report = &import.report;
    let wanted = ["title", "kind", "year", "number", "issuer", "issued"];
    let found = wanted.iter().filter(|field| report.metadata.iter().any(|m| m.field == **field)).count();
    let (tasks, due) = (report.structure.tasks, report.structure.deadlines);
    let (all, doubts) = (wanted.len(), report.doubts.len());
    format!(
        "任务{tasks}，有时限{due}，元数据{found}/{all}，待核对{doubts} · {tasks} tasks, {due} with deadlines, \
         front matter {found}/{all}, {doubts} to check"
    )
}

fn write(args: &ImportArgs, plan: &PlanId, lang: Lang, import: &Import) -> Result<Exit, Failure> {
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
    let saved = save(args, plan, lang, import)?;
    console::say(&account);
    console::tell(&format!("→ {saved}\n"));
    Ok(Exit::Done)
}

/// Writes the Markdown of a plan. Returns the path of its file.
fn save(args: &ImportArgs, plan: &PlanId, lang: Lang, import: &Import) -> Result<String, Failure> {
    let (base, folder) = match &args.out {
        Some(out) => (out.as_path(), ""),
        None => (Path::new(""), "content/plans/"),
    };
    let inside = format!("{folder}{plan}/{lang}.md");
    let path = base.join(&inside);
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
    Ok(path.display().to_string())
}
