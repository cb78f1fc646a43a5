//! gongbao (公报, "gazette"): a static site generator for government policy plans.

pub mod base;
pub mod facts;
pub mod inputs;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod resolve;
pub mod settings;
