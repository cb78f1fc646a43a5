//! Days that a covering notice sets for reports: 请分别于2022年2月28日和12月1日前报送.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::account::DoubtKind;
use super::log::Log;
use super::paragraphs::Paragraph;

/// A day set for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundMilestone {
    pub(super) due: Date,
    pub(super) title: String,
    pub(super) line: usize,
}

/// Reads the milestones of a notice.
pub(super) fn read(notice: &[&Paragraph], log: &mut Log) -> Vec<FoundMilestone> {
    notice
        .iter()
        .flat_map(|p| p.text.split(['。', '；']).flat_map(|s| sentence(s, p.line(), log)).collect::<Vec<_>>())
        .collect()
}

/// `…的`, what is reported, `请分别于`, days, `前报送`; or `请于`, day, `前将`, what, `报送`.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    let days = r"(?P<days>[0-9年月日、和及与前]+日)(?:之?前|以前)?";
    Regex::new(&format!(r"(?P<before>[^，,]*?)(?:请|应|需|须|要)?(?:分别)?(?:于|在){days}，?(?:将|把)?(?P<between>[^，,]*?)(?:报送|上报|报至|报(?P<short>[^，,]))(?P<after>[^，,]*)"))
        .expect("the pattern is valid")
});

fn sentence(text: &str, line: usize, log: &mut Log) -> Vec<FoundMilestone> {
    let Some(found) = SENTENCE.captures(text) else { return Vec::new() };
    let days = days(&found["days"]);
    let things = [&found["between"], &found["before"]]
        .map(things)
        .into_iter()
        .find(|t| !t.is_empty())
        .unwrap_or_default();
    if days.is_empty() {
        log.doubt(DoubtKind::UnreadMilestone, line, text);
    }
    let title = |index: usize| match things.len() == days.len() {
        true => format!("报送{}", things[index]),
        false => format!("报送{}", things.join("、")),
    };
    days.iter().enumerate().map(|(index, &due)| FoundMilestone { due, title: title(index), line }).collect()
}

static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日").expect("the pattern is valid"));

/// The days of an enumeration; a day without a year has that of the day before it.
fn days(text: &str) -> Vec<Date> {
    let mut year = None;
    DAY.captures_iter(text)
        .filter_map(|day| {
            year = day.get(1).and_then(|y| y.as_str().parse().ok()).or(year);
            Date::new(year?, day[2].parse().ok()?, day[3].parse().ok()?).ok()
        })
        .collect()
}

/// The reports that are due: 实施方案、半年和全年工作总结 → 实施方案, 半年工作总结, 全年工作总结.
fn things(text: &str) -> Vec<String> {
    let named =
        text.rsplit('的').next().unwrap_or(text).trim_start_matches("本地区").trim_end_matches(['请', '应']);
    let parts: Vec<&str> = named.split(['、', '和', '及', '与']).filter(|part| !part.is_empty()).collect();
    parts.iter().enumerate().map(|(index, part)| complete(part, &parts[index + 1..])).collect()
}

/// Periods of a report, which share the noun that the last of them names.
const PERIODS: [&str; 9] = ["上半年", "下半年", "半年", "全年", "年度", "年中", "年终", "季度", "月度"];

fn complete(part: &str, following: &[&str]) -> String {
    if !PERIODS.contains(&part) {
        return part.to_owned();
    }
    let noun = following
        .iter()
        .find_map(|next| PERIODS.iter().find_map(|p| next.strip_prefix(p)).filter(|n| !n.is_empty()));
    format!("{part}{}", noun.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = sentence(text, 1, &mut Log::default());
        let shown: Vec<String> = found.iter().map(|m| format!("{} {}", m.due, m.title)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn days_are_dealt_out_to_the_reports() {
        check(
            "各省的实施方案、工作总结请分别于2022年2月28日和12月1日前报送我局保护司，电子件同时发送",
            &["2022-02-28 报送实施方案", "2022-12-01 报送工作总结"],
        );
        check(
            "各省级知识产权局的实施方案、半年和全年工作总结请分别于2023年3月15日、7月1日和12月1日前报送国家知识产权局",
            &["2023-03-15 报送实施方案", "2023-07-01 报送半年工作总结", "2023-12-01 报送全年工作总结"],
        );
    }

    #[test]
    fn one_day_may_stand_before_the_report() {
        check("请于2024年11月30日前将工作总结报送我局", &["2024-11-30 报送工作总结"]);
    }

    #[test]
    fn a_day_without_any_year_is_not_guessed() {
        check("请于11月30日前将工作总结报送我局", &[]);
    }
}
