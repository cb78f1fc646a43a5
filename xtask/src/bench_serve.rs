//! `cargo xtask bench-serve`: from saving one task's text to the changed page
//! over HTTP, on a made-up site of 10,000 tasks in two languages; with
//! `hugo server` beside it, if there is a `hugo`.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::synthetic;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many tasks the site has.
const TASKS: usize = 10_000;
/// How many edits are measured.
const EDITS: usize = 60;
/// What the median, the 95th percentile and the memory may be.
const LIMITS: (f64, f64, f64) = (50.0, 120.0, 600.0);
/// Where in each task of the made-up plans words are put in.
const PLACE: &str = "各地区要结合实际";
/// Longer than a server takes to notice that all is quiet.
const PAUSE: Duration = Duration::from_millis(700);

/// Measures and prints; fails if a limit is passed.
pub(crate) fn run() -> Result<()> {
    let folder = PathBuf::from("target/bench-serve");
    let _ = fs::remove_dir_all(&folder);
    synthetic::write(&folder.join("gongbao"), TASKS)?;
    let built = Command::new("cargo").args(["build", "--release", "--bin", "gongbao"]).status()?;
    if !built.success() {
        return Err("gongbao does not build".into());
    }
    println!("{TASKS} tasks in 2 languages, {EDITS} edits; from saving to the changed page over HTTP");
    let ours = gongbao(&folder.join("gongbao"))?;
    ours.print("gongbao serve");
    match hugo(&folder.join("hugo")) {
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

/// What was measured.
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

fn gongbao(site: &Path) -> Result<Measured> {
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
    let page = |plan: usize, task: usize| format!("/zh/plans/{}/tasks/{task}/", synthetic::plan_id(plan));
    let file = |plan: usize| site.join("content/plans").join(synthetic::plan_id(plan)).join("zh.md");
    let times = edits(port, &file, &page, PLACE, || {
        let _ = events.read(&mut buffer)?;
        Ok(())
    })?;
    Ok(Measured { times, start, peak: peak(&server)? })
}

/// Edits one task after another, at places all over the site. `told` waits
/// until there may be news, as a browser does.
fn edits(
    port: u16,
    file: &dyn Fn(usize) -> PathBuf,
    page: &dyn Fn(usize, usize) -> String,
    place: &str,
    mut told: impl FnMut() -> Result<()>,
) -> Result<Vec<f64>> {
    let plans = TASKS / synthetic::TASKS_PER_PLAN;
    let mut times = Vec::new();
    for edit in 0..EDITS {
        let (plan, task) = (edit * 37 % plans, edit * 61 % synthetic::TASKS_PER_PLAN);
        let text = fs::read_to_string(file(plan))?;
        let mark = format!("第{edit}次修改");
        let at = text.match_indices(place).nth(task).ok_or("the text of a task is not found")?.0;
        let text = format!("{}{mark}{}", &text[..at], &text[at..]);
        sleep(PAUSE);
        let begin = Instant::now();
        fs::write(file(plan), text)?;
        while !get(port, &page(plan, task + 1))?.contains(&mark) {
            if begin.elapsed() > Duration::from_secs(60) {
                return Err("an edit never appeared".into());
            }
            told()?;
        }
        times.push(milliseconds(begin));
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn hugo(site: &Path) -> Result<Measured> {
    synthetic::write_for_hugo(site, TASKS)?;
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
    let page = |plan: usize, task: usize| format!("/zh/{}/task-{task}/", synthetic::plan_id(plan));
    let files = |plan: usize| site.join("content/zh").join(synthetic::plan_id(plan));
    let mut times = Vec::new();
    for edit in 0..EDITS / 3 {
        let (plan, task) =
            (edit * 37 % (TASKS / synthetic::TASKS_PER_PLAN), edit * 61 % synthetic::TASKS_PER_PLAN + 1);
        let file = files(plan).join(format!("task-{task}.md"));
        let mark = format!("第{edit}次修改");
        let text = format!("{}\n{mark}\n", fs::read_to_string(&file)?);
        sleep(PAUSE);
        let begin = Instant::now();
        fs::write(&file, text)?;
        while !get(port, &page(plan, task)).unwrap_or_default().contains(&mark) {
            if begin.elapsed() > Duration::from_secs(60) {
                return Err("an edit never appeared".into());
            }
            sleep(Duration::from_millis(5));
        }
        times.push(milliseconds(begin));
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
