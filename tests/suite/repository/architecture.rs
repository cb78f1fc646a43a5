//! Holds `ARCHITECTURE.md` to the tree.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder of the repository.
pub(super) fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The table of modules: each with what it may import, in the order of the page.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = page.split("## Modules").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        (words(cells[1]).remove(0), words(cells[3]).into_iter().collect())
    })
    .collect()
}

/// The top-level module a file belongs to; `None` for the crate root and the binary.
fn module(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "main"].contains(&name)).then(|| name.to_owned())
}

/// Returns whether a file has tests only.
pub(super) fn is_test(file: &Path) -> bool {
    file.components().any(|part| ["tests", "tests.rs"].contains(&part.as_os_str().to_str().unwrap()))
}

/// The modules that a file names as `crate::x`, its tests aside.
fn imports(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let named = code.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(rest.len());
        (end > 0 && !rest[end..].starts_with('!')).then(|| rest[..end].to_owned())
    });
    // The macro `message!` belongs to `base`.
    named.filter(|name| name != "message").collect()
}

#[test]
fn every_module_is_on_the_page_and_in_order() {
    let table = table();
    let listed: BTreeSet<_> = table.iter().map(|(name, _)| name.clone()).collect();
    let found: BTreeSet<_> = rust_files("src").iter().filter_map(|file| module(file)).collect();
    assert_eq!(listed, found);
    let mut above = BTreeSet::new();
    for (name, allowed) in &table {
        assert!(allowed.is_subset(&above), "{name} may import only what stands above it");
        above.insert(name.clone());
    }
}

/// Each row names files and folders that exist, and behind a Rust file a function that it has.
#[test]
fn the_places_to_change_exist() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = page.split("## Where do I change").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<_> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() >= 10);
    for row in rows {
        let mut file = PathBuf::new();
        for word in row.split('|').nth(2).unwrap().split('`').skip(1).step_by(2) {
            if word.contains('/') || word.contains('.') {
                let beside = file.with_file_name(word);
                file = if word.contains('/') { root().join(word) } else { beside };
                assert!(file.exists(), "{row}: there is no {word}");
            } else {
                let code = fs::read_to_string(&file).unwrap();
                assert!(code.contains(&format!("fn {word}(")), "{row}: {} has no {word}", file.display());
            }
        }
    }
}

#[test]
fn modules_import_only_what_the_page_allows() {
    let allowed: BTreeMap<_, _> = table().into_iter().collect();
    let (mut wrong, mut used) = (Vec::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for file in rust_files("src") {
        let Some(module) = module(&file).filter(|_| !is_test(&file)) else { continue };
        for import in imports(&file).into_iter().filter(|import| *import != module) {
            if !allowed[&module].contains(&import) {
                wrong.push(format!("{} imports {import}", file.display()));
            }
            used.entry(module.clone()).or_default().insert(import);
        }
    }
    assert_eq!(wrong, [""; 0]);
    for (module, allowed) in &allowed {
        let used = used.remove(module).unwrap_or_default();
        assert_eq!(*allowed, used, "{module}: the page allows what is not used");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let all = ["src", "tests", "search/src", "xtask/src"].iter().flat_map(|folder| rust_files(folder));
    let silent: Vec<_> = all
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert_eq!(silent, [""; 0]);
}

/// A doc comment begins with the noun that names the thing.
#[test]
fn no_doc_comment_begins_with_what() {
    let all = ["src", "search/src", "xtask/src", "fuzz"].iter().flat_map(|folder| rust_files(folder));
    let begins = |line: &str| {
        let text = line.trim_start();
        text.starts_with("/// What ") || text.starts_with("//! What ")
    };
    let wrong: Vec<_> = all
        .flat_map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let lines = text.lines().enumerate().filter(|(_, line)| begins(line));
            lines.map(|(at, line)| format!("{}:{}: {line}", file.display(), at + 1)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn only_the_outer_modules_touch_the_outside() {
    let outside =
        ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now", "Zoned::now"];
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        if module(&file).is_none_or(|m| ["io", "cli"].contains(&m.as_str())) {
            continue;
        }
        if is_test(&file) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        wrong.extend(
            outside.iter().filter(|word| code.contains(**word)).map(|w| format!("{}: {w}", file.display())),
        );
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn html_is_made_in_one_module() {
    let marker = "safe_string";
    let makers: Vec<_> = rust_files("src")
        .into_iter()
        .filter(|file| fs::read_to_string(file).unwrap().contains(marker))
        .map(|file| file.strip_prefix(root()).unwrap().display().to_string())
        .collect();
    assert_eq!(makers, ["src/html/mod.rs"]);
    let templates = fs::read_dir(root().join("themes/default/templates")).unwrap();
    for template in templates.map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&template).unwrap();
        assert!(!text.contains("| safe"), "{} gets round escaping", template.display());
    }
}

#[test]
fn files_stay_small() {
    for file in rust_files("src") {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.split("#[cfg(test)]\nmod tests").next().unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines; split it", file.display());
    }
}
