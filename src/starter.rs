//! The starter: the sample site that `gongbao new` writes, and warnings for what is left of it in a site
//! with plans of its own.

use crate::base::fields::At;
use crate::base::{Code, Diagnostic, Message, SitePath, Span};
use crate::inputs::Inputs;
use crate::message;
use crate::model::PlanId;

macro_rules! starter {
    ($($from:literal => $to:literal)*) => {
        /// The path of each file in a new site, and its contents; they are in `starter/` of the repository.
        pub const FILES: &[(&str, &str)] = &[$(($to, include_str!(concat!("../starter/", $from)))),*];
        #[cfg(test)]
        const SOURCES: &[&str] = &[$($from),*];
    };
}

starter! {
    "README.md" => "README.md"
    "config.toml" => "config.toml"
    "content/glossary.toml" => "content/glossary.toml"
    "content/instruments.toml" => "content/instruments.toml"
    "content/pages/about.en.md" => "content/pages/about.en.md"
    "content/pages/about.zh.md" => "content/pages/about.zh.md"
    "content/plans/example-2026/en.md" => "content/plans/example-2026/en.md"
    "content/plans/example-2026/zh.md" => "content/plans/example-2026/zh.md"
    "content/topics.toml" => "content/topics.toml"
    "content/translations.lock" => "content/translations.lock"
    // Under its own name it would apply to the repository.
    "gitignore" => ".gitignore"
}

/// The sample plan, by the folder it is in and by its title.
const PLAN: &str = "example-2026";
const PLAN_TITLE: &str = "2026年示例市公共阅读服务工作方案（示例）";

/// The first line of the starter's `config.toml`.
const CONFIG_HEAD: &str = "#:schema schemas/config.schema.json\n";

const ADDRESS: &str = "\"https://example.org/\"";

/// The sample texts of other files: the file or folder, and the text as it is written there. The entries of
/// catalogues are not among them: nothing is published of an instrument or term that no plan contains.
const TEXTS: &[(&str, &str)] = &[
    ("config.toml", ADDRESS),
    ("config.toml", "\"示例市政策计划\""),
    ("config.toml", "\"Policy Plans of Example City\""),
    ("config.toml", "\"gongbao 的示例网站：其中的计划是虚构的，请换成您自己的内容。\""),
    (
        "config.toml",
        "\"A sample site made with gongbao: the plan in it is invented; replace it with your own.\"",
    ),
    ("content/pages", "本页是说明页的示例。"),
    ("content/pages", "This is a sample of a page of text."),
];

/// The original of a plan: its id, its file and its title.
pub struct PlanHead<'a> {
    /// The id.
    pub id: &'a PlanId,
    /// The file of the original.
    pub path: SitePath,
    /// The title.
    pub title: &'a At<String>,
}

/// A warning for each part of the sample that is left, if one of the plans is not that of the sample.
///
/// `example.org` is reported only where `config.toml` begins as the starter's does: examples that are
/// written by hand use that address too.
pub fn leftovers(inputs: &Inputs, plans: &[PlanHead<'_>]) -> Vec<Diagnostic> {
    if plans.iter().all(|plan| plan.title.value == PLAN_TITLE) {
        return Vec::new();
    }
    let mut found: Vec<_> = plans.iter().filter_map(of_plan).collect();
    for (path, bytes) in &inputs.files {
        let is_there = |(place, _): &&(&str, &str)| {
            let rest = path.as_str().strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let samples: Vec<_> = TEXTS.iter().filter(is_there).collect();
        // A file that is not text is reported where it is parsed.
        let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| !samples.is_empty()) else { continue };
        let is_sample = |sample: &str| sample != ADDRESS || text.starts_with(CONFIG_HEAD);
        let samples = samples.iter().filter(|(_, sample)| is_sample(sample));
        found.extend(samples.filter_map(|(_, sample)| Some(left(path, place(text, sample)?, sample))));
    }
    found
}

/// The first place of a text outside comments.
fn place(text: &str, sample: &str) -> Option<Span> {
    let is_comment = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        text[line..at].trim_start().starts_with('#')
    };
    let at = text.match_indices(sample).map(|(at, _)| at).find(|at| !is_comment(*at))?;
    Some(at..at + sample.len())
}

fn left(path: &SitePath, place: Span, sample: &str) -> Diagnostic {
    let title = message!("这里还是示例中的文字", "this is still a text of the sample");
    warning(path, place, title).hint(advice(path, sample))
}

fn advice(path: &SitePath, sample: &str) -> Message {
    if sample == ADDRESS {
        return message!("写网站发布后的网址", "write the address at which the site will be published");
    }
    match path.as_str() {
        "config.toml" => message!("换成您的网站的名称和介绍", "write the name and description of your site"),
        _ => message!(
            "写上您的网站的内容，或删去这一页",
            "write what your site has to say, or delete the page"
        ),
    }
}

fn of_plan(plan: &PlanHead<'_>) -> Option<Diagnostic> {
    let PlanHead { id, path, title } = plan;
    let place = title.span.clone();
    if title.value == PLAN_TITLE {
        let title = message!("{id} 是示例计划", "{id} is the sample plan");
        return Some(warning(path, place, title).hint(message!(
            "删去文件夹 content/plans/{id}，以及目录中只与它有关的条目",
            "delete the folder content/plans/{id}, and the entries of catalogues that only it needs"
        )));
    }
    (id.as_str() == PLAN).then(|| {
        let title = message!("{id} 是示例计划的编号", "{id} is the id of the sample plan");
        warning(path, place, title).hint(message!(
            "编号会成为网址：给文件夹 content/plans/{id} 换一个名称",
            "the id becomes part of URLs: rename the folder content/plans/{id}"
        ))
    })
}

fn warning(path: &SitePath, place: Span, title: Message) -> Diagnostic {
    Diagnostic::new(Code::SAMPLE_CONTENT, title).at(path, place)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_starter_is_in_the_binary() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
        let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        assert_eq!(found, SOURCES);
    }

    #[test]
    fn sample_texts_are_those_of_the_starter() {
        let contains = |place: &str, text: &str| {
            FILES.iter().any(|(file, whole)| file.starts_with(place) && whole.contains(text))
        };
        for (place, text) in TEXTS {
            assert!(contains(place, text), "{place}: {text}");
        }
        assert!(contains(&format!("content/plans/{PLAN}/zh.md"), &format!("title = \"{PLAN_TITLE}\"")));
        assert!(FILES.iter().any(|(file, text)| *file == "config.toml" && text.starts_with(CONFIG_HEAD)));
    }
}
