//! Paths inside a site: relative, with `/`, never upwards.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::characters;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path relative to the root of a site or of its output, in Unicode, with
/// `/` between its parts: `content/plans/2023/zh.md`, `zh/plans/2023/index.html`.
///
/// It contains no empty part, no `.` or `..`, no backslash and no hidden
/// character, so that joining it to a directory stays inside that directory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Checks a path; `None` when it breaks a rule of [`SitePath`].
    pub fn new(path: &str) -> Option<Self> {
        let fits = |part: &str| {
            !matches!(part, "" | "." | "..")
                && !part.contains(|c: char| c == '\\' || c == ':' || characters::is_hidden(c))
        };
        path.split('/').all(fits).then(|| Self(path.into()))
    }

    /// A path that is fixed in the program, such as that of `config.toml`.
    ///
    /// # Panics
    /// It breaks a rule of [`SitePath`].
    pub fn fixed(path: &'static str) -> Self {
        Self::new(path).expect("a path in the program is one")
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes.
    pub fn parts(&self) -> std::str::Split<'_, char> {
        self.0.split('/')
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The text after the last dot of the file name; empty without one.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, ext)| ext)
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for SitePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SitePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        Self::new(&path).ok_or_else(|| serde::de::Error::custom("not a path inside a site"))
    }
}

/// Returns whether Windows can have a file or folder of that name (Microsoft, “Naming Files, Paths, and Namespaces”).
pub fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_ascii_uppercase();
    let is_device = match stem.strip_prefix("COM").or(stem.strip_prefix("LPT")) {
        Some(number) => {
            matches!(number, "¹" | "²" | "³") || number.len() == 1 && number.as_bytes()[0].is_ascii_digit()
        }
        None => matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"),
    };
    !is_device
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || "<>:\"/\\|?*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_has_not() {
        for bad in [
            "con",
            "NUL.txt",
            "aux.tar.gz",
            "com1",
            "LPT9.md",
            "com²",
            "nul .txt",
            "a?b",
            "a.",
            "a ",
            "x|y",
            "conin$",
        ] {
            assert!(!is_portable(bad), "{bad}");
        }
        for good in [
            "console",
            "2023",
            "com10",
            "com",
            "nul-2",
            "a.b",
            ".nojekyll",
            "附件 1.pdf",
            "icon.svg",
            "auxiliary",
        ] {
            assert!(is_portable(good), "{good}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        for bad in ["", "/etc/passwd", "a//b", "../a", "a/..", "a/./b", "a\\b", "c:x", "a\0"] {
            assert!(SitePath::new(bad).is_none(), "{bad:?}");
        }
        let path = SitePath::new("content/plans/2023/zh.md").unwrap();
        assert_eq!((path.file_name(), path.extension()), ("zh.md", "md"));
    }
}
