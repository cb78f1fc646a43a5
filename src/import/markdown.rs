//! Blocks → Markdown: CommonMark that says exactly the text, with nothing read as markup by accident.

use super::structure::BodyBlock;

/// Writes the body, one blank line between blocks.
pub(super) fn write(blocks: &[BodyBlock]) -> String {
    let mut indent = 0;
    let written: Vec<String> = blocks.iter().map(|block| write_block(block, &mut indent)).collect();
    written.join("\n\n") + "\n"
}

/// `indent` is that of what belongs to the last list item.
fn write_block(block: &BodyBlock, indent: &mut usize) -> String {
    match block {
        BodyBlock::Heading { level, text } => {
            format!("{} {}", "#".repeat(usize::from(*level)), escape_heading(text))
        }
        BodyBlock::Paragraph { text, in_item } => pad(*in_item, *indent) + &escape_block(text),
        BodyBlock::Bullet { text, in_item } => format!("{}- {}", pad(*in_item, *indent), escape_block(text)),
        BodyBlock::Item { number, text } => {
            let mark = format!("{number}. ");
            *indent = mark.len();
            mark + &escape_block(text)
        }
        BodyBlock::Table { rows } => write_table(rows),
    }
}

fn pad(in_item: bool, indent: usize) -> String {
    " ".repeat(if in_item { indent } else { 0 })
}

fn write_table(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = rows.iter().map(|row| write_row(row)).collect();
    let columns = rows.first().map_or(0, Vec::len);
    lines.insert(1.min(lines.len()), format!("|{}", " - |".repeat(columns)));
    lines.join("\n")
}

fn write_row(row: &[String]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| escape(cell).replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

/// A heading may not end with what looks like its closing marks.
fn escape_heading(text: &str) -> String {
    let escaped = escape(text.trim_end_matches('#'));
    let marks = text.len() - text.trim_end_matches('#').len();
    escaped + &"\\#".repeat(marks)
}

/// Escapes what would open a block at the start of a line.
fn escape_block(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let escaped = escape(text);
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => {
            format!("{}\\{}", &escaped[..digits], &escaped[digits..])
        }
        Some(b'#' | b'>' | b'+' | b'-' | b'=' | b':') if digits == 0 => format!("\\{escaped}"),
        _ => escaped,
    }
}

/// Escapes inline markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_markup(before, c, rest.peek().copied()) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// An underscore inside a Latin word and an ampersand before a space are no markup.
fn is_markup(before: char, c: char, after: Option<char>) -> bool {
    let in_word = before.is_ascii_alphanumeric() && after.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '\\' | '*' | '`' | '[' | ']' | '<' | '~' | '$' => true,
        '_' => !in_word,
        '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let block = BodyBlock::Paragraph { text: text.to_owned(), in_item: false };
        assert_eq!(write(&[block]), format!("{expected}\n"));
    }

    #[test]
    fn what_looks_like_markup_is_escaped() {
        check("2022. 年", "2022\\. 年");
        check("甲_乙、**丙**", "甲\\_乙、\\*\\*丙\\*\\*");
        check("a_b _c_ *d* [e](f) <g> &amp; A & B", "a_b \\_c\\_ \\*d\\* \\[e\\](f) \\<g> \\&amp; A & B");
        check("#标签", "\\#标签");
        check("发送至 zhifa@cnipa.gov.cn。", "发送至 zhifa@cnipa.gov.cn。");
    }

    #[test]
    fn what_belongs_to_an_item_is_indented() {
        let blocks = [
            BodyBlock::Item { number: 10, text: "甲。".to_owned() },
            BodyBlock::Paragraph { text: "一是乙。".to_owned(), in_item: true },
            BodyBlock::Bullet { text: "丙。".to_owned(), in_item: true },
        ];
        assert_eq!(write(&blocks), "10. 甲。\n\n    一是乙。\n\n    - 丙。\n");
    }

    #[test]
    fn a_table_has_its_first_row_as_head() {
        let rows = [["序号", "任务"], ["1", "甲|乙"]].map(|r| r.map(str::to_owned).to_vec()).to_vec();
        assert_eq!(write(&[BodyBlock::Table { rows }]), "| 序号 | 任务 |\n| - | - |\n| 1 | 甲\\|乙 |\n");
    }
}
