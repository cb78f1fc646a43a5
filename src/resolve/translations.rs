//! `content/translations.lock`: which translation was accepted for which original.
//!
//! The file keeps pairs of hashes: that of an original block and that of the translation an editor
//! accepted for it. It needs no names of blocks, so moving a paragraph changes nothing, while one
//! changed word or mark – a link's target, a word struck out – on either side breaks exactly that pair.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::base::fields::{self, Fields};
use crate::base::{Code, Diagnostic, Lang, SitePath, digest};
use crate::message;
use crate::model::{Block, Mark, MarkKind};
use crate::site::TranslationState;

/// Where the lock is kept.
pub const FILE: &str = "content/translations.lock";

/// The key of the format's number, and the number of the format in which hashes cover marks.
const FORMAT: (&str, i64) = ("format", 2);

/// The accepted pairs of each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcceptedPairs {
    pairs: BTreeMap<Lang, Pairs>,
    /// True if the file is of the first format, whose hashes cover words alone. Its pairs are valid whatever
    /// the marks, until [`AcceptedPairs::renew`] takes up the marks that are there then.
    words_alone: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pairs {
    accepted: BTreeSet<(Hash, Hash)>,
    translations: BTreeSet<Hash>,
}

/// The first 64 bits of a SHA-256, in hexadecimal. Enough to tell the
/// blocks of a site apart; the lock guards against oversight, not malice.
type Hash = String;

/// The hash of a block's words and marks. A block without marks has the same hash in every format.
fn hash(block: &Block) -> Hash {
    let mut text = block.text.clone();
    for Mark { span, kind } in &block.marks {
        // No text contains a zero byte.
        let (name, target) = named(kind);
        let _ = write!(text, "\0{}-{} {name} {target}", span.start, span.end);
    }
    hash_of(&text)
}

fn hash_of(text: &str) -> Hash {
    digest::hex(&digest::sha256(text.as_bytes())[..8])
}

/// The name of a kind of mark and what it leads to. The numbers of a note follow from its place.
fn named(kind: &MarkKind) -> (&'static str, &str) {
    match kind {
        MarkKind::Emphasis => ("emphasis", ""),
        MarkKind::Strong => ("strong", ""),
        MarkKind::Code => ("code", ""),
        MarkKind::Deleted => ("deleted", ""),
        MarkKind::Link(target) => ("link", target),
        MarkKind::Break => ("break", ""),
        MarkKind::Note(..) => ("note", ""),
    }
}

impl AcceptedPairs {
    /// Reads the file.
    pub fn read(path: &SitePath, text: &str) -> (Self, Vec<Diagnostic>) {
        fields::parse(path, text, 0, |f| {
            let (key, newest) = FORMAT;
            let format = f.number(key);
            let mut lock = AcceptedPairs { words_alone: format.is_none(), ..AcceptedPairs::default() };
            if let Some(unknown) = format.filter(|format| format.value != newest) {
                f.report(of_a_later_version(path, unknown.span));
                return lock;
            }
            let langs: Vec<_> =
                f.keys().into_iter().map(|key| key.value).filter(|name| *name != key).collect();
            let read = |code| Some((Lang::new(code)?, f.table(code, pairs)?));
            for (lang, pairs) in langs.into_iter().filter_map(read) {
                for (original, translation) in pairs {
                    lock.insert(lang, original, translation);
                }
            }
            lock
        })
    }

    fn hash(&self, block: &Block) -> Hash {
        if self.words_alone { hash_of(&block.text) } else { hash(block) }
    }

    /// Accepts a translation for an original. The lock has been renewed.
    pub fn accept(&mut self, lang: Lang, original: &Block, translation: &Block) {
        self.insert(lang, self.hash(original), self.hash(translation));
    }

    /// Brings the lock to the translations that there are, each with its original: forgets the pairs
    /// whose translation is gone, and takes up marks where the file covers words alone. A pair whose
    /// original has changed stays: by it the translation is known to be stale.
    pub fn renew<'a>(&mut self, texts: impl Iterator<Item = (Lang, &'a Block, &'a Block)>) {
        let old = std::mem::take(self);
        let mut originals: BTreeMap<(Lang, &Hash), Vec<&Hash>> = BTreeMap::new();
        for (lang, pairs) in &old.pairs {
            for (original, translation) in &pairs.accepted {
                originals.entry((*lang, translation)).or_default().push(original);
            }
        }
        for (lang, original, translation) in texts {
            let (now, before) = (hash(original), old.hash(original));
            for accepted in originals.get(&(lang, &old.hash(translation))).into_iter().flatten() {
                let accepted = if **accepted == before { &now } else { accepted };
                self.insert(lang, accepted.clone(), hash(translation));
            }
        }
    }

    fn insert(&mut self, lang: Lang, original: Hash, translation: Hash) {
        let pairs = self.pairs.entry(lang).or_default();
        pairs.translations.insert(translation.clone());
        pairs.accepted.insert((original, translation));
    }

    /// How far a translation can be relied on.
    pub fn state(&self, lang: Lang, original: &Block, translation: &Block) -> TranslationState {
        let pair = (self.hash(original), self.hash(translation));
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
        if !self.words_alone {
            text.push_str(&format!("{} = {}\n", FORMAT.0, FORMAT.1));
        }
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

fn of_a_later_version(path: &SitePath, span: crate::base::Span) -> Diagnostic {
    let title =
        message!("这个文件由更新版本的 gongbao 写成", "this file was written by a later version of gongbao");
    let hint = message!("更新 gongbao", "update gongbao");
    Diagnostic::new(Code::BAD_VALUE, title).at(path, span).hint(hint)
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

    fn en() -> Lang {
        Lang::new("en").unwrap()
    }

    /// A paragraph of plain words.
    fn plain(text: &str) -> Block {
        Block::of_value(&fields::At { value: text.to_owned(), span: 0..0 })
    }

    fn marked(text: &str, span: std::ops::Range<usize>, kind: MarkKind) -> Block {
        Block { marks: vec![Mark { span, kind }], ..plain(text) }
    }

    #[track_caller]
    fn check(lock: &AcceptedPairs, original: &Block, translation: &Block, state: TranslationState) {
        assert_eq!(lock.state(en(), original, translation), state, "{original:?} {translation:?}");
    }

    #[test]
    fn one_changed_word_breaks_one_pair() {
        let mut lock = AcceptedPairs::default();
        lock.accept(en(), &plain("甲。"), &plain("A."));
        lock.accept(en(), &plain("乙。"), &plain("B."));
        let words = |lock: &AcceptedPairs, zh, text, state| check(lock, &plain(zh), &plain(text), state);
        words(&lock, "甲。", "A.", TranslationState::Reviewed);
        words(&lock, "甲二。", "A.", TranslationState::Stale);
        words(&lock, "甲。", "A2.", TranslationState::Unreviewed);
        words(&lock, "乙。", "B.", TranslationState::Reviewed);
        let french = Lang::new("fr").unwrap();
        assert_eq!(lock.state(french, &plain("甲。"), &plain("A.")), TranslationState::Unreviewed);
        lock.renew([(en(), &plain("甲。"), &plain("A."))].into_iter());
        words(&lock, "甲二。", "A.", TranslationState::Stale);
        words(&lock, "乙。", "B.", TranslationState::Unreviewed);
        let path = SitePath::new(FILE).unwrap();
        assert_eq!(AcceptedPairs::read(&path, &lock.write()), (lock, vec![]));
    }

    #[test]
    fn one_changed_mark_breaks_a_pair_too() {
        let (zh, text) = (plain("不得收费。"), plain("No fees."));
        let mut lock = AcceptedPairs::default();
        lock.accept(en(), &zh, &text);
        for kind in [
            MarkKind::Emphasis,
            MarkKind::Strong,
            MarkKind::Code,
            MarkKind::Deleted,
            MarkKind::Break,
            MarkKind::Link("https://example.org/".into()),
        ] {
            let original = marked("不得收费。", 0..6, kind.clone());
            check(&lock, &original, &text, TranslationState::Stale);
            check(&lock, &zh, &marked("No fees.", 0..2, kind.clone()), TranslationState::Unreviewed);
            let mut of_marks = AcceptedPairs::default();
            of_marks.accept(en(), &original, &text);
            check(&of_marks, &original, &text, TranslationState::Reviewed);
            check(&of_marks, &marked("不得收费。", 0..3, kind), &text, TranslationState::Stale);
            check(&of_marks, &zh, &text, TranslationState::Stale);
        }
        let link = |to: &str| marked("办法", 0..6, MarkKind::Link(to.into()));
        lock.accept(en(), &link("a"), &text);
        check(&lock, &link("b"), &text, TranslationState::Stale);
    }

    #[test]
    fn a_file_of_the_first_format_takes_up_marks_when_it_is_renewed() {
        let path = SitePath::new(FILE).unwrap();
        let (zh, text) =
            (marked("不得收费。", 0..6, MarkKind::Strong), marked("No fees.", 0..2, MarkKind::Strong));
        let (changed, struck) = (plain("可以收费。"), marked("不得收费。", 0..6, MarkKind::Deleted));
        let stale = plain("Another text.");
        let lines = format!(
            "[en]\n\"{}\" = [\"{}\"]\n\"0123456789abcdef\" = [\"{}\"]\n",
            hash_of(&zh.text),
            hash_of(&text.text),
            hash(&stale)
        );
        let (mut lock, faults) = AcceptedPairs::read(&path, &lines);
        assert_eq!(faults, vec![]);
        check(&lock, &zh, &text, TranslationState::Reviewed);
        check(&lock, &changed, &text, TranslationState::Stale);
        lock.renew([(en(), &zh, &text), (en(), &changed, &stale)].into_iter());
        let (lock, faults) = AcceptedPairs::read(&path, &lock.write());
        assert_eq!(faults, vec![]);
        check(&lock, &zh, &text, TranslationState::Reviewed);
        check(&lock, &struck, &text, TranslationState::Stale);
        check(&lock, &changed, &stale, TranslationState::Stale);
        let (_, faults) = AcceptedPairs::read(&path, "format = 3\n");
        assert_eq!(faults.len(), 1);
    }
}
