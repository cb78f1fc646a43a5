//! A volume's units and words → tantivy's files.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use tantivy::Index;
use tantivy::TantivyDocument;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::error::{Result, corrupt};
use crate::format::layout::Stream;
use crate::grams::{self, Common};
use crate::schema::{Place, schema};

/// Memory budget of tantivy, large enough that it never begins a second segment: the
/// format requires exactly one.
const MEMORY: usize = 1 << 30;

/// Fixed segment id: tantivy's random ones would make builds differ.
const SEGMENT: &str = "00000000-0000-0000-0000-000000000000";

/// The indexed units of one record, as numbers of texts.
pub(super) struct Indexed {
    /// Units of title and text.
    pub(super) units: Vec<u32>,
    /// Units of the title.
    pub(super) title: Vec<u32>,
    /// jieba's words of both, each once, in order.
    pub(super) words: Vec<u32>,
}

/// Interned texts: most units and words occur thousands of times.
#[derive(Default)]
pub(super) struct Texts {
    numbers: HashMap<String, u32>,
    list: Vec<String>,
}

impl Texts {
    /// The numbers of texts.
    pub(super) fn numbers(&mut self, texts: impl IntoIterator<Item = String>) -> Vec<u32> {
        texts.into_iter().map(|text| self.number(text)).collect()
    }

    fn number(&mut self, text: String) -> u32 {
        if let Some(known) = self.numbers.get(&text) {
            return *known;
        }
        let number = self.list.len() as u32;
        self.list.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// The texts of numbers.
    pub(super) fn texts(&self, numbers: &[u32]) -> Vec<String> {
        numbers.iter().map(|number| self.list[*number as usize].clone()).collect()
    }
}

/// The content of each of tantivy's files.
pub(super) fn write(records: &[Indexed], texts: &Texts, common: &Common) -> Result<BTreeMap<usize, Vec<u8>>> {
    let directory = RamDirectory::create();
    let tokenizers = TokenizerManager::new();
    // The name that the schema gives, which no reader of the index looks at.
    tokenizers.register("raw", Written::default());
    let index = Index::builder().schema(schema()).tokenizers(tokenizers);
    let mut writer = index.single_segment_index_writer(directory.clone(), MEMORY)?;
    for record in records {
        writer.add_document(document(record, texts, common))?;
    }
    files(&writer.finalize()?, &directory)
}

fn document(record: &Indexed, texts: &Texts, common: &Common) -> TantivyDocument {
    let mut fields: BTreeMap<Place, String> = BTreeMap::new();
    for gram in grams::index(&texts.texts(&record.units), common) {
        write_term(fields.entry(gram.place).or_default(), gram.offset, &gram.text);
    }
    let title = fields.entry(Place::Title).or_default();
    grams::index(&texts.texts(&record.title), common)
        .iter()
        .for_each(|gram| write_term(title, gram.offset, &gram.text));
    let words = fields.entry(Place::Word).or_default();
    texts.texts(&record.words).iter().enumerate().for_each(|(at, word)| write_term(words, at, word));
    let mut document = TantivyDocument::default();
    for (place, terms) in fields {
        document.add_text(place.field(), terms);
    }
    document
}

/// Writes a term so that [`Written`] finds it. tantivy would serialise pre-tokenised text to JSON
/// and parse it again.
fn write_term(terms: &mut String, position: usize, term: &str) {
    debug_assert!(!term.contains('\n'), "units and words are letters and digits");
    let _ = writeln!(terms, "{position} {term}");
}

/// Finds the terms that [`write_term`] wrote.
#[derive(Clone, Default)]
struct Written(Token);

impl Tokenizer for Written {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms { lines: text.lines(), token: &mut self.0 }
    }
}

struct Terms<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        let term = self.lines.next().and_then(|line| line.split_once(' '));
        let Some((position, term)) = term else { return false };
        self.token.position = position.parse().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
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
