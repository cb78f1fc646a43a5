//! Text of a container → lines with marks.

/// Lines as they are put together.
#[derive(Debug, Default)]
pub(super) struct TextLines {
    lines: Vec<String>,
    /// The line that is open: its text without marks, and where it was bold.
    text: String,
    heading: u8,
    bold: Option<usize>,
    bold_lead: usize,
    prefix: String,
}

impl TextLines {
    /// Adds to the open line.
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        match (bold, self.bold) {
            (true, None) if self.text.is_empty() => self.bold = Some(0),
            (false, Some(0)) if !text.trim().is_empty() => {
                self.bold_lead = self.text.len();
                self.bold = Some(1);
            }
            (false, None) if !text.trim().is_empty() => self.bold = Some(1),
            _ => {}
        }
        self.text.push_str(text);
    }

    /// The text of the open line.
    pub(super) fn open(&self) -> &str {
        &self.text
    }

    /// Makes the open line a heading of a level, from 1.
    pub(super) fn heading(&mut self, level: u8) {
        self.heading = level;
    }

    /// Puts a number or bullet before the open line.
    pub(super) fn number(&mut self, number: &str) {
        number.clone_into(&mut self.prefix);
    }

    /// Ends the open line, if it says anything. Returns its number, from 1.
    pub(super) fn end(&mut self) -> Option<usize> {
        let open = std::mem::take(self);
        self.lines = open.lines;
        let text = open.text.trim_end();
        if text.trim().is_empty() {
            return None;
        }
        let lead = if open.bold_lead > 0 && open.heading == 0 { open.bold_lead.min(text.len()) } else { 0 };
        let (bold, rest) = text.split_at(lead);
        let mut line = "#".repeat(open.heading.into());
        line.push_str(if open.heading > 0 { " " } else { "" });
        line.push_str(&open.prefix);
        if bold.trim().is_empty() {
            line.push_str(&escaped(text, line.trim().is_empty()));
        } else {
            line.push_str(&format!("**{}**{}", escaped(bold, false), escaped(rest, false)));
        }
        self.lines.push(line);
        Some(self.lines.len())
    }

    /// Adds a row of a table. Returns its number, from 1.
    pub(super) fn row(&mut self, cells: &[String]) -> usize {
        self.end();
        self.lines.push(row(cells));
        self.lines.len()
    }

    /// Adds an empty line, which keeps two tables apart.
    pub(super) fn gap(&mut self) {
        self.end();
        self.lines.push(String::new());
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.end();
        self.lines.join("\n")
    }
}

/// A row of a table as a line.
pub(super) fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.trim().replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

/// Gives every row of a table as many cells as the longest has. Returns how many.
pub(super) fn even(rows: &mut [Vec<String>]) -> usize {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    columns
}

/// The text with a backslash before what would be read as a mark.
fn escaped(text: &str, opens_line: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opens = opens_line;
    for c in text.chars() {
        let is_mark = matches!(c, '\\' | '*' | '[') || opens && matches!(c, '#' | '>' | '|' | '-' | '+');
        if is_mark {
            out.push('\\');
        }
        opens &= c.is_whitespace();
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_mark_is_escaped() {
        let mut lines = TextLines::default();
        lines.push("# 3*2[注]", false);
        lines.end();
        lines.push("一、任务。", true);
        lines.push("正文", false);
        assert_eq!(lines.finish(), "\\# 3\\*2\\[注]\n**一、任务。**正文");
    }
}
