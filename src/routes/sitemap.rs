//! How the sitemap is divided: sitemaps.org allows 50,000 addresses and 50 MB in a file.

use std::ops::Range;

use super::{Page, page_url, pages};
use crate::site::Site;

/// How many addresses a file may have.
const ADDRESSES: usize = 50_000;
/// How many bytes a file may have, uncompressed, with some room for its frame.
const BYTES: usize = 50 * 1024 * 1024 - 4096;
/// The bytes around the address in one of the elements of an entry, without the tag of the language.
const ELEMENT: usize = 64;

/// The pages that sitemaps list.
pub fn listed(site: &Site) -> Vec<Page> {
    pages(site).into_iter().filter(|page| *page != Page::NotFound).collect()
}

/// How many parts there are beside `sitemap.xml`, which is then their index; none for a sitemap
/// that fits into one file.
pub fn parts(site: &Site) -> usize {
    let pages = listed(site);
    match pages.len().div_ceil(per_part(site, &pages)) {
        0 | 1 => 0,
        parts => parts,
    }
}

/// The pages of a part, among those listed.
pub fn part(site: &Site, pages: &[Page], part: usize) -> Range<usize> {
    let size = per_part(site, pages);
    (part * size).min(pages.len())..((part + 1) * size).min(pages.len())
}

/// How many pages fit into a part whatever their addresses, each with an entry for every language.
fn per_part(site: &Site, pages: &[Page]) -> usize {
    let languages = site.settings.languages.len();
    let longest = pages.iter().map(|page| page_url(site, *page).len()).max().unwrap_or_default();
    // Each `&` or quotation mark takes six bytes at most.
    let base = site.settings.base_url.len() * 6;
    let element = ELEMENT + base + longest + 16;
    let entry = (languages + 2) * element;
    (ADDRESSES / languages).min(BYTES / (entry * languages)).max(1)
}
