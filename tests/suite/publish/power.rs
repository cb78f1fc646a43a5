//! Loss of power: the new site is on the disk before its name is, and its name before the old site goes.
//! Needs strace, which shows in which order the system was asked; skipped without it.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{DAYS, site};

/// The calls of a command that match a filter of strace's, in order; `None` where nothing can be traced.
fn calls(folder: &Path, filter: &str, args: &[&str]) -> Option<Vec<String>> {
    let log = folder.join("calls.txt");
    let mut command = Command::new("strace");
    command.current_dir(folder).args(["-f", "-qq", "-e", filter, "-o"]).arg(&log);
    let done = command.arg(env!("CARGO_BIN_EXE_gongbao")).args(args).output();
    let Some(output) = done.ok().filter(|output| output.status.success()) else {
        println!("SKIPPED: there is no strace, or it may not trace");
        return None;
    };
    assert!(output.status.success());
    let text = fs::read_to_string(&log).unwrap();
    let calls = text.lines().filter_map(|line| Some(line.split_once(' ')?.1.trim().to_owned()));
    Some(calls.filter(|call| !call.starts_with(['+', '-'])).collect())
}

/// The place of the first call whose text contains all of these.
fn place(calls: &[String], words: &[&str]) -> usize {
    let found = calls.iter().position(|call| words.iter().all(|word| call.contains(word)));
    found.unwrap_or_else(|| panic!("no {words:?} in {calls:#?}"))
}

#[test]
fn a_new_site_is_on_the_disk_before_it_takes_the_place_of_the_old_one() {
    let site = site();
    let trace = "trace=openat,syncfs,fsync,renameat2,unlinkat,unlink,rmdir";
    for day in DAYS {
        let Some(calls) = calls(site.path(), trace, &["build", "--as-of", day]) else { return };
        let written = calls.iter().rposition(|call| call.contains("gongbao-new") && call.contains("O_EXCL"));
        let account = place(&calls, &["openat(", "/.gongbao\"", "O_EXCL"]);
        let synced = place(&calls, &["syncfs("]);
        assert!(account < synced && written.is_some(), "{calls:#?}");
        if day == DAYS[1] {
            let exchanged = place(&calls, &["renameat2(", "RENAME_EXCHANGE"]);
            let named = exchanged + place(&calls[exchanged..], &["fsync("]);
            let removed = exchanged + place(&calls[exchanged..], &["unlinkat("]);
            assert!(synced < exchanged && exchanged < named && named < removed, "{calls:#?}");
        }
    }
}

#[test]
fn every_file_that_is_written_is_created_without_following_links() {
    let site = site();
    for args in
        [&["build", "--as-of", DAYS[0]][..], &["build", "--as-of", DAYS[1]], &["translation", "accept"]]
    {
        let Some(calls) = calls(site.path(), "trace=openat,open,creat", args) else { return };
        let own = site.path().to_str().unwrap();
        let is_written = |call: &&String| {
            ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag))
                && (call.contains(own) || call.contains("gongbao-") || call.contains("\"content"))
        };
        let written: Vec<_> = calls.iter().filter(is_written).collect();
        assert!(!written.is_empty(), "{calls:#?}");
        for call in written {
            let locks = call.contains("gongbao-lock\"") && !call.contains("O_TRUNC");
            assert!(call.contains("O_NOFOLLOW") && (locks || call.contains("O_EXCL")), "{call}");
        }
    }
}
