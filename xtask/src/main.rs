//! Repository chores, run as `cargo xtask <chore>`, the same here and in CI.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "chores talk to the terminal")]

mod bench_serve;
mod corpus;
mod engine;
mod synthetic;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask engine           build the browser engine into search/dist/
cargo xtask engine --check   prove that search/dist/ is what the source gives
cargo xtask engine --size    print the sizes of search/dist/
cargo xtask bench-serve      measure how long an edit takes to be on the page
cargo xtask corpus           write the seeds of the fuzz targets below fuzz/corpus/";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["engine"] => engine::write(),
        ["engine", "--check"] => engine::check(),
        ["engine", "--size"] => engine::size(),
        ["bench-serve"] => bench_serve::run(),
        ["corpus"] => corpus::write(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
