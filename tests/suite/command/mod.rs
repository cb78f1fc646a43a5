//! The command line.

mod cli;
mod compile_limit;
mod explain;
mod guides;
mod nginx;
mod schemas;
mod terminal;
