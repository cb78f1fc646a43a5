//! `tests/spec/bad-input.toml`, row by row, through the real binary.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::support::{gongbao, tree};
use tempfile::TempDir;
use toml::{Table, Value};

/// The longest that any input may take, with a program that is not optimised on a machine that
/// does other things too. What loops for ever takes longer.
const PATIENCE: Duration = Duration::from_secs(300);

static SPEC: LazyLock<Table> = LazyLock::new(|| {
    let path = crate::support::root().join("tests/spec/bad-input.toml");
    fs::read_to_string(path).unwrap().parse().unwrap()
});

/// The good site, published.
static GOOD: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in SPEC["base"].as_table().unwrap() {
        crate::support::write(folder.path(), &[(path, text.as_str().unwrap())]);
    }
    let output = gongbao(folder.path(), &["build"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
});

fn rows() -> impl Iterator<Item = &'static Table> {
    SPEC["row"].as_array().unwrap().iter().map(|row| row.as_table().unwrap())
}

/// Every file of a site but what is published, and what is published.
fn both(folder: &Path) -> [BTreeMap<PathBuf, Vec<u8>>; 2] {
    let is_file = |path: &Path| fs::metadata(folder.join(path)).is_ok_and(|found| found.is_file());
    let mut files = BTreeMap::new();
    for path in list(folder) {
        // What a build that gave up left over is removed by the next one; what is kept for the next
        // one may be deleted at any time.
        let first = path.iter().next().unwrap().to_str().unwrap();
        let is_output = first == "public" || first.starts_with(".public.gongbao-");
        if is_file(&path) && !is_output {
            files.insert(path.clone(), fs::read(folder.join(&path)).unwrap());
        }
    }
    [files, tree(&folder.join("public"))]
}

/// The paths of all entries below a folder that are not folders; links are not followed.
fn list(folder: &Path) -> Vec<PathBuf> {
    let output = Command::new("find").current_dir(folder).args(["-type", "f", "-print0"]).output().unwrap();
    let paths = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    paths.map(|path| PathBuf::from(OsStr::from_bytes(&path[2..]))).collect()
}

/// Makes the site bad.
fn spoil(folder: &Path, row: &Table) {
    let binary = env!("CARGO_BIN_EXE_gongbao");
    if let Some(line) = row.get("shell") {
        let done =
            Command::new("sh").current_dir(folder).args(["-c", line.as_str().unwrap(), binary]).status();
        assert!(done.unwrap().success(), "{line}");
    }
    let Some(file) = row.get("file") else { return };
    let path = folder.join(file.as_str().unwrap());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(path, bytes(row, &before)).unwrap();
}

/// The bytes of the bad file.
fn bytes(row: &Table, before: &str) -> Vec<u8> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of = |key: &str| row.get(key);
    if let Some(new) = of("text") {
        return text(new).into_bytes();
    }
    if let Some(more) = of("append") {
        return (before.to_owned() + &text(more)).into_bytes();
    }
    if let Some(hex) = of("hex").map(text) {
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        return (0..hex.len()).step_by(2).map(byte).collect();
    }
    if let Some([from, to]) = of("replace").map(|pair| pair.as_array().unwrap().as_slice()) {
        assert!(before.contains(&text(from)), "there is {from}");
        return before.replacen(&text(from), &text(to), 1).into_bytes();
    }
    let Some([first, again, times, last]) = of("fill").map(|parts| parts.as_array().unwrap().as_slice())
    else {
        panic!("the row says what is bad: {row:?}")
    };
    let times = usize::try_from(times.as_integer().unwrap()).unwrap();
    format!("{}{}{}", text(first), text(again).repeat(times), text(last)).into_bytes()
}

/// Runs the binary. Gives all it said and its exit code. The limit for compiling is for people who wait: a
/// program that is not optimised may take longer on a machine that does other things too.
fn run(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let compiles = ["build", "check"].contains(&args[0]);
    let limit: &[&str] = if compiles { &["--compile-limit", "300"] } else { &[] };
    let said = fs::File::create(folder.with_extension("said")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongbao"))
        .current_dir(folder)
        .args(args)
        .args(limit)
        .stdin(Stdio::null())
        .stdout(said.try_clone().unwrap())
        .stderr(said)
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let path = folder.with_extension("said");
    let said = fs::read(&path).unwrap();
    fs::remove_file(path).unwrap();
    (String::from_utf8_lossy(&said[..said.len().min(200_000)]).into_owned(), status.and_then(|s| s.code()))
}

/// What is wrong with how a row ends; nothing if it ends as it says.
fn judge(row: &Table) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let copied = Command::new("cp").arg("-a").args([GOOD.path(), &site]).status().unwrap();
    assert!(copied.success());
    spoil(&site, row);
    let [files, published] = both(&site);
    let args: Vec<&str> = match row.get("run") {
        Some(args) => args.as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect(),
        None => vec!["build"],
    };
    let (said, code) = run(&site, &args);
    let [files_after, published_after] = both(&site);
    let exit = row["exit"].as_integer().unwrap();
    let ensure = |ok: bool, what: &str| if ok { Ok(()) } else { Err(format!("{what}\n{said}")) };
    ensure(code.map(i64::from) == Some(exit), &format!("ended with {code:?}, not {exit}"))?;
    for words in row["says"].as_array().unwrap() {
        ensure(said.contains(words.as_str().unwrap()), &format!("does not say {words}"))?;
    }
    ensure(!said.contains("panicked"), "panicked")?;
    let is_bilingual = said.contains(" · ") || said.contains("不");
    ensure(exit == 2 || said.is_empty() || is_bilingual, "is not in both languages")?;
    ensure(files == files_after, "changed a file of the site")?;
    // `check` gives the same verdict: the same exit code, and where nothing is published the same findings.
    if !row.contains_key("run") && exit < 2 {
        let (checked, code) = run(&site, &["check"]);
        ensure(code.map(i64::from) == Some(exit), &format!("`check` ended with {code:?}\n{checked}"))?;
        ensure(exit == 0 || checked == said, &format!("`check` said\n{checked}"))?;
    }
    ensure(exit == 0 || published == published_after, "changed the published site")
}

#[test]
fn every_row_ends_as_the_table_says() {
    let only = std::env::var("GONGBAO_ROW").ok();
    let chosen = |row: &&Table| only.as_ref().is_none_or(|only| row["name"].as_str().unwrap().contains(only));
    let rows: Vec<_> = rows().filter(chosen).collect();
    let wrong: Vec<String> = {
        use rayon::prelude::*;
        let one = |row: &&Table| judge(row).err().map(|what| format!("— {}: {what}", row["name"]));
        rows.par_iter().filter_map(one).collect()
    };
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    println!("{} rows", rows.len());
}

#[test]
fn the_table_is_long_and_says_things_once() {
    let names: std::collections::BTreeSet<_> = rows().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), rows().count());
    assert!(names.len() >= 60, "{} rows", names.len());
}

#[cfg(test)]
mod unreadable {
    //! A folder that may not be read: root may, but for one without its capabilities.

    use super::*;

    #[test]
    fn is_named_and_nothing_is_lost() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        assert!(Command::new("cp").arg("-a").args([GOOD.path(), &site]).status().unwrap().success());
        let before = tree(&site.join("public"));
        let locked = site.join("content/plans/2025");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        let mut command = Command::new("unshare");
        command.args(["--user", env!("CARGO_BIN_EXE_gongbao"), "build"]).current_dir(&site);
        let output = command.output();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
        let said =
            output.map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
        if said.is_empty() || said.contains("unshare") {
            println!("SKIPPED: this machine does not let us give up the rights of root");
            return;
        }
        assert!(said.contains("content/plans/2025") && said.contains("无法读取文件夹"), "{said}");
        assert_eq!(tree(&site.join("public")), before);
    }
}
