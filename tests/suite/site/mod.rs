//! Content to site.

mod addresses;
mod bad_input;
mod corrections;
mod languages;
mod real_site;
mod reproducible;
mod take_away;
mod themes;
mod translation;
