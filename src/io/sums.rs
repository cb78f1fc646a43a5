//! `SHA256SUMS`: the files of a published site and their digests, as `sha256sum -c` reads them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::{Failure, READ, READ_FOLDER};
use crate::base::SitePath;
use crate::base::digest::{self, Sha256Digest};
use crate::message;

/// The name of the file, at the root of a published site.
pub use crate::routes::SUMS as FILE;

/// The files of a site, each with the digest of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(pub BTreeMap<SitePath, Sha256Digest>);

impl Sums {
    /// The lines of the file: the digest in hexadecimal, two spaces, the path; in order of the paths.
    pub fn encode(&self) -> String {
        self.0.iter().map(|(path, sum)| format!("{}  {path}\n", digest::hex(sum))).collect()
    }

    /// Decodes the output of [`Sums::encode`]; `None` if it is not that, byte for byte: a line twice, in another
    /// place or with another end is not, and neither is the sum of no file at all.
    pub fn decode(text: &str) -> Option<Self> {
        let line = |line: &str| {
            let (hex, path) = line.split_once("  ")?;
            Some((SitePath::new(path)?, decode_hex(hex)?))
        };
        let sums = text.lines().map(line).collect::<Option<_>>().map(Self)?;
        (!sums.0.is_empty() && sums.encode() == text).then_some(sums)
    }

    /// Reads the account of a published site; `None` if it has none.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn read(site: &Path) -> Result<Option<Self>, Failure> {
        let path = site.join(FILE);
        match fs::read(&path) {
            Ok(bytes) => {
                let sums = String::from_utf8(bytes).ok().and_then(|text| Self::decode(&text));
                sums.map(Some).ok_or_else(|| damaged(&path))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::new(&path, READ, &error)),
        }
    }

    /// The files of a published site that are not named here, and all links, in order of their paths.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn foreign(&self, site: &Path, own: &[&str]) -> Result<Vec<String>, Failure> {
        let is_known = |path: &str| own.contains(&path) || self.0.contains_key(path);
        strangers(site, &|path, is_link| is_link || !is_known(path))
    }
}

fn decode_hex(hex: &str) -> Option<Sha256Digest> {
    let mut sum = Sha256Digest::default();
    let fits = hex.len() == 2 * sum.len() && hex.is_ascii();
    for (at, byte) in sum.iter_mut().enumerate().filter(|_| fits) {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    fits.then_some(sum)
}

/// The links in a published site, in order of their paths. gongbao writes none.
///
/// # Errors
/// A folder cannot be read.
pub fn links(site: &Path) -> Result<Vec<String>, Failure> {
    strangers(site, &|_, is_link| is_link)
}

fn strangers(site: &Path, is_strange: &dyn Fn(&str, bool) -> bool) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    walk(site, "", &mut |path, is_link| {
        if is_strange(path, is_link) {
            found.push(path.to_owned());
        }
    })?;
    found.sort();
    Ok(found)
}

/// Names every file and link below a folder. Links are not followed.
fn walk(folder: &Path, name: &str, found: &mut impl FnMut(&str, bool)) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::new(folder, READ_FOLDER, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let part = entry.file_name();
        let part = part.to_string_lossy();
        let path = if name.is_empty() { part.into_owned() } else { format!("{name}/{part}") };
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            walk(&entry.path(), &path, found)?;
        } else {
            found(&path, kind.is_symlink());
        }
    }
    Ok(())
}

fn damaged(path: &Path) -> Failure {
    let path = path.display();
    Failure::said(message!("{path} 已损坏", "{path} is damaged")).hint(message!(
        "取回原来的文件；若确定整个文件夹都是 gongbao 写的，删除该文件夹后重新生成",
        "restore the file; if you are sure that gongbao wrote the whole folder, remove it and build again"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::digest::sha256;

    #[test]
    fn what_is_written_is_read() {
        let path = |path| SitePath::new(path).unwrap();
        let sums = Sums([(path("zh/a b.html"), sha256(b"")), (path("a.js"), sha256(b"abc"))].into());
        let text = sums.encode();
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  zh/a b.html\n";
        assert!(text.ends_with(empty) && text.starts_with("ba7816bf8f01cfea"), "{text}");
        assert_eq!(Sums::decode(&text), Some(sums));
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for bad in [
            format!("{hex} a.js"),
            format!("{}  a.js", &hex[1..]),
            format!("{hex}  ../a.js"),
            format!("{}é  a.js", &hex[2..]),
            format!("+a{}  a.js\n{hex}", &hex[2..]),
            hex.to_owned(),
            String::new(),
            format!("{hex}  a.js"),
            format!("{hex}  a.js\r\n"),
            format!("{hex}  a.js\n{hex}  a.js\n"),
            format!("{hex}  b.js\n{hex}  a.js\n"),
            format!("{}  a.js\n", hex.to_uppercase()),
            format!("{hex}  /a.js\n"),
            format!("{hex}  a/../b.js\n"),
        ] {
            assert_eq!(Sums::decode(&bad), None, "{bad}");
        }
    }
}
