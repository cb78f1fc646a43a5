//! The `gongbao` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongbao::cli::run().into()
}
