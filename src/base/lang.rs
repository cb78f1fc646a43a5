//! The code of a language of the site, as it is in URLs and file names.

use std::fmt;

use serde::{Serialize, Serializer};
use tinystr::TinyAsciiStr;

/// A language code of 1 to 8 ASCII letters, digits or hyphens in lower case, such as `zh` or `en`.
///
/// It is the word in URLs (`/zh/…`) and file names (`zh.md`); the BCP 47 tag
/// that goes into `lang` attributes is kept in the settings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(TinyAsciiStr<8>);

impl Lang {
    /// Reads a code; `None` when it is not one.
    pub fn new(code: &str) -> Option<Self> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let valid = code.starts_with(|c: char| c.is_ascii_lowercase()) && code.bytes().all(fits);
        valid.then(|| TinyAsciiStr::try_from_str(code).ok().map(Self))?
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({})", self.as_str())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_lower_case_ascii() {
        assert_eq!(Lang::new("zh").unwrap().as_str(), "zh");
        assert!(Lang::new("zh-hant").is_some());
        for bad in ["", "ZH", "中文", "-zh", "../up", "much-too-long"] {
            assert!(Lang::new(bad).is_none(), "{bad}");
        }
    }
}
