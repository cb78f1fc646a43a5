//! The command line: flags in, exit code out.

mod args;
mod build;
mod check;
mod console;
mod explain;
mod export;
mod import;
mod manual;
mod new;
mod schema;
mod search;
mod serve;
mod suggest;
mod translation;
mod verify;

use clap::Parser;

use crate::io::Failure;
use args::{Args, Command};

/// The exit code of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The content has errors.
    Content = 1,
    /// The command line was wrong.
    Usage = 2,
    /// The outside failed: disk, port.
    Outside = 3,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> Exit {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    let result = match args.command {
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Suggest(args) => suggest::run(&args),
        Command::Translation(command) => translation::run(&command),
        Command::New(args) => new::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => Ok(manual::completions(&args)),
        Command::Man(args) => manual::man(&args),
        Command::Export(command) => export::run(&command),
        Command::Verify(args) => verify::run(&args),
        Command::Explain(args) => explain::run(&args),
    };
    result.unwrap_or_else(|failure| fail(&failure))
}

fn fail(failure: &Failure) -> Exit {
    console::failure(failure);
    Exit::Outside
}
