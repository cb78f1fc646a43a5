//! Where words begin and end.

use gongbao_search::Segmenter;
use unicode_segmentation::UnicodeSegmentation;

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

/// Segmenter of given texts into words. To find the words of a dictionary that
/// texts can contain takes a while, so one is made for all of them.
#[derive(Debug)]
pub struct WordSegmenter {
    /// How the texts write words.
    pub script: Script,
    segmenter: Option<Segmenter>,
}

impl WordSegmenter {
    /// Prepares to cut these texts.
    pub fn new<'a>(script: Script, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let segmenter = (script == Script::Han).then(|| Segmenter::new(texts));
        Self { script, segmenter }
    }

    /// The words of one of the texts, with what is between them: joined they are the text.
    ///
    /// Chinese is cut by jieba's dictionary, other languages by Unicode word
    /// boundaries (UAX #29).
    pub fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        match &self.segmenter {
            Some(segmenter) => segmenter.cut(text),
            None => text.split_word_bounds().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_the_words_are_the_text() {
        let check = |text: &str, script, expected: &[&str]| {
            let cutter = WordSegmenter::new(script, [text]);
            assert_eq!(cutter.words(text), expected);
            assert_eq!(cutter.words(text).concat(), text);
        };
        check("保护地理标志，", Script::Han, &["保护", "地理", "标志", "，"]);
        check("The Opinions, 2023.", Script::Spaced, &["The", " ", "Opinions", ",", " ", "2023", "."]);
        check("", Script::Han, &[]);
    }
}
