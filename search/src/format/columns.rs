//! Columns to filter, count and sort by: one value or list for each record.

use super::codec::Decoder;
#[cfg(feature = "build")]
use super::codec::Encoder;
use crate::error::{Result, corrupt};

/// The facet values of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Index into the header's plans.
    pub(crate) plan: u32,
    /// Index into the header's kinds.
    pub(crate) kind: u32,
    /// Year plus one; 0 when the plan has none.
    pub(crate) year: u32,
    /// Date of the plan as `yyyymmdd`; 0 when unknown.
    pub(crate) date: u32,
    /// Length of the record, as tantivy rounds it (`fieldnorm` id).
    pub(crate) length: u8,
    /// Number of the record on the site.
    pub(crate) place: u32,
    /// Indices into the header's other languages.
    pub(crate) langs: Vec<u32>,
    /// True if its text is too short to be informative.
    pub(crate) empty: bool,
    /// True if the record states an ongoing commitment.
    pub(crate) ongoing: bool,
    /// Due days as `yyyymmdd`, ascending.
    pub(crate) due: Vec<u32>,
    /// Indices into the header's topics.
    pub(crate) topics: Vec<u32>,
    /// Indices into the header's bodies.
    pub(crate) bodies: Vec<u32>,
}

/// The rows of a volume, in the order of its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Columns(pub(crate) Vec<Row>);

impl Columns {
    /// Column by column, since equal neighbours compress.
    #[cfg(feature = "build")]
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Encoder::default();
        out.len(self.0.len());
        for row in &self.0 {
            out.uint(row.plan.into());
        }
        for row in &self.0 {
            out.uint(row.kind.into());
        }
        for row in &self.0 {
            out.uint(row.year.into());
        }
        for row in &self.0 {
            out.uint(row.date.into());
        }
        for row in &self.0 {
            out.uint(row.length.into());
        }
        for row in &self.0 {
            out.len(row.due.len() * 2 + usize::from(row.ongoing));
            row.due.iter().for_each(|&day| out.uint(day.into()));
        }
        for row in &self.0 {
            out.list(&row.topics, |out, &topic| out.uint(topic.into()));
        }
        for row in &self.0 {
            out.list(&row.bodies, |out, &body| out.uint(body.into()));
        }
        for row in &self.0 {
            out.list(&row.langs, |out, &lang| out.uint(lang.into()));
        }
        let mut before = 0u32;
        for row in &self.0 {
            let step = row.place.wrapping_sub(before);
            out.uint(u64::from(step) * 2 + u64::from(row.empty));
            before = row.place;
        }
        out.0
    }

    /// Decodes the output of [`Columns::encode`]; `docs` rows are expected.
    pub(crate) fn decode(bytes: &[u8], docs: u32) -> Result<Columns> {
        let mut input = Decoder(bytes);
        let rows = input.len()?;
        // Every row takes some bytes: a damaged number of them must not reserve memory.
        if rows != docs as usize || rows > bytes.len() {
            return Err(corrupt("the columns do not have a row for each record"));
        }
        let mut rows = vec![Row::default(); rows];
        for row in &mut rows {
            row.plan = input.u32()?;
        }
        for row in &mut rows {
            row.kind = input.u32()?;
        }
        for row in &mut rows {
            row.year = input.u32()?;
        }
        for row in &mut rows {
            row.date = input.u32()?;
        }
        for row in &mut rows {
            row.length = u8::try_from(input.u32()?).map_err(|_| corrupt("a length"))?;
        }
        for row in &mut rows {
            let count = input.len()?;
            row.ongoing = count % 2 == 1;
            for _ in 0..count / 2 {
                row.due.push(input.u32()?);
            }
        }
        for row in &mut rows {
            row.topics = input.list(Decoder::u32)?;
        }
        for row in &mut rows {
            row.bodies = input.list(Decoder::u32)?;
        }
        for row in &mut rows {
            row.langs = input.list(Decoder::u32)?;
        }
        let mut before = 0u32;
        for row in &mut rows {
            let step = input.uint()?;
            let place = u32::try_from(step / 2).map_err(|_| corrupt("a place"))?;
            before = before.wrapping_add(place);
            (row.place, row.empty) = (before, step % 2 == 1);
        }
        Ok(Columns(rows))
    }
}
