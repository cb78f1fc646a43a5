//! `cargo +nightly fuzz run query`: see `gongbao_fuzz::query`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::query(data));
