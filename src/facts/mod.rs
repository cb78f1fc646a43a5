//! Facts that a Chinese text *states*: dates, deadlines, citations, aliases, targets, bodies.
//!
//! Every reader is a pure function over plain text (no Markdown). It returns values with
//! byte spans into that text, always on character boundaries, and the [`Problem`]s it met.
//! A reader never fails and never guesses: what it does not understand but ought to is a
//! problem, what is clearly something else is passed over.
//!
//! | module | reads | example |
//! |---|---|---|
//! | [`date`] | days, periods, recurrences | `2023年第一季度`, `“十四五”末`, `每年12月31日前` |
//! | [`deadline`] | what an item promises about time | `（2025年12月底前完成并持续推进）` |
//! | [`citation`] | cited titles | `《专利审查指南》` |
//! | [`alias`] | short names a document defines | `（以下简称《工作方案》）` |
//! | [`target`] | figures an item commits to | `审查周期压减到16.5个月以内` |
//! | [`body`] | agencies an item names | `（国家知识产权局牵头，司法部参与）` |
//! | [`number`] | numerals, for all of these | `２０２５`, `二〇二五`, `三十一` |
//!
//! The literate specifications in `tests/spec/*.md` show every form that is read.

pub mod alias;
pub mod body;
pub mod citation;
pub mod date;
pub mod deadline;
mod index;
pub mod number;
mod paren;
mod problem;
mod scan;
mod script;
pub mod target;

pub use problem::{Problem, ProblemKind};

/// A place in the text that was read: a range of bytes on character boundaries.
pub type Span = std::ops::Range<usize>;
