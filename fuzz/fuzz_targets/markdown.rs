//! `cargo +nightly fuzz run markdown`: see `gongbao_fuzz::markdown`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::markdown(data));
