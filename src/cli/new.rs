//! `gongbao new`: a small site to begin with.

use std::path::Path;

use super::args::NewArgs;
use super::{Exit, console, schema};
use crate::io::{Failure, file, folder};
use crate::message;

macro_rules! starter {
    ($($from:literal => $to:literal)*) => {
        /// Where each file goes, and what it contains; they are in `starter/` of the repository.
        const FILES: &[(&str, &str)] = &[$(($to, include_str!(concat!("../../starter/", $from)))),*];
        #[cfg(test)]
        const SOURCES: &[&str] = &[$($from),*];
    };
}

starter! {
    "README.md" => "README.md"
    "config.toml" => "config.toml"
    "content/glossary.toml" => "content/glossary.toml"
    "content/instruments.toml" => "content/instruments.toml"
    "content/pages/about.en.md" => "content/pages/about.en.md"
    "content/pages/about.zh.md" => "content/pages/about.zh.md"
    "content/plans/example-2026/en.md" => "content/plans/example-2026/en.md"
    "content/plans/example-2026/zh.md" => "content/plans/example-2026/zh.md"
    "content/topics.toml" => "content/topics.toml"
    "content/translations.lock" => "content/translations.lock"
    // Under its own name it would apply to the repository.
    "gitignore" => ".gitignore"
}

/// Runs `gongbao new`.
pub(super) fn run(args: &NewArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    if !file::is_free(folder)? {
        return Err(not_empty(folder));
    }
    for (name, text) in FILES {
        folder::write(folder, name, text)?;
    }
    schema::write_all(folder, schema::FOLDER)?;
    console::tell(&next_steps(folder));
    Ok(Exit::Done)
}

fn not_empty(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::said(message!("{folder} 不是空文件夹，没有改动", "{folder} is not empty; nothing was changed"))
        .hint(message!("换一个名称，或先移走其中的文件", "choose another name, or move its files away first"))
}

fn next_steps(folder: &Path) -> String {
    let shown = folder.display();
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd '{shown}'\n") };
    format!(
        "→ {shown}\n\nNext · 接下来\n{enter}\
         \x20 gongbao serve   look at the site while you write · 边写边看\n\
         \x20 gongbao check   look for mistakes · 检查内容\n\
         \x20 gongbao build   write the site into public/ · 生成网站\n\n\
         Begin with config.toml and content/plans/; README.md says what is where.\n\
         先改 config.toml 和 content/plans/；各文件的用途见 README.md。\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_starter_is_in_the_binary() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
        let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        assert_eq!(found, SOURCES);
    }
}
