//! Numbers and strings as bytes: LEB128 varints, length-prefixed UTF-8.

use crate::error::{Result, corrupt};

/// Appends values to a buffer.
#[cfg(feature = "build")]
#[derive(Debug, Default)]
pub(crate) struct Encoder(pub(crate) Vec<u8>);

#[cfg(feature = "build")]
impl Encoder {
    pub(crate) fn uint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub(crate) fn len(&mut self, value: usize) {
        self.uint(value as u64);
    }

    pub(crate) fn fixed48(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes()[..6]);
    }

    pub(crate) fn str(&mut self, value: &str) {
        self.len(value.len());
        self.0.extend_from_slice(value.as_bytes());
    }

    /// A count, then each item.
    pub(crate) fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Encoder, &T)) {
        self.len(items.len());
        for value in items {
            item(self, value);
        }
    }
}

/// Takes values off a buffer in the order in which they were written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decoder<'a>(pub(crate) &'a [u8]);

impl<'a> Decoder<'a> {
    pub(crate) fn uint(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(corrupt("a number is too long"))
    }

    pub(crate) fn len(&mut self) -> Result<usize> {
        usize::try_from(self.uint()?).map_err(|_| corrupt("a length is too large"))
    }

    pub(crate) fn u32(&mut self) -> Result<u32> {
        u32::try_from(self.uint()?).map_err(|_| corrupt("a number is too large"))
    }

    pub(crate) fn fixed48(&mut self) -> Result<u64> {
        let mut bytes = [0; 8];
        bytes[..6].copy_from_slice(self.take(6)?);
        Ok(u64::from_le_bytes(bytes))
    }

    pub(crate) fn str(&mut self) -> Result<&'a str> {
        let len = self.len()?;
        std::str::from_utf8(self.take(len)?).map_err(|_| corrupt("a text is not UTF-8"))
    }

    pub(crate) fn string(&mut self) -> Result<String> {
        self.str().map(str::to_owned)
    }

    /// Decodes the output of [`Encoder::list`].
    pub(crate) fn list<T>(&mut self, mut item: impl FnMut(&mut Decoder<'a>) -> Result<T>) -> Result<Vec<T>> {
        let count = self.len()?;
        // Not `with_capacity(count)`: a damaged count must not reserve memory.
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Ok(items)
    }

    pub(crate) fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or_else(|| corrupt("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
