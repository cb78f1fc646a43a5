//! Why there is no result.

use serde::Serialize;

use thiserror::Error;

use crate::container::Unreadable;

/// An import that produced nothing. The message is in English and Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file is of a kind that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The title that the editor gave is not a line of the document.
    #[error("no line of the document is the title “{title}”\n文件中没有标题“{title}”")]
    NoSuchTitle {
        /// The title as given.
        title: String,
    },
    /// Nothing is left when noise has been dropped.
    #[error("no text found in {lines} lines\n{lines}行中没有正文")]
    Empty {
        /// Lines read.
        lines: usize,
    },
    /// The Markdown does not say what the source says.
    #[error("fidelity proof failed, nothing was written: {0}\n文本比对不一致，未写出任何内容")]
    Unfaithful(ProofDifference),
    /// The front matter could not be written as TOML.
    #[error("front matter: {0}\n元数据无法写成TOML")]
    FrontMatter(String),
}

/// The first place where source and Markdown differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofDifference {
    /// Line of the source.
    pub line: usize,
    /// The source there.
    pub read: String,
    /// The Markdown there.
    pub written: String,
}
