//! `cargo xtask bench`: how long a site takes to build, at several sizes, with Hugo, and Hugo followed
//! by Pagefind, beside it on the same texts in the same run; and the floor, a copy of the output.
//!
//! `hugo` and `pagefind` are those found on the `PATH`; what is not there is not measured.

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::corpus::{self, Corpus};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many tasks the sites have, unless the command line says otherwise.
const SIZES: [usize; 4] = [166, 2_000, 10_000, 50_000];
/// How often each job is run, unless the command line says otherwise.
const RUNS: usize = 3;

/// Measures and prints. Arguments: sizes, `--runs N`, `--only-gongbao`.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let wanted = Wanted::read(arguments)?;
    let built = Command::new("cargo").args(["build", "--release", "--bin", "gongbao"]).status()?;
    if !built.success() {
        return Err("gongbao does not build".into());
    }
    let gongbao = fs::canonicalize(target().join("release/gongbao"))?;
    let folder = scratch();
    println!("in {}; medians of {} runs", folder.display(), wanted.runs);
    let _ = fs::remove_dir_all(&folder);
    real_site(&gongbao, &folder, wanted.runs)?;
    for tasks in &wanted.sizes {
        let _ = fs::remove_dir_all(&folder);
        size(&gongbao, &folder, *tasks, &wanted)?;
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The arguments of the command line.
struct Wanted {
    sizes: Vec<usize>,
    runs: usize,
    alone: bool,
}

impl Wanted {
    fn read(arguments: &[&str]) -> Result<Self> {
        let mut wanted = Self { sizes: Vec::new(), runs: RUNS, alone: false };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match *word {
                "--runs" => wanted.runs = words.next().ok_or("--runs needs a number")?.parse()?,
                "--only-gongbao" => wanted.alone = true,
                size => wanted.sizes.push(size.parse()?),
            }
        }
        if wanted.sizes.is_empty() {
            wanted.sizes = SIZES.into();
        }
        Ok(wanted)
    }
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

/// A file system in memory, if there is one: what is measured is the work, not the disk.
fn scratch() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.join("gongbao-bench") } else { target().join("bench") }
}

fn real_site(gongbao: &Path, folder: &Path, runs: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    let out = folder.join("real");
    let mut first = Job::new("the real site, first build");
    let mut again = Job::new("the real site, nothing changed");
    for _ in 0..runs {
        clear(&out);
        for job in [&mut first, &mut again] {
            job.run(gongbao, [OsStr::new("build"), "--out".as_ref(), out.as_ref()])?;
        }
    }
    first.print(None);
    again.print(None);
    Ok(())
}

/// Deletes an output and what is kept of it between builds.
fn clear(out: &Path) {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let _ = fs::remove_dir_all(out);
    let _ = fs::remove_file(out.with_file_name(format!(".{name}.gongbao-cache")));
}

fn size(gongbao: &Path, folder: &Path, tasks: usize, wanted: &Wanted) -> Result<()> {
    let corpus = Corpus::new(Path::new("."), tasks)?;
    let (ours, theirs) = (folder.join("site"), folder.join("hugo"));
    corpus.write(Path::new("."), &ours)?;
    corpus::write_for_hugo(&corpus, Path::new("."), &theirs)?;
    accept_translations(gongbao, &ours)?;
    println!("\n{tasks} tasks in 2 languages, {} plans", corpus.plans.len());
    let mut jobs = Jobs::new();
    for run in 0..wanted.runs {
        jobs.gongbao(gongbao, &ours, &corpus.plans[run % corpus.plans.len()].id)?;
        jobs.floor(&ours.join("public"), &folder.join("copy"))?;
        if !wanted.alone {
            jobs.hugo(&theirs);
        }
    }
    println!("  {} files, {:.1} MB", count(&ours.join("public"))?.0, megabytes(&ours.join("public"))?);
    if theirs.join("public").is_dir() {
        println!(
            "  {} files, {:.1} MB by Hugo",
            count(&theirs.join("public"))?.0,
            megabytes(&theirs.join("public"))?
        );
    }
    jobs.print();
    Ok(())
}

/// As an editor would after reading them; unread translations would be noted on every page.
fn accept_translations(gongbao: &Path, site: &Path) -> Result<()> {
    let mut command = Command::new(gongbao);
    command.args(["translation", "accept", "--site"]).arg(site);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(())
}

/// Everything that is measured at one size.
struct Jobs {
    first: Job,
    again: Job,
    edited: Job,
    floor: Job,
    hugo: Job,
    pagefind: Job,
}

impl Jobs {
    fn new() -> Self {
        Self {
            first: Job::new("gongbao build"),
            again: Job::new("gongbao build, nothing changed"),
            edited: Job::new("gongbao build, one word changed"),
            floor: Job::new("copy of the output"),
            hugo: Job::new("hugo"),
            pagefind: Job::new("pagefind"),
        }
    }

    fn gongbao(&mut self, gongbao: &Path, site: &Path, plan: &str) -> Result<()> {
        clear(&site.join("public"));
        let arguments = [OsStr::new("build"), "--site".as_ref(), site.as_ref()];
        self.first.run(gongbao, arguments)?;
        self.again.run(gongbao, arguments)?;
        let file = site.join("content/plans").join(plan).join("en.md");
        let text = fs::read_to_string(&file)?;
        fs::write(&file, text.replacen("This Work Plan", "This very Work Plan", 1))?;
        self.edited.run(gongbao, arguments)
    }

    fn floor(&mut self, output: &Path, copy: &Path) -> Result<()> {
        let _ = fs::remove_dir_all(copy);
        self.floor.run(Path::new("cp"), [OsStr::new("-r"), output.as_ref(), copy.as_ref()])?;
        fs::remove_dir_all(copy)?;
        Ok(())
    }

    /// Hugo and Pagefind, or nothing of those that are not there.
    fn hugo(&mut self, site: &Path) {
        let output = site.join("public");
        let _ = fs::remove_dir_all(&output);
        let built =
            self.hugo.run(Path::new("hugo"), [OsStr::new("--quiet"), "--source".as_ref(), site.as_ref()]);
        let searched = built
            .and_then(|()| self.pagefind.run(Path::new("pagefind"), [OsStr::new("--site"), output.as_ref()]));
        if let Err(error) = searched {
            println!("  not measured: {error}");
        }
    }

    fn print(&self) {
        let all = [&self.first, &self.again, &self.edited, &self.floor, &self.hugo, &self.pagefind];
        for job in all.into_iter().filter(|job| !job.runs.is_empty()) {
            job.print(Some(&self.first));
        }
        if let (Some(ours), Some(hugo), Some(pagefind)) =
            (self.first.median(), self.hugo.median(), self.pagefind.median())
        {
            let (alone, both) = (hugo / ours, (hugo + pagefind) / ours);
            println!("  gongbao is {alone:.1} times as fast as Hugo, {both:.1} times as Hugo with Pagefind");
        }
    }
}

/// Something that is run several times.
struct Job {
    name: &'static str,
    runs: Vec<Run>,
    said: String,
}

/// One run: how long it took, in seconds, and the most memory at once, in megabytes.
#[derive(Clone, Copy)]
struct Run {
    seconds: f64,
    peak: f64,
}

impl Job {
    fn new(name: &'static str) -> Self {
        Self { name, runs: Vec::new(), said: String::new() }
    }

    fn run<'a>(&mut self, program: &Path, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
        let begin = Instant::now();
        let mut command = Command::new(program);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let name = program.display();
        let mut child = command.spawn().map_err(|error| format!("{name}: {error}"))?;
        let mut peak = 0.0_f64;
        let status = loop {
            peak = peak.max(peak_memory(child.id()));
            match child.try_wait()? {
                Some(status) => break status,
                None => sleep(Duration::from_millis(1)),
            }
        };
        self.runs.push(Run { seconds: begin.elapsed().as_secs_f64(), peak });
        self.said = std::io::read_to_string(child.stdout.take().ok_or("no output")?)?;
        if status.success() { Ok(()) } else { Err(format!("{name} failed").into()) }
    }

    fn median(&self) -> Option<f64> {
        middle(self.runs.iter().map(|run| run.seconds).collect())
    }

    fn print(&self, ours: Option<&Self>) {
        let median = self.median().unwrap_or(f64::NAN);
        let peak = middle(self.runs.iter().map(|run| run.peak).collect()).unwrap_or(f64::NAN);
        let ratio =
            ours.and_then(Self::median).map_or_else(String::new, |ours| format!(" × {:.2}", median / ours));
        let changed = self.said.split_once(" changed)").and_then(|(start, _)| start.rsplit('(').next());
        let changed = changed.map_or_else(String::new, |files| format!(", {files} files changed"));
        println!("  {:32} {median:8.3} s {peak:6.0} MB{ratio}{changed}", self.name);
    }
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The most memory a process has used at once so far (Linux, `proc(5)`).
fn peak_memory(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}

/// Files below a folder, and their bytes.
fn count(folder: &Path) -> Result<(usize, u64)> {
    let mut total = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (files, bytes) = match entry.file_type()?.is_dir() {
            true => count(&entry.path())?,
            false => (1, entry.metadata()?.len()),
        };
        total = (total.0 + files, total.1 + bytes);
    }
    Ok(total)
}

#[expect(clippy::cast_precision_loss, reason = "printed with one digit after the point")]
fn megabytes(folder: &Path) -> Result<f64> {
    Ok(count(folder)?.1 as f64 / 1e6)
}
