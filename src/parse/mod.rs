//! Parse: the text of one file → blocks, nodes and front matter, with what is wrong in them.
//!
//! Parsing never fails: it gives what it could read, and diagnostics for the rest.

pub mod catalogues;
pub mod corrections;
mod emphasis;
mod facts_entry;
pub mod front_matter;
pub mod glossary;
mod label;
mod lookalike;
pub mod markdown;
pub mod numbering;
pub mod outline;
pub mod page;
pub mod plan;
mod problems;
mod slips;
mod task_facts;
