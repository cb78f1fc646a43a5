//! The built engine, as it is published with every site.

/// Name in the site's `search/` directory → content. Made by `cargo xtask engine`.
pub const FILES: [(&str, &[u8]); 4] = [
    ("gongbao-search.js", include_bytes!("../dist/gongbao-search.js")),
    ("runtime.js", include_bytes!("../dist/runtime.js")),
    ("worker.js", include_bytes!("../dist/worker.js")),
    ("gongbao-search.wasm", include_bytes!("../dist/gongbao-search.wasm")),
];
