//! Full-text search over policy plans: tantivy and jieba, natively and as WebAssembly.
//!
//! # Writing
//!
//! 1. The generator passes [`Record`]s and a [`Lexicon`] (`record`).
//! 2. `text` folds each record into units (characters or words), `grams` says which terms
//!    they are indexed as, `segment` finds jieba's words.
//! 3. `write` puts them into a tantivy index with the fields of `schema`, cuts it into
//!    pieces, and gives a [`Bundle`] in the format of `format`.
//!
//! # Reading
//!
//! 4. [`Engine`] opens a bundle; `paging` reads streams from the loaded pieces and records the
//!    missing ones; `volume` is one language of a bundle.
//! 5. `engine` parses the query (`query`), turns dates in words into filters (`understand`), and tries a
//!    corrected query if nothing is found (`correct`). `select` does the rest: `clause` turns
//!    words into phrases with the help of `concepts` and `forms`, `find` finds the records that contain
//!    them, `rank` scores them, `filter` filters and counts them, `snippet` marks the matches. The answer
//!    is [`Results`].
//! 6. `wasm` is the interface to JavaScript, [`dist`] the built module.
//!
//! Units alone decide the hits: every record that contains the typed words or their other
//! wordings, and no other. Words only decide the order.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

mod answer;
pub mod characters;
mod clause;
mod concepts;
mod correct;
#[cfg(feature = "build")]
mod dictionary;
#[cfg(feature = "build")]
pub mod dist;
mod engine;
mod error;
mod filter;
mod find;
mod format;
mod forms;
mod grams;
mod paging;
mod query;
mod rank;
mod record;
mod schema;
mod segment;
mod select;
mod snippet;
mod text;
mod understand;
mod volume;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod wasm;
#[cfg(feature = "build")]
mod write;

pub use answer::{
    FacetValue, Hit, HitBody, Options, Original, OtherLanguage, Results, Sort, Understood, UnderstoodKind,
};
pub use engine::{Engine, Step};
pub use error::{Error, Result};
pub use format::manifest::MANIFEST;
pub use record::{Concept, Lexicon, Record, RecordDeadline};
#[cfg(feature = "build")]
pub use segment::Segmenter;
pub use snippet::Run;
#[cfg(feature = "build")]
pub use write::{Bundle, Limits, build, build_with, join};
