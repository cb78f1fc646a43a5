//! What holds for any input: no panic, and no Markdown without a proof.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use gongbao::import::{Import, ImportError, ImportOptions, import, prove};
use proptest::prelude::*;

/// Pieces of the genre and of Markdown, thrown together.
const PIECES: [&str; 60] = [
    "一、总体要求",
    "二、",
    "（一）夯实基础",
    "（二）加强。",
    "1. 强化保护。",
    "2．推进",
    "3、",
    "16.5个月",
    "- ",
    "* ",
    "• ",
    "# ",
    "## ",
    "**",
    "*",
    "_",
    "`",
    "[",
    "](",
    ")",
    "(",
    "（",
    "）",
    "|",
    "| a | b |\n|---|---|\n",
    "\t",
    "\\",
    "<b>",
    "&amp;",
    "~",
    "\n",
    "\n\n",
    " \n",
    "\r\n",
    "　　",
    " ",
    "\u{C}",
    "\u{0}",
    "\u{FEFF}",
    "— 3 —\n",
    "第3页 共8页\n",
    "首页 > 政务 > 通知\n",
    "出所：2022年1月24日付け\n",
    "https://example.gov.cn/a_b\n",
    "发布时间：2022-06-21\n",
    "京ICP备1号\n",
    "国家局关于印发",
    "2022年工作方案的通知\n",
    "2022年工作方案\n",
    "示发〔2022〕5号\n",
    "2022年1月20日\n",
    "特此通知。",
    "请于2022年2月28日前报送",
    "（持续推进）",
    "(2025年12月底前完成)",
    "《最高人民法院 最高人民检察院关于",
    "》",
    "知识产权",
    "a1",
    "。",
];

fn genre() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..80).prop_map(|pieces| pieces.concat())
}

/// One of the real sources with some of its characters replaced by pieces.
fn mutated() -> impl Strategy<Value = String> {
    let sources: Vec<String> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let changes = prop::collection::vec(
        (any::<prop::sample::Index>(), 0..40_usize, prop::sample::select(PIECES.to_vec())),
        1..12,
    );
    (prop::sample::select(sources), changes).prop_map(|(source, changes)| {
        let mut text: Vec<char> = source.chars().collect();
        for (at, length, piece) in changes {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// The importer may fail on odd input, but only by saying so, and never by its own fault.
#[track_caller]
fn holds(bytes: &[u8]) -> Option<Import> {
    match import(bytes, &ImportOptions::default()) {
        Ok(done) => {
            assert_eq!(prove(bytes, &done.markdown, &done.report).unwrap(), done.report.proof);
            let _ = done.report.render();
            Some(done)
        }
        Err(ImportError::Unfaithful(difference)) => {
            panic!("{difference}\n{}", String::from_utf8_lossy(bytes))
        }
        Err(_) => None,
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        holds(&bytes);
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        holds(text.as_bytes());
    }

    #[test]
    fn any_text_of_the_genre_is_proved(text in genre()) {
        holds(text.as_bytes());
    }

    #[test]
    fn a_damaged_source_is_proved(text in mutated()) {
        holds(text.as_bytes());
    }

    #[test]
    fn a_character_taken_out_is_noticed(text in genre(), at in any::<prop::sample::Index>()) {
        if let Some(done) = holds(text.as_bytes()) {
            let body = done.markdown.rfind("+++\n").map_or(0, |at| at + 4);
            let han: Vec<usize> = done.markdown[body..].char_indices().filter(|(_, c)| ('一'..='龥').contains(c)).map(|(i, _)| body + i).collect();
            if !han.is_empty() {
                let mut changed = done.markdown.clone();
                changed.remove(han[at.index(han.len())]);
                prop_assert!(prove(text.as_bytes(), &changed, &done.report).is_err());
            }
        }
    }
}
