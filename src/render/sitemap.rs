//! What search engines ask for first: `sitemap.xml` (sitemaps.org 0.9 with `hreflang`) and `robots.txt` (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::resolve::Site;
use crate::routes::{self, Page, Route};

/// The sitemap: every page in every language, each with its counterparts.
pub fn sitemap(site: &Site) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    write(&mut writer, site).expect("writing to memory does not fail");
    let mut text = String::from_utf8(writer.into_inner()).expect("what was written is text");
    text.push('\n');
    text
}

fn write(writer: &mut Writer<Vec<u8>>, site: &Site) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer
        .create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    root.write_inner_content(|writer| {
        for page in routes::pages(site).into_iter().filter(|page| *page != Page::NotFound) {
            for language in &site.settings.languages {
                page_entry(writer, site, &Route::Page(language.code, page), page)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn page_entry(writer: &mut Writer<Vec<u8>>, site: &Site, route: &Route, page: Page) -> std::io::Result<()> {
    writer.create_element("url").write_inner_content(|writer| {
        let address = routes::absolute(site, route);
        writer.create_element("loc").write_text_content(BytesText::new(&address))?;
        for language in &site.settings.languages {
            alternate(writer, site, &language.tag, &Route::Page(language.code, page))?;
        }
        alternate(writer, site, "x-default", &routes::default_version(site, page))
    })?;
    Ok(())
}

fn alternate(writer: &mut Writer<Vec<u8>>, site: &Site, tag: &str, to: &Route) -> std::io::Result<()> {
    let link = writer.create_element("xhtml:link").with_attribute(("rel", "alternate"));
    let link = link.with_attribute(("hreflang", tag));
    link.with_attribute(("href", routes::absolute(site, to).as_str())).write_empty()?;
    Ok(())
}

/// Everything may be read; the sitemap is named.
pub fn robots(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", routes::absolute(site, &Route::Sitemap))
}
