//! Addresses that a text may lead to.

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
