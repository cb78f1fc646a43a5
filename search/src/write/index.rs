//! A volume's units and words → tantivy's files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tantivy::Index;
use tantivy::TantivyDocument;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::error::{Result, corrupt};
use crate::format::layout::Stream;
use crate::grams::{self, Common};
use crate::schema::{Place, schema};

/// Memory that tantivy may use before it wants to cut a second segment: never, since
/// this writer makes exactly one.
const MEMORY: usize = 1 << 30;

/// tantivy names a segment at random; the bundle does not.
const SEGMENT: &str = "00000000-0000-0000-0000-000000000000";

/// What is indexed of one record.
pub(super) struct Indexed {
    /// Units of title and text.
    pub(super) units: Vec<String>,
    /// Units of the title.
    pub(super) title: Vec<String>,
    /// jieba's words of both.
    pub(super) words: BTreeSet<String>,
}

/// The content of each of tantivy's files.
pub(super) fn write(records: &[Indexed], common: &Common) -> Result<BTreeMap<usize, Vec<u8>>> {
    let directory = RamDirectory::create();
    let mut writer =
        Index::builder().schema(schema()).single_segment_index_writer(directory.clone(), MEMORY)?;
    for record in records {
        writer.add_document(document(record, common))?;
    }
    files(&writer.finalize()?, &directory)
}

fn document(record: &Indexed, common: &Common) -> TantivyDocument {
    let mut fields: BTreeMap<Place, Vec<Token>> = BTreeMap::new();
    for gram in grams::index(&record.units, common) {
        fields.entry(gram.place).or_default().push(token(gram.text, gram.offset));
    }
    let title = grams::index(&record.title, common).into_iter();
    fields.insert(Place::Title, title.map(|gram| token(gram.text, gram.offset)).collect());
    let words = record.words.iter().enumerate();
    fields.insert(Place::Word, words.map(|(at, word)| token(word.clone(), at)).collect());
    let mut document = TantivyDocument::default();
    for (place, tokens) in fields {
        let text = PreTokenizedString { text: String::new(), tokens };
        document.add_pre_tokenized_text(place.field(), text);
    }
    document
}

fn token(text: String, position: usize) -> Token {
    Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 }
}

fn files(index: &Index, directory: &RamDirectory) -> Result<BTreeMap<usize, Vec<u8>>> {
    let read = |path: &Path| -> Result<Vec<u8>> {
        let file = directory.open_read(path).map_err(|error| corrupt(error.to_string()))?;
        Ok(file.read_bytes()?.to_vec())
    };
    let mut files = BTreeMap::new();
    for path in index.directory().list_managed_files() {
        let stream = path.to_str().and_then(Stream::of_index_file);
        if let (Some(stream), Ok(true)) = (stream, directory.exists(&path)) {
            files.insert(stream as usize, read(&path)?);
        }
    }
    let mut meta = String::from_utf8_lossy(&read(Path::new("meta.json"))?).into_owned();
    for id in index.searchable_segment_ids()? {
        let hex = id.uuid_string();
        meta = meta.replace(&hex, &SEGMENT.replace('-', "")).replace(&hyphenated(&hex), SEGMENT);
    }
    files.insert(Stream::Meta as usize, meta.into_bytes());
    Ok(files)
}

fn hyphenated(hex: &str) -> String {
    let cut = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    [cut(0..8), cut(8..12), cut(12..16), cut(16..20), cut(20..32)].join("-")
}
