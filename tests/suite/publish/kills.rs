//! Builds are killed at every stage, also while they compress files and while names collide: the output
//! is the whole old site or the whole new one, and the next build leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{DAYS, Tree, everything};
use crate::support::random::{Random, number};
use crate::support::{SMALL, gongbao, write};

/// How many builds are killed. `GONGBAO_KILLS` sets another number.
const KILLS: u64 = 60;
/// Where the random numbers begin. `GONGBAO_SEED` sets another place.
const SEED: u64 = 20_261_121;
/// How often the disk is looked at for the moment to kill.
const LOOK: Duration = Duration::from_micros(200);

/// The moment at which a build is killed.
#[derive(Clone, Copy, Debug)]
enum Aim {
    /// After so many thousandths of the time that a build takes.
    Time(usize),
    /// Once so many files of the new site are there.
    Files(usize),
    /// Once the list of files is there: the site is whole, and is not published yet.
    Whole,
    /// Once the new site is in its place: the old one is being removed.
    Exchanged,
}

impl Aim {
    fn random(random: &mut Random) -> Self {
        match random.below(5) {
            0 => Self::Time(random.below(1000)),
            1 | 2 => Self::Files(1 + random.below(160)),
            3 => Self::Whole,
            _ => Self::Exchanged,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Time(_) => "at a time",
            Self::Files(_) => "while writing",
            Self::Whole => "before the exchange",
            Self::Exchanged => "after the exchange",
        }
    }

    /// Starts a build and waits for the moment, or until the build has ended.
    fn start(self, folder: &Path, day: &str, longest: Duration) -> Child {
        let (begin, old, left) = (Instant::now(), inode(folder), entries(folder));
        let mut child = start(folder, day);
        // What killed builds left is not the new site.
        let staging =
            || staging(folder).filter(|new| !left.contains(new.file_name().unwrap().to_str().unwrap()));
        let is_reached = || match self {
            Self::Time(part) => begin.elapsed() > longest * u32::try_from(part).unwrap() / 1000,
            Self::Files(least) => staging().is_some_and(|new| count(&new) >= least),
            Self::Whole => staging().is_some_and(|new| new.join("SHA256SUMS").exists()),
            Self::Exchanged => inode(folder) != old,
        };
        while !is_reached() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(LOOK);
        }
        child
    }
}

fn inode(folder: &Path) -> Option<u64> {
    fs::metadata(folder.join("public")).ok().map(|public| public.ino())
}

/// The folder in which the new site is written.
fn staging(folder: &Path) -> Option<PathBuf> {
    let is_staging = |name: &String| name.starts_with(".public.gongbao-new");
    entries(folder).into_iter().find(is_staging).map(|name| folder.join(name))
}

/// How many files are below a folder that may change meanwhile.
fn count(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
}

/// The names in a folder, hidden ones too.
fn entries(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

fn start(folder: &Path, day: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongbao"));
    command.current_dir(folder).args(["build", "--as-of", day]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn published(folder: &Path) -> Option<Tree> {
    let out = folder.join("public");
    out.exists().then(|| everything(&out))
}

fn build(folder: &Path, day: usize) -> Tree {
    let output = gongbao(folder, &["build", "--as-of", DAYS[day]]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    published(folder).unwrap()
}

/// Names in `static/` that the program writes, so that builds fail.
const COLLIDING: &[(&str, &str)] =
    &[("static/search/index.json", "{}\n"), ("static/zh/index.html.gz", "x\n"), ("static/_headers", "x\n")];

#[test]
fn a_killed_build_leaves_the_whole_old_site_or_the_whole_new_one() {
    let site = super::site();
    let folder = site.path();
    let config = format!("{}\n[build]\nprecompress = [\"br\", \"gzip\"]\n", SMALL[0].1);
    write(folder, &[("config.toml", &config)]);
    let begin = Instant::now();
    let whole = [0, 1].map(|day| build(folder, day));
    let (longest, left) = (begin.elapsed() / 2, entries(folder));
    assert!(whole[0] != whole[1]);
    let mut random = Random(number("GONGBAO_SEED", SEED));
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    let (mut killed, mut tries) = (0, 0);
    while killed < number("GONGBAO_KILLS", KILLS) {
        tries += 1;
        let (day, collides) = (random.below(2), random.below(4) == 0);
        // A build that fails at names never writes: only the time tells where it is.
        let aim = if collides { Aim::Time(random.below(700)) } else { Aim::random(&mut random) };
        // Every sixth is the first build of a site.
        if random.below(6) == 0 {
            let _ = fs::remove_dir_all(folder.join("public"));
        }
        if collides {
            write(folder, COLLIDING);
        }
        let before = published(folder);
        let mut child = aim.start(folder, DAYS[day], longest);
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        let after = published(folder);
        let is_kill = ended.code().is_none();
        killed += u64::from(is_kill);
        let is_new = after.as_ref() == Some(&whole[day]) && !collides;
        assert!(
            is_new || (after == before && !ended.success()),
            "torn: {aim:?} {collides} after {killed} kills"
        );
        let state = if is_new && before != after { "new" } else { "old" };
        let ending = if is_kill { "killed" } else { "ended" };
        *seen
            .entry(format!("{ending} {}{}, {state}", aim.name(), if collides { ", colliding" } else { "" }))
            .or_default() += 1;
        let _ = fs::remove_dir_all(folder.join("static"));
        if tries % 8 == 0 {
            assert!(build(folder, 0) == whole[0], "the next build works");
            assert_eq!(entries(folder), left, "the next build leaves nothing behind");
        }
    }
    println!("{killed} kills, none torn: {seen:#?}");
}

#[test]
fn builds_at_once_do_not_mix() {
    let site = super::site();
    let whole = [0, 1].map(|day| build(site.path(), day));
    for _ in 0..4 {
        let builds: Vec<Child> = (0..6).map(|n| start(site.path(), DAYS[n % 2])).collect();
        let codes: Vec<_> = builds.into_iter().map(|mut build| build.wait().unwrap().code()).collect();
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 3))), "{codes:?}");
        assert!(codes.contains(&Some(0)), "one of them publishes");
        assert!(whole.contains(&published(site.path()).unwrap()));
    }
}
