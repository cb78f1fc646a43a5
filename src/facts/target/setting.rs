//! The subject of a figure: a commitment, a criterion, or what is already there.

use super::closes;
use super::figure::Figure;
use super::words::{Lead, Limit};
use crate::facts::{number, scan};

/// Words of what is or was, not of what shall be.
const PAST: &[&str] = &["已", "现有", "目前", "截至", "去年", "上年", "曾", "原有", "此前", "以来", "共有"];

/// Words of sums that somebody may get or must pay.
const SUMS: &[&str] = &["奖励", "补助", "补贴", "给予", "罚款", "处罚", "奖补", "最高可", "收费"];

/// Words that begin a condition.
const CONDITIONS: &[&str] = &["凡", "若", "如果", "当年", "严禁", "禁止", "不得"];

/// A figure with the words around it.
pub(super) struct Setting<'a> {
    pub(super) text: &'a str,
    /// Where its clause begins, or the target before it ends.
    pub(super) from: usize,
    pub(super) figure: &'a Figure,
    pub(super) near: Option<Lead>,
    pub(super) limit: Option<Limit>,
    /// The end of the figure with its limit.
    pub(super) end: usize,
}

impl Setting<'_> {
    /// Returns whether the figure says which things are meant: 超过30年的管道, 10人以上单位, 3个月专项行动.
    pub(super) fn is_criterion(&self) -> bool {
        let before = self.text[self.from..self.figure.span.start].trim();
        let act = self.near.is_some_and(|lead| lead.act);
        let behind = &self.text[self.end..];
        let share = self.figure.unit == "%" && matches!(before, "" | "将" | "使" | "确保" | "实现" | "推动");
        let described = behind.starts_with('的') && !share && (!act || self.figure.classifies());
        let noun = !closes(self.text, self.end) && !behind.starts_with(['的', '内']);
        let bounded = self.limit.is_some() || self.near.is_some_and(|lead| !lead.act && lead.is_level());
        let kind = noun && bounded && self.figure.classifies() && !leads_on(behind);
        let lasting = act && self.figure.is_time() && (noun || behind.starts_with('的'));
        described || kind || lasting || is_ratio(before) || is_condition(before)
    }

    /// Returns whether the figure tells of what is already there, or of a sum for somebody.
    pub(super) fn is_told(&self) -> bool {
        let clause = &self.text[self.from..self.figure.span.start];
        let start = scan::clause_start_within(self.text, self.figure.span.start);
        let earlier = match self.text[..start].chars().next_back() {
            Some('，' | ',') => {
                let mark = self.text[..start].trim_end_matches(['，', ',']).len();
                &self.text[scan::clause_start_within(self.text, mark)..mark]
            }
            _ => "",
        };
        let whole = &self.text[start..self.figure.span.start];
        let behind = &self.text[self.end..scan::clause_end_within(self.text, self.end)];
        let sum = self.figure.unit.ends_with('元');
        let given = sum && SUMS.iter().any(|word| whole.contains(word) || behind.contains(word));
        let led = ["截至", "目前", "去年", "上年"].iter().any(|word| earlier.contains(word));
        led || given || PAST.iter().any(|word| clause.contains(word))
    }
}

/// Returns whether the words behind a figure go on to say what is done: 90%以上实现在线办理.
fn leads_on(behind: &str) -> bool {
    ["左右", "以内", "并", "和", "实现", "完成", "达到", "左右的"].iter().any(|word| behind.starts_with(word))
}

/// 每5000人配备1名: a standard, not a sum.
fn is_ratio(before: &str) -> bool {
    let rated = |(at, word): (usize, &str)| before[at + word.len()..].starts_with(number::is_numeral);
    before.ends_with('每') || before.match_indices('每').any(rated)
}

fn is_condition(before: &str) -> bool {
    CONDITIONS.iter().any(|word| before.starts_with(word))
}
