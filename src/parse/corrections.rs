//! `[[corrections]]` in front matter: what a text said before it was corrected.

use std::collections::BTreeMap;

use crate::base::fields::{At, Fields};
use crate::base::{Code, Diagnostic, Lang};
use crate::message;
use crate::model::CorrectionEntry;

/// Reads one correction; `None` if it lacks what makes it one.
pub fn read(fields: &mut Fields<'_>) -> Option<CorrectionEntry> {
    let date = fields.date("date");
    let date = fields.require("date", date);
    let item = fields.text("item");
    let (old, new) = (words(fields, "old"), words(fields, "new"));
    let note = fields.table("note", note).unwrap_or_default();
    let (date, old, new) = (date?, old?, new?);
    if old.value == new.value {
        fields.report(same(fields, &new));
        return None;
    }
    Some(CorrectionEntry { date, item, old: old.value, new, note })
}

/// Words that must be there: what was added or left out is shown with the words around it.
fn words(fields: &mut Fields<'_>, key: &'static str) -> Option<At<String>> {
    let text = fields.required_text(key)?;
    if !text.value.trim().is_empty() {
        return Some(text);
    }
    let title = message!("{key} 是空的", "`{key}` is empty");
    let hint = message!(
        "增加或删去文字时，把前后几个字一并写在 old 和 new 中",
        "where words were added or left out, write a few of those around them in both `old` and `new`"
    );
    fields.report(Diagnostic::new(Code::BAD_VALUE, title).at(fields.path(), text.span).hint(hint));
    None
}

fn note(fields: &mut Fields<'_>) -> BTreeMap<Lang, String> {
    let mut texts = BTreeMap::new();
    for key in fields.keys() {
        let text = Lang::new(key.value).and_then(|lang| Some((lang, fields.text(key.value)?.value)));
        texts.extend(text);
    }
    texts
}

fn same(fields: &Fields<'_>, new: &At<String>) -> Diagnostic {
    let title = message!("更正前后的文字相同", "the words before and after are the same");
    Diagnostic::new(Code::BAD_VALUE, title)
        .at(fields.path(), new.span.clone())
        .hint(message!("改正 old 或 new，或删去这一条", "correct `old` or `new`, or delete this record"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SitePath, fields};

    fn check(text: &str, corrections: usize, faults: &[&str]) {
        let path = SitePath::new("content/plans/2023/zh.md").expect("a path");
        let text = format!("[[corrections]]\n{text}");
        let read_all = |f: &mut Fields<'_>| f.tables("corrections", read).into_iter().flatten().count();
        let (found, diagnostics) = fields::parse(&path, &text, 0, read_all);
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!((found, codes.as_slice()), (corrections, faults), "{text}");
    }

    #[test]
    fn a_correction_has_a_day_and_the_words_before_and_after() {
        check("date = 2023-05-06\nold = \"甲\"\nnew = \"乙\"\n", 1, &[]);
        check(
            "date = 2023-05-06\nitem = \"5\"\nold = \"甲\"\nnew = \"乙\"\nnote = { zh = \"错字\" }\n",
            1,
            &[],
        );
        check("old = \"甲\"\n", 0, &["missing-key", "missing-key"]);
        check("date = 2023-05-06\nold = \"甲\"\nnew = \"甲\"\n", 0, &["bad-value"]);
        check("date = 2023-05-06\nold = \" \"\nnew = \"甲\"\n", 0, &["bad-value"]);
        check(
            "date = \"May\"\nold = \"甲\"\nnew = \"乙\"\nnote = { ZH = \"x\" }\n",
            0,
            &["wrong-type", "unknown-key"],
        );
    }
}
