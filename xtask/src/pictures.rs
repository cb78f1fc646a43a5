//! `cargo xtask pictures`: the pictures of the README, in `docs/pictures/`, taken from the real site in Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::engine::Result;

/// Builds the program, copies the site with a mistake in it, and lets `xtask/pictures.mjs` take the pictures.
///
/// # Errors
/// Returns an error if Node.js, Chromium or the packages of `tests/browser` are missing.
pub(crate) fn write() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let built =
        Command::new(env!("CARGO")).args(["build", "--package", "gongbao"]).current_dir(root).status()?;
    if !built.success() {
        return Err("gongbao does not compile".into());
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let copy = tempfile::tempdir()?;
    for name in ["config.toml", "content"] {
        let copied = Command::new("cp").arg("-r").arg(root.join(name)).arg(copy.path()).status()?;
        if !copied.success() {
            return Err(format!("{name} cannot be copied").into());
        }
    }
    let plan = copy.path().join("content/plans/2023/zh.md");
    let text = fs::read_to_string(&plan)?;
    let pictures = root.join("docs/pictures");
    fs::create_dir_all(&pictures)?;
    let taken = Command::new("node")
        .arg(root.join("xtask/pictures.mjs"))
        .args([target.join("debug/gongbao"), root.to_owned(), copy.path().to_owned(), plan, pictures])
        .arg(text.replacen("due = 2023-07-01", "due = 2023-13-01", 1))
        .current_dir(root)
        .status()?;
    if taken.success() { Ok(()) } else { Err("the pictures could not be taken".into()) }
}
