//! `/llms.txt`: the way round the site for language models, in the form of llmstxt.org.

use super::Renderer;
use super::views::plan;
use super::views::reader::Reader;
use crate::routes::{self, DataFile, Page, Route};
use crate::settings::Language;

/// The file: the site in the original's language, then for each language its
/// plans as Markdown, then the data.
pub fn llms(renderer: &Renderer<'_>) -> String {
    let site = renderer.site;
    let route = Route::Llms;
    let original = Reader::new(renderer, &route, site.settings.original());
    let title = original.localized(&site.settings.title).text;
    let mut text = format!("# {title}\n\n");
    for language in &site.settings.languages {
        let description = site.settings.description.get(&language.code);
        text.extend(description.map(|description| format!("> {description}\n")));
    }
    for language in &site.settings.languages {
        text.push_str(&of_language(&Reader::new(renderer, &route, language.code), language));
    }
    text.push_str(&format!("\n## {}\n\n", original.say("data-title")));
    for file in DataFile::ALL {
        text.push_str(&entry(file.name(), &routes::absolute(site, &Route::Data(file)), ""));
    }
    text
}

fn of_language(reader: &Reader<'_>, language: &Language) -> String {
    let site = reader.site;
    let twin = |page| routes::absolute(site, &Route::Twin(reader.lang, page));
    let mut text = format!("\n## {}\n\n", language.name);
    for (index, plan) in site.plans.iter().enumerate() {
        let about = plan::description(reader, plan);
        text.push_str(&entry(&reader.plan_title(plan).text, &twin(Page::Plan(index)), &about));
    }
    for (index, page) in site.pages.iter().enumerate() {
        let about = reader.localized(&page.description).text;
        text.push_str(&entry(&reader.localized(&page.title).text, &twin(Page::Text(index)), &about));
    }
    for (name, page) in
        [("nav-tasks", Page::Tasks), ("nav-timeline", Page::Timeline), ("nav-instruments", Page::Instruments)]
    {
        text.push_str(&entry(&reader.say(name), &twin(page), ""));
    }
    text
}

fn entry(title: &str, address: &str, about: &str) -> String {
    let colon = if about.is_empty() { "" } else { ": " };
    format!("- [{title}]({address}){colon}{about}\n")
}
