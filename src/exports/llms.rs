//! `/llms.txt`: the way round the site for language models, in the form of llmstxt.org.

use crate::html::markdown;
use crate::routes::{self, DataFile, Page, Route};
use crate::settings::Language;
use crate::views::context::PageContext;
use crate::views::plan;
use crate::views::shared::SiteContext;
use crate::views::strings;

/// The file: the site in the original's language, then for each language its
/// plans as Markdown, then the data.
pub fn llms(shared: &SiteContext<'_>) -> String {
    let site = shared.site;
    let route = Route::Llms;
    let original = PageContext::new(shared, &route, site.settings.original());
    let title = original.localized(&site.settings.title).text;
    let mut text = format!("# {}\n\n", inline(&title));
    for language in &site.settings.languages {
        let description = site.settings.description.get(&language.code);
        text.extend(description.map(|description| format!("> {}\n", inline(description))));
    }
    for language in &site.settings.languages {
        text.push_str(&of_language(&PageContext::new(shared, &route, language.code), language));
    }
    text.push_str(&format!("\n## {}\n\n", inline(&original.say(strings::data_title()))));
    for file in DataFile::ALL {
        text.push_str(&entry(file.name(), &routes::absolute(site, &Route::Data(file)), ""));
    }
    text
}

fn of_language(reader: &PageContext<'_>, language: &Language) -> String {
    let site = reader.site;
    let markdown = |page| routes::absolute(site, &Route::Markdown(reader.lang, page));
    let mut text = format!("\n## {}\n\n", inline(&language.name));
    for (index, plan) in site.plans.iter_enumerated() {
        let about = plan::description(reader, plan);
        text.push_str(&entry(&reader.plan_title(plan).text, &markdown(Page::Plan(index)), &about));
    }
    for (index, page) in site.pages.iter_enumerated() {
        let about = reader.localized(&page.description).text;
        text.push_str(&entry(&reader.localized(&page.title).text, &markdown(Page::Text(index)), &about));
    }
    for (name, page) in [
        (strings::nav_tasks(), Page::Tasks),
        (strings::nav_timeline(), Page::Timeline),
        (strings::nav_instruments(), Page::Instruments),
    ] {
        text.push_str(&entry(&reader.say(name), &markdown(page), ""));
    }
    text
}

/// A text within a line. Brackets are references, since readers of this format take links by the pattern
/// `[…](…)` and know no backslashes.
fn inline(text: &str) -> String {
    markdown::inline(text).replace("\\[", "&#91;").replace("\\]", "&#93;")
}

fn entry(title: &str, address: &str, about: &str) -> String {
    let colon = if about.is_empty() { "" } else { ": " };
    format!("- [{}]({address}){colon}{}\n", inline(title), inline(about))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::*;

    const ADDRESS: &str = "https://example.org/zh/";

    /// The file has one heading, and one item whose link leads to its address and says its title.
    fn check(title: &str, about: &str) {
        let file = format!("# {}\n\n{}", inline(title), entry(title, ADDRESS, about));
        let (mut items, mut headings, mut links, mut said) = (0, 0, Vec::new(), String::new());
        let mut inside = false;
        for event in Parser::new(&file) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    inside = true;
                    links.push(dest_url.into_string());
                }
                Event::End(TagEnd::Link) => inside = false,
                Event::Start(Tag::Item) => items += 1,
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Start(Tag::Paragraph | Tag::List(_)) | Event::End(_) => {}
                Event::Text(text) if inside => said.push_str(&text),
                Event::Text(_) => {}
                other => panic!("{other:?} in {file:?}"),
            }
        }
        assert_eq!((headings, items, links.as_slice()), (1, 1, &[ADDRESS.to_owned()][..]), "{file:?}");
        let squeezed: Vec<_> = title.split_ascii_whitespace().collect();
        assert_eq!(said.replace('\u{fffd}', "\0"), squeezed.join(" ").replace('\u{fffd}', "\0"), "{file:?}");
    }

    #[test]
    fn marks_are_text() {
        for text in [
            "甲](https://www.example.net) [乙",
            "a\n- b\n\n# c",
            "`a` *b* <c> ![d](e) &amp; \\",
            "1. a",
            "# a",
            "---",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn any_title_makes_one_entry(title in "[a甲 \\n#*_`<>!&\\[\\]()\\\\|~:=+.0-9-]{1,30}", about in ".{0,30}") {
            check(&format!("甲{title}甲"), &about);
        }
    }
}
