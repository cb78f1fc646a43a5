//! Slips in Markdown that change a text unseen: rests of a merge, marks without effect, text that is
//! not shown, and constructs that texts of plans do not have.

use crate::base::{Code, Diagnostic, Message, SitePath, Span};
use crate::message;
use crate::model::{Block, BlockKind};
use crate::parse::emphasis::MarkDoubt;

/// The lines of a text with their places, without their ends (`\n`, `\r\n` or `\r`).
pub(super) fn lines(text: &str, span: Span) -> impl Iterator<Item = (Span, &str)> {
    let mut at = span.start;
    text[span].split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (start..start + line.len(), line)
    })
}

/// Reports the conflict markers that Git leaves in a file: seven signs at the start of a line, once for
/// each conflict. The listings of a page may be about Git, and `=======` may underline its headings.
pub(super) fn conflicts(path: &SitePath, text: &str, page: Option<&[Block]>) -> Vec<Diagnostic> {
    let is_listing = |block: &&Block| matches!(block.kind, BlockKind::Listing { .. });
    let mut listings = page.unwrap_or_default().iter().filter(is_listing).peekable();
    let signs: &[u8] = if page.is_some() { b"<|>" } else { b"<|>=" };
    let mut found = Vec::new();
    let mut is_open = false;
    for (span, line) in lines(text, 0..text.len()) {
        while listings.next_if(|listing| listing.span.end <= span.start).is_some() {}
        if listings.peek().is_some_and(|listing| listing.span.start <= span.start) {
            continue;
        }
        let Some(mark) = conflict_mark(line, signs) else { continue };
        if !is_open || mark == b'<' {
            found.push(conflict(path, span));
        }
        is_open = mark != b'>';
    }
    found
}

/// The sign of a conflict marker, if the line is one.
fn conflict_mark(line: &str, signs: &[u8]) -> Option<u8> {
    let mark = *line.as_bytes().first().filter(|mark| signs.contains(mark))?;
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    let ends = line.len() == length || line[length..].starts_with(' ');
    (length == 7 && ends).then_some(mark)
}

fn conflict(path: &SitePath, span: Span) -> Diagnostic {
    let title =
        message!("合并没有完成：文件中留有冲突标记", "a merge was left unfinished: conflict markers remain");
    Diagnostic::new(Code::MERGE_CONFLICT, title).at(path, span).hint(message!(
        "保留应有的文字，删除另一种文字和 <<<<<<<、|||||||、=======、>>>>>>> 各行",
        "keep the right text; delete the other one and the lines <<<<<<<, |||||||, ======= and >>>>>>>"
    ))
}

/// A definition of a link that no link uses: its line is not on the page.
pub(super) fn not_shown(path: &SitePath, text: &str, span: Span) -> Diagnostic {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    let title = message!("这一行是链接定义，页面上不显示", "this line defines a link and is not on the page");
    Diagnostic::new(Code::TEXT_NOT_SHOWN, title).at(path, span.start..span.start + line.len()).hint(message!(
        "要显示，在“[”前加反斜杠：\\{line}",
        "to show it, put a backslash before `[`: \\{line}"
    ))
}

/// A mark that does not do what it seems to.
pub(super) fn doubt(path: &SitePath, source: &str, doubt: MarkDoubt, span: Span) -> Diagnostic {
    let (code, title, hint) = match doubt {
        MarkDoubt::Literal => (
            Code::UNMATCHED_EMPHASIS,
            message!(
                "“{source}”没有成对，会原样显示在页面上",
                "“{source}” has no partner and is shown as it is"
            ),
            message!(
                "补上另一半，删去旁边的空格；若原文就有这些符号，每个前面加反斜杠",
                "add its other half and delete spaces beside it; if the signs belong to the text, put a backslash before each"
            ),
        ),
        MarkDoubt::Underscores => (
            Code::DOUBTFUL_EMPHASIS,
            message!(
                "“{source}”不表示强调，会原样显示",
                "“{source}” marks nothing here and is shown as it is"
            ),
            message!(
                "要强调，写成 **…**；要显示下划线，写成 \\_",
                "for emphasis write **…**; to show underscores, write \\_"
            ),
        ),
        MarkDoubt::InWord => (
            Code::DOUBTFUL_EMPHASIS,
            message!(
                "“{source}”的星号表示强调，不会显示",
                "the stars of “{source}” mark emphasis and are not shown"
            ),
            message!(
                "要强调，写成 **…**；若原文就有星号，写成 \\*",
                "for emphasis write **…**; if the stars belong to the text, write \\*"
            ),
        ),
        MarkDoubt::Crossing => (
            Code::DOUBTFUL_EMPHASIS,
            message!(
                "强调的文字中引号、书名号或括号不成对，可能标错了范围",
                "the emphasised words contain one half of a pair of quotation marks or brackets"
            ),
            message!("检查强调从哪里开始、到哪里结束", "see where the emphasis begins and ends"),
        ),
    };
    Diagnostic::new(code, title).at(path, span).hint(hint)
}

/// Reports what a text of a plan does not have: code, by four spaces or by a fence, and underlined headings.
pub(super) fn constructs(path: &SitePath, text: &str, blocks: &[Block]) -> Vec<Diagnostic> {
    blocks.iter().filter_map(|block| construct(path, text, block)).collect()
}

fn construct(path: &SitePath, text: &str, block: &Block) -> Option<Diagnostic> {
    let (start, source) = (block.span.start, &text[block.span.clone()]);
    let line = source.lines().next().unwrap_or_default();
    let (title, hint) = match block.kind {
        BlockKind::Heading { level } if !source.starts_with('#') => (
            message!(
                "下一行的“===”或“---”把这一段变成了标题",
                "the line `===` or `---` below makes this a heading"
            ),
            message!(
                "是标题，写成“{} {}”；不是，在横线前空一行或删去横线",
                "if it is a heading, write `{} {}`; if not, delete the line below",
                "#".repeat(usize::from(level)),
                shorten(line)
            ),
        ),
        BlockKind::Listing { .. } if source.starts_with(['`', '~']) => (
            message!("“{}”使后面的文字成为代码", "`{}` makes the text below it code", shorten(line)),
            message!("删去这一行和结束代码的一行", "delete this line and the one that ends the code"),
        ),
        BlockKind::Listing { .. } => (
            message!(
                "行首有四个以上的空格或制表符，这一段成为代码",
                "four spaces or a tab at its start make this paragraph code"
            ),
            message!("删去行首的空格：{}", "delete the spaces at its start: {}", shorten(line.trim())),
        ),
        _ => return None,
    };
    let span = start..start + line.len();
    Some(Diagnostic::new(Code::UNSUPPORTED_MARKDOWN, title).at(path, span).hint(hint))
}

/// The beginning of a line, for messages.
pub(super) fn shorten(line: &str) -> String {
    const MOST: usize = 30;
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// A line that a reader takes for structure and the parser takes for text.
pub(super) fn lookalike(path: &SitePath, span: Span, cause: Message, corrected: &str) -> Diagnostic {
    let Message { zh, en } = cause;
    let title = message!(
        "这一行像标题或任务，却会成为正文：{zh}",
        "this line looks like a heading or task and becomes text: {en}"
    );
    let corrected = shorten(corrected);
    Diagnostic::new(Code::STRUCTURE_LOOKALIKE, title)
        .at(path, span)
        .hint(message!("改为：{corrected}", "write: {corrected}"))
}
