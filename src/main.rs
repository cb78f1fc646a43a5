//! The `gongbao` binary.

fn main() {}
