//! Header of a whole volume: its language, facet values, concepts, and the
//! tables that a query is folded with.

use std::collections::{BTreeMap, BTreeSet};

use super::codec::Decoder;
#[cfg(feature = "build")]
use super::codec::Encoder;
use crate::error::Result;
use crate::grams::Common;
use crate::record::Concept;

/// The first stream of a volume; always in its head piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// Language tag.
    pub(crate) lang: String,
    /// Number of records.
    pub(crate) docs: u32,
    /// Number of units in all records, for the mean length.
    pub(crate) units: u64,
    /// Units that are too frequent to be indexed by themselves.
    pub(crate) common: Common,
    /// Traditional character → the simplified one that the texts have.
    pub(crate) variants: BTreeMap<char, char>,
    /// Plans in the order of the records.
    pub(crate) plans: Vec<Plan>,
    /// Kinds of record.
    pub(crate) kinds: Vec<String>,
    /// Topics: slug and name in the volume's language.
    pub(crate) topics: Vec<(String, String)>,
    /// Bodies: name in the original's language and in the volume's.
    pub(crate) bodies: Vec<(String, String)>,
    /// The other languages that have some of the records.
    pub(crate) langs: Vec<String>,
    /// Concepts with their wordings.
    pub(crate) concepts: Vec<Concept>,
    /// First character of each chunk of [`super::words`], and its offset.
    pub(crate) words: Vec<(char, u32)>,
}

/// A plan as a facet value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Plan id.
    pub(crate) id: String,
    /// Title in the volume's language.
    pub(crate) title: String,
}

impl Header {
    /// The header as bytes.
    #[cfg(feature = "build")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::default();
        out.str(&self.lang);
        out.uint(self.docs.into());
        out.uint(self.units);
        encode_set(&mut out, &self.common.units);
        encode_set(&mut out, &self.common.pairs);
        encode_variants(&mut out, &self.variants);
        out.list(&self.plans, |out, plan| {
            out.str(&plan.id);
            out.str(&plan.title);
        });
        out.list(&self.kinds, |out, kind| out.str(kind));
        let named = |out: &mut Encoder, (id, name): &(String, String)| {
            out.str(id);
            out.str(name);
        };
        out.list(&self.topics, named);
        out.list(&self.bodies, named);
        out.list(&self.langs, |out, lang| out.str(lang));
        out.list(&self.concepts, |out, concept| {
            out.list(&concept.wordings, |out, text| out.str(text));
            out.list(&concept.typed, |out, text| out.str(text));
        });
        out.list(&self.words, |out, &(first, offset)| {
            out.uint(u32::from(first).into());
            out.uint(offset.into());
        });
        out.0
    }

    /// Decodes the output of [`Header::encode`].
    pub(crate) fn decode(bytes: &[u8]) -> Result<Header> {
        let mut input = Decoder(bytes);
        Ok(Header {
            lang: input.string()?,
            docs: input.u32()?,
            units: input.uint()?,
            common: Common { units: decode_set(&mut input)?, pairs: decode_set(&mut input)? },
            variants: decode_variants(&mut input)?,
            plans: input.list(|item| Ok(Plan { id: item.string()?, title: item.string()? }))?,
            kinds: input.list(Decoder::string)?,
            topics: input.list(|item| Ok((item.string()?, item.string()?)))?,
            bodies: input.list(|item| Ok((item.string()?, item.string()?)))?,
            langs: input.list(Decoder::string)?,
            concepts: input.list(|item| {
                let (wordings, typed) = (item.list(Decoder::string)?, item.list(Decoder::string)?);
                Ok(Concept { wordings, typed })
            })?,
            words: input.list(|item| Ok((decode_char(item)?, item.u32()?)))?,
        })
    }
}

#[cfg(feature = "build")]
fn encode_set(out: &mut Encoder, set: &BTreeSet<String>) {
    out.list(&set.iter().collect::<Vec<_>>(), |out, text| out.str(text));
}

fn decode_set(input: &mut Decoder<'_>) -> Result<BTreeSet<String>> {
    Ok(input.list(Decoder::string)?.into_iter().collect())
}

/// Two strings of equal length compress better than pairs.
#[cfg(feature = "build")]
fn encode_variants(out: &mut Encoder, variants: &BTreeMap<char, char>) {
    out.str(&variants.keys().collect::<String>());
    out.str(&variants.values().collect::<String>());
}

fn decode_variants(input: &mut Decoder<'_>) -> Result<BTreeMap<char, char>> {
    let (from, to) = (input.str()?, input.str()?);
    Ok(from.chars().zip(to.chars()).collect())
}

fn decode_char(input: &mut Decoder<'_>) -> Result<char> {
    let code = input.u32()?;
    char::from_u32(code).ok_or_else(|| crate::error::corrupt("not a character"))
}
