//! The repository itself.

mod architecture;
mod fuzz;
mod outside;
mod supply_chain;
