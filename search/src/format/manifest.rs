//! `index.json`: the one file of a bundle with a fixed name.

use serde::{Deserialize, Serialize};

use super::FORMAT;
use crate::error::{Error, Result, corrupt};

/// Name of the manifest in a bundle.
pub const MANIFEST: &str = "index.json";

/// Names what a reader has to load first. Small, and never cached for long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// [`FORMAT`].
    pub(crate) format: u64,
    /// One volume for each language, in the order of the language tags.
    pub(crate) volumes: Vec<VolumeEntry>,
}

/// Where the index of one language begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VolumeEntry {
    /// Language tag.
    pub(crate) lang: String,
    /// Number of records.
    pub(crate) records: u32,
    /// Name of the head piece.
    pub(crate) head: String,
    /// Pieces that every query needs, to be fetched along with the head.
    pub(crate) with: Vec<String>,
}

impl Manifest {
    /// The manifest as a file.
    #[cfg(feature = "build")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("strings and numbers always serialise");
        json.push(b'\n');
        json
    }

    /// Reads a manifest; one of another format is refused by name.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Manifest> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u64,
        }
        let damaged = |error: serde_json::Error| corrupt(format!("{MANIFEST}: {error}"));
        let found = serde_json::from_slice::<Versioned>(bytes).map_err(damaged)?.format;
        if found != FORMAT {
            return Err(Error::Format(found));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }
}
