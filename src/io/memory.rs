//! How much memory the program uses.

use std::fs;

/// The bytes of memory that the program uses at the moment, where the system says so as Linux does.
pub fn held() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"))?;
    kilobytes.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_filled_is_held() {
        let before = held().unwrap();
        let filled = vec![1u8; 64 << 20];
        assert!(held().unwrap() > before + (48 << 20), "{}", filled.len());
    }
}
