//! `cargo xtask bench-serve`: from saving one task's text to the changed page
//! over HTTP, on a site of 10,000 tasks in two languages made of the real sentences; with
//! `hugo server` beside it, if there is a `hugo`.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::corpus::{Corpus, write_for_hugo};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many tasks the site has.
const TASKS: usize = 10_000;
/// How many edits are measured.
const EDITS: usize = 60;
/// The limits of the median, the 95th percentile and the memory.
const LIMITS: (f64, f64, f64) = (50.0, 120.0, 600.0);
/// Longer than a server takes to notice that all is quiet.
const PAUSE: Duration = Duration::from_millis(700);

/// Measures and prints; fails if a limit is passed.
pub(crate) fn run() -> Result<()> {
    let folder = PathBuf::from("target/bench-serve");
    let _ = fs::remove_dir_all(&folder);
    let (root, site) = (Path::new("."), folder.join("gongbao"));
    let corpus = Corpus::new(root, TASKS)?;
    corpus.write(root, &site)?;
    let built = Command::new("cargo").args(["build", "--release", "--bin", "gongbao"]).status()?;
    if !built.success() {
        return Err("gongbao does not build".into());
    }
    println!("{TASKS} tasks in 2 languages, {EDITS} edits; from saving to the changed page over HTTP");
    let ours = gongbao(&corpus, &site)?;
    ours.print("gongbao serve");
    match hugo(&corpus, &folder.join("hugo")) {
        Ok(theirs) => theirs.print("hugo server"),
        Err(error) => println!("hugo server: not measured ({error})"),
    }
    let (median, p95, memory) = LIMITS;
    let kept = ours.percentile(0.5) <= median && ours.percentile(0.95) <= p95 && ours.peak <= memory;
    println!(
        "limits: median {median} ms, p95 {p95} ms, memory {memory} MB: {}",
        if kept { "kept" } else { "passed" }
    );
    if kept { Ok(()) } else { Err("a limit was passed".into()) }
}

/// The measurements.
struct Measured {
    /// How long each edit took, in milliseconds, sorted.
    times: Vec<f64>,
    /// How long it took until the first page was there, in milliseconds.
    start: f64,
    /// The most memory that was used at once, in megabytes.
    peak: f64,
}

impl Measured {
    fn percentile(&self, part: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        // A count of edits is small and its part of it not negative.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "as above"
        )]
        let index = (last as f64 * part).round() as usize;
        self.times.get(index).copied().unwrap_or(f64::NAN)
    }

    fn print(&self, name: &str) {
        let (median, p95, most) = (self.percentile(0.5), self.percentile(0.95), self.percentile(1.0));
        let (start, peak) = (self.start, self.peak);
        println!(
            "{name}: median {median:.0} ms, p95 {p95:.0} ms, most {most:.0} ms; start {start:.0} ms; memory {peak:.0} MB"
        );
    }
}

/// A server that ends with the measurement.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn gongbao(corpus: &Corpus, site: &Path) -> Result<Measured> {
    let begin = Instant::now();
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let mut child = Command::new(Path::new(&target).join("release/gongbao"))
        .args(["serve", "--port", "0", "--site"])
        .arg(site)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let out = child.stdout.take().ok_or("the server has no output")?;
    let server = Server(child);
    let mut lines = BufReader::new(out).lines().map_while(std::result::Result::ok);
    let port = lines.find_map(|line| line.strip_prefix("http://127.0.0.1:")?.split('/').next()?.parse().ok());
    let port: u16 = port.ok_or("the server does not say where to look")?;
    get(port, "/zh/")?;
    let start = milliseconds(begin);
    let mut events = TcpStream::connect(("127.0.0.1", port))?;
    write!(events, "GET /__gongbao/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")?;
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&buffer).contains("data:") {
        let _ = events.read(&mut buffer)?;
    }
    let mut times = Vec::new();
    for edit in places(corpus).take(EDITS) {
        let file = site.join("content/plans").join(edit.plan).join("zh.md");
        let heading = format!("\n#### {}. ", edit.task);
        let page = format!("/zh/plans/{}/tasks/{}/", edit.plan, edit.task);
        times.push(edit.until_shown(port, &file, &heading, &page, || {
            let _ = events.read(&mut buffer)?;
            Ok(())
        })?);
    }
    times.sort_by(f64::total_cmp);
    Ok(Measured { times, start, peak: peak(&server)? })
}

/// One change of a task's text.
struct Edit<'a> {
    plan: &'a str,
    task: usize,
    mark: String,
}

/// Tasks all over the site, one after another.
fn places(corpus: &Corpus) -> impl Iterator<Item = Edit<'_>> {
    (0..).map(|edit| {
        let plan = &corpus.plans[edit * 37 % corpus.plans.len()];
        Edit { plan: &plan.id, task: edit * 61 % plan.size() + 1, mark: format!("第{edit}次修改") }
    })
}

impl Edit<'_> {
    /// Saves the change and gives the milliseconds until it is on the page. `told` waits until
    /// there may be news, as a browser does. The words go to where the text below `heading` begins.
    fn until_shown(
        &self,
        port: u16,
        file: &Path,
        heading: &str,
        page: &str,
        mut told: impl FnMut() -> Result<()>,
    ) -> Result<f64> {
        let text = fs::read_to_string(file)?;
        let start = text.find(heading).ok_or("the task is not found")? + heading.len();
        let at = start + text[start..].find("\n\n").ok_or("the task has no text")? + 2;
        let text = format!("{}{}{}", &text[..at], self.mark, &text[at..]);
        sleep(PAUSE);
        let begin = Instant::now();
        fs::write(file, text)?;
        while !get(port, page).unwrap_or_default().contains(&self.mark) {
            if begin.elapsed() > Duration::from_secs(60) {
                return Err("an edit never appeared".into());
            }
            told()?;
        }
        Ok(milliseconds(begin))
    }
}

fn hugo(corpus: &Corpus, site: &Path) -> Result<Measured> {
    write_for_hugo(corpus, Path::new("."), site)?;
    let begin = Instant::now();
    let port = 18_113;
    let child = Command::new("hugo")
        .args(["server", "--port", &port.to_string(), "--bind", "127.0.0.1", "--source"])
        .arg(site)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let server = Server(child);
    while get(port, "/zh/").is_err() {
        if begin.elapsed() > Duration::from_secs(120) {
            return Err("it does not start".into());
        }
        sleep(Duration::from_millis(100));
    }
    let start = milliseconds(begin);
    let mut times = Vec::new();
    for edit in places(corpus).take(EDITS / 3) {
        let file = site.join("content/zh/plans").join(edit.plan).join(format!("task-{}.md", edit.task));
        let page = format!("/zh/plans/{}/task-{}/", edit.plan, edit.task);
        times.push(edit.until_shown(port, &file, "\n+++\n", &page, || {
            sleep(Duration::from_millis(5));
            Ok(())
        })?);
    }
    times.sort_by(f64::total_cmp);
    Ok(Measured { times, start, peak: peak(&server)? })
}

/// The page at a path.
fn get(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if text.starts_with("HTTP/1.1 200") { Ok(text) } else { Err(format!("{path} is not there").into()) }
}

/// The most memory a server used at once, in megabytes (Linux, `proc(5)`).
fn peak(server: &Server) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", server.0.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
