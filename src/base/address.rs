//! Addresses: those that a text may lead to, and those of sites.

/// Whether an address can be followed without running anything: `http`,
/// `https`, `mailto`, or an address without a scheme.
pub fn is_harmless(url: &str) -> bool {
    let url: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    match url.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// Whether it is the address of something on the web, and can stand in a page as it is.
pub fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
}

/// The address of a site, with a slash at its end; `None` if it is none.
pub fn of_site(url: &str) -> Option<String> {
    let slash = if url.ends_with('/') { "" } else { "/" };
    (is_web(url) && !url.contains(['?', '#'])).then(|| format!("{url}{slash}"))
}
