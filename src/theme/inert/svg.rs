//! SVG drawings: what a static drawing is made of (SVG 2, SVG 1.1 Static) and nothing else.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::base::Span;
use crate::message;
use crate::theme::inert::xml::{Tag, XmlAttribute, XmlPart, walk};
use crate::theme::inert::{Fault, css, words};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Shapes, text, gradients, clipping, masks and filters. Scripts, foreign content, links and
/// animation, which can set any attribute, are not among them.
static ELEMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "svg g defs symbol use switch title desc metadata style image marker pattern mask clipPath \
         path rect circle ellipse line polyline polygon text tspan textPath \
         linearGradient radialGradient stop filter \
         feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting \
         feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur \
         feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile \
         feTurbulence",
    )
});

/// Attributes whose values are names or words and are not read as styles.
static TEXTUAL: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words("id class lang role tabindex version baseProfile type media systemLanguage"));

static ATTRIBUTES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(
        "x y x1 y1 x2 y2 z cx cy r rx ry fx fy fr dx dy width height d points pathLength viewBox \
         preserveAspectRatio transform gradientTransform patternTransform gradientUnits spreadMethod \
         patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits \
         markerUnits markerWidth markerHeight refX refY orient offset rotate textLength lengthAdjust startOffset \
         method spacing side in in2 result mode operator values k1 k2 k3 k4 order kernelMatrix divisor bias \
         targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant \
         specularExponent limitingConeAngle azimuth elevation pointsAtX pointsAtY pointsAtZ scale \
         xChannelSelector yChannelSelector stdDeviation radius baseFrequency numOctaves seed stitchTiles \
         tableValues slope intercept amplitude exponent \
         style alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation \
         color-interpolation-filters color-profile color-rendering cursor direction display dominant-baseline \
         enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family \
         font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant \
         font-variant-ligatures font-weight glyph-orientation-horizontal glyph-orientation-vertical \
         image-rendering isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid \
         marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events shape-rendering \
         solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset \
         stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor \
         text-decoration text-indent text-overflow text-rendering text-transform transform-box transform-origin \
         unicode-bidi vector-effect visibility white-space word-spacing writing-mode",
    )
});

/// Checks a drawing.
///
/// # Errors
/// The first thing in it that is not on the lists, or why it is not a drawing.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut has_root = false;
    let mut style: Option<(Span, String)> = None;
    walk(text, |part| {
        match part {
            XmlPart::Start(tag) => {
                element(&tag, !std::mem::replace(&mut has_root, true))?;
                style = (tag.name == "style").then(|| (tag.span, String::new()));
            }
            XmlPart::Text(text) => {
                if let Some((_, styles)) = &mut style {
                    styles.push_str(&text);
                }
            }
            XmlPart::End => {
                if let Some((span, styles)) = style.take() {
                    css::check(&styles).map_err(|part| Fault::style(span, part))?;
                }
            }
        }
        Ok(())
    })
}

fn element(tag: &Tag, is_root: bool) -> Result<(), Fault> {
    if tag.namespace.as_deref() != Some(SVG) || is_root && tag.name != "svg" {
        let (name, span) = (&tag.name, tag.span.clone());
        let Some(namespace) = &tag.namespace else {
            return Err(Fault::new(
                span,
                message!(
                    "<{name}> 没有 xmlns=\"{SVG}\"，浏览器不会把它显示为图形",
                    "<{name}> has no xmlns=\"{SVG}\", without which browsers do not draw it"
                ),
            ));
        };
        return Err(Fault::new(
            span,
            message!(
                "<{name}>（{namespace}）不是 SVG 图形的元素",
                "<{name}> ({namespace}) is not an element of SVG drawings"
            ),
        ));
    }
    if !ELEMENTS.contains(tag.name.as_str()) {
        return Err(Fault::element(tag.span.clone(), &tag.name));
    }
    let faulty = tag.attributes.iter().find(|attribute| !is_allowed(&tag.name, attribute));
    faulty.map_or(Ok(()), |a| Err(Fault::attribute(a.span.clone(), &a.written, &a.value)))
}

fn is_allowed(element: &str, attribute: &XmlAttribute) -> bool {
    let XmlAttribute { namespace, name, value, .. } = attribute;
    match (namespace.as_deref(), name.as_str()) {
        (None | Some(XLINK), "href") => stays(element, value),
        (Some(XLINK), "title" | "type" | "show" | "actuate") => true,
        (Some(XML), "space" | "lang") => true,
        (Some(_), _) => false,
        (None, name) if name.starts_with("data-") || name.starts_with("aria-") => true,
        (None, "type") if element == "style" => value.trim().eq_ignore_ascii_case("text/css"),
        (None, name) if TEXTUAL.contains(name) => true,
        (None, name) => ATTRIBUTES.contains(name) && css::check(value).is_ok(),
    }
}

/// A place in the drawing itself, or, of an image, a picture within it.
fn stays(element: &str, href: &str) -> bool {
    let picture = ["data:image/png;base64,", "data:image/jpeg;base64,"];
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/= \n\r\t".contains(c);
    let is_picture = || {
        picture
            .iter()
            .find_map(|start| href.strip_prefix(start))
            .is_some_and(|bytes| bytes.chars().all(is_base64))
    };
    href.starts_with('#') || element == "image" && is_picture()
}
