//! Repository chores, run as `cargo xtask <chore>`, the same here and in CI.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "chores talk to the terminal")]

mod bench;
mod bench_serve;
mod corpus;
mod dictionary;
mod engine;
mod package;
mod pictures;
mod seeds;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask engine           build the browser engine into search/dist/
cargo xtask engine --check   prove that search/dist/ is what the source gives
cargo xtask engine --size    print the sizes of search/dist/
cargo xtask dictionary       write search/dictionary/ from the dictionary of jieba-rs
cargo xtask dictionary --check
                             prove that it is what jieba-rs gives
cargo xtask bench            measure how long sites of several sizes take to build, beside Hugo and Pagefind
                             [TASKS…] [--runs N] [--only-gongbao]
cargo xtask corpus FOLDER TASKS
                             write such a site, for gongbao and for Hugo, to look at and to profile
cargo xtask package          write an archive, a wheel, an npm and a Debian package into target/package/
                             [--try] [--binary PATH]: install and use each; take a program instead of compiling
cargo xtask pictures         write docs/pictures/ for the README
cargo xtask bench-serve      measure how long an edit takes to be on the page
cargo xtask seeds            write the seeds of the fuzz targets below fuzz/corpus/";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["engine"] => engine::write(),
        ["engine", "--check"] => engine::check(),
        ["engine", "--size"] => engine::size(),
        ["dictionary"] => dictionary::write(),
        ["dictionary", "--check"] => dictionary::check(),
        ["bench", ref arguments @ ..] => bench::run(arguments),
        ["corpus", folder, tasks] => corpus::write(folder, tasks),
        ["pictures"] => pictures::write(),
        ["package", ref arguments @ ..] => package::run(arguments),
        ["bench-serve"] => bench_serve::run(),
        ["seeds"] => seeds::write(),
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
