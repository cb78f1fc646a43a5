//! Days and months in the reader's language, as CLDR writes them.

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_locale_core::Locale;

use crate::base::Date;

/// Writes dates in one language.
pub struct Dates {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

impl Dates {
    /// Dates in the language of a BCP 47 tag; a tag CLDR does not know gives
    /// the form of the root locale. `None` if the tag is not one.
    pub fn new(tag: &str) -> Option<Self> {
        let locale: Locale = tag.parse().ok()?;
        Some(Self {
            day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok()?,
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long()).ok()?,
        })
    }

    /// A day: `2025年12月31日`, `December 31, 2025`.
    pub fn day(&self, date: Date) -> String {
        calendar(date).map_or_else(|| date.to_string(), |d| self.day.format(&d).to_string())
    }

    /// The month of a day: `2025年12月`, `December 2025`.
    pub fn month(&self, date: Date) -> String {
        calendar(date).map_or_else(|| date.to_string(), |d| self.month.format(&d).to_string())
    }
}

fn calendar(date: Date) -> Option<icu_calendar::Date<Gregorian>> {
    let part = |n: i8| u8::try_from(n).ok();
    icu_calendar::Date::try_new_gregorian(date.year().into(), part(date.month())?, part(date.day())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_form() {
        let day = jiff::civil::date(2025, 12, 31);
        let check = |tag, expected: [&str; 2]| {
            let dates = Dates::new(tag).unwrap();
            assert_eq!([dates.day(day), dates.month(day)], expected);
        };
        check("zh-Hans", ["2025年12月31日", "2025年12月"]);
        check("en", ["December 31, 2025", "December 2025"]);
        check("fr", ["31 décembre 2025", "décembre 2025"]);
        assert!(Dates::new("not a tag").is_none());
    }
}
