//! One file of `content/pages/` → a page of text: a guide, what the site is, whom to ask.

use crate::base::fields::Fields;
use crate::base::{Code, Diagnostic, Lang, SitePath, characters};
use crate::message;
use crate::model::id::is_slug;
use crate::model::{Block, BlockKind};
use crate::parse::markdown::Genre;
use crate::parse::{front_matter, lookalike, markdown, slips};
use crate::settings::Language;

/// Where pages are kept: `content/pages/<slug>.<language>.md`.
pub const FOLDER: &str = "content/pages";

/// A page in one language, as written.
#[derive(Clone, Debug)]
pub struct ParsedPage {
    /// The file it was read from.
    pub path: SitePath,
    /// Its front matter.
    pub meta: PageMeta,
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
    /// The diagnostics of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// The front matter of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMeta {
    /// Its title.
    pub title: String,
    /// The page in one sentence.
    pub description: Option<String>,
    /// Its place in the navigation; pages without one follow, by their slugs. Said by the original only.
    pub order: Option<i64>,
}

/// The slug and language that the path of a page names.
pub fn name(path: &SitePath, languages: &[Language]) -> Option<(String, Lang)> {
    let file = path.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?;
    let (slug, code) = file.strip_suffix(".md")?.rsplit_once('.')?;
    let language = languages.iter().find(|language| language.code.as_str() == code)?;
    is_slug(slug).then(|| (slug.to_owned(), language.code))
}

/// A diagnostic for a file whose name is not that of a page.
pub fn bad_name(path: &SitePath, languages: &[Language]) -> Diagnostic {
    let endings: Vec<_> = languages.iter().map(|language| format!(".{}.md", language.code)).collect();
    let endings = endings.join(", ");
    let title = message!("{path} 不是页面的文件", "{path} is not a file of a page");
    Diagnostic::new(Code::BAD_FILE_NAME, title).at(path, 0..0).hint(message!(
        "页面的文件直接放在 content/pages/ 下，名称用小写字母、数字和连字符，以 {endings} 结尾",
        "the files of pages are in content/pages/ itself; their names are made of lower-case letters, digits and hyphens and end in {endings}"
    ))
}

/// Reads a page. Only the original says where the page is among the others.
pub fn parse(path: &SitePath, text: &str, original: bool) -> ParsedPage {
    let (meta, body, mut diagnostics) = front_matter::read_with(path, text, |f| meta(f, original));
    let (blocks, faults) = markdown::parse(path, text, body, Genre::Page);
    diagnostics.extend(faults);
    diagnostics.extend(characters::check(path, text));
    diagnostics.extend(lookalike::check_page(path, text, &blocks));
    diagnostics.extend(slips::conflicts(path, text, Some(&blocks)));
    let titles = blocks.iter().filter(|block| block.kind == BlockKind::Heading { level: 1 });
    diagnostics.extend(titles.map(|block| second_title(path, block)));
    ParsedPage { path: path.clone(), meta, blocks, diagnostics }
}

fn meta(fields: &mut Fields<'_>, original: bool) -> PageMeta {
    PageMeta {
        title: fields.required_text("title").map(|title| title.value).unwrap_or_default(),
        description: fields.text("description").map(|text| text.value),
        order: if original { fields.number("order").map(|number| number.value) } else { None },
    }
}

fn second_title(path: &SitePath, block: &Block) -> Diagnostic {
    let title = message!("页面的标题写在前置元数据中", "the title of a page is in its front matter");
    Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title)
        .at(path, block.span.clone())
        .hint(message!("正文的标题从两个 # 开始", "headings in the text begin with two #"))
}

impl ParsedPage {
    /// For each block its anchor if it is a heading: `s-2-1`, by its place among the
    /// headings, so that it is the same in every language.
    pub fn anchors(&self) -> Vec<Option<String>> {
        let mut numbers: Vec<u32> = Vec::new();
        let anchor = |block: &Block| {
            let BlockKind::Heading { level } = block.kind else { return None };
            numbers.resize(usize::from(level.max(2)) - 1, 0);
            *numbers.last_mut().expect("a heading has a level") += 1;
            Some(numbers.iter().fold("s".to_owned(), |id, number| format!("{id}-{number}")))
        };
        self.blocks.iter().map(anchor).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn check(text: &str, original: bool, codes: &[&str]) -> ParsedPage {
        let page = parse(&SitePath::new("content/pages/guide.zh.md").unwrap(), text, original);
        assert_eq!(page.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(), codes, "{text}");
        page
    }

    #[test]
    fn a_page_has_a_title_and_anchors_by_place() {
        let text =
            "+++\ntitle = \"指南\"\norder = 2\n+++\n\n## 一\n\n### 甲\n\n### 乙\n\n正文\n\n## 二\n\n### 丙\n";
        let page = check(text, true, &[]);
        assert_eq!((page.meta.title.as_str(), page.meta.order), ("指南", Some(2)));
        let anchors: Vec<_> = page.anchors().into_iter().flatten().collect();
        assert_eq!(anchors, ["s-1", "s-1-1", "s-1-2", "s-2", "s-2-1"]);
    }

    #[test]
    fn faults_of_pages() {
        check("正文\n", true, &["missing-front-matter"]);
        check("+++\n+++\n", true, &["missing-key"]);
        check("+++\ntitle = \"x\"\norder = 1\n+++\n", false, &["unknown-key"]);
        check("+++\ntitle = \"x\"\n+++\n\nhidden \u{202e} characters\n", true, &["control-character"]);
        check(
            "+++\ntitle = \"x\"\n+++\n\n# 标题\n\n<b>x</b>\n",
            true,
            &["raw-html", "raw-html", "unsupported-markdown"],
        );
    }

    #[test]
    fn names_of_pages() {
        let languages = Settings::default().languages;
        let check = |path: &str| {
            let name = name(&SitePath::new(path).unwrap(), &languages);
            name.map(|(slug, lang)| format!("{slug} {lang}"))
        };
        assert_eq!(check("content/pages/editor-guide.en.md").as_deref(), Some("editor-guide en"));
        for bad in ["editor-guide.md", "Guide.en.md", "a/guide.en.md", "guide.fr.md", "guide.en.txt"] {
            assert_eq!(check(&format!("content/pages/{bad}")), None, "{bad}");
        }
    }
}
