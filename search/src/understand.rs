//! Times and questions in a query.
//!
//! `2025年底前完成的任务`, `what is due in 2025` and `ongoing patent tasks` become filters; question words are
//! removed. Queries with quotes or a minus are left as typed.

use crate::answer::{Understood, UnderstoodKind};
use crate::query::{Facet, Filter, Query, Term};
use crate::text::is_han;

/// Replaces times in words by filters and removes question words. Returns the filters that were added.
pub(crate) fn understand(query: &mut Query) -> Vec<Understood> {
    let plain = query.terms.iter().all(|term| !term.quoted && !term.negated);
    if !plain || query.terms.is_empty() {
        return Vec::new();
    }
    let typed = query.words();
    let Reading { rest, due } = if typed.chars().any(is_han) { chinese(&typed) } else { english(&typed) };
    let terms: Vec<Term> =
        rest.split_whitespace().map(|word| Term { text: word.to_owned(), ..Term::default() }).collect();
    // A query that only asks is looked for as it is.
    if terms.is_empty() && due.is_none() {
        return Vec::new();
    }
    query.terms = terms;
    let Some(value) = due else { return Vec::new() };
    let understood = Understood { kind: UnderstoodKind::Filter, text: format!("due:{value}") };
    query.filters.push(Filter { facet: Facet::Due, value, negated: false });
    vec![understood]
}

/// The words that are left, and the deadline that the others ask for.
struct Reading {
    rest: String,
    due: Option<String>,
}

/// Chinese question words, longer ones before those they contain.
const ASKING: [&str; 22] = [
    "有哪些",
    "是哪些",
    "哪些",
    "哪个",
    "哪项",
    "怎么办",
    "怎么样",
    "怎么",
    "怎样",
    "如何",
    "是什么",
    "什么时候",
    "什么",
    "为什么",
    "多久",
    "多少",
    "谁负责",
    "由谁",
    "谁",
    "吗",
    "呢",
    "请问",
];

/// Words of a deadline behind its time, the longer first.
const COMPLETED: [&str; 12] = [
    "应当完成",
    "需要完成",
    "必须完成",
    "应完成",
    "要完成",
    "须完成",
    "需完成",
    "完成",
    "到期",
    "截止",
    "届满",
    "期满",
];

/// Words for what has a deadline.
const TASKS: [&str; 6] = ["的任务", "的工作", "的事项", "任务", "的", "事项"];

fn chinese(typed: &str) -> Reading {
    let mut rest = typed.to_owned();
    for word in ASKING {
        rest = rest.replace(word, " ");
    }
    if let Some((before, value, after)) = dated(&rest) {
        return Reading { rest: format!("{} {after}", before.trim_end_matches("任务")), due: Some(value) };
    }
    for (words, value) in [
        (&["已经到期", "已到期", "已经过期", "已过期", "已逾期", "逾期未完成", "逾期", "过期"][..], "past"),
        (&["持续推进", "长期推进", "长期坚持", "正在推进", "持续开展"][..], "ongoing"),
    ] {
        let found = words.iter().find_map(|word| rest.split_once(word));
        if let Some((before, after)) = found {
            let rest = format!("{before} {}", without_tasks(after));
            return Reading { rest, due: Some(value.to_owned()) };
        }
    }
    Reading { rest, due: None }
}

fn without_tasks(text: &str) -> &str {
    let text = text.trim_start();
    TASKS.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// A time with a word of completion beside it: before, the value of a filter, after.
fn dated(text: &str) -> Option<(String, String, String)> {
    for (at, _) in text.match_indices('年') {
        let digits = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let year = &text[digits.len()..at];
        if year.len() != 4 {
            continue;
        }
        let mut after = &text[at + '年'.len_utf8()..];
        let mut value = year.to_owned();
        if let Some((month, rest)) = number_before(after, '月') {
            value.push_str(&format!("-{month:02}"));
            after = rest;
            if let Some((day, rest)) = number_before(after, '日') {
                value.push_str(&format!("-{day:02}"));
                after = rest;
            }
        }
        for edge in ["年底", "底", "末", "之前", "以前", "前", "内"] {
            after = after.strip_prefix(edge).unwrap_or(after);
        }
        let after = after.trim_start();
        if let Some(behind) = COMPLETED.iter().find_map(|word| after.strip_prefix(word)) {
            return Some((digits.to_owned(), value, without_tasks(behind).to_owned()));
        }
        let before = ["截止到", "截止于", "截止", "到期日", "到期"];
        if let Some(head) = before.iter().find_map(|word| digits.trim_end().strip_suffix(word)) {
            return Some((head.to_owned(), value, without_tasks(after).to_owned()));
        }
    }
    None
}

/// A number of one or two digits with a mark behind it, and the rest.
fn number_before(text: &str, mark: char) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text[..text.len() - rest.len()].parse().ok()?;
    Some((number, rest.strip_prefix(mark)?))
}

/// Words that begin a question.
const QUESTIONS: [&str; 12] =
    ["what", "which", "who", "whom", "how", "when", "where", "why", "is", "are", "does", "do"];

/// Words that, beside [`QUESTIONS`], say nothing by themselves in a question or in a deadline in words.
const FUNCTION_WORDS: [&str; 33] = [
    "was", "were", "did", "can", "will", "must", "should", "be", "been", "the", "a", "an", "in", "on", "at",
    "by", "of", "for", "to", "with", "from", "until", "before", "end", "that", "there", "any", "all", "long",
    "much", "many", "take", "have",
];

/// Words for what has a deadline.
const ITEMS: [&str; 6] = ["task", "tasks", "item", "items", "work", "things"];

/// Words that make a time a deadline.
const DUE: [&str; 6] = ["due", "deadline", "deadlines", "expire", "expires", "expiring"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn english(typed: &str) -> Reading {
    let words: Vec<String> =
        typed.split_whitespace().map(|word| word.trim_matches(['?', ',', '.', '!']).to_lowercase()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let is_question = words.first().is_some_and(|word| QUESTIONS.contains(&word.as_str()));
    let value = if has(&["overdue"]) || has(&["past"]) && has(&["due"]) {
        Some("past".to_owned())
    } else if has(&DUE) {
        time(&words)
    } else if has(&["ongoing"]) {
        Some("ongoing".to_owned())
    } else {
        None
    };
    let asks = |word: &String| {
        let word = word.as_str();
        let is_state = DUE.contains(&word) || ["overdue", "past", "ongoing"].contains(&word);
        let is_time = is_state || ITEMS.contains(&word) || is_date(word);
        let is_function_word = QUESTIONS.contains(&word) || FUNCTION_WORDS.contains(&word);
        value.is_some() && (is_time || is_function_word) || is_question && is_function_word
    };
    if value.is_none() && !is_question {
        return Reading { rest: typed.to_owned(), due: None };
    }
    let kept = typed.split_whitespace().zip(&words).filter(|(_, word)| !asks(word) && !word.is_empty());
    Reading { rest: kept.map(|(typed, _)| typed).collect::<Vec<_>>().join(" "), due: value }
}

fn month(word: &str) -> Option<usize> {
    MONTHS
        .iter()
        .position(|month| *month == word || word.len() >= 3 && month.starts_with(word))
        .map(|at| at + 1)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && word.starts_with(['1', '2'])
}

fn is_date(word: &str) -> bool {
    is_year(word) || month(word).is_some() || is_iso(word)
}

/// `2025-06`, `2025-06-30`.
fn is_iso(word: &str) -> bool {
    word.len() >= 7
        && word.get(..4).is_some_and(is_year)
        && word[4..].bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// The time that a query in English names, as the value of a filter.
fn time(words: &[String]) -> Option<String> {
    if let Some(iso) = words.iter().find(|word| is_iso(word)) {
        return Some(iso.clone());
    }
    let at = words.iter().position(|word| is_year(word))?;
    let month = words.iter().find_map(|word| month(word));
    Some(month.map_or_else(|| words[at].clone(), |month| format!("{}-{month:02}", words[at])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let mut query = Query::parse(typed);
        understand(&mut query);
        let terms = query.terms.iter().map(|term| term.text.clone());
        let filters = query.filters.iter().map(|filter| format!("{}:{}", filter.facet.name(), filter.value));
        assert_eq!(terms.chain(filters).collect::<Vec<_>>().join(" | "), expected, "{typed}");
    }

    #[test]
    fn times_in_words_are_filters() {
        check("2025年底前完成的任务", "due:2025");
        check("哪些任务2025年要完成", "due:2025");
        check("2023年12月 到期", "due:2023-12");
        check("持续推进的地理标志任务", "地理标志任务 | due:ongoing");
        check("已经到期的任务", "due:past");
        check("2025年6月底前完成的专利任务", "专利任务 | due:2025-06");
        check("what is due in 2025", "due:2025");
        check("due by the end of 2025", "due:2025");
        check("deadline December 2022", "due:2022-12");
        check("ongoing patent tasks", "patent | due:ongoing");
        check("overdue", "due:past");
    }

    #[test]
    fn words_that_only_ask_are_left_out() {
        check("商标被恶意抢注怎么办", "商标被恶意抢注");
        check("how long does patent examination take", "patent | examination");
        check("怎么办", "怎么办");
        check("who", "who");
    }

    #[test]
    fn other_queries_stay_as_they_are() {
        for typed in
            ["2022年12月", "due process", "end of life", "\"what is due in 2025\"", "patents in the EU"]
        {
            let mut query = Query::parse(typed);
            let before = query.clone();
            assert_eq!((understand(&mut query), &query), (Vec::new(), &before), "{typed}");
        }
    }
}
