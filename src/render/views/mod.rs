//! Views: what each template receives. Every struct here is part of the interface of themes.

pub mod blocks;
pub mod changes;
pub mod chart;
pub mod cite;
pub mod deadline;
pub mod evidence;
pub mod glossary;
pub mod head;
pub mod home;
pub mod instruments;
pub mod items;
pub mod json_ld;
pub mod links;
pub mod overlays;
pub mod plan;
pub mod reader;
pub mod root;
pub mod search;
pub mod share;
pub mod simple;
pub mod task;
pub mod tasks;
pub mod threads;
pub mod timeline;
pub mod topics;
