//! The bundle format, each part with its writer and its reader side by side.
//!
//! A bundle is a [`manifest`] and pieces. Each language is a volume: streams of bytes
//! (tantivy's own files, the dictionary, the columns, the texts) cut into blocks and
//! packed into pieces as the [`layout`] in the volume's head piece says. A small site
//! has two pieces for each language; a large one has many, and a query loads the
//! blocks it touches.

pub(crate) mod codec;
pub(crate) mod columns;
pub(crate) mod docs;
pub(crate) mod header;
pub(crate) mod layout;
pub(crate) mod manifest;
pub(crate) mod words;

/// Number of this format; a reader refuses every other.
pub(crate) const FORMAT: u64 = 3;
