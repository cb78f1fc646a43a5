//! `gongbao verify`: is the published site as it was written, and do the plans say what their sources say?

use std::path::Path;

use super::args::VerifyArgs;
use super::console::counted;
use super::{Exit, build, console};
use crate::base::characters::visible_line;
use crate::base::{Lang, Message, SitePath};
use crate::import::{self, Options};
use crate::inputs::Inputs;
use crate::io::sums::{Change, Sums};
use crate::io::{Failure, file};
use crate::message;
use crate::pipeline;
use crate::resolve::Site;
use crate::routes::OWN;

/// The folder of a site in which sources are looked for.
const SOURCES: &str = "sources";

/// Runs `gongbao verify`.
pub(super) fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let site = &args.site.site;
    let published = published(&args.out.clone().unwrap_or_else(|| site.join("public")))?;
    let folder = args.sources.clone().unwrap_or_else(|| site.join(SOURCES));
    // Without the flag, sources are proved where there are any.
    let faithful = (args.sources.is_none() && !folder.is_dir()) || faithful(args, &folder)?;
    Ok(if published && faithful { Exit::Done } else { Exit::Content })
}

/// Compares a published site with its account, and says what differs.
fn published(out: &Path) -> Result<bool, Failure> {
    let sums = Sums::read(out)?.ok_or_else(|| no_account(out))?;
    let changes = sums.changes(out, &OWN)?;
    for change in &changes {
        let (path, zh, en) = match change {
            Change::Altered(path) => (path.as_str(), "被改动", "altered"),
            Change::Missing(path) => (path.as_str(), "缺失", "missing"),
            Change::Foreign(path) => (path.as_str(), "不是 gongbao 写的", "not written by gongbao"),
        };
        console::tell(&format!("{}: {en} · {zh}\n", visible_line(path)));
    }
    let (files, differ) = (sums.0.len(), changes.len());
    let en = format!("{}, {}", counted(files, "file"), counted(differ, "difference"));
    console::tell(&format!("{en} · {files} 个文件，{differ} 处不同\n"));
    Ok(changes.is_empty())
}

fn no_account(out: &Path) -> Failure {
    let path = out.display();
    Failure::said(message!("{path} 中没有 SHA256SUMS", "there is no SHA256SUMS in {path}")).hint(message!(
        "先运行 gongbao build，或用 --out 指明网站",
        "run gongbao build first, or name the site with --out"
    ))
}

/// Proves every plan against the source that has its title, and says how that ends.
fn faithful(args: &VerifyArgs, folder: &Path) -> Result<bool, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let site = pipeline::compile(&inputs).site;
    let sources = file::folder(folder)?;
    let mut all = true;
    for plan in &site.plans {
        let title = plan.title.get(&site.settings.original()).map_or("", String::as_str);
        let source = sources.iter().find_map(|(name, bytes)| {
            Some((name, proof(bytes, title, &markdown(&inputs, &site, plan.id.as_str())?)?))
        });
        let said = match source {
            None => message!("没有找到来源文本", "no source is at hand"),
            Some((name, Ok(characters))) => message!(
                "与 {name} 一致（{characters} 个字符）",
                "says what {name} says ({characters} characters)"
            ),
            Some((name, Err(error))) => {
                all = false;
                let Message { zh, en } = console::both(&error);
                message!("与 {name} 不一致：{zh}", "does not say what {name} says: {en}")
            }
        };
        console::tell(&format!("{}: {} · {}\n", plan.id.as_str(), said.en, said.zh));
    }
    Ok(all)
}

/// The text of a plan as its file has it.
fn markdown(inputs: &Inputs, site: &Site, plan: &str) -> Option<String> {
    let lang: Lang = site.settings.original();
    let path = SitePath::new(&format!("content/plans/{plan}/{lang}.md"))?;
    inputs.read(&path)?.ok().map(str::to_owned)
}

/// If the source has that title: how many characters of it the text repeats, or where they part.
fn proof(source: &[u8], title: &str, markdown: &str) -> Option<Result<usize, import::ImportError>> {
    let import = import::import(source, &Options::default()).ok()?;
    let stated = import.report.metadata.iter().find(|stated| stated.field == "title")?;
    let proved = || import::prove(source, markdown, &import.report).map(|proof| proof.title + proof.written);
    (stated.value == title).then(proved)
}
