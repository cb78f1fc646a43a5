//! The contents that all packages share.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use super::{root, sbom};
use crate::engine::Result;

/// The files of a package, apart from what its format asks for.
pub(super) struct Payload {
    /// The version, as in `Cargo.toml`.
    pub(super) version: String,
    /// The program.
    pub(super) binary: Vec<u8>,
    /// Manual pages: `gongbao.1`, `gongbao-build.1` and so on.
    pub(super) manual: Vec<File>,
    /// Completions: for bash, zsh and fish.
    pub(super) completions: Vec<File>,
    /// README, changelog and licences.
    pub(super) documents: Vec<File>,
    /// The bill of materials (CycloneDX 1.5).
    pub(super) sbom: File,
    /// The time of every file, in seconds since 1970.
    pub(super) time: u64,
}

/// A file: its name and bytes.
#[derive(Clone)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A summary of the program, for the metadata of packages.
pub(super) const SUMMARY: &str =
    "A static site generator for government policy plans: bilingual, cross-linked, searchable.";

impl Payload {
    /// Takes a program, and lets it write its manual and completions.
    pub(super) fn new(binary: &Path) -> Result<Payload> {
        let said = |arguments: &[&str]| -> Result<Vec<u8>> {
            let output = Command::new(binary).args(arguments).output()?;
            match output.status.success() {
                true => Ok(output.stdout),
                false => Err(format!("`gongbao {}` failed", arguments.join(" ")).into()),
            }
        };
        let shells = [("bash", "gongbao.bash"), ("zsh", "_gongbao"), ("fish", "gongbao.fish")];
        let completions = shells.iter().map(|(shell, name)| {
            Ok(File { name: (*name).to_owned(), bytes: said(&["completions", shell])? })
        });
        Ok(Payload {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            binary: fs::read(binary)?,
            manual: manual(binary)?,
            completions: completions.collect::<Result<_>>()?,
            documents: documents()?,
            sbom: File { name: "gongbao.cdx.json".to_owned(), bytes: sbom::write()? },
            time: time()?,
        })
    }
}

fn manual(binary: &Path) -> Result<Vec<File>> {
    let folder = tempfile::tempdir()?;
    let written = Command::new(binary).arg("man").arg("--out").arg(folder.path()).status()?;
    if !written.success() {
        return Err("`gongbao man` failed".into());
    }
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder.path())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        pages.push(File { name, bytes: fs::read(entry.path())? });
    }
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(pages)
}

fn documents() -> Result<Vec<File>> {
    let names = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
    let document = |name: &&str| Ok(File { name: (*name).to_owned(), bytes: fs::read(root().join(name))? });
    names.iter().map(document).collect()
}

/// `SOURCE_DATE_EPOCH`, or the time of the last commit.
fn time() -> Result<u64> {
    if let Ok(time) = env::var("SOURCE_DATE_EPOCH") {
        return Ok(time.parse()?);
    }
    let output = Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root()).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
