//! `gongbao explain`: each example, in a good site, raises the code that it explains.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::path::Path;
use std::process::Command;

use crate::support::{SMALL, gongbao, write};
use gongbao::base::Code;
use gongbao::base::explanation::{self, Example};

/// Does what an example says in the folder of a site.
fn carry_out(folder: &Path, example: &Example) {
    if let Some(line) = &example.shell {
        let binary = Path::new(env!("CARGO_BIN_EXE_gongbao")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let done = Command::new("sh").current_dir(folder).env("PATH", path).args(["-c", line]).output();
        assert!(done.unwrap().status.success(), "{line}");
    }
    let Some(file) = &example.file else { return };
    match (&example.text, &example.hex) {
        (Some(text), None) => write(folder, &[(file, text)]),
        (None, Some(hex)) => {
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect();
            std::fs::write(folder.join(file), bytes).unwrap();
        }
        _ => panic!("{file} has a text or bytes"),
    }
}

/// The codes that a site raises when it is built.
fn raised(folder: &Path) -> String {
    let output = gongbao(folder, &["build", "--as-of", "2026-11-21"]);
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A good site with what examples refer to.
fn good(folder: &Path) {
    write(folder, SMALL);
    let topics = "[[topic]]\nslug = \"rules\"\ntitle = { zh = \"规章\" }\nterms = [\"办法\"]\n";
    write(folder, &[("content/topics.toml", topics)]);
}

#[test]
fn every_example_raises_its_code() {
    let mut wrong = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    good(folder.path());
    let before = raised(folder.path());
    for code in Code::all().filter(|code| *code != Code::UNREADABLE_FILE) {
        let Some(example) = &explanation::of(code).example else { continue };
        let folder = tempfile::tempdir().unwrap();
        good(folder.path());
        let mark = format!("[{}]", code.name());
        carry_out(folder.path(), example);
        let after = raised(folder.path());
        // The small site has no translation, and says so.
        let new = code == Code::MISSING_TRANSLATION || !before.contains(&mark);
        if !(new && after.contains(&mark)) {
            wrong.push(format!("{}:\n{after}", code.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_reported_by_the_server() {
    let folder = crate::support::serve::site("explain");
    carry_out(&folder, explanation::of(Code::UNREADABLE_FILE).example.as_ref().unwrap());
    let server = crate::support::serve::Server::start(&folder);
    server.wait_for("/__gongbao/findings", "unreadable-file");
}

#[test]
fn a_code_is_explained_in_both_languages_with_its_example() {
    let folder = tempfile::tempdir().unwrap();
    let output = gongbao(folder.path(), &["explain", "impossible-date"]);
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
    let all = gongbao(folder.path(), &["explain"]);
    assert_eq!(String::from_utf8(all.stdout).unwrap().matches("\n  ").count(), 2 * Code::all().count());
    let json = gongbao(folder.path(), &["explain", "impossible-date", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json[0]["code"], "impossible-date");
    assert!(json[0]["example"]["text"].as_str().unwrap().contains("2月30日"));
}
