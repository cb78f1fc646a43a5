//! Search.

mod meaning;
mod quickwit;
mod real;
