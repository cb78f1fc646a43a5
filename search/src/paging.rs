//! Loaded pieces, and streams read from them.
//!
//! tantivy reads synchronously, a browser fetches asynchronously. A read that needs a missing piece
//! records the piece and fails; the engine then requests all missing pieces from its caller and
//! runs the query again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, FileHandle, OwnedBytes, WatchCallback, WatchHandle, WritePtr};

use crate::error::{Result, corrupt, every};
use crate::format::layout::{Block, Layout, Stream, hash};

/// The pieces of a bundle that have been supplied.
#[derive(Default)]
pub(crate) struct Pieces(Mutex<State>);

#[derive(Default)]
struct State {
    here: BTreeMap<u64, OwnedBytes>,
    wanted: BTreeSet<u64>,
    /// The ranges read of each stream, while tracing.
    #[cfg(feature = "build")]
    trace: Option<Reads>,
}

/// Stream and range of reads.
#[cfg(feature = "build")]
pub(crate) type Reads = BTreeSet<(Stream, usize, usize)>;

impl Pieces {
    /// Adds a piece if its content matches the hash in its name.
    pub(crate) fn supply(&self, name: u64, bytes: Vec<u8>) -> Result<()> {
        if hash(&bytes) != name {
            return Err(corrupt(format!(
                "piece {name:016x} ({} bytes) does not have the content of its name",
                bytes.len()
            )));
        }
        self.state().here.insert(name, OwnedBytes::new(bytes));
        Ok(())
    }

    /// The piece; a missing one is recorded as wanted.
    pub(crate) fn get(&self, name: u64) -> io::Result<OwnedBytes> {
        let mut state = self.state();
        if let Some(bytes) = state.here.get(&name) {
            return Ok(bytes.clone());
        }
        state.wanted.insert(name);
        Err(io::Error::new(io::ErrorKind::WouldBlock, "a piece is not loaded yet"))
    }

    /// The pieces recorded as wanted since the last call.
    pub(crate) fn take_wanted(&self) -> BTreeSet<u64> {
        std::mem::take(&mut self.state().wanted)
    }

    /// Begins to record reads; returns those since the last call.
    #[cfg(feature = "build")]
    pub(crate) fn trace(&self) -> Reads {
        self.state().trace.replace(Reads::new()).unwrap_or_default()
    }

    /// Records a read, while tracing.
    #[cfg(feature = "build")]
    pub(crate) fn note(&self, stream: Stream, range: &Range<usize>) {
        if let Some(trace) = &mut self.state().trace {
            trace.insert((stream, range.start, range.end));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere cannot leave the two collections half-changed.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The streams of one volume.
#[derive(Clone)]
pub(crate) struct Streams {
    pieces: Arc<Pieces>,
    head: u64,
    body: usize,
    layout: Arc<Layout>,
}

impl Streams {
    /// Opens the volume whose head piece has this name.
    pub(crate) fn open(pieces: Arc<Pieces>, head: u64) -> Result<Streams> {
        let (layout, body) = Layout::decode(&pieces.get(head)?)?;
        Ok(Streams { pieces, head, body, layout: Arc::new(layout) })
    }

    /// Length of a stream in bytes.
    pub(crate) fn len(&self, stream: Stream) -> usize {
        self.blocks(stream).last().map_or(0, |block| block.start + block.len)
    }

    /// The whole of a stream.
    pub(crate) fn read_all(&self, stream: Stream) -> io::Result<OwnedBytes> {
        self.read(stream, 0..self.len(stream))
    }

    /// One block of a stream.
    pub(crate) fn read_block(&self, stream: Stream, index: usize) -> io::Result<OwnedBytes> {
        let block = self.blocks(stream).get(index);
        self.read_part(block.ok_or_else(|| invalid("no such block"))?, 0..usize::MAX)
    }

    /// A range of a stream; all missing pieces are recorded as wanted at once.
    pub(crate) fn read(&self, stream: Stream, range: Range<usize>) -> io::Result<OwnedBytes> {
        #[cfg(feature = "build")]
        self.pieces.note(stream, &range);
        if range.start > range.end {
            return Err(invalid("a read that ends before it begins"));
        }
        let blocks = self.blocks(stream);
        let first = blocks.partition_point(|block| block.start + block.len <= range.start);
        let part = |block: &Block| {
            let begin = range.start.saturating_sub(block.start);
            self.read_part(block, begin..range.end - block.start)
        };
        let touched = blocks[first..].iter().take_while(|block| block.start < range.end);
        let bytes = join(every(touched.map(part))?);
        if bytes.len() == range.len() { Ok(bytes) } else { Err(invalid("read past the end")) }
    }

    fn blocks(&self, stream: Stream) -> &[Block] {
        &self.layout.streams[stream as usize]
    }

    fn read_part(&self, block: &Block, range: Range<usize>) -> io::Result<OwnedBytes> {
        let (piece, base) = match block.piece.checked_sub(1) {
            None => (self.head, self.body),
            Some(index) => (self.layout.pieces[index].hash, 0),
        };
        let bytes = self.pieces.get(piece)?;
        let from = |at: usize| base.checked_add(block.offset)?.checked_add(at.min(block.len));
        match (from(range.start), from(range.end)) {
            (Some(start), Some(end)) if start <= end && end <= bytes.len() => Ok(bytes.slice(start..end)),
            _ => Err(invalid("a piece is shorter than its layout says")),
        }
    }
}

fn join(mut parts: Vec<OwnedBytes>) -> OwnedBytes {
    match parts.len() {
        0 => OwnedBytes::empty(),
        1 => parts.remove(0),
        _ => OwnedBytes::new(parts.iter().flat_map(|part| part.iter().copied()).collect::<Vec<u8>>()),
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// One of tantivy's files as a stream.
struct StreamFile {
    streams: Streams,
    stream: Stream,
}

impl fmt::Debug for StreamFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamFile({:?})", self.stream)
    }
}

impl HasLen for StreamFile {
    fn len(&self) -> usize {
        self.streams.len(self.stream)
    }
}

impl FileHandle for StreamFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.streams.read(self.stream, range)
    }
}

/// The streams as the read-only directory that tantivy opens an index in.
#[derive(Clone)]
pub(crate) struct StreamDirectory(pub(crate) Streams);

impl fmt::Debug for StreamDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamDirectory")
    }
}

impl StreamDirectory {
    fn stream(&self, path: &Path) -> Result<Stream, OpenReadError> {
        let stream = path.to_str().and_then(Stream::of_index_file);
        stream.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_path_buf()))
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "a published index is read-only")
}

impl Directory for StreamDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let stream = self.stream(path)?;
        Ok(Arc::new(StreamFile { streams: self.0.clone(), stream }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_path_buf()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.stream(path).is_ok())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_path_buf()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.0.read_all(self.stream(path)?);
        bytes
            .map(|bytes| bytes.to_vec())
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
