//! Serve: the site, as it is being written → answers to a browser's requests. Pure.
//!
//! Nothing is written to disk and nothing is read from it: a request is looked
//! up among the routes of a [`Snapshot`] and rendered by the same
//! [`crate::render::Renderer`] that `build` uses. What is no route is not there.

pub mod about;
pub mod answer;
pub mod batch;
pub mod client;
pub mod content_type;
pub mod findings;
pub mod guard;
pub mod kept;
pub mod request;
pub mod snapshot;
pub mod view;

pub use request::{Answer, Body, Method, Request};
pub use snapshot::Snapshot;
pub use view::View;
