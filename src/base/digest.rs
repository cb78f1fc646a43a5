//! Digests (SHA-256, FIPS 180-4), and bytes in hexadecimal.

use sha2::{Digest, Sha256};

use super::SitePath;

/// A SHA-256 digest.
pub type Sha256Digest = [u8; 32];

/// The SHA-256 digest of some bytes.
pub fn sha256(bytes: &[u8]) -> Sha256Digest {
    Sha256::digest(bytes).into()
}

/// The digest of files, by their paths and bytes.
pub fn of_files<'a>(files: impl IntoIterator<Item = (&'a SitePath, &'a [u8])>) -> Sha256Digest {
    let add = |all: Sha256, (path, bytes): (&SitePath, &[u8])| {
        all.chain_update(path.as_str()).chain_update(Sha256::digest(bytes))
    };
    files.into_iter().fold(Sha256::new(), add).finalize().into()
}

/// Bytes in hexadecimal, with small letters.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    bytes.iter().flat_map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_written_as_others_write_it() {
        // printf abc | sha256sum
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&sha256(b"abc")), abc);
        assert_eq!(hex(&[]), "");
    }
}
