//! `cargo xtask engine`: `search/` → `search/dist/`, the engine that visitors download.
//!
//! The bytes depend on the source, `Cargo.lock`, the pinned toolchain and the pinned
//! `wasm-opt`, not on the machine: all paths in them are remapped.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use brotli::BrotliCompress;
use brotli::enc::BrotliEncoderParams;

/// Result of a chore.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Name of a file in `search/dist/` → content.
type Files = BTreeMap<String, Vec<u8>>;

const TARGET: &str = "wasm32-unknown-unknown";
/// The module, as it is part of the program: compressed.
const MODULE: &str = "gongbao-search.wasm.br";

/// Features of WebAssembly beyond its first version that rustc uses; all browsers since 2021 have them.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the engine and writes it to `search/dist/`.
pub(crate) fn write() -> Result<()> {
    let files = build()?;
    fs::create_dir_all(dist())?;
    for (name, content) in &files {
        fs::write(dist().join(name), content)?;
    }
    for stray in committed()?.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(dist().join(stray))?;
    }
    size()
}

/// Builds the engine and compares it with `search/dist/`.
pub(crate) fn check() -> Result<()> {
    let (built, committed) = (build()?, committed()?);
    let names = built.keys().chain(committed.keys());
    let mut different: Vec<&String> = names.filter(|name| built.get(*name) != committed.get(*name)).collect();
    different.sort();
    different.dedup();
    if different.is_empty() {
        println!("search/dist is what the source gives");
        return Ok(());
    }
    Err(format!(
        "search/dist is not what the source gives: {different:?} differ. Run `cargo xtask engine` and commit"
    )
    .into())
}

/// Prints the sizes of `search/dist/`, raw and as Brotli sends them.
pub(crate) fn size() -> Result<()> {
    let (mut raw, mut compressed) = (0, 0);
    println!("{:>9} {:>9}  file", "bytes", "brotli");
    for (name, content) in committed()? {
        let (bytes, brotli) = match name.ends_with(".br") {
            true => (decompressed(&content)?.len(), content.len()),
            false => (content.len(), self::compressed(&content)?.len()),
        };
        println!("{bytes:>9} {brotli:>9}  search/dist/{name}");
        raw += bytes;
        compressed += brotli;
    }
    println!("{raw:>9} {compressed:>9}  in all");
    Ok(())
}

fn build() -> Result<Files> {
    let mut files = scripts()?;
    let module = compile()?;
    let optimised = module.with_extension("opt.wasm");
    optimise(&module, &optimised)?;
    files.insert(MODULE.to_owned(), compressed(&fs::read(&optimised)?)?);
    Ok(files)
}

/// A file compressed with Brotli at its highest quality.
pub(crate) fn compressed(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut small = Vec::new();
    BrotliCompress(&mut bytes, &mut small, &parameters)?;
    Ok(small)
}

fn scripts() -> Result<Files> {
    read_files(&root().join("search/js"))
}

fn committed() -> Result<Files> {
    if dist().exists() { read_files(&dist()) } else { Ok(Files::new()) }
}

fn read_files(directory: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).ok_or("a file name is not UTF-8")?;
        files.insert(name.to_owned(), fs::read(&path)?);
    }
    Ok(files)
}

/// Compiles `search/` without the writer of bundles; the path of the module.
fn compile() -> Result<PathBuf> {
    let target_dir = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let target_dir = target_dir.join("engine");
    ensure_target()?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root());
    cargo.args(["rustc", "--locked", "--package", "gongbao-search", "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--no-default-features", "--profile", "engine", "--target", TARGET, "--target-dir"]);
    cargo.arg(&target_dir).env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\u{1f}"));
    run(cargo)?;
    Ok(target_dir.join(TARGET).join("engine/gongbao_search.wasm"))
}

/// The pinned toolchain may be here without the target.
fn ensure_target() -> Result<()> {
    let libraries = output("rustc", &["--print", "target-libdir", "--target", TARGET])?;
    if Path::new(&libraries).exists() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.current_dir(root()).args(["target", "add", TARGET]);
    run(rustup)
}

fn flags() -> Result<Vec<String>> {
    let sysroot = PathBuf::from(output("rustc", &["--print", "sysroot"])?);
    let version = output("rustc", &["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![
        // Nothing that a reader does is random.
        "--cfg".into(),
        "getrandom_backend=\"unsupported\"".into(),
        remap(&root(), "/gongbao"),
        remap(&cargo_home()?, "/cargo"),
        remap(&sysroot.join("lib/rustlib/src/rust"), &format!("/rustc/{commit}")),
    ];
    // The last prefix that fits is taken.
    flags.extend(registries()?.iter().map(|folder| remap(folder, "/crates")));
    Ok(flags)
}

/// Where Cargo keeps the sources of packages: folders named after each registry's address,
/// which differ from one machine to another.
fn registries() -> Result<BTreeSet<PathBuf>> {
    // A fresh machine has none before something is fetched.
    let mut fetch = Command::new("cargo");
    fetch.current_dir(root()).args(["fetch", "--locked", "--quiet", "--target", TARGET]);
    run(fetch)?;
    let sources = cargo_home()?.join("registry/src");
    Ok(fs::read_dir(sources)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?)
}

fn cargo_home() -> Result<PathBuf> {
    let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home);
    Ok(cargo_home.ok_or("neither CARGO_HOME nor HOME is set")?)
}

fn optimise(module: &Path, optimised: &Path) -> Result<()> {
    let tools = root().join("xtask");
    if !tools.join("node_modules/.bin/wasm-opt").exists() {
        let mut npm = Command::new("npm");
        npm.current_dir(&tools).args(["ci", "--no-audit", "--no-fund"]);
        run(npm)?;
    }
    let mut wasm_opt = Command::new(tools.join("node_modules/.bin/wasm-opt"));
    wasm_opt.arg("-Oz").args(FEATURES).args(["--strip-debug", "--strip-producers"]);
    wasm_opt.arg(module).arg("-o").arg(optimised);
    run(wasm_opt)
}

fn decompressed(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    brotli::BrotliDecompress(&mut bytes, &mut raw)?;
    Ok(raw)
}

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

fn dist() -> PathBuf {
    root().join("search/dist")
}

fn run(mut command: Command) -> Result<()> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).current_dir(root()).args(arguments).output()?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
