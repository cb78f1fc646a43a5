//! Content to site.

mod addresses;
mod bad_input;
mod corrections;
mod hosts;
mod languages;
mod real_site;
mod reproducible;
mod spreadsheets;
mod subscriptions;
mod take_away;
mod themes;
mod translation;
