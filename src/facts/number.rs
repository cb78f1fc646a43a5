//! Numbers as Chinese official texts write them: 2025, ２０２５, 二〇二五, 三十一, 百分之九十.

/// A run of digits or numerals at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumeralRun {
    /// The value; saturates on absurdly long runs.
    pub(super) value: u32,
    /// How many characters the run has: a year has four.
    pub(super) chars: usize,
    /// How many bytes.
    pub(super) bytes: usize,
}

/// The value of an Arabic digit, half-width or full-width.
pub fn arabic(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of a Chinese digit. 〇 is what GB/T 15835 asks for; ○ and 零 occur too.
pub fn han(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese multiplier below ten thousand.
pub fn multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// The value of a whole numeral: Arabic of either width, up to six digits, or Chinese up to 九百九十九.
pub fn whole(numeral: &str) -> Option<u32> {
    digits(numeral).or_else(|| chinese(numeral))
}

fn digits(numeral: &str) -> Option<u32> {
    let is_short = (1..=6).contains(&numeral.chars().count());
    let add = |total: u32, c| Some(total * 10 + arabic(c)?);
    if is_short { numeral.chars().try_fold(0, add) } else { None }
}

/// 两 counts things, and numbers nothing.
fn chinese(numeral: &str) -> Option<u32> {
    let (mut total, mut digit) = (0, None);
    for c in numeral.chars() {
        match (multiplier(c), han(c).filter(|_| !matches!(c, '两' | '○'))) {
            (Some(unit), _) => total = u32::saturating_add(total, digit.take().unwrap_or(1) * unit),
            (None, Some(0)) => {}
            (None, Some(value)) if digit.is_none() => digit = Some(value),
            (None, _) => return None,
        }
    }
    let value = u32::saturating_add(total, digit.unwrap_or(0));
    (value > 0 && value < 1000).then_some(value)
}

/// Whether `c` can be in a number of either script.
pub(super) fn is_numeral(c: char) -> bool {
    arabic(c).is_some() || han(c).is_some() || multiplier(c).is_some()
}

/// The whole number that `text` starts with, in either script.
pub(super) fn leading(text: &str) -> Option<NumeralRun> {
    leading_arabic(text).or_else(|| leading_han(text))
}

/// The Arabic digits that `text` starts with.
pub(super) fn leading_arabic(text: &str) -> Option<NumeralRun> {
    let digits = text.chars().map_while(|c| Some((arabic(c)?, c.len_utf8())));
    let run = digits.fold(NumeralRun::EMPTY, |run, (digit, bytes)| NumeralRun {
        value: run.value.saturating_mul(10).saturating_add(digit),
        chars: run.chars + 1,
        bytes: run.bytes + bytes,
    });
    (run.chars > 0).then_some(run)
}

/// The Chinese numeral that `text` starts with: by place (二〇二五) or with 十百千 (三十一).
pub(super) fn leading_han(text: &str) -> Option<NumeralRun> {
    let numerals = text.chars().take_while(|&c| han(c).is_some() || multiplier(c).is_some());
    let (chars, bytes) = numerals.fold((0, 0), |(n, b), c| (n + 1, b + c.len_utf8()));
    let value = han_value(&text[..bytes]);
    (chars > 0).then_some(NumeralRun { value, chars, bytes })
}

/// The value of a text of Chinese numerals only.
fn han_value(numerals: &str) -> u32 {
    if numerals.chars().all(|c| han(c).is_some()) {
        let digits = numerals.chars().filter_map(han);
        return digits.fold(0, |n: u32, d| n.saturating_mul(10).saturating_add(d));
    }
    let (mut total, mut digit) = (0_u32, None);
    for c in numerals.chars() {
        match multiplier(c) {
            Some(times) => total = total.saturating_add(times * digit.take().unwrap_or(1)),
            None => digit = han(c),
        }
    }
    total.saturating_add(digit.unwrap_or(0))
}

impl NumeralRun {
    const EMPTY: Self = Self { value: 0, chars: 0, bytes: 0 };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: u32, chars: usize) {
        let run = leading(text).unwrap();
        assert_eq!((run.value, run.chars), (value, chars), "{text}");
    }

    #[test]
    fn both_scripts() {
        check("2025年", 2025, 4);
        check("２０２５年", 2025, 4);
        check("二〇二五年", 2025, 4);
        check("三十一日", 31, 3);
        check("十二月", 12, 2);
        check("三千二百件", 3200, 4);
        check("99999999999999", u32::MAX, 14);
        assert_eq!(leading("年"), None);
    }

    #[test]
    fn numbers_are_read_in_every_script() {
        let read = ["7", "１２", "一", "十", "十四", "二十", "一百零八", "甲", ""].map(whole);
        let expected = [Some(7), Some(12), Some(1), Some(10), Some(14), Some(20), Some(108), None, None];
        assert_eq!(read, expected);
    }
}
