//! Serve: a site while it is being edited → answers to a browser's requests.
//!
//! The preview writes nothing to disk. A save goes from [`crate::io::watch`] to `workspace`, which reads the files
//! that changed and compiles; the [`state`] that follows is what [`handler`] answers from, with the
//! [`crate::render::Renderer`] that `build` uses; [`server`] runs the threads. A path without a route is not
//! found.

pub mod about;
pub mod client;
pub mod content_type;
pub mod findings;
pub mod guard;
pub mod handler;
pub mod last_good;
mod limits;
pub mod server;
pub mod snapshot;
pub mod state;
mod workspace;

pub use snapshot::Snapshot;
pub use state::ServerState;
