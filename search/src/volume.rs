//! One language of a bundle, opened for reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use tantivy::index::{Index, SegmentReader};
use tantivy::postings::SegmentPostings;
use tantivy::schema::{IndexRecordOption, Term};

use crate::concepts::Concepts;
use crate::error::{Error, Result, corrupt, every};
use crate::format::columns::Columns;
use crate::format::docs::{self, Doc};
use crate::format::header::Header;
use crate::format::layout::Stream;
use crate::format::words;
use crate::paging::{Pieces, StreamDirectory, Streams};
use crate::schema::Place;
use crate::segment;
use crate::text::{Script, Unit};

/// Number of a record in its volume.
pub(crate) type DocId = u32;

/// An open volume. Every method may fail because a piece is not loaded yet.
pub(crate) struct Volume {
    /// The header of the volume.
    pub(crate) header: Header,
    /// How its language is cut.
    pub(crate) script: Script,
    streams: Streams,
    segment: OnceLock<SegmentReader>,
    columns: OnceLock<Columns>,
    concepts: OnceLock<Concepts>,
}

impl Volume {
    /// Opens the volume whose head piece has this hash.
    pub(crate) fn open(pieces: Arc<Pieces>, head: u64) -> Result<Volume> {
        let streams = Streams::open(pieces, head)?;
        let header = Header::decode(&streams.read_all(Stream::Header)?)?;
        let script = Script::of(&header.lang);
        Ok(Volume {
            header,
            script,
            streams,
            segment: OnceLock::new(),
            columns: OnceLock::new(),
            concepts: OnceLock::new(),
        })
    }

    /// Cuts and folds a text as the volume's records were.
    pub(crate) fn units(&self, text: &str) -> Vec<Unit> {
        self.script.units(text, &self.header.variants)
    }

    /// The concepts that queries may name, prepared on first use.
    pub(crate) fn concepts(&self) -> &Concepts {
        self.concepts.get_or_init(|| Concepts::new(&self.header.concepts, &self.header.variants))
    }

    /// The posting list of a term; `None` if no record contains it.
    pub(crate) fn postings(
        &self,
        place: Place,
        text: &str,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>> {
        let index = self.segment()?.inverted_index(place.field())?;
        Ok(index.read_postings(&Term::from_field_text(place.field(), text), option)?)
    }

    /// Number of bytes of a term's positions, the largest part of an index.
    pub(crate) fn position_bytes(&self, place: Place, text: &str) -> Result<usize> {
        let index = self.segment()?.inverted_index(place.field())?;
        let info = index.get_term_info(&Term::from_field_text(place.field(), text))?;
        Ok(info.map_or(0, |info| info.positions_range.len()))
    }

    /// Number of bytes of a term's list of records.
    pub(crate) fn posting_bytes(&self, place: Place, text: &str) -> Result<usize> {
        let index = self.segment()?.inverted_index(place.field())?;
        let info = index.get_term_info(&Term::from_field_text(place.field(), text))?;
        Ok(info.map_or(0, |info| info.postings_range.len()))
    }

    /// The units that begin with a prefix and pass a test, in order.
    pub(crate) fn units_with(&self, prefix: &str, keep: impl Fn(&str) -> bool) -> Result<Vec<String>> {
        let index = self.segment()?.inverted_index(Place::Unit.field())?;
        let mut range = index.terms().range().ge(prefix.as_bytes());
        if let Some(end) = successor(prefix) {
            range = range.lt(end);
        }
        let mut stream = range.into_stream()?;
        let mut found = Vec::new();
        while stream.advance() {
            if let Ok(unit) = std::str::from_utf8(stream.key())
                && keep(unit)
            {
                found.push(unit.to_owned());
            }
        }
        Ok(found)
    }

    /// The facet values of all records.
    pub(crate) fn columns(&self) -> Result<&Columns> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let bytes = self.streams.read_all(Stream::Columns)?;
        let columns = Columns::decode(&bytes, self.header.docs)?;
        Ok(self.columns.get_or_init(|| columns))
    }

    /// The stored fields of a record.
    pub(crate) fn doc(&self, doc: DocId) -> Result<Doc> {
        let doc = doc as usize;
        let block = self.streams.read_block(Stream::Docs, doc / docs::PER_BLOCK)?;
        docs::decode_doc(&block, doc % docs::PER_BLOCK)
    }

    /// A segmenter that cuts this text as the records were cut.
    pub(crate) fn segmenter(&self, text: &str) -> Result<jieba_rs::Jieba> {
        let len = self.streams.len(Stream::Words);
        let firsts: BTreeSet<char> = text.chars().collect();
        let chunk = |first| self.streams.read(Stream::Words, words::range(&self.header.words, len, first));
        let mut entries = BTreeMap::new();
        let chunks = every(firsts.into_iter().map(chunk))?;
        for chunk in &chunks {
            let known = words::decode(chunk)?.into_iter();
            entries.extend(known.filter(|(word, _)| text.contains(word)));
        }
        Ok(segment::segmenter(entries))
    }

    /// Reads what every query reads, so that the writer can pack it into the head.
    #[cfg(feature = "build")]
    pub(crate) fn touch(&self) -> Result<()> {
        for (place, ..) in Place::ALL {
            self.segment()?.inverted_index(place.field())?;
        }
        self.columns().map(|_| ())
    }

    /// All terms of a field.
    #[cfg(feature = "build")]
    pub(crate) fn terms(&self, place: Place) -> Result<Vec<String>> {
        let index = self.segment()?.inverted_index(place.field())?;
        let mut stream = index.terms().stream()?;
        let mut terms = Vec::new();
        while stream.advance() {
            terms.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
        }
        Ok(terms)
    }

    fn segment(&self) -> Result<&SegmentReader> {
        if let Some(segment) = self.segment.get() {
            return Ok(segment);
        }
        let index = Index::open(StreamDirectory(self.streams.clone()))?;
        let segments = index.searchable_segments()?;
        let [segment] = &segments[..] else {
            return Err(corrupt("the index does not have one segment"));
        };
        let reader = SegmentReader::open(segment)?;
        if reader.max_doc() != self.header.docs {
            return Err(Error::Corrupt("the index does not have the records it names".into()));
        }
        Ok(self.segment.get_or_init(|| reader))
    }
}

/// The least byte string greater than all that begin with `prefix`.
fn successor(prefix: &str) -> Option<Vec<u8>> {
    let mut bytes = prefix.as_bytes().to_vec();
    while let Some(last) = bytes.pop() {
        if last < 0xff {
            bytes.push(last + 1);
            return Some(bytes);
        }
    }
    None
}
