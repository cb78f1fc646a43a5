//! The meaning of queries: the table of `tests/spec/meaning.md` against the texts of the real site.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;

use gongbao_search::{Options, Record, Results};

use super::real::{Site, site};

/// The day on which deadlines are past.
const TODAY: &str = "2026-01-31";

/// Asks as a visitor does.
fn ask(site: &mut Site, query: &str, options: Options) -> Results {
    site.ask(query, &Options { limit: 10_000, today: Some(TODAY.into()), others: true, ..options })
}

fn in_language(lang: &str) -> Options {
    Options { lang: lang.into(), ..Options::default() }
}

/// The rows under each heading: language of the page, language of the texts, query, meaning.
fn rows() -> Vec<[String; 4]> {
    let spec = std::fs::read_to_string(crate::support::root().join("tests/spec/meaning.md")).unwrap();
    let (mut page, mut texts, mut rows) = (String::new(), String::new(), Vec::new());
    for line in spec.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let (lang, through) = heading.split_once(", through ").unwrap_or((heading, heading));
            (page, texts) = (lang.to_owned(), through.to_owned());
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [query, meaning] = cells[..]
            && query != "query"
            && !query.starts_with("---")
        {
            rows.push([page.clone(), texts.clone(), query.to_owned(), meaning.to_owned()]);
        }
    }
    rows
}

/// Whether a record is meant.
fn is_meant(record: &Record, meaning: &str) -> bool {
    meaning.split(" + ").all(|condition| match condition.split_once("any of ") {
        Some((_, words)) => words.split('、').any(|word| has(record, word)),
        None => is_due(record, condition.strip_prefix("due ").expect("a condition")),
    })
}

/// Whether a record's text has a word: capitals as they are, others in any case; English as whole words.
fn has(record: &Record, word: &str) -> bool {
    let title = if record.untitled { "" } else { &record.title };
    let text = format!("{title}\n{}", record.text);
    if !word.is_ascii() || record.lang == "zh" {
        return text.contains(word);
    }
    let name = word.starts_with(char::is_uppercase);
    let (text, word) =
        if name { (text, word.to_owned()) } else { (text.to_lowercase(), word.to_lowercase()) };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(&word).any(|(at, found)| {
        let rest = &text[at + found.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !letter(text[..at].chars().next_back()) && !letter(rest.chars().next())
    })
}

fn is_due(record: &Record, when: &str) -> bool {
    let ongoing = record.deadlines.iter().any(|deadline| deadline.kind == "ongoing");
    let mut days = record.deadlines.iter().filter_map(|deadline| deadline.date.as_deref());
    match when {
        "ongoing" => ongoing,
        "past" => !ongoing && days.next().is_some_and(|day| day < TODAY),
        _ => {
            let (first, last) = when.split_once("..").unwrap_or((when, when));
            let is_in = |day: &str| {
                (first.is_empty() || &day[..first.len()] >= first)
                    && (last.is_empty() || &day[..last.len()] <= last)
            };
            days.any(is_in)
        }
    }
}

#[test]
fn queries_find_what_they_mean() {
    let mut site = site();
    let mut wrong = Vec::new();
    let rows = rows();
    assert!(rows.len() > 50, "the table was read");
    for [page, texts, query, meaning] in rows {
        let found = ask(&mut site, &query, in_language(&page));
        let ids: BTreeSet<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
        if meaning == "nothing" {
            if found.exact && !ids.is_empty() {
                wrong.push(format!("{page} {query}: means nothing, found {ids:?}"));
            }
            continue;
        }
        let there: BTreeSet<&str> =
            site.records.iter().filter(|r| r.lang == page).map(|r| r.id.as_str()).collect();
        let meant = site.records.iter().filter(|record| record.lang == texts && is_meant(record, &meaning));
        let meant: BTreeSet<&str> = meant.map(|r| r.id.as_str()).filter(|id| there.contains(id)).collect();
        assert!(!meant.is_empty(), "{query} means something");
        if !found.exact || ids != meant {
            let (missing, extra) = (meant.difference(&ids), ids.difference(&meant));
            let (missing, extra): (Vec<_>, Vec<_>) = (missing.collect(), extra.collect());
            wrong.push(format!("{page} {query}: missing {missing:?}, too many {extra:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_language_has_as_many_as_it_is_said_to_have() {
    let mut site = site();
    for [page, _, query, _] in rows() {
        let found = ask(&mut site, &query, in_language(&page));
        for other in found.others {
            let options = Options { through: found.through.clone(), ..in_language(&other.lang) };
            let there = ask(&mut site, &query, options);
            let total = if there.exact { there.total } else { 0 };
            assert_eq!(total, other.total, "{query} from {page} in {}", other.lang);
        }
    }
}

#[test]
fn what_was_found_in_the_original_is_shown() {
    let mut site = site();
    let found = ask(&mut site, "马德里", in_language("en"));
    let original = found.hits[0].original.as_ref().unwrap();
    assert_eq!(original.lang, "zh");
    assert!(original.snippet.iter().any(|run| run.mark && run.text == "马德里"), "{original:?}");
    assert!(found.hits[0].title.is_ascii(), "shown in the language of the page");
}

#[test]
fn what_was_understood_is_said_and_can_be_undone() {
    let mut site = site();
    let mut said = |query: &str, lang: &str| {
        let found = ask(&mut site, query, in_language(lang));
        let parts =
            found.understood.iter().map(|part| format!("{:?} {}: {}", part.kind, part.typed, part.text));
        parts.chain(found.synonyms.into_iter().filter(|_| found.widened)).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(said("版权", "zh"), "著作权");
    assert_eq!(said("AI", "en"), "artificial intelligence");
    assert_eq!(said("2025年底前完成的任务", "zh"), "Filter 2025年底前完成: due:2025");
    assert_eq!(said("what is due in 2025", "en"), "Filter due in 2025: due:2025");
    assert_eq!(said("怎么申请专利", "zh"), "Words 怎么申请专利: 申请专利");
    assert_eq!(said("马德里", "en"), "OtherLanguage 马德里: zh");
    assert_eq!(said("行政裁绝", "zh"), "Correction 行政裁绝: 行政裁决");
    assert_eq!(said("\"版权\"", "zh"), "");
    let mut as_typed =
        |query: &str, lang: &str| ask(&mut site, query, Options { widen: false, ..in_language(lang) });
    let found = as_typed("版权", "zh");
    assert_eq!((found.widened, found.synonyms), (false, vec!["著作权".to_owned()]));
    assert!(found.hits.iter().all(|hit| hit.title_runs.iter().chain(&hit.snippet).any(|run| run.mark)));
    assert!(as_typed("ongoing", "en").understood.is_empty());
}

#[test]
fn records_that_say_nothing_never_lead() {
    let mut site = site();
    for query in ["附件", "行政保护", "2024年", "知识产权", "工作方案", "附件 略"] {
        let found = ask(&mut site, query, in_language("zh"));
        let first = found.hits.first().map_or("", |hit| hit.id.as_str());
        assert!(found.total == 1 || !first.contains("attachments"), "{query}: {first}");
    }
}
