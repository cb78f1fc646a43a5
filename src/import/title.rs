//! Titles of documents and what they say: kind, year, and what a notice encloses.

use std::sync::LazyLock;

use regex::Regex;

use super::{chars, marker};
use crate::model::document::PlanKind;

/// The kind of plan that a title shows: 工作方案 of one year, 工作要点, or 推进计划, 行动计划,
/// 实施方案 and the like.
pub(super) fn kind(title: &str) -> Option<PlanKind> {
    let title = TRIAL.replace(title, "");
    if title.ends_with("要点") {
        Some(PlanKind::KeyPoints)
    } else if title.ends_with("工作方案") || title.ends_with("工作计划") || title.ends_with("工作安排")
    {
        Some(PlanKind::AnnualPlan)
    } else {
        PROMOTION.is_match(&title).then_some(PlanKind::PromotionPlan)
    }
}

static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:计划|方案|规划|纲要|行动|措施|任务分工|意见)$").expect("the pattern is valid")
});

/// （试行）, （2023—2025年） after a title.
static TRIAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:[（(][^（）()]{1,24}[）)])+$").expect("the pattern is valid"));

static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:方案|要点|计划|规划|纲要|通知|意见|办法|措施|安排|分工|清单|行动|决定)$")
        .expect("the pattern is valid")
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9—–至到-])([12]\d{3})年(?:$|[^—–至到-])").expect("the pattern is valid")
});

/// Whether `text`, alone on its line, reads like the title of a document.
pub(super) fn is_title_like(text: &str) -> bool {
    let squeezed = chars::squeeze(text);
    (6..=60).contains(&chars::han_count(&squeezed))
        && !squeezed.contains(['。', '，', '；', '！', '？', '：', '>', '|'])
        && squeezed.matches('《').count() == squeezed.matches('》').count()
        && marker::parse(&squeezed).is_none()
        && ENDING.is_match(&TRIAL.replace(&squeezed, ""))
}

/// Whether `text` is the first part of a title that goes on in the next line.
pub(super) fn is_title_start(text: &str) -> bool {
    let plain = (4..=60).contains(&chars::han_count(text)) && !text.contains(['。', '，', '；', '：']);
    plain && text.contains("关于") && !is_title_like(text)
}

/// Whether `title` is that of a notice that encloses another document.
pub(super) fn is_notice(title: &str) -> bool {
    title.ends_with("通知") && (title.contains("印发") || title.contains("发布"))
}

/// The title of the document that a notice encloses, as the notice's title gives it.
pub(super) fn enclosed(notice: &str) -> Option<&str> {
    let (_, after) = notice.split_once("印发").or_else(|| notice.split_once("发布"))?;
    let name = after.strip_suffix("的通知")?;
    Some(name.strip_prefix('《').and_then(|n| n.strip_suffix('》')).unwrap_or(name))
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
    }

    #[test]
    fn sentences_and_menus_are_no_titles() {
        for text in ["特此通知。", "当前位置：首页 > 政务 > 通知", "一、制定工作方案", "通知"]
        {
            assert!(!is_title_like(text), "{text}");
        }
    }
}
