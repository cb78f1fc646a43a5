//! The fields of a volume's tantivy index.

use tantivy::schema::Field;
#[cfg(feature = "build")]
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The contents of a field. Title and text of a record are indexed as one sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Units with their positions.
    Unit,
    /// Common units, counted.
    Common,
    /// Pairs and fours, see [`crate::grams`], with positions.
    Pair,
    /// Units, pairs and fours of the title, with positions.
    Title,
    /// jieba's words: whether a record has them.
    Word,
}

impl Place {
    /// All fields, in the order of the schema: name, and what is kept of each term.
    #[cfg(feature = "build")]
    pub(crate) const ALL: [(Place, &'static str, IndexRecordOption); 5] = [
        (Place::Unit, "unit", IndexRecordOption::WithFreqsAndPositions),
        (Place::Common, "common", IndexRecordOption::WithFreqs),
        (Place::Pair, "pair", IndexRecordOption::WithFreqsAndPositions),
        (Place::Title, "title", IndexRecordOption::WithFreqsAndPositions),
        (Place::Word, "word", IndexRecordOption::Basic),
    ];

    /// The field; fields are numbered in the order of the schema.
    pub(crate) fn field(self) -> Field {
        Field::from_field_id(self as u32)
    }
}

/// The schema of every volume. Lengths are kept in the columns, not as field norms.
#[cfg(feature = "build")]
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    for (_, name, option) in Place::ALL {
        let indexing =
            TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option).set_fieldnorms(false);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
    }
    schema.build()
}
