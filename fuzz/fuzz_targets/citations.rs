//! `cargo +nightly fuzz run citations`: see `gongbao_fuzz::citations`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::citations(data));
