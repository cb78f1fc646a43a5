//! Lines that say where and when a text was published, and what they say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::account::{Doubt, DoubtKind};
use super::lines::Line;
use crate::container::marks::labelled;
use crate::container::{chars, dates};

/// A value and the line that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StatedValue {
    pub(super) value: String,
    pub(super) line: usize,
}

/// The facts that the source states about itself, by key of the front matter.
pub(super) type Facts = BTreeMap<&'static str, StatedValue>;

/// Notes what the provenance line `line` states.
pub(super) fn read(line: &Line, facts: &mut Facts, doubts: &mut Vec<Doubt>) {
    let text = labelled(&chars::squeeze(&line.text));
    if let Some(address) = ADDRESS_IN.captures(&line.raw) {
        state(facts, "source", address[1].to_owned(), line.number);
    }
    for (field, label) in FIELDS.iter() {
        let Some(found) = label.captures(&text) else { continue };
        let value = if is_day(field) {
            dates::find(&found[1]).map(|d| d.to_string())
        } else {
            Some(found[1].to_owned())
        };
        let Some(value) = value.filter(|v| !v.is_empty()) else { continue };
        if facts.get(field).is_some_and(|known| known.value != value) {
            doubts.push(Doubt { line: line.number, excerpt: text.clone(), kind: DoubtKind::StatedTwice });
        }
        state(facts, field, value, line.number);
    }
}

/// The first statement is kept.
pub(super) fn state(facts: &mut Facts, field: &'static str, value: String, line: usize) {
    facts.entry(field).or_insert(StatedValue { value, line });
}

fn is_day(field: &str) -> bool {
    matches!(field, "published" | "issued")
}

/// An address ends at white space or at the end of a link, so that of `[a](b)` the target is found.
static ADDRESS_IN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(https?://[^\s\]\[()<>"\\]+)(?:[\s)]|$)"#).expect("the pattern is valid"));

static FIELDS: LazyLock<[(&str, Regex); 4]> = LazyLock::new(|| {
    [
        ("published", "(?m)(?:发布时间|发布日期|公开日期|公布日期|出所|^时间|^日期)[:：](.*)$"),
        ("issued", "(?m)(?:成文日期|发文日期)[:：](.*)$"),
        ("number", "(?:发文字号|文号)[:：]([^:：]*?号)"),
        ("issuer", r"(?m)(?:发文机关|发布机构|发布单位|制发机构|制定机关|颁布单位)[:：](\p{Han}+)$"),
    ]
    .map(|(field, pattern)| (field, Regex::new(pattern).expect("the pattern is valid")))
});

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let (mut facts, mut doubts) = (Facts::new(), Vec::new());
        for line in lines::split(text).iter().filter(|l| crate::container::marks::is_provenance(&l.text)) {
            read(line, &mut facts, &mut doubts);
        }
        let found: Vec<(&str, &str)> = facts.iter().map(|(k, v)| (*k, v.value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn labels_are_read() {
        check(
            "索 引 号：000/2021-1\n发文机关：示例市人民政府\n成文日期：2021年9月1日\n发文字号：示政发〔2021〕3号\n发布日期：2021-09-22",
            &[
                ("issued", "2021-09-01"),
                ("issuer", "示例市人民政府"),
                ("number", "示政发〔2021〕3号"),
                ("published", "2021-09-22"),
            ],
        );
    }

    #[test]
    fn japanese_provenance_is_read() {
        check(
            "出所：2022年 1月 24日付け中国国家知識産権局ウェブサイト\nhttps://www.cnipa.gov.cn/art/172901.html",
            &[("published", "2022-01-24"), ("source", "https://www.cnipa.gov.cn/art/172901.html")],
        );
    }

    #[test]
    fn an_address_in_a_link_is_the_target() {
        check(
            r"[https://a.cn/art\\_92](https://a.cn/art_92.html)",
            &[("source", "https://a.cn/art_92.html")],
        );
        check("来源：示例网", &[]);
    }
}
