//! `gongbao completions` and `gongbao man`: what shells and `man` know, from the flags as clap reads them.

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::{Exit, console};
use crate::io::{Failure, folder};

const NAME: &str = "gongbao";

/// Runs `gongbao completions`.
pub(super) fn completions(args: &CompletionsArgs) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), NAME, &mut script);
    console::result(&String::from_utf8_lossy(&script));
    Exit::Done
}

/// Runs `gongbao man`: the page of the program, or all pages into a folder.
pub(super) fn man(args: &ManArgs) -> Result<Exit, Failure> {
    let mut command = Args::command();
    // Gives each subcommand its full name: `gongbao translation accept`.
    command.build();
    let Some(folder) = &args.out else {
        console::result(&page(&command));
        return Ok(Exit::Done);
    };
    for command in with_subcommands(&command) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        folder::write(folder, &format!("{name}.1"), &page(command))?;
    }
    console::tell(&format!("→ {}\n", folder.display()));
    Ok(Exit::Done)
}

/// A command and all below it, but for the built-in `help`, which repeats them.
fn with_subcommands(command: &clap::Command) -> Vec<&clap::Command> {
    let below = command.get_subcommands().filter(|below| below.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(with_subcommands)).collect()
}

/// A manual page, in section 1.
fn page(command: &clap::Command) -> String {
    let mut page = Vec::new();
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    Man::new(command.clone()).title(name).render(&mut page).expect("writing to memory does not fail");
    String::from_utf8(page).expect("a manual page is text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_hold_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_a_page_that_names_its_flags() {
        let mut command = Args::command();
        command.build();
        let all = with_subcommands(&command);
        assert!(all.iter().any(|c| c.get_display_name() == Some("gongbao-translation-accept")));
        for command in all {
            let page = page(command);
            for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(page.contains(&flag.replace('-', "\\-")), "{}: {flag}", command.get_name());
            }
        }
    }
}
