//! The records of one language → the streams of its volume.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pinyin::ToPinyin;
use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;

use super::Limits;
use super::index::{self, Indexed, Texts};
use super::pack::Blocks;
use crate::error::Result;
use crate::format::columns::{Columns, Row};
use crate::format::docs::{Doc, PER_BLOCK, encode_block};
use crate::format::header::{Header, Plan};
use crate::format::layout::Stream;
use crate::format::words;
use crate::grams::Common;
use crate::record::{Concept, Lexicon, Record};
use crate::segment;
use crate::text::{STOP, Script, Variants, is_han, texts};

/// The blocks of each stream.
pub(super) fn streams(lang: &str, records: &[&Record], lexicon: &Lexicon, limits: Limits) -> Result<Blocks> {
    let script = Script::of(lang);
    let variants = variants(records);
    let mut texts = Texts::default();
    let mut indexed = indexed(script, records, &variants, &mut texts);
    let dictionary = match script {
        Script::Han => add_words(&mut indexed, &mut texts, lexicon, &variants),
        Script::Words => Vec::new(),
    };
    let common = common(script, &indexed, &texts, limits);
    let (word_bytes, chunks) = words::encode(&dictionary);
    let mut facets = Facets::default();
    let rows = records.iter().zip(&indexed).map(|(record, units)| facets.row(record, units));
    let columns = Columns(rows.collect());
    let header = Header {
        lang: lang.to_owned(),
        docs: records.len() as u32,
        units: indexed.iter().map(|record| record.units.len() as u64).sum(),
        common: common.clone(),
        variants,
        words: chunks,
        concepts: concepts(script, lexicon),
        ..facets.header(lang, lexicon)
    };
    let mut files = index::write(&indexed, &texts, &common)?;
    let mut stream = |stream: Stream| -> Vec<Vec<u8>> {
        match stream {
            Stream::Header => vec![header.encode()],
            Stream::Columns => vec![columns.encode()],
            Stream::Words => vec![word_bytes.clone()],
            Stream::Docs => docs(records),
            file => vec![files.remove(&(file as usize)).unwrap_or_default()],
        }
    };
    Ok(Stream::ALL.iter().map(|&name| stream(name)).collect())
}

/// The lexicon's concepts; Chinese wordings are also recognised in pinyin, whole or as initials.
fn concepts(script: Script, lexicon: &Lexicon) -> Vec<Concept> {
    let mut concepts = lexicon.concepts.clone();
    if script == Script::Han {
        for concept in &mut concepts {
            let words = concept.wordings.iter().chain(&concept.typed);
            let spelled: BTreeSet<String> = words.flat_map(|word| spellings(word)).collect();
            concept.typed.extend(spelled);
        }
    }
    concepts
}

/// Minimum number of syllables for which initials are recognised.
const FEWEST_INITIALS: usize = 3;
/// Maximum number of syllables of a word that is recognised in pinyin.
const MOST_SYLLABLES: usize = 8;

/// Pinyin of a Chinese word: `dilibiaozhi`, `dlbz`.
fn spellings(word: &str) -> Vec<String> {
    let syllables: Option<Vec<&str>> = word.chars().map(|c| c.to_pinyin().map(|p| p.plain())).collect();
    let Some(syllables) = syllables.filter(|syllables| (2..=MOST_SYLLABLES).contains(&syllables.len()))
    else {
        return Vec::new();
    };
    let initials = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    let initials = (syllables.len() >= FEWEST_INITIALS).then_some(initials);
    std::iter::once(syllables.concat()).chain(initials).collect()
}

/// Number of records segmented at once.
const AT_ONCE: usize = 512;

fn indexed(script: Script, records: &[&Record], variants: &Variants, texts: &mut Texts) -> Vec<Indexed> {
    let mut indexed = Vec::with_capacity(records.len());
    for records in records.chunks(AT_ONCE) {
        let cut: Vec<_> = records.par_iter().map(|record| units(script, record, variants)).collect();
        indexed.extend(cut.into_iter().map(|(units, title)| Indexed {
            units: texts.numbers(units),
            title: texts.numbers(title),
            words: Vec::new(),
        }));
    }
    indexed
}

/// The units of title and text, and those of the title.
fn units(script: Script, record: &Record, variants: &Variants) -> (Vec<String>, Vec<String>) {
    let title = if record.untitled { "" } else { &record.title };
    let title = texts(&script.units(title, variants));
    let text = texts(&script.units(&record.text, variants));
    let mut units = title.clone();
    if !title.is_empty() && !text.is_empty() {
        units.push(STOP.to_owned());
    }
    units.extend(text);
    (units, title)
}

/// Cuts the records into words; returns the dictionary that they were cut with.
fn add_words(
    indexed: &mut [Indexed],
    numbered: &mut Texts,
    lexicon: &Lexicon,
    variants: &Variants,
) -> Vec<(String, u64)> {
    let fold = |term: &String| texts(&Script::Han.units(term, variants)).concat();
    let terms: BTreeSet<String> = lexicon
        .words
        .iter()
        .map(fold)
        .filter(|term| term.chars().count() > 1 && term.chars().all(is_han))
        .collect();
    let folded: Vec<String> = indexed.iter().map(|record| numbered.texts(&record.units).concat()).collect();
    let dictionary = segment::dictionary(folded.iter().map(String::as_str), &terms);
    let known = dictionary.iter().map(|(word, frequency)| (word.as_str(), *frequency));
    let jieba = segment::segmenter(known);
    let cut = |text: &String| {
        let mut words = segment::words(&jieba, text);
        words.retain(|word| word.chars().all(is_han));
        words
    };
    for (records, folded) in indexed.chunks_mut(AT_ONCE).zip(folded.chunks(AT_ONCE)) {
        let words: Vec<BTreeSet<String>> = folded.par_iter().map(cut).collect();
        for (record, words) in records.iter_mut().zip(words) {
            record.words = numbered.numbers(words);
        }
    }
    dictionary
}

fn common(script: Script, indexed: &[Indexed], texts: &Texts, limits: Limits) -> Common {
    if script == Script::Words {
        return Common::default();
    }
    let frequent = |length: usize, least: u64| -> BTreeSet<String> {
        let mut counts: HashMap<&[u32], u64> = HashMap::new();
        for units in indexed.iter().flat_map(|record| record.units.windows(length)) {
            *counts.entry(units).or_default() += 1;
        }
        let frequent = counts.into_iter().filter(|&(_, count)| count >= least);
        frequent.map(|(units, _)| texts.texts(units).concat()).collect()
    };
    Common { units: frequent(1, limits.common), pairs: frequent(2, limits.frequent) }
}

/// Traditional characters whose simplified form occurs in the texts, or would if the texts were simplified.
fn variants(records: &[&Record]) -> Variants {
    let mut present: BTreeSet<char> = BTreeSet::new();
    for record in records {
        present.extend(record.title.chars().chain(record.text.chars()).filter(|&c| is_han(c)));
    }
    let simplified = |c: char| fast2s::convert(c.encode_utf8(&mut [0; 4])).chars().next();
    let pair = |from: char| simplified(from).filter(|&to| to != from).map(|to| (from, to));
    ('\u{4e00}'..='\u{9fff}')
        .filter_map(pair)
        .filter(|(from, to)| present.contains(from) || present.contains(to))
        .collect()
}

/// Gives facet values their numbers, in order of first appearance.
#[derive(Default)]
struct Facets {
    plans: Numbered<Plan>,
    kinds: Numbered<String>,
    topics: Numbered<String>,
    bodies: Numbered<String>,
    langs: Numbered<String>,
}

/// Maximum number of units of a text that is uninformative: 附件：（略）.
const EMPTY: usize = 5;

/// Values in the order of their numbers.
struct Numbered<T> {
    values: Vec<T>,
    numbers: BTreeMap<String, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: BTreeMap::new() }
    }
}

impl<T> Numbered<T> {
    /// The number of the value with a key.
    fn number(&mut self, key: &str, value: impl FnOnce() -> T) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.values.len() as u32;
        self.values.push(value());
        self.numbers.insert(key.to_owned(), number);
        number
    }
}

impl Facets {
    fn row(&mut self, record: &Record, indexed: &Indexed) -> Row {
        let plan = || Plan { id: record.plan.clone(), title: record.plan_title.clone() };
        let mut due: Vec<u32> =
            record.deadlines.iter().filter_map(|deadline| day(deadline.date.as_deref()?)).collect();
        due.sort_unstable();
        due.dedup();
        Row {
            plan: self.plans.number(&record.plan, plan),
            kind: self.kinds.number(&record.kind, || record.kind.clone()),
            year: record.year.and_then(|year| u32::try_from(year + 1).ok()).unwrap_or(0),
            date: record.date.as_deref().and_then(day).unwrap_or(0),
            // The last two bits say too little for what they cost.
            length: FieldNormReader::fieldnorm_to_id(indexed.units.len() as u32) & !3,
            ongoing: record.deadlines.iter().any(|deadline| deadline.kind == "ongoing"),
            due,
            topics: record.topics.iter().map(|topic| self.topics.number(topic, || topic.clone())).collect(),
            bodies: record.bodies.iter().map(|body| self.bodies.number(body, || body.clone())).collect(),
            place: record.place,
            langs: record.langs.iter().map(|lang| self.langs.number(lang, || lang.clone())).collect(),
            empty: indexed.units.len().saturating_sub(indexed.title.len() + 1) <= EMPTY,
        }
    }

    /// The facet values as the part of a header.
    fn header(self, lang: &str, lexicon: &Lexicon) -> Header {
        let named = |ids: Vec<String>, names: &BTreeMap<String, BTreeMap<String, String>>| {
            let name = |id: &String| names.get(id).and_then(|names| names.get(lang)).unwrap_or(id).clone();
            ids.into_iter().map(|id| (id.clone(), name(&id))).collect()
        };
        Header {
            plans: self.plans.values,
            kinds: self.kinds.values,
            topics: named(self.topics.values, &lexicon.topics),
            bodies: named(self.bodies.values, &lexicon.bodies),
            langs: self.langs.values,
            ..Header::default()
        }
    }
}

/// `2025-12-31` → 20251231.
fn day(date: &str) -> Option<u32> {
    let digits: String = date.get(..10)?.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 8 { digits.parse().ok() } else { None }
}

fn docs(records: &[&Record]) -> Vec<Vec<u8>> {
    let doc = |record: &&Record| Doc {
        id: record.id.clone(),
        url: record.url.clone(),
        number: record.number.map_or(0, |number| number.saturating_add(1)),
        section: record.section.clone(),
        title: record.title.clone(),
        text: record.text.clone(),
    };
    let docs: Vec<Doc> = records.iter().map(doc).collect();
    docs.chunks(PER_BLOCK).map(encode_block).collect()
}
