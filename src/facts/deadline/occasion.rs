//! Times told by an occasion: 汛前, 春节前, 两会前.
//!
//! Festivals have a day in each year, by the calendar. Seasons and meetings have none that a text
//! could be held to: their deadlines are kept in words, and only their place in the year is known.

use icu_calendar::types::Month;
use jiff::civil::Date;

use crate::facts::Span;

/// An occasion before which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion(usize);

/// When an occasion is.
#[derive(Clone, Copy)]
enum OccasionTime {
    /// On a day of the Gregorian calendar.
    Solar(i8, i8),
    /// On a day of a month of the Chinese calendar.
    Lunar(u8, u8),
    /// 清明, the solar term.
    PureBrightness,
    /// About that day; texts mean other days in other regions.
    About(i8, i8),
}

struct OccasionEntry {
    name: &'static str,
    when: OccasionTime,
    words: &'static [&'static str],
}

macro_rules! occasions {
    ($($name:literal $when:expr, $($word:literal)+;)*) => {
        const ALL: &[OccasionEntry] = &[$(OccasionEntry { name: $name, when: $when, words: &[$($word),+] }),*];
    };
}

// Of two words that end alike the longer one is taken, wherever it is listed.
occasions! {
    "new-year" OccasionTime::Solar(1, 1), "元旦" "元旦节" "新年";
    "spring-festival" OccasionTime::Lunar(1, 1), "春节" "农历新年" "农历春节";
    "lantern-festival" OccasionTime::Lunar(1, 15), "元宵节" "元宵";
    "qingming" OccasionTime::PureBrightness, "清明节" "清明";
    "labour-day" OccasionTime::Solar(5, 1), "五一国际劳动节" "五一劳动节" "国际劳动节" "劳动节" "五一" "“五一”" "“五一”国际劳动节";
    "childrens-day" OccasionTime::Solar(6, 1), "六一儿童节" "六一国际儿童节" "国际儿童节" "儿童节" "“六一”" "“六一”儿童节";
    "dragon-boat-festival" OccasionTime::Lunar(5, 5), "端午节" "端午";
    "party-day" OccasionTime::Solar(7, 1), "“七一”" "七一" "建党节";
    "army-day" OccasionTime::Solar(8, 1), "“八一”" "八一建军节" "建军节" "“八一”建军节";
    "mid-autumn-festival" OccasionTime::Lunar(8, 15), "中秋节" "中秋";
    "teachers-day" OccasionTime::Solar(9, 10), "教师节";
    "national-day" OccasionTime::Solar(10, 1), "国庆节" "国庆" "“十一”" "十一国庆节";
    "double-ninth-festival" OccasionTime::Lunar(9, 9), "重阳节" "重阳" "老年节";
    "winter-holiday" OccasionTime::About(1, 15), "寒假" "学校寒假";
    "spring-term" OccasionTime::About(2, 20), "春季学期开学" "春季学期" "春季开学";
    "two-sessions" OccasionTime::About(3, 1), "两会" "“两会”" "全国两会" "全国“两会”" "省两会" "市两会";
    "spring-ploughing" OccasionTime::About(3, 10), "春耕" "春耕生产" "春播" "备春耕";
    "fire-season" OccasionTime::About(3, 15), "防火期" "森林防火期" "防火紧要期" "春季防火期";
    "flood-season" OccasionTime::About(5, 31), "汛" "汛期" "入汛";
    "rainy-season" OccasionTime::About(5, 31), "雨季" "梅雨季" "梅雨期" "入梅";
    "summer-harvest" OccasionTime::About(5, 31), "三夏" "“三夏”" "夏收" "麦收";
    "summer" OccasionTime::About(5, 31), "入夏" "夏季" "迎峰度夏" "夏季用电高峰";
    "college-entrance-examination" OccasionTime::About(6, 6), "高考";
    "main-flood-season" OccasionTime::About(6, 30), "主汛期" "主汛";
    "typhoon-season" OccasionTime::About(6, 30), "台风季" "台风期" "台汛期";
    "summer-holiday" OccasionTime::About(6, 30), "暑假" "暑期";
    "autumn-term" OccasionTime::About(8, 31), "秋季学期开学" "秋季学期" "秋季开学" "新学期开学" "新学期" "开学" "9月开学";
    "autumn-harvest" OccasionTime::About(9, 15), "秋收" "“三秋”" "三秋";
    "winter" OccasionTime::About(10, 31), "入冬" "冬季" "冬天" "今冬";
    "heating-season" OccasionTime::About(11, 10), "供暖季" "采暖季" "供暖期" "采暖期" "供热季" "供热期" "供暖" "供热" "采暖" "冬季供暖" "冬季采暖" "冬季取暖" "取暖季";
    "freeze" OccasionTime::About(11, 15), "封冻" "上冻" "土壤封冻" "冰冻期" "结冰期";
    "winter-peak" OccasionTime::About(11, 15), "迎峰度冬" "冬季用电高峰";
}

/// Verbs between an occasion and 前.
const COMES: &[&str] = &["来临", "到来", "来到", "开始", "开幕", "召开", "假期", "长假", "放假", "之际"];

/// Characters that make other words of an occasion that follows them.
const OTHERS: &[char] = &['防', '度', '后', '非', '次', '半'];

/// An occasion named with 前, and the year it is told for.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// From the year, if one is written, to 前.
    pub(super) span: Span,
    pub(super) occasion: Occasion,
    pub(super) year: Option<i16>,
}

impl Occasion {
    /// Its name in strings and data: `flood-season`.
    pub fn name(self) -> &'static str {
        ALL[self.0].name
    }

    /// All occasions.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ALL.len()).map(Self)
    }

    /// Its day in a year, if the calendar has one.
    pub fn day(self, year: i16) -> Option<Date> {
        match ALL[self.0].when {
            OccasionTime::Solar(month, day) => Date::new(year, month, day).ok(),
            OccasionTime::Lunar(month, day) => lunar(year, month, day),
            OccasionTime::PureBrightness => pure_brightness(year),
            OccasionTime::About(..) => None,
        }
    }

    /// About when it is in a year: its day, or one by which it can be put in order.
    pub fn about(self, year: i16) -> Option<Date> {
        match ALL[self.0].when {
            OccasionTime::About(month, day) => Date::new(year, month, day).ok(),
            _ => self.day(year),
        }
    }
}

/// A day of the Chinese calendar whose year begins in `year`.
fn lunar(year: i16, month: u8, day: u8) -> Option<Date> {
    let date = icu_calendar::Date::try_new_chinese_traditional(year.into(), Month::new(month), day).ok()?;
    let iso = date.to_calendar(icu_calendar::Iso);
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    Date::new(year, i8::try_from(iso.month().number()).ok()?, i8::try_from(iso.day_of_month().0).ok()?).ok()
}

/// 清明 falls on the 4th or 5th of April. The rule of the Purple Mountain Observatory's almanacs is valid
/// from 2000 to 2099.
fn pure_brightness(year: i16) -> Option<Date> {
    let of_century = i32::from(year) - 2000;
    let day = (of_century * 2422 + 48_100) / 10_000 - of_century / 4;
    (0..100).contains(&of_century).then(|| Date::new(year, 4, i8::try_from(day).ok()?).ok())?
}

/// The occasion that `text` names directly before its byte `at`, where 前 begins.
pub(super) fn before(text: &str, at: usize, year: Option<i16>) -> Option<Named> {
    let head = text[..at].trim_end_matches(['之', '以']);
    let head = COMES.iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
    let words = ALL.iter().enumerate().flat_map(|(i, entry)| entry.words.iter().map(move |word| (i, word)));
    let (index, word) =
        words.filter(|(_, word)| head.ends_with(**word)).max_by_key(|(_, word)| word.len())?;
    let start = head.len() - word.len();
    let led = text[..start].chars().next_back();
    // 二十一, 防汛: the word is part of another one.
    let numeral = word.starts_with(crate::facts::number::is_numeral);
    let inside = |c: char| OTHERS.contains(&c) || numeral && crate::facts::number::is_numeral(c);
    if led.is_some_and(inside) {
        return None;
    }
    let (start, stated) = stated_year(text, start, year);
    Some(Named { span: start..at + '前'.len_utf8(), occasion: Occasion(index), year: stated })
}

/// The year written before an occasion, and where it begins; else that of the document.
fn stated_year(text: &str, at: usize, year: Option<i16>) -> (usize, Option<i16>) {
    let head = text[..at].trim_end_matches('的');
    for (word, later) in [("今年", 0), ("本年度", 0), ("明年", 1), ("次年", 1)] {
        if let Some(rest) = head.strip_suffix(word) {
            return (rest.len(), year.map(|year| year + later));
        }
    }
    let digits = head.strip_suffix("年度").or_else(|| head.strip_suffix('年')).unwrap_or_default();
    let from = digits.char_indices().rev().take(4).last().map_or(0, |(at, _)| at);
    let run = crate::facts::number::leading(&digits[from..]).filter(|run| run.bytes == digits.len() - from);
    let stated = run.and_then(|run| i16::try_from(run.value).ok()).filter(|y| (1900..2200).contains(y));
    stated.map_or((at, year), |stated| (from, Some(stated)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, year: i16, day: &str) {
        let text = format!("{words}前");
        let named = before(&text, words.len(), Some(year)).unwrap();
        assert_eq!(
            named.occasion.day(year).map(|d| d.to_string()).as_deref().unwrap_or("none"),
            day,
            "{words}"
        );
    }

    #[test]
    fn festivals_have_days() {
        check("春节", 2025, "2025-01-29");
        check("春节", 2026, "2026-02-17");
        check("春节", 2027, "2027-02-06");
        check("元宵节", 2025, "2025-02-12");
        check("清明节", 2024, "2024-04-04");
        check("清明节", 2025, "2025-04-04");
        check("清明节", 2027, "2027-04-05");
        check("“五一”", 2025, "2025-05-01");
        check("端午节", 2025, "2025-05-31");
        check("中秋节", 2025, "2025-10-06");
        check("中秋", 2024, "2024-09-17");
        check("国庆节", 2025, "2025-10-01");
        check("重阳节", 2025, "2025-10-29");
        check("汛", 2025, "none");
        check("全国两会召开", 2025, "none");
    }

    #[test]
    fn other_words_are_no_occasions() {
        for words in ["防汛", "二十一", "目", "提"] {
            assert!(before(&format!("{words}前"), words.len(), None).is_none(), "{words}");
        }
    }
}
