//! `--compile-limit`: what does not compile in time is given up, and what was published or shown before stays.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use crate::support::serve::{self, Server};
use crate::support::{SMALL, gongbao, tree, write};

/// Runs a command that has no time at all; gives what it says.
fn given_up(folder: &std::path::Path, command: &str) -> String {
    let output = gongbao(folder, &[command, "--compile-limit", "0"]);
    assert_eq!(output.status.code(), Some(1), "{command}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn commands_say_the_limit_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), SMALL);
    assert!(gongbao(folder.path(), &["build"]).status.success());
    let before = tree(folder.path());
    for command in ["check", "build"] {
        let said = given_up(folder.path(), command);
        assert!(said.contains("error[compile-limit]"), "{said}");
        assert!(
            said.contains("not finished after 0 seconds") && said.contains("编译在 0 秒内没有完成"),
            "{said}"
        );
        assert!(said.contains("--compile-limit"), "{said}");
    }
    assert!(tree(folder.path()) == before, "the published site has changed");
}

#[test]
fn a_server_without_time_says_so_and_stays() {
    let folder = serve::site("compile-limit");
    let server = Server::start_at(&folder, 0, &["--compile-limit", "0"]);
    server.wait_for("/__gongbao/findings", "compile-limit");
    assert!(server.said().contains("compile-limit"), "{}", server.said());
}

#[test]
fn the_limits_are_those_of_the_guide() {
    for (command, seconds) in [("check", 60), ("build", 60), ("serve", 20)] {
        let help = String::from_utf8(gongbao(std::path::Path::new("."), &["help", command]).stdout).unwrap();
        let option = help.split("--compile-limit").nth(1).unwrap().split("--").next().unwrap();
        assert!(option.contains(&format!("[default: {seconds}]")), "{command}: {option}");
    }
}
