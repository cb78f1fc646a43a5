//! Holds the structure of the code: circles of imports, sizes of folders, names of types, types of indices.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::architecture::{is_test, root, rust_files};

/// The path of a module from the crate root: `["resolve", "plans"]`.
type ModulePath = Vec<String>;

/// The code of every module, its tests aside.
fn modules() -> BTreeMap<ModulePath, String> {
    let files = rust_files("src").into_iter().filter(|file| !is_test(file));
    let module = |file: &std::path::PathBuf| {
        let inside = file.strip_prefix(root().join("src")).unwrap().with_extension("");
        let mut path: ModulePath = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if ["mod", "lib"].contains(&path.last().unwrap().as_str()) {
            path.pop();
        }
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    };
    files.filter(|file| !file.ends_with("main.rs")).map(|file| module(&file)).collect()
}

/// The paths of a tree of imports: `a::{b, c::D}` is `a::b` and `a::c::D`.
fn expand(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let inside = inside.rsplit_once('}').unwrap().0;
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expand(&format!("{}{}", before.trim(), part.trim()))).collect()
}

/// The imports of some code, each with whether it is made public again.
fn imports(code: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for statement in code.split(';') {
        let at = statement.rfind("\nuse ").map(|at| (at + 1, false));
        let public =
            statement.rfind("\npub use ").or(statement.rfind("\npub(crate) use ")).map(|at| (at, true));
        if let Some((at, is_public)) = at.max(public) {
            let tree = statement[at..].split_once("use ").unwrap().1;
            found.extend(expand(&tree.replace('\n', " ")).into_iter().map(|path| (path, is_public)));
        }
    }
    // Paths that are written out where they are used.
    let outside = code.lines().filter(|line| !line.contains("use "));
    for line in outside {
        for start in ["crate::", "super::"] {
            found.extend(line.match_indices(start).map(|(at, _)| {
                let end = line[at..].find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
                (line[at..end.map_or(line.len(), |end| at + end)].trim_end_matches(':').to_owned(), false)
            }));
        }
    }
    found
}

/// The path from the crate root that an import of a module means.
fn absolute(module: &ModulePath, import: &str, all: &BTreeMap<ModulePath, String>) -> Option<ModulePath> {
    let mut parts = import.split("::").map(str::trim).peekable();
    let mut path = module.clone();
    match parts.next()? {
        "crate" => path.clear(),
        "self" => {}
        "super" => {
            path.pop();
            while parts.next_if_eq(&"super").is_some() {
                path.pop();
            }
        }
        child => {
            path.push(child.to_owned());
            all.contains_key(&path).then_some(())?;
        }
    }
    path.extend(parts.map(str::to_owned));
    Some(path)
}

/// The module that has what a path names, behind re-exports.
fn owner(
    path: &ModulePath,
    all: &BTreeMap<ModulePath, String>,
    again: &BTreeMap<(ModulePath, String), ModulePath>,
) -> Option<ModulePath> {
    let mut at =
        (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|path| all.contains_key(path))?;
    while let Some(next) = path.get(at.len()).and_then(|name| again.get(&(at.clone(), name.clone()))) {
        if *next == at {
            break;
        }
        at.clone_from(next);
    }
    Some(at)
}

/// The modules that each module imports.
fn graph() -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
    let all = modules();
    let mut again = BTreeMap::new();
    for (module, code) in &all {
        for (import, _) in imports(code).into_iter().filter(|(_, is_public)| *is_public) {
            let Some(path) = absolute(module, &import, &all) else { continue };
            if let Some(at) = owner(&path, &all, &BTreeMap::new()) {
                again.insert((module.clone(), path.last().unwrap().clone()), at);
            }
        }
    }
    let edges = |(module, code): (&ModulePath, &String)| {
        let paths = imports(code).into_iter().filter(|(_, is_public)| !is_public);
        let paths = paths.filter_map(|(import, _)| absolute(module, &import, &all));
        let owners = paths.filter_map(|path| owner(&path, &all, &again)).filter(|owner| owner != module);
        (module.clone(), owners.collect())
    };
    all.iter().map(edges).collect()
}

/// The modules that each module reaches through its imports.
fn reached(graph: &BTreeMap<ModulePath, BTreeSet<ModulePath>>, from: &ModulePath) -> BTreeSet<ModulePath> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        open.extend(graph[module].iter().filter(|next| seen.insert((*next).clone())));
    }
    seen
}

#[test]
fn circles_of_imports_are_small_and_inside_one_folder() {
    let graph = graph();
    assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 1000, "imports are found");
    let reached: BTreeMap<_, _> = graph.keys().map(|module| (module, reached(&graph, module))).collect();
    let circle = |module: &ModulePath| -> BTreeSet<String> {
        let both = reached[module].iter().filter(|other| reached[other].contains(module));
        both.map(|path| path.join("::")).collect()
    };
    let circles: BTreeSet<_> = graph.keys().map(circle).filter(|circle| circle.len() > 1).collect();
    for circle in circles {
        let folders: BTreeSet<_> = circle.iter().map(|path| path.split("::").next().unwrap()).collect();
        assert!(folders.len() == 1, "a circle of several folders: {circle:?}");
        assert!(circle.len() <= 6, "a circle of {} modules: {circle:?}", circle.len());
    }
}

#[test]
fn no_folder_has_more_than_15_percent_of_the_code() {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for (path, code) in modules() {
        *lines.entry(path.first().cloned().unwrap_or_default()).or_default() += code.lines().count();
    }
    let all: usize = lines.values().sum();
    let large: Vec<_> = lines.iter().filter(|(_, lines)| **lines * 100 > all * 15).collect();
    assert!(large.is_empty(), "of {all} lines: {large:?}");
}

/// Names that mean the same in several modules.
const SHARED_NAMES: [&str; 1] = ["Span"];

#[test]
fn a_type_name_is_used_once() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in modules() {
        for line in code.lines() {
            let words: Vec<&str> = line.split([' ', '<', '(', '{', ';', '=', ':']).collect();
            let kind =
                words.iter().position(|word| ["struct", "enum", "type", "trait", "union"].contains(word));
            let Some(at) =
                kind.filter(|at| words[..*at].iter().all(|word| word.is_empty() || word.starts_with("pub")))
            else {
                continue;
            };
            // Types of an implementation are those of its trait.
            if words[at] == "type" && line.starts_with("    ") {
                continue;
            }
            places.entry(words[at + 1].to_owned()).or_default().insert(path.join("::"));
        }
    }
    assert!(places.len() > 400, "types are found");
    let several: Vec<_> = places
        .iter()
        .filter(|(name, places)| places.len() > 1 && !SHARED_NAMES.contains(&name.as_str()))
        .collect();
    assert!(several.is_empty(), "{several:#?}");
}

/// An index of a list of the site has a type of its own; see `model::index`.
#[test]
fn no_number_without_a_type_is_an_index() {
    let names = [
        "plan",
        "node",
        "task",
        "block",
        "instrument",
        "topic",
        "thread",
        "link",
        "term",
        "page",
        "correction",
        "milestone",
        "evidence",
    ];
    let is_bare = |line: &str, name: &str| {
        [format!("{name}: "), format!("{name}_index: ")].iter().any(|start| {
            line.match_indices(start.as_str()).any(|(at, _)| {
                let begins =
                    line[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
                let kind = line[at + start.len()..].trim_start_matches(['&', '[']);
                let kind = kind.trim_start_matches("Option<").trim_start_matches("Vec<");
                begins && kind.starts_with("usize")
            })
        })
    };
    let of_site =
        ["site", "resolve", "routes", "views", "exports", "index", "check", "suggest", "serve", "model"];
    let mut wrong = Vec::new();
    for (path, code) in modules() {
        if path.first().is_none_or(|folder| !of_site.contains(&folder.as_str())) {
            continue;
        }
        let bare = code.lines().filter(|line| names.iter().any(|name| is_bare(line, name)));
        wrong.extend(bare.map(|line| format!("{}: {}", path.join("::"), line.trim())));
    }
    assert_eq!(wrong, [""; 0]);
}
