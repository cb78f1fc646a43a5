//! `content/translations.lock`: which translation was accepted for which original.
//!
//! The file keeps pairs of hashes: that of an original block's text and that
//! of the translation an editor accepted for it. It needs no names of blocks,
//! so moving a paragraph changes nothing, while one changed word on either
//! side breaks exactly that pair.

use std::collections::{BTreeMap, BTreeSet};

use super::site::TranslationState;
use crate::base::fields::{self, Fields};
use crate::base::{Code, Diagnostic, Lang, SitePath, digest};
use crate::message;

/// Where the lock is kept.
pub const FILE: &str = "content/translations.lock";

/// The accepted pairs of each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    pairs: BTreeMap<Lang, Pairs>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pairs {
    accepted: BTreeSet<(Hash, Hash)>,
    translations: BTreeSet<Hash>,
}

/// The first 64 bits of a text's SHA-256, in hexadecimal. Enough to tell the
/// blocks of a site apart; the lock guards against oversight, not malice.
type Hash = String;

fn hash(text: &str) -> Hash {
    digest::hex(&digest::sha256(text.as_bytes())[..8])
}

impl Lock {
    /// Reads the file.
    pub fn read(path: &SitePath, text: &str) -> (Self, Vec<Diagnostic>) {
        fields::parse(path, text, 0, |f| {
            let langs: Vec<_> = f.keys().into_iter().map(|key| key.value).collect();
            let read = |code| Some((Lang::new(code)?, f.table(code, pairs)?));
            let mut lock = Lock::default();
            for (lang, pairs) in langs.into_iter().filter_map(read) {
                for (original, translation) in pairs {
                    lock.insert(lang, original, translation);
                }
            }
            lock
        })
    }

    /// Accepts a translation for an original.
    pub fn accept(&mut self, lang: Lang, original: &str, translation: &str) {
        self.insert(lang, hash(original), hash(translation));
    }

    /// Forgets the pairs whose translation is not among `used`. A pair whose
    /// original has changed stays: by it the translation is known to be stale.
    pub fn forget_all_but<'a>(&mut self, used: impl Iterator<Item = (Lang, &'a str)>) {
        let used: BTreeSet<_> = used.map(|(lang, translation)| (lang, hash(translation))).collect();
        for (lang, pairs) in &mut self.pairs {
            pairs.accepted.retain(|(_, translation)| used.contains(&(*lang, translation.clone())));
            pairs.translations.retain(|translation| used.contains(&(*lang, translation.clone())));
        }
        self.pairs.retain(|_, pairs| !pairs.accepted.is_empty());
    }

    fn insert(&mut self, lang: Lang, original: Hash, translation: Hash) {
        let pairs = self.pairs.entry(lang).or_default();
        pairs.translations.insert(translation.clone());
        pairs.accepted.insert((original, translation));
    }

    /// How far a translation can be relied on.
    pub fn state(&self, lang: Lang, original: &str, translation: &str) -> TranslationState {
        let pair = (hash(original), hash(translation));
        match self.pairs.get(&lang) {
            Some(pairs) if pairs.accepted.contains(&pair) => TranslationState::Reviewed,
            // This very translation was accepted once, for another original.
            Some(pairs) if pairs.translations.contains(&pair.1) => TranslationState::Stale,
            _ => TranslationState::Unreviewed,
        }
    }

    /// The file for these pairs: one line a pair, in order, so that versions merge line by line.
    pub fn write(&self) -> String {
        let mut text = String::from(
            "# 译文与原文的对应，由 gongbao translation accept 维护，不要手工修改。\n\
             # Which translation was accepted for which original; kept by `gongbao translation accept`.\n",
        );
        for (lang, pairs) in &self.pairs {
            text.push_str(&format!("\n[{lang}]\n"));
            let mut by_original: BTreeMap<&Hash, Vec<&Hash>> = BTreeMap::new();
            for (original, translation) in &pairs.accepted {
                by_original.entry(original).or_default().push(translation);
            }
            for (original, translations) in by_original {
                let list = translations.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(", ");
                text.push_str(&format!("\"{original}\" = [{list}]\n"));
            }
        }
        text
    }
}

fn pairs(fields: &mut Fields<'_>) -> Vec<(Hash, Hash)> {
    let mut pairs = Vec::new();
    for key in fields.keys() {
        for translation in fields.texts(key.value) {
            if [key.value, &translation.value].iter().all(|h| is_hash(h)) {
                pairs.push((key.value.to_owned(), translation.value));
            } else {
                let title = message!("这不是本文件的一行", "this is not a line of this file");
                let hint = message!(
                    "删去这一行，再运行 gongbao translation accept",
                    "delete the line and run `gongbao translation accept`"
                );
                let fault =
                    Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), translation.span).hint(hint);
                fields.report(fault);
            }
        }
    }
    pairs
}

fn is_hash(word: &str) -> bool {
    word.len() == 16 && word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_word_breaks_one_pair() {
        let en = Lang::new("en").unwrap();
        let mut lock = Lock::default();
        lock.accept(en, "甲。", "A.");
        lock.accept(en, "乙。", "B.");
        let check = |lock: &Lock, zh, text, state| assert_eq!(lock.state(en, zh, text), state);
        check(&lock, "甲。", "A.", TranslationState::Reviewed);
        check(&lock, "甲二。", "A.", TranslationState::Stale);
        check(&lock, "甲。", "A2.", TranslationState::Unreviewed);
        check(&lock, "乙。", "B.", TranslationState::Reviewed);
        assert_eq!(lock.state(Lang::new("fr").unwrap(), "甲。", "A."), TranslationState::Unreviewed);
        lock.forget_all_but([(en, "A.")].into_iter());
        check(&lock, "甲二。", "A.", TranslationState::Stale);
        check(&lock, "乙。", "B.", TranslationState::Unreviewed);
        let path = SitePath::new(FILE).unwrap();
        assert_eq!(Lock::read(&path, &lock.write()), (lock, vec![]));
    }
}
