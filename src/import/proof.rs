//! The fidelity proof: the Markdown says what the source says.
//!
//! Nothing of the conversion is used. One side is the source, line by line, without the
//! lines listed as dropped and with the listed edits made – each only if it is on the
//! closed list below. The other side is the Markdown as a CommonMark parser reads it.
//! White space and the width of parentheses do not count; every other character does.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use gongbao_search::characters::ordinary;
use regex::Regex;
use serde::Serialize;

use super::account::{Dropped, Edit, Rule};
use super::error::ProofDifference;
use super::front::{self, FrontMatter};
use super::plain::{self, FOREIGN};
use crate::base::characters::prints_nothing;
use crate::container::DropReason;

/// How many characters were compared; white space and control characters are not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Characters of the source, before the listed edits.
    pub read: usize,
    /// Of these, on dropped lines.
    pub dropped: usize,
    /// Of these, in the title that went into the front matter.
    pub title: usize,
    /// Characters of the body, each equal to its counterpart in the source.
    pub written: usize,
}

impl fmt::Display for ProofDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: read “{}”, wrote “{}”", self.line, self.read, self.written)
    }
}

/// The changes that the importer claims, which the proof accepts within limits.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClaimedEdits<'a> {
    pub(super) dropped: &'a [Dropped],
    pub(super) edits: &'a [Edit],
}

/// Compares `source` with `markdown`.
///
/// # Errors
/// The first difference.
pub(super) fn prove(
    source: &str,
    markdown: &str,
    claims: ClaimedEdits<'_>,
) -> Result<Proof, ProofDifference> {
    let (toml, body) = front::split(markdown).unwrap_or(("", markdown));
    let source = ExpectedSource::new(source, claims);
    prove_title(&source, &fold(&stated_title(toml)))?;
    compare(&source.text, &fold(&plain::text(body)))?;
    Ok(Proof {
        read: source.read,
        dropped: source.dropped,
        title: source.title.len(),
        written: source.text.len(),
    })
}

/// A title that was moved to the front matter is compared; one that is also in the text
/// must occur there.
fn prove_title(source: &ExpectedSource, title: &[char]) -> Result<(), ProofDifference> {
    let text: String = source.text.iter().map(|(c, _)| *c).collect();
    if source.title.is_empty() && text.contains(&String::from_iter(title)) {
        return Ok(());
    }
    compare(&source.title, title)
}

/// The title in the front matter.
fn stated_title(toml: &str) -> String {
    toml::from_str::<FrontMatter>(toml).ok().and_then(|front| front.title).unwrap_or_default()
}

/// A character and its line.
type Placed = (char, usize);

/// The source as it should have been written.
#[derive(Default)]
struct ExpectedSource {
    text: Vec<Placed>,
    title: Vec<Placed>,
    read: usize,
    dropped: usize,
}

impl ExpectedSource {
    fn new(source: &str, claims: ClaimedEdits<'_>) -> Self {
        let reasons: BTreeMap<usize, DropReason> =
            claims.dropped.iter().map(|d| (d.line, d.reason)).collect();
        let mut edits: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
        for edit in claims.edits.iter().filter(|e| is_allowed(e)) {
            edits.entry(edit.line).or_default().push(edit);
        }
        let mut this = Self::default();
        let columns = ColumnPieces::new(source, claims.edits);
        for (index, raw) in source.split('\n').enumerate() {
            let line = index + 1;
            if let Some(pieces) = columns.read(line) {
                this.read += fold(raw).len();
                this.text.extend(pieces.flat_map(|piece| fold(&piece.from)).map(|c| (c, line)));
                continue;
            }
            let characters = fold(raw).iter().filter(|c| **c != FOREIGN).count();
            this.read += characters;
            let edited = || apply(raw, edits.get(&line).map_or(&[], Vec::as_slice));
            match reasons.get(&line) {
                Some(DropReason::Title) => this.title.extend(fold(&edited()).into_iter().map(|c| (c, line))),
                Some(_) => this.dropped += characters,
                None => this.text.extend(fold(&edited()).into_iter().map(|c| (c, line))),
            }
        }
        this
    }
}

/// The lines that were read down the columns of a table: each piece between their gaps once, none cut.
struct ColumnPieces<'a> {
    /// The pieces in the order of reading.
    pieces: Vec<&'a Edit>,
    /// The last line of each run of such lines, by its first.
    runs: BTreeMap<usize, usize>,
}

impl<'a> ColumnPieces<'a> {
    /// Takes the lines whose claimed pieces are those that they have.
    fn new(source: &str, edits: &'a [Edit]) -> Self {
        let pieces: Vec<&Edit> = edits.iter().filter(|edit| edit.rule == Rule::Columns).collect();
        let mut claimed: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for piece in &pieces {
            claimed.entry(piece.line).or_default().push(&piece.from);
        }
        let lines: Vec<&str> = if claimed.is_empty() { Vec::new() } else { source.split('\n').collect() };
        claimed.retain(|line, claimed| {
            let raw = lines.get(line.wrapping_sub(1)).map(|raw| printed(raw)).unwrap_or_default();
            let mut had: Vec<&str> = PIECE.find_iter(&raw).map(|piece| piece.as_str()).collect();
            had.sort_unstable();
            claimed.sort_unstable();
            had == *claimed
        });
        let mut runs: BTreeMap<usize, usize> = BTreeMap::new();
        for &line in claimed.keys() {
            match runs.last_entry() {
                Some(mut run) if *run.get() + 1 == line => *run.get_mut() = line,
                _ => drop(runs.insert(line, line)),
            }
        }
        Self { pieces, runs }
    }

    /// The pieces to read in place of a line: all of the run that it begins, nothing for the others of a run.
    fn read(&self, line: usize) -> Option<impl Iterator<Item = &'a Edit>> {
        let (&first, &last) = self.runs.range(..=line).next_back().filter(|(_, last)| line <= **last)?;
        let pieces = if first == line { &self.pieces[..] } else { &[] };
        Some(pieces.iter().copied().filter(move |piece| (first..=last).contains(&piece.line)))
    }
}

/// A line in ordinary characters, without those that print nothing.
fn printed(raw: &str) -> String {
    let kept = raw.chars().filter(|c| !prints_nothing(*c));
    kept.map(|c| ordinary(c).map_or_else(|| c.to_string(), str::to_owned)).collect()
}

static PIECE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\S+(?:[ \u{3000}]\S+)*").expect("the pattern is valid"));

/// The edits that change characters at all. The other rules change white space and the
/// width of parentheses only, which the comparison does not see.
fn is_allowed(edit: &Edit) -> bool {
    match edit.rule {
        Rule::Compatibility => is_compatibility(&edit.from, &edit.to),
        Rule::Markup => is_markup(&edit.from, &edit.to),
        Rule::ListNumber if edit.to.is_empty() => BULLET.is_match(&edit.from),
        Rule::ListNumber => LIST_MARK.is_match(&edit.from) && NUMBER.is_match(&edit.to),
        Rule::Table => edit.to.is_empty() && edit.from.chars().all(|c| "|-: ".contains(c)),
        Rule::JoinedLines | Rule::JoinedPages | Rule::Space | Rule::Parenthesis | Rule::Columns => false,
    }
}

/// A character becomes the one that it stands for.
fn is_compatibility(from: &str, to: &str) -> bool {
    let mut chars = from.chars();
    chars.next().and_then(ordinary) == Some(to) && chars.next().is_none()
}

/// `#`, `>`, `**` go; `\x` becomes x; `[text](target)` becomes its text; an image goes.
fn is_markup(from: &str, to: &str) -> bool {
    let mark = to.is_empty() && (from == "**" || from == ">" || from.chars().all(|c| c == '#'));
    let escape =
        from.strip_prefix('\\') == Some(to) && to.len() == 1 && to.chars().all(|c| c.is_ascii_punctuation());
    let link = LINK
        .captures(from)
        .is_some_and(|found| if from.starts_with('!') { to.is_empty() } else { &found[1] == to });
    mark || escape || link
}

static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^!?\[([^\[]*?)\]\([^)]*\)$").expect("the pattern is valid"));

static LIST_MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-*+•●▪■◆]|[0-9０-９]{1,4}\s*[.．、])$").expect("the pattern is valid")
});

static BULLET: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[-*+•●▪■◆]$").expect("the pattern is valid"));

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d{1,9}\.$").expect("the pattern is valid"));

/// Makes `edits` in `raw`: the ordinary characters first, then the bullet that opens it, then markup from
/// left to right, then the number, which markup may have hidden and white space may have torn.
fn apply(raw: &str, edits: &[&Edit]) -> String {
    let mut text: String = raw.chars().filter(|c| !prints_nothing(*c)).collect();
    let (folded, rest): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|e| e.rule == Rule::Compatibility);
    apply_in_order(&mut text, &folded);
    let (marks, markup): (Vec<&Edit>, Vec<&Edit>) = rest.iter().partition(|e| e.rule == Rule::ListNumber);
    let (bullets, numbers): (Vec<&Edit>, Vec<&Edit>) = marks.iter().partition(|e| BULLET.is_match(&e.from));
    apply_in_order(&mut text, &bullets);
    apply_in_order(&mut text, &markup);
    text.retain(|c| !c.is_whitespace());
    apply_in_order(&mut text, &numbers);
    text
}

/// Makes each edit at the first place after the one before.
fn apply_in_order(text: &mut String, edits: &[&Edit]) {
    let (mut edited, mut rest) = (String::with_capacity(text.len()), text.as_str());
    for edit in edits {
        if let Some((before, after)) = rest.split_once(edit.from.as_str()) {
            edited.push_str(before);
            edited.push_str(&edit.to);
            rest = after;
        }
    }
    edited.push_str(rest);
    *text = edited;
}

/// The text to compare: without white space, control and invisible characters, with parentheses of one width.
fn fold(text: &str) -> Vec<char> {
    let printed = text.chars().filter(|&c| !c.is_whitespace() && (c == FOREIGN || !prints_nothing(c)));
    printed
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

fn compare(read: &[Placed], written: &[char]) -> Result<(), ProofDifference> {
    let same = read.iter().zip(written).take_while(|((r, _), w)| r == *w).count();
    if same == read.len() && same == written.len() {
        return Ok(());
    }
    let line = read.get(same).or(read.last()).map_or(0, |(_, line)| *line);
    let read: Vec<char> = read.iter().map(|(c, _)| *c).collect();
    Err(ProofDifference { line, read: around(&read, same), written: around(written, same) })
}

/// Characters before and after a difference that are shown.
const CONTEXT: usize = 12;

fn around(text: &[char], at: usize) -> String {
    let before = &text[at.saturating_sub(CONTEXT).min(text.len())..at.min(text.len())];
    let after = &text[at.min(text.len())..(at + CONTEXT).min(text.len())];
    format!("{}▸{}", String::from_iter(before), String::from_iter(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, markdown: &str, edits: &[Edit]) -> Result<Proof, ProofDifference> {
        prove(source, markdown, ClaimedEdits { dropped: &[], edits })
    }

    #[test]
    fn columns_are_read_in_the_order_claimed_and_whole() {
        let source = "序号   任务     单位\n1      新建，   甲局\n       优先。";
        let piece = |line, text: &str| Edit::new(Rule::Columns, line, text, text);
        let order =
            [(1, "序号"), (1, "任务"), (1, "单位"), (2, "1"), (2, "新建，"), (3, "优先。"), (2, "甲局")];
        let edits: Vec<Edit> = order.map(|(line, text)| piece(line, text)).into();
        let markdown = "| 序号 | 任务 | 单位 |\n| - | - | - |\n| 1 | 新建，优先。 | 甲局 |\n";
        assert!(check(source, markdown, &edits).is_ok());
        assert!(check(source, &markdown.replace("新建，优先。", "优先。新建，"), &edits).is_err());
        assert!(check(source, markdown, &edits[..6]).is_err(), "a piece is missing");
    }

    #[test]
    fn equal_text_is_proved() {
        let markdown = "## 一、要求\n\n1. 修订（试行）\n\n2. 出台\n";
        let proof = check("一、要 求\n1. 修订\n(试行)\n2. 出台", markdown, &[]).unwrap();
        assert_eq!((proof.read, proof.written), (16, 16));
    }

    #[test]
    fn one_character_less_is_found() {
        let difference = check("一、要求\n全面加强保护。", "一、要求\n\n全面加保护。\n", &[]).unwrap_err();
        assert_eq!((difference.line, difference.read.as_str()), (2, "一、要求全面加▸强保护。"));
    }

    #[test]
    fn a_claimed_edit_must_be_on_the_list() {
        let forged = Edit::markup(1, "不得", "");
        assert!(check("不得侵权", "侵权", &[forged]).is_err());
        let honest = Edit::markup(1, "**", "");
        assert!(check("**侵权", "侵权", &[honest]).is_ok());
    }

    #[test]
    fn a_number_that_the_list_does_not_show_is_found() {
        assert!(check("1. 甲\n3. 乙", "1. 甲\n\n3. 乙\n", &[]).is_err(), "CommonMark counts 1, 2");
    }

    #[test]
    fn text_read_as_markup_is_found() {
        for text in ["*甲*", "<b>甲", "a `b`", "[甲](乙)", "# 甲"] {
            assert!(check(text, text, &[]).is_err(), "{text}");
        }
    }
}
