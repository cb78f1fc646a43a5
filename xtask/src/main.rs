//! Repository chores, run as `cargo xtask <chore>`, the same here and in CI.

fn main() {}
