//! `cargo xtask package`: the program as people install it, in `target/package/`.
//!
//! One static binary goes into an archive, a Python wheel, an npm package and a Debian package, each with manual
//! pages, completions, licences and a bill of materials. The same binary gives the same bytes: every time is that
//! of the last commit, or `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>).

mod archive;
mod deb;
mod npm;
mod payload;
mod sbom;
mod trial;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

use crate::engine::Result;
use payload::Payload;

/// The system that packages are made for.
const TARGET: &str = "x86_64-unknown-linux-musl";

/// One package: its file name and bytes.
struct Package {
    name: String,
    bytes: Vec<u8>,
}

/// Writes all packages, and with `--try` installs each and uses it.
///
/// # Errors
/// Returns an error if the program does not compile or a package does not work.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let (mut binary, mut is_tried) = (None, false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match *argument {
            "--try" => is_tried = true,
            "--binary" => binary = Some(PathBuf::from(rest.next().ok_or("--binary needs a path")?)),
            other => return Err(format!("{other} is not an option of `package`").into()),
        }
    }
    let binary = binary.map_or_else(compile, Ok)?;
    let payload = Payload::new(&binary)?;
    let folder = target().join("package");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let packages =
        [archive::pack(&payload)?, wheel::pack(&payload)?, npm::pack(&payload)?, deb::pack(&payload)?];
    let mut sums = String::new();
    println!("{:>10}  binary", payload.binary.len());
    for Package { name, bytes } in &packages {
        fs::write(folder.join(name), bytes)?;
        sums.push_str(&format!("{}  {name}\n", hex(&Sha256::digest(bytes))));
        println!("{:>10}  target/package/{name}", bytes.len());
    }
    fs::write(folder.join("SHA256SUMS"), sums)?;
    if is_tried { trial::run(&folder, &packages, &binary) } else { Ok(()) }
}

/// Compiles the static binary.
fn compile() -> Result<PathBuf> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--package", "gongbao", "--profile", "dist", "--target", TARGET])
        // Fixed addresses: a static program needs no table of relocations.
        .env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS", "-C relocation-model=static")
        .current_dir(root())
        .status()?;
    if !built.success() {
        return Err(format!("`cargo build --profile dist --target {TARGET}` failed").into());
    }
    Ok(target().join(TARGET).join("dist/gongbao"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
