//! Facts that a Chinese text states.

mod properties;
mod spec;
mod texts;
