//! Why there is no result.

use thiserror::Error;

use super::proof::Difference;

/// An import that produced nothing. The message is in English and Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The bytes are not text in UTF-8 or GB18030.
    #[error(
        "not text: {odd} of {all} characters are control characters or undecodable; convert the file to UTF-8 first\n\
         不是文本：{all}个字符中有{odd}个控制字符或无法解码；请先转换为UTF-8"
    )]
    NotText {
        /// Characters that are no text.
        odd: usize,
        /// All characters.
        all: usize,
    },
    /// Nothing is left when noise has been dropped.
    #[error("no text found in {lines} lines\n{lines}行中没有正文")]
    Empty {
        /// Lines read.
        lines: usize,
    },
    /// The Markdown does not say what the source says.
    #[error("fidelity proof failed, nothing was written: {0}\n文本比对不一致，未写出任何内容")]
    Unfaithful(Difference),
    /// The front matter could not be written as TOML.
    #[error("front matter: {0}\n元数据无法写成TOML")]
    FrontMatter(String),
}
