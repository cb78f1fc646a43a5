//! Stored fields of records: blocks of [`PER_BLOCK`] documents each.

use super::codec::Decoder;
#[cfg(feature = "build")]
use super::codec::Encoder;
use crate::error::{Result, corrupt};

/// Documents in a block. A page of ten scattered hits then loads ten blocks of some
/// 5 KB (compressed) at most.
pub(crate) const PER_BLOCK: usize = 16;

/// The shown part of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Doc {
    /// Record id.
    pub(crate) id: String,
    /// Address relative to the site's base URL.
    pub(crate) url: String,
    /// Number of a task, plus one; 0 for none.
    pub(crate) number: u32,
    /// Heading of its section.
    pub(crate) section: String,
    /// Title.
    pub(crate) title: String,
    /// Text.
    pub(crate) text: String,
}

/// A block of documents as bytes.
#[cfg(feature = "build")]
pub(crate) fn encode_block(docs: &[Doc]) -> Vec<u8> {
    let mut out = Encoder::default();
    for doc in docs {
        out.str(&doc.id);
        out.str(&doc.url);
        out.uint(doc.number.into());
        out.str(&doc.section);
        out.str(&doc.title);
        out.str(&doc.text);
    }
    out.0
}

/// Document `index` of a block.
pub(crate) fn decode_doc(block: &[u8], index: usize) -> Result<Doc> {
    let mut input = Decoder(block);
    for _ in 0..index {
        skip(&mut input)?;
    }
    if input.is_empty() {
        return Err(corrupt("a document is missing from its block"));
    }
    Ok(Doc {
        id: input.string()?,
        url: input.string()?,
        number: input.u32()?,
        section: input.string()?,
        title: input.string()?,
        text: input.string()?,
    })
}

fn skip(input: &mut Decoder<'_>) -> Result<()> {
    input.str()?;
    input.str()?;
    input.u32()?;
    input.str()?;
    input.str()?;
    input.str()?;
    Ok(())
}
