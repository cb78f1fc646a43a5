//! The repository itself.

mod architecture;
mod documents;
mod fuzz;
mod outside;
mod structure;
mod supply_chain;
