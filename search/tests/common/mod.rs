//! What the suites share: the sample records, an engine over them, random numbers.
#![allow(dead_code, unreachable_pub, reason = "each suite uses a part")]

use std::collections::BTreeMap;

use gongbao_search::{Bundle, Engine, Lexicon, Limits, MANIFEST, Options, Record, Results, build_with};

/// A frozen copy of the records of the five documents, one JSON object a line.
pub fn records() -> Vec<Record> {
    let lines = include_str!("../data/records.jsonl").lines();
    let mut records: Vec<Record> = lines.map(|line| serde_json::from_str(line).expect("a record")).collect();
    let mut langs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in &records {
        langs.entry(record.id.clone()).or_default().push(record.lang.clone());
    }
    for record in &mut records {
        let others = langs[&record.id].iter().filter(|lang| **lang != record.lang);
        record.langs = others.cloned().collect();
        record.place = langs.keys().position(|id| *id == record.id).expect("it is there") as u32;
    }
    records
}

/// A lexicon like that of the real site.
pub fn lexicon() -> Lexicon {
    serde_json::from_str(include_str!("../data/lexicon.json")).expect("a lexicon")
}

/// A bundle and an engine over it.
pub struct Site {
    /// The files.
    pub bundle: Bundle,
    engine: Engine,
    /// Names of the pieces that queries have loaded.
    pub loaded: Vec<String>,
}

impl Site {
    /// Indexes these records.
    pub fn of(records: &[Record]) -> Site {
        Site::with(records, Limits::default())
    }

    /// Indexes these records as those of a large site, in many pieces.
    pub fn large(records: &[Record]) -> Site {
        Site::with(records, Limits { common: 60, frequent: 120, small_index: 0, small_docs: 0 })
    }

    fn with(records: &[Record], limits: Limits) -> Site {
        let bundle = build_with(records, &lexicon(), limits).expect("records can be indexed");
        let engine = Engine::open(&bundle.files[MANIFEST]).expect("a manifest");
        Site { bundle, engine, loaded: Vec::new() }
    }

    /// Answers a query.
    pub fn search(&mut self, query: &str, options: &Options) -> Results {
        let (files, loaded) = (&self.bundle.files, &mut self.loaded);
        let fetch = |name: &str| {
            loaded.push(name.to_owned());
            Ok(files[name].clone())
        };
        self.engine.search_with(query, options, fetch).expect("the bundle is whole")
    }

    /// The ids of all hits.
    pub fn ids(&mut self, query: &str, lang: &str) -> Vec<String> {
        let options = Options { lang: lang.into(), limit: 100_000, widen: false, ..Options::default() };
        self.search(query, &options).hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// A small generator of numbers that look random: the same ones in every run.
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
