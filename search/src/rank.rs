//! Matching records of a volume and their scores.
//!
//! A record is found if it has every wanted phrase and no unwanted one. Its score adds
//! up, for each phrase: how often it has it (BM25), whether it has it as whole words of
//! jieba's rather than across their borders, and whether its title has it; then whether
//! its title has all phrases and whether they stand side by side. Scores are rounded
//! before they are compared, so that the same bundle gives the same order everywhere.

use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::clause::{Clause, Clauses};
use crate::error::{Result, every};
use crate::find::{self, Matches, Phrase, Scope, any, contains, find};
use crate::format::columns::Columns;
use crate::schema::Place;
use crate::segment;
use crate::text::{Script, is_han};
use crate::understand::is_question_word;
use crate::volume::{DocId, Volume};

/// Weight of a match in the title relative to one in the text.
const TITLE: f32 = 2.5;
/// Weight of the typed words relative to their synonyms.
const TYPED: f32 = 4.0;
/// Weight of whole words of jieba's.
const WORDS: f32 = 0.6;
/// Weight of a title that contains all of several phrases.
const WHOLE_TITLE: f32 = 2.0;
/// Weight of several adjacent phrases.
const ADJACENT: f32 = 1.0;
/// Factor for preambles and section texts: they name subjects that tasks are about.
const SECTION: f32 = 0.7;
/// Maximum length, in bytes, of a word's posting list that is read: frequent words say little.
const WORD_BYTES: usize = 4 * 1024;
/// Maximum number of bytes of positions read to find adjacent phrases.
const ADJACENT_BYTES: usize = 48 * 1024;
/// Minimum score of a partial match, as a share of the best one.
const PARTIAL: f32 = 0.45;

/// Records with their scores, ascending by record id.
pub(crate) struct Ranked {
    /// True if they match all clauses, or if there are none.
    pub(crate) exact: bool,
    /// Record and score, in thousandths.
    pub(crate) docs: Vec<(DocId, i64)>,
    /// The words to highlight.
    pub(crate) phrases: Vec<Phrase>,
}

/// The index's evidence for one clause.
struct Evidence {
    body: Matches,
    /// True if there are synonyms.
    widened: bool,
    /// Records that contain the typed wording.
    typed: Matches,
    title: Matches,
    words: Vec<Matches>,
}

/// Finds and scores the records that match all clauses or, if there are none, those that match most.
pub(crate) fn rank(volume: &Volume, clauses: &Clauses) -> Result<Ranked> {
    // As in `every`: nothing is reported before all is asked for.
    let unwanted = every(clauses.unwanted.iter().map(|clause| matches(volume, clause, Scope::Record)));
    let evidence = every(clauses.wanted.iter().map(|clause| evidence(volume, clause)));
    let adjacent = adjacent(volume, &clauses.wanted);
    let columns = volume.columns();
    let (unwanted, evidence) = (any(unwanted?), evidence?);
    let mut scores = Scores::new(volume, columns?);
    if evidence.is_empty() {
        let docs = (0..volume.header.docs).filter(|&doc| !contains(&unwanted, doc));
        let docs = docs.map(|doc| (doc, 0)).collect();
        return Ok(Ranked { exact: true, docs, phrases: Vec::new() });
    }
    let bodies: Vec<Matches> = evidence.iter().map(|clause| clause.body.clone()).collect();
    let mut found = find::all(&bodies);
    if found.is_empty() {
        return partial(volume, clauses, &unwanted);
    }
    found.retain(|&(doc, _)| !contains(&unwanted, doc));
    scores.add_evidence(&evidence);
    scores.add_flat(&adjacent?, ADJACENT);
    let phrases = clauses.wanted.iter().flat_map(|clause| clause.any.iter().cloned()).collect();
    Ok(Ranked { exact: true, docs: scores.of(&found), phrases })
}

fn matches(volume: &Volume, clause: &Clause, scope: Scope) -> Result<Matches> {
    Ok(any(every(clause.any.iter().map(|phrase| find(volume, phrase, scope)))?))
}

fn evidence(volume: &Volume, clause: &Clause) -> Result<Evidence> {
    let body = matches(volume, clause, Scope::Record);
    let title = matches(volume, clause, Scope::Title);
    let words = words(volume, clause);
    let typed = clause.any.first().map_or(Ok(Matches::new()), |typed| find(volume, typed, Scope::Record));
    let widened = clause.any.len() > 1;
    Ok(Evidence { body: body?, widened, typed: typed?, title: title?, words: words? })
}

/// For each of jieba's words in the clause's phrases, the records that contain it.
fn words(volume: &Volume, clause: &Clause) -> Result<Vec<Matches>> {
    if volume.script == Script::Words {
        return Ok(Vec::new());
    }
    let text: String = clause.any.iter().map(|phrase| first_forms(phrase).concat() + "。").collect();
    let jieba = volume.segmenter(&text)?;
    let mut words = segment::cut(&jieba, &text);
    words.retain(|word| word.chars().nth(1).is_some() && word.chars().all(is_han));
    words.sort_unstable();
    words.dedup();
    every(words.iter().map(|word| with_word(volume, word)))
}

fn with_word(volume: &Volume, word: &str) -> Result<Matches> {
    if volume.posting_bytes(Place::Word, word)? > WORD_BYTES {
        return Ok(Matches::new());
    }
    let postings = volume.postings(Place::Word, word, IndexRecordOption::Basic)?;
    let mut matches = Matches::new();
    if let Some(mut postings) = postings {
        while postings.doc() != TERMINATED {
            matches.push((postings.doc(), 1));
            postings.advance();
        }
    }
    Ok(matches)
}

fn first_forms(phrase: &Phrase) -> Vec<String> {
    phrase.slots.iter().filter_map(|forms| forms.first().cloned()).collect()
}

/// Records in which several clauses are adjacent, in the order typed.
fn adjacent(volume: &Volume, wanted: &[Clause]) -> Result<Matches> {
    if wanted.len() < 2 {
        return Ok(Matches::new());
    }
    let slots = wanted.iter().filter_map(|clause| clause.any.first());
    let slots = slots.flat_map(|phrase| phrase.slots.iter().cloned()).collect();
    let phrase = Phrase { slots, whole: false };
    if find::cost(volume, &phrase)? > ADJACENT_BYTES {
        return Ok(Matches::new());
    }
    find(volume, &phrase, Scope::Record)
}

/// Records that match most clauses, used when none matches all.
fn partial(volume: &Volume, clauses: &Clauses, unwanted: &Matches) -> Result<Ranked> {
    let phrases = parts(volume, clauses)?;
    let lists = every(phrases.iter().map(|phrase| find(volume, phrase, Scope::Record)))?;
    let mut scores = Scores::new(volume, volume.columns()?);
    lists.iter().for_each(|list| scores.add_flat(list, 1.0));
    let mut found = any(lists);
    found.retain(|&(doc, _)| !contains(unwanted, doc));
    let mut docs = scores.of(&found);
    let best = docs.iter().map(|&(_, score)| score).max().unwrap_or(0);
    docs.retain(|&(_, score)| score as f32 >= best as f32 * PARTIAL);
    Ok(Ranked { exact: docs.is_empty(), docs, phrases })
}

/// The words of the required phrases, without question words and single characters.
fn parts(volume: &Volume, clauses: &Clauses) -> Result<Vec<Phrase>> {
    let phrases = clauses.wanted.iter().flat_map(|clause| &clause.any);
    let mut parts: Vec<Phrase> = Vec::new();
    for phrase in phrases {
        let found: Vec<Phrase> = match volume.script {
            Script::Words => {
                let says = |forms: &&Vec<String>| !forms.first().is_none_or(|word| is_question_word(word));
                let slots = phrase.slots.iter().filter(says);
                slots.map(|forms| Phrase { slots: vec![forms.clone()], whole: false }).collect()
            }
            Script::Han => {
                let text = first_forms(phrase).concat();
                let words = segment::cut(&volume.segmenter(&text)?, &text).into_iter();
                let words = words.filter(|word| word.chars().nth(1).is_some() && !is_particle(word));
                words.map(|word| Phrase::exact(word.chars().map(String::from))).collect()
            }
        };
        for part in found {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    Ok(parts)
}

/// Returns whether a word consists of particles.
fn is_particle(word: &str) -> bool {
    const PARTICLES: &str = "的了和与及在是把被对为以之其有无吗呢怎么什哪些个。 -";
    word.chars().all(|c| PARTICLES.contains(c))
}

/// Scores of all records of a volume.
struct Scores<'a> {
    columns: &'a Columns,
    docs: u64,
    mean_length: f32,
    scores: Vec<f32>,
    /// Index of the kind `section`.
    sections: Option<u32>,
}

impl<'a> Scores<'a> {
    fn new(volume: &Volume, columns: &'a Columns) -> Scores<'a> {
        let docs = u64::from(volume.header.docs);
        Scores {
            columns,
            docs,
            mean_length: volume.header.units as f32 / docs.max(1) as f32,
            scores: vec![0.0; columns.0.len()],
            sections: (0..).zip(&volume.header.kinds).find(|(_, kind)| *kind == "section").map(|(n, _)| n),
        }
    }

    fn add_evidence(&mut self, evidence: &[Evidence]) {
        for clause in evidence {
            // What was typed counts as often as it stands there; other wordings count where it does not.
            let mut others = clause.body.clone();
            others.retain(|&(doc, _)| !contains(&clause.typed, doc));
            self.add_counted(&clause.typed);
            self.add_counted(&others);
            self.add_flat(&clause.title, TITLE);
            if clause.widened {
                self.add_flat(&clause.typed, TYPED);
            }
            let share = WORDS / clause.words.len().max(1) as f32;
            clause.words.iter().for_each(|word| self.add_flat(word, share));
        }
        if evidence.len() > 1 {
            let titles: Vec<Matches> = evidence.iter().map(|clause| clause.title.clone()).collect();
            self.add_flat(&find::all(&titles), WHOLE_TITLE);
        }
    }

    /// Adds BM25 scores.
    fn add_counted(&mut self, matches: &Matches) {
        let found = matches.len() as u64;
        let weight = Bm25Weight::for_one_term_without_explain(found, self.docs, self.mean_length);
        for &(doc, count) in matches {
            let length = self.columns.0.get(doc as usize).map_or(0, |row| row.length);
            self.add(doc, weight.score(length, count));
        }
    }

    /// Adds the same score to each record, weighted by rarity.
    fn add_flat(&mut self, matches: &Matches, weight: f32) {
        let (docs, found) = (self.docs as f32, matches.len() as f32);
        let rarity = (1.0 + (docs - found + 0.5).max(0.0) / (found + 0.5)).ln();
        for &(doc, _) in matches {
            self.add(doc, weight * (0.5 + rarity));
        }
    }

    fn add(&mut self, doc: DocId, score: f32) {
        let section = self.columns.0.get(doc as usize).is_some_and(|row| Some(row.kind) == self.sections);
        if let Some(total) = self.scores.get_mut(doc as usize) {
            *total += if section { score * SECTION } else { score };
        }
    }

    fn of(&self, matches: &Matches) -> Vec<(DocId, i64)> {
        let score = |doc: DocId| self.scores.get(doc as usize).copied().unwrap_or(0.0);
        matches.iter().map(|&(doc, _)| (doc, (score(doc) * 1000.0).round() as i64)).collect()
    }
}
