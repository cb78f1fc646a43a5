//! Search.

mod quickwit;
mod real;
