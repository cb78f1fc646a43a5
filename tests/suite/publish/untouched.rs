//! A build that fails leaves every byte of the published site, whatever names `static/` contains and at
//! whatever stage it fails; a build that works publishes what the program writes and not a file of that name.

#![expect(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{DAYS, Tree, everything};
use crate::support::random::{Random, number};
use crate::support::{SMALL, gongbao, write};

/// How many random sets of names are tried in each mode. `GONGBAO_ROUNDS` sets another number.
const ROUNDS: u64 = 6;
/// Where the random numbers begin. `GONGBAO_SEED` sets another place.
const SEED: u64 = 20_261_126;

/// The stage at which a build is made to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// Reading the content.
    Content,
    /// Rendering a page.
    Template,
    /// Checking links, when all pages have been written.
    Link,
    /// Writing a file.
    FileSize,
    /// Taking the lock.
    Lock,
}

const FAULTS: [Fault; 6] =
    [Fault::None, Fault::Content, Fault::Template, Fault::Link, Fault::FileSize, Fault::Lock];

impl Fault {
    fn prepare(self, site: &Path) {
        match self {
            Self::None | Self::FileSize => {}
            Self::Content => write(site, &[("content/topics.toml", "[[topic]\n")]),
            Self::Template => write(site, &[("templates/404.html", "{{ nothing.there }}\n")]),
            Self::Link => write(site, &[("templates/404.html", "<a href=\"nowhere/\">x</a>\n")]),
            Self::Lock => {
                let _ = fs::remove_file(site.join(".public.gongbao-lock"));
                fs::create_dir(site.join(".public.gongbao-lock")).unwrap();
            }
        }
    }

    fn undo(self, site: &Path) {
        for folder in ["static", "templates"] {
            let _ = fs::remove_dir_all(site.join(folder));
        }
        let _ = fs::remove_file(site.join("content/topics.toml"));
        if self == Self::Lock {
            fs::remove_dir(site.join(".public.gongbao-lock")).unwrap();
        }
    }

    fn build(self, site: &Path) -> Option<i32> {
        let limit = if self == Self::FileSize { "ulimit -f 8" } else { "true" };
        let line = format!("trap '' XFSZ; {limit}; exec \"$0\" build --as-of {}", DAYS[1]);
        let mut command = Command::new("sh");
        command.current_dir(site).args(["-c", &line, env!("CARGO_BIN_EXE_gongbao")]);
        command.output().unwrap().status.code()
    }
}

fn configure(site: &Path, precompress: bool) {
    let build = if precompress { "\n[build]\nprecompress = [\"br\", \"gzip\"]\n" } else { "" };
    write(site, &[("config.toml", &format!("{}{build}", SMALL[0].1))]);
}

fn build(site: &Path, day: &str) -> Tree {
    let output = gongbao(site, &["build", "--as-of", day]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    everything(&site.join("public"))
}

/// A name for a file in `static/`: mostly one that the program writes, or close to it.
fn name(random: &mut Random, written: &[String]) -> String {
    let known = &written[random.below(written.len())];
    match random.below(9) {
        0 | 1 => known.clone(),
        2 => format!("{known}.gz"),
        3 => format!("{known}.br"),
        4 => format!("{known}/inside.txt"),
        5 => known.to_uppercase(),
        6 => known.rsplit_once('/').map_or("SHA256SUMS", |(folder, _)| folder).to_owned(),
        7 => format!("search/pieces/{:012x}.bin", random.below(1 << 30)),
        _ => format!("notes/{}.txt", random.below(4)),
    }
}

/// Returns whether a name belongs to the program: it writes that file, a folder there, or a file in its place.
fn is_owned(name: &str, written: &[String]) -> bool {
    let name = name.to_lowercase();
    let below =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let clashes = |path: &String| {
        let path = path.to_lowercase();
        path == name || below(&path, &name) || below(&name, &path)
    };
    below("search", &name) || written.iter().any(clashes)
}

/// Writes a file into `static/`, if no other file is in the way.
fn put(site: &Path, name: &str) -> bool {
    let path = site.join("static").join(name);
    !path.is_dir()
        && fs::create_dir_all(path.parent().unwrap()).is_ok()
        && fs::write(&path, format!("not the program's: {name}\n").repeat(400)).is_ok()
}

fn round(site: &Path, random: &mut Random, whole: &[Tree; 2]) {
    let written: Vec<_> = whole[0].keys().map(|path| path.to_str().unwrap().to_owned()).collect();
    let fault = FAULTS[random.below(FAULTS.len())];
    let names: BTreeSet<_> = (0..1 + random.below(3)).map(|_| name(random, &written)).collect();
    let names: Vec<_> = names.into_iter().filter(|name| put(site, name)).collect();
    let owned = names.iter().any(|name| is_owned(name, &written));
    fault.prepare(site);
    let code = fault.build(site);
    let check = gongbao(site, &["check"]);
    let (now, said) = (everything(&site.join("public")), String::from_utf8_lossy(&check.stderr).into_owned());
    let case = format!("{fault:?} {names:?}\n{said}");
    if code == Some(0) {
        assert!(fault == Fault::None && !owned, "published: {case}");
        let own = whole[1].iter().filter(|(path, _)| *path != Path::new("SHA256SUMS"));
        own.for_each(|(path, bytes)| assert!(now[path] == *bytes, "{}: {case}", path.display()));
    } else {
        assert!(now == whole[0], "the old site was changed: {case}");
    }
    let plain = fault == Fault::None && names.iter().all(|name| name.starts_with("notes/"));
    assert!(!plain || code == Some(0), "refused: {case}");
    assert!(!owned || check.status.code() == Some(1), "check finds nothing: {case}");
    fault.undo(site);
    assert!(build(site, DAYS[0]) == whole[0], "{case}");
}

fn rounds(precompress: bool) {
    let site = super::site();
    configure(site.path(), precompress);
    let whole = [DAYS[1], DAYS[0]].map(|day| build(site.path(), day));
    let whole = {
        let [second, first] = whole;
        [first, second]
    };
    let mut random = Random(number("GONGBAO_SEED", SEED) + u64::from(precompress));
    for _ in 0..number("GONGBAO_ROUNDS", ROUNDS) {
        round(site.path(), &mut random, &whole);
    }
}

#[test]
fn a_failing_build_changes_nothing() {
    rounds(false);
}

#[test]
fn a_failing_build_of_compressed_files_changes_nothing() {
    rounds(true);
}

/// Files of `static/` by these names are reported in these words, and the published site stays.
fn check(precompress: bool, names: &[(&str, &str)]) {
    let site = super::site();
    let site = site.path();
    configure(site, precompress);
    let before = build(site, DAYS[0]);
    names.iter().for_each(|(name, _)| assert!(put(site, name), "{name}"));
    for args in [&["check"][..], &["build", "--as-of", DAYS[1]]] {
        let output = gongbao(site, args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        for (name, says) in names {
            assert!(said.contains(says) && said.contains(&format!("--> static/{name}")), "{name}: {said}");
        }
        assert_eq!(said.matches("[route-collision]").count(), names.len(), "{said}");
    }
    assert!(everything(&site.join("public")) == before);
}

#[test]
fn every_file_that_the_program_writes_has_one_writer() {
    check(
        false,
        &[
            ("search/index.json", "static/search/index.json and the program both write search/index.json"),
            ("search/worker.js", "static/search/worker.js and the program both write search/worker.js"),
            ("search/pieces/0123456789ab.bin", "static/search/pieces/0123456789ab.bin is in search/"),
            ("_headers", "static/_headers and the program both write _headers"),
            ("Robots.txt", "static/Robots.txt and the program both write robots.txt"),
            ("SHA256SUMS", "static/SHA256SUMS and the program both write SHA256SUMS"),
            ("llms.txt/a", "the file llms.txt takes the place of the folder of static/llms.txt/a"),
            ("data", "the file static/data takes the place of the folder of data/"),
        ],
    );
}

#[test]
fn every_compressed_file_that_the_program_writes_has_one_writer() {
    check(
        true,
        &[
            ("zh/index.html.gz", "static/zh/index.html.gz and the program both write zh/index.html.gz"),
            ("ZH/index.html.br", "static/ZH/index.html.br and the program both write zh/index.html.br"),
            (
                "search/index.json.br",
                "static/search/index.json.br and the program both write search/index.json.br",
            ),
            (
                "search/worker.js.gz",
                "static/search/worker.js.gz and the program both write search/worker.js.gz",
            ),
            ("llms.txt.br/a", "the file llms.txt.br takes the place of the folder of static/llms.txt.br/a"),
        ],
    );
    check(true, &[("search", "the file static/search takes the place of the folder of search/")]);
}

#[test]
fn a_compressed_form_of_a_file_of_the_site_has_one_writer() {
    let site = super::site();
    write(
        site.path(),
        &[("static/a.css", "a {}\n"), ("static/a.css.gz", "mine\n"), ("static/b.gz", "mine\n")],
    );
    assert_eq!(gongbao(site.path(), &["build"]).status.code(), Some(0), "nothing else compresses");
    configure(site.path(), true);
    let said = gongbao(site.path(), &["check"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("static/a.css.gz and the program both write a.css.gz"), "{said}");
    assert!(!said.contains("b.gz"), "{said}");
}
