//! Compare: two texts → what one says and the other does not, word by word.

mod alike;
mod words;

use similar::{Algorithm, DiffOp, capture_diff_slices};

pub use alike::{AlikePair, alike};
pub use words::{Script, WordSegmenter};

/// A stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which of the texts contains it.
    pub kind: RunKind,
    /// Its words.
    pub text: String,
}

/// Which of two texts contains a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// Both.
    Same,
    /// The earlier one only.
    Removed,
    /// The later one only.
    Added,
}

/// Compares two texts word by word. Removed words are before those that took
/// their place. The runs that are not `Added` make the old text, those that
/// are not `Removed` the new one.
///
/// A word or two that both texts happen to share in the middle of a change
/// (和, `of the`) is counted among the changed ones, or else a rewritten
/// sentence would fall into crumbs.
pub fn compare(old: &str, new: &str, cutter: &WordSegmenter) -> Vec<Run> {
    let (old, new, script) = (cutter.words(old), cutter.words(new), cutter.script);
    let mut runs = Runs::default();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => runs.same(&old[old_index..old_index + len], script),
            op => runs.change(&old[op.old_range()], &new[op.new_range()]),
        }
    }
    runs.finish()
}

/// The runs so far, the changed words not yet written down, and shared words
/// too few to end a change.
#[derive(Default)]
struct Runs {
    done: Vec<Run>,
    removed: String,
    added: String,
    crumb: String,
}

impl Runs {
    fn same(&mut self, words: &[&str], script: Script) {
        let text = words.concat();
        let within_a_change = !self.removed.is_empty() || !self.added.is_empty();
        if within_a_change && script.is_crumb(&text) {
            self.crumb = text;
        } else {
            self.end_change();
            self.done.push(Run { kind: RunKind::Same, text });
        }
    }

    fn change(&mut self, removed: &[&str], added: &[&str]) {
        let crumb = std::mem::take(&mut self.crumb);
        self.removed.push_str(&crumb);
        self.added.push_str(&crumb);
        self.removed.push_str(&removed.concat());
        self.added.push_str(&added.concat());
    }

    fn end_change(&mut self) {
        let changed = [
            (RunKind::Removed, std::mem::take(&mut self.removed)),
            (RunKind::Added, std::mem::take(&mut self.added)),
            (RunKind::Same, std::mem::take(&mut self.crumb)),
        ];
        let runs = changed.into_iter().map(|(kind, text)| Run { kind, text });
        self.done.extend(runs.filter(|run| !run.text.is_empty()));
    }

    fn finish(mut self) -> Vec<Run> {
        self.end_change();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, script: Script, expected: &str) {
        let runs = compare(old, new, &WordSegmenter::new(script, [old, new]));
        let side = |out: RunKind| -> String {
            runs.iter().filter(|run| run.kind != out).map(|run| run.text.as_str()).collect()
        };
        assert_eq!((side(RunKind::Added), side(RunKind::Removed)), (old.to_owned(), new.to_owned()));
        let shown = runs.iter().map(|run| match run.kind {
            RunKind::Same => run.text.clone(),
            RunKind::Removed => format!("[-{}-]", run.text),
            RunKind::Added => format!("{{+{}+}}", run.text),
        });
        assert_eq!(shown.collect::<String>(), expected);
    }

    #[test]
    fn chinese_is_compared_by_words() {
        let han = Script::Han;
        check("加强地理标志保护。", "强化地理标志保护。", han, "[-加强-]{+强化+}地理标志保护。");
        check("甲", "甲", han, "甲");
        check("", "新增内容", han, "{+新增内容+}");
        check("", "", han, "");
    }

    #[test]
    fn english_is_compared_by_words() {
        let check = |old, new, expected| check(old, new, Script::Spaced, expected);
        check(
            "Strengthen the protection.",
            "Improve the protection.",
            "[-Strengthen-]{+Improve+} the protection.",
        );
    }

    #[test]
    fn a_shared_word_does_not_cut_a_change_into_crumbs() {
        check(
            "打击侵权和假冒行为，维护市场秩序。",
            "规范申请和注册行为，维护市场秩序。",
            Script::Han,
            "[-打击侵权和假冒-]{+规范申请和注册+}行为，维护市场秩序。",
        );
    }
}
