//! Titles of documents and what they say: kind, year, and what a notice encloses.

use std::sync::LazyLock;

use regex::Regex;

use super::marker;
use crate::container::chars;
use crate::model::document::PlanKind;

/// The kind of plan that a title shows: 工作方案 of one year, 工作要点, or 推进计划, 行动计划,
/// 实施方案 and the like.
pub(super) fn kind(title: &str) -> Option<PlanKind> {
    let whole = title;
    let title = TRIAL.replace(title, "");
    if title.ends_with("要点") || title.ends_with("要點") {
        Some(PlanKind::KeyPoints)
    } else if ANNUAL.is_match(&title) || year(whole).is_some() && OF_A_YEAR.is_match(&title) {
        Some(PlanKind::AnnualPlan)
    } else {
        PROMOTION.is_match(&title).then_some(PlanKind::PromotionPlan)
    }
}

static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:计划|計畫|計劃|方案|规划|規劃|纲要|綱要|行动|行動|措施|任务分工|任務分工|意见|意見)$")
        .expect("the pattern is valid")
});

static ANNUAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("工作(?:方案|计划|計畫|計劃|安排)$").expect("the pattern is valid"));

/// Titles of plans that are for one year if they name one.
static OF_A_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:实施方案|實施方案|任务分工|任务清单|责任分解|任务安排)$").expect("the pattern is valid")
});

/// （试行）, （2023—2025年） after a title.
static TRIAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:[（(][^（）()]{1,24}[）)])+$").expect("the pattern is valid"));

static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?:方案|要点|要點|计划|計畫|計劃|规划|規劃|纲要|綱要|通知|意见|意見|办法|辦法|措施|安排|分工|分解|清单|清單",
        "|行动|行動|决定|決定|举措|责任书|任务书|台账|一览表|分工表|分解表)$"
    ))
    .expect("the pattern is valid")
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9—–至到-])([12]\d{3})年(?:$|[^—–至到-])").expect("the pattern is valid")
});

/// Whether `text`, alone on its line, reads like the title of a document.
pub(super) fn is_title_like(text: &str) -> bool {
    // Names in marks are at the start of sentences too; notices are titled so on old sites.
    let bare = Some(without_marks(text)).filter(|bare| bare.ends_with("通知"));
    let squeezed = chars::squeeze(bare.unwrap_or(text));
    (6..=60).contains(&chars::han_count(&squeezed))
        && !squeezed.contains(['。', '，', '；', '！', '？', '：', '>', '|'])
        && squeezed.matches('《').count() == squeezed.matches('》').count()
        && marker::parse(&squeezed).is_none()
        && ENDING.is_match(&TRIAL.replace(&squeezed, ""))
}

/// Returns whether `text` can be a line of a title: short, without stops, and nothing else that is at the
/// head of a document.
pub(super) fn is_fragment(text: &str) -> bool {
    (1..=45).contains(&chars::han_count(text))
        && !text.contains(['。', '；', '！', '？', '：', ':', '>', '|'])
        && marker::parse(text).is_none()
        && !NUMBERED.is_match(text)
}

/// A document number.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[（【(]\d{4}[〕\]）】)](?:第)?\d{1,5}[号號]").expect("the pattern is valid")
});

/// Returns whether `text` is only years in brackets: the last line of a title.
pub(super) fn is_years(text: &str) -> bool {
    TRIAL.find(text).is_some_and(|found| found.len() == text.len()) && text.contains('年')
}

/// The title in book-title marks that a notice puts into force: 《…》已经…同意，现印发给你们.
pub(super) fn put_into_force(text: &str) -> Option<&str> {
    const WORDS: [&str; 6] = ["印发给你们", "印發給你們", "现予印发", "现印发", "現印發", "现转发给你们"];
    let is_notice = WORDS.iter().any(|word| text.contains(word));
    let (_, after) = text.split_once('《').filter(|_| is_notice)?;
    let mut depth = 1;
    let end = after.char_indices().find_map(|(at, c)| {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some(&after[..end])
}

/// Words with which a notice puts another document into force.
const PUTS_INTO_FORCE: [&str; 6] = ["印发", "印發", "发布", "發布", "转发", "轉發"];

/// Whether `title` is that of a notice that encloses another document.
pub(super) fn is_notice(title: &str) -> bool {
    without_marks(title).ends_with("通知") && PUTS_INTO_FORCE.iter().any(|word| title.contains(word))
}

/// The title of the document that a notice encloses, as the notice's title gives it.
pub(super) fn enclosed(notice: &str) -> Option<&str> {
    let notice = without_marks(notice);
    let (_, after) = PUTS_INTO_FORCE.iter().find_map(|word| notice.split_once(word))?;
    Some(without_marks(after.strip_suffix("的通知")?))
}

/// A title without the book-title marks around all of it.
pub(super) fn without_marks(title: &str) -> &str {
    let inside = [('《', '》'), ('〈', '〉')].into_iter().find_map(|(opening, closing)| {
        title.strip_prefix(opening)?.strip_suffix(closing).filter(|inside| !inside.contains(opening))
    });
    inside.unwrap_or(title)
}

/// The words of a title, to compare it with how another text names it: without white space and marks.
pub(super) fn words(title: &str) -> String {
    chars::squeeze(title).replace(['《', '》', '〈', '〉', '“', '”', '"'], "")
}

/// The year that a title names; a span of years is none.
pub(super) fn year(title: &str) -> Option<u16> {
    YEAR.captures(title)?[1].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_off_titles() {
        let kinds = [
            "2022年全国知识产权行政保护工作方案",
            "国家知识产权局2022年工作要点",
            "深入实施《意见》推进计划",
            "示例行动计划（2023—2025年）",
            "某某报告",
        ]
        .map(kind);
        let (annual, points, promotion) =
            (Some(PlanKind::AnnualPlan), Some(PlanKind::KeyPoints), Some(PlanKind::PromotionPlan));
        assert_eq!(kinds, [annual, points, promotion, promotion, None]);
    }

    #[test]
    fn a_span_of_years_is_no_year() {
        let years =
            ["2022年工作要点", "示例局2023年要点", "行动计划（2023—2025年）", "2022年至2025年计划"].map(year);
        assert_eq!(years, [Some(2022), Some(2023), None, None]);
    }

    #[test]
    fn a_notice_names_what_it_encloses() {
        let notice = "示例局关于印发《2023年示例工作方案》的通知";
        assert!(is_notice(notice) && is_title_like(notice));
        assert_eq!(enclosed(notice), Some("2023年示例工作方案"));
        assert_eq!(enclosed("示例局关于印发2023年示例工作方案的通知"), Some("2023年示例工作方案"));
        assert_eq!(enclosed("《關於印發〈示例工作事項〉的通知》"), Some("示例工作事項"));
        assert_eq!(words("2026年《政府工作報告》要求的事項"), words("2026年政府工作報告要求的事項"));
    }

    #[test]
    fn sentences_and_menus_are_no_titles() {
        for text in ["特此通知。", "当前位置：首页 > 政务 > 通知", "一、制定工作方案", "通知"]
        {
            assert!(!is_title_like(text), "{text}");
        }
    }
}
