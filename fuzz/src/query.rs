//! Queries: nothing that is typed is an error.

use std::cell::RefCell;

use gongbao_search::{Bundle, Engine, Lexicon, Limits, MANIFEST, Options, Record, build_with};

/// Any query, in any language of the bundle, is answered; hits are within what was asked for.
pub fn query(bytes: &[u8]) {
    thread_local! {
        static OPEN: RefCell<Option<(Bundle, Engine)>> = const { RefCell::new(None) };
    }
    let Some((&how, typed)) = bytes.split_first() else { return };
    let Ok(typed) = std::str::from_utf8(typed) else { return };
    let options = Options {
        lang: ["zh", "en"][usize::from(how & 1)].to_owned(),
        limit: usize::from(how >> 4),
        offset: usize::from(how >> 3 & 1),
        widen: how & 2 != 0,
        others: how & 4 != 0,
        ..Options::default()
    };
    OPEN.with_borrow_mut(|open| {
        let (bundle, engine) = open.get_or_insert_with(|| {
            let bundle = sample(usize::MAX);
            let engine = Engine::open(&bundle.files[MANIFEST]).expect("a manifest");
            (bundle, engine)
        });
        let fetch = |name: &str| Ok(bundle.files[name].clone());
        let results = engine.search_with(typed, &options, fetch).expect("a query is never an error");
        assert!(results.hits.len() <= options.limit);
    });
}

/// A bundle of the first records of each language, in many pieces.
pub(crate) fn sample(records: usize) -> Bundle {
    let all = include_str!("../../search/tests/data/records.jsonl").lines();
    let all: Vec<Record> = all.map(|line| serde_json::from_str(line).expect("a record")).collect();
    let of = |lang: &'static str| all.iter().filter(move |r| r.lang == lang).take(records).cloned();
    let chosen: Vec<Record> = of("zh").chain(of("en")).collect();
    let lexicon: Lexicon =
        serde_json::from_str(include_str!("../../search/tests/data/lexicon.json")).expect("a lexicon");
    let limits = Limits { common: 60, frequent: 120, small_index: 0, small_docs: 0 };
    build_with(&chosen, &lexicon, limits).expect("records can be indexed")
}
