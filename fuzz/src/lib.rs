//! Fuzz targets: one function each, which takes any bytes and panics when a promise
//! is broken. `fuzz_targets/` runs them under libFuzzer, `tests/suite/repository/fuzz.rs` replays them with the
//! ordinary toolchain.

mod bundle;
mod query;
mod texts;

pub use bundle::bundle;
pub use query::query;
pub use texts::{citations, deadlines, front_matter, import, markdown};

/// Takes any bytes; panics when a promise is broken.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const TARGETS: [(&str, Target); 7] = [
    ("import", import),
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("deadlines", deadlines),
    ("citations", citations),
    ("query", query),
    ("bundle", bundle),
];
