//! Emphasis of small texts, shown with `<b>`, `<i>` and `<s>`.

use pulldown_cmark::{Options, Parser};

use super::*;

/// The text of a paragraph with its emphasis, and what is doubtful.
fn read_all(text: &str) -> (String, Vec<(MarkDoubt, &str)>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let reading = read(Parser::new_ext(text, options).into_offset_iter(), text);
    let mut shown = String::new();
    for (event, _) in reading.events {
        match event {
            Event::Start(Tag::Strong) => shown.push_str("<b>"),
            Event::End(TagEnd::Strong) => shown.push_str("</b>"),
            Event::Start(Tag::Emphasis) => shown.push_str("<i>"),
            Event::End(TagEnd::Emphasis) => shown.push_str("</i>"),
            Event::Start(Tag::Strikethrough) => shown.push_str("<s>"),
            Event::End(TagEnd::Strikethrough) => shown.push_str("</s>"),
            Event::Text(part) | Event::Code(part) => shown.push_str(&part),
            Event::SoftBreak => shown.push('\n'),
            _ => {}
        }
    }
    (shown, reading.doubts.into_iter().map(|(doubt, span)| (doubt, &text[span])).collect())
}

#[track_caller]
fn check(text: &str, expected: &str, doubts: &[(MarkDoubt, &str)]) {
    assert_eq!(read_all(text), (expected.to_owned(), doubts.to_vec()));
}

#[test]
fn bold_beside_chinese_punctuation() {
    check("**一是加强审查。**推进", "<b>一是加强审查。</b>推进", &[]);
    check(
        "落实**“双随机、一公开”**监管，重点是**《专利法》**的实施",
        "落实<b>“双随机、一公开”</b>监管，重点是<b>《专利法》</b>的实施",
        &[],
    );
    check(
        "推进**（一）**和**(二)**工作**100%**完成",
        "推进<b>（一）</b>和<b>(二)</b>工作<b>100%</b>完成",
        &[],
    );
    check("见**[办法](x)**第一条，~~“旧”~~新", "见<b>办法</b>第一条，<s>“旧”</s>新", &[]);
    check("**重点**：***都***要。*强调*", "<b>重点</b>：<i><b>都</b></i>要。<i>强调</i>", &[]);
    check(
        "a **b** c__d__e _f_",
        "a <b>b</b> c__d__e <i>f</i>",
        &[(MarkDoubt::Underscores, "__"), (MarkDoubt::Underscores, "__")],
    );
}

#[test]
fn signs_of_the_text_stay() {
    check("培训5~10名，（~10%）至（~20%）", "培训5~10名，（~10%）至（~20%）", &[]);
    check("2*3*4、5**6**7", "2*3*4、5**6**7", &[(MarkDoubt::Literal, "**"), (MarkDoubt::Literal, "**")]);
    check("张**、李**等", "张**、李**等", &[(MarkDoubt::Literal, "**"), (MarkDoubt::Literal, "**")]);
    check("a_b_c和甲_乙", "a_b_c和甲_乙", &[(MarkDoubt::Underscores, "_")]);
    check("（____）年（____）月", "（____）年（____）月", &[]);
    check("\\*甲\\*、\\**乙*、`*丙*`", "*甲*、*<i>乙</i>、*丙*", &[]);
    check("<https://a.example/_b_*c*>", "https://a.example/_b_*c*", &[]);
    check("\\\\*甲* &ast;乙*", "\\<i>甲</i> *乙*", &[]);
}

#[test]
fn what_is_doubtful_is_said() {
    check("**甲 **乙", "**甲 **乙", &[(MarkDoubt::Literal, "**"), (MarkDoubt::Literal, "**")]);
    check("标*的为重点，带*的", "标<i>的为重点，带</i>的", &[(MarkDoubt::InWord, "*的为重点，带*")]);
    check("**甲“乙**丙”", "<b>甲“乙</b>丙”", &[(MarkDoubt::Crossing, "**甲“乙**")]);
}

#[test]
fn links_and_lines_bound_emphasis() {
    check("*[甲*](x)乙*", "<i>甲*乙</i>", &[]);
    check("**甲\n乙**丙\n*丁\\\n戊*", "<b>甲\n乙</b>丙\n<i>丁戊</i>", &[]);
    check("[\\*甲*](x)", "*甲*", &[]);
    check(
        "| **甲。** | *乙* |\n|--|--|\n| 丙**丁。**戊 | **己 |\n",
        "<b>甲。</b><i>乙</i>丙<b>丁。</b>戊**己",
        &[(MarkDoubt::Literal, "**")],
    );
}
