//! `gongbao verify`: whether the published site is as it was written, who signed it, and whether
//! the plans say what their sources say. Anything that was not compared is named.

use std::path::{Path, PathBuf};

use super::args::VerifyArgs;
use super::console::counted;
use super::{Exit, build, console};
use crate::base::characters::visible_line;
use crate::base::{Message, SitePath};
use crate::import::{RawTexts, Verdict};
use crate::io::audit::{self, AuditChange};
use crate::io::signature::{self, Signed, Verifier};
use crate::io::sums::{self, Sums};
use crate::io::{Failure, file};
use crate::message;
use crate::pipeline;

/// The folder of a site in which sources are looked for.
const SOURCES: &str = "sources";

/// Runs `gongbao verify`.
pub(super) fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let site = &args.site.site;
    let out = args.out.clone().unwrap_or_else(|| site.join("public"));
    let verifier = args.public_key.as_deref().map(Verifier::read).transpose()?;
    let published = published(&out)?;
    let signed = signed(&out, verifier.as_ref())?;
    let faithful = match sources(args) {
        Some(folder) => faithful(args, &folder)?,
        None => {
            say(&message!(
                "没有核对计划与来源文本：没有 {SOURCES} 文件夹，也没有用 --sources 指明",
                "plans were not compared with sources: there is no folder {SOURCES}, and --sources names none"
            ));
            true
        }
    };
    Ok(if published && signed && faithful { Exit::Done } else { Exit::Content })
}

fn say(message: &Message) {
    console::tell(&format!("{} · {}\n", message.en, message.zh));
}

/// Says something of a file or a plan. Names may be any, those of foreign files too.
fn say_of(name: &str, message: &Message) {
    let name = visible_line(name);
    console::tell(&format!("{name}: {} · {}\n", message.en, message.zh));
}

/// Compares a published site with its account, and says what differs.
fn published(out: &Path) -> Result<bool, Failure> {
    let sums = Sums::read(out)?.ok_or_else(|| no_account(out))?;
    let changes = audit::changes(out, &sums)?;
    for (path, change) in &changes {
        say_of(path, &name(*change));
    }
    let (files, differ) = (sums.0.len(), changes.len());
    let en = format!("{}, {}", counted(files, "file"), counted(differ, "difference"));
    say(&Message { en, zh: format!("{files} 个文件，{differ} 处不同") });
    Ok(changes.is_empty())
}

fn name(change: AuditChange) -> Message {
    match change {
        AuditChange::Altered => message!("被改动", "altered"),
        AuditChange::Missing => message!("缺失", "missing"),
        AuditChange::Foreign => message!("不是 gongbao 写的", "not written by gongbao"),
        AuditChange::ForeignFolder => message!("不是 gongbao 建的文件夹", "a folder not made by gongbao"),
        AuditChange::Link => {
            message!("是链接，而 gongbao 只写文件", "a link, while gongbao writes files only")
        }
        AuditChange::NotAFile => message!("不是普通文件", "not a regular file"),
    }
}

fn no_account(out: &Path) -> Failure {
    let path = out.display();
    Failure::said(message!("{path} 中没有 SHA256SUMS", "there is no SHA256SUMS in {path}")).hint(message!(
        "先运行 gongbao build，或用 --out 指明网站",
        "run gongbao build first, or name the site with --out"
    ))
}

/// Checks the signature of the sums, if a key is named; without one says what the sums leave open.
fn signed(out: &Path, verifier: Option<&Verifier>) -> Result<bool, Failure> {
    let Some(verifier) = verifier else {
        let is_signed = out.join(signature::FILE).exists();
        say(&match is_signed {
            true => message!(
                "{} 表明文件没有损坏，不表明由谁发布；有签名，未核对：用 --public-key 指明公钥",
                "{} shows that no file was damaged, not who published the site; it is signed, which was not \
                 checked: name the key with --public-key",
                sums::FILE
            ),
            false => message!(
                "{} 表明文件没有损坏，不表明由谁发布；没有签名",
                "{} shows that no file was damaged, not who published the site; it is not signed",
                sums::FILE
            ),
        });
        return Ok(true);
    };
    let found = verifier.check(out)?;
    say_of(
        signature::FILE,
        &match &found {
            Signed::By(id, comment) => {
                let comment = comment.replace('\t', " ");
                message!("由密钥 {id} 签名（{comment}）", "signed by the key {id} ({comment})")
            }
            Signed::Unsigned => message!("没有签名", "there is no signature"),
            Signed::Invalid(why) => message!("签名无效：{why}", "the signature is not valid: {why}"),
        },
    );
    Ok(matches!(found, Signed::By(..)))
}

/// The folder of sources: the one that is named, or that of the site if it is there.
fn sources(args: &VerifyArgs) -> Option<PathBuf> {
    args.sources.clone().or_else(|| Some(args.site.site.join(SOURCES)).filter(|folder| folder.is_dir()))
}

/// Proves every plan against its source, and says how that ends.
fn faithful(args: &VerifyArgs, folder: &Path) -> Result<bool, Failure> {
    let inputs = build::inputs(&args.site, None)?;
    let original = pipeline::compile(&inputs).site.settings.original();
    let sources = RawTexts::new(file::folder(folder)?);
    for (name, error) in sources.unreadable() {
        let Message { zh, en } = console::both(error);
        say_of(name, &message!("不能作为来源文本：{zh}", "cannot serve as a source: {en}"));
    }
    let mut used: Vec<&str> = Vec::new();
    let (mut all, mut plans) = (true, 0);
    // The files and not the plans of the site, from which a file with errors may be left out.
    for (path, bytes) in inputs.below("content/plans") {
        let Some(plan) = plan_of(path, original.as_str()) else { continue };
        plans += 1;
        let verdict = sources.prove(&String::from_utf8_lossy(bytes));
        all &= matches!(verdict, Verdict::Proved { .. });
        used.extend(source_of(&verdict));
        say_of(plan, &describe(&verdict));
    }
    for name in sources.names().filter(|name| !used.contains(name)) {
        say_of(name, &message!("没有与之对应的计划", "no plan comes from this source"));
    }
    if plans == 0 {
        say(&message!("没有可核对的计划", "there is no plan to compare"));
    }
    Ok(all && plans > 0)
}

/// The id of a plan, from the path of its original.
fn plan_of<'a>(path: &'a SitePath, original: &str) -> Option<&'a str> {
    let parts: Vec<_> = path.parts().collect();
    match parts[..] {
        [_, _, plan, file] if file.strip_suffix(".md") == Some(original) => Some(plan),
        _ => None,
    }
}

fn source_of<'a>(verdict: &Verdict<'a>) -> Option<&'a str> {
    match verdict {
        Verdict::Proved { source, .. } | Verdict::Differs { source, .. } => Some(source),
        Verdict::Contradicts { source, .. } => Some(source),
        Verdict::Missing { .. } => None,
    }
}

fn describe(verdict: &Verdict<'_>) -> Message {
    match verdict {
        Verdict::Proved { source, characters, unstated } if unstated.is_empty() => message!(
            "与 {source} 一致（{characters} 个字符）",
            "says what {source} says ({characters} characters)"
        ),
        Verdict::Proved { source, characters, unstated } => {
            let keys = unstated.join(", ");
            message!(
                "与 {source} 一致（{characters} 个字符）；其中没有的元数据：{keys}",
                "says what {source} says ({characters} characters); front matter that is not in it: {keys}"
            )
        }
        Verdict::Differs { source, error } => {
            let Message { zh, en } = console::both(error);
            message!("与 {source} 不一致：{zh}", "does not say what {source} says: {en}")
        }
        Verdict::Contradicts { source, key, stated } => message!(
            "元数据 {key} 与 {source} 不一致，其中是“{stated}”",
            "the front matter has another {key} than {source}, which has “{stated}”"
        ),
        Verdict::Missing { nearest: None } => message!("没有来源文本", "there is no source"),
        Verdict::Missing { nearest: Some((source, percent)) } => message!(
            "没有来源文本；最接近的是 {source}（相同 {percent}%）",
            "there is no source; the nearest is {source} ({percent}% alike)"
        ),
    }
}
