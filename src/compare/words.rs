//! Where words begin and end.

use std::sync::LazyLock;

use jieba_rs::Jieba;
use unicode_segmentation::UnicodeSegmentation;

/// Loaded once: jieba's dictionary takes longer to read than all texts of a site to cut.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// How a language writes words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Side by side, as in Chinese.
    Han,
    /// With spaces between them.
    Spaced,
}

impl Script {
    /// The script of a language, by its BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        if tag == "zh" || tag.starts_with("zh-") { Self::Han } else { Self::Spaced }
    }

    /// Whether a stretch is too short to be worth reading by itself.
    pub(super) fn is_crumb(self, text: &str) -> bool {
        let letters = || text.chars().filter(|c| c.is_alphanumeric());
        match self {
            Self::Han => letters().nth(3).is_none(),
            Self::Spaced => text.unicode_words().nth(3).is_none() && letters().nth(18).is_none(),
        }
    }
}

/// The words of a text, with what stands between them: joined they are the text.
///
/// Chinese is cut by jieba's dictionary, other languages by Unicode word
/// boundaries (UAX #29).
pub fn words(text: &str, script: Script) -> Vec<&str> {
    match script {
        Script::Han => JIEBA.cut(text, false).into_iter().map(|token| token.word).collect(),
        Script::Spaced => text.split_word_bounds().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_the_words_are_the_text() {
        let check = |text: &str, script, expected: &[&str]| {
            assert_eq!(words(text, script), expected);
            assert_eq!(words(text, script).concat(), text);
        };
        check("保护地理标志，", Script::Han, &["保护", "地理", "标志", "，"]);
        check("The Opinions, 2023.", Script::Spaced, &["The", " ", "Opinions", ",", " ", "2023", "."]);
        check("", Script::Han, &[]);
    }
}
