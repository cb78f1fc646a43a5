//! `cargo +nightly fuzz run front_matter`: see `gongbao_fuzz::front_matter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gongbao_fuzz::front_matter(data));
