//! The script on the pages of this server, which the published site does not have.

use crate::io::request::Answer;

/// The script: keeps the page as the files are, shows what is wrong, says where a paragraph comes from.
pub const SCRIPT: &str = include_str!("client.js");

/// Puts the script into a page whose version is given; at its end, so that nothing waits for it.
pub fn inject(page: &[u8], version: &str) -> Vec<u8> {
    let tag = format!("<script src=\"/__gongbao/client.js\" data-version=\"{version}\" defer></script>\n");
    let end = page.windows(END.len()).rposition(|window| window == END).unwrap_or(page.len());
    [&page[..end], tag.as_bytes(), &page[end..]].concat()
}

const END: &[u8] = b"</body>";

/// A page with nothing but the script, for when no page can be shown: the script says why.
pub fn bare_page() -> Answer {
    let page = "<!doctype html>\n<html lang=\"zh\">\n<head><meta charset=\"utf-8\"><title>gongbao</title></head>\n\
                <body><main><p>此页目前无法显示。</p>\n<p lang=\"en\">This page cannot be shown at present.</p></main>\n\
                </body>\n</html>\n";
    Answer::new(500, "text/html; charset=utf-8", inject(page.as_bytes(), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end() {
        let page = String::from_utf8(inject(b"<body>\n<p>x</p>\n</body>\n", "1f")).unwrap();
        let tag = "<script src=\"/__gongbao/client.js\" data-version=\"1f\" defer></script>\n";
        assert_eq!(page, format!("<body>\n<p>x</p>\n{tag}</body>\n"));
        assert!(inject(b"no end", "").starts_with(b"no end<script"));
    }
}
