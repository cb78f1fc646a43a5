//! Resolve: parsed documents → one immutable [`Site`](site::Site), in which everything leads to everything.

pub mod align;
