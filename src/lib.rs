//! gongbao (公报, "gazette"): a static site generator for government policy plans.
//!
//! A site goes through these stages, each in the folder that is named after it:
//!
//! 1. **Load**: a directory → [`inputs::Inputs`], the world as a value ([`io::load`]).
//! 2. **Parse**: one file → its document, its facts and what is wrong with it ([`parse`]). What
//!    Chinese text states about time, instruments, figures and agencies is read in [`facts`].
//! 3. **Resolve**: everything parsed → one immutable [`site::Site`], in which ids, translations,
//!    citations and due days lead to each other ([`mod@resolve`]).
//! 4. **Routes**: the site → every page and file that will exist, and their addresses ([`routes`]).
//! 5. **Render**: one route → its bytes, with a theme ([`render`]).
//! 6. **Index**: the site → the files of its search ([`index`]).
//! 7. **Publish**: bytes → a directory, all or nothing ([`io::publish`]).
//!    Or **serve**: a request → its answer, from the site as it is being written ([`serve`], [`io::http`]).
//!
//! [`compare`] finds the changes from one text to a later one, and texts that are alike;
//! [`suggest`] proposes links from it. [`starter`] is the site that `gongbao new` writes.
//!
//! [`exports::quickwit`] writes the records of the search for a search engine on several machines.
//!
//! [`pipeline::compile`] runs 2 to 4; [`verdict`] completes its findings with those of the finished pages. Raw text becomes Markdown in [`mod@import`]. What is wrong with
//! the content is a [`base::Diagnostic`], written for people and programs by [`report`]. The
//! [`cli`] drives it all. `ARCHITECTURE.md` is the map of the modules.

#![forbid(unsafe_code)]

pub mod base;
pub mod build;
pub mod check;
pub mod cli;
pub mod compare;
pub mod compress;
pub mod container;
pub mod exports;
pub mod facts;
pub mod html;
pub mod import;
pub mod index;
pub mod inputs;
pub mod io;
pub mod links;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod resolve;
pub mod routes;
pub mod schemas;
pub mod serve;
pub mod settings;
pub mod site;
pub mod starter;
pub mod suggest;
pub mod theme;
pub mod verdict;
pub mod views;
pub mod watchdog;
pub mod xml;
