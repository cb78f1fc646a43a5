//! The tables of characters are what the Unicode Character Database says.

use std::collections::BTreeMap;

use gongbao_search::characters::{is_ignorable, ordinary};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// The lines of `EquivalentUnifiedIdeograph.txt`: radicals and strokes with the characters they stand for.
fn radicals() -> BTreeMap<char, char> {
    let hex = |text: &str| u32::from_str_radix(text, 16).ok().and_then(char::from_u32).expect("a code point");
    let mut radicals = BTreeMap::new();
    for line in include_str!("data/EquivalentUnifiedIdeograph.txt").lines() {
        let Some((from, to)) = line.split('#').next().and_then(|line| line.split_once(';')) else { continue };
        let (first, last) = from.trim().split_once("..").unwrap_or((from.trim(), from.trim()));
        radicals.extend((hex(first)..=hex(last)).map(|c| (c, hex(to.trim()))));
    }
    radicals
}

#[test]
fn radicals_stand_for_what_unicode_says() {
    let radicals = radicals();
    assert_eq!(radicals.len(), 348);
    for (radical, character) in radicals {
        let expected = if radical == '\u{2f3e}' { '户' } else { character };
        assert_eq!(ordinary(radical), Some(expected.to_string().as_str()), "U+{:04X}", u32::from(radical));
    }
}

#[test]
fn other_characters_stand_for_their_normal_forms() {
    let (nfd, nfkc) = (DecomposingNormalizerBorrowed::new_nfd(), ComposingNormalizerBorrowed::new_nfkc());
    let radicals = radicals();
    for c in '\0'..=char::MAX {
        let folded = ordinary(c);
        let is_ideograph = matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
        let is_ligature = matches!(c, '\u{fb00}'..='\u{fb06}');
        let normal = nfkc.normalize(c.encode_utf8(&mut [0; 4])).into_owned();
        let differs = normal != c.to_string();
        if folded.is_some() && !radicals.contains_key(&c) {
            assert_eq!(folded, Some(normal.as_str()), "U+{:04X}", u32::from(c));
            let apart = nfd.normalize(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(is_ligature || apart != c.to_string(), "U+{:04X}", u32::from(c));
        }
        assert!(folded.is_some() || !(differs && (is_ideograph || is_ligature)), "U+{:04X}", u32::from(c));
    }
}

#[test]
fn folding_once_is_enough() {
    for c in ('\0'..=char::MAX).filter_map(ordinary).flat_map(str::chars) {
        assert_eq!(ordinary(c), None, "U+{:04X}", u32::from(c));
        assert!(!is_ignorable(c));
    }
}
