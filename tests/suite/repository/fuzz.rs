//! The fuzz targets with the ordinary toolchain: their seeds, mutations of them, and what fuzzing
//! once found. The long runs are those of `cargo fuzz`; see `fuzz/README.md`.

#[path = "../../../fuzz/src/seeds.rs"]
mod seeds;
#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "it is the root of a crate too")]
mod targets;

use std::path::Path;

use crate::support::random::{Random, number};

/// How many mutations of each target's seeds are tried. `GONGBAO_MUTATIONS` sets another number.
const MUTATIONS: u64 = 400;
/// Where the random numbers begin. `GONGBAO_SEED` sets another place.
const SEED: u64 = 20_261_121;

/// Tries the seeds of a target, and mutations of them.
fn replay(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = seeds::all(root).expect("the repository can be read").remove(name).expect("seeds");
    let (_, target) = targets::TARGETS.into_iter().find(|(known, _)| *known == name).expect("a target");
    // Whole texts are tried by the suites of what reads them.
    let seeds: Vec<_> = seeds.into_iter().filter(|seed| seed.len() < 6000).collect();
    assert!(seeds.len() >= 10, "{name} has {} seeds", seeds.len());
    seeds.iter().for_each(|seed| target(seed));
    let mut random = Random(number("GONGBAO_SEED", SEED));
    for _ in 0..number("GONGBAO_MUTATIONS", MUTATIONS) {
        target(&mutated(&seeds, &mut random));
    }
}

/// A seed with some of its bytes changed, doubled or left out, or words or parts of others put in.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, seeds::WORDS[random.below(seeds::WORDS.len())].bytes())),
            3 => bytes.extend_from_within(at..end),
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let part = random.below(other.len() + 1);
                bytes.splice(at..end, other[part..(part + 60).min(other.len())].iter().copied());
            }
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        }
    }
    bytes
}

#[test]
fn import() {
    replay("import");
}

#[test]
fn front_matter() {
    replay("front_matter");
}

#[test]
fn markdown() {
    replay("markdown");
}

#[test]
fn deadlines() {
    replay("deadlines");
}

#[test]
fn citations() {
    replay("citations");
}

#[test]
fn query() {
    replay("query");
}

#[test]
fn bundle() {
    replay("bundle");
}

#[test]
fn every_target_has_a_test_here() {
    let text = include_str!("fuzz.rs");
    for (name, _) in targets::TARGETS {
        assert!(text.contains(&format!("replay(\"{name}\")")), "{name}");
    }
}
