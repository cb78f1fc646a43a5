//! Pages of text: the files of each page together, in the order of the navigation.

use std::collections::BTreeMap;
use std::sync::Arc;

use index_vec::IndexVec;

use crate::base::{Code, Diagnostic, Lang};
use crate::message;
use crate::model::BlockKind;
use crate::model::index::PageIndex;
use crate::parse::page::ParsedPage;
use crate::settings::{Language, Settings};
use crate::site::TextPage;

/// The files of pages, by slug and language.
pub type ParsedPages = BTreeMap<String, BTreeMap<Lang, Arc<ParsedPage>>>;

/// Puts the files of each page together. A page without an original is left out.
pub fn resolve(
    parsed: &ParsedPages,
    settings: &Settings,
    faults: &mut Vec<Diagnostic>,
) -> IndexVec<PageIndex, TextPage> {
    let original = settings.original();
    let mut pages = Vec::new();
    for (slug, files) in parsed {
        let Some(own) = files.get(&original) else {
            faults.extend(files.values().map(|file| without_original(file, slug, original)));
            continue;
        };
        let translations = settings.translations();
        faults.extend(
            translations.filter_map(|language| compare(own, files.get(&language.code), slug, language)),
        );
        pages.push((own.meta.order.unwrap_or(i64::MAX), page(slug, files)));
    }
    // Stable, so that pages of one place stay in the order of their slugs.
    pages.sort_by_key(|(order, _)| *order);
    pages.into_iter().map(|(_, page)| page).collect()
}

fn page(slug: &str, files: &BTreeMap<Lang, Arc<ParsedPage>>) -> TextPage {
    let described = files.iter().filter_map(|(lang, file)| Some((*lang, file.meta.description.clone()?)));
    TextPage {
        slug: slug.to_owned(),
        title: files.iter().map(|(lang, file)| (*lang, file.meta.title.clone())).collect(),
        description: described.collect(),
        texts: files.clone(),
    }
}

fn without_original(file: &ParsedPage, slug: &str, original: Lang) -> Diagnostic {
    let title = message!("页面 {slug} 没有原文", "the page `{slug}` has no original");
    Diagnostic::new(Code::TRANSLATION_WITHOUT_ORIGINAL, title)
        .at(&file.path, 0..0)
        .hint(message!("添加 {slug}.{original}.md", "add {slug}.{original}.md"))
}

/// The differences between a page and its translation.
fn compare(
    own: &ParsedPage,
    translation: Option<&Arc<ParsedPage>>,
    slug: &str,
    language: &Language,
) -> Option<Diagnostic> {
    let Language { code, name, .. } = language;
    let Some(translation) = translation else {
        let title = message!("页面 {slug} 没有{name}译文", "the page `{slug}` is not translated into {name}");
        return Some(
            Diagnostic::new(Code::MISSING_TRANSLATION, title)
                .at(&own.path, 0..0)
                .hint(message!("添加 {slug}.{code}.md", "add {slug}.{code}.md")),
        );
    };
    // Anchors follow from the places of headings and lead from one language to the other.
    let (levels, others) = (levels(own), levels(translation));
    if levels == others {
        return None;
    }
    let first =
        levels.iter().zip(&others).position(|(a, b)| a != b).unwrap_or(levels.len().min(others.len()));
    let mut headings = translation.blocks.iter().filter(|block| block.is_heading());
    let place = headings.nth(first).map_or(0..0, |block| block.span.clone());
    let title = message!("标题与原文不对应", "the headings are not those of the original");
    Some(Diagnostic::new(Code::MISALIGNED, title).at(&translation.path, place).hint(message!(
        "两种语言的标题，数目和级别应当相同",
        "both languages have the same number of headings, of the same levels"
    )))
}

fn levels(page: &ParsedPage) -> Vec<u8> {
    let level = |kind: &BlockKind| match kind {
        BlockKind::Heading { level } => Some(*level),
        _ => None,
    };
    page.blocks.iter().filter_map(|block| level(&block.kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SitePath;
    use crate::parse::page;

    fn check(files: &[(&str, &str)], slugs: &[&str], codes: &[&str]) {
        let settings = Settings::default();
        let mut parsed = ParsedPages::new();
        for (file, text) in files {
            let path = SitePath::new(&format!("content/pages/{file}")).expect("a path");
            let (slug, lang) = page::name(&path, &settings.languages).expect("a page");
            let text = format!("+++\ntitle = \"t\"\n{text}");
            let read = page::parse(&path, &text, lang == settings.original());
            assert_eq!(read.diagnostics, []);
            parsed.entry(slug).or_default().insert(lang, Arc::new(read));
        }
        let mut faults = Vec::new();
        let pages = resolve(&parsed, &settings, &mut faults);
        assert_eq!(pages.iter().map(|page| page.slug.as_str()).collect::<Vec<_>>(), slugs);
        assert_eq!(faults.iter().map(|fault| fault.code.name()).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn pages_come_in_their_order() {
        let files = [
            ("b.zh.md", "+++\n"),
            ("b.en.md", "+++\n"),
            ("a.zh.md", "+++\n"),
            ("a.en.md", "+++\n"),
            ("c.zh.md", "order = 1\n+++\n[甲](a.zh.md#s-1)\n"),
            ("c.en.md", "+++\n[A](a.en.md)\n"),
        ];
        check(&files, &["c", "a", "b"], &[]);
    }

    #[test]
    fn what_is_missing_or_does_not_fit_is_said() {
        check(&[("a.zh.md", "+++\n")], &["a"], &["missing-translation"]);
        check(&[("a.en.md", "+++\n")], &[], &["translation-without-original"]);
        check(&[("a.zh.md", "+++\n## 甲\n"), ("a.en.md", "+++\n### A\n")], &["a"], &["misaligned"]);
    }
}
