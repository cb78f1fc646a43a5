//! Advice on a link that leads nowhere: how to write the one that was probably meant.

use super::{Judge, LinkedText};
use crate::base::Message;
use crate::links::{decoded, normalised};
use crate::message;

impl Judge<'_> {
    /// How a link is written to what the dead one names, or to anything if it names nothing known.
    pub(super) fn advice(&self, text: &LinkedText<'_>, written: &str) -> Message {
        let decoded = decoded(written);
        let end = decoded.find(['?', '#']).unwrap_or(decoded.len());
        let names: Vec<&str> =
            decoded[..end].split('/').filter(|name| !matches!(*name, "" | "." | "..")).collect();
        let of_plan = || names.iter().rev().find_map(|name| self.plan(text, name));
        let of_page = || self.page(text, names.last()?);
        let of_file = || self.attachment(text, names.last()?);
        of_file().or_else(of_plan).or_else(of_page).unwrap_or_else(|| general(text))
    }

    fn plan(&self, text: &LinkedText<'_>, name: &str) -> Option<Message> {
        self.site.plan(name)?;
        let (page, file) = (up(&text.page, 1), up(text.file.as_str(), 1));
        let lang = text.lang;
        Some(message!(
            "计划 {name} 的链接写作 {page}plans/{name}/，或写它的文件 {file}plans/{name}/{lang}.md",
            "link to the plan {name} as {page}plans/{name}/, or name its file: {file}plans/{name}/{lang}.md"
        ))
    }

    fn page(&self, text: &LinkedText<'_>, name: &str) -> Option<Message> {
        let slug = name.split('.').next()?;
        self.site.pages.iter().find(|page| page.slug == slug)?;
        let (file, lang) = (up(text.file.as_str(), 1), text.lang);
        Some(message!(
            "页面 {slug} 的链接写作 {file}pages/{slug}.{lang}.md",
            "link to the page {slug} as {file}pages/{slug}.{lang}.md"
        ))
    }

    /// The file of `static/` that has the same name in another folder.
    fn attachment(&self, text: &LinkedText<'_>, name: &str) -> Option<Message> {
        let name = normalised(name).to_lowercase();
        let same = |path: &str| path.rsplit('/').next().is_some_and(|last| last.to_lowercase() == name);
        let (_, path) = self.files().iter().find(|(path, _)| same(path))?;
        let file = up(text.file.as_str(), 0);
        Some(message!(
            "文件 static/{path} 的链接写作 {file}static/{path}",
            "link to the file static/{path} as {file}static/{path}"
        ))
    }
}

fn general(text: &LinkedText<'_>) -> Message {
    let (content, root) = (up(text.file.as_str(), 1), up(text.file.as_str(), 0));
    let lang = text.lang;
    message!(
        "写目标的文件：计划如 {content}plans/2025/{lang}.md，页面如 {content}pages/about.{lang}.md，附件放进 static/ 后如 {root}static/附件1.pdf；站外网址以 https:// 开头",
        "name the file it leads to: a plan as {content}plans/2025/{lang}.md, a page as {content}pages/about.{lang}.md, an attachment in static/ as {root}static/report.pdf; addresses of other sites begin with https://"
    )
}

/// The way from the folder of a file up to the folder that is `depth` folders below the root.
fn up(path: &str, depth: usize) -> String {
    "../".repeat(path.matches('/').count().saturating_sub(depth))
}
