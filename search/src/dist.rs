//! The built engine, published with every site. `cargo xtask engine` writes its files.

use std::borrow::Cow;

/// Name of the WebAssembly module in the site's `search/` directory.
const MODULE: &str = "gongbao-search.wasm";

/// Names and contents of the scripts.
const SCRIPTS: [(&str, &[u8]); 3] = [
    ("gongbao-search.js", include_bytes!("../dist/gongbao-search.js")),
    ("runtime.js", include_bytes!("../dist/runtime.js")),
    ("worker.js", include_bytes!("../dist/worker.js")),
];

/// Names of the files in the site's `search/` directory.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCRIPTS.into_iter().map(|(name, _)| name).chain([MODULE])
}

/// Names and contents of the files in the site's `search/` directory.
pub fn files() -> impl Iterator<Item = (&'static str, Cow<'static, [u8]>)> {
    let module = decompress(include_bytes!("../dist/gongbao-search.wasm.br"));
    SCRIPTS.into_iter().map(|(name, bytes)| (name, bytes.into())).chain([(MODULE, module.into())])
}

/// Decompresses a file that is part of the program (Brotli, RFC 7932).
pub(crate) fn decompress(mut file: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    brotli_decompressor::BrotliDecompress(&mut file, &mut bytes).expect("`cargo xtask` compressed the file");
    bytes
}
