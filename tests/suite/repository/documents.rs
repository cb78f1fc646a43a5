//! Holds the README, `ARCHITECTURE.md`, the papers in `docs/internals/` and the guides to the program and the
//! tree: commands, options, files and modules that they name exist, and both languages of a guide agree.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{gongbao, real_site, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The paths of the Markdown files in a folder, from the root.
fn markdown(folder: &str) -> Vec<String> {
    let names = fs::read_dir(root().join(folder)).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}/{name}")).collect()
}

/// Documents about the source.
fn papers() -> Vec<String> {
    let mut papers = markdown("docs/internals");
    papers.extend(["README.md", "ARCHITECTURE.md"].map(str::to_owned));
    papers
}

/// Every document that tells readers what the program does.
fn documents() -> Vec<String> {
    let mut all = papers();
    all.extend(markdown("docs/content/pages"));
    all.extend(["starter/README.md".to_owned()]);
    all
}

/// The listings of a text, each with the info of its fence, and the text without them.
fn listings(text: &str) -> (Vec<(String, String)>, String) {
    let (mut listings, mut rest, mut open) = (Vec::new(), String::new(), false);
    for line in text.lines() {
        if let Some(info) = line.strip_prefix("```") {
            open = !open;
            if open {
                listings.push((info.to_owned(), String::new()));
            }
        } else if open {
            listings.last_mut().unwrap().1 += &format!("{line}\n");
        } else {
            rest += &format!("{line} ");
        }
    }
    (listings, rest)
}

/// The stretches in code of a text.
fn inline_code(text: &str) -> Vec<String> {
    listings(text).1.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The commands of the program, each with its options.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let help =
        |args: &[&str]| String::from_utf8(gongbao(root(), &[args, &["--help"]].concat()).stdout).unwrap();
    let listed = |text: &str| -> Vec<String> {
        let rows = text.split("Commands:\n").nth(1).unwrap_or_default().lines();
        rows.map_while(|row| row.split_whitespace().next().map(str::to_owned)).collect()
    };
    let options = |text: &str| {
        let words = text.split_whitespace().filter(|word| word.starts_with("--"));
        words.map(|word| word.trim_end_matches([',', '`']).to_owned()).collect()
    };
    let mut all = BTreeMap::new();
    for command in listed(&help(&[])).into_iter().filter(|command| command != "help") {
        let text = help(&[&command]);
        for sub in listed(&text).into_iter().filter(|sub| sub != "help") {
            all.insert(format!("{command} {sub}"), options(&help(&[&command, &sub])));
        }
        all.insert(command, options(&text));
    }
    all
}

/// The fault of a line in code that runs the program.
fn fault(line: &str, commands: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let line = line.split(['#', '|', ';']).next()?;
    let words: Vec<_> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let start = words.iter().position(|word| *word == "gongbao")? + 1;
    let first = words.get(start).filter(|word| !word.starts_with("--"))?;
    if *first == "help" {
        let known = words.get(start + 1).is_some_and(|command| commands.contains_key(*command));
        return (!known).then(|| format!("there is no command: {line}"));
    }
    let pair = format!("{first} {}", words.get(start + 1).unwrap_or(&""));
    let Some(options) = commands.get(&pair).or_else(|| commands.get(*first)) else {
        return Some(format!("there is no command: {line}"));
    };
    let mut used = words[start..].iter().filter(|word| word.starts_with("--"));
    used.find(|option| !options.contains(**option)).map(|option| format!("there is no {option}: {line}"))
}

#[test]
fn commands_and_options_that_documents_name_exist() {
    let commands = commands();
    let options: BTreeSet<_> = commands.values().flatten().cloned().collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for document in documents() {
        let text = read(&document);
        let code = inline_code(&text);
        let scripts = listings(&text).0.into_iter().filter(|(info, _)| !info.starts_with("text"));
        let lines = scripts.flat_map(|(_, script)| script.lines().map(str::to_owned).collect::<Vec<_>>());
        for line in code.iter().cloned().chain(lines).filter(|line| !line.contains("cargo install")) {
            seen += usize::from(line.contains("gongbao "));
            wrong.extend(fault(&line, &commands).map(|fault| format!("{document}: {fault}")));
        }
        let alone =
            code.iter().filter_map(|code| code.split(' ').next()).filter(|word| word.starts_with("--"));
        wrong.extend(alone.filter(|word| !options.contains(*word)).map(|word| format!("{document}: {word}")));
    }
    assert_eq!(wrong, [""; 0]);
    assert!(seen > 80, "{seen} lines were read");
}

#[test]
fn the_readme_lists_every_command() {
    let readme = read("README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `gongbao ")?.split(['`', ' ']).next());
    let listed: BTreeSet<_> = rows.map(str::to_owned).collect();
    let top = commands().into_keys().filter(|command| !command.contains(' '));
    assert_eq!(listed, top.collect::<BTreeSet<_>>());
}

#[test]
fn the_readme_counts_the_tasks_and_names_the_sources_of_the_plans() {
    let readme = read("README.md");
    let site = real_site().site;
    let tasks: usize = site.plans.iter().map(|plan| plan.tasks.len()).sum();
    assert!(readme.contains(&format!("{tasks} tasks in all")), "{tasks}");
    assert_eq!(site.plans.len(), 5, "the README says five documents");
    for entry in fs::read_dir(root().join("content/plans")).unwrap() {
        let id = entry.unwrap().file_name().into_string().unwrap();
        let plan = read(&format!("content/plans/{id}/zh.md"));
        let source = plan.lines().find_map(|line| line.strip_prefix("source = \"")?.strip_suffix('"'));
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{id}` |"))).unwrap();
        let stated = source.map_or("the source states no address".to_owned(), |url| format!("<{url}>"));
        assert!(row.contains(&stated), "{row} {stated}");
    }
}

/// Returns whether a path of Rust names leads to a module, or to an item of one.
fn leads_somewhere(path: &str) -> bool {
    let (crate_folder, path) = match path.strip_prefix("gongbao_search::") {
        Some(path) => ("search/src", path),
        None => ("src", path),
    };
    let (mut folder, mut code) = (root().join(crate_folder), String::new());
    let names: Vec<_> = path.split("::").collect();
    for (nth, name) in names.iter().enumerate() {
        let files = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        match files.iter().find(|file| file.exists()) {
            Some(file) => (code, folder) = (fs::read_to_string(file).unwrap(), folder.join(name)),
            None => return nth + 1 == names.len() && declares(&code, name),
        }
    }
    true
}

/// Returns whether a file declares an item of that name.
fn declares(code: &str, name: &str) -> bool {
    let follows = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    ["fn", "struct", "enum", "type", "trait", "const"]
        .iter()
        .any(|word| code.split(&format!("{word} {name}")).skip(1).any(follows))
}

#[test]
fn modules_and_files_that_the_papers_name_exist() {
    assert!(leads_somewhere("routes::page_url") && !leads_somewhere("routes::page_ur"));
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for paper in papers() {
        for code in inline_code(&read(&paper)) {
            let names = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
            let exists = if code.contains("::") && code.chars().all(names) {
                leads_somewhere(&code)
            } else if code.contains('/') && !code.contains(['*', '<', ' ', '…']) {
                // Nothing is built yet in a fresh clone, and `target` may be elsewhere.
                if code.starts_with("target/") {
                    continue;
                }
                let folders = [root().to_owned(), root().join("src")];
                let first = Path::new(&code).iter().next().unwrap();
                let home = folders.iter().find(|folder| folder.join(first).exists());
                home.is_none_or(|folder| folder.join(&code).exists())
            } else {
                continue;
            };
            seen += 1;
            if !exists {
                wrong.push(format!("{paper}: there is no {code}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(seen > 100, "{seen} names were read");
}

#[test]
fn both_languages_of_a_guide_tell_the_same_commands() {
    for guide in ["deployment", "editor-guide", "theme-guide"] {
        let texts = ["en", "zh"].map(|lang| read(&format!("docs/content/pages/{guide}.{lang}.md")));
        let [en, zh] = texts.each_ref().map(|text| {
            let all = listings(text).0.into_iter().filter(|(info, _)| info != "text output");
            all.collect::<Vec<_>>()
        });
        assert_eq!(en, zh, "{guide}");
        let [en, zh] = texts.each_ref().map(|text| {
            let code = inline_code(text).join(" ");
            let options = code.split(' ').filter(|word| word.starts_with("--")).map(str::to_owned);
            options.collect::<BTreeSet<_>>()
        });
        assert_eq!(en, zh, "{guide}");
    }
}

#[test]
fn the_pipelines_of_the_guide_use_a_compiler_that_is_new_enough() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let version = manifest["workspace"]["package"]["rust-version"].as_str().unwrap().to_owned();
    for lang in ["en", "zh"] {
        let guide = read(&format!("docs/content/pages/deployment.{lang}.md"));
        assert!(guide.contains(&format!("image: rust:{version}\n")), "{lang}");
    }
}
