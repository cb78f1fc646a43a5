//! The world as a value: every file of a site and the day on which it is built.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Code, Date, Diagnostic, SitePath};
use crate::message;
use crate::report::Sources;

/// Everything a build depends on. Same inputs, same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The files of the site: `config.toml`, and what is below `content/`,
    /// `themes/`, `templates/` and `static/`.
    pub files: BTreeMap<SitePath, Arc<[u8]>>,
    /// The day from which "days left" is counted.
    pub today: Date,
    /// Whether plans marked as drafts are part of the site.
    pub drafts: bool,
    /// Takes the place of `base_url` in `config.toml`.
    pub base_url: Option<String>,
}

impl Inputs {
    /// The files below a folder, `folder` without a final slash, in order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SitePath, &'a Arc<[u8]>)> {
        let inside = move |path: &SitePath| {
            path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.files.iter().filter(move |(path, _)| inside(path))
    }

    /// The text of a file; a diagnostic if it is not UTF-8; `None` if there is no such file.
    pub fn read(&self, path: &SitePath) -> Option<Result<&str, Diagnostic>> {
        self.files.get(path).map(|bytes| text(path, bytes))
    }
}

/// The text in the bytes of a file, or what is wrong with them.
pub fn text<'a>(path: &SitePath, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let line = bytes[..good].iter().filter(|b| **b == b'\n').count() + 1;
        Diagnostic::new(
            Code::NOT_UTF8,
            message!(
                "第 {line} 行有不是 UTF-8 的字节（第 {good} 字节起）",
                "line {line} contains bytes that are not UTF-8 (from byte {good})"
            ),
        )
        .at(path, good..good)
        .hint(message!(
            "用编辑器另存为 UTF-8；GB18030 文件可用 gongbao import 转换",
            "save the file as UTF-8 in your editor; `gongbao import` converts GB18030"
        ))
    })
}

impl Sources for Inputs {
    fn text(&self, path: &SitePath) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }
}
