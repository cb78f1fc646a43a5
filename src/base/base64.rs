//! Base64 (RFC 4648 §4), as policies and keys have it.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text.
pub fn encode(bytes: &[u8]) -> String {
    let four = |three: &[u8]| {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        let letter = |place: usize| char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]);
        (0..4).map(move |place| if place <= three.len() { letter(place) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(four).collect()
}

/// The bytes of a text; `None` if [`encode`] writes no such text.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for place in 0..4 {
            let letter =
                four.get(place).map_or(Some(0), |byte| LETTERS.iter().position(|known| known == byte))?;
            bits = bits << 6 | u32::try_from(letter).ok()?;
        }
        bytes.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_in_rfc_4648() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let all = texts.map(|text| encode(text.as_bytes()));
        assert_eq!(all, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
        assert_eq!(all.map(|text| decode(&text)), texts.map(|text| Some(text.as_bytes().to_vec())));
        for bad in ["Z", "Zg", "Zg=", "Zh==", "Zm9v=", "Zm9v ", "Zm_v"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
