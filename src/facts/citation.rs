//! Citations: titles between 《 and 》.
//!
//! GB/T 15834 (标点符号用法) puts titles between 《》 and a title inside a title between 〈〉;
//! many texts write 《》 inside 《》 as well. A citation is the outermost pair; what is inside
//! belongs to its title, and so do qualifiers such as （试行） before the closing mark.
//! A title does not run past the end of its line or sentence.

use super::{Problem, ProblemKind, Span, scan};

/// A title cited in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// With its marks.
    pub span: Span,
    /// The title, without its outer marks.
    pub title_span: Span,
    /// The title as written, line breaks and all.
    pub title: String,
    /// The last parenthesis of the title, as in 办法（试行）, without its marks.
    pub qualifier: Option<String>,
    /// Titles named within the title, without their marks.
    pub inner: Vec<Span>,
}

impl Citation {
    /// The key to compare titles by: see [`key`].
    pub fn key(&self) -> String {
        key(&self.title)
    }
}

/// The result of [`read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitationReading {
    /// In the order of the text.
    pub citations: Vec<Citation>,
    /// Marks without their counterpart, and titles without words.
    pub problems: Vec<Problem>,
}

/// Reads all titles that `text` cites.
pub fn read(text: &str) -> CitationReading {
    let (open, inner, reading) = (Vec::new(), Vec::new(), CitationReading::default());
    let mut reader = CitationReader { text, open, open_inner: 0, inner, reading };
    for (at, c) in text.char_indices() {
        reader.step(at, c);
    }
    reader.give_up();
    reader.reading.problems.sort_by_key(|p| p.span.start);
    reader.reading.citations.sort_by_key(|c| c.span.start);
    reader.reading
}

/// A title as other spellings of it have it too: without white space, with one kind of
/// dash, quotation mark, parenthesis, digit and inner mark. `2021-2035` and `2021—2035`,
/// 〈…〉 and 《…》 inside a title are the same. Qualifiers stay: a 办法 and its （试行）
/// are two documents.
pub fn key(title: &str) -> String {
    let kept = title.chars().filter(|c| !c.is_whitespace());
    let mut folded = String::with_capacity(title.len());
    for c in kept.map(fold) {
        if c != '—' || !folded.ends_with('—') {
            folded.push(c);
        }
    }
    folded
}

fn fold(c: char) -> char {
    match c {
        '-' | '–' | '―' | '－' | '~' | '～' | '─' => '—',
        '(' => '（',
        ')' => '）',
        '〈' => '《',
        '〉' => '》',
        '「' | '"' | '”' | '」' | '＂' => '“',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Marks that are open, outermost first, and what was found.
struct CitationReader<'a> {
    text: &'a str,
    open: Vec<(usize, char)>,
    /// How many of them are 〈.
    open_inner: usize,
    inner: Vec<Span>,
    reading: CitationReading,
}

impl CitationReader<'_> {
    fn step(&mut self, at: usize, c: char) {
        match c {
            '《' => self.open.push((at, c)),
            '〈' if !self.open.is_empty() => {
                self.open.push((at, c));
                self.open_inner += 1;
            }
            '》' => self.close(at, '《', c),
            '〉' if !self.open.is_empty() => self.close(at, '〈', c),
            '。' | '\n' => self.give_up(),
            _ => {}
        }
    }

    fn close(&mut self, at: usize, opening: char, closing: char) {
        // 《A〈B》: the 》 closes the outer mark, and the 〈 is left without its own.
        let place = match opening {
            // Where there is none, not every 〉 looks through all that is open.
            '〈' if self.open_inner == 0 => None,
            _ => self.open.iter().rposition(|&(_, mark)| mark == opening),
        };
        let Some(place) = place else {
            let span = at..at + closing.len_utf8();
            self.problem(span, ProblemKind::UnopenedTitle { mark: closing });
            return;
        };
        self.report_from(place + 1);
        let Some((start, mark)) = self.open.pop() else {
            return;
        };
        self.open_inner -= usize::from(mark == '〈');
        let title = start + opening.len_utf8()..at;
        if self.open.is_empty() {
            self.finish(start..at + closing.len_utf8(), title);
        } else {
            self.inner.push(title);
        }
    }

    fn finish(&mut self, span: Span, title_span: Span) {
        let title = &self.text[title_span.clone()];
        let inner = std::mem::take(&mut self.inner);
        if title.trim().is_empty() {
            return self.problem(span, ProblemKind::EmptyTitle);
        }
        let citation =
            Citation { span, title: title.to_owned(), qualifier: qualifier(title), title_span, inner };
        self.reading.citations.push(citation);
    }

    /// The sentence ends: what is still open is never closed. Pairs found inside an unclosed
    /// mark are citations of their own.
    fn give_up(&mut self) {
        self.report_from(0);
        let mut titles = std::mem::take(&mut self.inner);
        titles.sort_by_key(|title| title.start);
        for title in titles {
            let start = title.start - '《'.len_utf8();
            let span = start..title.end + '》'.len_utf8();
            let last = self.reading.citations.last().map_or(0, |c| c.span.end);
            if self.text[start..].starts_with('《') && last <= start {
                self.finish(span, title);
            }
        }
    }

    fn report_from(&mut self, place: usize) {
        for (start, mark) in self.open.split_off(place.min(self.open.len())) {
            let span = start..start + mark.len_utf8();
            self.open_inner -= usize::from(mark == '〈');
            self.problem(span, ProblemKind::UnclosedTitle { mark });
        }
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.reading.problems.push(Problem::new(span, kind));
    }
}

fn qualifier(title: &str) -> Option<String> {
    let inner = title.trim_end().strip_suffix(['）', ')'])?;
    let start = inner.rfind(['（', '('])?;
    let qualifier = inner[start..].trim_start_matches(['（', '(']);
    Some(scan::trim(qualifier, 0..qualifier.len()))
        .map(|span| qualifier[span].to_owned())
        .filter(|words| !words.is_empty())
}
