//! Streams → pieces.
//!
//! A small volume becomes two pieces, the index and the texts. In a large one, the head contains the
//! blocks that every query reads, and the rest is cut where reads begin and end, so that a query
//! loads little but the lists it reads. The packer opens the volume and records the reads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::Limits;
use crate::error::{Result, corrupt};
use crate::format::layout::{Block, Layout, Piece, Stream, hash, piece_name};
use crate::format::manifest::VolumeEntry;
use crate::paging::{Pieces, Reads};
use crate::schema;
use crate::volume::Volume;

/// Short lists are packed together up to this many bytes; a longer one is a piece by itself.
/// Smaller pieces would waste less, but the head lists the names of all pieces.
const PIECE: usize = 6 * 1024;

/// The blocks of each of [`Stream::ALL`].
pub(super) type Blocks = Vec<Vec<Vec<u8>>>;

/// A block: number of its stream, number in the stream.
type Place = (usize, usize);

/// Names and contents of pieces.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Adds pieces to others. A name is made of the content, so that equal names mean equal contents.
pub(super) fn add(files: &mut Files, pieces: Files) -> Result<()> {
    for (name, bytes) in pieces {
        if files.get(&name).is_some_and(|other| *other != bytes) {
            return Err(corrupt(format!("two pieces have the name {name}")));
        }
        files.insert(name, bytes);
    }
    Ok(())
}

/// The pieces of a volume, and its entry in the manifest.
pub(super) fn pack(
    lang: &str,
    records: usize,
    streams: Blocks,
    limits: Limits,
) -> Result<(VolumeEntry, Files)> {
    let placement = Placement::new(streams, limits)?;
    let packed = Packed::new(&placement);
    let head = piece_name(hash(&packed.head));
    let with = packed.pieces.iter().take(usize::from(placement.small)).map(|bytes| piece_name(hash(bytes)));
    let entry = VolumeEntry { lang: lang.to_owned(), records: records as u32, with: with.collect(), head };
    let mut files = Files::new();
    for bytes in std::iter::once(packed.head).chain(packed.pieces) {
        add(&mut files, Files::from([(piece_name(hash(&bytes)), bytes)]))?;
    }
    Ok((entry, files))
}

/// Assignment of blocks to the head and to pieces.
#[derive(Default)]
struct Placement {
    streams: Blocks,
    head: BTreeSet<Place>,
    /// True if all texts are one piece.
    one_docs_piece: bool,
    /// True if there are no pieces besides the head and that one.
    small: bool,
}

impl Placement {
    fn new(streams: Blocks, limits: Limits) -> Result<Placement> {
        let docs = Stream::Docs as usize;
        let size = |stream: usize| streams[stream].iter().map(Vec::len).sum::<usize>();
        let index_size: usize = (0..streams.len()).filter(|&stream| stream != docs).map(size).sum();
        let one_docs_piece = size(docs) <= limits.small_docs;
        if index_size > limits.small_index {
            return Placement { streams, one_docs_piece, ..Placement::default() }.cut();
        }
        let head = places(&streams).filter(|&(stream, _)| stream != docs).collect();
        Ok(Placement { streams, head, one_docs_piece, small: one_docs_piece })
    }

    /// Cuts the streams where reads begin and end.
    fn cut(mut self) -> Result<Placement> {
        let (always, sometimes) = self.reads()?;
        for stream in Stream::ALL.into_iter().filter(|&stream| stream != Stream::Docs) {
            let of = |reads: &Reads| -> Vec<Range<usize>> {
                let own = reads.iter().filter(|read| read.0 == stream);
                merged(own.map(|&(_, start, end)| start..end))
            };
            let bytes = self.streams[stream as usize].concat();
            let always = of(&always);
            let mut blocks = Vec::new();
            for range in cuts(bytes.len(), &always, &of(&sometimes)) {
                if always.iter().any(|hot| hot.start <= range.start && range.end <= hot.end) {
                    self.head.insert((stream as usize, blocks.len()));
                }
                blocks.push(bytes[range].to_vec());
            }
            self.streams[stream as usize] = blocks;
        }
        Ok(self)
    }

    /// The ranges that opening the volume reads, and that looking up each term reads.
    fn reads(&self) -> Result<(Reads, Reads)> {
        let whole = Placement {
            streams: self.streams.clone(),
            head: places(&self.streams).collect(),
            ..Placement::default()
        };
        let packed = Packed::new(&whole);
        let pieces = Arc::new(Pieces::default());
        let head = hash(&packed.head);
        pieces.supply(head, packed.head)?;
        pieces.trace();
        let volume = Volume::open(pieces.clone(), head)?;
        volume.touch()?;
        let always = pieces.trace();
        let mut lookups = Vec::new();
        for (place, _, option) in schema::Place::ALL {
            lookups.extend(volume.terms(place)?.into_iter().map(|term| (place, term, option)));
        }
        pieces.trace();
        for (place, term, option) in lookups {
            volume.postings(place, &term, option)?;
        }
        for &(_, start) in &volume.header.words {
            pieces.note(Stream::Words, &(start as usize..start as usize + 1));
        }
        Ok((always, pieces.trace()))
    }
}

fn places(streams: &Blocks) -> impl Iterator<Item = Place> {
    streams
        .iter()
        .enumerate()
        .flat_map(|(stream, blocks)| (0..blocks.len()).map(move |block| (stream, block)))
}

/// Ranges in order, overlapping ones made one.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges.filter(|range| !range.is_empty()) {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Cuts `len` bytes around each range that is always read, and elsewhere where other reads
/// begin, once [`PIECE`] is reached.
fn cuts(len: usize, always: &[Range<usize>], sometimes: &[Range<usize>]) -> Vec<Range<usize>> {
    let edges: BTreeSet<usize> = always.iter().flat_map(|hot| [hot.start, hot.end]).collect();
    let starts = sometimes.iter().map(|read| read.start);
    let inside = |at: usize| always.iter().any(|hot| hot.start < at && at < hot.end);
    let points: BTreeSet<usize> =
        starts.filter(|&at| !inside(at)).chain(edges.iter().copied()).chain([len]).collect();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for end in points.into_iter().filter(|&end| end > 0 && end <= len) {
        match ranges.last_mut() {
            Some(last) if !edges.contains(&start) && end - last.start <= PIECE => last.end = end,
            _ => ranges.push(start..end),
        }
        start = end;
    }
    ranges
}

/// The finished pieces of a volume.
struct Packed {
    head: Vec<u8>,
    /// Number `n` of the layout is `pieces[n - 1]`.
    pieces: Vec<Vec<u8>>,
}

impl Packed {
    fn new(placement: &Placement) -> Packed {
        let mut layout = Layout::default();
        let mut body = Vec::new();
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        for (stream, blocks) in placement.streams.iter().enumerate() {
            let mut start = 0;
            let mut placed = Vec::new();
            for (index, bytes) in blocks.iter().enumerate() {
                let together = stream == Stream::Docs as usize && placement.one_docs_piece && index > 0;
                let (piece, target) = if placement.head.contains(&(stream, index)) {
                    (0, &mut body)
                } else {
                    if !together {
                        pieces.push(Vec::new());
                    }
                    let number = pieces.len();
                    (number, &mut pieces[number - 1])
                };
                placed.push(Block { start, len: bytes.len(), piece, offset: target.len() });
                target.extend_from_slice(bytes);
                start += bytes.len();
            }
            layout.streams.push(placed);
        }
        let describe = |bytes: &Vec<u8>| Piece { hash: hash(bytes), len: bytes.len() as u32 };
        layout.pieces = pieces.iter().map(describe).collect();
        let mut head = layout.encode();
        head.extend(body);
        Packed { head, pieces }
    }
}
