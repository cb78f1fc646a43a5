//! Errors of writing or reading a bundle.

use std::fmt;
use std::io;

/// Errors of the search engine, all of them about bundles: every query is valid.
#[derive(Debug)]
pub enum Error {
    /// A file of the bundle is not what the manifest says, or cannot be decoded.
    Corrupt(String),
    /// The bundle was written in a format that this engine does not read.
    Format(u64),
    /// A piece could not be fetched.
    Fetch {
        /// Name of the piece, relative to the bundle.
        name: String,
        /// The fetcher's error.
        cause: io::Error,
    },
    /// tantivy reported an error.
    Index(String),
}

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Corrupt(what) => write!(f, "the search index is damaged: {what}"),
            Error::Format(found) => write!(
                f,
                "the search index has format {found}, this engine reads format {}: \
                 publish the site again, or reload the page",
                crate::format::FORMAT
            ),
            Error::Fetch { name, cause } => {
                write!(f, "the search index piece `{name}` could not be loaded: {cause}")
            }
            Error::Index(what) => write!(f, "the search index cannot be read: {what}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Error {
        Error::Index(error.to_string())
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Index(error.to_string())
    }
}

/// Makes all lookups before it reports the first failure, so that the pieces missing for any of
/// them are fetched in one round trip.
pub(crate) fn every<T, E>(lookups: impl IntoIterator<Item = Result<T, E>>) -> Result<Vec<T>, E> {
    let made: Vec<Result<T, E>> = lookups.into_iter().collect();
    made.into_iter().collect()
}

/// Shorthand for [`Error::Corrupt`].
pub(crate) fn corrupt(what: impl Into<String>) -> Error {
    Error::Corrupt(what.into())
}
