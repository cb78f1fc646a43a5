//! `cargo +nightly fuzz run bundle`: see `gongbao_fuzz::bundle`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::bundle(data));
