//! Content to site.

mod addresses;
mod akoma_ntoso;
mod as_documented;
mod bad_input;
mod bodies;
mod causes;
mod characters;
mod corrections;
mod formats;
mod growth;
mod hosts;
mod languages;
mod links;
mod real_site;
mod reproducible;
mod sense;
mod series;
mod slips;
mod spreadsheets;
mod subscriptions;
mod take_away;
mod task_facts;
mod themes;
mod translation;
mod verdict;
