//! Interpretation of questions: dates in words become filters.
//!
//! `2025年底前完成的任务` and `what is due in 2025` both mean `due:2025`. Quoted and negated terms are
//! left alone, and so is a date that is not said to be a deadline.

mod chinese;
mod english;
mod time;

use crate::answer::{Understood, UnderstoodKind};
use crate::query::{Facet, Filter, Query, Term};

/// A statement about time found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// The value of the filter on deadlines.
    due: String,
    /// The words that state it.
    typed: String,
    /// The text without them.
    rest: String,
}

/// Replaces dates in words by filters; `today` is the visitor's date, if known.
pub(crate) fn understand(mut query: Query, today: Option<&str>) -> (Query, Vec<Understood>) {
    let open = |term: &Term| !term.quoted && !term.negated;
    drop_measures(&mut query.terms);
    let typed: Vec<&str> =
        query.terms.iter().filter(|term| open(term)).map(|term| term.text.as_str()).collect();
    let text = typed.join(" ");
    let Some(found) = chinese::find(&text, today).or_else(|| english::find(&text, today)) else {
        return (query, Vec::new());
    };
    query.terms.retain(|term| !open(term));
    let rest = found.rest.split_whitespace().map(|text| Term { text: text.to_owned(), ..Term::default() });
    query.terms.extend(rest);
    let text = format!("{}:{}", Facet::Due.name(), found.due);
    query.filters.push(Filter { facet: Facet::Due, value: found.due, negated: false });
    (query, vec![Understood { kind: UnderstoodKind::Filter, text, typed: found.typed }])
}

/// Drops `how long`, and the `take` that goes with it.
fn drop_measures(terms: &mut Vec<Term>) {
    const MEASURES: [&str; 4] = ["long", "much", "many", "often"];
    let is = |term: &Term, words: &[&str]| !term.quoted && words.contains(&term.text.to_lowercase().as_str());
    let asked = |pair: &[Term]| is(&pair[0], &["how"]) && is(&pair[1], &MEASURES);
    if let Some(at) = terms.windows(2).position(asked) {
        terms.drain(at..at + 2);
        terms.retain(|term| !is(term, &["take", "takes", "took"]));
    }
}

/// Returns whether a word is a question word or another stop word.
pub(crate) fn is_question_word(word: &str) -> bool {
    english::STOP.contains(&word.to_lowercase().as_str())
}

/// The parts of a Chinese text between question words.
pub(crate) fn without_questions(text: &str) -> Vec<String> {
    chinese::without_questions(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &str) {
        let (query, _) = understand(Query::parse(typed), Some("2026-01-31"));
        let filters = query.filters.iter().map(|filter| format!("due:{}", filter.value));
        let terms = query.terms.iter().map(|term| term.text.clone());
        assert_eq!(filters.chain(terms).collect::<Vec<_>>().join(" "), expected, "{typed}");
    }

    #[test]
    fn chinese_deadlines() {
        check("2025年到期", "due:2025");
        check("2025年底前完成的任务", "due:2025");
        check("哪些任务2025年要完成", "due:2025");
        check("２０２３年12月 到期", "due:2023-12");
        check("2025年12月底前完成", "due:2025-12");
        check("截至2024年6月30日", "due:2024-06-30");
        check("期限2024年", "due:2024");
        check("今年到期的任务", "due:2026");
        check("明年底前完成", "due:2027");
        check("2025年底前完成的地理标志任务", "due:2025 地理标志");
        check("商标 2022年6月底前完成", "due:2022-06 商标");
        check("2022至2024年到期", "due:2022..2024");
        check("2022年到2024年6月到期", "due:2022..2024-06");
        check("2024年以后到期", "due:2025..");
    }

    #[test]
    fn chinese_states() {
        check("持续推进的地理标志任务", "due:ongoing 地理标志");
        check("哪些工作持续推进", "due:ongoing");
        check("已经到期的任务", "due:past");
        check("逾期的商标任务", "due:past 商标");
        check("没有期限的任务", "due:none");
    }

    #[test]
    fn english_deadlines() {
        check("what is due in 2025", "due:2025");
        check("due by the end of 2025", "due:2025");
        check("deadline December 2022", "due:2022-12");
        check("tasks to be completed by June 30, 2022", "due:2022-06-30");
        check("trademark tasks due 2022-06", "due:2022-06 trademark");
        check("due before 2024", "due:..2023");
        check("due after June 2023", "due:2023-07..");
        check("due between 2022 and 2024", "due:2022..2024");
        check("due from Jan 2022 to Dec 2023", "due:2022-01..2023-12");
        check("which tasks are due this year?", "due:2026");
    }

    #[test]
    fn english_states() {
        check("ongoing", "due:ongoing");
        check("what is ongoing", "due:ongoing");
        check("Ongoing geographical indication tasks", "due:ongoing geographical indication");
        check("overdue copyright tasks", "due:past copyright");
        check("tasks without a deadline", "due:none");
    }

    #[test]
    fn what_does_not_speak_of_deadlines_is_left_alone() {
        for text in [
            "2025年",
            "2022年12月",
            "持续推进商标改革",
            "改革持续推进",
            "16.5个月",
            "2021-2035",
            "Beijing 2022",
        ] {
            check(text, text);
        }
        check("\"2025年底前完成\"", "2025年底前完成");
        check("-ongoing patent", "ongoing patent");
        for text in
            ["work plan for 2024", "due process", "end of life", "patents in the EU", "expired patents"]
        {
            check(text, text);
        }
    }

    #[test]
    fn measures_are_no_words_of_the_texts() {
        check("how long does patent examination take", "does patent examination");
        check("long take", "long take");
    }

    #[test]
    fn questions_are_cut_out() {
        assert_eq!(without_questions("商标被恶意抢注怎么办"), ["商标", "恶意抢注"]);
        assert_eq!(without_questions("谁负责打击盗版"), ["打击盗版"]);
        assert_eq!(without_questions("什么是地理标志？"), ["地理标志"]);
    }
}
