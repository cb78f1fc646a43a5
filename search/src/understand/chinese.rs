//! Dates and deadlines in Chinese words.

use super::Found;
use super::time::{Date, Dates, part_of, year_of};

/// Words between a date and a word of [`ENDS`].
const BETWEEN: [&str; 22] = [
    "必须", "应当", "需要", "之内", "以内", "年底", "月底", "份", "底", "末", "内", "要", "应", "需", "须",
    "将", "会", "能", "可", "全部", "时", " ",
];
/// Words after a date that make it a deadline.
const ENDS: [&str; 16] = [
    "截止",
    "到期",
    "完成",
    "届满",
    "期满",
    "办结",
    "完结",
    "结束",
    "做完",
    "为止",
    "之前",
    "以前",
    "到期日",
    "前",
    "的期限",
    "期限",
];
/// Words after a date for everything later.
const LATER: [&str; 4] = ["之后", "以后", "后", "起"];
/// Words before a date that make it a deadline.
const BEGINS: [&str; 7] = ["截止日期", "截止到", "截止至", "截至", "截止", "完成期限", "期限"];
/// Words between a word of [`BEGINS`] and the date.
const LINKS: [&str; 8] = ["为", "是", "到", "在", "于", "至", "：", " "];
/// Separators of a range.
const RANGE: [&str; 8] = ["到", "至", "-", "—", "–", "~", "～", "－"];
const ONGOING: [&str; 12] = [
    "持续推进",
    "持續推進",
    "长期推进",
    "长期坚持",
    "长期实施",
    "持续进行",
    "持续实施",
    "持续开展",
    "常年开展",
    "正在推进",
    "正在进行",
    "进行中",
];
const OVERDUE: [&str; 14] = [
    "逾期未完成",
    "到期未完成",
    "已经到期",
    "已经过期",
    "已经逾期",
    "已經到期",
    "已到期",
    "已过期",
    "已逾期",
    "逾期",
    "过期",
    "超期",
    "逾時",
    "逾时",
];
const UNDATED: [&str; 6] = ["没有截止日期", "没有完成期限", "没有期限", "沒有期限", "未定期限", "无期限"];
/// Words for the things searched, redundant beside a deadline.
const THINGS: [&str; 12] =
    ["任务", "任務", "工作", "事项", "事項", "项目", "的", "是", "有", "要", "在", "都"];
/// Question words.
const QUESTIONS: [&str; 36] = [
    "多长时间",
    "什么时候",
    "怎么处理",
    "如何处理",
    "怎么解决",
    "如何解决",
    "为什么",
    "怎么办",
    "怎么样",
    "是什么",
    "什么是",
    "有哪些",
    "有什么",
    "谁负责",
    "由谁",
    "谁来",
    "有没有",
    "请问",
    "哪些",
    "哪个",
    "哪里",
    "哪儿",
    "什么",
    "如何",
    "怎样",
    "怎么",
    "为何",
    "是否",
    "多久",
    "多少",
    "何时",
    "谁",
    "吗",
    "呢",
    "？",
    "?",
];
/// Particles between words.
const PARTICLES: [&str; 3] = ["的", "被", "了"];

/// The statement of a text about deadlines.
pub(super) fn find(text: &str, today: Option<&str>) -> Option<Found> {
    let text: String = text.chars().map(narrow).collect();
    deadline(&text, today).or_else(|| state(&text))
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A date that is stated to be a deadline.
fn deadline(text: &str, today: Option<&str>) -> Option<Found> {
    let starts = text.char_indices().map(|(at, _)| at);
    let dates = starts.filter(|&at| !text[..at].ends_with(|c: char| c.is_ascii_digit()));
    dates.filter_map(|at| at_date(text, at, today)).next()
}

fn at_date(text: &str, at: usize, today: Option<&str>) -> Option<Found> {
    let ((first, own_end), rest) = date(&text[at..], today)?;
    let range = RANGE.iter().find_map(|sign| rest.strip_prefix(sign)).and_then(|rest| date(rest, today));
    let (last, rest) = range.map_or((own_end, rest), |((first, last), rest)| (last.or(Some(first)), rest));
    // `2022至2024年`: only the last of them is called a year.
    let named = last.is_some() || text[at..].chars().take(5).any(|c| c == '年');
    let after = |rest| eat(rest, |text, word| text.strip_prefix(word), &BETWEEN, &ENDS);
    let (rest, ends) = after(rest);
    let later = LATER.iter().find_map(|word| rest.strip_prefix(word)).filter(|_| !ends);
    let (rest, ends) = later.map_or((rest, ends), |rest| (after(rest).0, true));
    let (before, begins) = eat(&text[..at], |text, word| text.strip_suffix(word), &LINKS, &BEGINS);
    if !named || !(ends || begins) {
        return None;
    }
    let due = match (last, later) {
        (Some(last), Some(_)) => last.after(),
        (Some(last), None) => first.to(last),
        (None, Some(_)) => first.after(),
        (None, None) => first.value(),
    };
    Some(found(text, due, before, rest))
}

fn found(text: &str, due: String, before: &str, after: &str) -> Found {
    let typed = text[before.len()..text.len() - after.len()].trim().to_owned();
    Found { due, typed, rest: format!("{} {}", things_left(before), things_left(after)) }
}

/// A text without question words and words of [`THINGS`] at its ends.
fn things_left(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = strip(text, &THINGS).or_else(|| strip(text, &QUESTIONS)) {
        text = rest.trim();
    }
    text
}

fn strip<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)))
}

/// `2025年`, `2025年6月`, `2025年6月30日`, `2025年上半年`, `2025年第一季度`, `今年`, or four digits before the
/// sign of a range.
fn date<'a>(text: &'a str, today: Option<&str>) -> Option<(Dates, &'a str)> {
    for (word, years) in [("今年", 0), ("本年", 0), ("明年", 1), ("去年", -1)] {
        if let Some(rest) = text.strip_prefix(word) {
            let year = year_of(today?)?.checked_add_signed(years)?;
            return Some(months(Date::year(year)?, rest));
        }
    }
    let (year, rest) = number(text, 4)?;
    let year = Date::year(year)?;
    match rest.trim_start().strip_prefix('年') {
        Some(rest) => Some(months(year, rest)),
        None => RANGE.iter().any(|sign| rest.starts_with(sign)).then_some(((year, None), rest)),
    }
}

/// Halves and quarters of a year, with their first and last months.
const PARTS: [(&str, u32, u32); 14] = [
    ("上半年", 1, 6),
    ("下半年", 7, 12),
    ("第一季度", 1, 3),
    ("第二季度", 4, 6),
    ("第三季度", 7, 9),
    ("第四季度", 10, 12),
    ("一季度", 1, 3),
    ("二季度", 4, 6),
    ("三季度", 7, 9),
    ("四季度", 10, 12),
    ("1季度", 1, 3),
    ("2季度", 4, 6),
    ("3季度", 7, 9),
    ("4季度", 10, 12),
];

/// A date with the part of the year that a text begins with.
fn months(date: Date, text: &str) -> (Dates, &str) {
    for (name, first, last) in PARTS {
        if let Some(rest) = text.trim_start().strip_prefix(name) {
            return (part_of(date, first, last), rest);
        }
    }
    let (date, rest) = month(date, text);
    ((date, None), rest)
}

fn month(date: Date, text: &str) -> (Date, &str) {
    let part = |text: &'_ str, sign: &[char], most: u32| {
        let (value, rest) = number(text.trim_start(), 2).or_else(|| number(text.trim_start(), 1))?;
        let rest = rest.trim_start().strip_prefix(sign)?;
        (1..=most).contains(&value).then_some((value, rest.len()))
    };
    let Some((month, left)) = part(text, &['月'], 12) else {
        return (date, text);
    };
    let date = Date { month: Some(month), ..date };
    let text = &text[text.len() - left..];
    match part(text, &['日', '号'], 31) {
        Some((day, left)) => (Date { day: Some(day), ..date }, &text[text.len() - left..]),
        None => (date, text),
    }
}

/// A number of exactly `digits` digits, and the rest of the text.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (count == digits).then(|| text[..digits].parse().ok().map(|value| (value, &text[digits..])))?
}

/// Removes a word from one end of a text: `str::strip_prefix` or `str::strip_suffix`.
type Strip = for<'a> fn(&'a str, &str) -> Option<&'a str>;

/// Strips words from one end of a text; returns the rest, and whether decisive words were among them.
fn eat<'a>(mut text: &'a str, one: Strip, between: &[&str], decisive: &[&str]) -> (&'a str, bool) {
    let mut decided = false;
    loop {
        let strip = |words: &[&str]| words.iter().find_map(|word| one(text, word));
        match (strip(decisive), strip(between)) {
            (Some(rest), _) => (text, decided) = (rest, true),
            (None, Some(rest)) => text = rest,
            (None, None) => return (text, decided),
        }
    }
}

/// Words for ongoing, past and missing deadlines.
fn state(text: &str) -> Option<Found> {
    let states: [(&[&str], &str); 3] = [(&UNDATED, "none"), (&OVERDUE, "past"), (&ONGOING, "ongoing")];
    let known = states.into_iter();
    for (words, due) in known {
        for word in words {
            let Some((before, after)) = text.split_once(word) else { continue };
            let things = |text: &str| THINGS.iter().any(|thing| text.starts_with(thing));
            let ends = after.is_empty() || after.starts_with(' ') || things(after);
            // 改革持续推进 is a sentence about reform.
            let begins = before.ends_with(' ') || things_left(before).is_empty();
            if ends && begins {
                return Some(found(text, due.to_owned(), before, after));
            }
        }
    }
    None
}

/// The parts of a text between question words and particles.
pub(super) fn without_questions(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for word in QUESTIONS.iter().chain(&PARTICLES) {
        text = text.replace(word, " ");
    }
    text.split_whitespace().map(str::to_owned).collect()
}
