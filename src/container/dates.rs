//! Days as Chinese documents and web pages write them.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::chars;
use crate::facts::number;

/// The first day in `text`: 2022年1月24日, 二〇二二年一月二十四日, 2022-01-24, 2022/1/24.
pub(crate) fn find(text: &str) -> Option<Date> {
    let text = chars::squeeze(text);
    let digits = DIGITS.captures(&text).and_then(|c| day(&c, |s| s.parse().ok()));
    digits.or_else(|| CHINESE.captures(&text).and_then(|c| day(&c, chinese)))
}

/// The day that `text` consists of.
pub(crate) fn whole(text: &str) -> Option<Date> {
    let text = chars::squeeze(text);
    let is_whole = |p: &Regex| p.find(&text).is_some_and(|m| m.len() == text.len());
    (is_whole(&DIGITS) || is_whole(&CHINESE)).then(|| find(&text))?
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([12]\d{3})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?").expect("the pattern is valid")
});

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("([一二][〇○零Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
        .expect("the pattern is valid")
});

fn day(found: &Captures<'_>, read: fn(&str) -> Option<i16>) -> Option<Date> {
    let month = i8::try_from(read(&found[2])?).ok()?;
    let day = i8::try_from(read(&found[3])?).ok()?;
    Date::new(read(&found[1])?, month, day).ok()
}

/// A year is written digit by digit, a month or day as a number.
fn chinese(text: &str) -> Option<i16> {
    let zeroed = text.replace(['○', 'Ｏ'], "〇");
    if zeroed.chars().count() == 4 {
        let mut digits = zeroed.chars().map(number::han);
        return digits.try_fold(0, |year, digit| i16::try_from(digit?).ok().map(|d| year * 10 + d));
    }
    i16::try_from(number::whole(&zeroed)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_form() {
        let expected = Date::new(2022, 1, 24).ok();
        for text in [
            "2022 年 1 月 24 日",
            "出所：2022年 1月 24日付け",
            "二〇二二年一月二十四日",
            "2022-01-24",
            "2022/1/24 10:30",
        ] {
            assert_eq!(find(text), expected, "{text}");
        }
        assert_eq!(find("2022年2月30日"), None);
        assert_eq!(whole("2022年1月24日印发"), None);
        assert_eq!(whole("2022 年 1 月 24 日"), expected);
    }
}
