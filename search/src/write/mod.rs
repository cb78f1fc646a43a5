//! Records → bundle, deterministically: no clock, no randomness.

mod index;
mod pack;
mod volume;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::error::Result;
use crate::format::FORMAT;
use crate::format::manifest::{MANIFEST, Manifest};
use crate::record::{Lexicon, Record};

/// The files of a search index, by name relative to the directory they are published in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// File name (`index.json`, `pieces/….bin`) → content.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// Bytes of all files, uncompressed.
    pub fn bytes(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }
}

/// Thresholds above which a volume is treated as large. The defaults suit published sites;
/// tests lower them to treat a small site as a large one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Occurrences from which on a character is indexed in pairs instead of by itself.
    pub common: u64,
    /// Occurrences from which on a pair is indexed in fours as well.
    pub frequent: u64,
    /// Bytes up to which an index is loaded whole.
    pub small_index: usize,
    /// Bytes up to which the texts are loaded whole.
    pub small_docs: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { common: 2_000, frequent: 8_000, small_index: 512 * 1024, small_docs: 512 * 1024 }
    }
}

/// Thresholds for numbers of records.
const MANY: usize = 4_000;

/// Writes the index of these records. The same records and lexicon give the same bytes.
/// Hits of equal rank come in the order of the records.
///
/// # Errors
/// Returns an error if tantivy fails to write an index in memory.
pub fn build(records: &[Record], lexicon: &Lexicon) -> Result<Bundle> {
    build_with(records, lexicon, Limits::default())
}

/// [`build`] with other limits.
///
/// # Errors
/// As [`build`].
pub fn build_with(records: &[Record], lexicon: &Lexicon, limits: Limits) -> Result<Bundle> {
    let mut languages: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        languages.entry(&record.lang).or_default().push(record);
    }
    let pack = |(lang, records): (&&str, &Vec<&Record>)| {
        let streams = volume::streams(lang, records, lexicon, limits)?;
        pack::pack(lang, records.len(), streams, limits)
    };
    // Of many records the languages are taken one after another: each needs memory for all its texts.
    let packed: Result<Vec<_>> = match records.len() > MANY {
        true => languages.iter().map(pack).collect(),
        false => languages.par_iter().map(pack).collect(),
    };
    let mut bundle = Bundle::default();
    let mut volumes = Vec::new();
    for (volume, files) in packed? {
        volumes.push(volume);
        pack::add(&mut bundle.files, files)?;
    }
    let manifest = Manifest { format: FORMAT, volumes };
    bundle.files.insert(MANIFEST.to_owned(), manifest.encode());
    Ok(bundle)
}

/// The manifest of bundles of different languages that are published together, from their own. The
/// bundle of all their records has the same manifest and the same pieces.
///
/// # Errors
/// Returns an error if a part is not a valid manifest.
pub fn join(manifests: &[impl AsRef<[u8]>]) -> Result<Vec<u8>> {
    let mut volumes = Vec::new();
    for manifest in manifests {
        volumes.extend(Manifest::decode(manifest.as_ref())?.volumes);
    }
    volumes.sort_by(|a, b| a.lang.cmp(&b.lang));
    Ok(Manifest { format: FORMAT, volumes }.encode())
}
