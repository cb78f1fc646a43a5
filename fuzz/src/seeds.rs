//! Seeds of fuzzing: the real texts of the repository, cut as each target reads them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Words that the readers look for; a mutation may put one anywhere.
pub(crate) const WORDS: &[&str] = &[
    "《",
    "》",
    "〈",
    "〉",
    "（",
    "）",
    "(",
    ")",
    "年",
    "月",
    "日",
    "底前",
    "前",
    "末",
    "完成",
    "持续推进",
    "每年",
    "每季度",
    "第一季度",
    "上半年",
    "“十四五”",
    "期间",
    "至",
    "以下简称",
    "负责",
    "牵头",
    "参与",
    "以内",
    "以上",
    "%",
    "个月",
    "万件",
    "。",
    "；",
    "、",
    "一、",
    "（一）",
    "1. ",
    "#### 5. ",
    "## ",
    "- ",
    "> ",
    "|---|",
    "**",
    "[",
    "](",
    "![",
    "<b>",
    "```",
    "+++\n",
    "[[milestones]]\n",
    "due = ",
    "title = ",
    "kind = \"annual-plan\"\n",
    "\"\"\"",
    "2023-02-30",
    "plan:",
    "year:",
    "due:",
    "topic:",
    "..",
    "“",
    "”",
    "〔2023〕4号",
    "附件",
    "\n",
    "\n\n",
    "\u{0}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{3000}",
    "\r\n",
    "\t",
    "####",
    "＃",
    "    ",
    "2、",
    "２．",
    "（2）",
    "⒉",
    "\u{a0}",
    "~~",
    "_",
    "*",
    "***",
    "\\",
    "&amp;",
    "[注]: 甲\n",
    "===\n",
    "---\n",
    "~~~\n",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> b\n",
];

/// The seeds of every target, from the repository at `root`, in an order that does not change.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn all(root: &Path) -> io::Result<BTreeMap<&'static str, Vec<Vec<u8>>>> {
    let markdown = texts(&root.join("content"), "md")?;
    let originals = texts(&root.join("content/plans"), "zh.md")?;
    let mut sources = files(&root.join("tests/sources"), "txt")?;
    sources.extend(files(&root.join("tests/import"), "txt")?);
    let specs = texts(&root.join("tests/spec"), "md")?;
    let lines = || originals.iter().chain(&specs).flat_map(|text| text.lines()).filter(|line| line.len() > 6);
    let lines: Vec<Vec<u8>> = lines().map(|line| line.as_bytes().to_vec()).collect();
    let heads = markdown.iter().filter_map(|text| text.split_inclusive("+++\n").nth(1).map(head));
    Ok(BTreeMap::from([
        ("import", sources.iter().flat_map(|source| parts(source)).collect()),
        ("front_matter", heads.collect()),
        ("markdown", markdown.iter().flat_map(|text| parts(text.as_bytes())).collect()),
        ("deadlines", lines.clone()),
        ("citations", lines),
        ("query", queries(root)?),
        ("bundle", scripts()),
    ]))
}

fn head(toml: &str) -> Vec<u8> {
    format!("+++\n{toml}\n").into_bytes()
}

/// A text, and pieces of it that are quickly read.
fn parts(text: &[u8]) -> Vec<Vec<u8>> {
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let pieces = lines.chunks(24).map(<[_]>::concat);
    std::iter::once(text.to_vec()).chain(pieces).collect()
}

/// The queries of the table, each in some of the ways to ask.
fn queries(root: &Path) -> io::Result<Vec<Vec<u8>>> {
    let table = fs::read_to_string(root.join("search/tests/queries.md"))?;
    let typed = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let typed: Vec<&str> = typed.collect();
    let ways = |typed: &&str| [0xa0u8, 0xa1, 0x4e, 0x17].map(|way| [&[way], typed.as_bytes()].concat());
    Ok(typed.iter().flat_map(ways).collect())
}

/// Damage to a bundle: another manifest, edits under the old name, edits under a new name.
fn scripts() -> Vec<Vec<u8>> {
    let manifest =
        br#"{"format":2,"volumes":[{"lang":"zh","records":1,"head":"pieces/000000000000.bin","with":[]}]}"#;
    let mut scripts = vec![[&[0u8], &manifest[..]].concat()];
    for piece in 0..8u8 {
        for at in (0..64u8).step_by(9) {
            scripts.push(vec![1, piece, 0, at, 0, 0xff]);
            scripts.push(vec![2, piece, 0, at, 0, 0xff, 3, 0xff, 0x01, 200]);
        }
    }
    scripts
}

fn texts(folder: &Path, end: &str) -> io::Result<Vec<String>> {
    let text = |bytes| String::from_utf8(bytes).map_err(io::Error::other);
    files(folder, end)?.into_iter().map(text).collect()
}

/// The files below a folder whose names end so, in order of their paths.
fn files(folder: &Path, end: &str) -> io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    find(folder, end, &mut paths)?;
    paths.sort();
    paths.iter().map(fs::read).collect()
}

fn find(folder: &Path, end: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, end, found)?;
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    Ok(())
}
