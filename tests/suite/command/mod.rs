//! The command line.

mod cli;
mod compile_limit;
mod explain;
mod guides;
mod schemas;
mod terminal;
