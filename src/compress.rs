//! Bytes → fewer bytes, for hosts that send compressed files beside the originals.

use std::io::Write;

use crate::base::SitePath;
use crate::settings::Encoding;

/// A file and what compresses it, as files to be written beside it: `index.html.br`. None for
/// what is compressed by its nature, and none that would not be smaller.
pub fn beside(path: &SitePath, bytes: &[u8], encodings: &[Encoding]) -> Vec<(SitePath, Vec<u8>)> {
    if !is_compressed(path) {
        return Vec::new();
    }
    let file = |encoding: &Encoding| (name(path, *encoding), encoded(*encoding, bytes));
    encodings.iter().map(file).filter(|(_, small)| small.len() < bytes.len()).collect()
}

/// The files that [`beside`] may give for a path.
pub fn names(path: &SitePath) -> [SitePath; 2] {
    [Encoding::Brotli, Encoding::Gzip].map(|encoding| name(path, encoding))
}

fn name(path: &SitePath, encoding: Encoding) -> SitePath {
    SitePath::new(&format!("{path}.{}", suffix(encoding))).expect("a path with a suffix is a path")
}

/// The size of what a host sends that compresses quickly with Brotli (quality 2 of 11).
pub fn quick_size(bytes: &[u8]) -> usize {
    brotli_of(bytes, 2).len()
}

/// The names that hosts such as Caddy and nginx look for beside a file.
fn suffix(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Brotli => "br",
        Encoding::Gzip => "gz",
    }
}

/// Returns whether [`beside`] may give a file for a path.
pub fn is_compressed(path: &SitePath) -> bool {
    let texts =
        ["css", "csv", "html", "ics", "js", "json", "md", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];
    texts.contains(&path.extension())
}

/// The path without the suffix of one of these encodings: `index.html.br` → `index.html`.
pub fn stem<'a>(path: &'a str, encodings: &[Encoding]) -> Option<&'a str> {
    encodings.iter().find_map(|encoding| path.strip_suffix(suffix(*encoding))?.strip_suffix('.'))
}

fn encoded(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
    match encoding {
        // Of the qualities above 9 each costs several times the last and saves some per cent.
        Encoding::Brotli => brotli_of(bytes, 9),
        Encoding::Gzip => gzip(bytes),
    }
}

fn brotli_of(bytes: &[u8], quality: i32) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).expect("writing to memory does not fail");
    out
}

/// Without a name and a time in its head (RFC 1952 §2.3), so that the same bytes give the same file.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const BOTH: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

    fn names(path: &str, bytes: &[u8]) -> Vec<String> {
        let path = SitePath::new(path).unwrap();
        beside(&path, bytes, &BOTH).into_iter().map(|(path, _)| path.to_string()).collect()
    }

    #[test]
    fn texts_get_a_file_for_each_encoding_if_it_is_smaller() {
        let long = "知识产权".repeat(100);
        assert_eq!(names("zh/index.html", long.as_bytes()), ["zh/index.html.br", "zh/index.html.gz"]);
        assert!(names("a.png", long.as_bytes()).is_empty());
        assert!(names("a.txt", b"x").is_empty());
    }

    #[test]
    fn what_is_compressed_comes_back_and_is_the_same_each_time() {
        let text = "国家知识产权局".repeat(200).into_bytes();
        let path = SitePath::new("a.html").unwrap();
        let files = beside(&path, &text, &BOTH);
        assert_eq!(files, beside(&path, &text, &BOTH));
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::BrotliDecompress(&mut files[0].1.as_slice(), &mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(files[1].1.as_slice()).read_to_end(&mut from_gzip).unwrap();
        assert!(from_brotli == text && from_gzip == text);
        assert_eq!(files[1].1[4..8], [0; 4], "no time");
    }
}
