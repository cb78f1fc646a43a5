//! gongbao (公报, "gazette"): a static site generator for government policy plans.

pub mod base;
pub mod cli;
pub mod facts;
pub mod import;
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
pub mod serve;
pub mod settings;
