//! `cargo +nightly fuzz run deadlines`: see `gongbao_fuzz::deadlines`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::deadlines(data));
