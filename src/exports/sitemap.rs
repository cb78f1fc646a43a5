//! Files for web search engines: `sitemap.xml` (sitemaps.org 0.9 with `hreflang`) and `robots.txt` (RFC 9309).

use crate::routes::{self, Page, Route, sitemap};
use crate::site::Site;
use crate::xml::{self, XmlWriter};

/// The sitemap: every page in every language, each with its counterparts. One that is too large for
/// a file is divided, and this is the index of its parts.
pub fn sitemap(site: &Site) -> String {
    match sitemap::parts(site) {
        0 => part(site, 0),
        parts => xml::document(|writer| index(writer, site, parts)),
    }
}

/// A part of the sitemap.
pub fn part(site: &Site, part: usize) -> String {
    let pages = sitemap::listed(site);
    let range = sitemap::part(site, &pages, part);
    xml::document(|writer| write(writer, site, &pages[range]))
}

fn index(writer: &mut XmlWriter, site: &Site, parts: usize) -> std::io::Result<()> {
    let root = writer.create_element("sitemapindex").with_attribute(("xmlns", NAMESPACE));
    root.write_inner_content(|writer| {
        for part in 0..parts {
            let address = routes::absolute(site, &Route::SitemapPart(part));
            writer
                .create_element("sitemap")
                .write_inner_content(|writer| xml::text(writer, "loc", &address))?;
        }
        Ok(())
    })?;
    Ok(())
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn write(writer: &mut XmlWriter, site: &Site, pages: &[Page]) -> std::io::Result<()> {
    let root = writer
        .create_element("urlset")
        .with_attribute(("xmlns", NAMESPACE))
        .with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    root.write_inner_content(|writer| {
        for page in pages {
            for language in &site.settings.languages {
                page_entry(writer, site, &Route::Page(language.code, *page), *page)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn page_entry(writer: &mut XmlWriter, site: &Site, route: &Route, page: Page) -> std::io::Result<()> {
    writer.create_element("url").write_inner_content(|writer| {
        xml::text(writer, "loc", &routes::absolute(site, route))?;
        for language in &site.settings.languages {
            alternate(writer, site, &language.tag, &Route::Page(language.code, page))?;
        }
        alternate(writer, site, "x-default", &routes::default_version(site, page))
    })?;
    Ok(())
}

fn alternate(writer: &mut XmlWriter, site: &Site, tag: &str, to: &Route) -> std::io::Result<()> {
    let link = writer.create_element("xhtml:link").with_attribute(("rel", "alternate"));
    let link = link.with_attribute(("hreflang", tag));
    link.with_attribute(("href", routes::absolute(site, to).as_str())).write_empty()?;
    Ok(())
}

/// Everything may be read; the sitemap is named.
pub fn robots(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", routes::absolute(site, &Route::Sitemap))
}
