//! Views: what each template receives. Every struct here is part of the interface of themes.

pub mod blocks;
pub mod deadline;
pub mod glossary;
pub mod head;
pub mod home;
pub mod instruments;
pub mod overlays;
pub mod plan;
pub mod reader;
pub mod root;
pub mod search;
pub mod simple;
pub mod task;
pub mod tasks;
pub mod timeline;
