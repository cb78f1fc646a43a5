//! The repository itself.

mod architecture;
mod documents;
mod fuzz;
mod outside;
mod supply_chain;
