//! Why a file cannot be read.

use thiserror::Error;

/// Why a file cannot be read, though it may be a document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unreadable {
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
    /// A document of Word 97 to 2003, or of WPS in that form.
    #[error(
        "a .doc or .wps file of the old format: save it as .docx in Word, WPS or LibreOffice, and import that\n\
         这是旧格式的 .doc 或 .wps 文件：请在 Word、WPS 或 LibreOffice 中另存为 .docx 再导入"
    )]
    OldWord,
    /// Rich text.
    #[error("an RTF file: save it as .docx, and import that\n这是 RTF 文件：请另存为 .docx 再导入")]
    Rtf,
    /// An OFD file (GB/T 33190).
    #[error(
        "an OFD file: print it to PDF, or export its text, and import that\n\
         这是 OFD 版式文件：请用阅读器转换为 PDF 或导出文本再导入"
    )]
    Ofd,
    /// A spreadsheet.
    #[error(
        "a spreadsheet: copy its cells into a text file, and import that\n\
         这是电子表格：请把单元格复制到文本文件中再导入"
    )]
    Spreadsheet,
    /// An archive of another kind.
    #[error(
        "an archive without a Word document in it: unpack it, and import the document\n\
         压缩包中没有 Word 文档：请解压后导入其中的文件"
    )]
    Archive,
    /// A file that breaks off or contradicts itself.
    #[error("the file is damaged: fetch it once more\n文件已损坏：请重新下载")]
    Damaged,
    /// A PDF that asks for a password.
    #[error(
        "the PDF asks for a password: save a copy without one, and import that\n\
         该 PDF 需要密码：请另存为无密码的副本再导入"
    )]
    Protected,
    /// A PDF of pictures.
    #[error(
        "the PDF has no text, only pictures of pages: recognise the text (OCR) first\n\
         该 PDF 只有页面图像，没有文字：请先进行文字识别（OCR）"
    )]
    Scan,
    /// A PDF whose fonts do not say which characters their glyphs are.
    #[error(
        "for {unknown} of {all} glyphs the PDF does not say which characters they are: recognise the text (OCR), \
         or look for another edition\n\
         该 PDF 的{all}个字形中有{unknown}个没有对应的字符：请进行文字识别（OCR），或改用其他版本"
    )]
    WithoutCharacters {
        /// Glyphs of no known character.
        unknown: usize,
        /// All glyphs.
        all: usize,
    },
}
