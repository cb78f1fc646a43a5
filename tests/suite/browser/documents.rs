//! Drawings and documents that could act, in a real browser: those that `check` lets pass run nothing and
//! lead nowhere. Needs Node.js, Chromium and `npm ci` in `tests/browser`; skipped without them, except in CI.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::support::serve::{Server, site};
use crate::support::{browser, gongbao, root};
use serde_json::Value;

const HIT: &str = "console.log('HIT')";
const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
const HTML: &str = "xmlns=\"http://www.w3.org/1999/xhtml\"";

type File = (String, Vec<u8>);

/// Attacks inside a drawing, by name; `HIT` is the script.
const INSIDE_DRAWINGS: &[(&str, &str)] = &[
    ("script", "<script>HIT</script>"),
    ("script-cdata", "<script><![CDATA[HIT]]></script>"),
    ("script-href", "<script href=\"data:text/javascript,HIT\"/>"),
    ("script-xlink", "<script xlink:href=\"data:text/javascript,HIT\"/>"),
    ("script-xhtml", "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">HIT</h:script>"),
    ("script-xhtml-src", "<script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"data:text/javascript,HIT\"/>"),
    ("script-reference", "<script>&#99;onsole.log('HIT')</script>"),
    ("script-prefix", "<z:script xmlns:z=\"http://www.w3.org/2000/svg\">HIT</z:script>"),
    ("onload", "<g onload=\"HIT\"/>"),
    ("onload-image", "<image href=\"data:image/png;base64,AA\" onerror=\"HIT\"/>"),
    ("onbegin", "<rect><set attributeName=\"x\" to=\"1\" onbegin=\"HIT\"/></rect>"),
    ("onbegin-animate", "<rect><animate attributeName=\"x\" to=\"1\" dur=\"1s\" onbegin=\"HIT\"/></rect>"),
    ("onfocus", "<a href=\"#\" autofocus=\"\" tabindex=\"0\" onfocus=\"HIT\"/>"),
    (
        "foreign-script",
        "<foreignObject><script xmlns=\"http://www.w3.org/1999/xhtml\">HIT</script></foreignObject>",
    ),
    (
        "foreign-image",
        "<foreignObject><img xmlns=\"http://www.w3.org/1999/xhtml\" src=\"x\" onerror=\"HIT\"/></foreignObject>",
    ),
    (
        "foreign-frame",
        "<foreignObject width=\"9\" height=\"9\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"javascript:HIT\"/></foreignObject>",
    ),
    ("frame", "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"javascript:HIT\"/>"),
    (
        "frameset",
        "<f:frameset xmlns:f=\"http://www.w3.org/1999/xhtml\"><f:frame src=\"javascript:HIT\"/></f:frameset>",
    ),
    (
        "srcdoc",
        "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" srcdoc=\"&lt;script&gt;HIT&lt;/script&gt;\"/>",
    ),
    (
        "object",
        "<object xmlns=\"http://www.w3.org/1999/xhtml\" data=\"data:text/html,&lt;script&gt;HIT&lt;/script&gt;\"/>",
    ),
    ("embed", "<embed xmlns=\"http://www.w3.org/1999/xhtml\" src=\"javascript:HIT\"/>"),
    ("video", "<video xmlns=\"http://www.w3.org/1999/xhtml\"><source src=\"x\" onerror=\"HIT\"/></video>"),
    ("body", "<body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"HIT\"/>"),
    ("input", "<input xmlns=\"http://www.w3.org/1999/xhtml\" autofocus=\"\" onfocus=\"HIT\"/>"),
    ("details", "<details xmlns=\"http://www.w3.org/1999/xhtml\" open=\"\" ontoggle=\"HIT\"/>"),
    (
        "refresh",
        "<meta xmlns=\"http://www.w3.org/1999/xhtml\" http-equiv=\"refresh\" content=\"0;url=/elsewhere\"/>",
    ),
    (
        "refresh-script",
        "<meta xmlns=\"http://www.w3.org/1999/xhtml\" http-equiv=\"refresh\" content=\"0;url=https://www.example.net/\"/>",
    ),
    (
        "link",
        "<link xmlns=\"http://www.w3.org/1999/xhtml\" rel=\"stylesheet\" href=\"https://www.example.net/a.css\"/>",
    ),
    ("set-href", "<a id=\"a\"><set attributeName=\"href\" to=\"javascript:HIT\"/><text>a</text></a>"),
    (
        "use-data",
        "<use href=\"data:image/svg+xml,&lt;svg xmlns='http://www.w3.org/2000/svg' id='x'&gt;&lt;script&gt;HIT&lt;/script&gt;&lt;/svg&gt;#x\"/>",
    ),
    ("image-elsewhere", "<image href=\"https://www.example.net/a.png\" width=\"9\" height=\"9\"/>"),
    ("image-xlink", "<image xlink:href=\"https://www.example.net/a.png\" width=\"9\" height=\"9\"/>"),
    (
        "filter-image",
        "<filter id=\"f\"><feImage href=\"https://www.example.net/a.png\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>",
    ),
    ("fill", "<rect width=\"9\" height=\"9\" mask=\"url(https://www.example.net/a.svg#m)\"/>"),
    ("import", "<style>@import 'https://www.example.net/a.css';</style>"),
    ("import-escaped", "<style>@\\69mport 'https://www.example.net/a.css';</style>"),
    (
        "style-url",
        "<style>rect{cursor:url(https://www.example.net/a.png),auto}svg{background:url(https://www.example.net/a.png)}</style>",
    ),
    ("style-set", "<style>svg{background:image-set('https://www.example.net/a.png' 1x)}</style>"),
    (
        "style-comment",
        "<style>a{content:\"/*\"}svg{background:url(https://www.example.net/a.png)}a{content:\"*/\"}</style>",
    ),
    (
        "font",
        "<style>@font-face{font-family:a;src:url(https://www.example.net/a.woff2)}text{font-family:a}</style><text>a</text>",
    ),
    (
        "attribute-style",
        "<rect style=\"mask:url(https://www.example.net/a.svg#m)\" width=\"9\" height=\"9\"/>",
    ),
    ("base", "<g xml:base=\"https://www.example.net/\"><image href=\"a.png\" width=\"9\" height=\"9\"/></g>"),
    ("comment-end", "<!--><script>HIT</script>-->"),
    ("discard", "<discard onload=\"HIT\"/>"),
    ("mathml", "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:HIT\"/>"),
];

/// Attacks in a page, by name.
const INSIDE_PAGES: &[(&str, &str)] = &[
    ("script", "<script>HIT</script>"),
    ("script-src", "<script src=\"data:text/javascript,HIT\"></script>"),
    ("module", "<script type=module>HIT</script>"),
    ("onerror", "<img src=x onerror=\"HIT\">"),
    ("onload", "<body onload=\"HIT\">"),
    ("frame", "<iframe src=\"javascript:HIT\"></iframe>"),
    ("srcdoc", "<iframe srcdoc=\"<script>HIT</script>\"></iframe>"),
    ("object", "<object data=\"data:text/html,<script>HIT</script>\"></object>"),
    ("svg", "<svg><script>HIT</script></svg>"),
    ("svg-onload", "<svg onload=\"HIT\">"),
    ("math", "<math><mtext><table><mglyph><style><img src=x onerror=HIT>"),
    ("focus", "<input autofocus onfocus=\"HIT\">"),
    ("toggle", "<details open ontoggle=\"HIT\">a</details>"),
    ("refresh", "<meta http-equiv=refresh content=\"0;url=/elsewhere\">"),
    ("refresh-data", "<meta http-equiv=\"refresh\" content=\"0;url=https://www.example.net/\">"),
    ("title", "<title><!--</title><script>HIT</script>-->"),
    ("noscript", "<noscript><style></noscript><script>HIT</script>"),
    ("style", "<style><!--</style><script>HIT</script>-->"),
    ("comment", "<!--><script>HIT</script>-->"),
    ("import", "<style>@import 'https://www.example.net/a.css';</style>"),
    ("image", "<img src=\"https://www.example.net/a.png\">"),
    ("image-slashes", "<img src=\"/\\www.example.net/a.png\">"),
    ("link", "<link rel=stylesheet href=\"//www.example.net/a.css\">"),
    ("base", "<base href=\"https://www.example.net/\"><img src=a.png>"),
    ("marquee", "<marquee onstart=\"HIT\">a</marquee>"),
];

/// Harmless documents, by name.
const GOOD: &[(&str, &str)] = &[
    (
        "good/shapes.svg",
        "<svg SVG viewBox=\"0 0 9 9\"><title>甲</title><path d=\"M1 1h7v7z\" fill=\"#a00\"/></svg>",
    ),
    (
        "good/gradient.svg",
        "<svg SVG><defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs><rect width=\"9\" height=\"9\" fill=\"url(#g)\"/></svg>",
    ),
    (
        "good/style.svg",
        "<svg SVG><style>.a{fill:red}@media (prefers-color-scheme:dark){.a{fill:#fff}}</style><rect class=\"a\" width=\"9\" height=\"9\"/></svg>",
    ),
    (
        "good/use.svg",
        "<svg SVG><symbol id=\"s\"><circle r=\"4\"/></symbol><use xlink:href=\"#s\"/><use href=\"#s\" x=\"4\"/></svg>",
    ),
    (
        "good/text.svg",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n<svg SVG><text x=\"1\" y=\"9\">&lt;script&gt;HIT&lt;/script&gt;</text></svg>",
    ),
    ("good/cdata.svg", "<svg SVG><desc><![CDATA[<script>HIT</script>]]></desc></svg>"),
    (
        "good/prefix.svg",
        "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\"><v:rect width=\"9\" height=\"9\"/></v:svg>",
    ),
    (
        "good/filter.svg",
        "<svg SVG><filter id=\"f\"><feGaussianBlur stdDeviation=\"1\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/></svg>",
    ),
    (
        "good/data.svg",
        "<svg SVG><image width=\"9\" height=\"9\" href=\"data:image/png;base64,iVBORw0KGgo=\"/></svg>",
    ),
    ("good/UPPER.SVG", "<svg SVG><rect width=\"9\" height=\"9\"/></svg>"),
    (
        "good/page.html",
        "<!doctype html><html lang=zh><meta charset=utf-8><title>甲</title><p>乙&lt;script&gt;HIT&lt;/script&gt;<a href=\"https://example.org/\">丙</a>",
    ),
    (
        "good/styled.html",
        "<!doctype html><style>p{color:red}</style><p style=\"color:blue\">甲<!-- <script>HIT</script> -->",
    ),
    ("good/title.html", "<title><script>HIT</script></title><p>甲"),
    ("good/plain", "no markup: <script>HIT</script>"),
    ("good/token.html", "google-site-verification: google1234.html"),
    (
        "good/feed.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>&lt;script&gt;HIT&lt;/script&gt;</title><link>https://example.org/</link></channel></rss>",
    ),
    (
        "good/data.xml",
        "<r a=\"javascript:HIT\" onload=\"HIT\"><script>HIT</script><iframe src=\"javascript:HIT\"/></r>",
    ),
    ("good/unknown.xml", "<u:script xmlns:u=\"urn:example\" onload=\"HIT\">HIT</u:script>"),
    ("good/code.js", "HIT"),
    ("good/words.txt", "<script>HIT</script>"),
    ("good/table.csv", "<script>HIT</script>,1\n"),
    ("zh/good.svg", "<svg SVG><rect width=\"9\" height=\"9\"/></svg>"),
    ("root.svg", "<svg SVG><rect width=\"9\" height=\"9\"/></svg>"),
    ("data.xml", "<r/>"),
];

fn filled(text: &str) -> String {
    text.replace("HIT", HIT).replace("console.log('console.log('HIT')')", HIT).replace("SVG", SVG)
}

fn drawing(inside: &str) -> String {
    format!("<svg {SVG} viewBox=\"0 0 9 9\">{}</svg>", inside.replace("HIT", HIT))
}

/// Every way of putting something into a drawing.
fn drawings() -> Vec<File> {
    let of = |(name, inside): &(&str, &str)| {
        let drawing = drawing(inside);
        let inside = inside.replace("HIT", HIT);
        [
            (format!("svg/{name}.svg"), drawing.clone()),
            (format!("svg/{name}-deep.svg"), format!("\u{FEFF}<svg {SVG}><g><g>{inside}</g></g></svg>")),
            (
                format!("svg/{name}-prefix.svg"),
                format!(
                    "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g {SVG}>{inside}</g></v:svg>"
                ),
            ),
            (
                format!("xml/{name}.xml"),
                format!("<r xmlns:xlink=\"http://www.w3.org/1999/xlink\"><svg {SVG}>{inside}</svg></r>"),
            ),
        ]
    };
    INSIDE_DRAWINGS.iter().flat_map(of).map(|(name, text)| (name, text.into_bytes())).collect()
}

/// Every way of naming a page.
fn pages() -> Vec<File> {
    let mut files = Vec::new();
    for (name, inside) in INSIDE_PAGES {
        let inside = inside.replace("HIT", HIT);
        for extension in [".html", ".htm", ".unknown", ""] {
            files.push((
                format!("html/{name}{extension}"),
                format!("<!doctype html><p>{inside}").into_bytes(),
            ));
        }
    }
    for extension in ["xhtml", "xht", "xml", "xsl", "rdf", "svg"] {
        let page =
            format!("<html {HTML}><head><title>a</title></head><body><script>{HIT}</script></body></html>");
        files.push((format!("xhtml/page.{extension}"), page.into_bytes()));
    }
    files
}

/// Documents whose beginning changes how the rest is read.
fn beginnings() -> Vec<File> {
    let style = "data:text/xsl,%3Cxsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'%3E%3Cxsl:template match='/'%3E%3Cscript xmlns='http://www.w3.org/1999/xhtml'%3Econsole.log('HIT')%3C/script%3E%3C/xsl:template%3E%3C/xsl:stylesheet%3E";
    let root = format!("<svg {SVG}/>");
    let beginnings = [
        (
            "entity",
            format!(
                "<!DOCTYPE svg [<!ENTITY x \"&#60;script&#62;{HIT}&#60;/script&#62;\">]><svg {SVG}>&x;</svg>"
            ),
        ),
        (
            "entity-namespace",
            format!(
                "<!DOCTYPE svg [<!ENTITY n \"http://www.w3.org/1999/xhtml\">]><svg {SVG}><script xmlns=\"&n;\">{HIT}</script></svg>"
            ),
        ),
        ("attlist", format!("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"{HIT}\">]>{root}")),
        (
            "attlist-namespace",
            format!(
                "<!DOCTYPE r [<!ATTLIST script xmlns CDATA #FIXED \"http://www.w3.org/1999/xhtml\">]><r><script>{HIT}</script></r>"
            ),
        ),
        (
            "doctype",
            format!(
                "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg {SVG} onload=\"{HIT}\"/>"
            ),
        ),
        ("stylesheet", format!("<?xml-stylesheet type=\"text/xsl\" href=\"{style}\"?>{root}")),
        ("stylesheet-css", format!("<?xml-stylesheet href=\"https://www.example.net/a.css\"?>{root}")),
        (
            "namespace-reference",
            format!("<r><script xmlns=\"http://www.w3.org/1999/&#120;html\">{HIT}</script></r>"),
        ),
        ("two-roots", format!("{root}<script {HTML}>{HIT}</script>")),
        ("root-script", format!("<script {SVG}>{HIT}</script>")),
        ("root-html-script", format!("<script {HTML}>{HIT}</script>")),
        ("root-onload", format!("<svg {SVG} onload=\"{HIT}\"/>")),
        ("root-onload-case", format!("<svg {SVG} onLoad=\"{HIT}\" onload=\"{HIT}\"/>")),
        ("broken", format!("<svg {SVG}><script>{HIT}</script><g>")),
        ("broken-attribute", format!("<svg {SVG}><script>{HIT}</script><g a=b></svg>")),
        (
            "frame-of-script",
            format!("<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:body onload=\"{HIT}\"/></h:html>"),
        ),
    ];
    let both = |(name, text): (&str, String)| {
        ["svg", "xml"].map(|kind| (format!("begin/{name}.{kind}"), text.clone().into_bytes()))
    };
    beginnings.into_iter().flat_map(both).collect()
}

/// The same script in every encoding.
fn encodings() -> Vec<File> {
    let mut files = Vec::new();
    let script = drawing("<script>HIT</script>");
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{script}");
    let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((format!("encoding/{name}.svg"), bytes));
    for name in [
        "UTF-7",
        "UTF-16",
        "ISO-8859-1",
        "windows-1252",
        "GB18030",
        "GBK",
        "Big5",
        "Shift_JIS",
        "EUC-JP",
        "EUC-KR",
        "ISO-2022-KR",
        "HZ-GB-2312",
        "IBM037",
        "x-user-defined",
        "replacement",
        "US-ASCII",
    ] {
        add(name, declared(name).into_bytes());
    }
    add("utf-16le", units(&declared("UTF-16")).iter().flat_map(|unit| unit.to_le_bytes()).collect());
    add("utf-16be", units(&declared("UTF-16")).iter().flat_map(|unit| unit.to_be_bytes()).collect());
    add(
        "utf-16le-mark",
        units(&format!("\u{FEFF}{script}")).iter().flat_map(|unit| unit.to_le_bytes()).collect(),
    );
    add(
        "utf-16be-mark",
        units(&format!("\u{FEFF}{script}")).iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    );
    add("utf-32", script.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect());
    let hidden = |open: &str, close: &str| {
        format!("<svg {SVG}><text>{open}<!--{close}<script>{HIT}</script><!-- --></text></svg>")
    };
    for name in ["ISO-2022-JP", "iso-2022-JP-2", "csISO2022JP"] {
        let text = format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{}", hidden("\u{1B}$B", "\u{1B}(B"));
        add(&format!("escapes-{name}"), text.into_bytes());
    }
    add("escapes-undeclared", hidden("\u{1B}$B", "\u{1B}(B").into_bytes());
    let utf_7 = "+ADw-script+AD4-console.log(+ACc-HIT+ACc-)+ADw-/script+AD4-";
    add(
        "utf-7-text",
        format!("<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg {SVG}>{utf_7}</svg>").into_bytes(),
    );
    // EBCDIC begins with the bytes by which libxml2 knows it.
    add("ebcdic", b"\x4c\x6f\xa7\x94\x93\x40".to_vec());
    add(
        "two-declarations",
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" encoding=\"UTF-7\"?>{script}").into_bytes(),
    );
    add("version", format!("<?xml version=\"1.1\"?>{script}").into_bytes());
    files.push(("encoding/meta.html".into(), format!("<meta charset=utf-7>{utf_7}").into_bytes()));
    files.push((
        "encoding/meta-jp.html".into(),
        format!("<meta charset=iso-2022-jp><p title=\"\u{1B}$B\"><img src=x onerror={HIT}>\u{1B}(B")
            .into_bytes(),
    ));
    files
}

/// Documents that hosts send with `Content-Encoding`.
fn compressed() -> Vec<File> {
    let zip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let drawing = drawing("<script>HIT</script>");
    let page = format!("<!doctype html><script>{HIT}</script>");
    vec![
        ("zip/a.svgz".into(), zip(&drawing)),
        ("zip/b.svg.gz".into(), zip(&drawing)),
        ("zip/c.svg".into(), zip(&drawing)),
        ("zip/d.html.gz".into(), zip(&page)),
        ("zip/upper.SVGZ".into(), zip(&drawing)),
        ("zip/f.xml.gz".into(), zip(&drawing)),
        ("zip/g.svgz".into(), drawing.into_bytes()),
    ]
}

fn all() -> Vec<File> {
    let good = GOOD.iter().map(|(name, text)| ((*name).to_owned(), filled(text).into_bytes())).collect();
    [good, drawings(), pages(), beginnings(), encodings(), compressed()].concat()
}

/// The files of `static/` that `check` refuses.
fn refused(folder: &Path) -> BTreeSet<String> {
    let said = gongbao(folder, &["check", "--format", "json"]).stdout;
    let findings: Vec<Value> = serde_json::from_slice(&said).unwrap();
    let of = |finding: &Value| {
        let code = finding["code"].as_str().unwrap();
        assert!(matches!(code, "unsafe-drawing" | "unsafe-document"), "{finding}");
        let file = finding["labels"][0]["file"].as_str().unwrap();
        assert!(!finding["hints"].as_array().unwrap().is_empty(), "{finding}");
        file.strip_prefix("static/").unwrap().to_owned()
    };
    findings.iter().filter(|finding| finding["severity"] == "error").map(of).collect()
}

#[test]
fn documents_that_pass_run_nothing_and_lead_nowhere() {
    let files = all();
    let folder = site("documents");
    for (name, bytes) in &files {
        let path = folder.join("static").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let refused = refused(&folder);
    let good: Vec<_> = GOOD.iter().map(|(name, _)| *name).filter(|name| refused.contains(*name)).collect();
    assert_eq!(good, Vec::<&str>::new(), "good files are refused");
    let passed: Vec<&str> =
        files.iter().map(|(name, _)| name.as_str()).filter(|name| !refused.contains(*name)).collect();
    assert!(files.len() >= 300 && refused.len() >= 200, "{} files, {} refused", files.len(), refused.len());
    println!(
        "passed beside the good: {:?}",
        passed.iter().filter(|name| !GOOD.iter().any(|(good, _)| good == *name)).collect::<Vec<_>>()
    );
    let wild = folder.with_extension("refused");
    let _ = fs::remove_dir_all(&wild);
    for name in &refused {
        let to = wild.join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(folder.join("static").join(name), to).unwrap();
    }
    let built = gongbao(&folder, &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let Some(chromium) = browser::chromium() else { return };
    let names = folder.with_extension("json");
    fs::write(&names, serde_json::json!({ "passed": passed, "refused": refused }).to_string()).unwrap();
    let server = Server::start(&folder);
    let preview = format!("http://{}/", server.host());
    let said = browser::run("documents.mjs", &[&folder.join("public"), &wild, &preview, &names, &chromium]);
    println!("{}", said.unwrap_or_else(|said| panic!("{said}\n{}", server.said())));
}

#[test]
fn the_drawings_of_the_real_sites_pass() {
    for site in ["", "docs"] {
        let said = gongbao(&root().join(site), &["check"]);
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(!said.contains("unsafe-"), "{said}");
    }
}
