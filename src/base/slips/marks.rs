//! Marks of the full width that are where TOML wants those of the keyboard.

/// A line with the marks of the keyboard, and the first mark that was none: its place, and what to type.
pub(super) struct Narrow {
    pub(super) line: String,
    pub(super) first: Option<(usize, char, char)>,
}

/// Marks that open and close a text where the keyboard has one for both.
const QUOTES: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('＂', '＂')];

/// Writes a line with the marks of the keyboard, but for what is inside its quotes.
pub(super) fn narrow(line: &str) -> Narrow {
    let mut out = Narrow { line: String::with_capacity(line.len()), first: None };
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        at += match c {
            '#' => {
                out.line.push_str(rest);
                rest.len()
            }
            '"' | '\'' => out.quoted(rest, at, c),
            _ if is_opening(c) => out.opened(rest, at, c),
            _ => out.outside(c, at),
        };
    }
    if out.first.is_some() {
        out.line = out.line.trim_end().to_owned();
    }
    out
}

fn is_opening(c: char) -> bool {
    QUOTES.iter().any(|(open, close)| c == *open || c == *close)
}

impl Narrow {
    fn note(&mut self, at: usize, written: char, meant: char) {
        self.first.get_or_insert((at, written, meant));
    }

    /// A text that begins with a mark of the keyboard. Gives how many bytes it takes.
    fn quoted(&mut self, rest: &str, at: usize, quote: char) -> usize {
        let close = closing(&rest[1..], quote).map(|end| end + 1);
        let wide = wide_end(&rest[1..]).map(|(end, c)| (end + 1, c));
        match (close, wide) {
            // The text ends with a wide mark before the next begins.
            (close, Some((end, c)))
                if close.is_none_or(|close| ends_here(&rest[end + c.len_utf8()..]) && end < close) =>
            {
                self.note(at + end, c, '"');
                self.line.push_str(&rest[..end]);
                self.line.push(quote);
                end + c.len_utf8()
            }
            (Some(end), _) => {
                self.line.push_str(&rest[..=end]);
                end + 1
            }
            _ => {
                self.line.push_str(rest);
                rest.len()
            }
        }
    }

    /// A text that begins with a wide mark.
    fn opened(&mut self, rest: &str, at: usize, open: char) -> usize {
        self.note(at, open, '"');
        let inner = &rest[open.len_utf8()..];
        let (length, end) = match matching(inner, open) {
            Some(end) => (end, end + inner[end..].chars().next().map_or(0, char::len_utf8)),
            None => (inner.len(), inner.len()),
        };
        let words = inner[..length].replace('\\', "\\\\").replace('"', "\\\"");
        self.line.push('"');
        self.line.push_str(&words);
        if end > length {
            self.line.push('"');
        }
        open.len_utf8() + end
    }

    /// A character outside every text.
    fn outside(&mut self, c: char, at: usize) -> usize {
        let has_value = self.line.contains('=');
        let meant = match c {
            '，' | '、' | '；' => ',',
            '：' if !has_value => '=',
            '【' | '〔' => '[',
            '】' | '〕' => ']',
            '－' | '—' | '–' => '-',
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        if meant != c && !(c.is_alphanumeric() && self.first.is_some()) {
            self.note(at, c, meant);
        }
        match meant {
            '=' if meant != c => self.spaced("= "),
            ',' if meant != c => self.line.push_str(", "),
            ' ' if self.line.ends_with(' ') => {}
            _ => self.line.push(meant),
        }
        c.len_utf8()
    }

    fn spaced(&mut self, mark: &str) {
        if !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        self.line.push_str(mark);
    }
}

/// The end of a text that one of the keyboard's quotes has opened.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\\' if quote == '"' && !escaped => escaped = true,
            c if c == quote && !escaped => return Some(at),
            _ => escaped = false,
        }
    }
    None
}

/// The wide quote after which a value ends.
fn wide_end(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(at, c)| is_opening(*c) && ends_here(&text[at + c.len_utf8()..]))
}

/// Returns whether a value can end before this.
fn ends_here(rest: &str) -> bool {
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| ",，、]］}｝#".contains(c))
}

/// The mark that closes the text: the one that belongs to `open`, texts within it aside, or any quote
/// after which a value can end.
fn matching(text: &str, open: char) -> Option<usize> {
    let (_, close) = QUOTES.iter().find(|(o, c)| open == *o || open == *c)?;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        let ends = ends_here(&text[at + c.len_utf8()..]);
        match c {
            c if c == *close && depth == 0 => return Some(at),
            c if c == *close => depth -= 1,
            '"' if ends => return Some(at),
            c if c == open && ends => return Some(at),
            c if c == open => depth += 1,
            _ => {}
        }
    }
    None
}
