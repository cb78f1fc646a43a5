//! Damaged bundles: an error, never a panic, an endless loop or memory without end.

use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{LazyLock, Once};

use gongbao_search::{Bundle, Engine, MANIFEST, Options};

/// The bundle that is damaged.
static WHOLE: LazyLock<Bundle> = LazyLock::new(|| super::query::sample(6));

thread_local! {
    /// Whether the last panic came from outside this repository.
    static FOREIGN: Cell<bool> = const { Cell::new(false) };
}

/// The first byte says how the rest damages a bundle: it takes the place of the manifest, it
/// edits a piece, or it edits a piece and all names are then made to fit the damage, so that
/// the decoders see what the hashes would have kept from them. tantivy trusts its files, and
/// may panic at forged ones: that is caught, as `gongbao search` catches it.
pub fn bundle(bytes: &[u8]) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            FOREIGN.set(is_foreign(info));
            if !FOREIGN.get() {
                before(info);
            }
        }));
    });
    let Some((&how, rest)) = bytes.split_first() else { return };
    match how % 3 {
        0 => search(rest, &WHOLE),
        1 => under_its_name(rest),
        _ => sealed(rest),
    }
}

/// Whether tantivy or a crate of its panics, rather than this repository.
fn is_foreign(info: &PanicHookInfo<'_>) -> bool {
    let file = info.location().map_or("", |location| location.file());
    ["/tantivy", "/bitpacking", "/ownedbytes"].iter().any(|name| file.contains(name))
}

/// A piece that is not what its name says is refused.
fn under_its_name(script: &[u8]) {
    let (name, content) = damaged(&WHOLE, script);
    let engine = Engine::open(&WHOLE.files[MANIFEST]).expect("a manifest");
    let whole = content == WHOLE.files[&name];
    assert_eq!(engine.supply(&name, content).is_ok(), whole, "{name}");
}

/// Damage that is named by its own hash.
fn sealed(script: &[u8]) {
    let (name, content) = damaged(&WHOLE, script);
    let mut bundle = WHOLE.clone();
    rename(&mut bundle, &name, content);
    let manifest = bundle.files[MANIFEST].clone();
    search(&manifest, &bundle);
}

/// Two bytes choose the piece, then four bytes are an edit: what to do, where, and a value.
fn damaged(bundle: &Bundle, script: &[u8]) -> (String, Vec<u8>) {
    let pieces: Vec<&String> = bundle.files.keys().filter(|name| *name != MANIFEST).collect();
    let (first, edits) = script.split_first().unwrap_or((&0, &[]));
    let name = pieces[usize::from(*first) % pieces.len()];
    let mut content = bundle.files[name].clone();
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[1], edit[2]])) % content.len().max(1);
        match edit[0] % 4 {
            _ if content.is_empty() => {}
            0 => content[at] = edit[3],
            1 => content[at] ^= 1 << (edit[3] % 8),
            2 => content.insert(at, edit[3]),
            _ => drop(content.drain(at..(at + usize::from(edit[3])).min(content.len()))),
        }
    }
    (name.clone(), content)
}

/// Gives a piece another content, and everything that names it its new name.
fn rename(bundle: &mut Bundle, name: &str, content: Vec<u8>) {
    let (old, new) = (hash(&bundle.files[name]), hash(&content));
    bundle.files.remove(name);
    bundle.files.insert(piece_name(new), content);
    if old == new {
        return;
    }
    let (old_bytes, new_bytes) = (&old.to_le_bytes()[..6], &new.to_le_bytes()[..6]);
    let names_it = |(_, content): &(&String, &Vec<u8>)| content.windows(6).any(|window| window == old_bytes);
    let head = bundle.files.iter().find(names_it).map(|(name, content)| (name.clone(), content.clone()));
    let manifest = String::from_utf8(bundle.files[MANIFEST].clone()).expect("JSON");
    let manifest = manifest.replace(name, &piece_name(new));
    bundle.files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    if let Some((name, mut content)) = head {
        let at = content.windows(6).position(|window| window == old_bytes).expect("it was found");
        content[at..at + 6].copy_from_slice(new_bytes);
        rename(bundle, &name, content);
    }
}

/// The hash that names pieces: FNV-1a, folded to 48 bits.
fn hash(bytes: &[u8]) -> u64 {
    let step = |state: u64, &byte: &u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let state = bytes.iter().fold(0xcbf2_9ce4_8422_2325, step);
    (state >> 48) ^ (state & 0xffff_ffff_ffff)
}

fn piece_name(hash: u64) -> String {
    format!("pieces/{hash:012x}.bin")
}

/// Asks everything that reads different parts. That it ends without a panic is the test.
fn search(manifest: &[u8], bundle: &Bundle) {
    let Ok(mut engine) = Engine::open(manifest) else { return };
    let fetch = |name: &str| {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such piece");
        bundle.files.get(name).cloned().ok_or_else(missing)
    };
    for (lang, query) in
        [("zh", "专利侵权 year:2022..2024"), ("en", "protect* -patent due:none"), ("", "\"知识产权\" *护")]
    {
        let options = Options { lang: lang.to_owned(), widen: true, others: true, ..Options::default() };
        let search = AssertUnwindSafe(|| engine.search_with(query, &options, fetch).is_ok());
        match panic::catch_unwind(search) {
            Err(payload) if !FOREIGN.get() => panic::resume_unwind(payload),
            Err(_) => return,
            Ok(_) => {}
        }
    }
}
