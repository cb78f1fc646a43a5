//! Pages in `static/`: text, tables and pictures of the site; no scripts, frames or forms.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};

use crate::base::Span;
use crate::theme::inert::{Fault, css, words};

static ELEMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "html head title meta link style body main article section nav aside header footer address \
         h1 h2 h3 h4 h5 h6 hgroup p br hr div span pre blockquote center a img figure figcaption \
         ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col \
         em strong b i u s small sub sup mark del ins abbr cite q code kbd samp var time data dfn \
         ruby rb rt rtc rp bdi bdo wbr details summary font",
    )
});

/// Attributes, those with addresses and those of `meta` and `link` apart.
static ATTRIBUTES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "id class lang xml:lang xmlns dir title role hidden alt width height colspan rowspan span scope \
         headers abbr datetime start reversed type value open target download hreflang rel media sizes \
         align valign border cellpadding cellspacing bgcolor color face size nowrap name property content",
    )
});

/// Schemes that an address of a link may have; one without a scheme stays on the site.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The relations that `link` may have.
const RELATIONS: [&str; 4] = ["stylesheet", "icon", "canonical", "alternate"];

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

/// Checks a page, read as browsers read HTML.
///
/// # Errors
/// The first thing in it that is not on the lists.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut style: Option<(Span, String)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let span = tag.span.start..tag.span.end;
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !ELEMENTS.contains(name.as_str()) {
                    return Err(Fault::element(span, &name));
                }
                attributes(&name, &tag.attributes, &span)?;
                style = (name == "style").then(|| (span, String::new()));
            }
            Token::String(text) => {
                if let Some((_, styles)) = &mut style {
                    styles.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Token::EndTag(_) => check_styles(style.take())?,
            _ => {}
        }
    }
    check_styles(style)
}

fn check_styles(style: Option<(Span, String)>) -> Result<(), Fault> {
    let Some((span, styles)) = style else { return Ok(()) };
    css::check(&styles).map_err(|part| Fault::style(span, part))
}

fn attributes(element: &str, attributes: &Attributes, tag: &Span) -> Result<(), Fault> {
    let is_directive = attributes.keys().any(|name| name.as_slice() == b"http-equiv");
    for (name, value) in attributes {
        let (name, written) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
        if !is_allowed(element, &name, &written, is_directive) {
            // An attribute without quotes is given with what ends the tag.
            let place = value.span.start..value.span.end.min(tag.end - 1);
            return Err(Fault::attribute(
                if place.is_empty() { tag.clone() } else { place },
                &name,
                &written,
            ));
        }
    }
    Ok(())
}

/// Returns whether an element may have an attribute of that value; `is_directive` of a `meta` with `http-equiv`.
fn is_allowed(element: &str, name: &str, value: &str, is_directive: bool) -> bool {
    let is = |expected: &str| value.replace(' ', "").eq_ignore_ascii_case(expected);
    match (name, element) {
        ("href", "a") => stays(value, &SCHEMES),
        ("href", "link") | ("src", "img") => stays(value, &[]),
        ("http-equiv", "meta") => is("content-type"),
        ("content", _) if is_directive => is("text/html;charset=utf-8"),
        ("charset", _) => is("utf-8"),
        ("rel", "link") => {
            value.split_ascii_whitespace().all(|word| RELATIONS.contains(&&*word.to_ascii_lowercase()))
        }
        ("style", _) => css::check(value).is_ok(),
        (name, _) if name.starts_with("data-") || name.starts_with("aria-") => true,
        (name, _) => ATTRIBUTES.contains(name),
    }
}

/// Returns whether an address has no scheme, or one of these. Browsers drop line ends and tabs within it,
/// and read a backslash as a slash (URL §4.4).
fn stays(address: &str, schemes: &[&str]) -> bool {
    let address: String = address.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let elsewhere = address.replace('\\', "/").starts_with("//");
    let before = address.find(['/', '?', '#']).map_or(&*address, |at| &address[..at]);
    match before.split_once(':') {
        Some((scheme, _)) => schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => !elsewhere || schemes.contains(&"https"),
    }
}
