//! The search over the real site: complete and exact against plain substring search.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeMap;

use gongbao::index;
use gongbao_search::{Engine, Options, Record, Results};

pub(super) struct Site {
    pub(super) records: Vec<Record>,
    files: BTreeMap<String, Vec<u8>>,
    engine: Engine,
    glossary: Vec<(String, Vec<String>)>,
}

pub(super) fn site() -> Site {
    let compiled = crate::support::real_site();
    let files: BTreeMap<String, Vec<u8>> = index::files(&compiled.site)
        .unwrap()
        .into_iter()
        .map(|(path, bytes)| (path.as_str()["search/".len()..].to_owned(), bytes.to_vec()))
        .collect();
    let glossary = compiled.site.glossary.terms.iter().map(|term| {
        let entry = &term.entry;
        let renderings = entry.renderings.values().map(|r| r.approved.clone());
        (entry.original.value.clone(), renderings.collect())
    });
    Site {
        records: index::records(&compiled.site),
        engine: Engine::open(&files["index.json"]).unwrap(),
        glossary: glossary.collect(),
        files,
    }
}

impl Site {
    fn search(&mut self, query: &str, lang: &str, widen: bool) -> Results {
        let options = Options { lang: lang.into(), limit: 10_000, widen, ..Options::default() };
        self.ask(query, &options)
    }

    pub(super) fn ask(&mut self, query: &str, options: &Options) -> Results {
        let files = &self.files;
        self.engine.search_with(query, options, |name| Ok(files[name].clone())).unwrap()
    }

    /// All records that hold `words` are found by `query`; if `exact`, no others are.
    fn check(&mut self, query: &str, words: &str, lang: &str, exact: bool) {
        let results = self.search(query, lang, false);
        let found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        for record in self.records.iter().filter(|record| record.lang == lang) {
            let title = if record.untitled { "" } else { &record.title };
            let text = format!("{title}\n{}", record.text);
            let hit = results.exact && found.contains(&record.id.as_str());
            if holds(&text, words, query.contains('*') || lang == "zh") {
                assert!(hit, "{query:?} is in {} and not found", record.id);
            }
            if exact && hit {
                assert!(letters(&text).contains(&letters(words)), "{query:?} is not in {}", record.id);
            }
        }
    }

    /// A random stretch of the text of a random record.
    fn stretch(&self, random: &mut Random, lang: &str) -> String {
        loop {
            let record = &self.records[random.below(self.records.len())];
            let characters: Vec<char> = record.text.chars().collect();
            let length = 2 + random.below(7);
            if record.lang != lang || characters.len() < length {
                continue;
            }
            let start = random.below(characters.len() - length + 1);
            let text: String = characters[start..start + length].iter().collect();
            let text = text.trim().to_owned();
            if letters(&text).chars().count() >= 2 && !text.contains('\n') {
                return text;
            }
        }
    }
}

/// Whether a text holds a stretch, anywhere or as whole words.
fn holds(text: &str, stretch: &str, anywhere: bool) -> bool {
    let at_word = |at: usize| {
        let outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        outside(text[..at].chars().next_back()) && outside(text[at + stretch.len()..].chars().next())
    };
    text.match_indices(stretch).any(|(at, _)| anywhere || at_word(at))
}

/// What is left of a text without white space, punctuation and case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A small generator (xorshift), so that every run tries the same stretches.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// A stretch as a literal query: quoted, so that nothing in it is an operator.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '*'], " "))
}

#[test]
fn any_stretch_of_chinese_is_found_exactly() {
    let (mut site, mut random) = (site(), Random(20_261_121));
    for _ in 0..2_000 {
        let text = site.stretch(&mut random, "zh");
        site.check(&quoted(&text), &text, "zh", true);
    }
}

#[test]
fn any_stretch_of_english_is_found_exactly() {
    let (mut site, mut random) = (site(), Random(20_261_122));
    for _ in 0..2_000 {
        let text = site.stretch(&mut random, "en");
        if text.contains(['"', '*', '“', '”']) {
            continue;
        }
        // A stretch may begin and end in the middle of words.
        site.check(&format!("\"*{text}*\""), &text, "en", true);
    }
}

#[test]
fn every_term_is_found() {
    let mut site = site();
    for (original, renderings) in site.glossary.clone() {
        site.check(&original, &original, "zh", true);
        for rendering in renderings {
            // Inflected forms are found too, so hits need not hold the very letters.
            site.check(&rendering, &rendering, "en", false);
        }
    }
}

#[test]
fn spelling_does_not_matter() {
    let mut site = site();
    let mut same = |a: &str, b: &str| {
        let ids = |r: &Results| r.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        let (found, other) = (site.search(a, "zh", false), site.search(b, "zh", false));
        assert!(found.exact && found.total > 0, "{a}");
        assert_eq!(ids(&found), ids(&other), "{a} and {b}");
    };
    same("双随机、一公开", "双随机一公开");
    same("专利", "專利");
    same("2021—2035", "2021-2035");
    // Outside quotation marks a space parts two words that must both occur.
    same("2022年12月", "\"2022 年 12 月\"");
    same("TISC", "ｔｉｓｃ");
    same("16.5个月", "\"16.5 个月\"");
}

#[test]
fn every_wording_of_trademark_squatting_leads_to_the_same_tasks() {
    let mut site = site();
    let wordings =
        ["恶意商标注册", "商标恶意注册", "恶意申请注册商标", "恶意申请商标注册", "商标抢注", "商标囤积"];
    let mut ids = |query: &str, lang: &str| {
        let results = site.search(query, lang, true);
        assert!(results.widened, "{query} has synonyms");
        let mut ids: Vec<_> = results.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        ids
    };
    let expected = ids(wordings[0], "zh");
    assert!(expected.len() >= 6, "{expected:?}");
    for wording in wordings {
        assert_eq!(ids(wording, "zh"), expected, "{wording}");
        assert_eq!(ids(wording, "en"), expected, "{wording} in English");
    }
    assert_eq!(ids("trademark squatting", "en"), expected);
    assert_eq!(ids("trademark squatting", "zh"), expected);
}

#[test]
fn what_should_lead_leads() {
    let mut site = site();
    let spec = std::fs::read_to_string(crate::support::root().join("tests/spec/ranking.md")).unwrap();
    let (mut lang, mut wrong, mut rows) = ("", Vec::new(), 0);
    for line in spec.lines() {
        lang = line.strip_prefix("## ").unwrap_or(lang);
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [query, leads] = cells[..] else { continue };
        if query == "query" || query.starts_with('-') {
            continue;
        }
        rows += 1;
        let leads: Vec<_> = leads.split(' ').collect();
        let found = site.search(query, lang, false);
        let places = if leads.len() == 1 { 1 } else { leads.len() + 2 };
        let first: Vec<_> = found.hits.iter().take(places).map(|hit| hit.id.as_str()).collect();
        if !leads.iter().all(|lead| first.contains(lead)) || !leads.contains(first.first().unwrap_or(&"")) {
            wrong.push(format!("{query}: {leads:?} should lead, not {first:?}"));
        }
    }
    assert!(rows >= 60, "the table was read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs the checker that lies beside the cases: what visitors mean, against truth read from the texts.
#[test]
fn visitors_find_what_they_mean() {
    let cases = crate::support::root().join("tests/search");
    let site = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_gongbao");
    let run = |command: &mut std::process::Command| command.output().unwrap();
    let built = run(std::process::Command::new(program)
        .arg("build")
        .arg("--out")
        .arg(site.path().join("site"))
        .current_dir(crate::support::root()));
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let done = run(std::process::Command::new("python3")
        .arg(cases.join("check.py"))
        .arg(program)
        .arg(site.path().join("site"))
        .arg(cases.join("queries.jsonl")));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}
