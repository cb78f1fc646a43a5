//! The command line.

mod cli;
mod explain;
mod guides;
mod schemas;
mod terminal;
