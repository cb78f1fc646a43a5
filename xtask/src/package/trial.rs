//! Trials: each package is installed into an empty place, and its program makes, builds, searches and serves a site.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::Package;
use crate::engine::Result;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Installs and uses every package, and the program alone in an empty root.
pub(super) fn run(folder: &Path, packages: &[Package], binary: &Path) -> Result<()> {
    for Package { name, .. } in packages {
        let place = tempfile::tempdir()?;
        let program = install(&folder.join(name), name, &place)?;
        use_it(&Launcher { program, root: None }, place.path())?;
        println!("works: {name}");
    }
    in_empty_root(binary)
}

/// A program, in a root of its own or in that of the system.
struct Launcher {
    program: PathBuf,
    root: Option<PathBuf>,
}

impl Launcher {
    fn command(&self) -> Command {
        let Some(root) = &self.root else { return Command::new(&self.program) };
        let mut command = Command::new("chroot");
        command.arg(root).arg(&self.program);
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command().args(arguments).output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`gongbao {}` failed: {said}", arguments.join(" ")).into())
    }
}

/// Installs a package as its users do. Returns where its program is.
fn install(file: &Path, name: &str, place: &TempDir) -> Result<PathBuf> {
    let place = place.path();
    if name.ends_with(".tar.gz") {
        run_tool(Command::new("tar").arg("-xzf").arg(file).arg("-C").arg(place))?;
        return Ok(place.join(name.trim_end_matches(".tar.gz")).join("gongbao"));
    }
    if name.ends_with(".whl") {
        let environment = place.join("python");
        run_tool(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let pip = environment.join("bin/pip");
        run_tool(Command::new(pip).args(["install", "--quiet", "--no-index", "--no-deps"]).arg(file))?;
        return Ok(environment.join("bin/gongbao"));
    }
    if name.ends_with(".tgz") {
        let prefix = place.join("npm");
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--global", "--offline", "--prefix"]);
        run_tool(npm.arg(&prefix).arg(file))?;
        return Ok(prefix.join("bin/gongbao"));
    }
    // Installed with dependencies resolved it would need a whole system; its files are what is tried.
    run_tool(Command::new("dpkg-deb").arg("--extract").arg(file).arg(place.join("deb")))?;
    run_tool(Command::new("dpkg-deb").arg("--info").arg(file).stdout(Stdio::null()))?;
    Ok(place.join("deb/usr/bin/gongbao"))
}

fn run_tool(command: &mut Command) -> Result<()> {
    match command.status()?.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed").into()),
    }
}

/// The program alone in a root without anything else, as in a container made from nothing.
fn in_empty_root(binary: &Path) -> Result<()> {
    let root = tempfile::tempdir()?;
    fs::copy(binary, root.path().join("gongbao"))?;
    fs::create_dir(root.path().join("tmp"))?;
    let launcher = Launcher { program: PathBuf::from("/gongbao"), root: Some(root.path().to_owned()) };
    if let Err(error) = launcher.run(&["--version"]) {
        println!("SKIPPED: an empty root needs a static program and the right to change roots ({error})");
        return Ok(());
    }
    use_it(&launcher, Path::new("/tmp"))?;
    println!("works: the program alone in an empty root");
    Ok(())
}

/// A new site is made, built, searched and served.
fn use_it(launcher: &Launcher, folder: &Path) -> Result<()> {
    let expected = format!("gongbao {}", env!("CARGO_PKG_VERSION"));
    let version = launcher.run(&["--version"])?;
    if version.trim() != expected {
        return Err(format!("`gongbao --version` says {version}, not {expected}").into());
    }
    let site = folder.join("site");
    let site = site.to_str().ok_or("the folder is not text")?;
    let out = format!("{site}/public");
    launcher.run(&["new", site])?;
    launcher.run(&["build", "--site", site])?;
    let found = launcher.run(&["search", "--out", &out, "--lang", "zh", "--format", "json", "阅览室"])?;
    let found: serde_json::Value = serde_json::from_str(&found)?;
    if found["hits"].as_array().is_none_or(Vec::is_empty) {
        return Err("a search in the new site finds nothing".into());
    }
    serve(launcher, site)
}

fn serve(launcher: &Launcher, site: &str) -> Result<()> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let mut command = launcher.command();
    command.args(["serve", "--site", site, "--port", &port.to_string()]);
    let server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    let began = Instant::now();
    let answer = loop {
        match ask(port) {
            Ok(answer) => break answer,
            Err(error) if began.elapsed() > PATIENCE => return Err(format!("no answer: {error}").into()),
            Err(_) => sleep(Duration::from_millis(100)),
        }
    };
    drop(server);
    match answer.starts_with("HTTP/1.1 200") {
        true => Ok(()),
        false => Err(format!("the server answers {}", answer.lines().next().unwrap_or_default()).into()),
    }
}

/// A server that ends with its trial.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(port: u16) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(stream, "GET /zh/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(1024).read_to_string(&mut answer)?;
    Ok(answer)
}
