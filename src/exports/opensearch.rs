//! How browsers add the search of the site to their own: OpenSearch 1.1.

use crate::routes::{self, Page, Route};
use crate::views::context::PageContext;
use crate::views::strings;
use crate::xml::{self, XmlWriter};

/// The longest short name that the format allows, in characters.
const SHORT_NAME: usize = 16;

/// The description of the search in the reader's language.
pub fn description(reader: &PageContext<'_>) -> String {
    xml::document(|writer| write(writer, reader))
}

fn write(writer: &mut XmlWriter, reader: &PageContext<'_>) -> std::io::Result<()> {
    let title = reader.localized(&reader.site.settings.title).text;
    let short: String = title.chars().take(SHORT_NAME).collect();
    let search = routes::absolute(reader.site, &Route::Page(reader.lang, Page::Search));
    let root = writer.create_element("OpenSearchDescription");
    let root = root.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
    root.write_inner_content(|writer| {
        for (name, text) in [
            ("ShortName", short.trim()),
            ("LongName", &title),
            ("Description", &reader.say(strings::search_description())),
            ("Language", &reader.language.tag),
            ("InputEncoding", "UTF-8"),
        ] {
            xml::text(writer, name, text)?;
        }
        let url = writer.create_element("Url").with_attribute(("type", "text/html"));
        let template = format!("{search}?q={{searchTerms}}");
        url.with_attribute(("template", template.as_str())).write_empty()?;
        Ok(())
    })?;
    Ok(())
}
