//! Complete and exact: what a query finds against plain substring search.

mod common;

use common::{Random, Site, records};
use gongbao_search::{Options, Record};

/// Title and text with white space and punctuation taken out: more than the engine folds
/// away, so that whatever it finds must be in here.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn whole(record: &Record) -> String {
    format!("{}\n{}", record.title, record.text)
}

/// Checks one query: all records that contain it as it is are found, and all found contain
/// its letters side by side.
fn check(site: &mut Site, records: &[&Record], query: &str, lang: &str) {
    let options = Options { lang: lang.into(), limit: 100_000, widen: false, ..Options::default() };
    let results = site.search(query, &options);
    let bare = letters(query);
    if bare.is_empty() {
        return;
    }
    let found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(results.total, found.len(), "{query}");
    for record in records {
        let text = whole(record);
        let hit = results.exact && found.contains(&record.id.as_str());
        if text.contains(query) {
            assert!(hit, "{query:?} is in {} and not found", record.id);
        }
        if hit {
            assert!(letters(&text).contains(&bare), "{query:?} is not in {}", record.id);
        }
    }
}

#[test]
fn every_chinese_substring_is_found_and_nothing_else() {
    check_substrings(Site::of(&records()));
}

#[test]
fn the_same_on_a_large_site() {
    check_substrings(Site::large(&records()));
}

fn check_substrings(mut site: Site) {
    let records = records();
    let chinese: Vec<&Record> = records.iter().filter(|record| record.lang == "zh").collect();
    let mut random = Random(20_260_101);
    let mut tried = 0;
    while tried < 2_000 {
        let text: Vec<char> = whole(chinese[random.below(chinese.len())]).chars().collect();
        let length = 2 + random.below(7);
        let start = random.below(text.len().saturating_sub(length).max(1));
        let query: String = text[start..(start + length).min(text.len())].iter().collect();
        // White space separates terms, and a leading minus negates one.
        if query.contains(char::is_whitespace) || query.starts_with('-') {
            continue;
        }
        check(&mut site, &chinese, &query, "zh");
        tried += 1;
    }
}

#[test]
fn every_run_of_english_words_is_found_and_nothing_else() {
    let records = records();
    let mut site = Site::of(&records);
    let english: Vec<&Record> = records.iter().filter(|record| record.lang == "en").collect();
    let mut random = Random(20_260_102);
    for _ in 0..2_000 {
        let text = whole(english[random.below(english.len())]);
        let words: Vec<&str> = text.split_whitespace().collect();
        let count = 1 + random.below(4);
        let start = random.below(words.len().saturating_sub(count).max(1));
        let query = words[start..(start + count).min(words.len())].join(" ").replace('"', "");
        if text.contains(&query) {
            check(&mut site, &english, &format!("\"{query}\""), "en");
        }
    }
}

#[test]
fn every_english_substring_is_found_with_wildcards() {
    let records = records();
    let mut site = Site::of(&records);
    let english: Vec<&Record> = records.iter().filter(|record| record.lang == "en").collect();
    let mut random = Random(20_260_103);
    let mut tried = 0;
    while tried < 2_000 {
        let text: Vec<char> = whole(english[random.below(english.len())]).to_lowercase().chars().collect();
        let length = 2 + random.below(7);
        let start = random.below(text.len() - length);
        let query: String = text[start..start + length].iter().collect();
        let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !ends(query.chars().next()) || !ends(query.chars().last()) || query.contains('\n') {
            continue;
        }
        let options = Options { lang: "en".into(), limit: 100_000, widen: false, ..Options::default() };
        let results = site.search(&format!("\"*{query}*\""), &options);
        let found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        for record in &english {
            let inside = whole(record).to_lowercase().contains(&query);
            assert!(!inside || found.contains(&record.id.as_str()), "{query:?} {}", record.id);
        }
        tried += 1;
    }
}
