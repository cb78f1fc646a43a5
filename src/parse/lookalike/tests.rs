//! Look-alikes in small plans.

use super::*;
use crate::model::document::TaskMarking;
use crate::parse::{markdown, outline};

/// The first lines at which something is found, and what is to be written.
fn found(text: &str, marking: TaskMarking) -> Vec<(usize, String)> {
    let path = SitePath::new("zh.md").unwrap();
    let (blocks, _) = markdown::parse(&path, text, 0, Genre::Original);
    let (nodes, _) = outline::read(&path, &blocks, marking);
    let line = |start: usize| 1 + text[..start].matches('\n').count();
    let faults = check(&path, text, &blocks, Some(&nodes.raw));
    faults.iter().map(|fault| (line(fault.labels[0].start), fault.hints[0].zh.clone())).collect()
}

#[track_caller]
fn is_found(text: &str, marking: TaskMarking, line: usize, corrected: &str) {
    assert_eq!(found(text, marking), [(line, format!("改为：{corrected}"))], "{text}");
}

#[test]
fn a_task_of_a_list_is_found() {
    let all = [
        "2.\u{3000}",
        "2.\u{a0}",
        "2.\u{2002}",
        "2、",
        "２．",
        "2．",
        "2。",
        "2.",
        "（2）",
        "(2)",
        "⒉",
        "　　2. ",
        "**2.** ",
    ];
    for marker in all {
        let text = format!("## 一、甲\n\n1. 子。\n\n{marker}丑。\n");
        is_found(&text, TaskMarking::List, 5, "2. 丑。");
    }
    is_found("1. 子。\n\n文\n2. 丑。\n", TaskMarking::List, 4, "2. 丑。");
    is_found("1. 子。\n\n   2. 丑。\n", TaskMarking::List, 3, "2. 丑。");
    is_found("1、子。\n\n2. 丑。\n", TaskMarking::List, 1, "1. 子。");
    is_found("1. 子。\n2.2020年底前。\n", TaskMarking::List, 2, "2. 2020年底前。");
}

#[test]
fn a_heading_is_found() {
    let h4 = TaskMarking::Heading(4);
    for marker in ["####", "####　", "＃＃＃＃ ", "####\u{a0}", "##＃# ", "　#### "] {
        is_found(&format!("## 一、甲\n\n{marker}1. 子。\n\n文。\n"), h4, 3, "#### 1. 子。");
    }
    is_found("## 一、甲\n\n####### 1. 子。\n", h4, 3, "###### 1. 子。");
    is_found("## 一、甲\n\n#### 1. 子。\n\n2. 丑。\n", h4, 5, "#### 2. 丑。");
    is_found("## 一、甲\n\n#### 1. 子。\n\n##### 2. 丑。\n", h4, 5, "#### 2. 丑。");
    is_found("## 一、甲\n\n#### 1. 子。\n\n### 二、乙\n", h4, 5, "## 二、乙");
    is_found("## 一、甲\n\n#### 1. 子。\n\n**二、乙**\n", h4, 5, "## 二、乙");
    is_found("## 一、甲\n\n#### 1. 子。\n\n## 二　乙\n", h4, 5, "## 二、乙");
    is_found("#2023年方案\n\n## 一、甲\n", h4, 1, "# 2023年方案");
}

#[test]
fn ordinary_texts_are_not() {
    let none = |text, marking| assert_eq!(found(text, marking), [], "{text}");
    none("1. 子：（1）甲；\n\n（2）乙。\n\n2. 丑，2.5万人，第3. 项。\n", TaskMarking::List);
    none("1. 子。\n\n   1. 甲。\n   2. 乙。\n\n2. 丑。\n", TaskMarking::List);
    none("1. 子。\n\n1．甲。\n\n2．2020年底前乙。\n\n2. 丑。\n", TaskMarking::List);
    none("1. 子。\n2. 丑。\n\n#1楼、#2楼改造。\n\n#话题#\n\n2\\. 寅。\n\n2 个月。\n", TaskMarking::List);
    let h4 = TaskMarking::Heading(4);
    none(
        "# 通知\n\n一、甲。\n\n二、乙。\n\n# 方案\n\n## 一、丙\n\n#### 1. 子。\n\n1. 甲。\n2. 乙。\n\n## 二、丁\n",
        h4,
    );
    none("## 一、丙\n\n#### 1. 子。\n\n一、甲。\n\n二、乙。\n\n1．甲；2．乙。\n\n3．丙。\n", h4);
}
