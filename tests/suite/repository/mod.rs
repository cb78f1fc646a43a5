//! The repository itself.

mod architecture;
mod documents;
mod fuzz;
mod outside;
mod packaging;
mod structure;
mod supply_chain;
