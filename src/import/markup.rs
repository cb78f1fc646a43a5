//! Undoes the Markdown that web converters put around text, one line at a time.
//!
//! Only what changes characters is undone here: heading marks, bullets, quotes, `**`,
//! links, images and backslash escapes. Each change is an [`Edit`], so that the proof
//! can repeat it on the raw line without trusting this module.

use super::account::Edit;

/// A line without its markup, and what the markup said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) text: String,
    /// Level of a `#` heading.
    pub(super) heading: Option<u8>,
    /// Mark of an unordered list item.
    pub(super) bullet: Option<char>,
    /// Characters at the start of `text` that were set in bold.
    pub(super) bold_lead: usize,
    pub(super) edits: Vec<Edit>,
}

/// Undoes the markup of one line whose outer white space is gone.
pub(super) fn undo(line: usize, trimmed: &str) -> Plain {
    if trimmed.starts_with('|') {
        return Plain { text: trimmed.to_owned(), ..Plain::default() };
    }
    let mut plain = Plain::default();
    let rest = block_marks(line, trimmed, &mut plain);
    let closed = rest.rfind(')').map_or(usize::MAX, |at| rest.len() - at);
    let mut inline = InlineReader { line, bold: balanced_bold(rest), plain: &mut plain, open: None, closed };
    inline.run(rest);
    plain.text = plain.text.trim().to_owned();
    plain
}

/// Takes `>`, `#` and a bullet off the front and returns what follows.
fn block_marks<'a>(line: usize, text: &'a str, plain: &mut Plain) -> &'a str {
    let mut rest = text;
    if let Some(quoted) = rest.strip_prefix("> ") {
        plain.edits.push(Edit::markup(line, ">", ""));
        rest = quoted.trim_start();
    }
    let level = rest.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&level) && rest[level..].starts_with([' ', '\t']) {
        plain.edits.push(Edit::markup(line, &rest[..level], ""));
        plain.heading = Some(level as u8);
        return rest[level..].trim_start();
    }
    match bullet(rest) {
        Some((mark, after)) => {
            plain.bullet = Some(mark);
            after
        }
        None => rest,
    }
}

/// The bullet at the start of an item and the item's text; its edit is made when the
/// structure is known, since a bullet may turn out to be a number that was lost.
fn bullet(text: &str) -> Option<(char, &str)> {
    let mark = text.chars().next()?;
    let after = &text[mark.len_utf8()..];
    let is_bullet = match mark {
        '-' | '*' | '+' => after.starts_with([' ', '\t']),
        '•' | '●' | '▪' | '■' | '◆' => true,
        _ => false,
    };
    let after = after.trim_start();
    (is_bullet && !after.is_empty()).then_some((mark, after))
}

fn balanced_bold(text: &str) -> bool {
    text.matches("**").count().is_multiple_of(2)
}

/// One pass over the inline text of a line.
struct InlineReader<'a> {
    line: usize,
    bold: bool,
    plain: &'a mut Plain,
    /// Where in the output the open `**` began.
    open: Option<usize>,
    /// How many bytes before the end of the line the last `)` is.
    closed: usize,
}

impl InlineReader<'_> {
    fn run(&mut self, mut rest: &str) {
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '\\' => self.escape(rest),
                '*' if self.bold && rest.starts_with("**") => self.bold_mark(),
                '!' if rest.starts_with("![") => self.link(rest, 1),
                '[' => self.link(rest, 0),
                _ => None,
            };
            let taken = taken.unwrap_or_else(|| {
                self.plain.text.push(c);
                c.len_utf8()
            });
            rest = &rest[taken..];
        }
    }

    fn escape(&mut self, rest: &str) -> Option<usize> {
        let escaped = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
        self.plain.edits.push(Edit::markup(self.line, &rest[..2], &rest[1..2]));
        self.plain.text.push(escaped);
        Some(2)
    }

    fn bold_mark(&mut self) -> Option<usize> {
        self.plain.edits.push(Edit::markup(self.line, "**", ""));
        self.open = match self.open {
            None => Some(self.plain.text.len()),
            Some(0) => {
                self.plain.bold_lead = self.plain.text.chars().count();
                None
            }
            Some(_) => None,
        };
        Some(2)
    }

    /// `[text](target)` keeps its text; an image keeps nothing.
    fn link(&mut self, rest: &str, bang: usize) -> Option<usize> {
        let (label, whole) = (rest.len() >= self.closed).then(|| link_parts(&rest[bang..])).flatten()?;
        let label = if bang == 1 { "" } else { label };
        self.plain.edits.push(Edit::markup(self.line, &rest[..bang + whole], label));
        self.plain.text.push_str(label);
        Some(bang + whole)
    }
}

/// The label of the link that `text` starts with, and the bytes of the whole link.
pub(super) fn link_parts(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    // No label has a bracket in it, so that none looks past the next one.
    let label = &inside[..inside.find('[').unwrap_or(inside.len())];
    let label = &label[..label.find("](")?];
    let middle = 1 + label.len();
    let close = text[middle..].find(')')?;
    Some((label, middle + close + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, text: &str) -> Plain {
        let plain = undo(1, line);
        assert_eq!(plain.text, text);
        plain
    }

    #[test]
    fn a_bold_lead_is_remembered() {
        assert_eq!(check("**一、政治引领。**正文", "一、政治引领。正文").bold_lead, 7);
        assert_eq!(check("正文**重点**。", "正文重点。").bold_lead, 0);
        check("2 ** 3", "2 ** 3");
    }

    #[test]
    fn marks_at_the_start_of_a_line_are_read() {
        assert_eq!(check("## 一、总体要求", "一、总体要求").heading, Some(2));
        assert_eq!(check("- 研究论证", "研究论证").bullet, Some('-'));
        assert_eq!(check("#标签", "#标签").heading, None);
        assert_eq!(check("-5度", "-5度").bullet, None);
    }

    #[test]
    fn links_and_escapes_are_undone() {
        check("[首页](#)[机构](#)", "首页机构");
        check(r"a\_b \中", r"a_b \中");
        check("![徽](x.png)公告", "公告");
        check("〔2022〕[3]号", "〔2022〕[3]号");
    }
}
