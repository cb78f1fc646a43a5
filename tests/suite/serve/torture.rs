//! `gongbao serve` under hundreds of edits of every bad kind: it stays up, shows
//! good pages meanwhile, and ends with exactly what a fresh build writes.

#![expect(clippy::unwrap_used, reason = "a test whose edits fail has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::support::serve::{Server, build, without_script};

/// How many edits there are. `GONGBAO_TORTURE` sets another number.
const EDITS: usize = 300;
/// Where the random numbers begin. `GONGBAO_SEED` sets another place.
const SEED: u64 = 20_261_121;
/// The files that are damaged, each whole again in the end.
const FILES: [&str; 6] = [
    "content/plans/2023/zh.md",
    "content/plans/2023/en.md",
    "content/plans/2022-key-points/zh.md",
    "content/plans/2022-key-points/en.md",
    "content/instruments.toml",
    "config.toml",
];

/// Random numbers, the same for the same seed (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

struct Site {
    folder: PathBuf,
    random: Random,
}

impl Site {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve/torture");
        let _ = fs::remove_dir_all(&folder);
        let site = Self { folder, random: Random(number("GONGBAO_SEED", SEED)) };
        FILES.iter().for_each(|file| site.restore(file));
        site
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Puts a file back as it is in the repository, whatever stands in its place.
    fn restore(&self, file: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_dir_all(&path);
        let _ = fs::remove_file(&path);
        fs::copy(crate::support::root().join(file), path).unwrap();
    }

    /// Writes a file whatever state its folder is in.
    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        let _ = path.parent().map(fs::create_dir_all);
        // A folder or a link may stand there: this edit then fails, as an editor's would.
        let _ = fs::write(path, bytes);
    }

    fn remove(&self, file: &str) {
        let path = self.path(file);
        let _ = fs::remove_dir_all(&path);
        let _ = fs::remove_file(&path);
    }

    fn edit(&mut self) {
        let file = FILES[self.random.below(FILES.len())];
        let whole = fs::read(crate::support::root().join(file)).unwrap();
        let cut = self.random.below(whole.len());
        match self.random.below(16) {
            0 => self.write(file, &whole[..cut.min(200)]),
            1 => self.write(file, &whole[..cut]),
            2 => self.write(file, [&whole[..cut], b"\xe4\xb8", &whole[cut..]].concat()),
            3 => self.save_beside(file, &whole),
            4 => self.remove("content/plans/2023"),
            5 => self.remove("content"),
            6 => self.write(
                "templates/task.html",
                "{% extends \"base.html\" %}{% block content %}{{ nope.x }}{% endblock %}",
            ),
            7 => self.write("templates/base.html", "{% if"),
            8 => self.remove("templates"),
            9 => self.write("themes/default/i18n/en.ftl", "= broken\nnav-home Home"),
            10 => self.remove("themes"),
            11 => self.rename("content/plans/2022-key-points", "content/plans/moved"),
            12 => self.folder_in_place(file),
            13 => self.many(),
            14 => self.link_to_nowhere(file),
            _ => self.restore(file),
        }
    }

    fn save_beside(&self, file: &str, bytes: &[u8]) {
        let beside = format!("{file}.part~");
        self.write(&beside, bytes);
        let _ = fs::rename(self.path(&beside), self.path(file));
    }

    fn rename(&self, from: &str, to: &str) {
        if fs::rename(self.path(from), self.path(to)).is_err() {
            let _ = fs::rename(self.path(to), self.path(from));
        }
    }

    fn folder_in_place(&self, file: &str) {
        self.remove(file);
        self.write(&format!("{file}/zh.md"), "?");
    }

    fn link_to_nowhere(&self, file: &str) {
        self.remove(file);
        let _ = symlink("nowhere", self.path(file));
    }

    /// As a version control system does when it changes to another branch.
    fn many(&mut self) {
        let round = self.random.below(1000);
        (0..200).for_each(|n| self.write(&format!("static/f{n}.txt"), format!("{round} {n}")));
    }

    /// Makes everything whole again, with words that were not there before.
    fn finish(&self) {
        ["templates", "themes", "static", "content/plans/moved"]
            .iter()
            .for_each(|folder| self.remove(folder));
        FILES.iter().for_each(|file| self.restore(file));
        let plan = self.path("content/plans/2023/zh.md");
        let text = fs::read_to_string(&plan).unwrap().replace("依法", "严格依法");
        fs::write(&plan, text).unwrap();
        self.write("static/last.txt", "the last edit");
    }
}

#[test]
fn it_survives_every_edit_and_ends_right() {
    let mut site = Site::new();
    let mut server = Server::start(&site.folder);
    let (task, edits) = ("/zh/plans/2023/tasks/5/", number("GONGBAO_TORTURE", EDITS as u64));
    assert_eq!(server.get(task).status, 200);
    for edit in 0..edits {
        site.edit();
        std::thread::sleep(Duration::from_millis([0, 0, 5, 30, 120][site.random.below(5)]));
        if edit % 5 == 0 {
            assert!(server.is_up(), "edit {edit}: {}", server.said());
            let (home, page) = (server.get("/en/").status, server.get(task).status);
            assert_eq!(home, 200, "edit {edit}: {}", server.said());
            assert!(matches!(page, 200 | 404), "edit {edit}: {page}, {}", server.said());
        }
    }
    site.finish();
    server.wait_for("/last.txt", "the last edit");
    server.wait_for("/__gongbao/findings?path=/zh/", "\"errors\":0");
    server.wait_for("/zh/plans/2023/", "严格依法");
    // Until what nobody announced has been looked for as well.
    std::thread::sleep(Duration::from_secs(2));
    let built = build(&site.folder, &server);
    for (path, bytes) in &built {
        let served = server.get(&format!("/{path}"));
        let body = if path.ends_with(".html") { without_script(&served.body) } else { served.body };
        assert!(body == *bytes, "/{path} is not what build writes ({})", served.status);
    }
    assert!(built.len() > 100);
    assert!(!server.said().contains("panicked"), "{}", server.said());
}
