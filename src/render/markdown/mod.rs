//! The Markdown twin of a page: its main part, as a reader sees it before any switch is used.

mod emptied;

use std::borrow::Cow;
use std::sync::LazyLock;

use emptied::emptied;
use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

/// What has no place in a text: pictures, controls and the ways around the page.
const LEFT_OUT: [&str; 10] =
    ["nav", "form", "fieldset", "button", "input", "label", "figure", "script", "style", "output"];

/// Stands for a space that the converter would trim, being at the end of a block.
const GAP: &str = "\u{e000}";

/// The main part of an HTML page as Markdown. Of two languages side by side it
/// keeps the one that the page shows first: the original if `original`, else
/// the translation.
pub fn twin(html: &str, original: bool) -> String {
    static OF_ORIGINALS: LazyLock<HtmlToMarkdown> = LazyLock::new(|| converter(HIDDEN[0]));
    static OF_TRANSLATIONS: LazyLock<HtmlToMarkdown> = LazyLock::new(|| converter(HIDDEN[1]));
    match original {
        true => convert(&OF_ORIGINALS, &emptied(main(html), HIDDEN[0])),
        false => convert(&OF_TRANSLATIONS, &emptied(main(html), HIDDEN[1])),
    }
}

/// The class of what is hidden on pages in the language of the originals, and on others.
const HIDDEN: [&str; 2] = ["translation", "original"];

fn converter(hidden: &'static str) -> HtmlToMarkdown {
    HtmlToMarkdown::builder()
        .options(Options {
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .skip_tags(LEFT_OUT.into())
        .add_handler(vec!["div", "span", "p"], move |handlers: &dyn Handlers, element: Element<'_>| {
            visible(handlers, element, hidden)
        })
        .add_handler(vec!["dt"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(format!("\n\n- **{}**{GAP}", words(handlers, &element)).into())
        })
        .add_handler(vec!["dd"], |handlers: &dyn Handlers, element: Element<'_>| {
            Some(format!("{}\n\n", words(handlers, &element)).into())
        })
        .build()
}

fn convert(converter: &HtmlToMarkdown, html: &str) -> String {
    let text = converter.convert(html).expect("reading from memory does not fail");
    let mut lines = String::with_capacity(text.len() + 1);
    for line in text.lines() {
        let line = if line.contains(GAP) { Cow::Owned(line.replace(GAP, " ")) } else { line.into() };
        lines.push_str(&compact(&line));
        lines.push('\n');
    }
    lines
}

/// What stands in an element, in one line.
fn words(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    handlers.walk_children(element.node).content.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The row of a table without the spaces that line its cells up; any other line as it is.
fn compact(line: &str) -> Cow<'_, str> {
    if !line.starts_with("| ") {
        return line.into();
    }
    let cells = line.split('|').map(|cell| match cell.trim() {
        rule if rule.len() > 3 && rule.bytes().all(|b| b == b'-') => "---",
        text => text,
    });
    cells.collect::<Vec<_>>().join(" | ").trim().to_owned().into()
}

/// The element of that name; a page has one.
fn main(html: &str) -> &str {
    let from = html.find("<main").unwrap_or(0);
    let to = html.find("</main>").unwrap_or(html.len());
    &html[from..to]
}

/// An element, unless it is for eyes or for the other language only.
fn visible(handlers: &dyn Handlers, element: Element<'_>, hidden: &str) -> Option<HandlerResult> {
    let class = element.attrs.iter().find(|attribute| &*attribute.name.local == "class");
    if class.is_some_and(|class| is_hidden(&class.value, hidden)) {
        return None;
    }
    handlers.fallback(element)
}

/// Whether these classes are those of what is for eyes or for the other language only.
fn is_hidden(classes: &str, hidden: &str) -> bool {
    let has = |class: &str| classes.split_whitespace().any(|other| other == class);
    has("same") || (has("text") && has(hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(twin(&format!("<body>x<main>{html}</main></body>"), true), format!("{expected}\n"));
    }

    #[test]
    fn the_page_shows_one_language_first() {
        check(
            "<div class=\"block\"><div class=\"text original\"><p>甲</p></div><div class=\"text translation\"><p>A</p></div></div>",
            "甲",
        );
    }

    #[test]
    fn facts_and_links_stay_and_controls_go() {
        check("<nav>x</nav><h1>甲</h1><p><a href=\"../b/\">乙</a></p>", "# 甲\n\n[乙](../b/)");
        check(
            "<table><tr><th>甲</th><th>乙乙乙乙</th></tr><tr><td>丙丙丙丙丙</td><td>丁</td></tr></table>",
            "| 甲 | 乙乙乙乙 |\n| --- | --- |\n| 丙丙丙丙丙 | 丁 |",
        );
        check("<dl><div><dt>来源</dt><dd>丙</dd></div></dl><form>x</form>", "- **来源** 丙");
    }
}
