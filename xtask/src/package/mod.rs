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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::payload::File;
    use super::*;

    fn payload() -> Payload {
        let file = |name: &str| File { name: name.to_owned(), bytes: name.as_bytes().to_vec() };
        Payload {
            version: "1.2.3".to_owned(),
            binary: b"program".to_vec(),
            manual: vec![file("gongbao.1"), file("gongbao-build.1")],
            completions: ["gongbao.bash", "_gongbao", "gongbao.fish"].map(file).to_vec(),
            documents: ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"].map(file).to_vec(),
            sbom: file("gongbao.cdx.json"),
            time: 1_700_000_000,
        }
    }

    /// The members of a compressed archive: path, mode and bytes.
    fn members(bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes));
        let member = |entry: std::io::Result<tar::Entry<'_, _>>| {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_string_lossy().into_owned();
            assert_eq!(entry.header().mtime().unwrap(), 1_700_000_000, "{path}");
            let mode = entry.header().mode().unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (path, mode, bytes)
        };
        archive.entries().unwrap().map(member).collect()
    }

    #[test]
    fn the_same_program_gives_the_same_packages() {
        for pack in [archive::pack, wheel::pack, npm::pack, deb::pack] {
            let (one, other) = (pack(&payload()).unwrap(), pack(&payload()).unwrap());
            assert!(one.name.contains("1.2.3") && one.bytes == other.bytes, "{}", one.name);
        }
    }

    #[test]
    fn programs_can_be_run_and_nothing_else() {
        let found = members(&archive::pack(&payload()).unwrap().bytes);
        let folder = format!("gongbao-1.2.3-{TARGET}");
        assert!(found.contains(&(format!("{folder}/gongbao"), 0o755, b"program".to_vec())));
        assert!(found.contains(&(format!("{folder}/man/gongbao.1"), 0o644, b"gongbao.1".to_vec())));
        let found = members(&npm::pack(&payload()).unwrap().bytes);
        let about = found.iter().find(|(path, ..)| path == "package/package.json").unwrap();
        let about: serde_json::Value = serde_json::from_slice(&about.2).unwrap();
        assert_eq!(about["bin"]["gongbao"], "bin/gongbao");
        assert!(found.contains(&("package/bin/gongbao".to_owned(), 0o755, b"program".to_vec())));
    }

    #[test]
    fn a_wheel_lists_its_files_with_their_digests() {
        let bytes = wheel::pack(&payload()).unwrap().bytes;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut record = String::new();
        archive.by_name("gongbao-1.2.3.dist-info/RECORD").unwrap().read_to_string(&mut record).unwrap();
        let listed: Vec<&str> = record.lines().map(|row| row.split(',').next().unwrap()).collect();
        let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        let mut sorted: Vec<String> = listed.iter().map(|name| (*name).to_owned()).collect();
        sorted.sort();
        assert_eq!(names, sorted);
        let program = "gongbao-1.2.3.data/scripts/gongbao,sha256=";
        let row = record.lines().find(|row| row.starts_with(program)).unwrap();
        assert!(row.ends_with(",7"), "{row}");
        let program = archive.by_name("gongbao-1.2.3.data/scripts/gongbao").unwrap();
        assert_eq!(program.unix_mode().unwrap() & 0o777, 0o755);
    }

    #[test]
    fn a_debian_package_has_its_three_parts_in_order() {
        let bytes = deb::pack(&payload()).unwrap().bytes;
        let mut archive = ar::Archive::new(bytes.as_slice());
        let mut parts = Vec::new();
        while let Some(entry) = archive.next_entry() {
            let mut entry = entry.unwrap();
            let name = String::from_utf8(entry.header().identifier().to_vec()).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            parts.push((name, bytes));
        }
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["debian-binary", "control.tar.gz", "data.tar.gz"]);
        let control = &members(&parts[1].1)[0];
        assert!(String::from_utf8_lossy(&control.2).contains("\nVersion: 1.2.3\nArchitecture: amd64\n"));
        let data: Vec<String> = members(&parts[2].1).into_iter().map(|(path, ..)| path).collect();
        assert!(data.contains(&"usr/bin/gongbao".to_owned()), "{data:?}");
        assert!(data.contains(&"usr/share/man/man1/gongbao.1.gz".to_owned()));
    }
}
