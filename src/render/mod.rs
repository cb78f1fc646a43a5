//! Render: one route of a site → the bytes of one file. Pure.

pub mod dates;
pub mod html;
pub mod strings;
