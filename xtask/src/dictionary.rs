//! `cargo xtask dictionary`: the dictionary of the pinned jieba-rs → `search/dictionary/words.bin.br`.
//! The format is that of `search/src/dictionary.rs`, which reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::engine::{Result, compressed};

const FILE: &str = "search/dictionary/words.bin.br";

/// Writes the file.
pub(crate) fn write() -> Result<()> {
    Ok(fs::write(FILE, file()?)?)
}

/// Compares the file with what it is made from.
pub(crate) fn check() -> Result<()> {
    if fs::read(FILE)? == file()? {
        println!("{FILE} is what jieba-rs gives");
        return Ok(());
    }
    Err(format!("{FILE} is not what jieba-rs gives. Run `cargo xtask dictionary` and commit").into())
}

/// The compressed file.
fn file() -> Result<Vec<u8>> {
    compressed(&encode(&fs::read_to_string(source()?)?)?)
}

/// The dictionary in the folder that Cargo has jieba-rs in.
fn source() -> Result<PathBuf> {
    let output = Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).output()?;
    let metadata = String::from_utf8(output.stdout)?;
    let mut paths = metadata.split("\"manifest_path\":\"").filter_map(|part| part.split('"').next());
    let manifest = paths.find(|path| path.contains("/jieba-rs-")).ok_or("Cargo has no jieba-rs")?;
    Ok(PathBuf::from(manifest).with_file_name("src/data/dict.txt"))
}

/// Lines of word, frequency and tag → the file. Of a word that comes twice the last line counts.
fn encode(dictionary: &str) -> Result<Vec<u8>> {
    let mut groups: BTreeMap<char, BTreeMap<&str, u64>> = BTreeMap::new();
    for line in dictionary.lines() {
        let mut parts = line.split_ascii_whitespace();
        let (Some(word), Some(frequency)) = (parts.next(), parts.next()) else { continue };
        let first = word.chars().next().unwrap_or_default();
        groups.entry(first).or_default().insert(word, frequency.parse()?);
    }
    let (mut file, mut words) = (u32::try_from(groups.len())?.to_le_bytes().to_vec(), Vec::new());
    for (first, group) in groups {
        file.extend(u32::from(first).to_le_bytes());
        file.extend(u32::try_from(words.len())?.to_le_bytes());
        add_group(&group, &mut words)?;
    }
    file.extend(words);
    Ok(file)
}

fn add_group(group: &BTreeMap<&str, u64>, words: &mut Vec<u8>) -> Result<()> {
    let mut before = "";
    for (word, frequency) in group {
        let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        words.extend([u8::try_from(shared)?, u8::try_from(word.len() - shared)?]);
        words.extend(&word.as_bytes()[shared..]);
        let mut left = *frequency;
        while left >= 0x80 {
            words.push(u8::try_from(left & 0x7f)? | 0x80);
            left >>= 7;
        }
        words.push(u8::try_from(left)?);
        before = word;
    }
    Ok(())
}
