//! The `gongbao` binary.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    gongbao::cli::run().into()
}
