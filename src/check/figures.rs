//! The figures of a text: numbers, percentages and abbreviations in Latin letters.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::base::Span;
use crate::facts::number;

/// A figure in a form that can be compared between languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComparedFigure {
    /// A number, in thousandths.
    Number(u64),
    /// A percentage, in thousandths.
    Percent(u64),
    /// An abbreviation, in capitals, without the plural s.
    Abbreviation(String),
}

/// A figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureMatch {
    /// Its value.
    pub figure: ComparedFigure,
    /// Where it is.
    pub span: Span,
    /// Whether the other language must have it too. Numbers written as words
    /// are often idiom (一体化, `one-stop`): they match, but need no match.
    pub certain: bool,
}

/// Digits, or letters that may have digits among them; the order decides on `5G` and `25th`. The ends
/// of words are those of ASCII, which a text can be searched for in one pass.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?";
    let scale = r"(?P<scale>[万亿]|\s(?:hundred|thousand|million|billion|trillion)(?-u:\b))?";
    let percent = r"(?P<percent>[%％]|\sper\s?cent(?-u:\b))?";
    let word = r"(?P<word>\d+[A-Z][A-Za-z0-9]*|[A-Za-z][A-Za-z0-9]*)";
    Regex::new(&format!("{word}|{number}{scale}{percent}")).expect("the pattern is valid")
});

static HAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?P<percent>百分之)?(?P<run>[〇零一二两三四五六七八九十百千万亿]+)")
        .expect("the pattern is valid")
});

/// The figures of a Chinese text.
pub fn chinese(text: &str) -> Vec<FigureMatch> {
    let mut found = tokens(text);
    found.extend(han(text));
    found
}

/// The figures of an English text.
pub fn english(text: &str) -> Vec<FigureMatch> {
    let mut found = tokens(text);
    found.extend(super::numbers::words(text));
    found
}

/// The parts that both languages write alike: digits and Latin letters.
fn tokens(text: &str) -> Vec<FigureMatch> {
    let mut found = Vec::new();
    for token in TOKEN.find_iter(text) {
        // Most tokens are words: what is inside a token is looked for in numbers only.
        if token.as_str().starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.extend(abbreviation(token.as_str(), token.range()));
        } else if let Some(parts) = TOKEN.captures_at(text, token.start()) {
            found.extend(number_or_word(&parts));
        }
    }
    found
}

fn number_or_word(token: &Captures<'_>) -> Vec<FigureMatch> {
    if let Some(word) = token.name("word") {
        return abbreviation(word.as_str(), word.range());
    }
    let Some(value) = token.name("number").and_then(|n| decimal(n.as_str())) else { return Vec::new() };
    let value = value.saturating_mul(scale(token.name("scale").map_or("", |s| s.as_str().trim())));
    let percent = token.name("percent").is_some();
    let figure = if percent { ComparedFigure::Percent(value) } else { ComparedFigure::Number(value) };
    vec![FigureMatch { figure, span: token.get_match().range(), certain: true }]
}

/// A word with two capitals or a capital and a digit, such as `CNIPA`, `SMEs`, `G20`; and the number in it.
fn abbreviation(word: &str, span: Span) -> Vec<FigureMatch> {
    let marks = word.chars().filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit()).count();
    if marks < 2 || !word.contains(|c: char| c.is_ascii_uppercase()) {
        return Vec::new();
    }
    let singular = word.strip_suffix('s').unwrap_or(word).to_uppercase();
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let number = decimal(&digits).map(|value| (ComparedFigure::Number(value), false));
    let all = std::iter::once((ComparedFigure::Abbreviation(singular), true)).chain(number);
    all.map(|(figure, certain)| FigureMatch { figure, span: span.clone(), certain }).collect()
}

/// A number in digits, in thousandths.
fn decimal(digits: &str) -> Option<u64> {
    let half = |c| number::arabic(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c);
    let digits: String = digits.chars().map(half).collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: u64 = whole.replace(',', "").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part.parse().ok()?)
}

fn scale(word: &str) -> u64 {
    match word {
        "hundred" => 100,
        "thousand" => 1000,
        "万" => 10_000,
        "million" => 1_000_000,
        "亿" => 100_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => 1,
    }
}

/// Numbers in Chinese numerals. Those from eleven on are certain; so is what 第 counts from two on.
fn han(text: &str) -> Vec<FigureMatch> {
    let mut found = Vec::new();
    for run in HAN.captures_iter(text) {
        let place = run.get_match().range();
        let numerals = run.name("run").map_or("", |r| r.as_str());
        let ordinal = text[..place.start].ends_with('第');
        // A run may name a number many times, and each would be reported with all of the run.
        let mut met = BTreeSet::new();
        for value in numbers_in(numerals).into_iter().filter(|value| met.insert(*value)) {
            let percent = run.name("percent").is_some();
            let thousandths = value.saturating_mul(1000);
            let figure = if percent {
                ComparedFigure::Percent(thousandths)
            } else {
                ComparedFigure::Number(thousandths)
            };
            let counted = numerals.chars().any(|c| digit(c).is_some());
            let certain = percent || (counted && value > 10) || (ordinal && value > 1);
            found.push(FigureMatch { figure, span: place.clone(), certain });
        }
    }
    found
}

/// The numbers in a run of numerals: 二十五 is one, 十四五 is fourteen and five, 二〇二五 is a year.
fn numbers_in(run: &str) -> Vec<u64> {
    let digits: Option<Vec<u64>> = run.chars().map(digit).collect();
    if let Some(digits) = digits.filter(|digits| digits.contains(&0) || digits.len() == 4) {
        return vec![digits.iter().fold(0, |sum: u64, digit| sum.saturating_mul(10).saturating_add(*digit))];
    }
    let (mut numbers, mut sum, mut last) = (Vec::new(), 0_u64, None);
    for c in run.chars() {
        match (digit(c), last) {
            (Some(0), _) => {}
            (Some(digit), Some(before)) => {
                numbers.push(sum.saturating_add(before));
                (sum, last) = (0, Some(digit));
            }
            (Some(digit), None) if sum % 10 == 0 => last = Some(digit),
            (Some(_), None) => {}
            (None, digit) => {
                let unit = unit(c);
                let factor = digit.or((sum > 0 && unit >= 10_000).then_some(0)).unwrap_or(1);
                sum = match unit >= 10_000 {
                    true => sum.saturating_add(factor).saturating_mul(unit),
                    false => sum.saturating_add(factor * unit),
                };
                last = None;
            }
        }
    }
    numbers.push(sum.saturating_add(last.unwrap_or(0)));
    numbers
}

fn digit(c: char) -> Option<u64> {
    number::han(c).map(u64::from)
}

fn unit(c: char) -> u64 {
    match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => number::multiplier(c).map_or(1, u64::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Vec<FigureMatch>, expected: &[&str]) {
        let show = |found: &FigureMatch| {
            let mark = if found.certain { "" } else { "?" };
            match &found.figure {
                ComparedFigure::Number(value) => format!("{}{mark}", *value as f64 / 1000.0),
                ComparedFigure::Percent(value) => format!("{}%{mark}", *value as f64 / 1000.0),
                ComparedFigure::Abbreviation(word) => format!("{word}{mark}"),
            }
        };
        assert_eq!(found.iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn figures_of_chinese() {
        check(chinese("2023年３月15日"), &["2023", "3", "15"]);
        check(chinese("压减至16.5个月，达到85%，1.2万件"), &["16.5", "85%", "12000", "10000?"]);
        check(chinese("第二十五次、“十四五”、党的二十大"), &["25", "14", "5?", "20"]);
        check(chinese("一体化、三合一、十分、每万人口"), &["1?", "3?", "1?", "10?", "10000?"]);
        check(chinese("二〇二五年，一百零三项，百分之九十，三万五千"), &["2025", "103", "90%", "35000"]);
        check(chinese("TISC和G20、5G"), &["TISC", "G20", "20?", "5G", "5?"]);
    }

    #[test]
    fn figures_of_english() {
        check(english("by March 15, 2023"), &["15", "2023", "3"]);
        check(english("16.5 months, 85 percent, 12,000 cases"), &["16.5", "85%", "12000"]);
        check(english("the 25th session; 1.5 million"), &["25", "1500000"]);
        check(english("twenty-fifth, one hundred, nine"), &["25?", "100?", "9?"]);
        check(english("SMEs of the G20 may act in May"), &["SME", "G20", "20?", "5?"]);
    }
}
