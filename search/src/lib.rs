//! Full-text search over policy plans: tantivy and jieba, natively and as WebAssembly.
