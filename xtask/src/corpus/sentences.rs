//! The sentences and headings of the real plans, in both languages.

use std::fs;
use std::io;
use std::path::Path;

/// A text in both languages.
#[derive(Clone)]
pub(super) struct Both {
    pub(super) zh: String,
    pub(super) en: String,
}

/// Sentences to combine.
pub(super) struct Sentences {
    sentences: Vec<Both>,
    titles: Vec<Both>,
}

impl Sentences {
    /// Reads the plans in a folder, in order of their names.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let mut plans: Vec<_> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        plans.sort();
        let mut read = Self { sentences: Vec::new(), titles: Vec::new() };
        for plan in plans {
            let (zh, en) = (fs::read_to_string(plan.join("zh.md"))?, fs::read_to_string(plan.join("en.md"))?);
            read.add(&zh, &en);
        }
        Ok(read)
    }

    fn add(&mut self, zh: &str, en: &str) {
        for (zh, en) in blocks(zh).zip(blocks(en)) {
            match (zh.strip_prefix("#### "), en.strip_prefix("#### ")) {
                (Some(zh), Some(en)) => self.titles.extend(title(zh, en)),
                _ if zh.starts_with('#') => {}
                _ => self.sentences.extend(pairs(zh, en).into_iter().filter(stands_alone)),
            }
        }
    }

    /// A sentence by a number drawn.
    pub(super) fn one(&self, drawn: usize) -> &Both {
        &self.sentences[drawn % self.sentences.len()]
    }

    /// The title of a task by a number drawn.
    pub(super) fn title(&self, drawn: usize) -> &Both {
        &self.titles[drawn % self.titles.len()]
    }
}

/// The blocks below the front matter.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let body = text.splitn(3, "+++\n").nth(2).unwrap_or_default();
    body.split("\n\n").map(str::trim).filter(|block| !block.is_empty())
}

fn title(zh: &str, en: &str) -> Option<Both> {
    Some(Both { zh: zh.split_once(". ")?.1.to_owned(), en: en.split_once(". ")?.1.to_owned() })
}

/// The sentences of a block, or all of it where the languages divide it differently.
fn pairs(zh: &str, en: &str) -> Vec<Both> {
    let (zh, en) = (plain(zh, "（"), plain(en, " ("));
    let (chinese, english): (Vec<&str>, Vec<&str>) =
        (zh.split_inclusive('。').collect(), en.split(". ").collect());
    if chinese.len() != english.len() {
        return vec![Both { zh: zh.to_owned(), en: en.to_owned() }];
    }
    let both = |(zh, en): (&str, &str)| {
        let en = en.trim();
        let stop = if en.ends_with('.') { "" } else { "." };
        Both { zh: zh.to_owned(), en: format!("{en}{stop}") }
    };
    chinese.into_iter().zip(english).map(both).collect()
}

/// A block without its number and without the parenthesis at its end.
fn plain<'a>(block: &'a str, open: &str) -> &'a str {
    let body = match block.split_once(". ") {
        Some((number, body)) if number.bytes().all(|byte| byte.is_ascii_digit()) => body,
        _ => block,
    };
    match body.ends_with(['）', ')']) {
        true => body.rfind(open).map_or(body, |at| &body[..at]),
        false => body,
    }
}

/// Whether a sentence is one, is understood without its plan, and promises nothing about time.
fn stands_alone(both: &Both) -> bool {
    let in_short = |title: &str| title.split('》').next().is_some_and(|title| title.chars().count() < 6);
    let Both { zh, en } = both;
    zh.ends_with('。')
        && zh.chars().count() > 12
        && !["以下简称", "（", "前完成"].iter().any(|word| zh.contains(word))
        && !zh.split('《').skip(1).any(in_short)
        && !en.contains("hereinafter")
}
