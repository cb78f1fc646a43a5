//! A page before it is written: its template, and what the template receives.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::{Context, TeraResult};

use crate::base::Lang;
use crate::views::View;

/// A page before it is written.
pub struct PageInput {
    /// The language of the page.
    pub(crate) lang: Lang,
    /// The name of its template.
    pub(crate) template: &'static str,
    received: Box<dyn Received>,
}

impl PageInput {
    /// A page in a language, of what its template receives.
    pub(crate) fn new<V: View + 'static>(lang: Lang, view: V) -> Self {
        Self { lang, template: V::TEMPLATE, received: Box::new(view) }
    }

    /// The data that the template receives.
    pub(crate) fn context(&self) -> TeraResult<Context> {
        self.received.context()
    }

    /// The SHA-256 digest of the language, the template's name and all that the template receives.
    /// With the same theme, pages of the same digest are the same.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Hasher(Sha256::new());
        let mut writer = BufWriter::with_capacity(1 << 14, &mut hasher);
        let named = write!(writer, "{} {} ", self.lang, self.template);
        named.and_then(|()| self.received.write(&mut writer)).expect("a digest takes everything");
        drop(writer);
        hasher.0.finalize().into()
    }
}

/// A view of any type.
trait Received {
    fn context(&self) -> TeraResult<Context>;
    fn write(&self, writer: &mut dyn Write) -> io::Result<()>;
}

impl<V: Serialize> Received for V {
    fn context(&self) -> TeraResult<Context> {
        Context::from_serialize(self)
    }

    fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        Ok(serde_json::to_writer(writer, self)?)
    }
}

struct Hasher(Sha256);

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
