//! `cargo +nightly fuzz run import`: see `gongbao_fuzz::import`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::import(data));
