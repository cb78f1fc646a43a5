//! Outlines of small plans.

use super::*;
use crate::model::index;
use crate::parse::markdown;

fn outline(text: &str, marking: TaskMarking) -> (Vec<String>, Vec<&'static str>) {
    let path = SitePath::new("zh.md").unwrap();
    let (blocks, _) = markdown::parse(&path, text, 0, markdown::Genre::Original);
    let (nodes, faults) = read(&path, &blocks, marking);
    let covered: usize = nodes.iter().map(|n| index::blocks(n.blocks.clone()).count()).sum();
    assert_eq!(covered, blocks.len(), "every block belongs to one node");
    let shown =
        nodes.iter().map(|n| format!("{} {}|{}|{}", n.id, n.label, n.title, index::blocks(n.body()).count()));
    (shown.collect(), faults.iter().map(|f| f.code.name()).collect())
}

fn check(text: &str, marking: TaskMarking, expected: &[&str]) {
    assert_eq!(outline(text, marking), (expected.iter().map(|s| s.to_string()).collect(), vec![]));
}

#[test]
fn an_annual_plan_with_its_notice() {
    check(
        "# 关于印发甲的通知\n\n各局：\n\n特此通知。\n\n# 甲\n\n为了。\n\n## 一、总体要求\n\n坚持。\n\n## 二、主要任务\n\n\
         ### （一）夯实\n\n#### 1. 强化考核。\n\n制定。\n\n### （二）突出\n\n#### 2. 裁决。\n\n畅通。\n\n\
         ## 三、工作要求\n\n### （一）组织。\n\n各地。\n\n### （二）指导。\n\n加强。\n\n附件：（略）\n",
        TaskMarking::Heading(4),
        &[
            "notice |关于印发甲的通知|2",
            "preamble |甲|1",
            "s-1 一、|总体要求|1",
            "s-2 二、|主要任务|0",
            "s-2-1 （一）|夯实|0",
            "task-1 1.|强化考核|1",
            "s-2-2 （二）|突出|0",
            "task-2 2.|裁决|1",
            "s-3 三、|工作要求|0",
            "requirement-1 （一）|组织|1",
            "requirement-2 （二）|指导|1",
            "attachments ||1",
        ],
    );
}

#[test]
fn a_list_that_goes_on_through_the_sections() {
    check(
        "为了。\n\n## 一、甲\n\n1. 子一。再。\n2. 子二。\n\n   续。\n\n## 二、乙\n\n3. 子三。\n\n段落。\n",
        TaskMarking::List,
        &[
            "preamble ||1",
            "s-1 一、|甲|0",
            "task-1 1.|子一|1",
            "task-2 2.|子二|2",
            "s-2 二、|乙|0",
            "task-3 3.|子三|1",
            "s-2-1 ||1",
        ],
    );
}

#[test]
fn key_points_and_numbering_that_starts_anew() {
    check(
        "思路。\n\n## 一、坚持甲。\n\n认真。\n\n## 二、推进乙。\n\n统筹。\n",
        TaskMarking::Heading(2),
        &["preamble ||1", "task-1 一、|坚持甲|1", "task-2 二、|推进乙|1"],
    );
    check(
        "## 一、甲\n\n### （一）子。\n\n文。\n\n## 二、乙\n\n### （一）丑。\n\n文。\n\n### （二）寅。\n\n文。\n",
        TaskMarking::Heading(3),
        &["s-1 一、|甲|0", "task-1 （一）|子|1", "s-2 二、|乙|0", "task-2 （一）|丑|1", "task-3 （二）|寅|1"],
    );
}

#[test]
fn faults_of_numbering() {
    let faults = |text, marking| outline(text, marking).1;
    assert_eq!(faults("1. 甲\n3. 乙\n", TaskMarking::List), ["number-gap"]);
    assert_eq!(faults("1. 甲\n2. 乙\n2. 丙\n", TaskMarking::List), ["number-repeated"]);
    assert_eq!(faults("## 一、甲\n\n文。\n", TaskMarking::List), ["no-tasks"]);
    assert_eq!(faults("#### 甲\n", TaskMarking::Heading(4)), ["unnumbered-task"]);
    assert_eq!(faults("## 一、甲\n\n1. 子\n\n## 三、乙\n", TaskMarking::List), ["section-order"]);
}
