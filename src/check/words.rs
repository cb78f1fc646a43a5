//! Text → words, so that a rendering is found however it is inflected, spelt or set off.

use std::collections::BTreeMap;

use frostem::Stemmer;

use crate::base::Span;

/// The words of a text, in order.
///
/// Case, straight and curly apostrophes, the possessive 's, punctuation
/// between words and inflection make no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    list: Vec<Word>,
    /// The places of each stem in the list, so that a phrase is looked for only where it may begin.
    places: BTreeMap<String, Vec<usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// Its stem, in lower case.
    stem: String,
    /// Whether a hyphen joins it to the word before.
    hyphened: bool,
    span: Span,
}

/// Reads words of one language.
pub struct WordReader {
    stemmer: Option<Stemmer>,
}

impl WordReader {
    /// A reader of the language of a BCP 47 tag. In a language without a
    /// stemmer words are compared as they are.
    pub fn new(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        Self { stemmer: Stemmer::try_from_name(language).ok() }
    }

    /// The words of a text.
    pub fn read(&self, text: &str) -> Words {
        let mut list: Vec<Word> = Vec::new();
        for span in spans(text) {
            let word = text[span.clone()].to_lowercase().replace('’', "'");
            let word = word.strip_suffix("'s").unwrap_or(&word).trim_end_matches('\'');
            let stem = self.stemmer.as_ref().map_or_else(|| word.to_owned(), |s| s.stem(word).into_owned());
            let before = list.last().map(|last| &text[last.span.end..span.start]);
            let hyphened = before.is_some_and(|gap| matches!(gap, "-" | "\u{2010}" | "\u{2011}"));
            list.push(Word { stem, hyphened, span });
        }
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, word) in list.iter().enumerate() {
            places.entry(word.stem.clone()).or_default().push(place);
        }
        Words { list, places }
    }
}

/// The stretches of letters, digits and apostrophes between them.
fn spans(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || (open && matches!(c, '\'' | '’'));
        let end = at + c.len_utf8();
        match spans.last_mut() {
            Some(last) if inside && open => last.end = end,
            _ if inside => spans.push(at..end),
            _ => {}
        }
        open = inside;
    }
    spans
}

impl Words {
    /// Where a phrase occurs. Hyphens and spaces make no difference:
    /// `multidimensional` is `multi-dimensional`.
    pub fn find(&self, phrase: &Words) -> Vec<Span> {
        let wanted: String = phrase.list.iter().map(|word| word.stem.as_str()).collect();
        let ends = wanted.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut starts: Vec<usize> = ends.flat_map(|end| self.places_of(&wanted[..end])).copied().collect();
        starts.sort_unstable();
        starts.into_iter().filter_map(|start| self.joined_at(start, &wanted)).collect()
    }

    /// The places of a stem in the list.
    fn places_of(&self, stem: &str) -> &[usize] {
        self.places.get(stem).map_or(&[], Vec::as_slice)
    }

    fn joined_at(&self, start: usize, wanted: &str) -> Option<Span> {
        let mut rest = wanted;
        for word in &self.list[start..] {
            rest = rest.strip_prefix(word.stem.as_str())?;
            if rest.is_empty() {
                return Some(self.list[start].span.start..word.span.end);
            }
        }
        None
    }

    /// Where a phrase occurs with the same hyphens and spaces: `trade mark` is not `trademark`.
    pub fn find_exact(&self, phrase: &Words) -> Vec<Span> {
        let Some(first) = phrase.list.first() else { return Vec::new() };
        let same =
            |(i, (a, b)): (usize, (&Word, &Word))| a.stem == b.stem && (i == 0 || a.hyphened == b.hyphened);
        let windows =
            self.places_of(&first.stem).iter().filter_map(|at| self.list.get(*at..at + phrase.list.len()));
        windows
            .filter(|window| window.iter().zip(&phrase.list).enumerate().all(same))
            .map(|window| window[0].span.start..window[window.len() - 1].span.end)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, phrase: &str, loose: usize, exact: usize) {
        let reader = WordReader::new("en");
        let (text, phrase) = (reader.read(text), reader.read(phrase));
        assert_eq!((text.find(&phrase).len(), text.find_exact(&phrase).len()), (loose, exact));
    }

    #[test]
    fn a_rendering_is_found_however_it_is_written() {
        check("Administrative Adjudication Cases", "administrative adjudication", 1, 1);
        check("the peoples’ courts; the people's court", "People’s Court", 2, 2);
        check("a multi-dimensional evaluation", "multidimensional evaluation", 1, 0);
        check("trademarks", "trade mark", 1, 0);
        check("trademarks (in bad faith)", "trademark, in bad faith", 1, 1);
        check("patent-infringing goods", "patent infringement", 1, 0);
        check("unrelated", "", 0, 0);
    }

    #[test]
    fn a_language_without_a_stemmer_is_compared_as_it_is() {
        let reader = WordReader::new("tlh");
        assert!(reader.read("courts").find(&reader.read("court")).is_empty());
    }
}
