//! Facts that a Chinese text states.

mod lookalikes;
mod properties;
mod spec;
mod texts;
