//! Streams → pieces.
//!
//! A small volume becomes two pieces, the index and the texts. Of a large one, each
//! block is a piece of its own, except those that every query reads: they are found by
//! opening the volume and seeing what it asks for, and go into the head.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::error::Result;
use crate::format::layout::{Block, Layout, Piece, Stream, hash, piece_name};
use crate::format::manifest::VolumeEntry;
use crate::paging::Pieces;
use crate::volume::Volume;

/// Up to this many bytes (some half of that when compressed), the index is loaded whole.
const SMALL_INDEX: usize = 512 * 1024;

/// The same for the texts.
const SMALL_DOCS: usize = 512 * 1024;

/// The blocks of each of [`Stream::ALL`].
pub(super) type Blocks = Vec<Vec<Vec<u8>>>;

/// A block: number of its stream, number in the stream.
type Place = (usize, usize);

/// Adds the pieces of a volume to `files`.
pub(super) fn pack(
    lang: &str,
    records: usize,
    streams: &Blocks,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<VolumeEntry> {
    let placement = placement(streams)?;
    let packed = Packed::new(streams, &placement);
    let head = piece_name(hash(&packed.head));
    let with = placement.with.iter().map(|&(piece, _)| packed.name(piece)).collect();
    files.insert(head.clone(), packed.head);
    for bytes in packed.pieces {
        files.insert(piece_name(hash(&bytes)), bytes);
    }
    Ok(VolumeEntry { lang: lang.to_owned(), records: records as u32, head, with })
}

/// Which blocks go into the head, and which are packed together.
#[derive(Default)]
struct Placement {
    head: BTreeSet<Place>,
    /// Whether all texts make one piece.
    one_docs_piece: bool,
    /// Pieces to be fetched along with the head: number of the piece, its stream.
    with: Vec<(usize, Stream)>,
}

fn placement(streams: &Blocks) -> Result<Placement> {
    let docs = Stream::Docs as usize;
    let size = |stream: usize| streams[stream].iter().map(Vec::len).sum::<usize>();
    let index_size: usize = (0..streams.len()).filter(|&stream| stream != docs).map(size).sum();
    let one_docs_piece = size(docs) <= SMALL_DOCS;
    let mut head: BTreeSet<Place> = BTreeSet::new();
    if index_size <= SMALL_INDEX {
        head.extend(places(streams).filter(|&(stream, _)| stream != docs));
    } else {
        head.extend(always_read(streams)?);
    }
    let mut placement = Placement { head, one_docs_piece, with: Vec::new() };
    if index_size <= SMALL_INDEX && one_docs_piece && size(docs) > 0 {
        placement.with.push((1, Stream::Docs));
    }
    Ok(placement)
}

fn places(streams: &Blocks) -> impl Iterator<Item = Place> {
    streams
        .iter()
        .enumerate()
        .flat_map(|(stream, blocks)| (0..blocks.len()).map(move |block| (stream, block)))
}

/// The blocks that opening a volume asks for, round by round.
fn always_read(streams: &Blocks) -> Result<BTreeSet<Place>> {
    let mut placement = Placement::default();
    placement.head.insert((Stream::Header as usize, 0));
    loop {
        let packed = Packed::new(streams, &placement);
        let pieces = Arc::new(Pieces::default());
        let head = hash(&packed.head);
        pieces.supply(head, packed.head)?;
        let opened = Volume::open(pieces.clone(), head).and_then(|volume| volume.touch());
        let wanted = pieces.take_wanted();
        if wanted.is_empty() {
            opened?;
            return Ok(placement.head);
        }
        let is_wanted = |&(stream, block): &Place| wanted.contains(&hash(&streams[stream][block]));
        placement.head.extend(places(streams).filter(is_wanted));
    }
}

/// The finished pieces of a volume.
struct Packed {
    head: Vec<u8>,
    /// Number `n` of the layout is `pieces[n - 1]`.
    pieces: Vec<Vec<u8>>,
}

impl Packed {
    fn new(streams: &Blocks, placement: &Placement) -> Packed {
        let mut layout = Layout::default();
        let mut body = Vec::new();
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        for (stream, blocks) in streams.iter().enumerate() {
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

    fn name(&self, piece: usize) -> String {
        piece_name(hash(&self.pieces[piece - 1]))
    }
}
