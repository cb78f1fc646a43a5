//! `cargo xtask seeds`: writes what fuzzing begins with below `fuzz/corpus/`.

#[path = "../../fuzz/src/seeds.rs"]
mod texts;

use std::fs;
use std::path::Path;

/// Writes a folder of seeds for each target, and a dictionary for all.
///
/// # Errors
/// The disk.
pub(crate) fn write() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask has a parent");
    let corpus = root.join("fuzz/corpus");
    for (target, seeds) in texts::all(root)? {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        for (index, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{index:04}")), seed)?;
        }
        println!("{target}: {} seeds", seeds.len());
    }
    let words: String = texts::WORDS.iter().map(|word| entry(word)).collect();
    fs::write(corpus.join("words.dict"), words)?;
    Ok(())
}

/// A word as a line of a dictionary of libFuzzer, which takes ASCII only.
fn entry(word: &str) -> String {
    let bytes: String = word.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("\"{bytes}\"\n")
}
