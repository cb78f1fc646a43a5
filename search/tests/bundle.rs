//! The bundle as files: reproducible, paged, and never trusted.

mod common;

use common::{Random, Site, lexicon, records};
use gongbao_search::{Engine, Error, MANIFEST, Options, Record, build};

fn zh() -> Options {
    Options { lang: "zh".into(), ..Options::default() }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let first = build(&records(), &lexicon()).unwrap();
    assert_eq!(first, build(&records(), &lexicon()).unwrap());
}

#[test]
fn a_small_site_is_two_pieces_a_language() {
    let mut site = Site::of(&records());
    site.search("专利", &zh());
    assert_eq!(site.loaded.len(), 2);
    let limit = 400 * 1024;
    assert!(site.bundle.bytes() < limit, "{} bytes", site.bundle.bytes());
}

#[test]
fn a_large_site_loads_what_a_query_reads() {
    let mut site = Site::large(&records());
    site.search("双随机一公开", &zh());
    let loaded: usize = site.loaded.iter().map(|name| site.bundle.files[name].len()).sum();
    let whole: usize = site.bundle.bytes();
    assert!(loaded * 3 < whole, "{loaded} of {whole} bytes");
}

#[test]
fn a_site_without_records_can_be_searched() {
    assert!(Engine::open(&build(&[], &lexicon()).unwrap().files[MANIFEST]).unwrap().languages().is_empty());
    let empty = Record { lang: "zh".into(), ..Record::default() };
    let mut site = Site::of(&[empty]);
    assert_eq!(site.search("专利", &zh()).total, 0);
    assert_eq!(site.search("", &zh()).total, 1);
}

#[test]
fn a_language_without_records_has_no_hits_but_the_others_are_counted() {
    let mut site = Site::of(&records());
    let results = site.search("专利", &Options { lang: "fr".into(), others: true, ..Options::default() });
    assert_eq!((results.total, results.exact, results.hits), (0, true, Vec::new()));
    let total = |lang: &str| results.others.iter().find(|other| other.lang == lang).unwrap().total;
    assert_eq!(total("zh"), site.search("专利", &zh()).total);
    assert!(total("zh") > 0);
}

#[test]
fn another_format_is_named() {
    let manifest = br#"{"format": 99, "volumes": "of a kind we do not know"}"#;
    assert!(matches!(Engine::open(manifest), Err(Error::Format(99))));
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let bundle = build(&records(), &lexicon()).unwrap();
    let mut random = Random(7);
    for (name, content) in &bundle.files {
        for _ in 0..50 {
            let mut damaged = content.clone();
            let at = random.below(damaged.len());
            match random.below(3) {
                0 => damaged.truncate(at),
                1 => damaged[at] ^= 1 << random.below(8),
                _ => damaged.insert(at, 0),
            }
            if name == MANIFEST {
                // Any manifest may be read; what it names must still be checked.
                let _ = Engine::open(&damaged).map(|mut engine| engine.search("专利", &zh()).is_ok());
            } else {
                let engine = Engine::open(&bundle.files[MANIFEST]).unwrap();
                assert!(matches!(engine.supply(name, damaged), Err(Error::Corrupt(_))), "{name}");
            }
        }
    }
}

#[test]
fn nothing_typed_is_an_error() {
    let mut site = Site::of(&records());
    let mut random = Random(8);
    let alphabet: Vec<char> =
        "专利 \"“”-*:：plan:due:year..2023-年（）《》'\u{0}é\u{1f600}\n".chars().collect();
    for _ in 0..500 {
        let query: String = (0..random.below(20)).map(|_| alphabet[random.below(alphabet.len())]).collect();
        site.search(&query, &Options { lang: "zh".into(), others: true, ..Options::default() });
    }
}
