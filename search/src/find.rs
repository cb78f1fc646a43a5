//! Records that contain a phrase, with the number of occurrences.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::error::{Result, every};
use crate::grams;
use crate::schema::Place;
use crate::text::Script;
use crate::volume::{DocId, Volume};

/// A sequence of adjacent units, each in one of several forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Alternative forms of each unit, the typed one first.
    pub(crate) slots: Vec<Vec<String>>,
    /// Do not match inside a longer expression ([`is_part`]): a Latin word where units are characters, or a
    /// law in `law enforcement`.
    pub(crate) whole: bool,
}

/// Records in ascending order, each with its number of matches.
pub(crate) type Matches = Vec<(DocId, u32)>;

/// The part of a record that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Title and text.
    Record,
    /// Title only.
    Title,
}

impl Scope {
    /// The field to search for a term of `place`.
    fn place(self, place: Place) -> Place {
        match self {
            Scope::Record => place,
            Scope::Title => Place::Title,
        }
    }
}

impl Phrase {
    /// A phrase of units that have one form each.
    pub(crate) fn exact(units: impl IntoIterator<Item = String>) -> Phrase {
        Phrase { slots: units.into_iter().map(|unit| vec![unit]).collect(), whole: false }
    }
}

/// Alternative terms to look up for the units at an offset of a phrase.
struct Slot {
    offset: usize,
    terms: Vec<(Place, String)>,
}

/// The records that contain the phrase.
pub(crate) fn find(volume: &Volume, phrase: &Phrase, scope: Scope) -> Result<Matches> {
    let matches = anywhere(volume, phrase, scope)?;
    match phrase.whole && !matches.is_empty() {
        true => whole(volume, phrase, scope, matches),
        false => Ok(matches),
    }
}

const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u",
    "v", "w", "x", "y", "z",
];

/// The units before and after a phrase that make it a part of something longer: letters beside a
/// Latin word, where each character is a unit; `enforcement` after `law`.
fn beside(script: Script) -> (&'static [&'static str], &'static [&'static str]) {
    match script {
        Script::Han => (&LETTERS, &LETTERS),
        Script::Words => (&[], &["enforcement"]),
    }
}

/// Returns whether the units beside a phrase make it a part of something longer.
pub(crate) fn is_part(script: Script, before: Option<&str>, after: Option<&str>) -> bool {
    let (befores, afters) = beside(script);
    before.is_some_and(|unit| befores.contains(&unit)) || after.is_some_and(|unit| afters.contains(&unit))
}

/// The matches outside longer expressions.
fn whole(volume: &Volume, phrase: &Phrase, scope: Scope, mut matches: Matches) -> Result<Matches> {
    let (befores, afters) = beside(volume.script);
    let slot = |unit: &&str| vec![vec![(*unit).to_owned()]];
    let befores = befores.iter().map(|unit| [slot(unit), phrase.slots.clone()].concat());
    let afters = afters.iter().map(|unit| [phrase.slots.clone(), slot(unit)].concat());
    let longer = befores.chain(afters).map(|slots| Phrase { slots, whole: false });
    let pieces = any(every(longer.map(|phrase| anywhere(volume, &phrase, scope)))?);
    let inside = |doc: DocId| match pieces.binary_search_by_key(&doc, |&(doc, _)| doc) {
        Ok(at) => pieces[at].1,
        Err(_) => 0,
    };
    matches.retain(|&(doc, count)| count > inside(doc));
    Ok(matches)
}

fn anywhere(volume: &Volume, phrase: &Phrase, scope: Scope) -> Result<Matches> {
    let slots = slots(volume, phrase, scope);
    match slots.len() {
        0 => Ok(Vec::new()),
        1 => Ok(counted(open(volume, &slots, IndexRecordOption::WithFreqs)?.remove(0))),
        _ => {
            let lists = open(volume, &slots, IndexRecordOption::WithFreqsAndPositions)?;
            Ok(side_by_side(&slots, lists))
        }
    }
}

/// Bytes of positions that [`find`] would read for the phrase.
pub(crate) fn cost(volume: &Volume, phrase: &Phrase) -> Result<usize> {
    let slots = slots(volume, phrase, Scope::Record);
    let terms = slots.iter().flat_map(|slot| &slot.terms);
    let sizes = every(terms.map(|(place, text)| volume.position_bytes(*place, text)))?;
    Ok(sizes.into_iter().sum())
}

/// The intersection of lists, with the counts of the first.
pub(crate) fn all(lists: &[Matches]) -> Matches {
    let Some((first, others)) = lists.split_first() else {
        return Vec::new();
    };
    let mut matches = first.clone();
    for other in others {
        matches.retain(|(doc, _)| contains(other, *doc));
    }
    matches
}

/// The union of lists, with the sums of counts.
pub(crate) fn any(lists: Vec<Matches>) -> Matches {
    if lists.len() == 1 {
        return lists.into_iter().flatten().collect();
    }
    let mut matches: Matches = lists.into_iter().flatten().collect();
    matches.sort_unstable();
    matches.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        earlier.1 += if same { later.1 } else { 0 };
        same
    });
    matches
}

/// Returns whether a record is among the matches.
pub(crate) fn contains(matches: &Matches, doc: DocId) -> bool {
    matches.binary_search_by_key(&doc, |&(doc, _)| doc).is_ok()
}

fn slots(volume: &Volume, phrase: &Phrase, scope: Scope) -> Vec<Slot> {
    if volume.script == Script::Han {
        let units: Vec<String> = phrase.slots.iter().filter_map(|forms| forms.first().cloned()).collect();
        let grams = grams::cover(&units, &volume.header.common).into_iter();
        return grams
            .map(|gram| Slot { offset: gram.offset, terms: vec![(scope.place(gram.place), gram.text)] })
            .collect();
    }
    let place = scope.place(Place::Unit);
    let slot = |(offset, forms): (usize, &Vec<String>)| Slot {
        offset,
        terms: forms.iter().map(|form| (place, form.clone())).collect(),
    };
    phrase.slots.iter().enumerate().map(slot).collect()
}

/// Opens the lists of each slot.
fn open(volume: &Volume, slots: &[Slot], option: IndexRecordOption) -> Result<Vec<Vec<SegmentPostings>>> {
    let of_slot =
        |slot: &Slot| every(slot.terms.iter().map(|(place, text)| volume.postings(*place, text, option)));
    let opened = every(slots.iter().map(of_slot))?.into_iter();
    Ok(opened.map(|slot| slot.into_iter().flatten().collect()).collect())
}

fn counted(lists: Vec<SegmentPostings>) -> Matches {
    let list = |mut list: SegmentPostings| {
        let mut matches = Matches::new();
        while list.doc() != TERMINATED {
            matches.push((list.doc(), list.term_freq()));
            list.advance();
        }
        matches
    };
    any(lists.into_iter().map(list).collect())
}

fn side_by_side(slots: &[Slot], mut lists: Vec<Vec<SegmentPostings>>) -> Matches {
    let documents: Vec<Matches> = lists.iter().map(|slot| counted(slot.clone())).collect();
    let mut rarest_first: Vec<&Matches> = documents.iter().collect();
    rarest_first.sort_by_key(|matches| matches.len());
    let rarest_first: Vec<Matches> = rarest_first.into_iter().cloned().collect();
    let mut matches = Matches::new();
    for (doc, _) in all(&rarest_first) {
        let count = starts(doc, slots, &mut lists);
        if count > 0 {
            matches.push((doc, count));
        }
    }
    matches
}

/// The number of times that the slots are adjacent in a record.
fn starts(doc: DocId, slots: &[Slot], lists: &mut [Vec<SegmentPostings>]) -> u32 {
    // Positions are shifted by this much, so that a start before the text is not negative.
    let shift = slots.last().map_or(0, |slot| slot.offset as u32);
    let mut starts: Option<Vec<u32>> = None;
    for (slot, lists) in slots.iter().zip(lists) {
        let mut positions = Vec::new();
        for list in lists {
            if list.doc() < doc {
                list.seek(doc);
            }
            if list.doc() == doc {
                list.append_positions_with_offset(shift - slot.offset as u32, &mut positions);
            }
        }
        positions.sort_unstable();
        match &mut starts {
            None => starts = Some(positions),
            Some(starts) => starts.retain(|start| positions.binary_search(start).is_ok()),
        }
    }
    starts.map_or(0, |starts| starts.len() as u32)
}
