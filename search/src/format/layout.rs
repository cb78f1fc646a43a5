//! Layout of a volume: streams are cut into blocks, blocks are packed into pieces, and a
//! piece is a file named by the hash of its content.
//!
//! A head piece is the encoded [`Layout`], preceded by its length, followed by the
//! blocks that are packed into the head itself (piece number 0).

use super::codec::Decoder;
#[cfg(feature = "build")]
use super::codec::Encoder;
use crate::error::{Result, corrupt};

/// The streams of a volume, in the order in which a layout lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub(crate) enum Stream {
    /// [`super::header::Header`].
    Header,
    /// tantivy's `meta.json`.
    Meta,
    /// tantivy's term dictionaries.
    Terms,
    /// tantivy's posting lists.
    Postings,
    /// tantivy's positions.
    Positions,
    /// tantivy's field lengths; empty of data, but it must exist.
    FieldNorms,
    /// tantivy's columns; empty of data, but it must exist.
    FastFields,
    /// tantivy's document store; empty of data, but it must exist.
    Store,
    /// [`super::columns::Columns`].
    Columns,
    /// jieba's dictionary, see [`super::words`].
    Words,
    /// The stored fields of each record, see [`super::docs`].
    Docs,
}

impl Stream {
    /// All streams; the position of each is its number in the layout.
    pub(crate) const ALL: [Stream; 11] = [
        Stream::Header,
        Stream::Meta,
        Stream::Terms,
        Stream::Postings,
        Stream::Positions,
        Stream::FieldNorms,
        Stream::FastFields,
        Stream::Store,
        Stream::Columns,
        Stream::Words,
        Stream::Docs,
    ];

    /// The stream that contains a file of tantivy's, by the extension of the file.
    pub(crate) fn of_index_file(name: &str) -> Option<Stream> {
        Some(match name.rsplit('.').next()? {
            "json" if name == "meta.json" => Stream::Meta,
            "term" => Stream::Terms,
            "idx" => Stream::Postings,
            "pos" => Stream::Positions,
            "fieldnorm" => Stream::FieldNorms,
            "fast" => Stream::FastFields,
            "store" => Stream::Store,
            _ => return None,
        })
    }
}

/// The map of one volume.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Pieces besides the head; block piece `n` (from 1) is `pieces[n - 1]`.
    pub(crate) pieces: Vec<Piece>,
    /// One entry for each of [`Stream::ALL`].
    pub(crate) streams: Vec<Vec<Block>>,
}

/// A file of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// [`hash`] of the content.
    pub(crate) hash: u64,
    /// Length in bytes.
    pub(crate) len: u32,
}

/// A run of bytes of one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// Offset in the stream.
    pub(crate) start: usize,
    /// Length in bytes.
    pub(crate) len: usize,
    /// 0 for the head, else an index into [`Layout::pieces`] plus one.
    pub(crate) piece: usize,
    /// Offset in the piece (in the head: behind the layout).
    pub(crate) offset: usize,
}

impl Layout {
    /// The bytes of a head piece up to its blocks.
    #[cfg(feature = "build")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut body = Encoder::default();
        body.list(&self.pieces, |out, piece| {
            out.fixed48(piece.hash);
            out.uint(piece.len.into());
        });
        body.list(&self.streams, |out, blocks| {
            out.list(blocks, |out, block| {
                out.len(block.len);
                out.len(block.piece);
                out.len(block.offset);
            });
        });
        let mut out = Encoder::default();
        out.len(body.0.len());
        out.0.extend(body.0);
        out.0
    }

    /// The layout in a head piece, and the offset at which the head's blocks begin.
    pub(crate) fn decode(head: &[u8]) -> Result<(Layout, usize)> {
        let mut outer = Decoder(head);
        let len = outer.len()?;
        let mut body = Decoder(outer.take(len)?);
        let pieces = body.list(|item| Ok(Piece { hash: item.fixed48()?, len: item.u32()? }))?;
        let streams = body.list(|stream| decode_blocks(stream, &pieces))?;
        if streams.len() != Stream::ALL.len() || !body.is_empty() {
            return Err(corrupt("the layout does not have the streams of this format"));
        }
        Ok((Layout { pieces, streams }, head.len() - outer.0.len()))
    }
}

fn decode_blocks(stream: &mut Decoder<'_>, pieces: &[Piece]) -> Result<Vec<Block>> {
    let mut start = 0usize;
    stream.list(|item| {
        let (len, piece, offset) = (item.len()?, item.len()?, item.len()?);
        let block = Block { start, len, piece, offset };
        start = start.checked_add(len).ok_or_else(|| corrupt("a block is too long"))?;
        let end = offset.checked_add(len).ok_or_else(|| corrupt("a block is too long"))?;
        let fits = piece == 0 || pieces.get(piece - 1).is_some_and(|piece| end <= piece.len as usize);
        if fits { Ok(block) } else { Err(corrupt("a block lies outside its piece")) }
    })
}

/// FNV-1a, folded to 48 bits: names pieces by content and finds damage; not a signature.
/// A large site has thousands of pieces, and all their names are in the head: hence no
/// more bits than that. <http://www.isthe.com/chongo/tech/comp/fnv/>
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let state = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |state, &byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (state >> 48) ^ (state & 0xffff_ffff_ffff)
}

/// Name of a piece in the bundle.
pub(crate) fn piece_name(hash: u64) -> String {
    format!("pieces/{hash:012x}.bin")
}

/// The hash in a piece's name.
pub(crate) fn piece_hash(name: &str) -> Option<u64> {
    let hex = name.strip_prefix("pieces/")?.strip_suffix(".bin")?;
    if hex.len() == 12 { u64::from_str_radix(hex, 16).ok() } else { None }
}
