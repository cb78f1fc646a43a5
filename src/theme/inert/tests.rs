//! Drawings, pages and XML that pass, and those that do not.

use crate::theme::inert::*;

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\"";

/// The diagnostic of a file: the code, the text at fault, and the message in English.
fn said(name: &str, bytes: &[u8]) -> Option<String> {
    let fault = check(&SitePath::new(name).unwrap(), bytes)?;
    let span = fault.labels[0].start..fault.labels[0].end;
    Some(format!("{} at {:?}: {}", fault.code.name(), String::from_utf8_lossy(&bytes[span]), fault.title.en))
}

fn passes(name: &str, text: &str) {
    assert_eq!(said(name, text.as_bytes()), None, "{text}");
}

#[track_caller]
fn refused(name: &str, text: &str, at: &str) {
    let said = said(name, text.as_bytes()).unwrap_or_else(|| panic!("{name} passes: {text}"));
    assert!(said.contains(&format!(" at {at:?}")), "{said}\n{text}");
}

/// A drawing with this inside.
fn drawing(inside: &str) -> String {
    format!("<svg {SVG} xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>")
}

#[test]
fn drawings_that_only_draw() {
    passes(
        "a/b.SVG",
        &format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\" standalone='no'?>\n<svg {SVG}/>"),
    );
    passes("c.svg", "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\"><v:path d=\"M0 0\"/></v:svg>");
    for inside in [
        "<!-- Generator: drawing program --><title>甲&amp;乙&#x4E19;</title>",
        "<use href=\"#a\"/><use xlink:href=\"#a\" xlink:title=\"b\"/>",
        "<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>",
        "<style type=\"text/css\"><![CDATA[.a{fill:url(#g);stroke:rgb(1,2,3)} @media (prefers-color-scheme:dark){.a{fill:#fff}}]]></style>",
        "<g style=\"fill:url('#g');transform:rotate(4deg)\" fill=\"url(#g)\" data-name=\"Layer (1)\" id=\"a(b\"/>",
        "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><text xml:space=\"preserve\" transform=\"translate(1 2) scale(.5)\">字</text>",
    ] {
        passes("a.svg", &drawing(inside));
    }
    passes("a.png", "<script>");
}

#[test]
fn drawings_that_could_act() {
    for (inside, at) in [
        ("<script>x</script>", "<script>"),
        ("<SCRIPT/>", "<SCRIPT/>"),
        ("<foreignObject/>", "<foreignObject/>"),
        ("<a href=\"https://example.org/\"/>", "<a href=\"https://example.org/\"/>"),
        ("<set attributeName=\"onclick\" to=\"x\"/>", "<set attributeName=\"onclick\" to=\"x\"/>"),
        (
            "<animate attributeName=\"href\" values=\"javascript:x\"/>",
            "<animate attributeName=\"href\" values=\"javascript:x\"/>",
        ),
        (
            "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
            "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
        ),
        ("<x:path xmlns:x=\"urn:x\"/>", "<x:path xmlns:x=\"urn:x\"/>"),
        ("<g onload=\"x\"/>", "onload"),
        ("<g\n  onload = 'x'/>", "onload"),
        ("<use href=\"other.svg#a\"/>", "href"),
        ("<use xlink:href=\"data:image/png;base64,AA\"/>", "xlink:href"),
        ("<image href=\"data:image/svg+xml;base64,AA\"/>", "href"),
        ("<image href=\"https://example.org/a.png\"/>", "href"),
        ("<image href=\"java&#115;cript:x\"/>", "href"),
        ("<g xml:base=\"https://example.org/\"/>", "xml:base"),
        ("<g fill=\"url(https://example.org/#a)\"/>", "fill"),
        ("<g style=\"fill:u\\72l(x)\"/>", "style"),
        ("<g unknown=\"\"/>", "unknown"),
        ("<style>@import 'x';</style>", "<style>"),
        ("<style>a{content:\"/*\"}b{fill:url(x)}c{content:\"*/\"}</style>", "<style>"),
        ("<style>a{background:image-set('x' 1x)}</style>", "<style>"),
        ("<style>a{fill:<![CDATA[url]]>(x)}</style>", "<style>"),
        ("&x;", "&x;"),
        ("<g id=\"&x;\"/>", "id"),
        ("<?x?>", "<?x?>"),
        ("<!-- a -- b -->", "<!-- a -- b -->"),
    ] {
        let text = drawing(inside);
        let found = said("a.svg", text.as_bytes()).unwrap_or_else(|| panic!("passes: {inside}"));
        assert!(found.contains(&format!(" at {at:?}")) || found.contains("well-formed"), "{found}\n{inside}");
    }
}

#[test]
fn documents_that_are_read_in_another_way() {
    let svg = format!("<svg {SVG}/>");
    for text in [
        format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?>{svg}"),
        format!("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>{svg}"),
        format!("<?xml version=\"1.1\"?>{svg}"),
        format!("<?xml version=\"1.0\" encoding=\"utf-8\" encoding=\"utf-7\"?>{svg}"),
        format!(" <?xml version=\"1.0\"?>{svg}"),
        format!("<!DOCTYPE svg [<!ENTITY x \"<script/>\">]>{svg}"),
        format!("<?xml-stylesheet href=\"x.xsl\"?>{svg}"),
        format!("{svg}{svg}"),
        format!("{svg}text"),
        format!("<svg {SVG}><text>\u{1B}$B</text></svg>"),
        format!("<svg {SVG}><g"),
        format!("<svg {SVG}><g></svg>"),
        format!("<svg {SVG}><!--></svg>"),
        format!("<svg {SVG} id=\"a\" id=\"b\"/>"),
        "<svg xmlns=\"http://www.w3.org/2000/&#115;vg\"/>".into(),
        "<svg/>".into(),
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>".into(),
        format!("<g {SVG}/>"),
        String::new(),
    ] {
        assert!(said("a.svg", text.as_bytes()).is_some(), "passes: {text}");
    }
    let utf_16: Vec<u8> = format!("\u{FEFF}{svg}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(said("a.svg", &utf_16).unwrap().contains("not UTF-8"));
    assert!(said("a.svg", &utf_16[2..]).unwrap().contains("U+0000"));
    assert!(said("a.svgz", b"\x1f\x8b").unwrap().starts_with("unsafe-drawing"));
    assert!(said("a.HTML.br", b"x").unwrap().starts_with("unsafe-document"));
    assert!(said("data.csv.gz", b"\x1f\x8b").is_none());
}

#[test]
fn pages_of_text() {
    passes(
        "a.html",
        "<!doctype html><html lang=zh><meta charset=UTF-8><link rel=stylesheet href=a.css>\
         <style>p{color:red}</style><title>a<b></title><p class=x style='color:red'>b \
         <a href='https://example.org/'>c</a><a href=mailto:a@example.org>d</a><img src=a.png alt=''>",
    );
    passes("google1234.html", "google-site-verification: google1234.html");
    for (text, at) in [
        ("<p><script>x</script>", "<script>"),
        ("<iframe src=a>", "<iframe src=a>"),
        ("<svg><a/>", "<svg>"),
        ("<form action=x>", "<form action=x>"),
        ("<base href=x>", "<base href=x>"),
        ("<meta http-equiv=refresh content='0;url=x'>", "content='0;url=x'"),
        ("<meta charset=utf-7>", "charset=utf-7"),
        ("<a href='java\nscript:x'>", "href='java\nscript:x'"),
        ("<a href=data:text/html,x>", "href=data:text/html,x"),
        ("<img src=//example.org/a.png>", "src=//example.org/a.png"),
        ("<img src=a onerror=x>", "onerror=x"),
        ("<link rel='stylesheet modulepreload' href=a>", "rel='stylesheet modulepreload'"),
        ("<style>p{background:image-<!---->set('x')}</style>", "<style>"),
        ("<style>@import 'x'", "<style>"),
        ("<!--><script>x</script>-->", "<script>"),
    ] {
        refused("a.htm", text, at);
    }
}

#[test]
fn xml_and_files_without_a_known_name() {
    passes(
        "feed.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><link>https://example.org/</link></channel></rss>",
    );
    passes("notes", "plain text <script>");
    passes("a.txt", "<script>");
    for (name, text, at) in [
        (
            "a.xml",
            "<r><x:script xmlns:x='http://www.w3.org/1999/xhtml'/></r>",
            "<x:script xmlns:x='http://www.w3.org/1999/xhtml'/>",
        ),
        (
            "a.xml",
            "<script xmlns='http://www.w3.org/2000/svg'/>",
            "<script xmlns='http://www.w3.org/2000/svg'/>",
        ),
        (
            "a.xml",
            "<?xml-stylesheet type='text/xsl' href='a.xsl'?><r/>",
            "<?xml-stylesheet type='text/xsl' href='a.xsl'?>",
        ),
        (
            "a.xhtml",
            "<html xmlns='http://www.w3.org/1999/xhtml'/>",
            "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        ),
        ("a.xml", "<r xmlns='http://www.w3.org/1999/&#120;html'/>", "xmlns"),
        ("page", " \n<script>x</script>", "<script>"),
        (
            "page.unknown",
            "<?xml version=\"1.0\"?><r xmlns='http://www.w3.org/1999/xhtml'/>",
            "<r xmlns='http://www.w3.org/1999/xhtml'/>",
        ),
    ] {
        refused(name, text, at);
    }
}
