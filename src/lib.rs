//! gongbao (公报, "gazette"): a static site generator for government policy plans.

pub mod import;
