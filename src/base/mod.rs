//! The words everything else is written in: languages, paths, dates, messages and diagnostics.

pub mod address;
pub mod base64;
pub mod catalogue;
pub mod causes;
pub mod characters;
pub mod diagnostic;
pub mod digest;
pub mod explanation;
pub mod fields;
pub mod lang;
pub mod message;
pub mod path;
pub mod reading;
mod slips;

pub use catalogue::Code;
pub use causes::settle;
pub use diagnostic::{Diagnostic, Label, Severity, has_errors, strict};
pub use lang::Lang;
pub use message::Message;
pub use path::SitePath;
pub use reading::FilesInProgress;

/// A calendar day without a time zone (ISO 8601 / GB/T 7408.1 calendar date).
pub use jiff::civil::Date;

/// A range of bytes in a source text, always on character boundaries.
pub type Span = std::ops::Range<usize>;
