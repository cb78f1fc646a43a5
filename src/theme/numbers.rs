//! Whole numbers in the reader's language, as CLDR writes them.

use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale;

/// Writes whole numbers in one language.
pub(super) struct Numbers(DecimalFormatter);

impl Numbers {
    /// Numbers in the language of a BCP 47 tag; a tag CLDR does not know gives the form of the root
    /// locale. `None` if the tag is not one.
    pub(super) fn new(tag: &str) -> Option<Self> {
        let locale: Locale = tag.parse().ok()?;
        DecimalFormatter::try_new((&locale).into(), Default::default()).ok().map(Self)
    }

    /// A count: `166`, `10,000`.
    pub(super) fn whole(&self, number: i64) -> String {
        self.0.format(&number.into()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_form() {
        let check = |tag, expected: &str| assert_eq!(Numbers::new(tag).unwrap().whole(10_000), expected);
        check("zh-Hans", "10,000");
        check("en", "10,000");
        check("fr", "10\u{202f}000");
        assert_eq!(Numbers::new("en").unwrap().whole(-166), "-166");
        assert!(Numbers::new("not a tag").is_none());
    }
}
