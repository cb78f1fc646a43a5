//! Styles inside documents: no rule or function that loads a file.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::theme::inert::words;

static RULES: LazyLock<HashSet<&str>> = LazyLock::new(|| words("media keyframes supports"));

/// Functions that compute a value. `url` is treated apart.
static FUNCTIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix \
         matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d \
         rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective \
         calc min max clamp var cubic-bezier steps \
         polygon circle ellipse inset path blur brightness contrast drop-shadow grayscale hue-rotate invert \
         opacity saturate sepia linear-gradient radial-gradient \
         not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang and or",
    )
});

/// Checks styles, or a value of an attribute that is read as one (SVG 2 §6.6).
///
/// Comments and strings are read like the rest: skipping them would need to tell them apart as
/// browsers do, and what they may not contain is rare in them.
///
/// # Errors
/// The part that is not allowed. An escape is one, since it can spell any name.
pub(super) fn check(text: &str) -> Result<(), &str> {
    if let Some(at) = text.find(['\\', '<']) {
        return Err(&text[at..=at]);
    }
    let mut from = 0;
    while let Some(at) = text[from..].find(['@', '(']).map(|at| from + at) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        match text.as_bytes()[at] {
            b'@' => rule(after)?,
            _ => function(before, after)?,
        }
        from = at + 1;
    }
    Ok(())
}

fn rule(after: &str) -> Result<(), &str> {
    let name = after.split(|c| !is_name(c)).next().unwrap_or_default();
    if RULES.contains(name.to_ascii_lowercase().as_str()) { Ok(()) } else { Err(name) }
}

/// Plain parentheses have no name before them.
fn function<'a>(before: &'a str, after: &str) -> Result<(), &'a str> {
    let name = before.rsplit(|c| !is_name(c)).next().unwrap_or_default();
    let is_allowed = match name.to_ascii_lowercase().as_str() {
        "url" => after.trim_ascii_start().trim_start_matches(['"', '\'']).starts_with('#'),
        lower => lower.is_empty() || FUNCTIONS.contains(lower),
    };
    if is_allowed { Ok(()) } else { Err(name) }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}
